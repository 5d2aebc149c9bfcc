"""The head row, and triggers that refuse to change or delete a line."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER ledger_event_{verb} BEFORE {VERB} ON ledger_event
BEGIN SELECT RAISE(ABORT, 'ledger lines are only added'); END;
"""

POSTGRESQL = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'ledger lines are only added'; END $$;
CREATE TRIGGER ledger_event_only_added BEFORE UPDATE OR DELETE ON ledger_event
FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
"""


def guard(apps, schema_editor):
    """Make the head row and the triggers."""
    apps.get_model("ledger", "Head").objects.get_or_create(pk=1)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for verb in ("update", "delete"):
            schema_editor.execute(SQLITE.format(verb=verb, VERB=verb.upper()))


def unguard(apps, schema_editor):
    """Take the triggers away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER ledger_event_only_added ON ledger_event")
        schema_editor.execute("DROP FUNCTION ledger_refuse()")
    else:
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER ledger_event_{verb}")


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [("ledger", "0001_begins")]
    operations = [migrations.RunPython(guard, unguard)]
