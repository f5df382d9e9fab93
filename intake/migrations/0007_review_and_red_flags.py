import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit import history


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0006_consent_record"),
        ("people", "0002_history"),
        ("scheduling", "0002_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="IntakeAlert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("urgent", "Before the visit"),
                            ("same_day", "Same day"),
                            ("emergency", "Emergency"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "questions",
                    models.JSONField(
                        help_text="List of {question, wording, answer, now, urgency}."
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["opened_at"],
            },
        ),
        migrations.CreateModel(
            name="Rescreening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answers",
                    models.JSONField(
                        help_text="yes, no or not_sure by question of clinical.rescreening."
                    ),
                ),
                (
                    "screened",
                    models.JSONField(help_text="The answers of the intake with what has changed."),
                ),
                ("status", models.CharField(max_length=30)),
                ("urgency", models.CharField(max_length=20)),
                (
                    "reasons",
                    models.JSONField(
                        help_text="What the changes triggered, as in a screening result."
                    ),
                ),
                ("alerts", models.JSONField(help_text="Short words for the patient banner.")),
                ("ruleset_version", models.CharField(max_length=40)),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("no_change", "Nothing changed"),
                            ("with_precautions", "Go on with precautions"),
                            ("defer", "Defer needling"),
                            ("not_today", "Not today"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "decided",
                    models.JSONField(
                        default=list, help_text="List of {question, words, decision, how}."
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("deferred_until", models.DateField(blank=True, null=True)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="intakereview",
            name="deferred_until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="intakereview",
            name="reasons",
            field=models.JSONField(
                default=list, help_text="List of {question, words, decision, how}."
            ),
        ),
        migrations.AddField(
            model_name="intakereview",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="intakereview",
            name="decision",
            field=models.CharField(
                choices=[
                    ("suitable", "Suitable for needling"),
                    ("with_precautions", "Suitable with precautions"),
                    ("postpone", "Defer needling"),
                    ("not_suitable", "Not suitable for needling"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="intakereview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("deferred_until", None), ("decision", "postpone"), _connector="OR"
                ),
                name="only_a_deferral_has_a_day",
            ),
        ),
        migrations.AddField(
            model_name="intakealert",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="intakealert",
            name="intake",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="red_flags",
                to="intake.intake",
            ),
        ),
        migrations.AddField(
            model_name="intakealert",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="people.patient"
            ),
        ),
        migrations.AddField(
            model_name="rescreening",
            name="appointment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rescreenings",
                to="scheduling.appointment",
            ),
        ),
        migrations.AddField(
            model_name="rescreening",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rescreening",
            name="intake",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rescreenings",
                to="intake.intake",
            ),
        ),
        migrations.AddField(
            model_name="rescreening",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, to="people.patient"
            ),
        ),
        migrations.AddConstraint(
            model_name="intakealert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)),
                fields=("intake",),
                name="one_open_alert_an_intake",
            ),
        ),
        migrations.AddConstraint(
            model_name="intakealert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("closed_by", None)),
                    models.Q(
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                        models.Q(("note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="closed_red_flag_says_what_was_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="rescreening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "defer"), ("deferred_until__isnull", False)),
                    models.Q(
                        models.Q(("decision", "defer"), _negated=True), ("deferred_until", None)
                    ),
                    _connector="OR",
                ),
                name="a_deferred_rescreening_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="rescreening",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "no_change"), _negated=True),
                    ("reasons", []),
                    _connector="OR",
                ),
                name="a_change_is_never_no_change",
            ),
        ),
        history.keep_history("intake_intakealert", "patient_id"),
        history.keep_history("intake_rescreening", "patient_id"),
        history.append_only("intake_rescreening"),
    ]
