from pathlib import Path

from gongdi.core.values import Area
from gongdi.exchange.figures import YearSpan
from gongdi.exchange.roster import Field
from tests.exchange.roster.made_up import read, whys

OLD = Path(__file__).parent / "data" / "old_list.xls"


def test_an_xls_is_read_like_an_xlsx_with_its_merges_and_dates() -> None:
    reading = read(OLD)
    assert whys(reading) == ""
    assert [row.name for row in reading.rows] == ["柳堤新村", "纺机厂宿舍"]
    assert [row.value(Field.STREET) for row in reading.rows] == ["柳堤街道", "柳堤街道"]
    assert [row.completed_span for row in reading.rows] == [YearSpan(1986, 1986), YearSpan(1996, 1998)]
    assert reading.rows[0].area == Area(3_120_000)
    assert reading.rows[0].value(Field.HOUSEHOLDS) == 480


def test_an_xls_called_xlsx_is_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(OLD.read_bytes())
    assert read(path).compounds == 2
