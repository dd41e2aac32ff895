"""Invented words for the made-up district: compound names and people. None is meant to be a real one."""

from __future__ import annotations

FIRST_WORDS = (
    "青禾", "槐安", "云岫", "澄江", "望槐", "听潮", "桂影", "松涧", "荷风", "晴澜", "竹溪", "兰庭里", "柳岸",
    "星桥", "平畴", "春和", "秋实", "麦香", "枫晚", "银杏", "海棠", "紫藤", "新禾", "安澜", "永乐里", "同心",
    "朝晖", "晚晴", "南薰", "北辰里", "东篱", "西畴", "长青", "百合", "月湖里", "石榴",
)  # fmt: skip
KIND_WORDS = {
    "compound": ("新村", "小区", "花园", "一村", "二村", "公寓", "苑", "南区", "北区"),
    "single_building": ("1号楼", "宿舍楼", "职工楼"),
    "resettlement": ("安置小区", "安居苑"),
    "affordable": ("保障住房", "公租房小区"),
    "villa_only": ("别墅",),
    "self_built_area": ("老街片",),
}

PEOPLE = (
    ("shenzhiyuan", "沈知远", "district_officer", "330205", "江北区", "江北区住房和城乡建设局（演示）", "区住建局"),
    ("guminghe", "顾明荷", "street_clerk", "330205004", "文教街道", "文教街道办事处（演示）", "街道"),
    ("fengxiaoman", "冯小满", "community_worker", "330205004004", "繁景社区", "繁景社区居民委员会（演示）", "社区"),
    ("luyizhou", "陆一舟", "city_viewer", "3302", "宁波市", "宁波市住房和城乡建设局（演示）", "市住建局"),
    ("jiangzhao", "江照", "auditor", "", "全部", "审计组（演示）", "审计"),
    ("heshouyi", "何守一", "administrator", "", "全部", "系统管理（演示）", "系统管理"),
    ("songanlan", "宋安澜", "security_administrator", "", "全部", "安全管理（演示）", "安全管理"),
    ("jishiming", "纪世明", "audit_administrator", "", "全部", "审计管理（演示）", "审计管理"),
    ("xujingxing", "徐景行", "street_leader", "330205004", "文教街道", "文教街道办事处（演示）", "街道"),
    ("qianmulan", "钱牧兰", "finance_officer", "330205", "江北区", "江北区财政局（演示）", "财政"),
    ("zhengyunfan", "郑云帆", "department_officer", "330205", "江北区", "江北区自然资源部门（演示）", "部门"),
    ("huangqingtian", "黄晴天", "province_viewer", "33", "浙江省", "省住房和城乡建设厅（演示）", "省住建厅"),
    ("wangdeyin", "王德音", "owners_committee", "330205", "江北区", "业主委员会（演示）", "业主委员会"),
    ("luoxiaozhu", "罗小竹", "residents_group", "330205", "江北区", "居民小组（演示）", "居民小组"),
    ("panjiahe", "潘嘉禾", "property_company", "330205", "江北区", "安居物业（演示）", "物业"),
    ("shuichangliu", "水长流", "utility", "3302", "宁波市", "城市供水公司（演示）", "专营单位"),
    ("huatuzhi", "华图之", "designer", "330205", "江北区", "匠意设计院（演示）", "设计"),
    ("zhugongcheng", "祝功成", "builder", "330205", "江北区", "同心建设公司（演示）", "施工"),
    ("jianzhengyan", "简正言", "supervisor", "330205", "江北区", "正言监理公司（演示）", "监理"),
    ("suniannong", "苏念农", "community_worker", "330205004001", "育才社区", "育才社区居民委员会（演示）", "社区"),
)
"""Sign-in name, name, kind of post, place, its name, organisation and its kind: one made-up person a post, and a second
community worker where the votes are held."""
