"""Both verifiers on every vector: each fault named, the same findings."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongdi.core.voting.ballots import BallotRule, Precedence
from gongdi.core.voting.rules import RULES
from gongdi.verifier import page, verify
from tests.support.votes import FORGERIES, good_vote
from tests.verifier.make_vectors import FOLDER, vectors

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "src" / "gongdi" / "verifier" / "verify.py"
FIRST = Path(__file__).parent / "vectors_1"
"""Files of the first format, kept as they were written: they must read for ever."""
INDEX: list[dict[str, Any]] = [
    {**entry, "folder": folder}
    for folder in (FOLDER, FIRST)
    for entry in json.loads((folder / "index.json").read_text(encoding="utf-8"))
]


def by_python(entry: dict[str, Any]) -> dict[str, Any]:
    """verify.py as people run it, with nothing but the standard library to be found (-I -S)."""
    command = [sys.executable, "-I", "-S", str(PROGRAM), str(entry["folder"] / entry["file"]), "--json"]
    for receipt in entry["receipts"]:
        command += ["--receipt", receipt]
    done = subprocess.run(
        [*command, *(["--key", entry["key"]] if entry["key"] else [])], capture_output=True, check=False
    )
    found: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (1 if found["faults"] else 0), done.stderr
    return found


@pytest.fixture(scope="module")
def by_node() -> list[dict[str, Any]]:
    script = Path(__file__).parent / "run_vectors.js"
    found: list[dict[str, Any]] = []
    for folder in (FOLDER, FIRST):
        done = subprocess.run(["node", str(script), str(folder)], capture_output=True, check=True)
        found += json.loads(done.stdout)
    return found


@pytest.mark.parametrize("number", range(len(INDEX)), ids=[f"{n}-{entry['file']}" for n, entry in enumerate(INDEX)])
def test_both_name_the_fault_and_find_the_same(number: int, by_node: list[dict[str, Any]]) -> None:
    entry, other = INDEX[number], dict(by_node[number])
    if "sm3" in entry["file"] and "sm3" not in hashlib.algorithms_available:
        pytest.skip("this build of OpenSSL has no SM3")
    own = by_python(entry)
    assert set(entry["names"]) <= {code for code, _ in own["faults"]}
    assert bool(entry["names"]) == bool(own["faults"])
    del other["title"]
    assert other == own


def test_the_vectors_are_those_that_the_code_makes() -> None:
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("this build of OpenSSL has no SM3")
    made = vectors()
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()} == made


@settings(deadline=None)
@given(seed=st.integers(0, 10**6), size=st.integers(8, 40), precedence=st.sampled_from(Precedence), forged=st.data())
def test_any_good_vote_passes_and_any_forgery_of_it_is_found(seed, size, precedence, forged) -> None:
    lines, receipts = good_vote(size, seed=seed, rule=BallotRule(precedence))
    vote = verify.Vote("\n".join(lines).encode())
    vote.check()
    assert vote.faults == []
    assert vote.find_receipt(receipts[0].code)["seq"] == 1
    forge, _ = FORGERIES[
        forged.draw(st.sampled_from(["dropped", "altered", "doubled-renumbered", "reweighted-ballot"]))
    ]
    try:
        changed = forge(list(lines))
    except (IndexError, StopIteration):
        return  # too few ballots for this forgery
    vote = verify.Vote("\n".join(changed).encode())
    vote.check()
    assert vote.faults


def test_the_verifier_knows_the_numbers_of_every_rule() -> None:
    def told(bound):
        return None if bound is None else [bound.share.numerator, bound.share.denominator, bound.how.value]

    for slug, rule in RULES.items():
        came = None if rule.taking_part is None else told(rule.taking_part.area)
        own = (came, rule.approval.base.value, told(rule.approval.area), told(rule.approval.heads))
        assert verify.KNOWN[slug] == own


@pytest.mark.parametrize("text", ["", "{}", "not json", '{"format":"gongdi-vote-1","kind":"file"}', "[1]"])
def test_a_file_that_cannot_be_read_ends_with_two(text: str, tmp_path: Path, capsys) -> None:
    path = tmp_path / "vote.jsonl"
    path.write_text(text, encoding="utf-8")
    assert verify.main([str(path)]) == 2
    assert "文件读不懂" in capsys.readouterr().out


def test_the_words_are_chinese_and_english(capsys) -> None:
    assert verify.main([str(FOLDER / "good.jsonl"), "--receipt", INDEX[0]["receipts"][0]]) == 0
    out = capsys.readouterr().out
    for words in ("未发现问题 nothing wrong", "回执 receipt", "人 heads"):
        assert words in out
    assert verify.main([str(FOLDER / "shrunk-roll.jsonl")]) == 1
    assert "名册被缩减" in capsys.readouterr().out


def test_a_turned_bit_in_a_signature_is_noticed() -> None:
    lines, _ = good_vote(10)
    head = next(n for n, line in enumerate(lines) if '"kind":"head"' in line)
    record = json.loads(lines[head])
    flipped = f"{int(record['signature'][-2:], 16) ^ 1:02x}"
    lines[head] = lines[head].replace(record["signature"], record["signature"][:-2] + flipped)
    vote = verify.Vote("\n".join(lines).encode())
    vote.check()
    assert ("bad_signature", str(record["size"])) in vote.faults


def test_the_page_is_one_file_that_loads_nothing() -> None:
    text = page.page_html()
    assert "/*VERIFIER*/" not in text
    assert "src=" not in text
    assert "http" not in text.replace("http-equiv", "")
