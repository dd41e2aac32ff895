"""Holding who owns what in a compound still (名册不动), for what is fixed on it: the roll of a vote."""

from __future__ import annotations

from gongdi.apps.dwellings.models import Dwelling, DwellingImport, Ownership
from gongdi.apps.places.services import RefusedError
from gongdi.web.turns import wait_turn

_MOVING = (DwellingImport.State.KEEPING, DwellingImport.State.UNDOING)


def hold_still(compound: int) -> None:
    """Hold the owners of a compound as they are until the transaction ends; call it before they are read.

    Raises:
        RefusedError: a roll is half written or half taken back there, so that some of its dwellings or owners lack.
    """
    wait_turn(f"dwellings.owners:{compound}")
    undone = DwellingImport.objects.filter(state=DwellingImport.State.UNDOING).order_by()
    if (
        any(compound in told for told in undone.values_list("compounds", flat=True))
        or Dwelling.objects.filter(compound=compound, brought_by__state__in=_MOVING).exists()
        or Ownership.objects.filter(dwelling__compound=compound, brought_by__state__in=_MOVING).exists()
    ):
        raise RefusedError("本小区的房屋清册正在入库或撤销，名册还不齐。请待“房屋清册导入”里办理完成后再试。")
