from django.db import migrations

REFUSALS = ("audit_refuse_change", "audit_refuse_signed", "audit_refuse_signed_parent")


class Migration(migrations.Migration):
    """The refusals read the real tables, never a temporary table of the same name."""

    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.RunSQL(
            f"ALTER FUNCTION {name}() SET search_path = public, pg_temp",
            f"ALTER FUNCTION {name}() RESET search_path",
        )
        for name in REFUSALS
    ]
