"""One description of each field, for form, grid, rules, import and export."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """How a field is typed, shown and checked."""

    TEXT = "text"
    LONG_TEXT = "long text"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    MULTI = "multi"
    INTEGER = "integer"
    MONEY = "money"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A field of a record.

    `name` is the attribute of the dataclass; `limit` the largest number or the most characters (never
    enforced while typing); `minimum` the fewest; `unit` stands behind the box; `hint` is an example
    shown in the empty box or a line under it; `other_of` names the choice whose 其他 this text explains;
    `group` is the folded group it belongs to, empty for the required card.
    """

    name: str
    label: str
    kind: Kind
    group: str = ""
    required: bool = False
    limit: int = 0
    minimum: int = 0
    unit: str = ""
    hint: str = ""
    other_of: str = ""
    advised: tuple[int, int] = (0, 0)


REQUIRED_LIMIT = 5  # 为基层减负: a test fails when a sixth required answer appears

# The folded groups of the activity form, in order: key → (title, what is in it)
ACTIVITY_GROUPS = {
    "item": ("细分项目与成果", "通知里的具体项目、成果数量"),
    "place": ("时间地点与方式", "地点、场次、角色、状态"),
    "carrier": ("载体与中心工作", "载体、品牌、结合的活动"),
    "text": ("简述与成效", "建议写 60—200 字"),
    "more": ("协作、评估、经费等", "协作部门、AI应用、评估、经费、安全"),
}

_HEADS = 1_000_000

ACTIVITY_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("title", "活动名称", Kind.TEXT, required=True, limit=60, minimum=2),
    FieldSpec("start", "活动日期", Kind.DATE, required=True, hint="可直接输入 10-9、10月9日"),
    FieldSpec("end", "结束日期", Kind.DATE, hint="同一天"),
    FieldSpec("form", "活动形式", Kind.CHOICE, required=True),
    FieldSpec("form_other", "其他形式", Kind.TEXT, limit=30, other_of="form", hint="请写明是什么形式"),
    FieldSpec("focus", "宣传教育重点", Kind.MULTI, required=True),
    FieldSpec("people_offline", "线下参加人次", Kind.INTEGER, required=True, limit=_HEADS, unit="人次"),
    FieldSpec("people_online", "线上参与人次", Kind.INTEGER, limit=_HEADS, unit="人次"),
    FieldSpec("item", "细分项目", Kind.CHOICE, "item"),
    FieldSpec("quantity", "成果数量", Kind.INTEGER, "item", limit=_HEADS),
    FieldSpec("focus_sub", "重点细目", Kind.MULTI, "item"),
    FieldSpec("status", "状态", Kind.CHOICE, "place"),
    FieldSpec("role", "举办角色", Kind.CHOICE, "place"),
    FieldSpec("partner_units", "联合单位", Kind.TEXT, "place", limit=100, hint="写单位全称，几家用顿号隔开"),
    FieldSpec("sessions", "场次", Kind.INTEGER, "place", limit=999, minimum=1, unit="场"),
    FieldSpec("mode", "开展方式", Kind.CHOICE, "place"),
    FieldSpec("start_time", "开始时间", Kind.TIME, "place", hint="如 14:30"),
    FieldSpec("end_time", "结束时间", Kind.TIME, "place", hint="如 16:00"),
    FieldSpec("place", "地点", Kind.TEXT, "place", limit=60),
    FieldSpec("people_active", "其中登台展示职工", Kind.INTEGER, "place", limit=_HEADS, unit="人"),
    FieldSpec("units", "参与单位", Kind.INTEGER, "place", limit=9999, unit="个"),
    FieldSpec("online_platform", "线上平台", Kind.TEXT, "place", limit=40),
    FieldSpec("online_url", "链接", Kind.TEXT, "place", limit=300),
    FieldSpec("online_views", "浏览量", Kind.INTEGER, "place", limit=1_000_000_000, unit="次，不计入人次"),
    FieldSpec("carrier", "活动载体", Kind.MULTI, "carrier"),
    FieldSpec("carrier_other", "其他载体", Kind.TEXT, "carrier", limit=30, other_of="carrier"),
    FieldSpec("contest_events", "赛项（工种）", Kind.INTEGER, "carrier", limit=999, unit="个"),
    FieldSpec("contest_people", "参赛人数", Kind.INTEGER, "carrier", limit=_HEADS, unit="人"),
    FieldSpec("contest_certificates", "获证人数", Kind.INTEGER, "carrier", limit=_HEADS, unit="人"),
    FieldSpec("local_focus", "服务中心工作", Kind.MULTI, "carrier"),
    FieldSpec("local_focus_other", "其他中心工作", Kind.TEXT, "carrier", limit=30, other_of="local_focus"),
    FieldSpec("brand", "工作品牌", Kind.MULTI, "carrier"),
    FieldSpec("brand_other", "其他品牌", Kind.TEXT, "carrier", limit=30, other_of="brand"),
    FieldSpec("linked_campaigns", "结合活动", Kind.MULTI, "carrier"),
    FieldSpec("linked_campaigns_other", "其他结合活动", Kind.TEXT, "carrier", limit=30, other_of="linked_campaigns"),
    FieldSpec("merge_topics", "融合主题", Kind.MULTI, "carrier"),
    FieldSpec("methods", "五个“人”", Kind.MULTI, "carrier"),
    FieldSpec("summary", "活动简述", Kind.LONG_TEXT, "text", limit=300, advised=(60, 200)),
    FieldSpec("effect", "成效", Kind.LONG_TEXT, "text", limit=300),
    FieldSpec("leader", "责任人", Kind.TEXT, "text", limit=20),
    FieldSpec("partners", "协作部门", Kind.MULTI, "more"),
    FieldSpec("partners_other", "其他协作部门", Kind.TEXT, "more", limit=100, other_of="partners"),
    FieldSpec("ai_use", "AI应用", Kind.MULTI, "more"),
    FieldSpec("ai_use_other", "其他AI应用", Kind.TEXT, "more", limit=30, other_of="ai_use"),
    FieldSpec("ai_tool", "AI工具", Kind.TEXT, "more", limit=40),
    FieldSpec("ai_reviewed", "AI内容已经人工审核", Kind.FLAG, "more"),
    FieldSpec("evaluation", "评估方式", Kind.MULTI, "more"),
    FieldSpec("satisfaction", "满意率", Kind.INTEGER, "more", limit=100, unit="%"),
    FieldSpec("improvement", "改进", Kind.TEXT, "more", limit=100),
    FieldSpec("cost", "经费", Kind.MONEY, "more", limit=999_999_999, unit="元"),
    FieldSpec("cost_source", "经费来源", Kind.CHOICE, "more"),
    FieldSpec("need_source", "需求来源", Kind.CHOICE, "more"),
    FieldSpec("need_source_other", "其他来源", Kind.TEXT, "more", limit=30, other_of="need_source"),
    FieldSpec("safety", "安全措施", Kind.TEXT, "more", limit=100),
    FieldSpec("tags", "标签", Kind.MULTI, "more"),
    FieldSpec("note", "备注", Kind.TEXT, "more", limit=100),
)

UNIT_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("name", "基层工会名称", Kind.TEXT, required=True, limit=60, minimum=4, hint="写全称，与公章一致。"),
    FieldSpec("area", "所在县（市、区）", Kind.CHOICE, required=True),
    FieldSpec("contact", "联系人", Kind.TEXT, required=True, limit=20),
    FieldSpec("phone", "联系电话", Kind.TEXT, required=True, limit=20, hint="座机或手机"),
    FieldSpec("code", "统计编码", Kind.TEXT, limit=30, hint="每年都用的那个编码"),
    FieldSpec("workers", "职工人数", Kind.INTEGER, limit=200_000, unit="人"),
    FieldSpec("members", "会员人数", Kind.INTEGER, limit=200_000, unit="人"),
    FieldSpec("superior_type", "上级工会类型", Kind.CHOICE, "superior", required=True),
    FieldSpec("superior_name", "上级工会名称", Kind.TEXT, "superior", limit=60),
    FieldSpec("org_type", "组织类型", Kind.CHOICE, "superior"),
    FieldSpec("chain", "所属产业链群", Kind.TEXT, "superior", limit=30),
    FieldSpec("chair", "工会主席", Kind.TEXT, "superior", limit=20),
    FieldSpec("email", "发件邮箱", Kind.TEXT, "superior", limit=100),
)

# Lengths of a case: `minimum` is hard (H10, H11), `limit` a hint (S25); both count characters without spaces.
# `limit` of the two MULTI fields is the most rows or links.
CASE_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("title", "案例名称", Kind.TEXT, required=True, limit=40, minimum=4, hint="写做法，不写单位名称"),
    FieldSpec("domain", "所属领域", Kind.CHOICE, required=True),
    FieldSpec("problem", "针对问题", Kind.LONG_TEXT, required=True, limit=600, minimum=50),
    FieldSpec("practice", "主要做法", Kind.LONG_TEXT, required=True, limit=2000, minimum=100),
    FieldSpec("insight", "经验启示", Kind.LONG_TEXT, required=True, limit=600, minimum=50),
    FieldSpec("effects", "量化成效", Kind.MULTI, "figures", limit=8),
    FieldSpec("activities", "关联活动", Kind.MULTI, "figures", limit=20),
    FieldSpec("summary", "一句话亮点", Kind.TEXT, "more", limit=100, hint="印在案例目录里"),
    FieldSpec("period_start", "实施开始", Kind.DATE, "more", hint="按关联活动"),
    FieldSpec("period_end", "实施结束", Kind.DATE, "more", hint="按关联活动"),
    FieldSpec("author", "执笔人", Kind.TEXT, "more", limit=20),
    FieldSpec("reviewer", "审核人", Kind.TEXT, "more", limit=20),
    FieldSpec("phone", "联系电话", Kind.TEXT, "more", limit=20, hint="座机或手机"),
    FieldSpec("video", "视频", Kind.TEXT, "more", limit=100, hint="文件名或链接，视频不随邮件发"),
    FieldSpec("reported_before", "已报其他渠道", Kind.TEXT, "more", limit=60, hint="没有就不填，有就写报到哪里"),
    FieldSpec("publish_ok", "同意发布、汇编", Kind.FLAG, "more"),
    FieldSpec("secret_checked", "已核对不含涉密、内部和个人敏感信息", Kind.FLAG, "more"),
)

WORK_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("kind", "类别", Kind.CHOICE, required=True),
    FieldSpec("kind_other", "其他类别", Kind.TEXT, limit=20, other_of="kind", hint="请写明是什么"),
    FieldSpec("title", "标题", Kind.TEXT, required=True, limit=60),
    FieldSpec("media", "媒体（平台）", Kind.TEXT, limit=40),
    FieldSpec("account", "账号名称", Kind.TEXT, limit=40),
    FieldSpec("level", "级别", Kind.CHOICE),
    FieldSpec("day", "日期", Kind.DATE),
    FieldSpec("url", "链接", Kind.TEXT, limit=300),
    FieldSpec("quantity", "数量", Kind.INTEGER, limit=_HEADS, unit="件"),
    FieldSpec("views", "播放（阅读）量", Kind.INTEGER, limit=1_000_000_000, unit="次，不计入人次"),
    FieldSpec("publicity", "宣传类型", Kind.CHOICE),
    FieldSpec("note", "备注", Kind.TEXT, limit=100),
)

EXEMPLAR_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("name", "姓名", Kind.TEXT, required=True, limit=20),
    FieldSpec("kind", "类别", Kind.CHOICE, required=True),
    FieldSpec("kind_other", "其他类别", Kind.TEXT, limit=20, other_of="kind", hint="请写明是什么"),
    FieldSpec("level", "称号级别", Kind.CHOICE),
    FieldSpec("method", "宣传方式", Kind.TEXT, limit=40, hint="如宣讲、专栏、短视频"),
    FieldSpec("times", "次数", Kind.INTEGER, limit=9999, minimum=1, unit="次"),
    FieldSpec("day", "日期", Kind.DATE),
)

# A line of the plan, and a 研究部署 (models/plan_item.py): the same record, asked for differently.
PLAN_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("title", "计划内容", Kind.TEXT, required=True, limit=60, minimum=2),
    FieldSpec("month", "计划月份", Kind.TEXT, required=True, hint="如 2025-09"),
    FieldSpec("day", "计划日期", Kind.DATE, hint="定了再填"),
    FieldSpec("form", "活动形式", Kind.CHOICE),
    FieldSpec("leader", "责任人", Kind.TEXT, limit=20),
)
MEETING_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("day", "日期", Kind.DATE, required=True),
    FieldSpec("host", "主持人", Kind.TEXT, limit=20),
    FieldSpec("topic", "议题", Kind.LONG_TEXT, required=True, limit=100),
)

# The summary of a period (表9); its five parts are numbered 一、 to 五、 in this order.
SUMMARY_FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec("title", "标题", Kind.TEXT, required=True, limit=60),
    FieldSpec("address", "主送", Kind.TEXT, limit=60),
    FieldSpec("overview", "总体情况", Kind.LONG_TEXT, required=True),
    FieldSpec("practice", "主要做法", Kind.LONG_TEXT, required=True),
    FieldSpec("highlights", "特色亮点和创新案例", Kind.LONG_TEXT, required=True),
    FieldSpec("problems", "存在问题", Kind.LONG_TEXT, required=True),
    FieldSpec("next_steps", "下步打算", Kind.LONG_TEXT, required=True),
)

# Where the options of a choice stand in the notice (`Notice.options`), if not under the field's own name.
CASE_CHOICES = {"domain": "case_domain"}
WORK_CHOICES = {"kind": "publicity_kind", "level": "publicity_level", "publicity": "publicity_type"}
EXEMPLAR_CHOICES = {"kind": "exemplar_kind", "level": "exemplar_level"}

_BY_NAME = {spec.name: spec for spec in ACTIVITY_FIELDS}
_UNIT_BY_NAME = {spec.name: spec for spec in UNIT_FIELDS}
_CASE_BY_NAME = {spec.name: spec for spec in CASE_FIELDS}
_SUMMARY_BY_NAME = {spec.name: spec for spec in SUMMARY_FIELDS}


def activity_field(name: str) -> FieldSpec:
    """The description of an activity field; KeyError for a name the record does not have."""
    return _BY_NAME[name]


def unit_field(name: str) -> FieldSpec:
    """The description of a field of the unit card; KeyError for a name it does not have."""
    return _UNIT_BY_NAME[name]


def case_field(name: str) -> FieldSpec:
    """The description of a field of a case; KeyError for a name it does not have."""
    return _CASE_BY_NAME[name]


def summary_field(name: str) -> FieldSpec:
    """The description of a field of a summary; KeyError for a name it does not have."""
    return _SUMMARY_BY_NAME[name]
