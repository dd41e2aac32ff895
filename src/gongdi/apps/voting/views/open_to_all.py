"""What anybody may take: the public file of a published vote, and the verifier."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongdi.apps.voting import access, queries
from gongdi.apps.voting.presenting import shown
from gongdi.apps.voting.signing import public_key
from gongdi.verifier.page import page_html, program


def _attached(response: HttpResponse | StreamingHttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response  # type: ignore[return-value]


@login_not_required
@require_GET
def see_proof(request: HttpRequest, code: str) -> HttpResponse:
    """The result of a published vote with its file, the key, and how to check."""
    vote = access.get_published(code)
    context = {
        "vote": vote, "matters": [shown(each) for each in queries.counts_of(vote)], "key": public_key().hex()
    }  # fmt: skip
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
