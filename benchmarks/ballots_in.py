"""Ballots taken in through the server over 200 connections, beside a bare view of the same server doing one INSERT.

    nice -n -15 python -m benchmarks.ballots_in [VOTERS [ROUNDS [RATE]]]
    nice -n -15 env PG_FSYNC=on bash tools/with_postgres.sh python -m benchmarks.ballots_in

The server is the one that `gongdi serve` runs, with its processes and threads, in a database of its own: SQLite with
synchronous FULL in a temporary folder, or the PostgreSQL that `GONGDI_DATABASE_URL` names. A client in a process of its
own sends, over 200 connections kept open, the form of each resident's ballot (session cookie, CSRF, two matters), every
resident once; the answer comes after the commit and leads to the receipt. The bare view stands behind the same
middleware (benchmarks/bare_view.py). Rounds of both alternate; afterwards every vote is closed and recounted.

With every connection sending its next form at once, the answers take 200 / rate on average, whatever the server
does. So a last round of each sends RATE forms a second over the same connections, and tells how long those took.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measuring import Claim
from gongdi.commands.serve import THREADS, processes_for

VOTERS, ROUNDS, RATE, CONNECTIONS = 1_500, 5, 300, 200


def _run(*arguments: str) -> str:
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "benchmarks.bare_settings"}
    return subprocess.run(
        [sys.executable, "-m", *arguments], env=told, capture_output=True, text=True, check=True
    ).stdout


def _processes() -> int:
    """As many as `gongdi serve` starts."""
    return processes_for("postgresql" if os.environ.get("GONGDI_DATABASE_URL") else "sqlite", os.cpu_count() or 1)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _served() -> Iterator[int]:
    """The port of a server that answers."""
    port = _free_port()
    call = f"from gongdi.commands.serve import run_server; run_server('127.0.0.1', {port}, {THREADS}, {_processes()})"
    told = {**os.environ, "DJANGO_SETTINGS_MODULE": "benchmarks.bare_settings"}
    server = subprocess.Popen([sys.executable, "-c", call], env=told, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                link.request("GET", "/health/")
                link.getresponse().read()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _round(port: int, requests: Path, status: str, rate: int = 0) -> tuple[float, list[float]]:
    """Requests a second, and the seconds of each; all must be answered with one status."""
    _run("benchmarks.voters", "refresh")
    told = json.loads(_run("benchmarks.http_load", str(port), str(CONNECTIONS), str(requests), str(rate)))
    assert set(told["said"]) == {status}, told["said"]
    return len(told["taken"]) / told["seconds"], told["taken"]


def _p99(taken: list[float]) -> str:
    return f"{statistics.quantiles(taken, n=100)[98] * 1000:.0f} ms"


def run() -> list[Claim]:
    """The claim: rates as medians of the rounds, p99 over all of them."""
    numbers = [int(each) for each in sys.argv[1:] if each.isdecimal()]
    voters, rounds, rate_asked = [*numbers, *(VOTERS, ROUNDS, RATE)[len(numbers) :]][:3]
    folder = Path(tempfile.mkdtemp(prefix="gongdi-bench-"))
    os.environ["GONGDI_DATA_DIR"] = str(folder)
    _run("benchmarks.voters", "prepare", str(voters), str(rounds + 2), str(folder))
    own, bare, taken = list[float](), list[float](), {"302": list[float](), "200": list[float]()}
    with _served() as port:
        for number in range(rounds + 1):
            for name, status, rates in ((f"bare-{number}", "200", bare), (f"{number}", "302", own)):
                rate, seconds = _round(port, folder / f"{name}.json", status)
                print(f"{name}: {rate:.0f} a second", file=sys.stderr, flush=True)
                if number:  # the first warms up
                    rates.append(rate)
                    taken[status] += seconds
        evenly = {
            who: _p99(_round(port, folder / f"{name}{rounds + 1}.json", status, rate_asked)[1])
            for who, name, status in (("Gongdi", "", "302"), ("a bare view", "bare-", "200"))
        }
    found = _run("benchmarks.voters", "check").strip()
    database = "PostgreSQL" if os.environ.get("GONGDI_DATABASE_URL") else "SQLite"
    claim = Claim(
        f"Ballots in: {database}",
        f"{voters:,} residents, each once, over {CONNECTIONS} connections; {_processes()} x {THREADS} threads.",
        "at least 60 % of the rate of a bare view doing one INSERT, p99 under 300 ms",
    )
    for who, rates, status in (("Gongdi", own, "302"), ("a bare view", bare, "200")):
        note = (
            f"{statistics.median(rates):,.0f} a second ({min(rates):,.0f}-{max(rates):,.0f}), p99 {_p99(taken[status])}"
            f"; at {rate_asked} a second p99 {evenly[who]}"
        )
        claim.rows.append((who, statistics.median(taken[status]), note))
    share = statistics.median(a / b for a, b in zip(own, bare, strict=True))
    claim.notes += [
        f"Ballots at {share:.0%} of the bare view's rate, median of {rounds} pairs.",
        f"Afterwards: {found}.",
    ]
    return [claim]


if __name__ == "__main__":
    print("\n".join(claim.markdown() for claim in run()))
