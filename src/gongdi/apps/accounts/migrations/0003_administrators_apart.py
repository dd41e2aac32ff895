"""The database too keeps the three administrators apart; passwords in use begin to age now."""

from django.db import migrations
from gongdi.web import clock

TRIO = "('administrator', 'security_administrator', 'audit_administrator')"
REFUSAL = "管理员岗位互斥"
CLASH = (
    "NEW.ended_at IS NULL AND EXISTS (SELECT 1 FROM accounts_post AS other WHERE other.holder_id = NEW.holder_id "
    "AND other.ended_at IS NULL AND other.id <> COALESCE(NEW.id, -1) AND other.kind <> NEW.kind "
    f"AND (other.kind IN {TRIO} OR NEW.kind IN {TRIO}))"
)
SQLITE = [
    f"CREATE TRIGGER accounts_post_apart_{verb.lower()} AFTER {verb} ON accounts_post WHEN {CLASH} "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for verb in ("INSERT", "UPDATE")
]
POSTGRESQL = [
    "CREATE FUNCTION accounts_post_apart() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"IF {CLASH} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER accounts_post_apart AFTER INSERT OR UPDATE ON accounts_post "
    "FOR EACH ROW EXECUTE FUNCTION accounts_post_apart()",
]
UNDO = {
    "sqlite": [f"DROP TRIGGER accounts_post_apart_{verb}" for verb in ("insert", "update")],
    "postgresql": ["DROP TRIGGER accounts_post_apart ON accounts_post", "DROP FUNCTION accounts_post_apart()"],
}


def forwards(apps, schema_editor):
    apps.get_model("accounts", "User").objects.update(password_changed_at=clock.now())
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_posts_and_security")]
    operations = [migrations.RunPython(forwards, backwards)]
