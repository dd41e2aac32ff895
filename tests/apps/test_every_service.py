"""Every service is one transaction with one audit event: read off the code, and seen in the doing."""

import ast
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

import pytest
from django.conf import settings
from django.db import connection

import gongdi.apps
from gongdi.apps.accounts.models import User
from gongdi.apps.audit.keys import KEYS
from gongdi.apps.audit.models import Event
from gongdi.apps.audit.verbs import VERBS
from tests.apps.doings import DOINGS
from tests.support.world import World


def service_modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(gongdi.apps.__path__, "gongdi.apps."):
        app, module = found.name.split(".")[2], found.name.rsplit(".", 1)[-1]
        if app in settings.HOUSE_APPS and module.endswith("services"):
            yield import_module(found.name)


def services() -> Iterator[tuple[str, ast.FunctionDef]]:
    """The public functions that say who does it and when: those are the writes."""
    for module in service_modules():
        for node in ast.parse(inspect.getsource(module)).body:
            arguments = {each.arg for each in node.args.kwonlyargs} if isinstance(node, ast.FunctionDef) else set()
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and "now" in arguments:
                yield f"{module.__name__.removeprefix('gongdi.apps.')}.{node.name}", node


ALL = dict(services())


@pytest.mark.parametrize("name", ALL)
def test_a_service_is_keyword_only_in_one_transaction_and_records(name: str) -> None:
    node = ALL[name]
    calls = {each.func.id for each in ast.walk(node) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)}
    assert calls & {"record", "record_together"}, "the two doors of the audit chain"
    assert [ast.unparse(each) for each in node.decorator_list] == ["transaction.atomic"]
    assert node.args.args == []


def test_every_service_of_every_app_is_done_once() -> None:
    assert set(ALL) == set(DOINGS)


@pytest.mark.parametrize("name", DOINGS)
def test_doing_it_adds_one_event_of_its_own_name(name: str, world: World) -> None:
    verb = f"{name.split('.')[0]}.{name.rsplit('.', 1)[1]}"
    before = Event.objects.filter(verb=verb).count()
    DOINGS[name](world)
    assert Event.objects.filter(verb=verb).count() == before + 1
    assert verb in VERBS


HIDDEN = {"fact", "codes"}
"""Keys that the page leaves out: the reader sees them elsewhere on the line."""


@pytest.mark.parametrize("name", DOINGS)
def test_what_it_changed_is_told_in_chinese(name: str, world: World) -> None:
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    DOINGS[name](world)
    told = {
        key for event in Event.objects.filter(pk__gt=last) for key in {**(event.before or {}), **(event.after or {})}
    }
    assert {key for key in told - HIDDEN if key.isascii()} - KEYS.keys() == set()


WRITE = re.compile(
    r'(?<!FOR )\b(?:INSERT(?: OR \w+)? INTO|UPDATE(?! SET\b| OF\b)|DELETE FROM|COPY)\s+"?(\w+)"?', re.IGNORECASE
)
"""Anywhere in what is sent: several statements may go in one, and a prepared one tells its head in a comment."""
KEPT_APART = ("audit_", "django_")
"""The chain itself, and what belongs to the framework (sessions, jobs)."""


@contextmanager
def written() -> Iterator[list[str]]:
    """The tables that are written, in order, as the database is told."""
    tables: list[str] = []

    def note(execute: Callable[..., object], sql: str, params: object, many: bool, context: object) -> object:
        tables.extend(WRITE.findall(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


def faults_of(tables: list[str]) -> list[str]:
    """The tables written by something that added no event."""
    others = [name for name in tables if not name.startswith(KEPT_APART)]
    return [] if "audit_event" in tables else others


@pytest.mark.parametrize("name", DOINGS)
def test_nothing_is_written_without_an_event(name: str, world: World) -> None:
    with written() as tables:
        DOINGS[name](world)
    assert "audit_event" in tables
    assert faults_of(tables) == []


def test_a_write_without_an_event_would_be_seen(world: World) -> None:
    with written() as tables:
        User.objects.filter(pk=world.people["auditor"].pk).update(display_name="改名")
    assert faults_of(tables) == ["accounts_user"]
