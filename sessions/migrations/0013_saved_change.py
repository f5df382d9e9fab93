import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from audit import history


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
        ("treatment_sessions", "0012_outcome_scores"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "treatment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_changes",
                        to="treatment_sessions.treatmentsession",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="savedchange",
            constraint=models.UniqueConstraint(
                fields=("treatment", "key"), name="change_is_saved_once"
            ),
        ),
        history.close_with_parent(
            "treatment_sessions_savedchange",
            "treatment_sessions_treatmentsession",
            "treatment_id",
        ),
    ]
