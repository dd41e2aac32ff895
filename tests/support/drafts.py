"""A draft of the pack that governs the world of the tests: the cut-off moved to the end of 1995."""

from __future__ import annotations

from gongdi.apps.policy.drafts import named
from gongdi.apps.policy.models import PackDraft
from gongdi.apps.policy.services import upload_draft
from gongdi.exchange.packfiles import folder_texts, shipped_folder
from tests.support.world import COUNTY, NOW, PACK, World

BOUND = "delivered_on <= DATE '2000-12-31'"
MOVED = "delivered_on <= DATE '1995-12-31'"


def draft_texts(bound: str = MOVED) -> dict[str, str]:
    """The texts of the pack in force with another bound in its scope."""
    texts = folder_texts(shipped_folder() / PACK)
    scope = texts["tables/scope.csv"]
    assert BOUND in scope
    return named({**texts, "tables/scope.csv": scope.replace(BOUND, bound)}, "draft")


def make_draft(world: World) -> PackDraft:
    """That draft, uploaded by the county's officer."""
    return upload_draft(
        file_name="草案.xlsx", digest="3" * 64, title="三年行动方案（征求意见稿）", texts=draft_texts(), place=COUNTY,
        by=world.people["district_officer"], now=NOW,
    )  # fmt: skip
