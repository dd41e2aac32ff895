"""The addresses of attachments."""

from __future__ import annotations

from typing import Any

from tests.support.addresses.address import Address
from tests.support.addresses.roles import COMPOUND
from tests.support.photos import attach
from tests.support.world import World


def attachment(world: World) -> list[Any]:
    return [attach(world).pk]


WHY = {"why": "核对拍摄地点"}
ADDRESSES = (
    Address("files:see_attachment", statuses=COMPOUND, arguments=attachment, tied=200),
    Address("files:show_photo", statuses=COMPOUND, arguments=attachment, tied=200, file=True),
    Address("files:show_thumbnail", statuses=COMPOUND, arguments=attachment, tied=200, file=True),
    Address("files:download_attachment", statuses=COMPOUND, arguments=attachment, tied=200, file=True),
    Address(
        "files:see_original", statuses={**COMPOUND, "city_viewer": 403, "community_worker": 403}, method="post",
        arguments=attachment, fields=WHY, tied=403,
    ),
    Address(
        "files:withdraw_attachment", statuses={**COMPOUND, "city_viewer": 403, "auditor": 403}, arguments=attachment,
        tied=403,
    ),
)  # fmt: skip
