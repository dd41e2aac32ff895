"""The pages of residents speak so that somebody of seventy understands: short sentences, none of the office's words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "gongdi"
LONGEST = 42
"""Characters of one sentence or clause between full stops; variables count as four."""
OFFICE_WORDS = (
    "专有部分", "阈值", "哈希", "摘要", "默克尔", "令牌", "缓存", "计票规则", "权属", "征询率", "表决单元", "法定",
    "予以", "销号", "分派", "待核实", "管辖",
    "详见附件", "按规定", "有关规定", "特此", "妥善", "户均", "测算", "口径", "标的", "登录态", "接口", "校验", "参数",
)  # fmt: skip
"""Words of offices, law and machines that a leaflet would not use."""


def templates() -> list[Path]:
    """Every page of residents, and what apps add to their home."""
    found = [
        path
        for path in SOURCE.rglob("*.html")
        if "web/resident_base.html" in path.read_text("utf-8") or path.name == "resident_panel.html"
    ]
    return sorted(found)


def text_of(path: Path) -> str:
    """What a reader reads, headings, items and cells ending a sentence."""
    text = path.read_text("utf-8")
    text = re.sub(r"{#.*?#}|<script.*?</script>|<style.*?</style>|<svg.*?</svg>", "", text, flags=re.S)
    text = re.sub(r"{%\s*(if|elif|else|endif|for|empty|endfor|block|endblock)\b.*?%}", "。", text)
    text = re.sub(r"{{.*?}}", "某某某某", text)
    text = re.sub(r"{%.*?%}", "", text)
    text = re.sub(r"</(p|li|h\d|td|th|dt|dd|button|a|label|option|summary|div|section)>|<br>", "。", text)
    return re.sub(r"<[^>]*>|\s", "", text)


def sentences(text: str) -> list[str]:
    return [each for each in re.split("[。！？；：\n]", text) if each]


def test_there_are_pages_to_look_at() -> None:
    assert len(templates()) >= 15


@pytest.mark.parametrize("path", templates(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_sentences_are_short_and_no_word_is_the_offices(path: Path) -> None:
    text = text_of(path)
    assert [each for each in sentences(text) if len(each) > LONGEST] == []
    assert [word for word in OFFICE_WORDS if word in text] == []


def test_a_long_sentence_and_an_office_word_would_be_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>" + "很长的话" * 12 + "</p><p>专有部分面积</p>", "utf-8")
    text = text_of(page)
    assert max(map(len, sentences(text))) > LONGEST
    assert "专有部分" in text
