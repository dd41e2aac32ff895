"""The note in English is whole: outside names and citations nothing of it is Chinese."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.places.models import CompoundFact
from gongdi.apps.policy.flag_words import FLAGS
from gongdi.apps.policy.note_words import GROUP_SUPPLIERS, SUPPLIERS, SURENESS
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
    for words in FLAGS.values():
        assert (words.taken is None) == (words.other is None), "both readings or none"
    told = [each for words in FLAGS.values() for each in (words.says, words.taken, words.other) if each is not None]
    for zh, en in (*told, *SUPPLIERS.values(), *GROUP_SUPPLIERS.values()):
        assert CHINESE.search(zh)
        assert en
        assert not CHINESE.search(en)


def test_a_note_tells_both_readings_of_what_is_open_in_the_text(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    address = reverse("policy:see_decision", args=[world.compounds["梅堰新村"].pk, "plan_decision_deadline"])
    client = signed_in("district_officer")
    page = client.get(address).content.decode()
    assert "此处按：7月31日以前，参数可改。另一种读法：8月31日以前。" in page
    page = client.get(address, {"language": "en"}).content.decode()
    assert "Read here: by 31 July; a parameter sets another. Other reading: by 31 August." in page


def test_every_grade_of_sureness_has_an_english_word() -> None:
    assert set(SURENESS) == set(CompoundFact.Sureness.values)
