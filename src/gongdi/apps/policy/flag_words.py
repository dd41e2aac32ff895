"""Words for the flags of a decision (提示): what is open in the text, how it was read here, how else it can be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Both(NamedTuple):
    """The same in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class FlagWords:
    """What a flag says; where the text can be read in two ways, the one taken here and the other."""

    says: Both
    taken: Both | None = None
    other: Both | None = None


FLAGS: dict[str, FlagWords] = {
    "X-01": FlagWords(
        Both("原文隐去的参数由提问人给出", "a parameter masked in the text was supplied by whoever asked"),
        Both("按提问人给的值", "the value supplied"),
        Both("不给时结论为待定", "undetermined while it is not supplied"),
    ),
    "X-03": FlagWords(
        Both("截止日原文有两种写法", "the text states the cut-off in two ways"),
        Both("2000年底以前建成，原文三处如此", "by the end of 2000, as three places say"),
        Both("2000年1月1日以前建成", "before 1 January 2000"),
    ),
    "X-04": FlagWords(
        Both("依据仅见于官方解读", "found only in the official explanation"),
        Both("提问人允许引用解读", "whoever asked allowed the explanation"),
        Both("只按正文，这一条不适用", "by the document itself this clause does not exist"),
    ),
    "X-07": FlagWords(
        Both("原文此句疑为笔误", "this sentence of the text is probably a slip"),
        Both("土地权属不变的，免用地手续", "no change of land tenure: no land procedure"),
        Both("照字面，免建设工程规划许可", "to the letter: no construction planning permit"),
    ),
    "X-08": FlagWords(
        Both("原文适用范围不清", "how far the sentence reaches is not clear"),
        Both("只用于不增加面积、不改变结构的项目", "only projects that add no area and change no structure"),
        Both("用于所有改造项目", "all renewal projects"),
    ),
    "X-09": FlagWords(
        Both("与另一条款的先后须注意", "mind the order with another clause"),
        Both("先看可否免办，再看合并审批", "first whether it falls away, then whether it is merged"),
        Both("先合并审批，再看免办", "first merged, then whether it falls away"),
    ),
    "X-11": FlagWords(
        Both("另有民法典的表决门槛", "the Civil Code sets thresholds of its own"),
        Both("按本文件：全体业主的人数和面积", "by this document: heads and area of all owners"),
        Both("民法典：先看参与表决的，再看同意的", "the Civil Code: first who takes part, then who agrees"),
    ),
    "X-12": FlagWords(
        Both("百分比口径原文未说明", "whether heads or area is meant is not said"),
        Both("按业主人数", "by heads of owners"),
        Both("按户数或专有部分面积", "by households or exclusive area"),
    ),
    "X-13": FlagWords(Both("80%是征求意见面，不是同意率", "80 % were consulted, which is not consent")),
    "X-14": FlagWords(
        Both(
            "5%计入业主和社会出资，划转只看业主资金",
            "owners and society count towards the 5 %; only owners' money is credited",
        )
    ),
    "X-15": FlagWords(Both("5%与4:6的基数不同", "the bases of the 5 % and of the 4 : 6 differ")),
    "X-16": FlagWords(
        Both(
            "4:6的基数不扣中央补助和专营单位出资",
            "central subsidies and utilities' money are not taken off the 4 : 6 base",
        ),
        Both("照字面，只扣文件列明的三项", "to the letter: only the three exclusions named"),
        Both("先扣外来资金，再分4:6", "outside money taken off first"),
    ),
    "X-17": FlagWords(
        Both("面积口径原文未说明", "which area is meant is not said"),
        Both("一次性出资，按专有部分面积", "paid once, by exclusive area"),
        Both("按建筑面积，或逐年出资", "by gross area, or paid each year"),
    ),
    "X-18": FlagWords(
        Both("标准的单位和层级原文未载明", "unit and level of the standard are not said"),
        Both("余额和标准用同一单位、同一层级", "balance and standard in one unit and at one level"),
        Both("按小区合计，或按每平方米", "by compound in total, or by square metre"),
    ),
    "X-19": FlagWords(Both("评分标准附件未公开", "the scoring annex is not public")),
    "X-20": FlagWords(
        Both("“8月前”有两种读法", "“before August” can be read in two ways"),
        Both("7月31日以前，参数可改", "by 31 July; a parameter sets another"),
        Both("8月31日以前", "by 31 August"),
    ),
    "X-21": FlagWords(
        Both("同一文件列入两类", "one document puts it into two classes"),
        Both("以正式分类清单为准，两类都列出", "the formal list governs; both are told"),
        Both("以叙述部分所称的类别为准", "the class that the narrative names"),
    ),
    "X-22": FlagWords(
        Both("按所含最高类别确定项目类型", "a project's type is the highest type among its items"),
        Both("一个项目一个类型", "one type a project"),
        Both("逐项分别计算期限", "a time limit for each item"),
    ),
    "X-23": FlagWords(
        Both("文件列举而未分类", "named without a class"),
        Both("不归类", "no class"),
        Both("借用别的文件的分类，须注明", "a class borrowed from another document, marked so"),
    ),
    "X-31": FlagWords(
        Both("属“可以”“主要”，不是“应当”", "“may” or “mainly”, not “shall”"),
        Both("只作提醒", "advice"),
        Both("当作“应当”，不符即不行", "read as “shall”, so that it blocks"),
    ),
    "X-34": FlagWords(Both("判定日期不在文件期限内", "the day lies outside the document's period")),
    "X-36": FlagWords(
        Both("多项免除情形重叠", "several exemptions overlap"),
        Both("成立的都列出，最具体的一条为准", "all that hold are told, the most specific governs"),
        Both("任一条即可", "any of them alone"),
    ),
    "X-37": FlagWords(
        Both("未实行告知承诺", "the commitment procedure is not used"),
        Both("没有填报的，当作没有实行", "not stated is taken for not used"),
        Both("没有填报的，结论待定", "not stated leaves it open"),
    ),
    "X-42": FlagWords(
        Both("期限起止原文未载明", "when the period begins or ends is not said"),
        Both("起止日由填报人给出；五年算到同日，含当日", "days as stated; five years end on the same day, inclusive"),
        Both("五年算到前一日", "five years end the day before"),
    ),
    "X-43": FlagWords(
        Both("税收规定有期限，以现行公告为准", "tax rules end: check the current notice"),
        Both("按文件所引的口径", "as the document quotes them"),
        Both("按现行公告，范围略有不同", "by the current notice, whose list differs a little"),
    ),
    "X-45": FlagWords(
        Both("联合审查意见是办理的依据，不免除手续", "the joint review is a basis for the permit, it waives nothing")
    ),
    "X-48": FlagWords(
        Both("仅见于职责部分的模式", "a mode named only among the duties"),
        Both("算作第三种可选的模式", "a third mode one may choose"),
        Both("只有两种模式", "two modes only"),
    ),
}  # fmt: skip
"""What each flag of the ledger means, in a few words of either language (contract of decisions, section 5)."""


@dataclass(frozen=True, slots=True)
class FlagLine:
    """A flag as a note shows it; `taken` and `other` are empty where there is one reading."""

    flag: str
    says: str
    taken: str
    other: str


def flag_line(flag: str, *, english: bool = False) -> FlagLine:
    """A flag in words; empty ones for a flag that has none."""
    words = FLAGS.get(flag)
    told = (words.says, words.taken, words.other) if words else (None, None, None)
    return FlagLine(flag, *("" if each is None else each[english] for each in told))
