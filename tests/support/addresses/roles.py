"""The roles of the tests, and what those who are shut out commonly get."""

from __future__ import annotations

from tests.support.world import POSTS

ROLES = ("anonymous", *POSTS)
SIGN_IN = 302
"""What anybody without a session gets: the way to the sign-in page."""

OPEN = {"anonymous": 200}
READERS = {"administrator": 403}
COMPOUND = {"administrator": 404, "officer_elsewhere": 404}
WHOLE_COUNTY = {"officer_elsewhere": 404, "administrator": 403, "street_clerk": 404, "community_worker": 404}
"""Those whose post lies below the county do not see what was made for all of it."""
ONLY_OFFICER = {**COMPOUND, "street_clerk": 403, "community_worker": 403, "city_viewer": 403, "auditor": 403}
