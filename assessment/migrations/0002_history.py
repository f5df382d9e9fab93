from django.db import migrations

from audit import history


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only"), ("assessment", "0001_initial")]

    operations = [
        history.keep_history("assessment_assessment", "patient_id"),
        history.keep_history("assessment_finding"),
        history.keep_history("assessment_segmentflag"),
        history.close_when_signed("assessment_assessment"),
        history.close_with_parent("assessment_finding", "assessment_assessment", "assessment_id"),
        history.close_with_parent(
            "assessment_segmentflag", "assessment_assessment", "assessment_id"
        ),
    ]
