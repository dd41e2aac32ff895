"""The words by which rosters head their columns.

Each line: the field, how sure, and what the whole header must be once spaces, units and leading years are taken
off; the expressions are verbose (line breaks do not count).
`sure` lines are words that mean one thing; `likely` lines widen them; `guess` lines mean several things and are
believed only when the cells below support them or nothing better is found.
"""

from __future__ import annotations

import re

from gongdi.exchange.problems import Sureness
from gongdi.exchange.roster.reading import Field

_PLACE = r"""
    小区|楼院|院落|大院|住宅区|居住区|小区\(楼院\)|小区\(院落\)|小区\(楼栋\)|小区\(院\)|小区\(项目\)
    |小区[/、]?单散楼|单散楼|小区[/、或及和]?(?:楼院|院落|楼栋|楼幢|大院|片区)|零星楼栋|片区\(小区\)
"""
_PLAN = r"""(?:
    拟|已|计划|纳入|列入|申报|实施|本次|项目|涉及|所含|包含|城镇|城市|既有|老旧|旧改|旧|改造|住宅|居民
    |的|老
)*"""
_WHOSE = "(?:小区|项目)?(?:所属|所在|隶属|归属|坐落)?(?:的)?"

_LINES: tuple[tuple[Field, Sureness, str], ...] = (
    (Field.SEQUENCE, "sure", r"序号|编号|原序号|序|no\.?|项目序号|小区序号|总序号"),
    (Field.NAME, "sure", rf"{_PLAN}(?:{_PLACE})名称?"),
    (Field.NAME, "sure", r"""
        小区|改造小区|老旧小区|楼院|小区\(楼院\)|改造项目\(小区\)名称|项目\(小区\)名称|项目名称\(小区\)
        |小区名称\(项目名称\)|小区\(项目\)名称
    """),
    (Field.NAME, "likely", rf"""
        {_PLAN}(?:{_PLACE})(?:的)?(?:名称|名|全称|名单|清单|标准名称|备案名)(?:及.{{1,6}})?
    """),
    (Field.NAME, "likely", rf"{_PLAN}(?:{_PLACE})"),
    (Field.NAME, "likely", r"""
        项目名称|改造项目名称|项目\(小区\)|改造点位(?:名称)?|宿舍名称|家属院名称|楼栋名称|片区名称
        |物业项目名称|小区地址名称
    """),
    (Field.NAME, "guess", r"名称|项目|改造项目|改造对象|点位|片区|改造范围"),
    (Field.PROVINCE, "sure", r"省|省份|省\(区、市\)|省\(自治区、直辖市\)"),
    (Field.CITY, "sure", rf"""
        {_WHOSE}(?:市|城市|地市|设区市|市州|地级市|市\(州\)|地\(市\)|市级|城市名称|市\(地\)|设区市名称|盟市)
    """),
    (Field.DISTRICT, "sure", rf"""
        {_WHOSE}(?:区县|县区|区|县|县\(市、?区\)|区\(县\)|县\(区\)|区\(市\)县|区市县|市县区|旗县|旗县区|县市区|区\(县、?市\)|区\(市、?县\)|市\(区、?县\)|市\(县、?区\)|区划|行政区划?|辖区|城区|区县名称|区县\(市\)|区名称?|县名)
    """),
    (Field.DISTRICT, "likely", rf"""
        {_WHOSE}(?:区域|市区|地区|属地|县级市|功能区|实施区县|责任区|申报区县|行政区域)
    """),
    (Field.STREET, "sure", rf"""
        {_WHOSE}(?:街道|街道\(乡镇\)|街道\(镇\)|镇\(街道?\)|街镇|镇街|街办|街道办|街道办事处|乡镇|乡镇街道|街道乡镇|乡镇\(街道\)|乡\(镇\)|乡镇[/、]街道|街道[/、]乡?镇|街道名称|街镇名称|乡\(镇、街道\)|镇街名称|街\(镇\))
    """),
    (Field.COMMUNITY, "sure", rf"""
        {_WHOSE}(?:社区|居委会|社区居委会|居委|社区\(村\)|社区名称|村居|居民委员会|村\(社区\)|社区\(居委会\)|村社区)
    """),
    (Field.ADDRESS, "sure", rf"""
        (?:小区|详细|项目|具体|坐落|建设|房屋|改造)?(?:地址|坐落|座落|位置|地点|所在地)(?:[/、].{{1,8}})?
        |{_WHOSE}街道[/、及]?社区|坐落位置|小区具体位置|地理位置|门牌号?
    """),
    (Field.COMPLETED_YEAR, "sure", r"""
        (?:小区|房屋|住宅|楼栋|楼房|建筑)?(?:始)?(?:建成|建设|建造|建筑|修建|竣工|落成)(?:年份|年代|年度|年月|年限|年)
        |(?:小区|房屋|住宅)?(?:建成|建造|修建|落成)(?:时间|日期|使用时间)|建成\(竣工\)(?:时间|年份)
        |建房年代|房屋年代|建成于
    """),
    (Field.COMPLETED_YEAR, "likely", r"""
        (?:小区|房屋|住宅)?(?:竣工|建设)(?:时间|日期)|年代|投入使用(?:时间|年份)|建成期
    """),
    (Field.AREA, "sure", r"""
        (?:小区|房屋|住宅|项目)?(?:总)?建筑(?:总)?面积|(?:涉及|改造)(?:房屋|住宅)?(?:总)?建筑(?:总)?面积
        |建面|建筑总面积|总建面|(?:小区|项目)建筑规模
    """),
    (Field.AREA, "likely", r"""
        (?:计划|拟|惠及|实施|房屋|住宅|涉及|小区)*(?:改造)?(?:总)?面积|改造规模|建设规模
    """),
    (Field.HOUSEHOLDS, "sure", r"""
        (?:小区|计划|拟|涉及|惠及|受益|改造|覆盖|居住|现有|实际)*(?:居民|住户|家庭)?(?:总)?户数|居民数
        |(?:惠及|涉及|受益)?居民(?:总)?户数|户|惠及居民户?|涉及居民|受益户
    """),
    (Field.HOUSEHOLDS, "likely", r"""
        (?:住宅)?(?:总)?套数|住宅套数|惠及户|住户|(?:惠及|受益)(?:群众|家庭)|居民|住户数|居民户
    """),
    (Field.BUILDINGS, "sure", r"""
        (?:小区|计划|拟|涉及|改造|现有|住宅|房屋|居民)*(?:总)?(?:楼栋|楼幢|楼房|房屋|建筑|楼宇|楼)?(?:总)?(?:栋|幢|座|楼)数量?
        |楼栋|楼幢|楼幢数|栋|幢|楼栋\(幢\)数|栋\(幢\)数|(?:涉及|改造)楼栋|楼栋总数|(?:住宅)?楼数
        |楼栋数\(幢数\)|楼房\(栋\)
    """),
    (Field.UNITS, "sure", r"(?:改造|总|涉及|小区)*单元(?:数|个数|总数|数量)?|楼门数?|门洞数"),
    (Field.INVESTMENT, "sure", r"""
        (?:计划|项目|预计|估算|改造|工程|概算|预算)*(?:总)?投资(?:额|金额|总额|概算|估算|估算额|规模)?
        |(?:总)投资|投资总额|(?:项目|工程|改造)(?:总)?(?:概算|预算|造价)|改造(?:总)?资金
        |估算(?:总)?投资额?|投资额|计划总投资额?|概算总投资
    """),
    (Field.INVESTMENT, "likely", r"""
        概算|预算|(?:所需|需要|计划|预算|项目|总)(?:改造)?(?:资金|金额|费用)|资金需求|改造费用|资金总额
        |造价|合同价
    """),
    (Field.WORKS, "sure", r"""
        (?:主要|计划|拟|具体|项目|实施)*(?:改造|建设|实施|整治|施工|工程)(?:的)?(?:主要)?(?:内容|项目内容|事项)
        |(?:主要)?(?:改造|建设)内容(?:及规模)?|建设规模及(?:主要)?内容
        |(?:主要)?建设(?:内容|规模)(?:及|和|与)(?:主要)?(?:建设)?(?:规模|内容)|内容
    """),
    (Field.PROGRESS, "sure", r"""
        (?:项目|工程|目前|当前|形象|建设|实施|改造|施工|工作)*(?:进度|进展)(?:情况)?
        |(?:开工|完工|竣工|实施|完成)(?:情况|状态)|状态|项目状态|推进情况|是否(?:开工|完工)
        |(?:当前|目前)状态
    """),
    (Field.PLAN_YEAR, "sure", r"""
        (?:计划|改造|实施|项目|列入|申报|任务|下达|纳入)*年度|(?:计划)?(?:改造|实施|列入)年份
        |(?:计划)?(?:改造|实施)(?:时间|时段)|时段|计划年份|改造计划年度?
    """),
    (Field.PLAN_YEAR, "guess", r"年份|年|时间"),
    (Field.REMARKS, "sure", r"备注|附注|说明|备注说明|备注\(.*\)|其他说明|情况说明"),
)  # fmt: skip

PATTERNS: tuple[tuple[Field, Sureness, re.Pattern[str]], ...] = tuple(
    (field, sureness, re.compile(words, re.VERBOSE)) for field, sureness, words in _LINES
)

ANY_HEADER = re.compile("|".join(f"(?:{words})" for _, _, words in _LINES), re.VERBOSE)
"""Whether a text is any known header at all: asked first, since most cells are none."""

NEVER_A_NAME = re.compile(
    "数|面积|类型|类别|性质|编码|代码|地址|位置|户|栋|幢|年|是否|情况|等级|负责|电话|联系|资金|投资|物业|公司|单位|规模|占比|比例|率"
)
"""A header with any of these does not name a compound, whatever else it says."""

PART_OF_WHOLE = re.compile(
    "其中|中央|省级|省补|市级|区级|县级|财政|居民出资|社会资本|专项债|已完成|累计|到位|完成投资|已投|剩余|补助|奖补|自筹|贷款|每平|单价|均价|占地|用地|绿化|绿地|公共|配套|商业|非住宅|空置|低保|残疾|拆除|新增|计划开工|计划竣工|计划完工|预计竣工|预计完工|外墙|屋面|道路|专有"
)
"""A column that tells a part, another measure or another date; it must not pass for the whole."""
