"""What all tests share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from gongdi.web.hashed_files import HashedFiles


@pytest.fixture(autouse=True)
def nothing_is_kept_between_tests() -> None:
    """What a process keeps of decisions rests on the database, which each test begins anew."""
    kept = sys.modules.get("gongdi.apps.policy.kept")
    if kept is not None:
        kept.forget()


@pytest.fixture(autouse=True, scope="session")
def static_files_are_listed_once() -> Iterator[None]:
    """Each test client starts the middleware anew, which lists and hashes every static file; once a run is enough.

    A test that changes where files stand has other finders, and is listed by itself.
    """
    listed: dict[tuple[str, ...], dict[str, Any]] = {}
    list_files = HashedFiles.add_files_from_finders

    def remembered(self: HashedFiles) -> None:
        from django.conf import settings

        key = (*map(str, settings.STATICFILES_DIRS), str(self.static_prefix))
        if key not in listed:
            list_files(self)
            listed[key] = dict(self.files)
        self.files.update(listed[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HashedFiles, "add_files_from_finders", remembered)
        yield
