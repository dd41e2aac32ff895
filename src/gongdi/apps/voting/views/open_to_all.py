"""What anybody may take: the public file of a published vote, and the verifier."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongdi.apps.voting import access, queries
from gongdi.apps.voting.presenting import shown
from gongdi.verifier.page import page_html, program


def _attached(response: HttpResponse | StreamingHttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response  # type: ignore[return-value]


@login_not_required
@require_GET
def see_proof(request: HttpRequest, code: str) -> HttpResponse:
    """A vote for anybody: the result with its file and key once published, before that what is signed; or why void."""
    vote = access.get_shown(code)
    over = vote.state in (vote.State.OBJECTIONS, vote.State.FINAL)
    matters = [shown(each) for each in queries.counts_of(vote)] if over else []
    context = {"vote": vote, "matters": matters, "over": over, "key": vote.public_key}
    return render(request, "voting/proof.html", context)


@login_not_required
@require_GET
def export_public_file(request: HttpRequest, code: str) -> HttpResponse:
    """The public file."""
    vote = access.get_published(code)
    lines = (f"{line}\n".encode() for line in queries.public_file(vote))
    return _attached(StreamingHttpResponse(lines, content_type="application/jsonl"), f"{vote.code}.jsonl")


@login_not_required
@require_GET
def export_program(request: HttpRequest) -> HttpResponse:
    """verify.py."""
    return _attached(HttpResponse(program(), content_type="text/x-python; charset=utf-8"), "verify.py")


@login_not_required
@require_GET
def export_page(request: HttpRequest) -> HttpResponse:
    """verify.html, to be saved and opened."""
    return _attached(HttpResponse(page_html(), content_type="text/html; charset=utf-8"), "verify.html")
