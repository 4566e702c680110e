"""What 逻辑检查 looks at, in a few words for each rule: so that “其余 38 项” can be opened and read."""

from collections.abc import Iterable

from models.checks import Finding

LOOKED_AT = {
    "H01": "活动名称",
    "H02": "开始日期",
    "H03": "起止日期的先后",
    "H04": "活动形式",
    "H05": "宣传教育重点",
    "H06": "参加人次",
    "H07": "已完成的活动不晚于今天",
    "H08": "数字的范围",
    "H09": "“其他”的说明",
    "H10": "案例三部分的字数",
    "H11": "案例名称和领域",
    "H12": "单位档案必填项",
    "H14": "照片和附件都在",
    "H16": "报送期内有记录",
    "H17": "案例的保密核对",
    "H18": "案例没有待补充的标记",
    "S01": "会员人数和职工人数",
    "S02": "人次和职工人数",
    "S03": "和上次同类活动的人次",
    "S04": "简述的字数",
    "S05": "成果数量",
    "S07": "活动跨的天数",
    "S08": "日期在报送期之内",
    "S09": "同日同地点的活动",
    "S10": "安全措施",
    "S11": "疑似重复",
    "S12": "浏览量和人次",
    "S13": "案例里的数字",
    "S14": "案例的总字数",
    "S16": "照片的说明和同意",
    "S17": "个人敏感信息",
    "S19": "规范用语",
    "S20": "联合单位",
    "S21": "AI 写的内容人工审核",
    "S22": "过期没有登记的计划",
    "S23": "线上线下和人次",
    "S24": "案例名称的写法",
    "S25": "案例各栏的字数",
    "S26": "案例数字和活动记录一致",
}


def found_right(findings: Iterable[Finding]) -> list[str]:
    """What was looked at without finding anything."""
    wrong = {finding.rule_id for finding in findings}
    return [words for rule, words in LOOKED_AT.items() if rule not in wrong]
