"""An annual plan as a workbook (年度计划工作簿): both ways, what is left out and why, money, scores, decisions.

It is written from the plan's document, so that the command and the page send out the same workbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from gongdi.core.values import Area, Money
from gongdi.exchange.workbook import Cell, Column, Sheet, write_workbook

Document = Mapping[str, Any]
EQUAL_SCORES = "没有评分所需的事实，各小区按同分计，只比较户数和造价。"
CLASSES = ("basic", "improvement", "upgrade")
_DONE = {"basic": 1, "improved": 2, "full": 3}
_LEVELS = {"basic": "只做基础类", "improved": "基础类和完善类", "full": "三类都做"}
_CLASS_WORDS = {"basic": "基础类", "improvement": "完善类", "upgrade": "提升类"}


def write_plan_workbook(target: Path | BinaryIO, document: Document, *, title: str, made_on: date) -> None:
    """Write the plan's workbook to a path or a binary stream. Money in 万元, areas in square metres."""
    write_workbook(target, list(_sheets(document, title, made_on)))


def _sheets(document: Document, title: str, made_on: date) -> list[Sheet]:
    day = f"{made_on.year}年{made_on.month}月{made_on.day}日"
    firm = document["firm"]
    sheets = [
        _plan(document, firm["best"], f"{title}（优选）", "优选计划", day),
        _plan(document, against(firm["listed"], firm["best"]), f"{title}（按序填满）", "按序填满", day),
        _left_out(document, firm, day),
        _payments(document, firm["best"], day),
        _funds(document, firm["best"], day),
        _scores(document, day),
        _decisions(document, day),
        _survey(document, day),
    ]
    if document["trial"]:
        trial = _plan(document, document["trial"]["best"], f"{title}（测算）", "测算（含待定）", day)
        sheets.insert(2, trial)
    return sheets


def against(listed: Document, best: Document) -> Document:
    """The list filled in order, measured by the bound that is proved for the best plan."""
    if best["bound"] is None or listed["objective"] is None or listed["bound"] is None:
        return listed
    bound = min(listed["bound"], best["bound"])
    gap = (bound - listed["objective"]) / listed["objective"] if listed["objective"] > 0 else None
    return {**listed, "bound": bound, "gap": gap}


def _ground(document: Document) -> str:
    pack = document["pack"]
    number = f"（{pack['number']}）" if pack["number"] else ""
    return f"依据：{pack['title']}{number}，判定日期 {document['on']}"


def _notes(document: Document, plan: Document, name: str) -> list[str]:
    notes = [f"{_ground(document)}。", f"评分：{document['scheme']['zh']}（{document['scheme']['label']}）。"]
    if document["equal_scores"]:
        notes.append(EQUAL_SCORES)
    if name.startswith("测算"):
        notes.append("待定的小区暂按可列入测算，查明所缺事实之前不能列入正式计划。")
    if plan["status"] == "infeasible":
        notes.append("各项要求不能同时满足：" + "".join(each["sentence"] for each in plan.get("conflict", ())))
    elif plan["status"] == "unknown":
        notes.append("限时内没有求得计划，也没有证明不可行。请延长时间后再编。")
    elif plan["bound"] is not None:
        gap = f"，差距 {plan['gap']:.3%}" if plan["gap"] is not None else ""
        notes.append(f"总成效 {plan['objective']:,.3f}，上界 {plan['bound']:,.3f}{gap}。")
    if any(row["made_up"] for row in document["compounds"]):
        notes.append("含虚构数据，仅供演示。")
    return notes


def _plan(document: Document, plan: Document, title: str, name: str, day: str) -> Sheet:
    compounds = {row["id"]: row for row in document["compounds"]}
    order = {name: place for place, name in enumerate(document["order"])}
    rows: list[Sequence[Cell]] = []
    for chosen in sorted(plan["chosen"], key=lambda row: (row["year"], order[row["id"]])):
        row = compounds[chosen["id"]]
        rows.append([len(rows) + 1, row["name"], row["place"], *_figures(row), *_works(row, chosen)])
    columns = [
        Column("序号", kind="int"),
        Column("小区"),
        Column("街道"),
        Column("判定", kind="outcome"),
        Column("评分", 8),
        Column("楼栋（栋）", kind="int"),
        Column("户数（户）", kind="int"),
        Column("建筑面积（平方米）", kind="area"),
        Column("开工年度", kind="year"),
        Column("改造层次"),
        Column("基础类（万元）", kind="money_wan"),
        Column("完善类（万元）", kind="money_wan"),
        Column("提升类（万元）", kind="money_wan"),
        Column("业主等自筹（万元）", 16, "money_wan"),
        Column("财政安排（万元）", kind="money_wan"),
    ]
    subtitle = f"单位：户、栋、平方米、万元　　编制日期：{day}　　共 {len(rows)} 个小区"
    return Sheet(title, subtitle, columns, rows, (5, 6, 7, 10, 11, 12, 13, 14), _notes(document, plan, name), name)


def _figures(row: Document) -> list[Cell]:
    score = row["score"]["points"] if row["score"] else ""
    area = None if row["area"] is None else Area(row["area"])
    return [(row["tone"], row["outcome_zh"]), score, row["buildings"], row["households"], area]


def _works(row: Document, chosen: Document) -> list[Cell]:
    """The year, the level, its cost by class, what own money pays, and what is left for the funds."""
    done = _DONE[chosen["level"]]
    cost = [yuan if at < done else 0 for at, yuan in enumerate(row["cost"])]
    own = min(sum(cost), row["own_money"])
    return [
        chosen["year"],
        _LEVELS[chosen["level"]],
        *(Money(yuan * 100) for yuan in cost),
        Money(own * 100),
        Money((sum(cost) - own) * 100),
    ]


def _left_out(document: Document, pair: Document, day: str) -> Sheet:
    compounds = {row["id"]: row for row in document["compounds"]}
    sentences, listed = pair["best"]["sentences"], {row["id"] for row in pair["listed"]["chosen"]}
    names = [name for name in document["order"] if name in sentences]
    rows: list[Sequence[Cell]] = []
    for name in names:
        row = compounds[name]
        also = "按序填满时列入" if name in listed else ""
        rows.append([len(rows) + 1, row["name"], row["place"], *_figures(row), sentences[name], also])
    columns = [
        Column("序号", kind="int"),
        Column("小区"),
        Column("街道"),
        Column("判定", kind="outcome"),
        Column("评分", 8),
        Column("楼栋（栋）", kind="int"),
        Column("户数（户）", kind="int"),
        Column("建筑面积（平方米）", kind="area"),
        Column("未列入的原因和办法", 40),
        Column("另一编法", 14),
    ]
    notes = ["“再有可用资金”指计划其余不变时，该年度允许用于所缺类别的资金还差的金额。"]
    subtitle = f"编制日期：{day}　　符合条件而未列入 {len(rows)} 个小区"
    return Sheet("未列入优选计划的小区", subtitle, columns, rows, (5, 6, 7), notes, "未列入")


def _payments(document: Document, plan: Document, day: str) -> Sheet:
    names = {fund["code"]: fund["name"] for fund in document["money"]["funds"]}
    rows: list[Sequence[Cell]] = [
        [row["year"], row["county"], _CLASS_WORDS[row["class"]], names[row["fund"]], Money(row["yuan"] * 100)]
        for row in plan["payments"]
    ]
    columns = [
        Column("年度", kind="year"),
        Column("区县"),
        Column("类别"),
        Column("资金", 20),
        Column("金额（万元）", kind="money_wan"),
    ]
    subtitle = f"单位：万元　　编制日期：{day}"
    return Sheet("优选计划资金安排", subtitle, columns, rows, (4,), (), "资金安排", landscape=False)


def _funds(document: Document, plan: Document, day: str) -> Sheet:
    years = document["money"]["years"]
    rows: list[Sequence[Cell]] = []
    for fund in document["money"]["funds"]:
        for at, year in enumerate(years):
            paid = sum(row["yuan"] for row in plan["payments"] if row["fund"] == fund["code"] and row["year"] == year)
            rows.append(
                [
                    fund["name"],
                    "、".join(fund["classes"]),
                    "是" if fund["carry_over"] else "否",
                    year,
                    Money(fund["budget"][at] * 100),
                    Money(paid * 100),
                ]
            )
    columns = [
        Column("资金", 20),
        Column("可用于", 24),
        Column("可结转", 8),
        Column("年度", kind="year"),
        Column("预算（万元）", kind="money_wan"),
        Column("安排（万元）", kind="money_wan"),
    ]
    notes = ["可结转的资金，上年结余可用于以后年度，故某年安排可大于当年预算。"]
    return Sheet(
        "各项资金使用", f"单位：万元　　编制日期：{day}", columns, rows, (4, 5), notes, "资金使用", landscape=False
    )


def _scores(document: Document, day: str) -> Sheet:
    criteria = document["scheme"]["criteria"]
    scored = sorted((row for row in document["compounds"] if row["score"]), key=lambda row: int(row["score"]["place"]))
    rows: list[Sequence[Cell]] = [
        [
            row["score"]["place"],
            row["name"],
            row["priority"],
            row["score"]["points"],
            row["score"]["open"],
            *("缺" if line[3] else line[1] for line in row["score"]["lines"]),
        ]
        for row in scored
    ]
    columns = [
        Column("名次", kind="int"),
        Column("小区"),
        Column("优先", 9),
        Column("得分", 8),
        Column("缺事实未计", 9),
        *(Column(f"{each['zh']}（{each['weight']}）", 9) for each in criteria),
    ]
    scheme = document["scheme"]
    notes = [scheme["note"], "同分的依次按建成早、户数多、编号小排列；缺少的事实得零分，记“缺”。"]
    subtitle = f"{scheme['zh']}（{scheme['label']}，版本 {scheme['version']}）　　编制日期：{day}"
    return Sheet("评分排序", subtitle, columns, rows, (), notes, "评分")


def _decisions(document: Document, day: str) -> Sheet:
    rows: list[Sequence[Cell]] = [
        [
            at,
            row["name"],
            row["place"],
            (row["tone"], row["outcome_zh"]),
            row["section"],
            row["ground"],
            "、".join([*row["missing"], *([row["lacks"]] if row["lacks"] else [])]),
        ]
        for at, row in enumerate(document["compounds"], start=1)
    ]
    columns = [
        Column("序号", kind="int"),
        Column("小区"),
        Column("街道"),
        Column("判定", kind="outcome"),
        Column("条款", 10),
        Column("依据", 40),
        Column("待补充", 36),
    ]
    return Sheet("纳入范围判定", f"{_ground(document)}　　编制日期：{day}", columns, rows, (), (), "判定")


def _survey(document: Document, day: str) -> Sheet:
    rows: list[Sequence[Cell]] = [
        [at, row["zh"], row["compounds"], row["settles"], row["may_settle"], row["settled_so_far"]]
        for at, row in enumerate(document["survey"], start=1)
    ]
    columns = [
        Column("次序", kind="int"),
        Column("待查事实", 28),
        Column("缺少（个小区）", kind="int"),
        Column("查明即可判定", kind="int"),
        Column("可能判定", kind="int"),
        Column("累计可判定", kind="int"),
    ]
    notes = ["“查明即可判定”：无论结果如何都能判定；“可能判定”：某种结果即可判定。"]
    return Sheet("摸底清单", f"编制日期：{day}", columns, rows, (), notes, "摸底清单", landscape=False)
