#!/usr/bin/env python3
"""Recount a vote of owners from its public file, trusting nobody: Python 3.9 or later, nothing else needed.

    python3 verify.py vote.jsonl                      recount and check everything
    python3 verify.py vote.jsonl --receipt CODE       and look for a receipt (its code, or the text of its QR code)
    python3 verify.py vote.jsonl --key HEX            and check that it was signed with the key you know from elsewhere
    python3 verify.py vote.jsonl --json               the findings as JSON

Ends with 0 when nothing is wrong, 1 when something is, 2 when the file cannot be read.
The file holds one JSON record a line: what is hashed is the line as it stands. 验票：逐行重算，不依赖任何服务器。
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import io
import json
import re
import sys
from collections import Counter
from itertools import compress, islice, repeat
from operator import le, lt

TYPE_CHECKING = False  # the module of that name takes longer to load than a small vote to recount
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any, BinaryIO

    Record = dict[str, Any]
    Point = tuple[int, int, int, int]
MOST = 20
FORMATS = ("gongdi-vote-1", "gongdi-vote-2")
ALPHABET = "346789ACEFGHJKMNPRTVWXY"
ROLL_CONTEXT = b"gongdi roll v1\n"
BALLOT = re.compile(
    rb'^(\{"answers":\{([^{}\\\n]*)\},"area":(\d+),"at":"([0-9TZ:-]{20})","ballot":"([^"\\\n]+)","by_proxy":(?:true|false)'
    rb',"channel":"(phone|paper|visit)","heads":(\d+),"kind":"ballot","nonce":"[0-9a-f]*"(?:,"received_at":"([0-9TZ:-]{20})")?,"seq":(\d+),"unit":"([^"\\\n]+)"\})'
    rb"\n", re.MULTILINE,
)  # fmt: skip
UNIT = re.compile(
    rb'^\{"area":(\d+),"heads":(\d+),"kind":"unit",(?:"rooms":"[^"\\\n]*",)?"unit":"([^"\\\n]+)"\}\n', re.MULTILINE
)
BLOCK = 1 << 17
FEW = 5
"""Of so few different answers each is summed by itself, which is faster than counting equal ballots."""
HALF, TWO_THIRDS = [1, 2, "more_than"], [2, 3, "at_least"]
THREE_QUARTERS, FOUR_FIFTHS = [3, 4, "at_least"], [4, 5, "at_least"]
# What each known rule asks: taking part by area and heads or None, base of approval, approval by area, by heads.
KNOWN: dict[str, tuple[Any, ...]] = {
    "civil-code-2021-ordinary": (TWO_THIRDS, "participants", HALF, HALF),
    "civil-code-2021-special": (TWO_THIRDS, "participants", THREE_QUARTERS, THREE_QUARTERS),
    "lift-stairwell-2021": (TWO_THIRDS, "participants", THREE_QUARTERS, THREE_QUARTERS),
    "property-law-2007-ordinary": (None, "all", HALF, HALF),
    "property-law-2007-special": (None, "all", TWO_THIRDS, TWO_THIRDS),
    "lift-stairwell-before-2021": (None, "all", TWO_THIRDS, TWO_THIRDS),
    "jiangbei-2020-wish": (None, "all", TWO_THIRDS, TWO_THIRDS),
    "jiangbei-2020-scheme": (None, "all", TWO_THIRDS, TWO_THIRDS),
    "zhumadian-2021-facility": (None, "all", None, FOUR_FIFTHS),
}
SAYS = {
    "unreadable": ("文件读不懂", "the file cannot be understood"),
    "dropped": ("日志缺少条目（有选票被删）", "entries are missing from the log (a ballot was dropped)"),
    "added": ("日志多出条目（有选票是后加的）", "entries were added to the log"),
    "altered": ("条目内容被改动", "an entry was altered"),
    "reweighted": ("计票权重与名册不符（人数或面积被改）", "heads or area differ from the roll (re-weighted)"),
    "reordered": ("条目次序被调换", "entries were reordered"),
    "doubled": ("同一张选票重复计入", "a ballot is in the log twice"),
    "shrunk_roll": ("名册被缩减（有住户或面积被拿掉）", "the roll was shrunk"),
    "grown_roll": ("名册多出内容", "the roll has more than was frozen"),
    "altered_roll": ("名册被改动", "the roll was altered"),
    "unknown_rule": (
        "规则不在本程序所知之列，门槛无从核对",
        "a rule that this program does not know: its bounds cannot be checked",
    ),
    "early_close": (
        "提前截止没有依据（规则不许，或结果未定）",
        "closed early though the rule does not allow it or nothing was decided",
    ),
    "backdated": ("交回时间与入日志时间矛盾", "a ballot is said to have come in when it cannot have"),
    "swapped_threshold": ("通过门槛被换", "a threshold was swapped"),
    "outside_window": ("选票不在投票时间内", "a ballot lies outside the voting time"),
    "bad_signature": ("树头签名不对", "the signature of a tree head is wrong"),
    "other_key": ("签名公钥不是您给出的那一个", "signed with another key than the one you gave"),
    "no_head": ("没有覆盖全部条目的签名树头", "no signed head covers the whole log"),
    "false_result": ("公布的结果与重算不符", "the stated result differs from the recount"),
    "no_receipt": ("回执对不上", "a receipt does not match"),
}


def digest_of(algorithm: str) -> Callable[[bytes], Any]:
    """The digest function of an algorithm."""
    if algorithm == "sha256":
        return hashlib.sha256
    try:
        hashlib.new("sm3", b"")
    except ValueError:
        raise Unreadable("this Python has no SM3: use the page verify.html 本机 Python 不支持 SM3") from None
    if algorithm != "sm3":
        raise Unreadable("unknown digest")
    return lambda data: hashlib.new("sm3", data)


P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D: int = -121665 * pow(121666, P - 2, P) % P


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(number: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = _add(result, point)
        point, number = _add(point, point), number >> 1
    return result


def _point(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signature_holds(key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 signature is that of a key over a message."""
    if len(key) != 32 or len(signature) != 64:
        return False
    a, r = _point(key), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or BASE is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = _times(s, BASE), _add(r, _times(h, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def canonical(value: Any) -> bytes:
    """Keys sorted, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


class Tree:
    """A Merkle tree of the shape of RFC 6962, 2.1, all full nodes by level."""

    def __init__(self, sha: Callable[[bytes], Any], leaves: list[bytes]) -> None:
        """Hash the nodes over leaf digests, level by level."""
        self.sha, self.levels = sha, [leaves]
        while len(self.levels[-1]) > 1:
            below = self.levels[-1]
            self.levels.append([sha(b"\1" + x + y).digest() for x, y in zip(below[::2], below[1::2])])  # noqa: B905

    def root(self, size: int) -> bytes:
        """The root as it was when the log had that many entries."""
        peaks: list[bytes] = []
        start = 0
        for level in reversed(range(size.bit_length())):
            if size >> level & 1:
                peaks.append(self.levels[level][start >> level])
                start += 1 << level
        node: bytes = peaks.pop() if peaks else self.sha(b"").digest()
        while peaks:
            node = self.sha(b"\1" + peaks.pop() + node).digest()
        return node


def code_of(leaf: bytes) -> str:
    """The receipt code of a leaf."""
    number, letters = int.from_bytes(leaf[:16], "big") % 23**19, ""
    for _ in range(19):
        number, rest = divmod(number, 23)
        letters = ALPHABET[rest] + letters
    letters += ALPHABET[sum(place * ALPHABET.index(letter) for place, letter in enumerate(letters, 1)) % 23]
    return "-".join(letters[start : start + 5] for start in range(0, 20, 5))


def head_text(vote: str, algorithm: str, head: Record) -> bytes:
    """What the signature of a head is over."""
    return canonical({"algorithm": algorithm, "at": head["at"], "context": "gongdi tree head v1", "root": head["root"],
                      "size": head["size"], "vote": vote})  # fmt: skip


class Unreadable(Exception):  # noqa: N818
    """The file cannot be understood."""


class Vote:
    """A public file, read and checked: `faults` are pairs of a code and where."""

    def __init__(self, data: bytes | BinaryIO) -> None:
        """Read all lines: blocks of one kind at once, anything else line by line."""
        file = io.BytesIO(data) if isinstance(data, bytes) else data
        self.faults: list[tuple[str, str]] = []
        self.noted: dict[str, set[str]] = {}
        self.units: dict[bytes, bytes] = {}  # the area of each
        self.heavy: dict[bytes, bytes] = {}  # the heads of those with another number than one
        self.heads: list[Record] = []
        self.results: list[Record] = []
        self.leaves: list[bytes] = []
        self.columns: tuple[list[Any], ...] = tuple([] for _ in range(10))
        self.at_once = self.weighed = True  # all came as they were entered; all have the area of the roll
        self.same: dict[bytes, bytes] = {}  # equal answers, kept once
        self.areas: dict[bytes, bytes] = {}  # equal areas, kept once
        self.records: dict[str, Record] = {}
        self.places: dict[str, int] = {}
        self.file = json.loads(file.readline())
        if self.file["kind"] != "file" or self.file["format"] not in FORMATS:
            raise Unreadable("the first line is no `file` record of this format")
        self.old = self.file["format"] == FORMATS[0]
        self.sha = digest_of(self.file["algorithm"])
        self.roll, self.roll_lines, self.number = self.sha(ROLL_CONTEXT), 0, 1
        while block := file.read(BLOCK):
            block += file.readline()
            self._block(block if block.endswith(b"\n") else block + b"\n")
        if "opening" not in self.records:
            raise Unreadable("no `opening` record")
        self.opening, self.close = self.records["opening"], self.records.get("close")
        self.end = (
            min(self.opening["until"], self.close["at"]) if self.close and not self.old else self.opening["until"]
        )
        self.waiting = set((self.close or {}).get("waiting", ()))

    def fault(self, code: str, where: object = "") -> None:
        """Note a fault once, and of one kind no more than twenty."""
        known = self.noted.setdefault(code, set())
        if len(known) < MOST and str(where) not in known:
            known.add(str(where))
            self.faults.append((code, str(where)))

    def _block(self, block: bytes) -> None:
        """A match is one whole line, so as many matches as lines means that every line is of the kind."""
        count = block.count(b"\n")
        kind = BALLOT if block.startswith(b'{"answers"') else UNIT
        found = kind.findall(block)
        if len(found) == count:
            (self._ballots if kind is BALLOT else self._units)(found, block)
            self.number += count
            return
        for line in block.split(b"\n")[:-1]:
            self.number += 1
            if line:
                self._line(line)

    def _ballots(self, found: list[tuple[bytes, ...]], _: bytes) -> None:
        lines, answers, area, at, ballot, channel, heads, came, seq, unit = zip(*found)  # noqa: B905 -- Python 3.9
        if not all(came) if not self.old else any(came):
            self.fault("altered", f"line {self.number}")  # a field that this format must have, or does not have
        if came == at or self.old:
            came = at  # one column of objects instead of two
        else:
            self.at_once = False
        place, sha = len(self.leaves), self.sha
        places: Sequence[int] = list(range(place, place + len(found)))
        numbers = list(map(int, seq))
        if channel.count(b"phone") == len(channel):
            channel = (b"phone",) * len(channel)
        self.leaves += [sha(b"\0" + line).digest() for line in lines]
        weights = tuple(map(self.units.get, unit))
        if weights == area:
            area = weights
        else:
            self.weighed = False
        answers = tuple(map(self.same.setdefault, answers, answers))
        new = (places if numbers == places else numbers, places, unit, answers, heads, area, channel, at, ballot, came)
        for column, values in zip(self.columns, new):  # noqa: B905
            column.extend(values)

    def _units(self, found: list[tuple[bytes, ...]], block: bytes) -> None:
        self.roll.update(block)
        self.roll_lines += len(found)
        self.weighed &= not self.leaves  # a roll that goes on after the first ballots is another one than they met
        areas, heads, units = zip(*found)  # noqa: B905
        self.units.update(zip(units, map(self.areas.setdefault, areas, areas)))  # noqa: B905
        if self.heavy or heads.count(b"1") < len(heads):
            self.heavy.update(zip(units, heads))  # noqa: B905
            for unit in set(units):
                if self.heavy[unit] == b"1":
                    del self.heavy[unit]

    def _weight(self, unit: bytes) -> tuple[bytes, bytes] | None:
        """Heads and area of a unit by the roll."""
        area = self.units.get(unit)
        return None if area is None else (self.heavy.get(unit, b"1"), area)

    def _line(self, line: bytes) -> None:
        for kind, take in ((BALLOT, self._ballots), (UNIT, self._units)):
            found = kind.findall(line + b"\n")
            if found:
                take(found, line + b"\n")
                return
        try:
            record = json.loads(line)
            self._other(line, record["kind"], record)
        except (ValueError, TypeError, KeyError):
            raise Unreadable(f"line {self.number}") from None

    def _other(self, line: bytes, kind: str, record: Record) -> None:
        if kind in ("unit", "ballot") or (
            kind in ("opening", "close", "count", "left_off") and canonical(record) != line
        ):
            self.fault("altered", f"line {self.number}")  # not in the one shape that such a record has
        if kind in ("unit", "left_off"):
            self.roll.update(line + b"\n")
            self.roll_lines += 1
        elif kind in ("opening", "close", "ballot") or (kind == "count" and not self.old):
            if kind == "opening" and self.leaves:
                self.fault("reordered", 0)
            if kind in self.records:
                self.fault("doubled", f"line {self.number}")
            self.records[kind], self.places[kind] = record, len(self.leaves)
            self.leaves.append(self.sha(b"\0" + line).digest())
        elif kind in ("head", "result"):
            (self.heads if kind == "head" else self.results).append(record)
        else:
            raise Unreadable(f"line {self.number}")

    def check(self, key: str | None = None) -> None:
        """Every check, in order."""
        self.check_rules()
        self.check_roll()
        self.check_entries()
        self.check_heads(key)
        self.count()

    def check_rules(self) -> None:
        """The bounds are those that the named rule has, and those that the results are stated under."""
        stated = {result["matter"]: result.get("rule") for result in self.results}
        for matter in self.opening["matters"]:
            rule, number = matter["rule"], matter["number"]
            known = KNOWN.get(rule["slug"])
            if known is None:
                self.fault("unknown_rule", f"matter {number}")
            approval, part = rule["approval"], rule["taking_part"]
            came = part and (part["area"] if part["area"] == part["heads"] and part["base"] == "all" else part)
            if known and known != (came, approval["base"], approval["area"], approval["heads"]):
                self.fault("swapped_threshold", f"matter {number}")
            if number in stated and stated[number] != rule:
                self.fault("swapped_threshold", f"matter {number}")

    def check_roll(self) -> None:
        """The roll is the one that was frozen."""
        frozen = self.opening["roll"]
        digest, lines = self.roll.digest().hex(), self.roll_lines
        heads = len(self.units) - len(self.heavy) + sum(map(int, self.heavy.values()))
        area = sum(map(int, self.units.values()))
        self.everyone = (heads, area)
        if digest == frozen["digest"]:
            return
        if lines < frozen["lines"]:
            self.fault("shrunk_roll", frozen["lines"] - lines)
        elif lines > frozen["lines"]:
            self.fault("grown_roll", lines - frozen["lines"])
        elif (heads, area) != (frozen["heads"], frozen["area"]):
            self.fault("reweighted", "roll")
        else:
            self.fault("altered_roll")

    def check_entries(self) -> None:
        """Each ballot in its place, once, in time, by somebody on the roll, with the weight of the roll."""
        self.sound = self._in_order()
        if not self.sound:
            self._name_entries()
        self._check_places()

    def _in_order(self) -> bool:
        """The same checks as below on whole columns, which says only whether all hold."""
        seqs, places, units, _, heads, _, channels, ats, numbers, came = self.columns
        since, until = self.opening["from"].encode(), self.end.encode()
        closed = self.places.get("close", len(seqs) + 1)
        return (
            seqs == places == [*range(1, min(closed, len(seqs) + 1)), *range(closed + 1, len(seqs) + 2)]
            and all(map(le, ats, islice(ats, 1, None)))
            and (not ats or (since <= (ats[0] if self.at_once else min(came))))
            and (not ats or ((ats[-1] if self.at_once else max(came)) <= until))
            and (self.at_once or all(a == b or (a < b and c == b"paper") for a, b, c in zip(came, ats, channels)))  # noqa: B905
            and all(self._may_be_late(n) for n in range(closed - 1, len(seqs)))
            and (all(map(lt, numbers, islice(numbers, 1, None))) or len(set(numbers)) == len(numbers))
            and self.weighed
            and heads == (list(map(self.heavy.get, units, repeat(b"1"))) if self.heavy else [b"1"] * len(units))
            and (self.opening["ballots"]["changes"] or len(set(zip(units, channels))) == len(units))  # noqa: B905
        )

    def _may_be_late(self, number: int) -> bool:
        """Whether a ballot after the close is of a paper that the close says was waiting."""
        return self.columns[6][number] == b"paper" and self.columns[2][number].decode() in self.waiting

    def _name_entries(self) -> None:
        since, until = self.opening["from"].encode(), self.end.encode()
        closed = self.places.get("close", len(self.leaves))
        seen: set[bytes] = set()
        voted: set[tuple[bytes, bytes]] = set()
        changes, shrunk, last_seq, last_at = self.opening["ballots"]["changes"], "shrunk_roll" in self.noted, 0, b""
        for n, row in enumerate(zip(*self.columns)):  # noqa: B905
            seq, place, unit, _, heads, area, channel, at, ballot, came = row
            if ballot in seen or (not changes and (unit, channel) in voted):
                self.fault("doubled", seq)
            elif seq == last_seq:
                self.fault("added", seq)
            elif seq < last_seq or at < last_at:
                self.fault("reordered", seq)
            seen.add(ballot)
            voted.add((unit, channel))
            weight = self._weight(unit)
            if weight is None:
                self.fault("shrunk_roll" if shrunk else "added", unit.decode())
            elif weight != (heads, area):
                self.fault("reweighted", unit.decode())
            if not since <= came <= until:
                self.fault("outside_window", seq)
            elif came > at or (came != at and channel != b"paper"):
                self.fault("backdated", seq)
            if not self.old and place > closed and not self._may_be_late(n):
                self.fault("added", seq)
            last_seq, last_at = seq, at

    def _check_places(self) -> None:
        numbers, places = set(self.columns[0]), self.columns[1]
        taken = numbers | ({self.close["seq"]} if self.close and not self.old else set())
        if len(taken) < max(taken, default=0):
            self.fault("dropped", min(set(range(1, max(taken))) - taken))
        # A file that ends before all is counted was cut off, though the head it ends under is signed.
        if self.close is None or (self.waiting and "count" not in self.records):
            self.fault("dropped", "count" if self.close else "close")
        if self.close is None:
            return
        last, closed, count = len(self.leaves) - 1, self.places["close"], self.records.get("count")
        if places and places[-1] >= (closed if self.old else self.places.get("count", last + 1)):
            self.fault("added", self.columns[0][-1])
        late = 0 if self.old else sum(place > closed for place in places)
        self._check_number(self.close["ballots"], len(places) - late)
        if count:
            self._check_number(count["ballots"], len(places))
            typed = {self.columns[2][n].decode() for n in range(len(places) - late, len(places))}
            if self.places["count"] != last or set(count["set_aside"]) != self.waiting - typed:
                self.fault("dropped", "papers")

    def _check_number(self, said: int, here: int) -> None:
        if here < said:
            self.fault("dropped", f"{said - here} of {said}")
        elif here > said and "doubled" not in self.noted:
            self.fault("added", f"{here - said} beyond {said}")

    def check_heads(self, key: str | None) -> None:
        """Each signed head is of this log at its size; the last covers all."""
        own = bytes.fromhex(self.file["key"])
        if key and bytes.fromhex(key) != own:
            self.fault("other_key")
        self.tree = Tree(self.sha, self.leaves)
        newest, here = max((head["size"] for head in self.heads), default=0), len(self.leaves)
        explained = any(code in self.noted for code in ("dropped", "added", "doubled", "reordered"))
        if newest != here and not explained:
            self.fault("dropped" if here < newest else "added" if newest else "no_head", abs(here - newest))
            explained = True
        good = 0
        for head in sorted(self.heads, key=lambda each: int(each["size"])):
            size = head["size"]
            text = head_text(self.file["vote"], self.file["algorithm"], head)
            if not signature_holds(own, bytes.fromhex(head["signature"]), text):
                self.fault("bad_signature", size)
            if size <= here and self.tree.root(size).hex() == head["root"]:
                good = size
            elif not explained:
                self.fault("altered", f"{good}..{size - 1}")
                explained = True

    def count(self) -> None:
        """The recount: which ballot of each unit counts, heads and area of each matter, its verdict."""
        seqs, _, units, _, _, _, channels, _, _, came = self.columns
        precedence, order = self.opening["ballots"]["precedence"], list(range(len(seqs)))
        if not self.at_once:
            order = sorted(order, key=came.__getitem__)  # by the moment of hand-in; of the same moment by the log
        counting = dict(zip(units if self.at_once else map(units.__getitem__, order), order))  # noqa: B905
        if precedence == "first":
            counting = {units[n]: n for n in reversed(order)}
        if precedence == "signed":
            counting.update((units[n], n) for n in order if channels[n] != b"phone")
        self._check_early(counting)
        sums, self.chosen = self._sums(counting), counting.values()
        self.matters = [self._matter(matter, sums) for matter in self.opening["matters"]]
        self._check_results()

    def _sums(self, counting: dict[bytes, int]) -> dict[bytes, list[int]]:
        """Heads and area, by the roll, of the counting ballots that say the same."""
        _, _, units, answers, heads, areas, *_ = self.columns
        sums: dict[bytes, list[int]] = {}
        if self.sound and len(counting) == len(units):  # each unit once, its ballot as heavy as the roll says
            if len(self.same) <= FEW:
                for said in self.same:
                    those = [each is said for each in answers]
                    if any(those):
                        own_heads = sum(map(int, compress(heads, those))) if self.heavy else sum(those)
                        sums[said] = [own_heads, sum(map(int, compress(areas, those)))]
                return sums
            equal = Counter(zip(answers, heads, areas))  # noqa: B905
        else:
            equal = Counter((answers[n], *(self._weight(unit) or (b"0", b"0"))) for unit, n in counting.items())
        for (said, weight, area), times in equal.items():
            pair = sums.setdefault(said, [0, 0])
            pair[0] += int(weight) * times
            pair[1] += int(area) * times
        return sums

    def _matter(self, matter: Record, sums: dict[bytes, list[int]]) -> Record:
        parts: dict[str, list[int]] = {"yes": [0, 0], "no": [0, 0], "abstain": [0, 0], "void": [0, 0]}
        for answers, (heads, area) in sums.items():
            said = json.loads(b"{" + answers + b"}").get(str(matter["number"]), "void")
            parts[said if said in parts else "void"][0] += heads
            parts[said if said in parts else "void"][1] += area
        came = [sum(parts[said][side] for said in ("yes", "no", "abstain")) for side in (0, 1)]
        rule = matter["rule"]
        part, approval = rule["taking_part"], rule["approval"]
        base = self.everyone if approval["base"] == "all" else came
        passed = (part is None or reached(part, came, self.everyone)) and reached(approval, parts["yes"], base)
        return {"matter": matter["number"], "title": matter["title"], "passed": passed, **parts}

    def _check_early(self, counting: dict[bytes, int]) -> None:
        """A close before its time: allowed by every rule, ballots final, and no free unit could turn a verdict."""
        if self.old or self.close is None or self.close["at"] >= self.opening["until"]:
            return
        ballots, closed = self.opening["ballots"], self.places["close"]
        settled = {u: n for u, n in counting.items() if self.columns[1][n] < closed and u.decode() not in self.waiting}
        allowed = ballots["precedence"] == "first" and not ballots["changes"]
        for matter in self.opening["matters"]:
            found = self._matter(matter, self._sums(settled))
            if not (allowed and matter["rule"]["early_end"] and self._decided(matter["rule"], found)):
                self.fault("early_close", f"matter {matter['number']}")

    def _decided(self, rule: Record, found: Record) -> bool:
        came = [sum(found[said][side] for said in ("yes", "no", "abstain")) for side in (0, 1)]
        most = [self.everyone[side] - found["void"][side] for side in (0, 1)]
        best = [found["yes"][side] + most[side] - came[side] for side in (0, 1)]
        part, base = rule["taking_part"], self.everyone if rule["approval"]["base"] == "all" else most
        if not ((part is None or reached(part, most, self.everyone)) and reached(rule["approval"], best, base)):
            return True
        now = part is None or reached(part, came, self.everyone)
        return now and reached(rule["approval"], found["yes"], base)

    def _check_results(self) -> None:
        counted = {found["matter"]: found for found in self.matters}
        for result in self.results:
            own = counted.get(result["matter"])
            same = own and all(result.get(name) == own[name] for name in ("yes", "no", "abstain", "void", "passed"))
            if not same or result.get("everyone") != list(self.everyone):
                self.fault("false_result", f"matter {result['matter']}")

    def find_receipt(self, text: str) -> Record:
        """Where a receipt stands: {given, seq, counts}; seq None when it does not match."""
        if text.startswith("GONGDI1 "):
            place = self._by_payload(text.split(" "))
        else:
            wanted = "".join(letter for letter in text.upper() if letter not in " -")
            codes = (n for n, leaf in enumerate(self.leaves) if code_of(leaf).replace("-", "") == wanted)
            place = next(codes, None)
        seq = next((seq for seq, at in zip(*self.columns[:2]) if at == place), None)  # noqa: B905
        if seq is None:
            self.fault("no_receipt", text.split(" ")[2] if text.startswith("GONGDI1 ") else text)
        return {"given": text, "seq": seq, "counts": seq in {self.columns[0][n] for n in self.chosen}}

    def _by_payload(self, parts: list[str]) -> int | None:
        if len(parts) != 8 or parts[1] != self.file["vote"]:
            return None
        _, vote, seq, leaf, size, root, at, signature = parts
        try:
            place, number, signed = int(seq), int(size), bytes.fromhex(signature)
        except ValueError:
            return None
        text = head_text(vote, self.file["algorithm"], {"at": at, "root": root, "size": number})
        if not signature_holds(bytes.fromhex(self.file["key"]), signed, text):
            self.fault("bad_signature", f"receipt {place}")
            return None
        fits = 0 <= place < len(self.leaves) and self.leaves[place].hex() == leaf and number <= len(self.leaves)
        return place if fits and self.tree.root(number).hex() == root else None


def reached(bar: Record, have: Sequence[int], of: Sequence[int]) -> bool:
    """Whether heads and area reach both bounds of a hurdle: whole numbers multiplied, nothing rounded."""
    for side, bound in ((0, bar["heads"]), (1, bar["area"])):
        if bound is not None:
            left, right = have[side] * bound[1], of[side] * bound[0]
            if left < right or (left == right and bound[2] == "more_than"):
                return False
    return True


def m2(area: int) -> str:
    """0.01 m2 as square metres."""
    return f"{area // 100}.{area % 100:02d}"


def report(vote: Vote, receipts: list[Record]) -> Iterator[str]:
    """The findings in words."""
    heads, area = vote.everyone
    yield f"{vote.opening['title']}  {vote.file['vote']}"
    yield f"名册 roll: {heads} 人 heads, {m2(area)} m2; 选票 ballots: {len(vote.columns[0])}"
    words = (("yes", "同意"), ("no", "反对"), ("abstain", "弃权"), ("void", "无效"))
    for found in vote.matters:
        yield f"事项 matter {found['matter']}: {found['title']}"
        for name, word in words:
            yield f"  {word} {name}: {found[name][0]} 人, {m2(found[name][1])} m2"
        yield "  通过 passed" if found["passed"] else "  未通过 not passed"
    for found in receipts:
        if found["seq"] is not None:
            counts = "计入 it counts" if found["counts"] else "已被本户另一票取代 replaced by another ballot"
            yield f"回执 receipt: 第 {found['seq']} 条 entry {found['seq']}, {counts}"
    for code, where in vote.faults:
        zh, en = SAYS[code]
        yield f"✗ {zh} {en} [{code}{' ' + where if where else ''}]"
    if not vote.faults:
        yield "✓ 未发现问题 nothing wrong was found"


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--receipt", action="append", default=[])
    parser.add_argument("--key")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    gc.disable()  # much is made and nothing thrown away
    try:
        with open(given.file, "rb") as file:
            vote = Vote(file)
        vote.check(given.key)
    except (Unreadable, OSError, KeyError, TypeError, ValueError, IndexError) as why:
        zh, en = SAYS["unreadable"]
        print(json.dumps({"faults": [["unreadable", ""]]}) if given.json else f"✗ {zh} {en}: {why}")
        return 2
    receipts = [vote.find_receipt(text) for text in given.receipt]
    if given.json:
        found = {"vote": vote.file["vote"], "everyone": vote.everyone, "ballots": len(vote.columns[0]),
                 "matters": vote.matters, "receipts": receipts, "faults": vote.faults}  # fmt: skip
        print(json.dumps(found, ensure_ascii=False))
    else:
        print("\n".join(report(vote, receipts)))
    return 1 if vote.faults else 0


if __name__ == "__main__":
    sys.exit(main())
