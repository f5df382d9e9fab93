from django.db import migrations, models


class Migration(migrations.Migration):
    """A version keeps its questions, an answer its words and facts, an intake its language."""

    dependencies = [("intake", "0003_closed_when_submitted")]

    operations = [
        migrations.AddField(
            "intakeform",
            "definition",
            models.JSONField(
                blank=True,
                default=dict,
                help_text="Pages, wordings and options in English, as released.",
            ),
        ),
        migrations.AddField("intake", "language", models.CharField(default="en", max_length=10)),
        migrations.AddField("intakeanswer", "words", models.TextField(blank=True)),
        migrations.AddField("intakeanswer", "facts", models.JSONField(blank=True, default=dict)),
    ]
