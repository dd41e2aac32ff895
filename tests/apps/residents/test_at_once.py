"""What is allowed once is given once, whoever asks at the same moment: on a database of its own, with real threads."""

import subprocess
import sys
from pathlib import Path

from tests.support.own_database import surroundings

SCRIPT = """
import threading
import django
django.setup()
from datetime import UTC, datetime
from django.core.management import call_command
from django.db import connection
from gongdi.apps.accounts import second_factor
from gongdi.apps.accounts.models import User
from gongdi.apps.residents import services
from gongdi.apps.residents.models import CodeSent
NOW = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
call_command("migrate", verbosity=0)
person = User.objects.create(username="同时测试", display_name="测试员")
person = User.objects.get(pk=person.pk)
code = second_factor.renew_codes(person)[0]
came = []
faults = []
gate = threading.Barrier(6)
def ask():
    gate.wait()
    try:
        services.send_code(phone="13900000123", address="192.0.2.9", now=NOW)
        came.append("sent")
    except services.RefusedError:
        came.append("refused")
    except Exception as fault:
        faults.append(repr(fault))
    gate.wait()
    try:
        came.append("opened" if second_factor.use_code(person, code, NOW) else "shut")
    except Exception as fault:
        faults.append(repr(fault))
    finally:
        connection.close()
threads = [threading.Thread(target=ask) for _ in range(6)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(*[came.count(word) for word in ("sent", "refused", "opened", "shut")], CodeSent.objects.count(), faults)
User.objects.filter(pk=person.pk).update(username=f"同时测试{person.pk}")
CodeSent.objects.all().delete()
"""


def test_of_six_at_one_moment_one_gets_a_code_and_one_opens_with_a_recovery_code(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip() == "1 5 1 5 1 []", done.stderr[-2000:]
