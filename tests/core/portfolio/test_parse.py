"""Reading an instance: what is right comes back the same, what is wrong is named with its place and remedy."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.portfolio.document import instance_document
from gongdi.core.portfolio.faults import Fault
from gongdi.core.portfolio.model import Instance
from gongdi.core.portfolio.parse import parse_instance
from tests.support.plan_instances import made, shuffled, small_instances

Data = dict[str, Any]


@given(small_instances())
def test_an_instance_written_out_reads_back_as_the_same(data: Data) -> None:
    instance = parse_instance(data)
    assert isinstance(instance, Instance)
    assert parse_instance(json.loads(json.dumps(instance_document(instance)))) == instance


@given(small_instances(), st.integers(0, 10**6))
def test_the_order_in_the_file_changes_nothing(data: Data, seed: int) -> None:
    assert parse_instance(data) == parse_instance(shuffled(data, seed))


def set_in(*path: Any) -> Callable[[Data], None]:
    """A change that sets the last of `path` at the place that the others name."""

    def change(data: Data) -> None:
        at: Any = data
        for key in path[:-2]:
            at = at[key]
        at[path[-2]] = path[-1]

    return change


def twice(key: str) -> Callable[[Data], None]:
    return lambda data: data[key].append(copy.deepcopy(data[key][0]))


CASES: list[tuple[str, Callable[[Data], None], str, str]] = [
    ("no years", set_in("years", []), "years", "没有计划年度"),
    ("years not in order", set_in("years", [2028, 2027]), "years", "从早到晚"),
    ("too few weights", set_in("weights", [1.0]), "weights", "权重有 1 个"),
    ("a weight that is no number", set_in("weights", 0, "1"), "weights[0]", "不是不小于 0 的数"),
    ("a weight that is not finite", set_in("weights", 0, float("nan")), "weights[0]", "不是不小于 0 的数"),
    ("a budget too short", set_in("funds", 0, "budget", [1]), "funds[0].budget", "预算有 1 个数"),
    ("a budget below zero", set_in("funds", 0, "budget", 1, -5), "funds[0].budget[1]", "小于 0"),
    ("a budget with decimals", set_in("funds", 0, "budget", 0, 1.5), "funds[0].budget[0]", "不是整数"),
    ("an unknown class of a fund", set_in("funds", 0, "classes", ["roof"]), "funds[0].classes", "roof"),
    ("an unknown county of a fund", set_in("funds", 0, "counties", ["999999"]), "funds[0].counties", "999999"),
    ("a fund that stands twice", twice("funds"), "funds", "出现两次"),
    ("a county that stands twice", twice("counties"), "counties", "出现两次"),
    ("a minimum that is true", set_in("counties", 0, "minimum", True), "counties[0].minimum", "不是整数"),
    ("a compound that stands twice", twice("compounds"), "compounds", "出现两次"),
    ("an unknown county", set_in("compounds", 2, "county", "999999"), "compounds[2].county", "999999"),
    ("own money below zero", set_in("compounds", 2, "own_money", -1), "compounds[2].own_money", "小于 0"),
    ("a window that ends before it begins", set_in("compounds", 2, "earliest", 2099), "compounds[2].earliest", "晚于"),
    ("no year at all", set_in("compounds", 2, "latest", None), "compounds[2].latest", "缺少"),
    ("a must that is a word", set_in("compounds", 2, "must", "yes"), "compounds[2].must", "true"),
    ("no levels", set_in("compounds", 2, "levels", []), "compounds[2].levels", "没有改造层次"),
    ("a level without cost", set_in("compounds", 2, "levels", 0, "cost", None), "compounds[2].levels[0].cost", "缺少"),
    (
        "an unknown class of cost",
        set_in("compounds", 2, "levels", 0, "cost", "x", 1),
        "compounds[2].levels[0].cost",
        "x",
    ),
    (
        "a cost in words",
        set_in("compounds", 2, "levels", 0, "cost", "basic", "9"),
        "compounds[2].levels[0].cost.basic",
        "整数",
    ),
    (
        "a benefit below zero",
        set_in("compounds", 2, "levels", 0, "benefit", -1),
        "compounds[2].levels[0].benefit",
        "-1",
    ),
    ("a level name twice", set_in("compounds", 2, "levels", 0, "name", "full"), "compounds[2].levels", "出现两次"),
    ("a member that is unknown", set_in("bundles", 0, "members", 0, "nobody"), "bundles[0].members", "nobody"),
    ("a need of half the members", set_in("bundles", 0, "need", 2), "bundles[0].need", "一半"),
    ("a need above the members", set_in("bundles", 0, "need", 6), "bundles[0].need", "成员数"),
    ("a saving below zero", set_in("bundles", 0, "saving", -1), "bundles[0].saving", "小于 0"),
    (
        "a compound in two bundles",
        lambda d: d["bundles"].append({**d["bundles"][0], "id": "other"}),
        "bundles",
        "至多属于一个",
    ),
    (
        "a benefit of four hundred digits",
        set_in("compounds", 2, "levels", 0, "benefit", 10**400),
        "compounds[2].levels[0].benefit",
        "不是不小于 0 的数",
    ),
    ("an id that no file can hold", set_in("compounds", 2, "id", "\ud800"), "compounds[2].id", "不是文字"),
    (
        "a must that is misspelt",
        lambda d: d["compounds"][2].update(musst=d["compounds"][2].pop("must")),
        "compounds[2].musst",
        "可能是 must",
    ),
    (
        "a minimum that is misspelt",
        lambda d: d["counties"][0].update(minimun=d["counties"][0].pop("minimum")),
        "counties[0].minimun",
        "可能是 minimum",
    ),
    ("bundles that are misspelt", lambda d: d.update(bundels=d.pop("bundles")), "bundels", "可能是 bundles"),
    ("a compound that is a list", set_in("compounds", 0, []), "compounds[0]", "JSON 对象"),
]


@pytest.mark.parametrize(("change", "place", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_fault_is_named_with_its_place_and_a_remedy(change: Callable[[Data], None], place: str, words: str) -> None:
    data = made(30, 2, 1)
    change(data)
    faults = parse_instance(data)
    assert isinstance(faults, tuple)
    found = [fault for fault in faults if fault.place == place and words in fault.reason + fault.remedy]
    assert found, [str(fault) for fault in faults]
    assert found[0].remedy


def test_a_bundle_across_two_counties_is_a_fault() -> None:
    data = made(60, 2, 1)
    stranger = next(row["id"] for row in data["compounds"] if row["county"] != data["bundles"][0]["county"])
    data["bundles"] = [data["bundles"][0] | {"members": [*data["bundles"][0]["members"][1:], stranger]}]
    faults = parse_instance(data)
    assert isinstance(faults, tuple)
    assert [fault.place for fault in faults] == ["bundles[0].members"]
    assert stranger in faults[0].reason


@pytest.mark.parametrize("data", [None, [], 3, "x", {}, {"years": {}}])
def test_what_is_no_instance_at_all_gives_faults_and_no_crash(data: object) -> None:
    faults = parse_instance(data)
    assert isinstance(faults, tuple)
    assert faults


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3000) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "county", "code"]), inner),
    max_leaves=5,
)


@given(
    st.sampled_from(["years", "weights", "funds", "counties", "compounds", "bundles"]),
    st.sampled_from(["", "classes", "budget", "counties", "levels", "members", "cost", "need"]),
    JSON,
)
def test_no_data_crashes_the_reading(key: str, inner: str, value: Any) -> None:
    data = made(6, 2, 1)
    if inner and data[key] and isinstance(data[key][0], dict):
        data[key][0][inner] = value
    else:
        data[key] = value
    assert isinstance(parse_instance(data), Instance | tuple)


def test_a_fault_reads_as_one_sentence_with_its_remedy() -> None:
    assert str(Fault("years", "没有计划年度", "请填写")) == "years：没有计划年度。请填写。"


HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


@pytest.mark.parametrize("change", [case[1] for case in CASES], ids=[case[0] for case in CASES])
def test_every_fault_is_told_in_english_too(change: Callable[[Data], None]) -> None:
    data = made(30, 2, 1)
    change(data)
    faults = parse_instance(data)
    assert isinstance(faults, tuple)
    for fault in faults:
        assert fault.in_english().startswith(f"{fault.place}: ")
        assert not HAN.search(fault.in_english()), fault


def test_what_is_no_object_is_told_in_english_too() -> None:
    faults = parse_instance(3)
    assert isinstance(faults, tuple)
    assert faults[0].in_english().startswith("instance: it is no JSON object. Give years")


def test_costs_that_no_sum_of_64_bits_holds_are_refused() -> None:
    data = made(30, 2, 1)
    data["compounds"] = [{**data["compounds"][0], "id": f"c{at}"} for at in range(5_000)]
    data["bundles"] = []
    for row in data["compounds"]:
        row["levels"] = [{"name": "full", "benefit": 1, "cost": {"basic": 10**15 - 1}}]
    faults = parse_instance(data)
    assert isinstance(faults, tuple)
    assert [fault.place for fault in faults] == ["compounds"]
    assert "造价合计过大" in faults[0].reason


def test_names_and_notes_are_left_alone() -> None:
    data = made(30, 2, 1)
    plain = parse_instance(data)
    data |= {"title": "三年计划", "note": "草稿"}
    for row in data["compounds"]:
        row |= {"name": "示例小区", "must_note": "居民要求", "street": "文教街道"}
    for row in data["counties"]:
        row["name"] = "江北区"
    assert parse_instance(data) == plain
