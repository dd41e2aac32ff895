from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gongdi.core.policy import Answer, Question
from gongdi.core.policy.falling import answering_pack, decide_with_levels, resting_faults
from gongdi.core.policy.packs import Library, Pack
from gongdi.exchange.packfiles import load_library

LIBRARY = load_library()
ANQING, ANHUI, GUIZHOU = "anhui-anqing-2022", "anhui-2022", "guizhou-2021"


def library(**changes: Any) -> Library:
    packs = dict(LIBRARY.packs.items())
    packs[ANQING] = replace(packs[ANQING], **changes)
    return Library(LIBRARY.vocabulary, packs)


def answered(where: Library, decision: str, facts: dict[str, Any], on: date = date(2022, 6, 1)) -> Answer:
    found = decide_with_levels(where, Question("", ANQING, decision, on, facts))
    assert isinstance(found, Answer)
    return found


def test_silence_stays_silence_unless_the_pack_says_so() -> None:
    assert answered(library(rests_on=(ANHUI,), falls_through=()), "scope", {}).outcome == "not_regulated"


def test_silence_falls_to_the_level_above_which_is_named() -> None:
    found = answered(library(rests_on=(ANHUI,), falls_through=("scope",)), "scope", {"in_urban_area": False})
    assert (found.pack, found.outcome) == (ANHUI, "out")


def test_what_the_pack_regulates_itself_never_falls() -> None:
    found = answered(library(rests_on=(ANHUI,), falls_through=("*",)), "funding_duty", {"payer": "utility"})
    assert (found.pack, found.outcome) == (ANQING, "should")


def test_the_nearest_level_that_speaks_answers() -> None:
    where = library(rests_on=(ANHUI, "cn"), falls_through=("*",))
    facts = {"matter": "ordinary", "owners_total": 10, "area_total_m2": 100, "owners_agreeing": 9}
    facts |= {"area_agreeing_m2": 90, "owners_participating": 10, "area_participating_m2": 100}
    assert (answered(where, "owners_vote", facts).pack, answered(where, "owners_vote", facts).outcome) == ("cn", "pass")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"rests_on": (GUIZHOU,)}, "不包含"),
        ({"rests_on": ("henan-zhumadian-2021",)}, "层级不在本文件之上"),
        ({"rests_on": ("nowhere",)}, "没有政策包"),
    ],
)
def test_a_pack_may_not_rest_on_what_does_not_stand_above_it(changes: dict[str, Any], said: str) -> None:
    where = library(**{"rests_on": (), "falls_through": (), **changes})
    faults = resting_faults(where.packs[ANQING], where)
    assert len(faults) == 1
    assert said in faults[0].problem


@pytest.mark.parametrize("slug", list(LIBRARY.packs))
def test_every_shipped_pack_rests_on_its_own_levels(slug: str) -> None:
    pack: Pack = LIBRARY.packs[slug]
    assert resting_faults(pack, LIBRARY) == []


JIANGBEI = "zhejiang-ningbo-jiangbei-2020"
VOTE = {
    "matter": "ordinary", "owners_total": 10, "area_total_m2": 100, "owners_agreeing": 9, "area_agreeing_m2": 90,
    "owners_participating": 10, "area_participating_m2": 100,
}  # fmt: skip


@pytest.mark.parametrize(
    ("on", "pack", "outcome", "flags"),
    [
        (date(2022, 6, 1), "cn", "pass", ()),
        (date(2023, 6, 1), "cn", "pass", ("X-34",)),
        (date(2019, 6, 1), JIANGBEI, "not_regulated", ("X-34",)),
    ],
)
def test_the_pack_that_speaks_and_the_answer_agree_before_within_and_after_the_period(
    on: date, pack: str, outcome: str, flags: tuple[str, ...]
) -> None:
    found = decide_with_levels(LIBRARY, Question("", JIANGBEI, "owners_vote", on, VOTE))
    assert isinstance(found, Answer)
    assert (found.pack, found.outcome, found.flags) == (pack, outcome, flags)
    speaks = answering_pack(LIBRARY, JIANGBEI, "owners_vote", on)
    assert (speaks.slug if speaks else JIANGBEI) == pack
