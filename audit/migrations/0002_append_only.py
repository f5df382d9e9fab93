from django.conf import settings
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from audit import history, sql

ROLE_RIGHTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role};
REVOKE UPDATE, DELETE, TRUNCATE ON audit_auditevent FROM {role};
"""


def grant_application_role(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Give the application's role what it needs and nothing that could change the audit table."""
    role = editor.quote_name(settings.DATABASE_APP_ROLE)
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.DATABASE_APP_ROLE])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {role} LOGIN")
        cursor.execute(ROLE_RIGHTS.format(role=role))


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(sql.ROW_HISTORY + sql.REFUSALS, sql.DROP_ALL),
        history.append_only("audit_auditevent"),
        migrations.RunPython(grant_application_role, migrations.RunPython.noop),
    ]
