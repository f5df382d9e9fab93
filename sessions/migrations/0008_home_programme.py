import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from audit import history


class Migration(migrations.Migration):
    dependencies = [
        ("treatment_sessions", "0007_adverse"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Exercise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("instructions", models.TextField(max_length=1000)),
                (
                    "figure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("chin_in", "Chin in"),
                            ("neck_side", "Ear to shoulder"),
                            ("neck_turn", "Head turned"),
                            ("shoulder_roll", "Shoulder roll"),
                            ("doorway", "In a doorway"),
                            ("arm_across", "Arm across"),
                            ("side_bend", "Side bend"),
                            ("wrist", "Wrist"),
                            ("cat", "Hands and knees"),
                            ("knees_chest", "Knees to chest"),
                            ("bridge", "Bridge"),
                            ("hip_cross", "Figure four"),
                            ("kneel", "Half kneeling"),
                            ("thigh_front", "Heel to buttock"),
                            ("side_leg", "Side leg lift"),
                            ("leg_up", "Leg up"),
                            ("squat", "Squat"),
                            ("calf", "Step back"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "sets",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                    ),
                ),
                (
                    "repetitions",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "hold_seconds",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(300),
                        ],
                    ),
                ),
                (
                    "times_a_day",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, editable=False)),
                (
                    "muscles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        help_text="What it works on.",
                        size=None,
                    ),
                ),
                (
                    "source",
                    models.CharField(help_text="A publication, or own wording.", max_length=200),
                ),
                ("starter", models.CharField(blank=True, editable=False, max_length=40)),
                ("retired_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="PrescribedExercise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("instructions", models.TextField(max_length=1000)),
                (
                    "figure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("chin_in", "Chin in"),
                            ("neck_side", "Ear to shoulder"),
                            ("neck_turn", "Head turned"),
                            ("shoulder_roll", "Shoulder roll"),
                            ("doorway", "In a doorway"),
                            ("arm_across", "Arm across"),
                            ("side_bend", "Side bend"),
                            ("wrist", "Wrist"),
                            ("cat", "Hands and knees"),
                            ("knees_chest", "Knees to chest"),
                            ("bridge", "Bridge"),
                            ("hip_cross", "Figure four"),
                            ("kneel", "Half kneeling"),
                            ("thigh_front", "Heel to buttock"),
                            ("side_leg", "Side leg lift"),
                            ("leg_up", "Leg up"),
                            ("squat", "Squat"),
                            ("calf", "Step back"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "sets",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10),
                        ],
                    ),
                ),
                (
                    "repetitions",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "hold_seconds",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(300),
                        ],
                    ),
                ),
                (
                    "times_a_day",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "exercise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="treatment_sessions.exercise",
                    ),
                ),
                (
                    "treatment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="home_exercises",
                        to="treatment_sessions.treatmentsession",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="AdviceGiven",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("advice", models.CharField(max_length=20)),
                ("words", models.TextField()),
                (
                    "treatment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advice_given",
                        to="treatment_sessions.treatmentsession",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("treatment", "advice"), name="an_advice_once_a_session"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="advice_has_words"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sets__gte", 1),
                    ("sets__lte", 10),
                    ("repetitions__gte", 1),
                    ("repetitions__lte", 100),
                    ("hold_seconds__lte", 300),
                    ("times_a_day__gte", 1),
                    ("times_a_day__lte", 12),
                ),
                name="exercise_dose",
            ),
        ),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_at", None)),
                fields=("name",),
                name="one_active_exercise_a_name",
                violation_error_message="An exercise of this name is in the library already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.UniqueConstraint(
                condition=models.Q(("starter", ""), _negated=True),
                fields=("starter",),
                name="one_exercise_a_starter",
            ),
        ),
        migrations.AddConstraint(
            model_name="prescribedexercise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sets__gte", 1),
                    ("sets__lte", 10),
                    ("repetitions__gte", 1),
                    ("repetitions__lte", 100),
                    ("hold_seconds__lte", 300),
                    ("times_a_day__gte", 1),
                    ("times_a_day__lte", 12),
                ),
                name="prescribed_dose",
            ),
        ),
        migrations.AddConstraint(
            model_name="prescribedexercise",
            constraint=models.UniqueConstraint(
                fields=("treatment", "exercise"),
                name="an_exercise_once_a_session",
            ),
        ),
        history.keep_history("treatment_sessions_exercise"),
        history.keep_history("treatment_sessions_prescribedexercise"),
        history.keep_history("treatment_sessions_advicegiven"),
        history.close_with_parent(
            "treatment_sessions_prescribedexercise",
            "treatment_sessions_treatmentsession",
            "treatment_id",
        ),
        history.close_with_parent(
            "treatment_sessions_advicegiven", "treatment_sessions_treatmentsession", "treatment_id"
        ),
    ]
