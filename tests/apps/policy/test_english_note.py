"""The note in English is whole: outside names and citations nothing of it is Chinese."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.places.models import CompoundFact
from gongdi.apps.policy.note_words import FLAGS, GROUP_SUPPLIERS, SUPPLIERS, SURENESS
from gongdi.apps.policy.packs import library
from tests.support.world import PACK, World

CHINESE = re.compile(r"[\u3400-\u9fff]+")
PACK_IN_FORCE = library().packs[PACK]


def left_in_chinese(page: str, names: list[str]) -> list[str]:
    """What is Chinese in the note itself, without tags, once names and citations are taken out."""
    note = page.partition('<div lang="en">')[2].partition('<p class="g-sign">')
    text = re.sub(r"<[^>]*>", " ", note[0]) + note[2].partition("</p>")[0]
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return CHINESE.findall(text)


@pytest.mark.parametrize("decision", list(PACK_IN_FORCE.tables))
def test_every_note_of_the_pack_in_force_is_in_english(
    world: World, signed_in: Callable[[str], Client], decision: str
) -> None:
    compound = world.compounds["梅堰新村"]
    address = reverse("policy:see_decision", args=[compound.pk, decision])
    page = signed_in("district_officer").get(address, {"language": "en"}).content.decode()
    assert '<div lang="en">' in page
    document = PACK_IN_FORCE.document
    sources = list(CompoundFact.objects.filter(compound=compound).values_list("source", flat=True))
    sections = [section.section for section in PACK_IN_FORCE.sections]
    names = [compound.name, document.title, document.issuer, document.number, *sources, *sections]
    assert left_in_chinese(page, names) == []


def test_every_flag_of_every_pack_has_words_in_both_languages() -> None:
    used = {
        flag
        for pack in library().packs.values()
        for table in pack.tables.values()
        for row in table.rows
        for flag in row.flags
    }
    assert used <= set(FLAGS)
    for zh, en in (*FLAGS.values(), *SUPPLIERS.values(), *GROUP_SUPPLIERS.values()):
        assert CHINESE.search(zh)
        assert en
        assert not CHINESE.search(en)


def test_every_grade_of_sureness_has_an_english_word() -> None:
    assert set(SURENESS) == set(CompoundFact.Sureness.values)
