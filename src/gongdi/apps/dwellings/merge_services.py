"""Two records that are one owner (合并业主): said by a person with the reason, never by name alone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.dwellings.models import Owner, Ownership
from gongdi.apps.dwellings.queries import overlapping
from gongdi.apps.dwellings.services import OWNER_GUARDS, OwnerTold, refuse_while_taken_back
from gongdi.apps.dwellings.tallies import refresh_tallies
from gongdi.apps.places.services import RefusedError
from gongdi.web.turns import wait_turn


@transaction.atomic
def merge_owner(*, owner: Owner, other: Owner, why: str, by: User, now: datetime) -> Owner:
    """Give all that another record holds or held to this owner (合并业主); the other record stays, as merged.

    Heads are counted by owner: rolls fixed later count one head less, frozen ones keep what they froze.

    Raises:
        RefusedError: they are not of one compound and name, their numbers differ, one is merged already, both hold
            shares of one dwelling at the same time, or a later app has something against it.
    """
    wait_turn(f"dwellings.owners:{owner.compound_id}")
    refuse_while_taken_back(owner.compound_id)
    rows = Owner.objects.select_for_update(of=("self",)).select_related("compound")
    known = {row.pk: row for row in rows.filter(pk__in=[owner.pk, other.pk]).order_by("pk")}
    kept, gone = known[owner.pk], known[other.pk]
    fault = fault_of_merging(kept, gone) or next((said for guard in OWNER_GUARDS if (said := guard(gone, _ANY))), "")
    if fault:
        raise RefusedError(fault)
    moved = Ownership.objects.filter(owner=gone).update(owner=kept)
    taken = _what_was_lacking(kept, gone)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into", "number_digest"])
    if taken:
        kept.save(update_fields=taken)
    refresh_tallies([kept.compound_id], now)
    after = {"owners": [kept.pk], "rows": moved}
    record("dwellings.merge_owner", by=by, on=gone, after=after, why=why, place=kept.compound.place, at=now)
    return kept


_ANY = OwnerTold(phone="-")
"""As if the phone were corrected: what stands against that stands against merging too."""


def fault_of_merging(kept: Owner, gone: Owner) -> str:
    """Why two records cannot be made one; "" when they can."""
    if kept.pk == gone.pk or kept.compound_id != gone.compound_id:
        return "只能合并同一小区的两条业主记录。请重新选择。"
    if kept.merged_into_id or gone.merged_into_id:
        return "其中一条记录已经合并过。请刷新页面。"
    if kept.name_digest != gone.name_digest:
        return "两处姓名不同，不能合并。是同一人的，请先更正姓名。"
    if kept.number_digest and gone.number_digest and kept.number_digest != gone.number_digest:
        return "两处证件号码不同，是两位业主，不能合并。号码录错的，请先更正。"
    both = overlapping(kept, gone)
    if both is not None:
        return f"两处同时持有 {both} 的份额，合并会把份额重叠。请先在房屋页面登记更正后的产权。"
    return ""


def _what_was_lacking(kept: Owner, gone: Owner) -> list[str]:
    """Take the number and phone that only the other record has; the columns changed."""
    columns = []
    for name in ("number", "phone"):
        if not getattr(kept, f"{name}_digest") and getattr(gone, f"{name}_digest"):
            for part in ("sealed", "masked", "digest"):
                setattr(kept, f"{name}_{part}", getattr(gone, f"{name}_{part}"))
                columns.append(f"{name}_{part}")
    # A number stands once in a compound.
    gone.number_digest = ""
    return columns
