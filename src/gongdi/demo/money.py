"""Made-up money for the made-up district: six funds with their earmarks over three years, as shares of all costs."""

from __future__ import annotations

from typing import Any

YEARS = (2027, 2028, 2029)
_FUNDS = (
    # code, name, classes, carry-over, share of all estimated costs over the years in per mille, by year
    ("central", "中央补助资金（虚构）", ("basic",), False, (22, 22, 20)),
    ("provincial", "省级补助资金（虚构）", ("basic", "improvement"), False, (13, 12, 12)),
    ("city", "市级财政资金（虚构）", ("basic", "improvement", "upgrade"), True, (20, 20, 18)),
    ("district", "区级财政资金（虚构）", ("basic", "improvement", "upgrade"), True, (26, 24, 24)),
    ("bond", "专项债券（虚构）", ("improvement", "upgrade"), False, (12, 10, 10)),
    ("special", "适老化等专项资金（虚构）", ("upgrade",), True, (5, 5, 4)),
)


def make_money(total_yuan: int) -> dict[str, Any]:
    """Funds for a district whose compounds cost so much in all, in whole thousands of yuan."""
    return {
        "years": list(YEARS),
        "funds": [
            {
                "code": code,
                "name": name,
                "classes": list(classes),
                "counties": None,
                "carry_over": carry,
                "budget": [total_yuan * share // 1_000_000 * 1000 for share in shares],
            }
            for code, name, classes, carry, shares in _FUNDS
        ],
        "minimums": {},
    }
