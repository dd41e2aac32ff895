"""A new pack's folder with everything to fill in (新政策包)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from gongdi.core.policy import sections
from gongdi.core.policy.packtext import CATALOGUE_COLUMNS, COLUMNS, TARGET_COLUMNS
from gongdi.core.policy.vocabulary import Vocabulary
from gongdi.exchange import casetables

_META = """# 文件信息。没有的项目留空引号，不要删去。
slug = "{slug}"
alias = "{slug}"
version = "1"
title = "{title}"
title_en = ""
issuer = ""
place = ""
# 级别：nation、province、city、district
level = "city"
number = ""
# 发布日期，例如 2024-03-01；来源分 printed（原文载明）、inferred（推定）、masked（隐去）
issued = ""
issued_status = "printed"
# 施行首日和末日，没有时整行删去或保留注释：
# first_day = 2024-03-01
# last_day = 2026-12-31
# 印发通知上载明的索引号、文件有效性、公开方式，没有载明的不写：
# index_number = ""
# validity = ""
# publicity = ""
# 上级政策包，由近及远，没有时留空：
rests_on = []
# 本文件没有规定时，哪些判定可参照上级政策包；文件没有这样说的留空，全部判定写 ["*"]：
falls_through = []
# 给读者的说明，一条一行：
notes = [
]

# 参数：原文隐去的数写 state = "masked"；有默认读法的写 default。
# [parameters.cutoff_year]
# kind = "year"
# zh = "截止年份"
# en = "cut-off year"
# state = "masked"

# 引用的文件，一个一段：
# [[cites]]
# title = ""
# number = ""
# for = ""
# issuer = ""
# issued = ""

# 附件，一个一段：
# [[annexes]]
# title = ""
# published = true
"""

_README = """# {title}

一两句话：哪一级、哪一天、管什么。

## 选用的读法

- 原文有两种读法时，在这里写清选了哪一种、另一种是什么。

## 文件

- `pack.toml`：文件信息、参数、引用文件。
- `sections.csv`：逐条列出文件的条款和去向。
- `catalogue.csv`：改造内容按本文件的分类，每项注明条款。
- `tables/`：决策表，一项判定一张，一行一款。
- `targets.csv`：文件中的数据，照录，不作规则。
- `cases/`：示例，一项判定一张表，`gongdi packs check` 逐条核对。
"""


def skeleton(slug: str, title: str, decisions: Iterable[str], vocabulary: Vocabulary) -> Mapping[str, str]:
    """The texts of a new pack by path; every table named has its header, with the columns of its values."""
    texts = {
        "pack.toml": _META.format(slug=slug, title=_quoted(title)),
        "README.md": _README.format(title=title or slug),
        "sections.csv": _header(sections.COLUMNS),
        "catalogue.csv": _header(CATALOGUE_COLUMNS),
        "targets.csv": _header(TARGET_COLUMNS),
    }
    for name in decisions:
        values = [f"value:{value}" for value in vocabulary.decisions[name].values]
        texts[f"tables/{name}.csv"] = _header((*COLUMNS, *values))
        texts[f"cases/{name}.csv"] = _header((*casetables.COLUMNS, *values))
    return texts


def _quoted(text: str) -> str:
    """A text inside the double quotes of TOML."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _header(columns: Iterable[str]) -> str:
    return ",".join(columns) + "\n"


def write_new(folder: Path, texts: Mapping[str, str]) -> None:
    """Write a new pack's folder; CSV texts with a byte order mark, so that spreadsheets read the Chinese.

    Raises:
        FileExistsError: the folder is there already.
    """
    folder.mkdir(parents=True)
    (folder / "tables").mkdir()
    (folder / "cases").mkdir()
    for name, text in texts.items():
        encoding = "utf-8-sig" if name.endswith(".csv") else "utf-8"
        (folder / name).write_text(text, encoding=encoding)
