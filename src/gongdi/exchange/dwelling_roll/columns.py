"""The columns of a roll of dwellings: what each is called here and elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongdi.exchange.figures.text import as_text, compact


class Field(StrEnum):
    """What a column holds."""

    COMPOUND = "compound"
    BUILDING = "building"
    STAIRWELL = "stairwell"
    ROOM = "room"
    FLOOR = "floor"
    AREA = "area"
    AREA_BASIS = "area_basis"
    USE = "use"
    UNIT_NUMBER = "unit_number"
    OWNER = "owner"
    OWNER_KIND = "owner_kind"
    NUMBER = "number"
    PHONE = "phone"
    SHARE = "share"
    CERTIFICATE = "certificate"
    SINCE = "since"


@dataclass(frozen=True, slots=True)
class ColumnName:
    """A column: its field, the header that the blank form carries, other headers, whether every roll needs it."""

    field: Field
    header: str
    others: tuple[str, ...] = ()
    needed: bool = False
    help: str = ""


COLUMNS = (
    ColumnName(Field.COMPOUND, "小区名称", ("小区", "项目名称", "楼盘名称"), help="清册里的小区名称"),
    ColumnName(Field.BUILDING, "楼栋", ("幢号", "栋号", "楼号", "楼幢", "幢", "栋", "楼栋号"), True, "如：3幢"),
    ColumnName(Field.STAIRWELL, "单元", ("单元号", "楼道", "梯"), help="如：2单元；没有单元可不填"),
    ColumnName(Field.ROOM, "房号", ("室号", "户号", "房间号", "门牌", "房屋号", "套号"), True, "如：302"),
    ColumnName(Field.FLOOR, "楼层", ("所在层", "所在楼层"), help="整数，地下为负数"),
    ColumnName(
        Field.AREA, "专有部分面积（平方米）",
        ("专有部分面积", "专有面积", "建筑面积", "房屋面积", "产权面积", "面积", "套内面积"), True,
        "平方米，至多两位小数；以不动产登记簿为准",
    ),
    ColumnName(Field.AREA_BASIS, "面积依据", ("面积来源",), help="登记、实测或合同；不填的，新房屋按登记，已有的不变"),
    ColumnName(
        Field.USE, "用途", ("规划用途", "房屋用途", "房屋性质"),
        help="住宅、商业、办公、车位、车库、储藏、其他；不填的，新房屋按住宅，已有的不变",
    ),
    ColumnName(Field.UNIT_NUMBER, "不动产单元号", ("单元代码", "不动产单元代码"), help="28 位，可不填"),
    ColumnName(
        Field.OWNER, "业主姓名（名称）",
        ("业主姓名", "业主", "产权人", "权利人", "所有权人", "姓名", "业主名称"), True,
    ),
    ColumnName(
        Field.OWNER_KIND, "业主类别", ("产权人类别", "权利人类型"), help="个人、单位、开发企业、公房产权单位、政府"
    ),
    ColumnName(
        Field.NUMBER, "证件号码", ("身份证号", "身份证号码", "证件号", "统一社会信用代码"),
        help="判断同一业主的依据",
    ),
    ColumnName(Field.PHONE, "联系电话", ("电话", "手机", "手机号", "手机号码", "联系方式")),
    ColumnName(Field.SHARE, "产权份额", ("份额", "共有情况", "共有份额"), help="全部、1/2、50%、共同共有；不填为全部"),
    ColumnName(Field.CERTIFICATE, "不动产权证号", ("产权证号", "房产证号", "权证号", "房屋所有权证号")),
    ColumnName(
        Field.SINCE, "产权起始日期", ("登记日期", "取得日期", "产权日期"), help="如：2012-06-30；不填为原始业主"
    ),
)  # fmt: skip
HEADER_ROWS = 15
"""Rows at the top of a sheet among which the header is looked for."""

_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]|[*＊:：]")


def _plain(text: str) -> str:
    return _BRACKETS.sub("", compact(text))


_BY_HEADER = {_plain(name): column.field for column in COLUMNS for name in (column.header, *column.others)}
NEEDED = frozenset(column.field for column in COLUMNS if column.needed)
TITLES = {column.field: column.header.partition("（")[0] for column in COLUMNS}


def find_columns(cells: Sequence[object]) -> dict[Field, int]:
    """The column of each field in a row that could be the header; the first of two of one field counts."""
    found: dict[Field, int] = {}
    for index, cell in enumerate(cells):
        field = _BY_HEADER.get(_plain(as_text(cell))) if cell not in ("", None) else None
        if field is not None:
            found.setdefault(field, index)
    return found
