import django.db.models.deletion
from django.db import migrations, models

from audit import history


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only"),
        ("treatment_sessions", "0005_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Retest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sign",
                    models.CharField(
                        choices=[
                            ("muscle_tone", "Tone"),
                            ("tenderness", "Tenderness"),
                            ("joint_range", "Range"),
                        ],
                        max_length=20,
                    ),
                ),
                ("site", models.CharField(max_length=60)),
                (
                    "side",
                    models.CharField(choices=[("right", "Right"), ("left", "Left")], max_length=5),
                ),
                ("root", models.CharField(blank=True, max_length=3)),
                (
                    "before",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True),
                ),
                ("before_on", models.DateField(blank=True, null=True)),
                (
                    "after",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True),
                ),
                (
                    "treatment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retests",
                        to="treatment_sessions.treatmentsession",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("treatment", "sign", "site", "side"),
                        name="one_retest_a_sign_and_side",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sign__in", ["muscle_tone", "tenderness", "joint_range"]),
                            ("side__in", ["right", "left"]),
                        ),
                        name="retest_has_a_sign_and_a_side",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("before__isnull", False),
                            models.Q(("after__isnull", False), ("before_on", None)),
                            _connector="OR",
                        ),
                        name="retest_holds_a_value",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sign__in", ("muscle_tone", "tenderness")), _negated=True),
                            models.Q(
                                models.Q(
                                    ("before", None),
                                    models.Q(("before__gte", 0), ("before__lte", 4)),
                                    _connector="OR",
                                ),
                                models.Q(
                                    ("after", None),
                                    models.Q(("after__gte", 0), ("after__lte", 4)),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="retest_grade_0_to_4",
                    ),
                ],
            },
        ),
        history.keep_history("treatment_sessions_retest"),
        history.close_with_parent(
            "treatment_sessions_retest",
            "treatment_sessions_treatmentsession",
            "treatment_id",
        ),
    ]
