"""Plain words and pictures for every item, and words of residents without what tells who said them."""

import pytest

from gongdi.apps.consultation.masking import masked
from gongdi.apps.consultation.pictures import PICTURES, picture
from gongdi.apps.consultation.plain import plain_items
from gongdi.apps.policy.packs import library


def test_every_item_of_the_dictionary_has_plain_words_and_a_picture() -> None:
    plain = plain_items()
    assert plain.keys() == library().vocabulary.items.keys()
    assert {each.picture for each in plain.values()} <= PICTURES.keys()
    assert all(each.sentence.endswith("。") and len(each.sentence) <= 40 for each in plain.values())


def test_a_picture_says_in_words_what_it_shows() -> None:
    assert 'aria-label="示意图：&lt;路&gt;"' in picture("road", "示意图：<路>")


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("请打 13800001234 找我", "请打 〔号码〕 找我"),
        ("3幢2单元501漏水", "〔房号〕漏水"),
        ("我是王小明，想装电梯", "〔姓名〕，想装电梯"),
        ("路灯 2 盏不亮", "路灯 2 盏不亮"),
    ],
)
def test_numbers_rooms_and_names_are_put_out(said: str, left: str) -> None:
    assert masked(said) == left
