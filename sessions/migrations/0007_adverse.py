import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit import history

# A late event is dated after the signature, and the answer of a session fits its events.
ADDED_LATER = """
CREATE FUNCTION treatment_sessions_adverse_dated() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM treatment_sessions_treatmentsession
               WHERE id = NEW.treatment_id AND signed_at > NEW.recorded_at) THEN
        RAISE EXCEPTION 'the session is signed: a late adverse event is dated after it'
            USING ERRCODE = '23001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER treatment_sessions_adverseevent_dated
BEFORE INSERT ON treatment_sessions_adverseevent
FOR EACH ROW EXECUTE FUNCTION treatment_sessions_adverse_dated();
CREATE FUNCTION treatment_sessions_adverse_fits() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.adverse_answer = 'some') <> EXISTS (
        SELECT 1 FROM treatment_sessions_adverseevent WHERE treatment_id = NEW.id) THEN
        RAISE EXCEPTION 'the adverse events of the session do not fit its answer'
            USING ERRCODE = '23001';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER treatment_sessions_adverse_fits
BEFORE UPDATE OF signed_at ON treatment_sessions_treatmentsession
FOR EACH ROW WHEN (OLD.signed_at IS NULL AND NEW.signed_at IS NOT NULL)
EXECUTE FUNCTION treatment_sessions_adverse_fits();
CREATE TRIGGER treatment_sessions_adverseevent_signed
BEFORE UPDATE OR DELETE ON treatment_sessions_adverseevent
FOR EACH ROW EXECUTE FUNCTION
audit_refuse_signed_parent('treatment_sessions_treatmentsession', 'treatment_id');
"""
NOT_ADDED = """
DROP TRIGGER treatment_sessions_adverseevent_signed ON treatment_sessions_adverseevent;
DROP TRIGGER treatment_sessions_adverse_fits ON treatment_sessions_treatmentsession;
DROP FUNCTION treatment_sessions_adverse_fits();
DROP TRIGGER treatment_sessions_adverseevent_dated ON treatment_sessions_adverseevent;
DROP FUNCTION treatment_sessions_adverse_dated();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
        ("assessment", "0005_batteries"),
        ("intake", "0008_chasing_and_paper"),
        ("people", "0005_consent_link"),
        ("scheduling", "0002_history"),
        ("treatment_sessions", "0006_retest"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AdverseClosing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("done", models.TextField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("resolved", "Resolved"),
                            ("ongoing", "Ongoing"),
                            ("referred", "Referred"),
                            ("unknown", "Not known yet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("closed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="AdverseEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(help_text="An id of clinical.adverse_events.", max_length=30),
                ),
                ("words", models.CharField(blank=True, max_length=200)),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("mild", "Mild"),
                            ("significant", "Significant"),
                            ("serious", "Serious"),
                        ],
                        max_length=12,
                    ),
                ),
                ("happened_at", models.DateTimeField()),
                ("muscle", models.CharField(blank=True, max_length=60)),
                (
                    "side",
                    models.CharField(
                        blank=True, choices=[("right", "Right"), ("left", "Left")], max_length=5
                    ),
                ),
                ("action_taken", models.TextField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("resolved", "Resolved"),
                            ("ongoing", "Ongoing"),
                            ("referred", "Referred"),
                            ("unknown", "Not known yet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_patient_told", models.BooleanField()),
                ("follow_up_on", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["happened_at", "id"],
            },
        ),
        migrations.AddField(
            model_name="treatmentsession",
            name="adverse_answer",
            field=models.CharField(
                blank=True,
                choices=[("none", "None"), ("some", "Recorded")],
                help_text="Empty is not asked.",
                max_length=4,
            ),
        ),
        migrations.AddConstraint(
            model_name="treatmentsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("adverse_answer__in", ["", "none", "some"])),
                name="adverse_answer_is_none_some_or_not_asked",
            ),
        ),
        migrations.AddField(
            model_name="adverseclosing",
            name="closed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="adverseevent",
            name="alert",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adverse_events",
                to="treatment_sessions.alert",
            ),
        ),
        migrations.AddField(
            model_name="adverseevent",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="adverseevent",
            name="treatment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adverse_events",
                to="treatment_sessions.treatmentsession",
            ),
        ),
        migrations.AddField(
            model_name="adverseclosing",
            name="event",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="closing",
                to="treatment_sessions.adverseevent",
            ),
        ),
        migrations.AddConstraint(
            model_name="adverseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "other"), _negated=True),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="other_adverse_event_says_what",
                violation_error_message="Write what happened.",
            ),
        ),
        migrations.AddConstraint(
            model_name="adverseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("grade__in", ["mild", "significant", "serious"]),
                    ("outcome__in", ["resolved", "ongoing", "referred", "unknown"]),
                ),
                name="adverse_event_has_a_grade_and_an_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="adverseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("muscle", ""), ("side", "")),
                    models.Q(
                        models.Q(("muscle", ""), _negated=True), ("side__in", ["right", "left"])
                    ),
                    _connector="OR",
                ),
                name="adverse_event_at_a_muscle_has_a_side",
                violation_error_message="Choose the muscle with its side.",
            ),
        ),
        migrations.AddConstraint(
            model_name="adverseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("action_taken", ""), _negated=True),
                name="adverse_event_says_what_was_done",
                violation_error_message="Write what was done.",
            ),
        ),
        migrations.AddConstraint(
            model_name="adverseevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("happened_at__lte", models.F("recorded_at"))),
                name="adverse_event_happened_before_it_was_recorded",
                violation_error_message="The time lies in the future.",
            ),
        ),
        migrations.AddConstraint(
            model_name="adverseclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done", ""), _negated=True),
                    ("outcome__in", ["resolved", "ongoing", "referred", "unknown"]),
                ),
                name="closed_adverse_event_says_what_was_done",
                violation_error_message="Write what was done before closing it.",
            ),
        ),
        history.keep_history("treatment_sessions_adverseevent"),
        history.keep_history("treatment_sessions_adverseclosing"),
        history.append_only("treatment_sessions_adverseclosing"),
        migrations.RunSQL(ADDED_LATER, NOT_ADDED),
    ]
