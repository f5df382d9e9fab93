import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit import history

TABLE = "treatment_sessions_outcomescore"
# A newer version stays with the patient and the measure of the one it replaces.
SAME_SCORE = f"""
CREATE FUNCTION sessions_score_stays_with_its_patient() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM {TABLE} held WHERE held.id = NEW.replaces_id
        AND held.patient_id = NEW.patient_id AND held.measure = NEW.measure
    ) THEN
        RAISE EXCEPTION 'a corrected score stays with its patient and measure'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER {TABLE}_same BEFORE INSERT ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION sessions_score_stays_with_its_patient();
"""
NOT_SAME_SCORE = f"""
DROP TRIGGER {TABLE}_same ON {TABLE};
DROP FUNCTION sessions_score_stays_with_its_patient();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_consent_link"),
        ("treatment_sessions", "0011_soreness_check"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OutcomeScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("measure", models.CharField(max_length=30)),
                ("taken_on", models.DateField()),
                (
                    "score",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True),
                ),
                ("low", models.SmallIntegerField()),
                ("high", models.SmallIntegerField()),
                (
                    "answers",
                    models.JSONField(
                        default=list, help_text="List of {item, value} as they were asked."
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="people.patient"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="newer",
                        to="treatment_sessions.outcomescore",
                    ),
                ),
            ],
            options={
                "ordering": ["taken_on", "id"],
                "indexes": [
                    models.Index(fields=["patient", "measure", "taken_on"], name="score_of_patient")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replaces__isnull", False), ("score", None)),
                            models.Q(
                                ("score__gte", models.F("low")), ("score__lte", models.F("high"))
                            ),
                            _connector="OR",
                        ),
                        name="score_within_its_range",
                        violation_error_message="The score is outside the range of its measure.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces", None),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="corrected_score_has_a_reason",
                        violation_error_message="Write why the score is corrected.",
                    ),
                ],
            },
        ),
        history.keep_history(TABLE, "patient_id"),
        history.append_only(TABLE),
        migrations.RunSQL(SAME_SCORE, NOT_SAME_SCORE),
    ]
