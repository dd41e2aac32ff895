from collections.abc import Callable
from io import BytesIO

from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gongdi.apps.policy.packs import library
from tests.support.world import PACK, World


def test_every_section_of_a_document_stands_on_its_page(world: World, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("district_officer").get(reverse("policy:see_pack", args=[PACK])).content.decode()
    for section in library().packs[PACK].sections:
        assert f">{section.section}<" in page


def test_the_export_lists_every_section_of_every_document(world: World, signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("auditor").get(reverse("policy:export_coverage"))
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    titles = {pack.document.title for pack in library().packs.values()}
    rows = [row for row in sheet.iter_rows(values_only=True) if row[0] in titles]
    assert len(rows) == sum(len(pack.sections) for pack in library().packs.values())
