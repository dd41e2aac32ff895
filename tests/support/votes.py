"""A made-up vote with its whole public file, and one tampered copy for each kind of fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from hashlib import sha256
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gongdi.core.ownership.spells import Spell
from gongdi.core.voting.ballots import Answer, Ballot, BallotRule, Channel, Precedence, counting_ballots
from gongdi.core.voting.canonical import canonical
from gongdi.core.voting.counting import Count
from gongdi.core.voting.heads import SignedHead, TreeHead, sign_head
from gongdi.core.voting.merkle import Frontier, leaf_digest
from gongdi.core.voting.public import (
    Matter,
    Opening,
    ballot_line,
    close_line,
    count_line,
    moment,
    public_lines,
    result_record,
)  # fmt: skip
from gongdi.core.voting.receipts import Receipt
from gongdi.core.voting.roll import HeadsRule, RollDwelling, build_roll, public_roll, unit_name
from gongdi.core.voting.rules import RULES
from gongdi.core.voting.tally import judge, tally_matter
from gongdi.verifier import verify

KEY = Ed25519PrivateKey.from_private_bytes(sha256(b"a key for tests alone").digest())
PUBLIC = KEY.public_key().public_bytes_raw()
VOTE, SALT = "V2027-0001", b"made-up salt"
SINCE, UNTIL = datetime(2027, 3, 1, 0, 0, tzinfo=UTC), datetime(2027, 3, 8, 0, 0, tzinfo=UTC)
COUNTED = datetime(2027, 3, 10, 0, 0, tzinfo=UTC)
MATTERS = (
    Matter(1, "是否同意整治改造方案", RULES["civil-code-2021-special"]),
    Matter(2, "是否使用维修资金", RULES["civil-code-2021-ordinary"]),
)
Lines = list[str]


def good_vote(
    dwellings: int = 24, *, algorithm: str = "sha256", seed: int = 1, rule: BallotRule | None = None
) -> tuple[Lines, list[Receipt]]:
    """The lines of a good public file, and a receipt for each ballot."""
    chance, rule = Random(seed), rule or BallotRule(Precedence.SIGNED, changes=True)
    rows = [RollDwelling(n, chance.randrange(4_000, 13_000), "parking" if n % 11 == 10 else "residence")
            for n in range(1, dwellings + 1)]  # fmt: skip
    spells = [Spell(row.dwelling, row.dwelling if row.dwelling % 7 else row.dwelling - 1, Fraction(1)) for row in rows]
    frozen = build_roll(date(2027, 2, 1), rows, spells, {})
    roll = public_roll(frozen, SALT, algorithm)
    weights = {unit_name(SALT, unit): unit.count for unit in frozen.units}
    opening = Opening(VOTE, "梅堰新村改造表决", MATTERS, rule, HeadsRule(), roll, "2027-02-01", SINCE, UNTIL)
    log, ballots = [opening.line(algorithm)], _cast(chance, weights)
    in_time = [ballot for ballot, at in ballots if at < UNTIL]
    waiting = {ballot.unit for ballot, at in ballots if at > UNTIL} | set(sorted(weights)[:1])
    for number, (ballot, at) in enumerate(ballots, start=1):
        if ballot.seq > len(log):
            log.append(close_line(seq=len(log), at=UNTIL, ballots=len(in_time), waiting=waiting))
        nonce = f"{chance.getrandbits(64):016x}"
        weight = weights[ballot.unit]
        log.append(ballot_line(ballot, weight, number=f"P{number:05d}", at=at, nonce=nonce))
    typed = {ballot.unit for ballot, at in ballots if at > UNTIL}
    log.append(count_line(seq=len(log), at=COUNTED, ballots=len(ballots), set_aside=waiting - typed))
    moments = [at for _, at in ballots if at < UNTIL] + [UNTIL] + [at for _, at in ballots if at > UNTIL]
    heads, receipts = _heads(algorithm, log, moments)
    counting = counting_ballots(rule, [ballot for ballot, _ in ballots])
    tallies = [(matter, tally_matter(matter.number, weights, counting)) for matter in MATTERS]
    results = [result_record(matter, tally, judge(matter.rule, tally)) for matter, tally in tallies]
    published = [heads[0], heads[len(heads) // 2], heads[-1]]
    lines = public_lines(
        vote=VOTE, algorithm=algorithm, key=PUBLIC, roll=roll.lines, log=log, heads=published, results=results
    )
    return list(lines), receipts


def _cast(chance: Random, weights: dict[str, Count]) -> list[tuple[Ballot, datetime]]:
    """Nine in ten vote, one in eight of them twice; paper waits, and the last two papers come in after the close."""
    cast: list[tuple[str, Channel]] = []
    for unit in weights:
        if chance.random() < 0.9:
            cast.append((unit, chance.choice([Channel.PHONE, Channel.PAPER, Channel.VISIT])))
            if chance.random() < 0.125:
                cast.append((unit, Channel.PHONE))
    said = [Answer.YES, Answer.YES, Answer.YES, Answer.YES, Answer.NO, Answer.ABSTAIN, Answer.VOID]
    late = len(cast) - 2
    found = []
    for n, (unit, channel) in enumerate(cast):
        at = SINCE + timedelta(seconds=n + 1) if n < late else UNTIL + timedelta(minutes=n)
        channel = channel if n < late else Channel.PAPER
        waited = timedelta(seconds=chance.randrange(n + 1)) if channel is Channel.PAPER else timedelta()
        came = at - waited if n < late else UNTIL - timedelta(minutes=n)
        answers = {1: chance.choice(said), 2: chance.choice(said)}
        seq = n + 1 if n < late else n + 2
        found.append((Ballot(seq, unit, channel, answers, chance.random() < 0.1, moment(came)), at))
    return found


def _heads(algorithm: str, log: Lines, moments: list[datetime]) -> tuple[list[SignedHead], list[Receipt]]:
    frontier, heads, receipts = Frontier(algorithm), [], []
    for seq, (line, at) in enumerate(zip(log, [SINCE, *moments, COUNTED], strict=True)):
        leaf = leaf_digest(algorithm, line.encode())
        frontier = frontier.appended(leaf)
        head = TreeHead(VOTE, algorithm, frontier.size, frontier.root, moment(at))
        signed = sign_head(head, KEY.sign)
        heads.append(signed)
        receipts.append(Receipt(VOTE, seq, leaf, head.size, head.root, head.at, signed.signature))
    kept = [n for n, line in enumerate(log) if '"kind":"ballot"' in line]
    return heads, [receipts[n] for n in kept]


def _places(lines: Lines, kind: str) -> list[int]:
    return [n for n, line in enumerate(lines) if f'"kind":"{kind}"' in line]


def _changed(line: str, **values: object) -> str:
    return canonical({**json.loads(line), **values})


def _renumbered(lines: Lines) -> Lines:
    """Entries numbered anew as a forger would."""
    places = [
        n
        for n, line in enumerate(lines)
        if any(f'"kind":"{k}"' in line for k in ("opening", "ballot", "close", "count"))
    ]
    before = 0
    for seq, place in enumerate(places):
        values = {"seq": seq}
        before += '"kind":"ballot"' in lines[place]
        if '"kind":"close"' in lines[place] or '"kind":"count"' in lines[place]:
            values["ballots"] = before
        lines[place] = _changed(lines[place], **values)
    return lines


def dropped(lines: Lines) -> Lines:
    """One ballot taken out."""
    del lines[_places(lines, "ballot")[4]]
    return lines


def dropped_and_renumbered(lines: Lines) -> Lines:
    """One ballot taken out, the others numbered anew and the close made to agree."""
    return _renumbered(dropped(lines))


def added(lines: Lines) -> Lines:
    """One ballot slipped in before the close."""
    last = _places(lines, "ballot")[-1]
    voted = {json.loads(lines[n])["unit"] for n in _places(lines, "ballot")}
    unit = next(r for r in (json.loads(lines[n]) for n in _places(lines, "unit")) if r["unit"] not in voted)
    weights = {"area": unit["area"], "heads": unit["heads"], "unit": unit["unit"]}
    lines.insert(last + 1, _changed(lines[last], ballot="P99999", seq=json.loads(lines[last])["seq"] + 1, **weights))
    return _renumbered(lines)


def added_stranger(lines: Lines) -> Lines:
    """A ballot of somebody who is not on the roll in place of another."""
    place = _places(lines, "ballot")[3]
    lines[place] = _changed(lines[place], unit="MMMMMMMMMMMM")
    return lines


def altered(lines: Lines) -> Lines:
    """A no turned into a yes."""
    place = next(n for n in _places(lines, "ballot") if json.loads(lines[n])["answers"]["1"] == "no")
    lines[place] = _changed(lines[place], answers={**json.loads(lines[place])["answers"], "1": "yes"})
    return lines


def reweighted_ballot(lines: Lines) -> Lines:
    """A ballot with a larger area than the roll gives its unit."""
    place = _places(lines, "ballot")[2]
    lines[place] = _changed(lines[place], area=json.loads(lines[place])["area"] + 100)
    return lines


def reweighted_roll(lines: Lines) -> Lines:
    """A unit of the roll and its ballot made larger together."""
    ballot = _places(lines, "ballot")[2]
    unit = json.loads(lines[ballot])["unit"]
    for place in (n for n in [*_places(lines, "unit"), *_places(lines, "ballot")] if f'"unit":"{unit}"' in lines[n]):
        lines[place] = _changed(lines[place], heads=3)
    return lines


def reordered(lines: Lines) -> Lines:
    """Two ballots exchanged."""
    first, second = _places(lines, "ballot")[3], _places(lines, "ballot")[7]
    lines[first], lines[second] = lines[second], lines[first]
    return lines


def reordered_and_renumbered(lines: Lines) -> Lines:
    """Two ballots exchanged and numbered anew."""
    return _renumbered(reordered(lines))


def doubled(lines: Lines) -> Lines:
    """One ballot in the log twice."""
    place = _places(lines, "ballot")[5]
    lines.insert(place + 1, lines[place])
    return lines


def doubled_and_renumbered(lines: Lines) -> Lines:
    """One ballot in the log twice, numbered as two."""
    return _renumbered(doubled(lines))


def shrunk_roll(lines: Lines) -> Lines:
    """A unit that has not voted taken off the roll, so that the base falls."""
    voted = {json.loads(lines[n])["unit"] for n in _places(lines, "ballot")}
    del lines[next(n for n in _places(lines, "unit") if json.loads(lines[n])["unit"] not in voted)]
    return lines


def swapped_threshold(lines: Lines) -> Lines:
    """Three quarters made a half in the opening."""
    place = _places(lines, "opening")[0]
    lines[place] = lines[place].replace('[3,4,"at_least"]', '[1,2,"more_than"]')
    return lines


def swapped_rule(lines: Lines) -> Lines:
    """Another known rule put in the opening, with its own numbers."""
    place = _places(lines, "opening")[0]
    opening = json.loads(lines[place])
    opening["matters"][0]["rule"] = opening["matters"][1]["rule"]
    lines[place] = canonical(opening)
    return lines


def outside_window(lines: Lines) -> Lines:
    """A ballot dated after the end."""
    place = _places(lines, "ballot")[-1]
    lines[place] = _changed(lines[place], at="2027-03-09T00:00:00Z", received_at="2027-03-09T00:00:00Z")
    return lines


def backdated(lines: Lines) -> Lines:
    """A ballot by phone said to have come in before it did, so that another counts."""
    place = next(n for n in _places(lines, "ballot")[3:] if '"channel":"phone"' in lines[n])
    lines[place] = _changed(lines[place], received_at=moment(SINCE))
    return lines


def late_phone(lines: Lines) -> Lines:
    """A ballot by phone after the close, told as one of the papers that waited."""
    place = _places(lines, "ballot")[-1]
    lines[place] = _changed(lines[place], channel="phone")
    return lines


def late_stranger(lines: Lines) -> Lines:
    """A paper after the close of somebody who handed none in before."""
    place = _places(lines, "ballot")[-1]
    waiting = json.loads(lines[_places(lines, "close")[0]])["waiting"]
    unit = next(r for r in (json.loads(lines[n]) for n in _places(lines, "unit")) if r["unit"] not in waiting)
    lines[place] = _changed(lines[place], area=unit["area"], heads=unit["heads"], unit=unit["unit"])
    return lines


def waiting_dropped(lines: Lines) -> Lines:
    """A paper that waited at the close set aside without a word."""
    place = _places(lines, "count")[0]
    lines[place] = _changed(lines[place], set_aside=[])
    return lines


def closed_early(lines: Lines) -> Lines:
    """The close put two days before the stated end."""
    place = _places(lines, "close")[0]
    lines[place] = _changed(lines[place], at="2027-03-06T00:00:00Z")
    return lines


def unknown_rule(lines: Lines) -> Lines:
    """A rule under a name that no program knows, with bounds of the forger's choice, stated so throughout."""
    return [
        line.replace("civil-code-2021-special", "made-up-rule").replace('[3,4,"at_least"]', '[1,4,"at_least"]')
        for line in lines
    ]


def bad_signature(lines: Lines) -> Lines:
    """A head whose signature is another's."""
    first, second = _places(lines, "head")[:2]
    lines[first] = _changed(lines[first], signature=json.loads(lines[second])["signature"])
    return lines


def no_head(lines: Lines) -> Lines:
    """No head at all."""
    return [line for line in lines if '"kind":"head"' not in line]


def false_result(lines: Lines) -> Lines:
    """A stated verdict that the ballots do not give."""
    place = _places(lines, "result")[0]
    lines[place] = _changed(lines[place], passed=not json.loads(lines[place])["passed"])
    return lines


def lacking_result(lines: Lines) -> Lines:
    """A result that does not say how many agreed."""
    place = _places(lines, "result")[0]
    told = json.loads(lines[place])
    del told["yes"]
    lines[place] = canonical(told)
    return lines


def tail_cut_off(lines: Lines) -> Lines:
    """The last entries cut off, the close with them."""
    kept = {*_places(lines, "ballot")[-4:], *_places(lines, "close"), *_places(lines, "count")}
    return [line for n, line in enumerate(lines) if n not in kept]


def count_cut_off(lines: Lines) -> Lines:
    """Everything after the close cut off: the papers that waited are neither typed in nor set aside."""
    return _cut(lines, 1 + next(n for n, line in enumerate(_log(lines)) if '"kind":"close"' in line))


def cut_under_a_head(lines: Lines) -> Lines:
    """Cut off under an earlier signed head, the results stated as what is left gives them."""
    return _cut(lines, sorted(json.loads(lines[place])["size"] for place in _places(lines, "head"))[-2])


def _log(lines: Lines) -> Lines:
    kinds = ("opening", "ballot", "close", "count")
    return [lines[place] for place in sorted(place for kind in kinds for place in _places(lines, kind))]


def _cut(lines: Lines, size: int) -> Lines:
    """Later entries and later heads gone, a head over the rest signed, the results those of the rest."""
    gone = {*_log(lines)[size:], *(lines[place] for place in _places(lines, "head"))}
    kept = [line for line in lines if line not in gone]
    heads, _ = _heads(json.loads(lines[0])["algorithm"], _log(kept), [SINCE] * (size - 2))
    result = _places(kept, "result")[0]
    kept.insert(result, canonical(heads[-1].record()))
    recount = verify.Vote("\n".join(kept).encode())
    recount.check()
    for place, found in zip(_places(kept, "result"), recount.matters, strict=True):
        told: dict[str, object] = {name: value for name, value in found.items() if name != "title"}
        kept[place] = _changed(kept[place], **told)
    return kept


FORGERIES: dict[str, tuple[Callable[[Lines], Lines], str]] = {
    "dropped": (dropped, "dropped"),
    "dropped-renumbered": (dropped_and_renumbered, "dropped"),
    "tail-cut-off": (tail_cut_off, "dropped"),
    "cut-under-a-head": (cut_under_a_head, "dropped"),
    "count-cut-off": (count_cut_off, "dropped"),
    "added": (added, "added"),
    "added-stranger": (added_stranger, "added"),
    "altered": (altered, "altered"),
    "reweighted-ballot": (reweighted_ballot, "reweighted"),
    "reweighted-roll": (reweighted_roll, "reweighted"),
    "reordered": (reordered, "reordered"),
    "reordered-renumbered": (reordered_and_renumbered, "reordered"),
    "doubled": (doubled, "doubled"),
    "doubled-renumbered": (doubled_and_renumbered, "doubled"),
    "shrunk-roll": (shrunk_roll, "shrunk_roll"),
    "swapped-threshold": (swapped_threshold, "swapped_threshold"),
    "swapped-rule": (swapped_rule, "swapped_threshold"),
    "outside-window": (outside_window, "outside_window"),
    "backdated": (backdated, "backdated"),
    "late-phone": (late_phone, "added"),
    "late-stranger": (late_stranger, "added"),
    "waiting-dropped": (waiting_dropped, "dropped"),
    "closed-early": (closed_early, "early_close"),
    "unknown-rule": (unknown_rule, "unknown_rule"),
    "bad-signature": (bad_signature, "bad_signature"),
    "no-head": (no_head, "no_head"),
    "false-result": (false_result, "false_result"),
    "lacking-result": (lacking_result, "false_result"),
}
"""Each forgery with the fault that must be named."""
