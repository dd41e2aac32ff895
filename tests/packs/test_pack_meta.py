import pytest

from gongdi.core.policy.packs import Pack
from gongdi.core.policy.packtext import parse_pack
from gongdi.exchange.packfiles import load_vocabulary
from tests.support.packs import META

PARAMETER = '[parameters.last]\nkind = "month_day"\nzh = "末日"\nen = "last day"\n'


def read(meta: str, catalogue: str = "") -> tuple[Pack | None, list[str]]:
    texts = {"pack.toml": meta} | ({"catalogue.csv": catalogue} if catalogue else {})
    pack, faults = parse_pack("test-1999", texts, load_vocabulary())
    return pack, [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ('first_day = "2024-05-01"', "“2024-05-01”不是日期"),
        ("first_day = 2024-05-01T08:00:00", "不是日期"),
        ("first_day = 2024-05-02\nlast_day = 2024-05-01", "末日早于首日"),
        ('rests_on = "anhui-2022"', "“rests_on”项：应为一组文字"),
        ("notes = [1]", "“notes”项：应为一组文字"),
        ('falls_through = ["scoop"]', "没有名为 scoop 的判定"),
        ('[[cites]]\ntitel = "甲"', "引用的文件没有标题"),
        ('[[annexes]]\ntitle = "甲"', "附件缺少标题或是否公开"),
        ("index_number = 12", "“index_number”项：应为文字"),
        ('cites = ["甲"]', "应为一段一段的写法"),
        (PARAMETER, "隐去的参数不能有默认值，其他参数须有默认值"),
        (PARAMETER + 'default = "07-31"\nstate = "masked"', "隐去的参数不能有默认值，其他参数须有默认值"),
        (PARAMETER + 'default = "31 July"', "默认值 '31 July' 不能用"),
        (PARAMETER + 'default = "02-30x"', "不能用"),
        (PARAMETER.replace("month_day", "yaer") + "default = 1", "没有类型“yaer”"),
        (PARAMETER.replace("month_day", "year") + 'default = "1999"', "默认值 '1999' 不能用"),
        ('[parameters.last]\nzh = "末日"\nstate = "masked"', "缺少 kind、zh 或 en"),
        ("= 1", "TOML 格式有误"),
    ],
)
def test_what_is_wrong_in_the_metadata_is_named_and_never_raised(more: str, problem: str) -> None:
    pack, faults = read(META + more)
    assert pack is None
    assert len(faults) == 1
    assert problem in faults[0]


def test_a_level_that_does_not_exist_is_named() -> None:
    assert "没有“town”" in read(META.replace('"district"', '"town"'))[1][0]


def test_metadata_without_faults_are_read() -> None:
    more = 'last_day = 2024-05-01\nfalls_through = ["*"]\n[[cites]]\ntitle = "甲"\n' + PARAMETER + 'default = "07-31"'
    pack, faults = read(META + more)
    assert pack is not None, faults
    assert pack.parameters["last"].default == (7, 31)
    assert not pack.parameters["last"].masked
    assert pack.document.cites[0].title == "甲"


def test_an_item_listed_twice_and_a_wrong_condition_are_named_with_their_lines() -> None:
    head = "item,class,section,when,flags,classes,note\nheating,basic,一,,,,\n"
    assert "第 3 行 “item”列：内容“heating”列了两次" in read(META, head + "heating,upgrade,一,,,,\n")[1][0]
    lines = "drainage,basic,一,,,,\nlift_addition,basic,一,nofact,,,\n"
    assert "catalogue.csv 第 4 行 “when”列" in read(META, head + lines)[1][0]
