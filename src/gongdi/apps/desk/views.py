"""The start page, and the tasks that people give one another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts.access import person, require
from gongdi.apps.desk import access, queries, services
from gongdi.apps.desk.forms import FinishForm, HandOverForm, MoveForm, TaskForm
from gongdi.apps.desk.models import Task
from gongdi.apps.places.services import RefusedError
from gongdi.apps.workdays.known import calendar
from gongdi.web import clock
from gongdi.web.duties import duties

PER_PAGE = 50


@require_GET
def see_desk(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the person, dated things first."""
    user, now = person(request), clock.now()
    context = {
        "duties": queries.marked(duties.of(user, now), clock.today()),
        "today": clock.today(),
        "pool": queries.pool_summary(user),
        "may_see_facts": user.may_anywhere("places.see_facts"),
        "may_make": user.may_anywhere(access.MAKE),
    }
    return render(request, "desk/desk.html", context)


@require_GET
def see_tasks(request: HttpRequest) -> HttpResponse:
    """The tasks that concern the person."""
    user, today = person(request), clock.today()
    late, done = bool(request.GET.get("late")), bool(request.GET.get("done"))
    rows = queries.tasks_of(user, late=late, done=done, today=today)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    days = calendar()
    context = {
        "page": page,
        "lines": [(row, queries.due_mark(row.due_on, today, days)) for row in page],
        "late": late,
        "done": done,
        "base_query": "late=1" if late else "done=1" if done else "",
        "may_make": user.may_anywhere(access.MAKE),
    }
    return render(request, "desk/tasks.html", context)


@require_http_methods(["GET", "POST"])
def make_task(request: HttpRequest) -> HttpResponse:
    """Give somebody a thing to do; from a duty, its words and address are filled in."""
    user = person(request)
    require(user, access.MAKE)
    told = {name: request.GET.get(name, "") for name in ("title", "url")}
    form = TaskForm(access.colleagues(user), clock.today(), calendar(), request.POST or None, initial=told)
    if form.is_valid():
        data = form.cleaned_data
        place = next(iter(user.places_for(access.MAKE)), "")
        new = services.NewTask(data["title"], data["why"], data["url"], data["due_on"])
        task = services.make_task(new=new, holder=data["holder"], place=place, by=user, now=clock.now())
        messages.success(request, f"已交办给 {task.holder.masked_name}。")
        return redirect("desk:see_task", pk=task.pk)
    context = {"form": form, "title": "交办事项", "button": "交办"}
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


@require_GET
def see_task(request: HttpRequest, pk: int) -> HttpResponse:
    """A task: what, by when, what happened so far."""
    user = person(request)
    task = access.get_task(user, pk)
    context = {
        "task": task,
        "mark": queries.due_mark(task.due_on, clock.today(), calendar()),
        "steps": queries.steps_of(task),
        "is_holder": task.holder_id == user.pk,
        "is_maker": task.made_by_id == user.pk,
    }
    return render(request, "desk/task.html", context)


def _act(
    request: HttpRequest,
    task: Task,
    form: forms.Form,
    words: tuple[str, str],
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Show a small form about a task, or do what it says."""
    title, said = words
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            mine = access.visible_tasks(person(request)).filter(pk=task.pk).exists()
            return redirect("desk:see_task", pk=task.pk) if mine else redirect("desk:see_tasks")
    context = {"form": form, "task": task, "title": title, "button": title}
    return render(request, "desk/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def hand_over_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass a task on."""
    user = person(request)
    task = access.get_task(user, pk)
    form = HandOverForm(access.colleagues(user), request.POST or None)
    return _act(request, task, form, ("转交", "已转交。"),
                lambda data: services.hand_over_task(task=task, **data, by=user, now=clock.now()))  # fmt: skip


@require_http_methods(["GET", "POST"])
def move_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a task's deadline elsewhere."""
    user = person(request)
    task = access.get_task(user, pk)
    form = MoveForm(clock.today(), calendar(), request.POST or None)
    return _act(
        request, task, form, ("改期", "期限已改。"),
        lambda data: services.move_task(
            task=task, due_on=data["due_on"], why=data["why"], by=user, now=clock.now()
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def finish_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a task is done."""
    user = person(request)
    task = access.get_task(user, pk)
    return _act(request, task, FinishForm(request.POST or None), ("办结", "已办结。"),
                lambda data: services.finish_task(task=task, **data, by=user, now=clock.now()))  # fmt: skip


@require_POST
def urge_task(request: HttpRequest, pk: int) -> HttpResponse:
    """Remind the one who has a task."""
    user = person(request)
    task = access.get_task(user, pk)
    try:
        services.urge_task(task=task, by=user, now=clock.now())
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"已催办 {task.holder.masked_name}。")
    return redirect("desk:see_task", pk=pk)
