"""How each service of policy is done once."""

from collections.abc import Callable

from gongdi.apps.policy import services as policy
from tests.support.drafts import make_draft
from tests.support.world import NOW, PACK, World

DOINGS: dict[str, Callable[[World], object]] = {
    "policy.services.set_pack": lambda w: policy.set_pack(
        place="330212", pack=PACK, as_of=None, by=w.people["officer_elsewhere"], now=NOW
    ),
    "policy.services.store_decision": lambda w: policy.store_decision(
        compound=w.compounds["梅堰新村"], decision="scope", by=w.people["district_officer"], now=NOW
    ),
    "policy.services.upload_draft": make_draft,
    "policy.services.discard_draft": lambda w: policy.discard_draft(
        draft=make_draft(w), by=w.people["district_officer"], now=NOW
    ),
}  # fmt: skip
