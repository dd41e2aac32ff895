"""Writes about bodies: each one verb, one transaction, one audit event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.inventory.lines import Line
from gongdi.apps.organisations.models import PERSON, AreaLeader, Body, Member, in_force_on
from gongdi.apps.organisations.sources import governing, template_of
from gongdi.apps.places.models import Compound, Division
from gongdi.apps.places.services import RefusedError
from gongdi.core.ownership.numbers import is_credit_code
from gongdi.web import clock
from gongdi.web.sealing import masked_name, seal


@dataclass(frozen=True, slots=True)
class Who:
    """A person named: somebody who signs in, or a name in words; a private person's is sealed."""

    person: User | None = None
    name: str = ""
    private: bool = False

    def columns(self) -> dict[str, Any]:
        """The columns that keep it."""
        if self.person is not None or not self.name:
            return {"person": self.person, "name": "", "name_sealed": b""}
        if self.private:
            return {"person": None, "name": "", "name_sealed": seal(self.name[:60], PERSON)}
        return {"person": None, "name": self.name[:60], "name_sealed": b""}

    @property
    def shown(self) -> str:
        """The name for the audit chain, masked as on pages."""
        if self.person is not None:
            return self.person.masked_name
        return masked_name(self.name) if self.private else self.name


def _refuse_code(code: str) -> None:
    if code and not is_credit_code(code):
        raise RefusedError("统一社会信用代码的校验码不对。请核对 18 位代码，没有的不填。")


def _told(columns: dict[str, Any]) -> dict[str, Any]:
    return {
        name: "、".join(Line(each).label for each in value) if name == "lines" else str(value)
        for name, value in columns.items() if value not in (None, "", False, [])
    }  # fmt: skip


def _refuse_link(columns: dict[str, Any], kind: str, own: int) -> None:
    """One body stands for an organisation, and only a utility has lines."""
    house = columns.get("organisation")
    other = Body.objects.filter(organisation=house).exclude(pk=own).first() if house is not None else None
    if other is not None:
        raise RefusedError(f"“{house}”已对应机构“{other}”。请先更正那个机构，再来对应。")
    if columns.get("lines") and kind != Body.Kind.UTILITY:
        raise RefusedError("管线类别只用于专营单位。请去掉管线类别；类别登记错了的，撤销后重新登记机构。")


@transaction.atomic
def add_body(*, columns: dict[str, Any], by: User | None, now: datetime) -> Body:
    """Register a body (登记机构) at a place or of a compound."""
    _refuse_code(columns.get("credit_code", ""))
    _refuse_same(columns, 0)
    _refuse_link(columns, columns["kind"], 0)
    body = Body.objects.create(kept_at=now, **columns)
    record("organisations.add_body", by=by, on=body, after=_told(columns), place=body.place, at=now)
    return body


def _refuse_same(columns: dict[str, Any], own: int) -> None:
    same = Body.objects.filter(
        name=columns["name"], place=columns["place"], compound=columns.get("compound"), until=None
    ).exclude(pk=own)
    if same.exists():
        raise RefusedError(f"此处已有名为“{columns['name']}”的机构。请打开原有机构修改，或换个名称。")


@transaction.atomic
def correct_body(*, body: Body, columns: dict[str, Any], why: str, by: User, now: datetime) -> Body:
    """Correct what is kept of a body (更正机构), with the reason."""
    row = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    _refuse_code(columns.get("credit_code", row.credit_code))
    merged = {"name": row.name, "place": row.place, "compound": row.compound, **columns}
    _refuse_same(merged, row.pk)
    _refuse_link(columns, row.kind, row.pk)
    above = columns.get("parent")
    while above is not None:
        if above.pk == row.pk:
            raise RefusedError("机构不能隶属于自己或自己的下级。请重新选择上级机构。")
        above = above.parent
    before = _told({name: getattr(row, name) for name in columns})
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    record("organisations.correct_body", by=by, on=row, before=before, after=_told(columns), why=why,
           place=row.place, at=now)  # fmt: skip
    return row


@transaction.atomic
def end_body(*, body: Body, on: date, why: str, by: User, now: datetime) -> None:
    """End a body (撤销机构) as of a day; its memberships end with it, its record stays."""
    row = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    if row.until is not None:
        raise RefusedError("这个机构已经撤销。请刷新页面。")
    if on > clock.local_date(now):
        raise RefusedError("撤销日期不能晚于今天。到那一天再办理。")
    if row.since is not None and on < row.since:
        raise RefusedError(f"撤销日期早于成立日期 {row.since}。请核对。")
    if row.follow_ups.filter(closed_on=None).exists():
        raise RefusedError("这个机构还有未办结的督办事项，请先办结。")
    if row.parts.filter(until=None).exists():
        raise RefusedError("这个机构还有下级机构，请先撤销下级或改隶。")
    row.until = on
    row.save(update_fields=["until"])
    Member.objects.filter(body=row, until=None).update(until=on)
    record("organisations.end_body", by=by, on=row, after={"until": str(on)}, why=why, place=row.place, at=now)


@transaction.atomic
def set_up_bodies(*, county: Division, by: User | None, now: datetime) -> list[Body]:
    """Set up the bodies that the policy in force in a county asks for (按模板建立); those that stand already stay."""
    pack = governing.pack_of(county.code)
    rows = template_of(pack[0]) if pack is not None else []
    if pack is None or not rows:
        raise RefusedError(f"{county}没有适用的政策，或政策没有规定机构。请先设定适用政策，或逐个登记机构。")
    known = {each.template: each for each in Body.objects.filter(place=county.code, until=None).exclude(template="")}
    made = []
    for row in rows:
        key = f"{row.pack}/{row.key}"
        if key in known:
            continue
        name = f"{county.name}{row.zh}"
        columns = {"name": name, "place": county.code}
        _refuse_same(columns, 0)
        known[key] = Body.objects.create(
            name=name, kind=row.body, place=county.code, parent=known.get(f"{row.pack}/{row.parent}"), duty=row.duty,
            basis=f"{pack[1]}{row.section}"[:200], template=key, kept_at=now,
        )  # fmt: skip
        made.append(known[key])
    after = {"pack": pack[0], "bodies": [each.name for each in made]}
    record("organisations.set_up_bodies", by=by, on=county, after=after, place=county.code, at=now)
    return made


@transaction.atomic
def add_member(  # noqa: PLR0913 -- a member, said whole
    *,
    body: Body,
    title: str,
    who: Who,
    member_body: Body | None,
    role: str,
    since: date | None,
    by: User | None,
    now: datetime,
) -> Member:
    """Give a person or another body a post in a body (增加成员)."""
    if body.until is not None:
        raise RefusedError("机构已经撤销，不能再增加成员。")
    if member_body is not None and member_body.pk == body.pk:
        raise RefusedError("机构不能是自己的成员。")
    if not who.shown and member_body is None:
        raise RefusedError("请填写成员：姓名、系统用户或成员单位，至少一项。")
    member = Member.objects.create(
        body=body, title=title[:40], member_body=member_body, role=role, since=since, **who.columns()
    )
    after = _told({"title": title, "who": who.shown or member_body, "role": role, "since": since})
    record("organisations.add_member", by=by, on=body, after=after, place=body.place, at=now)
    return member


@transaction.atomic
def end_member(*, member: Member, on: date, why: str, by: User, now: datetime) -> None:
    """End a post in a body (免去成员); that it was held stays."""
    row = Member.objects.select_for_update(of=("self",)).select_related("body").get(pk=member.pk)
    if row.until is not None:
        raise RefusedError("这项任职已经终止。请刷新页面。")
    if on > clock.local_date(now):
        raise RefusedError("终止日期不能晚于今天。到那一天再办理。")
    if row.since is not None and on < row.since:
        raise RefusedError(f"终止日期早于任职日期 {row.since}。请核对。")
    row.until = on
    row.save(update_fields=["until"])
    before = {"title": row.title, "who": member.who}
    record("organisations.end_member", by=by, on=row.body, before=before, after={"until": str(on)}, why=why,
           place=row.body.place, at=now)  # fmt: skip


@transaction.atomic
def assign_leader(
    *, division: Division, compound: Compound | None, title: str, who: Who, by: User | None, now: datetime
) -> AreaLeader:
    """Put a leader in charge of a division or a compound (领导包片); one before them there ends the day before."""
    place, name = (compound.place, compound.name) if compound is not None else (division.code, division.name)
    if not who.shown:
        raise RefusedError("请填写领导姓名或系统用户。")
    today = clock.local_date(now)
    earlier = AreaLeader.objects.select_for_update(of=("self",)).filter(
        in_force_on(today), place=place, compound=compound, until=None
    )
    before = [each.title for each in earlier]
    earlier.update(until=today - timedelta(days=1))
    row = AreaLeader.objects.create(
        place=place, place_name=name, compound=compound, title=title[:60], since=today, **who.columns()
    )
    record("organisations.assign_leader", by=by, on=row, before={"title": before} if before else None,
           after={"title": title, "who": who.shown}, place=place, at=now)  # fmt: skip
    return row


@transaction.atomic
def end_leader(*, leader: AreaLeader, why: str, by: User, now: datetime) -> None:
    """Take a leader off an area (取消包片)."""
    row = AreaLeader.objects.select_for_update(of=("self",)).get(pk=leader.pk)
    if row.until is not None:
        raise RefusedError("这项包片已经取消。请刷新页面。")
    row.until = clock.local_date(now)
    row.save(update_fields=["until"])
    record("organisations.end_leader", by=by, on=row, before={"title": row.title}, why=why, place=row.place, at=now)
