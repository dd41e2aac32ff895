"""A ballot acknowledged is there exactly once, whenever the process that took it in is killed.

On SQLite, and on PostgreSQL when `GONGDI_DATABASE_URL` is set; always in a database of its own.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from tests.support.own_database import surroundings
from tests.support.small_disk import nearly_full, small_disk

KILLS = int(os.environ.get("GONGDI_KILLS", "200"))
AT_ONCE = 4
"""Processes that cast beside one another."""


def voter(told: dict[str, str], *arguments: str) -> str:
    """Run a part of the voter to its end and read what it says."""
    command = [sys.executable, "-m", "tests.support.killed_voter", *arguments]
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def killed_at_random(told: dict[str, str], vote: str, folder: Path, chance: Random) -> None:
    """Start two processes, kill each at a moment of its own after it has begun to cast."""
    running = []
    for _ in range(AT_ONCE):
        seed = f"{chance.getrandbits(48):012x}"
        command = [sys.executable, "-m", "tests.support.killed_voter", "cast", vote, str(folder), seed]
        running.append((subprocess.Popen(command, env=told), folder / f"{seed}.book"))
    for process, book in running:
        while not book.exists() or not book.stat().st_size:
            assert process.poll() is None
            time.sleep(0.01)
        time.sleep(chance.random() * 0.2)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


@pytest.mark.slow
def test_every_acknowledged_ballot_is_there_exactly_once_after_kills(tmp_path: Path) -> None:
    told, chance = surroundings(tmp_path), Random(20270301)
    vote = voter(told, "prepare").strip()
    for _ in range(KILLS // AT_ONCE):
        killed_at_random(told, vote, tmp_path, chance)
    said = voter(told, "check", vote, str(tmp_path))
    print(said)
    assert said.startswith(f"{KILLS} killed")


def raced(told: dict[str, str], vote: str, folder: Path, keys: list[str]) -> list[str]:
    """What processes are told that cast for one unit at the same moment, each under a key."""
    start = [sys.executable, "-m", "tests.support.killed_voter", "race", vote, str(folder)]
    running = [subprocess.Popen([*start, key], env=told, stdout=subprocess.PIPE, text=True) for key in keys]
    while len(list(folder.glob("ready-*"))) < len(keys):
        assert all(process.poll() is None for process in running)
        time.sleep(0.01)
    (folder / "go").touch()
    return [process.communicate()[0].strip() for process in running]


@pytest.mark.slow
def test_one_request_sent_many_times_at_once_is_one_ballot(tmp_path: Path) -> None:
    told = surroundings(tmp_path)
    vote = voter(told, "prepare").strip()
    assert raced(told, vote, tmp_path, ["same-request"] * 6) == ["1"] * 6


@pytest.mark.slow
def test_of_many_ballots_of_one_owner_at_once_one_is_taken_in_where_none_may_change(tmp_path: Path) -> None:
    told = surroundings(tmp_path)
    vote = voter(told, "prepare", "fixed").strip()
    found = raced(told, vote, tmp_path, [f"request-{number}" for number in range(6)])
    assert sorted(found) == ["1", *["refused"] * 5]


def filled(told: dict[str, str], vote: str, folder: Path, how: str) -> None:
    """Cast until the disk is full: the last was refused and told so."""
    said = voter(told, "fill", vote, str(folder), how)
    print(said)
    assert said.startswith("refused: ")


def all_there(told: dict[str, str], vote: str, folder: Path) -> None:
    """What was acknowledged on the full disk is there, and what was refused comes in once there is room."""
    said = voter(told, "check", vote, str(folder))
    print(said)
    acknowledged, asked = (int(said.split(", ")[at].split(" ")[0]) for at in (1, 2))
    assert acknowledged > 10
    assert asked == acknowledged + 1


@pytest.mark.slow
@pytest.mark.parametrize("how", ["door", "phone"])
@pytest.mark.skipif("GONGDI_DATABASE_URL" in os.environ, reason="the server of PostgreSQL writes its own files")
def test_on_a_full_disk_a_ballot_is_refused_and_none_that_was_acknowledged_is_lost(tmp_path: Path, how: str) -> None:
    told = surroundings(tmp_path)
    vote = voter(told, "prepare").strip()
    filled(told, vote, tmp_path, how)
    all_there(told, vote, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["door", "phone"])
@pytest.mark.skipif("GONGDI_DATABASE_URL" not in os.environ, reason="a tablespace is PostgreSQL's")
def test_on_a_full_disk_of_the_server_a_ballot_is_refused_and_none_is_lost(tmp_path: Path, how: str) -> None:
    with small_disk(os.environ["GONGDI_DATABASE_URL"], tmp_path) as (tablespace, disk):
        told = surroundings(tmp_path, tablespace)
        vote = voter(told, "prepare").strip()
        with nearly_full(disk):
            filled(told, vote, tmp_path, how)
        all_there(told, vote, tmp_path)
