"""When surveys are held (调查时段): October to March before the works year (anhui-anqing-2022 五(一))."""

from __future__ import annotations

from datetime import date

FIRST_MONTH, LAST_MONTH = 10, 3


def season_of(today: date) -> tuple[date, date]:
    """The season that runs on a day, or else the next one: first and last day."""
    year = today.year - 1 if today.month <= LAST_MONTH else today.year
    return date(year, FIRST_MONTH, 1), date(year + 1, LAST_MONTH, 31)
