"""The activity record (活动记录): what a clerk types once and every form is computed from."""

from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Self

Codes = tuple[str, ...]


class Status:
    """Whether the activity took place. Stored as these codes; the words shown are in `STATUS_LABELS`."""

    PLANNED = "planned"
    DONE = "done"
    CANCELLED = "cancelled"


class Role:
    """The unit's part in an activity; it decides which totals count it (FORMS 口径)."""

    HOST = "host"
    CO_HOST = "co_host"
    ASSIST = "assist"
    TAKE_PART = "take_part"


class Mode:
    """How an activity was held (焦工文〔2025〕33号 二：线上线下融合)."""

    OFFLINE = "offline"
    ONLINE = "online"
    BLENDED = "blended"


class Stage:
    """The furthest state a record has reached: the one chip that grid, calendar and dialogs show."""

    PLANNED = "planned"
    DRAFT = "draft"
    DONE = "done"
    FINAL = "final"
    CANCELLED = "cancelled"


STATUS_LABELS = {Status.PLANNED: "计划", Status.DONE: "已完成", Status.CANCELLED: "取消"}
ROLE_LABELS = {Role.HOST: "主办", Role.CO_HOST: "联合主办", Role.ASSIST: "协办", Role.TAKE_PART: "组织参加"}
MODE_LABELS = {Mode.OFFLINE: "线下", Mode.ONLINE: "线上", Mode.BLENDED: "线上线下融合"}
STAGE_LABELS = {
    Stage.PLANNED: "计划",
    Stage.DRAFT: "草稿",
    Stage.DONE: "已完成",
    Stage.FINAL: "定稿",
    Stage.CANCELLED: "取消",
}

# Only these count in the 场次 totals; the others are counted in a column of their own.
HOSTING_ROLES = (Role.HOST, Role.CO_HOST)


@dataclass(frozen=True, slots=True)
class Activity:
    """One activity. Empty text, `None` and `()` mean “not filled in”.

    Choices are codes of the notice pack (`form` F1, `focus` Q1 …); a multi-choice is a tuple of
    codes in the pack's order. `*_other` is the text behind 其他. Numbers are whole; `cost` is in
    分 (1/100 yuan); `satisfaction` is a percentage 0–100. `start_time` and `end_time` are HH:MM.
    `people_*` are 人次 summed over `sessions`; `online_views` are views and never 人次.
    """

    # what is typed: the five required answers
    title: str = ""
    start: date | None = None
    end: date | None = None
    form: str = ""
    form_other: str = ""
    focus: Codes = ()
    people_offline: int | None = None
    people_online: int | None = None
    # 细分项目与成果
    item: str = ""
    quantity: int | None = None
    focus_sub: Codes = ()
    # 时间地点与方式
    start_time: str = ""
    end_time: str = ""
    place: str = ""
    mode: str = ""
    sessions: int | None = 1
    role: str = Role.HOST
    status: str = Status.DONE
    partner_units: str = ""
    people_active: int | None = None
    units: int | None = None
    online_platform: str = ""
    online_url: str = ""
    online_views: int | None = None
    # 载体与中心工作
    carrier: Codes = ()
    carrier_other: str = ""
    contest_events: int | None = None
    contest_people: int | None = None
    contest_certificates: int | None = None
    local_focus: Codes = ()
    local_focus_other: str = ""
    brand: Codes = ()
    brand_other: str = ""
    linked_campaigns: Codes = ()
    linked_campaigns_other: str = ""
    merge_topics: Codes = ()
    methods: Codes = ()
    # 简述与成效
    summary: str = ""
    effect: str = ""
    leader: str = ""
    # 协作、评估、经费等
    partners: Codes = ()
    partners_other: str = ""
    ai_use: Codes = ()
    ai_use_other: str = ""
    ai_tool: str = ""
    ai_reviewed: bool = False
    evaluation: Codes = ()
    satisfaction: int | None = None
    improvement: str = ""
    cost: int | None = None
    cost_source: str = ""
    need_source: str = ""
    need_source_other: str = ""
    safety: str = ""
    tags: Codes = ()
    note: str = ""
    # kept by the program
    joint_key: str = ""
    series: str = ""  # the repetition it was made by (models/recurrence.py)
    finalised: bool = False
    uid: str = ""
    number: str = ""
    notice_id: str = ""
    form_version: str = ""
    revision: int = 0
    created_at: datetime | None = None
    modified_at: datetime | None = None
    modified_by: str = ""

    def with_values(self, **values: object) -> Self:
        """A copy with the given fields replaced; an unknown name raises TypeError."""
        return replace(self, **values)  # pyright: ignore[reportArgumentType]

    @property
    def last_day(self) -> date | None:
        """The day the activity ends: `end`, or `start` when no end was typed."""
        return self.end or self.start

    @property
    def people(self) -> int:
        """人次 in all: offline plus online; views are never added (口径)."""
        return (self.people_offline or 0) + (self.people_online or 0)

    @property
    def held_mode(self) -> str:
        """How it was held: as chosen, else read off the two people boxes; empty when neither tells."""
        if self.mode:
            return self.mode
        if self.people_offline and self.people_online:
            return Mode.BLENDED
        if self.people_online:
            return Mode.ONLINE
        return Mode.OFFLINE if self.people_offline else ""

    @property
    def hosted(self) -> bool:
        """Whether 场次 count in the unit's own totals (主办 or 联合主办)."""
        return self.role in HOSTING_ROLES


SYSTEM_FIELDS = frozenset(
    (
        "joint_key",
        "series",
        "finalised",
        "uid",
        "number",
        "notice_id",
        "form_version",
        "revision",
        "created_at",
        "modified_at",
        "modified_by",
    )
)
TYPED_FIELDS = tuple(field.name for field in fields(Activity) if field.name not in SYSTEM_FIELDS)
