import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit import history


class Migration(migrations.Migration):
    dependencies = [
        ("treatment_sessions", "0004_lung_signs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CautionReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=40)),
                ("muscle", models.CharField(blank=True, max_length=60)),
                (
                    "side",
                    models.CharField(
                        blank=True, choices=[("right", "Right"), ("left", "Left")], max_length=5
                    ),
                ),
                ("text", models.TextField()),
                ("reason", models.CharField(max_length=80)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CountClosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("needles_in", models.PositiveSmallIntegerField()),
                ("needles_out", models.PositiveSmallIntegerField()),
                ("action_taken", models.TextField()),
                ("closed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["closed_at"],
            },
        ),
        migrations.AddField(
            model_name="needledmuscle",
            name="felt",
            field=models.CharField(
                choices=[
                    ("not_noted", "not noted"),
                    ("neither", "neither"),
                    ("ache", "deep ache"),
                    ("familiar", "familiar pain"),
                    ("both", "deep ache and familiar pain"),
                ],
                default="not_noted",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="treatmentsession",
            name="changes_since",
            field=models.TextField(
                blank=True, help_text="What changed since the last visit.", max_length=1000
            ),
        ),
        migrations.AlterField(
            model_name="needledmuscle",
            name="twitch_count",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(99),
                ],
            ),
        ),
        migrations.AddConstraint(
            model_name="needledmuscle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("twitch_count", None),
                    models.Q(
                        ("twitch__in", ("weak", "strong")),
                        ("twitch_count__gte", 1),
                        ("twitch_count__lte", 99),
                    ),
                    _connector="OR",
                ),
                name="twitches_counted_1_to_99",
                violation_error_message="Only a weak or strong twitch is counted, from 1 to 99.",
            ),
        ),
        migrations.AddConstraint(
            model_name="needledmuscle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("felt__in", ["not_noted", "neither", "ache", "familiar", "both"])
                ),
                name="felt_is_of_the_list",
            ),
        ),
        migrations.AddField(
            model_name="cautionreason",
            name="treatment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="caution_reasons",
                to="treatment_sessions.treatmentsession",
            ),
        ),
        migrations.AddField(
            model_name="countclosure",
            name="closed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="countclosure",
            name="treatment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="count_closures",
                to="treatment_sessions.treatmentsession",
            ),
        ),
        migrations.AddConstraint(
            model_name="cautionreason",
            constraint=models.UniqueConstraint(
                fields=("treatment", "rule", "muscle", "side"), name="one_reason_a_caution"
            ),
        ),
        migrations.AddConstraint(
            model_name="cautionreason",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="caution_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="countclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("action_taken", ""), _negated=True),
                name="count_closure_says_what_was_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="countclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("needles_in", models.F("needles_out")), _negated=True),
                name="count_closure_has_a_difference",
            ),
        ),
        history.keep_history("treatment_sessions_cautionreason"),
        history.close_with_parent(
            "treatment_sessions_cautionreason",
            "treatment_sessions_treatmentsession",
            "treatment_id",
        ),
        history.keep_history("treatment_sessions_countclosure"),
        history.append_only("treatment_sessions_countclosure"),
    ]
