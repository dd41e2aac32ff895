"""Made-up consultations in the demo: one round closed with its results and list, one under way with its coverage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.reaches import NamedObject
from gongdi.apps.consultation.answer_services import Given, take_answer
from gongdi.apps.consultation.content_services import file_application, fix_content_list
from gongdi.apps.consultation.menu import choices_of, who_pays
from gongdi.apps.consultation.models import Household, MenuItem, Round
from gongdi.apps.consultation.publishing import SUBJECTS
from gongdi.apps.consultation.queries import results_of
from gongdi.apps.consultation.services import (
    Priced,
    choose_items,
    close_round,
    draft_round,
    judge_will,
    note_attempt,
    open_round,
    price_menu,
)
from gongdi.apps.dwellings.models import Ownership
from gongdi.apps.notices import services as notices
from gongdi.apps.notices.services import Words
from gongdi.apps.places.models import Compound
from gongdi.apps.policy.packs import governing
from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.apps.residents.services import ask_binding, confirm_binding, enter, send_code
from gongdi.core.consultation.answers import Channel, Side, Willing, Wish
from gongdi.core.consultation.choosing import departures
from gongdi.core.consultation.pledges import Pledge, Reply
from gongdi.core.consultation.prices import Basis, Payer
from gongdi.core.notices.period import Length, Unit
from gongdi.demo.district import SEED
from gongdi.web.clock import local_date

RESIDENT_PHONE = "13900000001"
"""The number of the demo's resident; codes are shown on the page, nothing is sent."""
_MENU = {
    "compound_roads": (Basis.TOTAL, 42_000_000, 1, ""),
    "balcony_rain_sewage": (Basis.PER_DWELLING, 65_000, 1, ""),
    "barrier_free": (Basis.PER_UNIT, 180_000, 6, "处"),
    "security": (Basis.TOTAL, 9_800_000, 1, ""),
    "unit_access_control": (Basis.PER_UNIT, 320_000, 12, "樘"),
    "wall_decoration": (Basis.PER_M2, 8_500, 1, ""),
    "lift_addition": (Basis.STAIRWELL, 48_000_000, 4, ""),
    "sponge_city": (Basis.TOTAL, 6_500_000, 1, ""),
    "waste_sorting": (Basis.PER_UNIT, 1_600_000, 2, "处"),
    "sports_fitness": (Basis.TOTAL, 2_400_000, 1, ""),
    "elderly_care": (Basis.TOTAL, 15_000_000, 1, ""),
    "parking": (Basis.TOTAL, 8_600_000, 1, ""),
}
"""Made-up prices in fen."""
_LIKED = {"compound_roads": 9, "lift_addition": 6, "wall_decoration": 4, "sponge_city": 1, "elderly_care": 7}
_REPLIED = {
    Pledge.TAKE_PART: (Reply.YES, Reply.YES, Reply.NO), Pledge.FEE: (Reply.YES, Reply.YES, Reply.YES, Reply.UNSURE),
    Pledge.FUND: (Reply.YES, Reply.NO, Reply.UNSURE), Pledge.REMOVAL: (Reply.NOT_MINE, Reply.NOT_MINE, Reply.YES),
}  # fmt: skip
"""What made-up households reply, drawn evenly."""
_WORDS = (
    "路灯晚上太暗，老人不敢下楼。", "希望先修下水道，一下雨就积水。",
    "装电梯要问问一楼的人家。", "车位不够，先理一理再说。",
    "健身器材别装在窗户底下。",
)  # fmt: skip


def load_consultations(community: str, now: datetime) -> None:
    """Two rounds in a community whose dwellings are known."""
    people = {each.username: each for each in User.objects.filter(username__in=["guminghe", "fengxiaoman"])}
    clerk, worker = people["guminghe"], people["fengxiaoman"]
    rows = Compound.objects.filter(made_up=True, place=community, tally__residences__gte=40)
    rows = rows.order_by("tally__residences", "pk").select_related("street")
    if len(rows) < 2:
        return
    random = Random(SEED)
    over, running = rows[0], rows[1]
    asked = _opened(over, -30, -1, clerk, now)
    _answer(asked, 88, random, worker, now)
    asked = close_round(round=asked, today=local_date(now), by=clerk, now=now)
    _settle(asked, clerk, now)
    _publish(asked, clerk, now)
    asked = _opened(running, -6, 15, clerk, now)
    _answer(asked, 46, random, worker, now)
    _resident(asked, worker, now)


def _opened(compound: Compound, since: int, until: int, clerk: User, now: datetime) -> Round:
    ground, today = governing(compound.place), local_date(now)
    assert ground is not None
    first, last = today + timedelta(days=since), today + timedelta(days=until)
    made = draft_round(
        compound=compound, ground=ground, title=f"{compound}改造意愿征询（演示）", since=first, until=last, by=clerk,
        now=now, pledges=[Pledge.TAKE_PART, Pledge.FEE, Pledge.FUND, Pledge.REMOVAL],
    )  # fmt: skip
    told = who_pays(compound, ground)
    choices = [each for each in choices_of(compound, ground) if each.item in _MENU]
    choose_items(round=made, choices=choices, shares=told.shares, source=told.source, by=clerk, now=now)
    price_menu(round=made, priced=[_priced(row) for row in made.items.all()], by=clerk, now=now)
    return open_round(round=made, why_no_special="", today=first, by=clerk, now=now)


def _priced(row: MenuItem) -> Priced:
    basis, fen, quantity, unit = _MENU[row.item]
    shares, source = row.payers, row.shares_source
    if row.item == "lift_addition":
        shares = {Payer.FISCAL: 4_000, Payer.OWNERS: 6_000}
        source = "虚构：加装电梯由本单元业主出六成，政府补助四成"
    elif row.item == "elderly_care":
        shares = {Payer.FISCAL: 6_000, Payer.SOCIETY: 4_000}
        source = "虚构：运营企业出四成，不向业主收"
    return Priced(row.number, row.item, row.name, row.sentence, basis.value, fen, quantity, unit, shares, source)


def _answer(asked: Round, percent: int, random: Random, worker: User, now: datetime) -> None:
    items, today = list(asked.items.all()), local_date(now)
    for household in asked.households.filter(left_off="").order_by("number"):
        if random.randint(1, 100) > percent:
            if random.randint(1, 3) > 1:
                reason = random.choice(["nobody_home", "vacant", "no_contact", "declined"])
                note_attempt(household=household, reason=reason, by=worker, now=now)
            continue
        key = f"demo-{asked.pk}-{household.number}"
        given = _given(items, random)
        take_answer(household=household, given=given, key=key, by=worker, today=today, now=now)


def _given(items: Sequence[MenuItem], random: Random) -> Given:
    wishes = {}
    for row in items:
        draw = random.randint(1, 10)
        liked = _LIKED.get(row.item, 6)
        wishes[row.number] = Wish.WANTS if draw <= liked else Wish.AGAINST if draw >= 9 else Wish.WITHOUT
    wanted = [number for number, said in wishes.items() if said is Wish.WANTS]
    random.shuffle(wanted)
    return Given(
        side=Side.USERS if random.randint(1, 12) == 1 else Side.OWNERS,
        channel=random.choice([Channel.PAPER, Channel.VISIT]), wishes=wishes, priorities=wanted[:3],
        willing=random.choice([Willing.YES, Willing.YES, Willing.NO, Willing.UNSURE]),
        pledges={
            pledge: random.choice(_REPLIED[pledge]) for pledge in _REPLIED if random.randint(1, 10) > 1
        },
        words=random.choice(_WORDS) if random.randint(1, 15) == 1 else "",
    )  # fmt: skip


def _settle(asked: Round, clerk: User, now: datetime) -> None:
    """The will judged, the list fixed with one item beyond the wishes, the application handed in."""
    results, today = results_of(asked), local_date(now)
    judge_will(
        round=asked, judged={"resident_will_strong": True, "property_fee_promise": True}, today=today,
        why="八成以上的户答复，多数内容想要的户多于不要的户，愿意按时交物业费的过半（虚构）", by=clerk, now=now,
    )  # fmt: skip
    chosen = {number for number, cell in results.whole.cells.items() if cell.wished}
    chosen |= {row.number for row in results.items if row.item == "sponge_city"}
    reasons = dict.fromkeys(departures(chosen, results.whole.cells), "专项工程统筹，一次挖开一并做（虚构）")
    made = fix_content_list(round=asked, chosen=chosen, reasons=reasons, by=clerk, now=now)
    file_application(
        content_list=made, filed_on=today, applicant="居民小组（虚构）", receiver=f"{asked.compound.street}办事处",
        today=today, by=clerk, now=now,
    )  # fmt: skip


def _publish(asked: Round, clerk: User, now: datetime) -> None:
    """The results on show, with the words begun from them; the list of contents drafted and not yet published."""
    listed = asked.content_lists.all()[0]
    contact = f"{asked.compound.street}办事处，工作日 9:00—17:00，电话 0574-0000（虚构）"
    found = (("consultation", SUBJECTS[0], asked), ("contents", SUBJECTS[1], listed))
    for kind, subject, row in found:
        begun = subject.begin(clerk, row.pk, kind)
        notice = notices.draft_notice(
            kind=kind, words=Words(begun.title, begun.text, contact), where=asked.compound, by=clerk, now=now,
            about=NamedObject(subject.kind, row.pk, f"{row}"),
        )  # fmt: skip
        if kind == "consultation":
            notices.publish_notice(
                notice=notice, starts_on=local_date(now), length=Length(7, Unit.CALENDAR),
                basis="文件没有规定天数，与社区居委会商定（演示）", by=clerk, now=now,
            )  # fmt: skip


def _resident(asked: Round, worker: User, now: datetime) -> None:
    """One resident who has not answered yet, bound to a dwelling as its owner."""
    owned = Ownership.objects.filter(until=None, dwelling__compound=asked.compound).values("dwelling")
    rows = asked.households.filter(left_off="", responses=None, dwelling__in=owned)
    waiting: Household | None = rows.select_related("dwelling__building").first()
    if waiting is None:
        return
    _, code = send_code(phone=RESIDENT_PHONE, address="127.0.0.1", now=now)
    enter(phone=RESIDENT_PHONE, code=code, address="127.0.0.1", now=now)
    dwelling = waiting.dwelling
    binding = ask_binding(
        account=Account.objects.order_by("-pk")[0], compound=asked.compound, building=dwelling.building.name,
        room=dwelling.room, relation=DwellingBinding.Relation.FAMILY, now=now,
    )  # fmt: skip
    confirm_binding(binding=binding, dwelling=dwelling, by=worker, now=now)
