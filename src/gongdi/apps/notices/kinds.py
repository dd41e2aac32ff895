"""The kinds of notice (公示类别): what each is for, where it is asked for, whether posting must be proved."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind: its words, what it should contain, its source (document and section), whether posting is proved."""

    key: str
    word: str
    hint: str
    source: str = ""
    needs_proof: bool = False


KINDS: dict[str, NoticeKind] = {
    each.key: each
    for each in (
        NoticeKind("consultation", "征询结果", "征询了什么、多少户参加、结果如何。"),
        NoticeKind("contents", "内容清单", "拟改造哪些内容、约多少钱、谁出，哪些这次不改。"),
        NoticeKind("scheme", "方案公示", "改造和设计方案：改什么、怎么改、谁出钱。", "某市改造方案 四(二)2"),
        NoticeKind("roll", "名册公示", "表决名册：户数、面积、未列入的房屋和原因。"),
        NoticeKind("vote", "表决结果", "各事项的人数和面积、是否通过、怎样核对。"),
        NoticeKind(
            "works", "施工公告", "开工前张贴：效果图、详细施工内容、工期、施工和监理单位、联系电话。",
            "安庆市工作方案 四(五)", needs_proof=True,
        ),
        NoticeKind("income", "公共收益", "收入来源、金额、用途、结余。", "江北区行动计划 五(四)"),
        NoticeKind("compounds", "入选小区名单", "列入计划的小区名单和入选依据。"),
        NoticeKind("other", "其他", "写清事项、依据和联系方式。"),
    )
}  # fmt: skip
CHOICES = [(each.key, each.word) for each in KINDS.values()]
