"""The recount of a vote by the one-file verifier, beside a bare pass of SHA-256 over the same leaves."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.measuring import Claim, median_seconds
from gongdi.core.ownership.spells import Spell
from gongdi.core.voting.ballots import Answer, Ballot, BallotRule, Channel, counting_ballots
from gongdi.core.voting.heads import TreeHead, sign_head
from gongdi.core.voting.merkle import frontier_of, leaf_digest
from gongdi.core.voting.public import (
    Matter,
    Opening,
    ballot_line,
    close_line,
    count_line,
    moment,
    public_lines,
    result_record,
)
from gongdi.core.voting.roll import HeadsRule, RollDwelling, build_roll, public_roll, unit_name
from gongdi.core.voting.rules import RULES
from gongdi.core.voting.tally import judge, tally_matter

VERIFIER = Path(__file__).resolve().parent.parent / "src" / "gongdi" / "verifier" / "verify.py"
SIZES = (3_000, 100_000, 1_000_000)
VOTE, SINCE = "V-BENCH", datetime(2027, 3, 1, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=30)


def vote(owners: int) -> tuple[list[str], list[bytes]]:
    """The public file of a vote in which everybody votes once, and its leaves."""
    chance = Random(owners)
    rows = [RollDwelling(n, chance.randrange(4_000, 13_000)) for n in range(owners)]
    frozen = build_roll(date(2027, 2, 1), rows, [Spell(n, n, Fraction(1)) for n in range(owners)], {})
    roll = public_roll(frozen, b"salt", "sha256")
    weights = {unit_name(b"salt", unit): unit.count for unit in frozen.units}
    matter = Matter(1, "是否同意整治改造方案", RULES["civil-code-2021-special"])
    opening = Opening(VOTE, "表决", [matter], BallotRule(), HeadsRule(), roll, "2027-02-01", SINCE, UNTIL)
    said = [Answer.YES, Answer.YES, Answer.YES, Answer.YES, Answer.NO]
    came = [moment(SINCE + timedelta(seconds=n)) for n in range(len(weights) + 1)]
    ballots = [Ballot(n, unit, Channel.PHONE, {1: chance.choice(said)}, received_at=came[n])
               for n, unit in enumerate(weights, 1)]  # fmt: skip
    log = [opening.line("sha256")]
    for ballot in ballots:
        at, nonce = SINCE + timedelta(seconds=ballot.seq), f"{chance.getrandbits(128):032x}"
        log.append(ballot_line(ballot, weights[ballot.unit], number=f"N{ballot.seq:08d}", at=at, nonce=nonce))
    log.append(close_line(seq=len(log), at=UNTIL, ballots=len(ballots), waiting=()))
    log.append(count_line(seq=len(log), at=UNTIL, ballots=len(ballots), set_aside=()))
    leaves = [line.encode() for line in log]
    key = Ed25519PrivateKey.generate()
    root = frontier_of("sha256", [leaf_digest("sha256", leaf) for leaf in leaves]).root
    head = sign_head(TreeHead(VOTE, "sha256", len(log), root, moment(UNTIL)), key.sign)
    tally = tally_matter(1, weights, counting_ballots(BallotRule(), ballots))
    result = result_record(matter, tally, judge(matter.rule, tally))
    public = key.public_key().public_bytes_raw()
    lines = public_lines(
        vote=VOTE, algorithm="sha256", key=public, roll=roll.lines, log=log, heads=[head], results=[result]
    )
    return list(lines), leaves


def bare_pass(leaves: list[bytes]) -> None:
    """The peer: each leaf through SHA-256, nothing else."""
    for leaf in leaves:
        hashlib.sha256(leaf).digest()


def recount(path: Path) -> None:
    """The whole program, from start to exit; it must find nothing wrong."""
    done = subprocess.run([sys.executable, str(VERIFIER), str(path), "--json"], capture_output=True, check=True)
    assert json.loads(done.stdout)["faults"] == []


def memory(path: Path) -> int:
    """The most memory that the program held, in MiB: as the child of a small process, since what is started by a large
    one is counted as large as that."""
    told = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    told += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)"
    command = [sys.executable, "-c", told, sys.executable, str(VERIFIER), str(path), "--json"]
    return int(subprocess.run(command, capture_output=True, check=True).stdout)


def run() -> list[Claim]:
    """The claim of this file: one row for each size and its peer."""
    claim = Claim(
        "A vote recounted by one file",
        "`verify.py` on a public file: roll, ballots, tree, signed head, verdict; the whole process.",
        "3,000 owners in under 1 s; 1,000,000 ballots within 10 x of SHA-256 over the leaves; cost linear",
    )
    with tempfile.TemporaryDirectory() as folder:
        for owners in SIZES:
            lines, leaves = vote(owners)
            path = Path(folder) / f"{owners}.jsonl"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            del lines
            own = median_seconds(lambda path=path: recount(path), runs=5)  # type: ignore[misc]
            bare = median_seconds(lambda leaves=leaves: bare_pass(leaves), runs=5)  # type: ignore[misc]
            claim.rows.append(
                (f"verify.py, {owners:,} ballots", own, f"{own / owners * 1e6:.1f} us a ballot, {memory(path)} MiB")
            )
            claim.rows.append((f"bare SHA-256 over {owners:,} leaves", bare, f"verify.py takes {own / bare:.1f} x"))
    return [claim]
