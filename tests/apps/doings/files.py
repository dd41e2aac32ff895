"""How each service of the attachments is done once."""

from collections.abc import Callable

from gongdi.apps.files import services as files
from tests.support.photos import attach
from tests.support.world import NOW, World

DOINGS: dict[str, Callable[[World], object]] = {
    "files.services.keep_attachment": attach,
    "files.services.carry_attachment": lambda w: files.carry_attachment(
        attachment=attach(w),
        to=files.AttachedTo("places.compound", w.compounds["梅堰新村"].pk, "梅堰新村", "330205"),
        by=w.people["street_clerk"],
        now=NOW,
    ),
    "files.services.withdraw_attachment": lambda w: files.withdraw_attachment(
        attachment=attach(w), why="拍到了住户", by=w.people["community_worker"], now=NOW
    ),
    "files.services.see_original": lambda w: files.see_original(
        attachment=attach(w), why="核对拍摄地点", by=w.people["street_clerk"], now=NOW
    ),
}
