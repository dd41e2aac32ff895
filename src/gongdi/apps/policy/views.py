from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts.access import person, require
from gongdi.apps.places.access import get_compound
from gongdi.apps.places.facts import facts_of
from gongdi.apps.places.models import Compound, Division
from gongdi.apps.places.services import RefusedError
from gongdi.apps.policy import access, queries, services
from gongdi.apps.policy.asking import asking
from gongdi.apps.policy.comparing import asked_sides, comparison
from gongdi.apps.policy.comparing_book import comparison_workbook
from gongdi.apps.policy.deciding import Verdict, answer_for, answering_pack
from gongdi.apps.policy.documents import documents, documents_workbook
from gongdi.apps.policy.drafts import library_with_drafts
from gongdi.apps.policy.forms import PackForm
from gongdi.apps.policy.kept import kept_survey, kept_verdicts
from gongdi.apps.policy.packs import governing, library
from gongdi.apps.policy.presenting import card_of
from gongdi.apps.policy.replaying import replay
from gongdi.core.policy import Answer
from gongdi.core.policy.vocabulary import UNDETERMINED
from gongdi.exchange.packfiles import unusable_packs
from gongdi.web import clock

SURVEY_LINES = 50
"""Compounds on a page of the survey list."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def see_packs(request: HttpRequest) -> HttpResponse:
    user = person(request)
    require(user, access.SEE)
    places = queries.places_in_force()
    packs = [
        (pack, queries.LEVELS.get(pack.document.level, ""), places.get(slug, []))
        for slug, pack in library().packs.items()
    ]
    context = {
        "packs": packs,
        "may_set": user.may_anywhere("policy.set_pack"),
        "unusable": list(unusable_packs().values()),
    }
    return render(request, "policy/packs.html", context)


@require_GET
def see_pack(request: HttpRequest, slug: str) -> HttpResponse:
    pack = access.get_pack(person(request), slug)
    context = {
        "pack": pack,
        "level": queries.LEVELS.get(pack.document.level, ""),
        "catalogue": queries.catalogue_of(pack),
        "sections": queries.sections_of(pack),
        "places": queries.places_in_force().get(slug, []),
    }
    return render(request, "policy/pack.html", context)


@require_GET
def see_coverage(request: HttpRequest) -> HttpResponse:
    """Every section of every document accounted for: how many go where."""
    require(person(request), access.SEE)
    return render(request, "policy/coverage.html", {"rows": queries.coverage()})


@require_GET
def export_coverage(request: HttpRequest) -> HttpResponse:
    require(person(request), access.SEE)
    headers = {"Content-Disposition": "attachment; filename=coverage.xlsx"}
    return HttpResponse(queries.coverage_workbook(), content_type=XLSX, headers=headers)


@require_GET
def see_documents(request: HttpRequest) -> HttpResponse:
    """The documents held and those that they cite, with number, issuer, period and status."""
    require(person(request), access.SEE)
    return render(request, "policy/documents.html", {"documents": documents()})


@require_GET
def export_documents(request: HttpRequest) -> HttpResponse:
    require(person(request), access.SEE)
    headers = {"Content-Disposition": "attachment; filename=documents.xlsx"}
    return HttpResponse(documents_workbook(), content_type=XLSX, headers=headers)


@require_GET
def see_table(request: HttpRequest, slug: str, decision: str) -> HttpResponse:
    pack = access.get_pack(person(request), slug)
    if decision not in pack.tables:
        raise Http404
    table = pack.tables[decision]
    context = {"pack": pack, "table": table, "clauses": queries.clauses_of(pack, decision)}
    return render(request, "policy/table.html", context)


@require_GET
def compare_packs(request: HttpRequest) -> HttpResponse:
    """Two packs or two days clause by clause, and who changes sides."""
    user = person(request)
    require(user, access.SEE)
    sides = asked_sides(user, request.GET.dict())
    context = {
        "sides": sides,
        "about": library().vocabulary.decisions[sides.decision],
        "packs": list(library_with_drafts(user).packs.items()),
        "decisions": list(library().vocabulary.decisions.items()),
        "may_try": user.may_anywhere(access.TRY),
        **comparison(user, sides),
    }
    return render(request, "policy/compare.html", context)


@require_GET
def export_comparison(request: HttpRequest) -> HttpResponse:
    """The comparison that an address asks for as a workbook: compounds, money, clauses."""
    user = person(request)
    require(user, access.SEE)
    sides = asked_sides(user, request.GET.dict())
    headers = {"Content-Disposition": "attachment; filename=comparison.xlsx"}
    return HttpResponse(comparison_workbook(sides, comparison(user, sides)), content_type=XLSX, headers=headers)


@require_GET
def see_decision(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """One decision about a compound as an officer's note, ready to print."""
    user = person(request)
    compound = get_compound(user, pk, access.SEE_DECISIONS)
    ground = governing(compound.place)
    regulating = answering_pack(ground, decision) if ground is not None else None
    if ground is None or regulating is None:
        raise Http404
    english = request.GET.get("language") == "en"
    question = asking(regulating.tables[decision], request.GET, english=english)
    answer = answer_for(compound, decision, ground, {**facts_of(compound), **question.facts})
    card = card_of(answer, ground.pack, decision, english=english)
    used = queries.facts_used(compound, answer, question.facts, english=english) if isinstance(answer, Answer) else []
    records = access.visible_records(user).filter(compound=compound, decision=decision)[:10]
    context = {
        "compound": compound,
        "ground": ground,
        "card": card,
        "unasked": any(name in question.names for name, *_ in card.missing),
        "english": english,
        "asking": question,
        "source": library().packs[answer.pack] if isinstance(answer, Answer) else ground.pack,
        "facts": used,
        "records": records,
        "may_store": user.may(access.STORE, compound.place),
        "may_record": user.may("places.record_fact", compound.place),
    }
    return render(request, "policy/decision.html", context)


@require_POST
def store_decision(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    user = person(request)
    compound = get_compound(user, pk, access.STORE)
    try:
        row = services.store_decision(
            compound=compound, decision=decision, asked=_asked(compound, decision, request), by=user, now=clock.now()
        )
    except RefusedError as refused:
        messages.error(request, str(refused))
        return redirect("places:see_compound", pk=pk)
    messages.success(request, "判定已留存，可随时重放核对。")
    return redirect("policy:see_record", pk=row.pk)


def _asked(compound: Compound, decision: str, request: HttpRequest) -> Mapping[str, Any]:
    """What the question that is kept said itself."""
    ground = governing(compound.place)
    regulating = answering_pack(ground, decision) if ground is not None else None
    return asking(regulating.tables[decision], request.POST).facts if regulating is not None else {}


@require_GET
def see_record(request: HttpRequest, pk: int) -> HttpResponse:
    """A stored decision, replayed on the facts that were stored with it."""
    record = access.get_record(person(request), pk)
    english = request.GET.get("language") == "en"
    pack = library().packs.get(record.pack)
    context = {
        "record": record,
        "replayed": replay(record, english=english),
        "english": english,
        "source": pack,
        "about": library().vocabulary.decisions[record.decision],
        "facts": record.answer.get("facts_told", {}).get("en" if english else "zh", []),
    }
    return render(request, "policy/record.html", context)


@require_GET
def see_survey(request: HttpRequest) -> HttpResponse:
    """What to survey next: the missing facts of the scope decision, ranked, and the compounds that lack each."""
    user = person(request)
    require(user, access.SEE_DECISIONS)
    groups = []
    for ground, compounds in queries.governed(queries.listed(user)):
        numbers, source = [row.pk for row in compounds], f"{ground.pack.slug}_{ground.as_of.isoformat()}"
        found = kept_verdicts(numbers, "scope")
        undecided = [pk for pk in numbers if _is_open(found[pk])]
        wanted = request.GET.get("page") if request.GET.get("source") == source else None
        page = Paginator(undecided, SURVEY_LINES).get_page(wanted)
        rows = queries.with_divisions(list(page))
        groups.append(
            {
                "ground": ground,
                "total": len(compounds),
                "needs": kept_survey(undecided, ground),
                "page": page,
                "open": [(rows[pk], found[pk]) for pk in page],
                "source": source,
            }
        )
    facts = library().vocabulary.facts
    return render(request, "policy/survey.html", {"groups": groups, "words": {name: f.zh for name, f in facts.items()}})


def _is_open(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.outcome == UNDETERMINED


@require_http_methods(["GET", "POST"])
def set_pack(request: HttpRequest, place: str) -> HttpResponse:
    """Say which pack governs a place."""
    user = person(request)
    require(user, "policy.set_pack", place)
    division = get_object_or_404(Division, code=place, system="nbs")
    ground = governing(place)
    known = {"pack": ground.pack.slug, "as_of": ground.as_of if ground.fixed else None} if ground else {}
    form = PackForm(request.POST or None, initial=known)
    if form.is_valid():
        services.set_pack(place=place, by=user, now=clock.now(), **form.cleaned_data)
        messages.success(request, f"{division.name}的适用政策已设定。")
        if told := queries.elsewhere(division, form.cleaned_data["pack"]):
            messages.warning(request, told)
        return redirect("policy:see_packs")
    context = {"form": form, "division": division}
    return render(request, "policy/set_pack.html", context, status=422 if form.errors else 200)
