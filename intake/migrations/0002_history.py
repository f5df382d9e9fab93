from django.db import migrations

from audit import history


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only"), ("intake", "0001_initial")]

    operations = [
        history.keep_history("intake_intake", "patient_id"),
        history.keep_history("intake_intakeanswer"),
        history.keep_history("intake_consent", "patient_id"),
        history.keep_history("intake_screeningresult"),
        history.keep_history("intake_intakereview"),
        history.append_only("intake_intakeform"),
    ]
