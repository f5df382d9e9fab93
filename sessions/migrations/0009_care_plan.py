import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from audit import history

# A session is never counted in the plan of another patient.
SAME_PATIENT = """
CREATE FUNCTION treatment_sessions_plan_of_same_patient() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT patient_id FROM treatment_sessions_careplan WHERE id = NEW.plan_id)
        <> (SELECT patient_id FROM treatment_sessions_treatmentsession WHERE id = NEW.treatment_id)
    THEN
        RAISE EXCEPTION 'The plan belongs to another patient.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER treatment_sessions_plannedsession_same_patient
    BEFORE INSERT OR UPDATE ON treatment_sessions_plannedsession
    FOR EACH ROW EXECUTE FUNCTION treatment_sessions_plan_of_same_patient();
"""
NO_SAME_PATIENT = """
DROP TRIGGER treatment_sessions_plannedsession_same_patient ON treatment_sessions_plannedsession;
DROP FUNCTION treatment_sessions_plan_of_same_patient();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_consent_link"),
        ("treatment_sessions", "0008_home_programme"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CarePlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sessions_proposed",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                    ),
                ),
                ("number_reason", models.CharField(blank=True, max_length=200)),
                (
                    "reassess_every",
                    models.PositiveSmallIntegerField(
                        default=6,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                    ),
                ),
                (
                    "interval_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(90),
                        ],
                    ),
                ),
                ("problem", models.CharField(max_length=160)),
                ("started_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="care_plans",
                        to="people.patient",
                    ),
                ),
            ],
            options={
                "ordering": ["started_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="PlannedSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sessions_proposed",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                    ),
                ),
                ("number_reason", models.CharField(blank=True, max_length=200)),
                (
                    "reassess_every",
                    models.PositiveSmallIntegerField(
                        default=6,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(20),
                        ],
                    ),
                ),
                (
                    "interval_days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(90),
                        ],
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="treatment_sessions.careplan",
                    ),
                ),
                (
                    "treatment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned",
                        to="treatment_sessions.treatmentsession",
                    ),
                ),
            ],
            options={
                "ordering": ["treatment__started_at", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="careplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("sessions_proposed", None),
                        models.Q(("sessions_proposed__gte", 1), ("sessions_proposed__lte", 60)),
                        _connector="OR",
                    ),
                    ("reassess_every__gte", 1),
                    ("reassess_every__lte", 20),
                    ("interval_days__gte", 1),
                    ("interval_days__lte", 90),
                ),
                name="care_plan_numbers",
            ),
        ),
        migrations.AddConstraint(
            model_name="careplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("problem", ""), _negated=True),
                name="care_plan_names_its_problem",
            ),
        ),
        migrations.AddConstraint(
            model_name="careplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"
                ),
                name="care_plan_ends_after_its_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="careplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on", None)),
                fields=("patient", "problem"),
                name="one_open_plan_a_problem",
                violation_error_message="There is an open plan for this problem already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedsession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("sessions_proposed", None),
                        models.Q(("sessions_proposed__gte", 1), ("sessions_proposed__lte", 60)),
                        _connector="OR",
                    ),
                    ("reassess_every__gte", 1),
                    ("reassess_every__lte", 20),
                    ("interval_days__gte", 1),
                    ("interval_days__lte", 90),
                ),
                name="planned_numbers",
            ),
        ),
        history.keep_history("treatment_sessions_careplan", "patient_id"),
        history.keep_history("treatment_sessions_plannedsession"),
        history.close_with_parent(
            "treatment_sessions_plannedsession",
            "treatment_sessions_treatmentsession",
            "treatment_id",
        ),
        migrations.RunSQL(SAME_PATIENT, NO_SAME_PATIENT),
    ]
