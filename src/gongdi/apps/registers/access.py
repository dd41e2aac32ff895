"""The only door to yearly registers: 404 for what is not yours, 403 for what you may not do."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require, within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.places.access import visible_compounds
from gongdi.apps.places.models import Compound
from gongdi.apps.registers.models import RegisterLine, YearRegister

SEE = "registers.see_registers"
KEEP = "registers.keep_register"


def visible_registers(user: User) -> QuerySet[YearRegister]:
    """The registers of the counties that a person's places hold. Streets and communities see what stands on them of
    their own compounds (visible_lines)."""
    return within_reach(YearRegister.objects.select_related("county"), user, SEE)


def get_register(user: User, pk: int, permission: str = SEE) -> YearRegister:
    """A register for a purpose."""
    found = visible_registers(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    if permission != SEE:
        require(user, permission, found.place)
    return found


def visible_lines(user: User) -> QuerySet[RegisterLine]:
    """The lines of all registers about compounds that a person may see."""
    if not user.may_anywhere(SEE):
        return RegisterLine.objects.none()
    return RegisterLine.objects.filter(compound__in=visible_compounds(user))


def lines_about(user: User, compound: Compound) -> QuerySet[RegisterLine]:
    """On which years' registers a compound stands or stood, the latest first."""
    rows = visible_lines(user).filter(compound=compound).select_related("register")
    return rows.order_by("-register__year", "-pk")


def get_line(user: User, pk: int) -> RegisterLine:
    """A line that stands, for who keeps its register."""
    found = visible_lines(user).filter(pk=pk, removed_at=None).select_related("register", "compound").first()
    if found is None:
        raise Http404
    require(user, KEEP, found.register.place)
    return found


def listable(user: User, register: YearRegister) -> QuerySet[Compound]:
    """The compounds of the register's county that do not stand on it yet."""
    standing = register.lines.filter(removed_at=None).values("compound")
    rows = visible_compounds(user).filter(county=register.county).exclude(pk__in=standing)
    return rows.select_related("street", "community")
