"""Key files are made once, whole, whoever comes first."""

from __future__ import annotations

import secrets
import stat
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from gongdi.web.key_files import make_once, read_or_make


def _fresh() -> str:
    return secrets.token_hex(32)


def _read_together(path: str, rounds: int, barrier: Barrier, told: list[list[str]]) -> None:
    seen = []
    for turn in range(rounds):
        barrier.wait(30)
        seen.append(read_or_make(Path(f"{path}-{turn}"), _fresh))
    told.append(seen)


def test_processes_that_start_together_all_read_one_whole_key(tmp_path: Path) -> None:
    context = get_context("fork")
    with context.Manager() as manager:
        told = manager.list()
        barrier = context.Barrier(4)
        processes = [
            context.Process(target=_read_together, args=(str(tmp_path / "key"), 25, barrier, told)) for _ in range(4)
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join(60)
        rounds = list(zip(*told, strict=True))
    assert len(rounds) == 25
    for keys in rounds:
        assert len(keys) == 4
        assert len(set(keys)) == 1
        assert len(keys[0]) == 64


def test_only_the_owner_reads_a_key_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "key"
    make_once(path, _fresh)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_an_existing_key_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("kept\n", encoding="ascii")
    assert read_or_make(path, _fresh) == "kept"


def test_a_key_that_cannot_be_made_leaves_no_file(tmp_path: Path) -> None:
    def fails() -> str:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        make_once(tmp_path / "key", fails)
    assert list(tmp_path.iterdir()) == []
