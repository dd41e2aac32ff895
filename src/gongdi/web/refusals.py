"""What the log says of a refusal (403): one line with the reason. Its way through the code is no fault to look into."""

from __future__ import annotations

import logging

REFUSED = 403


class OneLine(logging.Filter):
    """Takes the traceback off what was refused; faults keep theirs."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record."""
        if getattr(record, "status_code", None) == REFUSED and record.exc_info:
            record.msg, record.args = f"{record.getMessage()} {record.exc_info[1] or ''}".rstrip(), ()
            record.exc_info, record.exc_text = None, None
        return True
