"""Events tell the post and from where; the database holds the chain's order and its head."""

from django.db import migrations, models

REFUSAL = "审计事件只增不改"
SQLITE_OLD = ("audit_event_no_update", "audit_event_no_delete")
SQLITE = [
    f"CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    # Without this, INSERT OR REPLACE would take an old event away: SQLite fires no DELETE trigger for it.
    "CREATE TRIGGER audit_event_in_order BEFORE INSERT ON audit_event "
    "WHEN NOT EXISTS (SELECT 1 FROM audit_head WHERE number = NEW.number - 1 AND digest = NEW.previous_digest) "
    "OR EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id OR number = NEW.number OR digest = NEW.digest) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    "CREATE TRIGGER audit_head_in_step BEFORE UPDATE ON audit_head WHEN NEW.id != OLD.id OR NEW.number != OLD.number + 1 "
    "OR NOT EXISTS (SELECT 1 FROM audit_event WHERE number = NEW.number AND digest = NEW.digest) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    f"CREATE TRIGGER audit_head_no_insert BEFORE INSERT ON audit_head BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
]
POSTGRESQL = [
    "CREATE FUNCTION audit_event_in_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF NOT EXISTS (SELECT 1 FROM audit_head WHERE number = NEW.number - 1 AND digest = NEW.previous_digest) THEN "
    f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER audit_event_in_order BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_in_order()",
    "CREATE FUNCTION audit_head_in_step() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF NEW.id <> OLD.id OR NEW.number <> OLD.number + 1 OR NOT EXISTS "
    "(SELECT 1 FROM audit_event WHERE number = NEW.number AND digest = NEW.digest) THEN "
    f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER audit_head_in_step BEFORE UPDATE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_head_in_step()",
    "CREATE TRIGGER audit_head_no_change BEFORE INSERT OR DELETE ON audit_head "
    "FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()",
    "CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()",
]
UNDO_SQLITE = [
    f"DROP TRIGGER {name}"
    for name in ("audit_event_in_order", "audit_head_in_step", "audit_head_no_delete", "audit_head_no_insert")
]
UNDO_POSTGRESQL = [
    "DROP TRIGGER audit_head_no_truncate ON audit_head",
    "DROP TRIGGER audit_head_no_change ON audit_head",
    "DROP TRIGGER audit_head_in_step ON audit_head",
    "DROP TRIGGER audit_event_in_order ON audit_event",
    "DROP FUNCTION audit_head_in_step()",
    "DROP FUNCTION audit_event_in_order()",
]


def lift(apps, schema_editor):
    """SQLite makes the table anew to add a column and would lose its triggers on the way; so they go first."""
    if schema_editor.connection.vendor == "sqlite":
        for name in SQLITE_OLD:
            schema_editor.execute(f"DROP TRIGGER {name}")


def put_back(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE[:2]:
            schema_editor.execute(statement)


def hold(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in [*UNDO_SQLITE, *(f"DROP TRIGGER {name}" for name in SQLITE_OLD)]:
            schema_editor.execute(statement)
    else:
        for statement in UNDO_POSTGRESQL:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.RunPython(lift, put_back),
        migrations.AddField("event", "post", models.CharField("所用岗位", max_length=200, blank=True, default=""), preserve_default=False),
        migrations.AddField("event", "channel", models.CharField("途径", max_length=10, blank=True, default=""), preserve_default=False),
        migrations.AddField("event", "address", models.CharField("网络地址", max_length=45, blank=True, default=""), preserve_default=False),
        migrations.AddField("event", "session", models.CharField("会话摘要", max_length=16, blank=True, default=""), preserve_default=False),
        migrations.AddField("event", "version", models.PositiveSmallIntegerField("摘要算法版次", default=1)),
        migrations.RunPython(hold, let_go),
    ]
