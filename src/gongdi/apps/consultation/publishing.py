"""What of a consultation is published (公示): its results, its list of contents, with the words to begin with."""

from __future__ import annotations

from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.reaches import NamedObject
from gongdi.apps.consultation import access, queries
from gongdi.apps.consultation.models import ContentList, Round
from gongdi.apps.consultation.presenting import payer_words, results_shown
from gongdi.apps.notices.subjects import Begun, Subject
from gongdi.apps.places.models import Compound
from gongdi.core.consultation.prices import owners_part
from gongdi.web.words import in_wan_yuan, separated

ROUND, CONTENTS = Round._meta.label_lower, ContentList._meta.label_lower
SAY = "有不同意见，请在公示期内提出：手机扫码，或到社区居委会当面说、写纸条、打电话，都算数。"


def _rounds(user: User, compound: Compound) -> list[NamedObject]:
    rows = access.visible_rounds(user).filter(compound=compound, state=Round.State.CLOSED)
    return [NamedObject(ROUND, row.pk, row.title) for row in rows[:50]]


def _lists(user: User, compound: Compound) -> list[NamedObject]:
    rows = ContentList.objects.filter(compound=compound, round__in=access.visible_rounds(user))
    return [NamedObject(CONTENTS, row.pk, f"{compound}{row}") for row in rows[:50]]


def results_words(user: User, pk: int, kind: str) -> Begun:
    """The results of a round in plain words; too few answers are not told."""
    asked = access.get_round(user, pk)
    covered, shown = queries.coverage(asked), results_shown(asked, queries.results_of(asked), small=False)
    told = [
        f"{asked.since:%Y-%m-%d} 至 {asked.until:%Y-%m-%d}，社区向{asked.compound}的居民征求了改造意愿。"
        f"全小区 {separated(covered.total)} 户，征求到 {separated(covered.reached)} 户，"
        f"业主方答复 {separated(shown.whole.answered)} 户。"
    ]
    if not shown.hidden:
        lines = [
            f"{number}. {line.row.name}：想要 {line.cell.wants} 户，可有可无 {line.cell.without} 户，"
            f"不要 {line.cell.against} 户"
            for number, line in enumerate(shown.lines, start=1)
        ]  # fmt: skip
        told += [
            "各项内容：\n" + "\n".join(lines),
            f"想要的户多于不要的户的内容，合计约 {in_wan_yuan(shown.total)} 万元。",
        ]
    told += ["征求意见只看想不想要，不是表决。钱是估算，以后以改造方案为准。", SAY]
    return Begun(f"{asked.compound}改造意愿征询结果公示", "\n\n".join(told))


def contents_words(user: User, pk: int, kind: str) -> Begun:
    """A list of contents in plain words: what is done, what it costs, who pays; what is left out and why."""
    row = access.get_content_list(user, pk)
    lines = list(row.lines.select_related("menu_item"))
    taken = [line for line in lines if line.chosen]
    total = sum(line.total for line in taken)
    owners = sum(owners_part(line.total, line.menu_item.payers) for line in taken)
    told = [f"根据征求到的意见，{row.compound}拟改造以下内容："]
    told.append("\n".join(
        f"{number}. {line.menu_item.name}：约 {in_wan_yuan(line.total)} 万元，{payer_words(line.menu_item)}"
        + (f"（{line.reason}）" if line.reason else "")
        for number, line in enumerate(taken, start=1)
    ))  # fmt: skip
    told.append(
        f"合计约 {in_wan_yuan(total)} 万元，其中业主出约 {in_wan_yuan(owners)} 万元。钱是估算，以后以改造方案为准。"
    )
    left = [f"{line.menu_item.name}{f'（{line.reason}）' if line.reason else ''}" for line in lines if not line.chosen]
    if left:
        told.append(f"征求过、这次不改的：{'、'.join(left)}。")
    return Begun(f"{row.compound}改造内容清单公示", "\n\n".join([*told, SAY]))


SUBJECTS = (
    Subject(ROUND, "意愿征询", _rounds, results_words, lambda pk: reverse("consultation:see_results", args=[pk])),
    Subject(
        CONTENTS, "改造内容清单", _lists, contents_words, lambda pk: reverse("consultation:see_content_list", args=[pk])
    ),
)
