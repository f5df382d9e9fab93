from django.db import migrations

from audit import history


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only"), ("treatment_sessions", "0001_initial")]

    operations = [
        history.keep_history("treatment_sessions_treatmentsession", "patient_id"),
        history.keep_history("treatment_sessions_needledmuscle"),
        history.keep_history("treatment_sessions_addendum"),
        history.keep_history("treatment_sessions_sorenessfollowup"),
        history.keep_history("treatment_sessions_followupanswer"),
        history.keep_history("treatment_sessions_alert", "patient_id"),
        history.close_when_signed("treatment_sessions_treatmentsession"),
        history.close_with_parent(
            "treatment_sessions_needledmuscle",
            "treatment_sessions_treatmentsession",
            "treatment_id",
        ),
        history.append_only("treatment_sessions_addendum"),
    ]
