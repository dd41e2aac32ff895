"""What changed, in Chinese (变化): a word for each key that an event tells, and for values kept as codes."""

from __future__ import annotations

KEYS = {
    "about": "关于", "accepted": "采纳", "added": "新增", "address": "网络地址", "answers": "填写项数", "area": "面积",
    "as_of": "截至", "assignee": "填报人", "assignments": "任务数", "ballots": "选票数", "bodies": "机构",
    "body": "单位", "building": "楼栋", "by_proxy": "代理投票", "changed": "更新", "changes": "改动数",
    "channel": "渠道", "chosen": "选入数", "closed_on": "办结日期", "code": "代码", "codes": "代码",
    "complete_on": "清册齐全日期", "compound": "小区", "compounds": "小区数", "compounds_gone": "撤回小区数",
    "compounds_restored": "恢复小区数", "comprehensive": "全面体检", "considered": "参选数", "content": "内容",
    "cost": "费用", "count": "数量", "created": "新增", "decided": "裁定项", "decision": "议定事项",
    "digest": "摘要", "division": "区划", "done_on": "完成日期", "due": "期限", "due_on": "期限", "duty": "职责",
    "dwellings": "房屋数", "ended_on": "结束日期", "ends_on": "至", "errors": "错误数", "facts": "情况数",
    "facts_gone": "撤回情况数", "facts_left": "保留情况数", "factor": "第二要素", "failures": "失败次数",
    "field": "专业", "fields": "项目", "file": "文件", "file_name": "文件名", "final": "定稿", "first": "首个",
    "floor": "楼层", "floors": "层数", "former": "原区划", "found": "查到数", "found_on": "发现日期", "from": "自",
    "funder": "出资单位", "heads": "人数", "held_on": "召开日期", "holder": "经办人", "is_active": "启用",
    "kept": "采用项", "kind": "类别", "kinds": "种类", "late_why": "延误原因", "later": "新区划", "lines": "管线类别",
    "left_out": "不计项数", "made_up": "虚构", "name": "名称", "names": "名称", "new_buildings": "新楼栋数",
    "new_owners": "新业主数", "not_done": "未完成数", "note": "说明", "notice": "公示", "number": "编号",
    "phone": "电话",
    "object": "对象", "objects": "对象", "off": "放假日", "on": "日期", "organisation": "单位", "outcome": "结论",
    "owners": "业主", "pack": "政策", "person": "人员", "photos": "照片数", "place": "区划", "post": "岗位",
    "posted_on": "张贴日期", "previous": "上次", "proof": "佐证", "qualification": "资质", "qualified": "合格",
    "query": "条件", "question": "题目", "questions": "题数", "reasons": "退回理由", "received_on": "收到日期",
    "refused": "拒收数", "reminders": "催办次数", "repeated": "重复数", "risk_found": "发现隐患", "room": "房号",
    "rows": "行数", "seq": "顺序号",
    "rules": "计票规则", "scope": "范围", "sessions": "会话数", "shares": "份额", "since": "自",
    "size": "字节数", "skipped": "跳过", "source": "来源", "spot": "地点", "stage": "阶段", "stairwell": "单元",
    "starts_on": "自", "state": "状态", "step": "环节", "subject": "统一身份", "submissions": "填报",
    "system": "代码体系", "text": "内容", "through": "已处理", "title": "情况", "to": "代理人",
    "treated_on": "处置日期", "unchanged": "未变", "unit": "表决单元", "unknown_owner": "业主不明数",
    "until": "至", "url": "页面", "use": "用途", "area_basis": "面积依据", "username": "登录名", "value": "值",
    "version": "版次", "vote": "表决", "voted": "表决通过日期", "way": "方式", "where": "部位", "who": "人员",
    "times": "重开次数", "topic": "议题", "meeting": "会议", "came": "到会人数",
    "why": "原因", "without_assignee": "未指定填报人数", "worked": "补班日", "year": "年份", "years": "年度",
    "yuan": "金额（元）", "anew": "重新录入", "received_at": "交回时间", "waiting": "待录入选票数",
    "applicant": "申请人", "filed_on": "申请日期", "household": "征询户", "households": "户数",
    "items": "改造内容", "prices": "价格（元）", "reason": "原因", "receiver": "受理单位", "responses": "答复数",
    "agent": "受托人",
}  # fmt: skip

VALUES = {
    "residence": "住宅", "shop": "商业", "office": "办公", "parking": "车位", "garage": "车库", "storage": "储藏",
    "registered": "登记", "surveyed": "实测", "contract": "合同", "page": "网页", "sheet": "填报表", "paper": "纸质",
    "visit": "上门", "phone": "手机", "compound": "小区", "building": "楼栋", "stairwell": "单元",
}  # fmt: skip
"""Values that are codes in the event."""
