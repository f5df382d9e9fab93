from django.db import migrations


class Migration(migrations.Migration):
    """The addresses sent before have no signature and open nothing any more: say so at the desk."""

    dependencies = [("people", "0003_links")]

    operations = [
        migrations.RunSQL(
            "UPDATE people_patientlink SET revoked_at = now() WHERE revoked_at IS NULL",
            migrations.RunSQL.noop,
        )
    ]
