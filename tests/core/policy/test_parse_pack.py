import pytest

from tests.support.packs import META, read

ROW = {"when": "structure_safe", "outcome": "comprehensive"}


def fault_of(**cells: str):  # type: ignore[no-untyped-def]
    pack, faults = read("renewal_type", {**ROW, **cells})
    assert pack is None
    assert len(faults) == 1
    return faults[0]


def test_an_unknown_fact_is_named_with_file_row_and_column() -> None:
    fault = fault_of(when="structure_save")
    assert (fault.file, fault.row, fault.column) == ("test-1999/tables/renewal_type.csv", 2, "when")
    assert "structure_save" in fault.problem


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("structure_safe AND", "不是完整的 SQL 条件"),
        ("(" * 1500 + "structure_safe" + ")" * 1500, "层数太多"),
        ("NOT " * 900 + "structure_safe", "层数太多"),
        (" AND ".join(["structure_safe"] * 300), "太长"),
        ("owners_total", "不是判断条件"),
        ("structure_safe AND owners_total", "不是判断条件"),
        ("completed_on > 3", "类型不同"),
        ("compound_kind = 'villa'", "没有取值“villa”"),
        ("compound_kind IN ('compound', 'villa')", "没有取值“villa”"),
        ("compound_kind < 'compound'", "文字不能比较大小"),
        ("structure_safe IS NULL", "不能判断事实是否已知"),
        ("owner_money_yuan / total_investment_yuan >= 1", "不用除法"),
        ("completed_on <= DATE '2000-13-01'", "不是日期"),
        ("owners_total >= 1.5", "规则中不能这样写"),
        ("parameter.unheard_of >= 1", "没有参数"),
        ("coalesce(structure_safe, TRUE)", "不能用函数"),
        ("count_true(structure_safe) > 0", "不能用函数"),
        ("all_done_on = 'never'", "事件日期只能"),
        ("array_contains(selected_items, 1)", "参数应为"),
        ("structure_safe IN (SELECT 1)", "IN 只用于"),
        ("completed_on BETWEEN 1990 AND 2000", "三处须同类"),
        ("completed_on BETWEEN DATE '1990-01-01' AND 2000", "三处须同类"),
        ("completed_on <= make_date(plan_year)", "要 3 个参数，现有 1 个"),
        ("completed_on <= make_date(plan_year, 1, 1, 1)", "要 3 个参数，现有 4 个"),
        ("month() >= 3", "要 1 个参数，现有 0 个"),
        ("array_contains(selected_items, 'parking', 'lighting')", "要 2 个参数，现有 3 个"),
        ("size(array_except(selected_items, needed_basic_items, works_kinds)) = 0", "要 2 个参数，现有 3 个"),
        ("as_of <= add_months(completed_on, 60, 1)", "要 2 个参数，现有 3 个"),
        ("as_of <= add_months(completed_on, 4801)", "月数 4801 太大"),
        ("size(selected_items, needed_basic_items) > 0", "要 1 个参数"),
        ("arrays_overlap(parties_present, array('street', owners_total))", "不是文字"),
        ("arrays_overlap(parties_present, array('street', 7))", "不是文字"),
        ("arrays_overlap(parties_present, array('street', 'strete'))", "没有取值“strete”"),
        ("size(array_except(array('strete'), parties_present)) = 0", "没有取值“strete”"),
        ("array_contains(parties_present, 'strete')", "没有取值“strete”"),
    ],
)
def test_a_predicate_that_no_rule_may_have_is_refused_with_the_reason(when: str, said: str) -> None:
    assert said in fault_of(when=when).problem


def test_an_outcome_that_the_decision_does_not_have_is_refused() -> None:
    fault = fault_of(outcome="maybe")
    assert fault.column == "outcome"
    assert "comprehensive" in fault.remedy


def test_a_row_without_its_section_is_refused() -> None:
    assert fault_of(section="").column == "section"


def test_a_modality_outside_the_four_is_refused() -> None:
    assert fault_of(modality="perhaps").column == "modality"


@pytest.mark.parametrize(("first", "last"), [("2021-02-30", ""), ("2021-01-02", "2021-01-01")])
def test_a_period_that_is_no_period_is_refused(first: str, last: str) -> None:
    pack, faults = read("renewal_type", {**ROW, "from": first, "until": last})
    assert pack is None
    assert faults[0].column in ("from", "until")


def test_two_rows_of_one_name_are_refused() -> None:
    pack, faults = read("renewal_type", {**ROW, "id": "same"}, {**ROW, "id": "same"})
    assert pack is None
    assert (faults[0].row, faults[0].column) == (3, "id")


def test_a_value_of_the_wrong_type_is_refused() -> None:
    pack, faults = read("wish_vote", {"when": "TRUE", "outcome": "pass", "value:owners_needed": "owners_total > 1"})
    assert pack is None
    assert faults[0].column == "value:owners_needed"


def test_every_fault_is_told_at_once() -> None:
    _, faults = read("renewal_type", {**ROW, "when": "nonsense_a"}, {**ROW, "when": "nonsense_b"})
    assert [fault.row for fault in faults] == [2, 3]


def test_a_table_for_a_decision_that_does_not_exist_is_refused() -> None:
    _, faults = read("renewal_tipe", ROW)
    assert "没有名为 renewal_tipe 的判定" in faults[0].problem


def test_a_masked_parameter_must_not_have_a_default() -> None:
    meta = META + '\n[parameters.year]\nkind = "year"\nzh = "年"\nen = "year"\nstate = "masked"\ndefault = 2000\n'
    _, faults = read("renewal_type", ROW, meta=meta)
    assert faults[0].column == "parameters.year"


def test_metadata_must_name_the_folder() -> None:
    _, faults = read("renewal_type", ROW, meta=META.replace("test-1999", "other"))
    assert faults[0].column == "slug"


def test_a_table_that_nobody_could_read_is_not_read_to_its_end() -> None:
    pack, faults = read("renewal_type", *({**ROW, "id": f"r{number}"} for number in range(1, 1200)))
    assert pack is None
    assert [(fault.row, fault.problem) for fault in faults] == [(1001, "表太长，从这一行起没有读")]
