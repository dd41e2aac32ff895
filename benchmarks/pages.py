"""Pages of a city with 16 people at once: `GONGDI_DATA_DIR=<folder of the city> python -m benchmarks.pages`.

The folder's database holds the city of benchmarks/city.py, its roll imported; a pack is put in force and schedules are
made where it has none, so that every compound is decided on. A server of our own is started on the loopback with as
many processes as `PROCESSES` says (2, one a core of a small machine) and four threads each; 16 threads in this process
ask it, each for a fixed number of pages with a second between them, and stop. Server and askers share the machine's
cores.
"""

from __future__ import annotations

import http.client
import os
import secrets
import socket
import statistics
import subprocess
import sys
import threading
import time
from urllib.parse import quote

from benchmarks.city import govern

PEOPLE, ROUNDS, THINK = 16, 3, 1.0
PROCESSES = int(os.environ.get("PROCESSES", "2"))
"""Each person asks for a page, and for the next a second after it came."""


def _prepare() -> tuple[list[str], list[tuple[str, str]]]:
    """Sessions of made-up officers, and the pages to ask for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdi.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from gongdi.apps.accounts.models import Organisation, Post, User
    from gongdi.apps.accounts.permissions import PostKind
    from gongdi.apps.dwellings.models import Building, Dwelling
    from gongdi.apps.places.models import Compound
    from gongdi.web import clock

    govern()
    house, _ = Organisation.objects.get_or_create(name="测量单位", place="330205", defaults={"kind": "测试"})
    sessions = []
    for number in range(PEOPLE):
        user, made = User.objects.get_or_create(
            username=f"bench{number}", defaults={"display_name": "测量员", "password": "!" + secrets.token_hex(8)}
        )
        if made:
            Post.objects.create(
                holder=user, organisation=house, kind=PostKind.DISTRICT_OFFICER, place="330205", place_name="江北区",
                since=clock.now(),
            )  # fmt: skip
        client = Client()
        client.force_login(user)
        sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    compound = Compound.objects.order_by("pk")[700]
    building = Building.objects.filter(compound=compound).order_by("pk")[0]
    dwelling = Dwelling.objects.filter(building=building).order_by("pk")[0]
    pages = [
        ("待办", "/"),
        ("清册", "/pool/register/"),
        ("清册：查找", f"/pool/register/?q={quote('测试0700')}"),
        ("清册：筛选并排序", "/pool/register/?stage=conceived&sort=-households&page=7"),
        ("看板", "/pool/board/"),
        ("地图", "/pool/map/"),
        ("挂图作战", "/chart/"),
        ("小区", f"/compounds/{compound.pk}/"),
        ("楼栋与房屋", f"/compounds/{compound.pk}/buildings/"),
        ("一栋", f"/buildings/{building.pk}/"),
        ("一户", f"/dwellings/{dwelling.pk}/"),
        ("业主名册（500户）", f"/compounds/{compound.pk}/roll/"),
        ("存量资源", "/spaces/"),
        ("年度清册", "/registers/"),
    ]
    return sessions, pages


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _serve(port: int) -> subprocess.Popen[bytes]:
    call = f"from gongdi.commands.serve import run_server; run_server('127.0.0.1', {port}, 4, {PROCESSES})"
    server = subprocess.Popen([sys.executable, "-c", call], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server
    raise RuntimeError("the server did not start")


def _ask(
    port: int, person: int, session: str, pages: list[tuple[str, str]], taken: dict[str, list[float]], think: float
) -> None:
    """Ask for every page some rounds long, each person beginning at another page."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    first = person % len(pages)
    for _ in range(ROUNDS):
        for name, path in pages[first:] + pages[:first]:
            start = time.perf_counter()
            link.request("GET", path, headers={"Cookie": f"gongdi_session={session}"})
            answer = link.getresponse()
            answer.read()
            seconds = time.perf_counter() - start
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            taken[name].append(seconds)
            time.sleep(think)


def main() -> None:
    """Ask and print medians and p95 of each page and of all."""
    sessions, pages = _prepare()
    port = _free_port()
    server = _serve(port)
    taken: dict[str, list[float]] = {name: [] for name, _ in pages}
    try:
        # Each connection goes to any of the processes, and each of them reads its templates once.
        for _ in range(3 * PROCESSES):
            _ask(port, 0, sessions[0], pages, {name: [] for name, _ in pages}, 0)
        alone: dict[str, list[float]] = {name: [] for name, _ in pages}
        _ask(port, 0, sessions[0], pages, alone, 0)
        start = time.perf_counter()
        askers = [
            threading.Thread(target=_ask, args=(port, number, each, pages, taken, THINK))
            for number, each in enumerate(sessions)
        ]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()
        whole = time.perf_counter() - start
    finally:
        server.terminate()
        server.wait(20)
    print(f"| page | one person, median | {PEOPLE} people, median | p95 |\n| --- | ---: | ---: | ---: |")
    for name, values in taken.items():
        print(f"| {name} | {statistics.median(alone[name]) * 1000:.0f} ms | {_of(values, 50)} | {_of(values, 95)} |")
    every = [value for values in taken.values() for value in values]
    print(f"| all | | {_of(every, 50)} | {_of(every, 95)} |")
    print(f"\n{len(every) / whole:.0f} pages a second; load {os.getloadavg()[0]:.1f}.")


def _of(values: list[float], percent: int) -> str:
    return f"{statistics.quantiles(values, n=100)[percent - 1] * 1000:.0f} ms"


if __name__ == "__main__":
    main()
