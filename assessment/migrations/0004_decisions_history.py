from django.db import migrations

from audit import history

PARENT = ("assessment_assessment", "assessment_id")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only"), ("assessment", "0003_decisions")]

    operations = [
        history.keep_history("assessment_flagdecision"),
        history.keep_history("assessment_plannedmuscle"),
        history.keep_history("assessment_assessmentaddendum"),
        history.close_with_parent("assessment_flagdecision", *PARENT),
        history.close_with_parent("assessment_plannedmuscle", *PARENT),
        history.append_only("assessment_assessmentaddendum"),
    ]
