"""A refusal is one line of the log; a fault keeps its traceback."""

import logging
import sys

from django.conf import settings
from django.core.exceptions import PermissionDenied

from gongdi.web.refusals import OneLine


def told(status: int) -> str:
    try:
        raise PermissionDenied("您的岗位没有这项权限。")
    except PermissionDenied:
        record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Forbidden: %s", ("/x/",), sys.exc_info())
    record.status_code = status
    assert OneLine().filter(record)
    return logging.Formatter().format(record)


def test_a_refusal_is_told_in_one_line_with_its_reason() -> None:
    assert told(403) == "Forbidden: /x/ 您的岗位没有这项权限。"


def test_a_fault_keeps_its_traceback() -> None:
    assert "Traceback" in told(500)


def test_the_servers_log_is_written_so() -> None:
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["refusals"]
