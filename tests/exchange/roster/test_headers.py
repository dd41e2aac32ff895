import pytest

from gongdi.exchange.roster import Field
from gongdi.exchange.roster.headers import read_header

KNOWN = {
    Field.NAME: """小区名称 项目名称 小区(楼院)名称 小区（楼院）名称 小区 小区/单散楼名称 改造小区名称 小区名
        老旧小区名称 拟改造老旧小区名称 小區名稱 院落名称 住宅小区名称 小区名称（地址）""",
    Field.DISTRICT: "区县 县(市、区) 县（市、区） 所属区 区 区市县 所在区县 行政区 縣(市、區)",
    Field.CITY: "市 城市 设区市 所属市",
    Field.STREET: "街道 街道(乡镇) 所属街道 鄉鎮 镇街 街道办事处 小区所在街道",
    Field.COMMUNITY: "社区 所属社区 社区名称 居委会 社區",
    Field.ADDRESS: "地址 坐落 小区地址 地址/街道社区 具体位置",
    Field.COMPLETED_YEAR: "建成年份 建成时间 竣工年份 建设年代 建成年代 房屋建成年代",
    Field.AREA: "建筑面积(平方米) 建筑面积（万㎡） 总建筑面积/万平方米 建筑面积㎡ 改造面积（万平）",
    Field.HOUSEHOLDS: "户数 居民户数 惠及户数 涉及户数(户) 总户数（户） 惠及居民（户） 戶數",
    Field.BUILDINGS: "楼栋数 栋数 幢数 楼幢数 楼栋数（栋） 改造楼栋数 房屋栋数 樓棟數",
    Field.UNITS: "单元数 单元（个） 总单元数",
    Field.INVESTMENT: "计划投资(万元) 总投资（亿元） 投资：万元 2021年计划投资（万元） 投资估算",
    Field.PLAN_YEAR: "年度 改造年度 计划年度 时段",
    Field.SEQUENCE: "序号 原序号",
    Field.WORKS: "改造内容 主要改造内容",
    Field.PROGRESS: "进度 形象进度",
    Field.REMARKS: "备注",
}

OTHER = """小区数(个) 小区数 小区（个） 计划任务数_小区(个) 新开工小区数(个) 老旧小区数量 项目数(个) name 数值
    小区类型 小区编号说明 物业公司名称 建设单位名称 占地面积（㎡） 绿化面积 中央资金（万元） 其中：居民出资
    完成投资（万元） 累计完成投资 计划竣工时间 计划开工时间 商业户数 开工数_居民户数(万户) 户数(平方米)"""


@pytest.mark.parametrize(
    ("header", "field"), [(word, field) for field, words in KNOWN.items() for word in words.split()]
)
def test_a_usual_header_is_understood(header: str, field: Field) -> None:
    assert read_header(header).field is field


def test_spaces_and_line_breaks_within_a_header_do_not_matter() -> None:
    assert read_header("小 区\n名 称").field is Field.NAME
    assert read_header("备　注").field is Field.REMARKS


@pytest.mark.parametrize("header", OTHER.split())
def test_a_header_of_something_else_is_left_alone(header: str) -> None:
    assert read_header(header).field is None


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("建筑面积(平方米)", 1),
        ("建筑面积（万㎡）", 10_000),
        ("计划投资（亿元）", 100_000_000),
        ("投资/万元", 10_000),
        ("投资(元)", 1),
    ],
)
def test_the_unit_in_a_header_is_read(header: str, factor: int) -> None:
    unit = read_header(header).unit
    assert unit is not None
    assert unit.factor == factor


@pytest.mark.parametrize(
    ("header", "sureness"), [("小区名称", "sure"), ("项目名称", "likely"), ("名称", "guess"), ("竣工时间", "likely")]
)
def test_how_sure_a_header_is_depends_on_its_words(header: str, sureness: str) -> None:
    assert read_header(header).sureness == sureness
