"""Residents of one made-up compound, each come in by phone and with a ballot to cast in votes that run.

`python -m benchmarks.voters prepare OWNERS VOTES FOLDER` fills the database of the settings and writes FOLDER/N.json,
the requests of vote N, and FOLDER/bare-N.json, as many for the peer; `refresh` renews their sessions; `check` closes
the votes and recounts them.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

CSRF = "a" * 32
UNSEALED = b""


def _people(owners: int, now: datetime) -> dict[int, str]:
    """A compound whose every dwelling has an owner with an account and a session: tokens by dwelling."""
    from gongdi.apps.dwellings.models import Building, Dwelling, Owner, Ownership
    from gongdi.apps.places.models import Compound
    from gongdi.apps.residents.models import Account, DwellingBinding, ResidentSession
    from gongdi.apps.residents.services import token_digest

    home = Compound.objects.order_by("pk")[0]
    house = Building.objects.create(compound=home, name="测试楼")
    rooms = [Dwelling(compound=home, building=house, stairwell=f"{n // 100 + 1}单元", room=f"{n % 100 + 1}", area=8_000)
             for n in range(owners)]  # fmt: skip
    rooms = Dwelling.objects.bulk_create(rooms)
    own = Owner.objects.bulk_create(
        Owner(compound=home, name_sealed=b"-", name_masked="测**", name_digest=f"{n:064x}") for n in range(owners)
    )
    Ownership.objects.bulk_create(
        Ownership(dwelling=room, owner=owner, since=date(2020, 1, 1)) for room, owner in zip(rooms, own, strict=True)
    )
    accounts = Account.objects.bulk_create(
        Account(phone_sealed=b"-", phone_masked="138****0000", phone_digest=f"{n:064x}", made_at=now)
        for n in range(owners)
    )
    DwellingBinding.objects.bulk_create(
        DwellingBinding(
            account=account, compound=home, building="测试楼", room=room.room, relation="owner", dwelling=room,
            state="confirmed", asked_at=now, decided_at=now, owners=[owner.pk],
        )
        for account, room, owner in zip(accounts, rooms, own, strict=True)
    )  # fmt: skip
    tokens = {room.pk: f"token-{room.pk:010d}" for room in rooms}
    ResidentSession.objects.bulk_create(
        ResidentSession(account=account, token_digest=token_digest(tokens[room.pk]), started_at=now, seen_at=now)
        for account, room in zip(accounts, rooms, strict=True)
    )
    return tokens


def _opened(by: Any, number: int, now: datetime) -> Any:
    from gongdi.apps.places.models import Compound
    from gongdi.apps.voting.services import draft_vote, freeze_roll, open_vote
    from gongdi.core.voting.rules import RULES

    matters = [
        ("是否同意改造方案", RULES["civil-code-2021-special"]),
        ("是否加装电梯", RULES["civil-code-2021-special"]),
    ]
    vote = draft_vote(
        compound=Compound.objects.order_by("pk")[0], title=f"测试表决{number}", scope="compound", building=None,
        stairwell="", since=now - timedelta(minutes=1), until=now + timedelta(days=1), precedence="last", changes=True,
        matters=matters, by=by, now=now,
    )  # fmt: skip
    return open_vote(vote=freeze_roll(vote=vote, on=date(2026, 1, 1), by=by, now=now), by=by, now=now)


def prepare(owners: int, votes: int, folder: Path) -> None:
    """Fill the database and write the requests."""
    from django.db import connection

    from benchmarks.bare_view import TABLE
    from benchmarks.city import list_compounds
    from gongdi.apps.accounts.models import User
    from gongdi.web import clock

    list_compounds(1)
    by, now = User.objects.create(username="bench", display_name="测量员"), clock.now()
    tokens = _people(owners, now)
    for number in range(votes):
        vote, asked = _opened(by, number, now), []
        for unit, room in vote.units.filter(dwellings__in=list(tokens)).values_list("pk", "dwellings"):
            cookie = f"gongdi_csrf={CSRF}; gongdi_resident={tokens[room]}"
            body = {"csrfmiddlewaretoken": CSRF, "key": f"bench-{unit:010d}", "matter_1": "yes", "matter_2": "no",
                    "mine": "on"}  # fmt: skip
            asked.append({"path": f"/my/votes/{unit}/", "cookie": cookie, "body": urlencode(body)})
        (folder / f"{number}.json").write_text(json.dumps(asked), encoding="ascii")
        bare = [{"path": "/bare/", "cookie": cookie, "body": f"ballot={number}-{row}&household={row}"}
                for row in range(len(asked))]  # fmt: skip
        (folder / f"bare-{number}.json").write_text(json.dumps(bare), encoding="ascii")
    with connection.cursor() as cursor:
        cursor.execute(TABLE)


def refresh() -> None:
    """Let every resident have looked at a page just now, as they have who send its form."""
    from gongdi.apps.residents.models import ResidentSession
    from gongdi.web import clock

    now = clock.now()
    ResidentSession.objects.update(seen_at=now, started_at=now)


def check() -> None:
    """Every vote holds one ballot a unit, and the one-file verifier finds nothing wrong."""
    from gongdi.apps.accounts.models import User
    from gongdi.apps.audit.chain import check as check_chain
    from gongdi.apps.audit.models import Event, Head
    from gongdi.apps.voting.models import Vote
    from gongdi.apps.voting.queries import public_file
    from gongdi.apps.voting.services import close_vote
    from gongdi.verifier import verify

    by = User.objects.get(username="bench")
    for vote in Vote.objects.all():
        closed = close_vote(vote=vote, by=by, now=vote.until + timedelta(seconds=1))
        found = verify.Vote("\n".join(public_file(closed)).encode())
        found.check()
        assert found.faults == [], found.faults
        assert closed.ballots.count() == closed.units.filter(votable=True).count() == len(found.columns[0])
    head = Head.objects.get(pk=1)
    said = check_chain(Event.objects.order_by("number").iterator(), head.number, head.digest)
    assert said.fault is None, said.fault
    print(f"{Vote.objects.count()} votes recounted, {said.links} events in the chain")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdi.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    if sys.argv[1] == "prepare":
        call_command("migrate", interactive=False, verbosity=0)
        prepare(int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
    elif sys.argv[1] == "refresh":
        refresh()
    else:
        check()
