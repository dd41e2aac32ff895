"""The pages for what went wrong, and the sign of life for the watchman."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

RESIDENTS = ("/my/", "/notice/", "/proof/")
"""Where the addresses of residents and of anybody begin: who comes there knows no post and no place of an office."""


def _page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    return render(request, "web/fault.html", {"title": title, "text": text, "status": status}, status=status)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The thing is yours to see but not yours to do (403)."""
    reason = str(exception) or "您的岗位没有这项权限。"
    return _page(request, 403, "不能办理", f"{reason}如需办理，请联系本区系统管理员核对岗位。")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such thing, or none that you may see (404)."""
    if request.path.startswith(RESIDENTS):
        told = {
            "title": "没有找到",
            "text": "这一页没有了，或者不是您家的。请回到“我的小区”再找；不明白的，问社区居委会。",
        }
        return render(request, "web/resident_fault.html", told, status=404)
    return _page(request, 404, "没有找到", "该地址不存在，或不在您的管辖范围内。请从左侧导航重新进入。")


def went_wrong(request: HttpRequest) -> HttpResponse:
    """A fault of ours (500)."""
    return _page(
        request,
        500,
        "系统出错",
        "这一页没有显示出来。刚才若提交过内容，请先回到原页核对是否已保存，再决定是否重新提交；仍不行请把发生的时间告诉系统管理员。",
    )


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old (403)."""
    return _page(request, 403, "页面已过期", "为安全起见，表单长时间未提交会失效。请返回上一页刷新后重新提交。")


@login_not_required
def see_health(request: HttpRequest) -> HttpResponse:
    """Say that the server answers."""
    return HttpResponse("ok", content_type="text/plain")
