"""Several writers at once never fork the chain: seen on a database of its own, outside the tests' transaction."""

import subprocess
import sys
from pathlib import Path

from tests.support.own_database import surroundings

SCRIPT = """
import threading
import django
django.setup()
from django.core.management import call_command
from django.db import connection, transaction
from gongdi.apps.accounts.models import Organisation
from gongdi.apps.audit.models import Event
from gongdi.apps.audit.queries import verify_chain
from gongdi.apps.audit.services import record
call_command("migrate", verbosity=0)
house, _ = Organisation.objects.get_or_create(name="同写测试", place="", defaults={"kind": "测试"})
before = Event.objects.count()
faults = []
def write(number):
    try:
        for step in range(10):
            with transaction.atomic():
                record("test.write", by=None, on=house, after={"writer": number, "step": step})
    except Exception as fault:
        faults.append(repr(fault))
    finally:
        connection.close()
writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
[writer.start() for writer in writers]
[writer.join() for writer in writers]
print(Event.objects.count() - before, verify_chain().fault, faults)
"""


def test_writers_at_once_leave_one_unbroken_chain(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip() == "40 None []", done.stderr[-2000:]
