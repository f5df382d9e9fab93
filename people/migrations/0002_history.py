from django.db import migrations

from audit import history


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only"), ("people", "0001_initial")]

    operations = [
        history.keep_history("people_patient", "id"),
        history.keep_history("people_practitioner"),
        migrations.RunSQL(
            """CREATE TABLE django_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX django_cache_expires ON django_cache (expires);""",
            "DROP TABLE django_cache",
        ),
    ]
