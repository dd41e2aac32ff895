"""Pages of a resident: the notices of my home, objecting or asking, what I raised and its answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.notices import access, objection_services, queries
from gongdi.apps.notices.forms import SaidForm
from gongdi.apps.notices.models import IN_FORCE, Notice
from gongdi.apps.notices.views.open_to_all import show_notice
from gongdi.apps.organisations.contacts import Contact, whom_to_ask
from gongdi.apps.residents.access import resident, resident_page
from gongdi.web import clock
from gongdi.web.asking import Page, asked


@require_GET
@resident_page
def see_own_notices(request: HttpRequest) -> HttpResponse:
    """The notices of my homes, and what I raised about them."""
    account = resident(request).account
    context = {
        "notices": queries.homes_first(access.own_notices(account)),
        "objections": queries.own_objections(account),
    }
    return render(request, "notices/own.html", context)


@require_GET
@resident_page
def see_own_notice(request: HttpRequest, code: str) -> HttpResponse:
    """A published notice, for a resident who has come in."""
    return show_notice(request, access.get_public(code), own=True)


def _contact(notice: Notice) -> Contact | None:
    return whom_to_ask(notice.compound) if notice.compound is not None else None


@require_http_methods(["GET", "POST"])
@resident_page
def raise_objection(request: HttpRequest, code: str) -> HttpResponse:
    """Object or ask about a notice of my home."""
    account = resident(request).account
    notice = access.get_own_notice(account, code)
    if notice is None:
        shown = access.get_public(code)
        return render(request, "notices/not_own.html", {"code": code, "contact": _contact(shown)})
    if request.method == "GET" and notice.state not in IN_FORCE:
        return redirect("notices:see_own_notice", code=code)
    over = notice.ends_on is not None and clock.today() > notice.ends_on
    form = SaidForm(over, request.POST or None)
    back = reverse("notices:see_own_notices")
    page = Page("提意见", "提交", back, "返回我的意见", "已收到。答复会显示在这里。")
    return asked(
        request, form, page,
        lambda: objection_services.raise_objection(notice=notice, said=form.said, by=account, now=clock.now()),
        template="notices/raise_objection.html", more={"notice": notice, "contact": _contact(notice), "over": over},
    )  # fmt: skip
