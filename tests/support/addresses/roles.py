"""The roles of the tests, and what those who are shut out commonly get.

A table's row names the first roles alone; the others follow one of them (`FOLLOWS`) unless the row says otherwise.
Posts tied to compounds open only what a row lists under `tied`.
"""

from __future__ import annotations

from gongdi.apps.accounts.permissions import TIED
from tests.support.world import POSTS

ROLES = ("anonymous", *POSTS)
SIGN_IN = 302
"""What anybody without a session gets: the way to the sign-in page."""
SHUT = (403, 404)
"""What the page of something that is not theirs gives to posts tied to compounds."""

FOLLOWS = {
    "finance_officer": "city_viewer",
    "department_officer": "city_viewer",
    "province_viewer": "city_viewer",
    "street_leader": "city_viewer",
    "security_administrator": "administrator",
    "audit_administrator": "administrator",
}
"""The role whose status counts for a role that a row does not name."""
TIED_ROLES = frozenset(role for role, (kind, _, _) in POSTS.items() if kind in TIED)

OPEN = {"anonymous": 200}
READERS = {"administrator": 403}
COMPOUND = {"administrator": 404, "officer_elsewhere": 404}
WHOLE_COUNTY = {"officer_elsewhere": 404, "administrator": 403, "street_clerk": 404, "community_worker": 404}
"""Those whose post lies below the county do not see what was made for all of it."""
ONLY_OFFICER = {**COMPOUND, "street_clerk": 403, "community_worker": 403, "city_viewer": 403, "auditor": 403}
