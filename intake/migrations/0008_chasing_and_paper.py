import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit import history


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0007_review_and_red_flags"),
        ("people", "0002_history"),
        ("scheduling", "0002_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IntakeReminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.AddField(
            model_name="intake",
            name="entered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="paper_signed_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="intake",
            name="source",
            field=models.CharField(
                choices=[("online", "Online"), ("paper", "Paper")], default="online", max_length=10
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", "paper"), _negated=True),
                    models.Q(("entered_by__isnull", False), ("paper_signed_on__isnull", False)),
                    _connector="OR",
                ),
                name="intake_of_paper_has_its_writer",
            ),
        ),
        migrations.AddField(
            model_name="intakereminder",
            name="intake",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reminders",
                to="intake.intake",
            ),
        ),
        migrations.AddField(
            model_name="intakereminder",
            name="sent_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="intakereminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sent_by__isnull", True)),
                fields=("intake",),
                name="one_automatic_reminder_an_intake",
            ),
        ),
        history.append_only("intake_intakereminder"),
    ]
