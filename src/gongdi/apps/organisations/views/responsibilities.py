"""The responsibility list: what each department has to do by the policy in force, with the section."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongdi.apps.accounts.access import person, require
from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.organisations import access, queries
from gongdi.apps.organisations.export import responsibilities_workbook
from gongdi.apps.organisations.sources import departments, governing
from gongdi.web import clock


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which department ("" for all) by which pack is asked for, and where that pack is in force."""

    place: str
    pack: tuple[str, str] | None
    department: str
    county: str
    counties: tuple[tuple[str, str], ...]
    unplaced: bool
    """Whether a department's officer asks whose organisation is not registered as a department."""


def _wanted(request: HttpRequest, user: User) -> Wanted:
    """A department sees its own duties unless it asks for others (`department=` empty)."""
    counties = tuple(queries.counties_with_packs(user))
    names = dict(counties)
    county = request.GET.get("county", "")
    if county not in names:
        county = counties[0][0] if counties else ""
    own = queries.departments_of(user)
    asked = request.GET.get("department", own[0] if own else "")
    kinds = {each.post.kind for each in user.authorities_for(access.SEE)}
    return Wanted(
        place=names.get(county, ""),
        pack=governing.pack_of(county) if county else None,
        department=asked if asked in departments() else "",
        county=county,
        counties=counties,
        unplaced=not own and kinds == {PostKind.DEPARTMENT_OFFICER},
    )


@require_GET
def see_responsibilities(request: HttpRequest) -> HttpResponse:
    """The duties by the pack in force in the person's county."""
    user = person(request)
    require(user, access.SEE)
    wanted = _wanted(request, user)
    every = queries.duties_by_department(wanted.pack[0]) if wanted.pack else []
    choices = [(each.key, each.name, len(each.rows)) for each in every]
    name = departments()[wanted.department].zh if wanted.department else ""
    if every and name and wanted.department not in {key for key, _, _ in choices}:
        choices.append((wanted.department, name, 0))
    context = {
        "department": name,
        "wanted": wanted,
        "groups": [each for each in every if wanted.department in ("", each.key)],
        "choices": choices,
        "mechanism": queries.mechanism_of(wanted.pack[0]) if wanted.pack and not wanted.department else [],
    }
    return render(request, "organisations/responsibilities.html", context)


@require_GET
def export_responsibilities(request: HttpRequest) -> FileResponse:
    """What see_responsibilities shows, as a workbook."""
    user = person(request)
    require(user, access.SEE)
    wanted = _wanted(request, user)
    groups = queries.duties_by_department(wanted.pack[0], wanted.department) if wanted.pack else []
    title = f"{wanted.place} {wanted.pack[1]}" if wanted.pack else "没有适用的政策"
    return responsibilities_workbook(groups, title, clock.now())
