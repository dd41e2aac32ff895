"""What anybody may take: the public file of a published vote, and the verifier."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongdi.apps.voting import access, proofs, queries
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
    given = request.GET.get("receipt", "").strip()
    context = {"vote": vote, "matters": matters, "over": over, "key": vote.public_key, "given": given}
    head, included = vote.log.order_by("-seq").first(), proofs.inclusion_of(vote, given) if given else None
    context |= {
        "head": head, "included": included, "signed_at": datetime.fromisoformat(head.head_at) if head else None,
        "counted": queries.whether_it_counts(vote, included["seq"]) if over and included else "",
    }  # fmt: skip
    return render(request, "voting/proof.html", context)


def _json(found: dict[str, Any] | None) -> JsonResponse:
    if found is None:
        return JsonResponse({"error": "没有这一条。请核对回执编号，或两个大小是否都不超过日志条数。"}, status=404)
    return JsonResponse(found)


@login_not_required
@require_GET
def export_heads(request: HttpRequest, code: str) -> HttpResponse:
    """The signed heads of a vote that runs or is over, as JSON."""
    return _json(proofs.heads_of(access.get_shown(code)))


@login_not_required
@require_GET
def export_inclusion(request: HttpRequest, code: str) -> HttpResponse:
    """That the entry of a receipt is in the log: ?receipt=CODE."""
    return _json(proofs.inclusion_of(access.get_shown(code), request.GET.get("receipt", "")))


@login_not_required
@require_GET
def export_consistency(request: HttpRequest, code: str) -> HttpResponse:
    """That an earlier log is the beginning of a later one: ?first=SIZE&second=SIZE, the newest where left out."""
    vote = access.get_shown(code)
    sizes = [request.GET.get(name) or str(vote.size) for name in ("first", "second")]
    if not all(size.isdecimal() and len(size) < 10 for size in sizes):
        return _json(None)
    return _json(proofs.consistency_of(vote, int(sizes[0]), int(sizes[1])))


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
