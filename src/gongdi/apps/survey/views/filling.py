"""Filling in: one's own assignments, the form, and what a phone sends by itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.accounts.access import person, require
from gongdi.apps.accounts.models import User
from gongdi.apps.files.checking import RefusedFileError
from gongdi.apps.files.preparing import ReadyFile, prepare_upload
from gongdi.apps.places.services import RefusedError
from gongdi.apps.survey import access, filling, filling_services, queries
from gongdi.apps.survey.models import Assignment, Campaign
from gongdi.web import clock

MOST_PHOTOS_AT_ONCE = 20


@require_GET
def see_assignments(request: HttpRequest) -> HttpResponse:
    """What the person has to fill in, what came back first."""
    user = person(request)
    require(user, access.FILL)
    context = {"rows": queries.at_hand(user)[:300], "today": clock.today(), "token": get_token(request)}
    return render(request, "survey/mine.html", context)


@require_GET
def see_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the survey's pages for a phone without reception."""
    response = render(request, "survey/worker.js", content_type="text/javascript; charset=utf-8")
    # It answers for every page, so that whoever opens another one without reception is led to the forms.
    response["Service-Worker-Allowed"] = reverse("desk:see_desk")
    return response


@require_GET
def see_token(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and a fresh token for what waits on the phone."""
    return JsonResponse({"person": person(request).pk, "token": get_token(request)})


def _form_page(
    request: HttpRequest, assignment: Assignment, form: filling.Form, faults: Mapping[str, str], key: str
) -> HttpResponse:
    context = {
        "assignment": assignment,
        "campaign": assignment.campaign,
        "compound": assignment.compound,
        "form": form,
        "faults": faults,
        "key": key,
        "whole_reason": assignment.reasons.get("", ""),
        "over": assignment.state == Assignment.State.DONE or assignment.campaign.state != Campaign.State.OPEN,
        "token": get_token(request),
    }
    return render(request, "survey/fill.html", context, status=422 if faults else 200)


@require_http_methods(["GET", "POST"])
def fill_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one compound; as a plain form it takes answers and photos at once."""
    user = person(request)
    assignment = access.get_assignment(user, pk, access.FILL)
    form = filling.form_of(assignment, user)
    if request.method != "POST":
        return _form_page(request, assignment, form, {}, str(uuid4()))
    texts = filling.texts_of_post(assignment, request.POST)
    key = request.POST.get("key", "")
    data = {"key": key, "answers": texts, **{name: request.POST.get(name, "") for name in ("base", "final")}}
    try:
        filled = filling.read_form(assignment, data, clock.today())
        photos = _photos(request, assignment)
        _keep(user, assignment, filled, photos)
    except filling.FormFaults as found:
        faults = found.faults
    except RefusedError as refused:
        faults = {"": str(refused)}
    else:
        messages.success(request, "已提交，等待审核。" if filled.final else "已保存，可继续填报。")
        return redirect("survey:fill_assignment", pk=pk)
    filling.show_again(form, texts, faults)
    return _form_page(request, assignment, form, faults, key or str(uuid4()))


def _photos(request: HttpRequest, assignment: Assignment) -> list[tuple[str, ReadyFile]]:
    """The photos of a plain form, prepared; any that is refused stops all, told at its question."""
    found: list[tuple[str, ReadyFile]] = []
    faults: dict[str, str] = {}
    for key in assignment.campaign.questions:
        for file in request.FILES.getlist(f"{key}~photos")[:MOST_PHOTOS_AT_ONCE]:
            try:
                found.append((key, prepare_upload(file, photo=True)))
            except RefusedFileError as refused:
                faults[key] = f"照片“{file.name}”：{refused}"
    if faults:
        raise filling.FormFaults(faults)
    return found


def _keep(
    user: User, assignment: Assignment, filled: filling_services.Filled, photos: list[tuple[str, ReadyFile]]
) -> None:
    now = clock.now()
    for key, file in photos:
        filling_services.send_photo(assignment=assignment, question=key, file=file, by=user, now=now)
    filling_services.send_answers(assignment=assignment, filled=filled, by=user, now=now)


def _refused(status: int, faults: Mapping[str, str]) -> JsonResponse:
    return JsonResponse({"faults": dict(faults)}, status=status)


@require_POST
def send_answers(request: HttpRequest, pk: int) -> JsonResponse:
    """Take a set of answers from a phone; the same key twice changes nothing and answers the same."""
    user = person(request)
    assignment = access.get_assignment(user, pk, access.FILL)
    try:
        data: Any = json.loads(request.body)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        return _refused(400, {"": "没有收到填报内容。请刷新页面后重新提交。"})
    try:
        filled = filling.read_form(assignment, data, clock.today())
        sent = filling_services.send_answers(assignment=assignment, filled=filled, by=user, now=clock.now())
    except filling.FormFaults as found:
        return _refused(422, found.faults)
    except RefusedError as refused:
        return _refused(409, {"": str(refused)})
    at = timezone.localtime(sent.sent_at)
    return JsonResponse({"key": str(sent.key), "final": sent.final, "at": f"{at:%H:%M}"})


@require_POST
def send_photo(request: HttpRequest, pk: int) -> JsonResponse:
    """Take a photo from a phone, whose SHA-256 must be the one it told; the same photo twice is kept once."""
    user = person(request)
    assignment = access.get_assignment(user, pk, access.FILL)
    file: UploadedFile[bytes] | None = request.FILES.get("file")
    question, told = request.POST.get("question", ""), request.POST.get("digest", "").lower()
    if file is None or len(told) != 64:
        return _refused(400, {"": "没有收到照片。请重新添加。"})
    if _digest_of(file) != told:
        return _refused(422, {question: "照片在传送中变了，摘要不符，没有收下，将自动重传。", "retry": "digest"})
    device = request.POST.get("device_digest", "").lower()
    try:
        sent = filling_services.send_photo(
            assignment=assignment, question=question, file=prepare_upload(file, photo=True), by=user, now=clock.now(),
            device_digest=device if len(device) == 64 and device != told and device.isalnum() else "",
        )  # fmt: skip
    except RefusedFileError as refused:
        return _refused(422, {question: str(refused)})
    except RefusedError as refused:
        return _refused(409, {question: str(refused)})
    at = timezone.localtime(sent.sent_at)
    return JsonResponse({"digest": sent.digest, "attachment": sent.attachment_id, "at": f"{at:%H:%M}"})


def _digest_of(file: UploadedFile[bytes]) -> str:
    found = hashlib.sha256()
    for piece in file.chunks():
        found.update(piece)
    file.seek(0)
    return found.hexdigest()
