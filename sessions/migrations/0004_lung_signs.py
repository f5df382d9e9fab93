from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("treatment_sessions", "0003_precautions"),
    ]

    operations = [
        migrations.AddField(
            model_name="treatmentsession",
            name="lung_signs_told",
            field=models.BooleanField(
                default=False,
                help_text="The warning signs of a collapsed lung were told again.",
            ),
        ),
    ]
