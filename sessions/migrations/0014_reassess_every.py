import django.core.validators
from django.db import migrations, models

import sessions.models.care_plan

EVERY = models.PositiveSmallIntegerField(
    default=sessions.models.care_plan.reassess_every,
    validators=[
        django.core.validators.MinValueValidator(1),
        django.core.validators.MaxValueValidator(20),
    ],
)


class Migration(migrations.Migration):
    dependencies = [("treatment_sessions", "0013_saved_change")]

    operations = [
        migrations.AlterField("careplan", "reassess_every", EVERY),
        migrations.AlterField("plannedsession", "reassess_every", EVERY.clone()),
    ]
