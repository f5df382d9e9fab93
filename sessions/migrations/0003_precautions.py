from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("treatment_sessions", "0002_history"),
    ]

    operations = [
        migrations.AddField(
            model_name="treatmentsession",
            name="blocked_reason",
            field=models.TextField(
                blank=True,
                help_text="Why muscles that a relative rule blocks are needled.",
            ),
        ),
        migrations.AddField(
            model_name="treatmentsession",
            name="precautions",
            field=models.JSONField(default=list, help_text="Their words when it was signed."),
        ),
    ]
