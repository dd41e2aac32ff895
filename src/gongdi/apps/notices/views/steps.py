"""The steps of a notice, each a page of its own or a button, and objections as staff enter and answer them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from gongdi.apps.accounts.access import person
from gongdi.apps.notices import access, objection_services, services
from gongdi.apps.notices.files import lack_of
from gongdi.apps.notices.forms import AnswerForm, EndForm, EnterForm, PostingForm, PublishForm, WhyForm, tomorrow
from gongdi.apps.notices.views.office import page_of
from gongdi.apps.places.services import RefusedError
from gongdi.web import clock
from gongdi.web.asking import Page, asked


@require_http_methods(["GET", "POST"])
def publish_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish a draft."""
    user = person(request)
    notice = access.get_notice(user, pk, access.KEEP)
    form = PublishForm(request.POST or None, initial={"starts_on": tomorrow(), "unit": notice.unit})
    lack = lack_of(notice)
    note = "发布后内容不能再改，只能更正后重新公示。" + (f"\n{lack}" if lack else "")
    page = Page("发布公示", "发布", page_of(notice), notice.title, "已发布。请打印张贴，并登记张贴照片。", note)
    return asked(
        request, form, page,
        lambda: services.publish_notice(
            notice=notice, starts_on=form.cleaned_data["starts_on"], length=form.length,
            basis=form.cleaned_data["basis"], by=user, now=clock.now(),
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def record_posting(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a notice was put up."""
    user = person(request)
    notice = access.get_notice(user, pk, access.POST)
    form = PostingForm(request.POST or None, request.FILES or None, initial={"posted_on": clock.today()})
    note = "第一次张贴晚于公示开始的，公示期从张贴那天起重新计算。"
    page = Page("登记张贴", "登记", page_of(notice), notice.title, "已登记。", note)
    return asked(
        request, form, page,
        lambda: services.record_posting(notice=notice, **form.cleaned_data, by=user, now=clock.now()),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def end_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that a notice was taken down after its period."""
    user = person(request)
    notice = access.get_notice(user, pk, access.KEEP)
    form = EndForm(request.POST or None, initial={"ended_on": clock.today()})
    page = Page("登记期满", "登记", page_of(notice), notice.title, "已登记。异议都答复后可以生效。")
    return asked(
        request, form, page,
        lambda: services.end_notice(notice=notice, **form.cleaned_data, by=user, now=clock.now()),
    )  # fmt: skip


@require_POST
def finish_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a notice final."""
    user = person(request)
    notice = access.get_notice(user, pk, access.KEEP)
    try:
        services.finish_notice(notice=notice, by=user, now=clock.now())
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "公示已生效。")
    return redirect(page_of(notice))


@require_http_methods(["GET", "POST"])
def withdraw_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a notice."""
    user = person(request)
    notice = access.get_notice(user, pk, access.KEEP)
    form = WhyForm(request.POST or None)
    waiting = notice.objections.filter(answered_at=None).count()
    note = f"还有 {waiting} 条异议和询问没有答复。撤回免不了答复：请先答复，或撤回以后照样逐条答复。" if waiting else ""
    page = Page("撤回公示", "撤回", page_of(notice), notice.title, "已撤回，公开页面写明原因。", note)
    return asked(
        request, form, page,
        lambda: services.withdraw_notice(notice=notice, **form.cleaned_data, by=user, now=clock.now()),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def enter_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an objection or question that came on paper, by telephone or in person."""
    user = person(request)
    notice = access.get_notice(user, pk, access.ENTER)
    form = EnterForm(request.POST or None, initial={"received_on": clock.today()})
    page = Page("录入异议或询问", "录入", page_of(notice), notice.title, "已录入。")
    return asked(
        request, form, page,
        lambda: objection_services.enter_objection(
            notice=notice, said=form.said, teller=form.teller, by=user, now=clock.now()
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def answer_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection or question."""
    user = person(request)
    row = access.get_objection(user, pk)
    form = AnswerForm(row, request.POST or None)
    note = f"{row.who}（{row.get_channel_display()}，{row.received_on:%Y-%m-%d} 收到）：{row.text}"
    page = Page(f"答复{row.get_kind_display()}", "答复", page_of(row.notice), row.notice.title, "已答复。", note)
    return asked(
        request, form, page,
        lambda: objection_services.answer_objection(objection=row, answer=form.answer, by=user, now=clock.now()),
    )  # fmt: skip
