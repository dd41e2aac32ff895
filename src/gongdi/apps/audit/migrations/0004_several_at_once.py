"""Several events of one transaction may be added by one statement: each follows the event before it, the head the last.

As strict as before: an event is taken only right after the one whose digest it names, and the head only ever moves on
to the newest event.
"""

from importlib import import_module

from django.db import migrations

before = import_module("gongdi.apps.audit.migrations.0003_post_and_origin")
REFUSAL = before.REFUSAL
FOLLOWS = (
    "EXISTS (SELECT 1 FROM audit_event WHERE number = NEW.number - 1 AND digest = NEW.previous_digest) "
    "OR NEW.number = 1 AND EXISTS (SELECT 1 FROM audit_head WHERE number = 0 AND digest = NEW.previous_digest)"
)
NEWEST = (
    "NEW.id = OLD.id AND NEW.number > OLD.number AND NEW.number = (SELECT MAX(number) FROM audit_event) "
    "AND EXISTS (SELECT 1 FROM audit_event WHERE number = NEW.number AND digest = NEW.digest)"
)
SQLITE = [
    "DROP TRIGGER audit_event_in_order",
    "DROP TRIGGER audit_head_in_step",
    f"CREATE TRIGGER audit_event_in_order BEFORE INSERT ON audit_event WHEN NOT ({FOLLOWS}) "
    # Without this, INSERT OR REPLACE would take an old event away: SQLite fires no DELETE trigger for it.
    "OR EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id OR number = NEW.number OR digest = NEW.digest) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER audit_head_in_step BEFORE UPDATE ON audit_head WHEN NOT ({NEWEST}) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
]


def _function(name, holds):
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT ({holds}) THEN "
        f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$"
    )


POSTGRESQL = [_function("audit_event_in_order", FOLLOWS), _function("audit_head_in_step", NEWEST)]
UNDO_SQLITE = [*SQLITE[:2], before.SQLITE[2], before.SQLITE[3]]
UNDO_POSTGRESQL = [
    before.POSTGRESQL[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
    before.POSTGRESQL[2].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
]


def hold(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def let_go(apps, schema_editor):
    for statement in UNDO_SQLITE if schema_editor.connection.vendor == "sqlite" else UNDO_POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_post_and_origin")]
    operations = [migrations.RunPython(hold, let_go)]
