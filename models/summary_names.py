"""What the figures of a summary are called: in its text, in the menu that offers them, in 修改记录."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from models.notice import Notice

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "activities": "活动",
        "hosted": "主办、联合主办的活动",
        "sessions": "主办、联合主办的场次",
        "joined": "协办、组织参加的活动",
        "joined_sessions": "协办、组织参加的场次",
        "people": "参加人次",
        "people_offline": "线下人次",
        "people_online": "线上人次",
    }
)
"""What is counted about activities, of the whole period or of one form or focus."""

UNITS: Mapping[str, str] = MappingProxyType(
    {
        "activities": "项",
        "hosted": "项",
        "sessions": "场",
        "joined": "项",
        "joined_sessions": "场",
        "people": "人次",
        "people_offline": "人次",
        "people_online": "人次",
        "quantity": "",
    }
)


@dataclass(frozen=True, slots=True)
class Measure:
    """Something else that is counted: its label, its unit, and the rule (口径) by which it is counted."""

    label: str
    unit: str
    rule: str


OTHERS: Mapping[str, Measure] = MappingProxyType(
    {
        "meetings": Measure("研究部署", "次", "本期内已经召开的研究部署。"),
        "cases": Measure("创新案例", "个", "实施时间在本期结束、已经定稿的案例。"),
        "cases_adopted": Measure("被采用的案例", "个", "本期已经定稿、登记为已采用的案例。"),
        "works": Measure("报道和作品", "件", "本期的报道和作品，没有填数量的按 1 件计。"),
        "exemplars": Measure("宣传的先进典型", "人", "本期宣传的先进典型，同名的计 1 人。"),
        "ai_activities": Measure("用AI工具的活动", "项", "已完成、选了AI应用的活动，一项计 1。"),
        "partner_activities": Measure("协作开展的活动", "项", "已完成、选了协作部门或写了联合单位的活动，一项计 1。"),
        "plans_open": Measure("还没办的计划", "项", "年度计划里还没有举办、也没有取消的。"),
    }
)
RULE_WORKS = "本期的这类报道和作品，没有填数量的按 1 件计。"

OF_ACTIVITY = ("people", "people_online", "sessions", "quantity")
_OWN_LABELS = {"people": "参加人次", "people_online": "线上人次", "sessions": "场次", "quantity": "成果数量"}
_MEASURES = {"quantity": "成果数量", "sessions": "场次", "people": "人次"}  # of an indicator


def label_of_activity(title: str, kind: str) -> str:
    """What a figure of one activity is called: “…”的参加人次."""
    plain = title.replace("“", "‘").replace("”", "’")
    return f"“{plain}”的{_OWN_LABELS[kind]}"


def scoped(scope: str, name: str) -> str:
    """The name of a figure about part of the records: F1.people, Q1.activities, works.news, HD-2025-0007.people."""
    return f"{scope}.{name}" if scope else name


def words_for(name: str, notice: Notice) -> str:
    """What a person calls the figure of this name, whether the records give it or not."""
    if name in LABELS:
        return LABELS[name]
    if name in OTHERS:
        return OTHERS[name].label
    scope, _, rest = name.rpartition(".")
    if scope == "works":
        return notice.label("publicity_kind", rest)
    indicator = next((each for each in notice.indicators if each.code == scope), None)
    if indicator:
        return f"{indicator.label}：{_MEASURES.get(rest, rest)}"
    form = notice.form(scope)
    whose = form.brief if form else notice.label("focus", scope)  # the number of an activity: as it is
    what = LABELS.get(rest) or _OWN_LABELS.get(rest)
    return f"{whose}：{what}" if whose and what else name
