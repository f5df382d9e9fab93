from django.db import migrations

from audit import history


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only"), ("scheduling", "0001_initial")]

    operations = [
        history.keep_history("scheduling_appointment", "patient_id"),
        history.keep_history("scheduling_availability"),
    ]
