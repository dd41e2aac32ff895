"""Results of a round: counts, export, words of residents, what they say of the will."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.accounts.models import User
from gongdi.apps.consultation import access, queries, services
from gongdi.apps.consultation.export import results_workbook
from gongdi.apps.consultation.forms.deciding import JudgeForm
from gongdi.apps.consultation.masking import masked
from gongdi.apps.consultation.models import Round
from gongdi.apps.consultation.presenting import ROUNDING, ResultsShown, results_shown
from gongdi.apps.consultation.publishing import ROUND
from gongdi.apps.notices.panel import of_object
from gongdi.apps.places.services import RefusedError
from gongdi.web import clock
from gongdi.web.words import separated

OVER = Round.State.CLOSED.value


def _shown(asked: Round, user: User) -> ResultsShown:
    # While a round runs, its counts are for those alone who see the answers anyway.
    if asked.state != OVER:
        require(user, access.ANSWERS, asked.compound.place)
    small = user.may(access.ANSWERS, asked.compound.place)
    return results_shown(asked, queries.results_of(asked), small=small)


@require_GET
def see_results(request: HttpRequest, pk: int) -> HttpResponse:
    """The results, of the whole and by building; a page to print."""
    user = person(request)
    asked = access.get_round(user, pk, access.SEE, OVER, Round.State.OPEN.value)
    place = asked.compound.place
    context = {
        "round": asked, "shown": _shown(asked, user), "coverage": queries.coverage(asked), "rounding": ROUNDING,
        "may_keep": user.may(access.KEEP, place), "may_see_answers": user.may(access.ANSWERS, place),
        "now": clock.now(),
        "published": of_object(
            user, (ROUND, pk), asked.compound, "consultation",
            "文件没有规定必须公示结果；先公示、再定改造内容，以后争议少。", must_end=False,
        ) if asked.state == OVER else None,
    }  # fmt: skip
    return render(request, "consultation/results.html", context)


@require_GET
def export_results(request: HttpRequest, pk: int) -> FileResponse:
    """The results as a workbook: exactly what the page shows to this person."""
    user = person(request)
    asked = access.get_round(user, pk, access.SEE, OVER, Round.State.OPEN.value)
    return results_workbook(asked, _shown(asked, user), clock.now())


@require_GET
def see_words(request: HttpRequest, pk: int) -> HttpResponse:
    """What residents said in words, without what could tell who said it."""
    asked = access.get_round(person(request), pk, access.ANSWERS, OVER, Round.State.OPEN.value)
    words = [(row.at, row.get_side_display(), masked(row.words)) for row in queries.words_of(asked)]
    return render(request, "consultation/words.html", {"round": asked, "words": words})


def _told(shown: ResultsShown) -> dict[str, str]:
    """By fact the numbers of a round that bear on it, in words."""

    def counts(rows: Sequence[tuple[str, int]]) -> str:
        return "，".join(f"{word} {separated(number)} 户" for word, number in rows)

    whole = shown.whole
    found = {
        "resident_will_strong": f"共 {separated(whole.households)} 户，答复 {separated(whole.answered)} 户",
        "voluntary_contribution": f"业主那一份：{counts(shown.willing)}",
    }
    return found | {fact: f"{words}：{counts(rows)}" for fact, words, rows in shown.pledges}


@require_http_methods(["GET", "POST"])
def judge_will(request: HttpRequest, pk: int) -> HttpResponse:
    """State what the numbers say of the residents' will; the decisions then read it."""
    user = person(request)
    asked = access.get_round(user, pk, access.KEEP, OVER)
    before = {name: "yes" if value else "no" for name, value in asked.judged.items()}
    shown = _shown(asked, user)
    form = JudgeForm(_told(shown), request.POST or None, initial=before)
    if form.is_valid():
        why = form.cleaned_data["why"]
        try:
            services.judge_will(round=asked, judged=form.judged, why=why, today=clock.today(), by=user, now=clock.now())
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已认定，政策判定会用到。")
            return redirect("consultation:see_results", pk=pk)
    context = {"form": form, "title": "认定居民意愿", "button": "认定", "round": asked,
               "shown": shown}  # fmt: skip
    return render(request, "consultation/judge.html", context, status=422 if form.errors else 200)
