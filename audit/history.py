"""Migration operations that put a table under row history, or close it once it is signed."""

from django.db import migrations


def keep_history(table: str, patient_column: str | None = None) -> migrations.RunSQL:
    """Record every insert, update and delete of ``table`` as jsonb in the audit table.

    ``patient_column`` names the column that holds the patient's id, so that the line can be found
    by patient; leave it out where the row does not know its patient.
    """
    column = patient_column or ""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_history AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION audit_row_history('{column}')",
        f"DROP TRIGGER {table}_history ON {table}",
    )


def close_when_signed(table: str) -> migrations.RunSQL:
    """Refuse any update or delete of a row of ``table`` whose ``signed_at`` is set."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_signed BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION audit_refuse_signed()",
        f"DROP TRIGGER {table}_signed ON {table}",
    )


def close_with_parent(table: str, parent: str, column: str) -> migrations.RunSQL:
    """Refuse any change of a row of ``table`` whose ``parent`` row (by ``column``) is signed."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_signed BEFORE INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION audit_refuse_signed_parent('{parent}', '{column}')",
        f"DROP TRIGGER {table}_signed ON {table}",
    )


def append_only(table: str) -> migrations.RunSQL:
    """Refuse update, delete and truncate of ``table``."""
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change()",
        f"DROP TRIGGER {table}_append_only ON {table}",
    )
