"""计划 and 研究部署: what is meant to happen in a month, and the meetings of the leadership about it."""

from dataclasses import dataclass
from datetime import date, datetime

PLAN, MEETING = "plan", "meeting"


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A line of the yearly plan, or (`kind` meeting) a 研究部署: its `day`, `host` 主持人 and `topic` 议题.

    `month` is 2025-09 as text, so that a plan needs no day; `activity_uid` is the activity it became, empty
    while it is only a plan. 焦工文〔2025〕33号 一：纳入年度重点工作统筹推进；总工办发〔2025〕7号 四（一）.
    """

    kind: str = PLAN
    title: str = ""
    month: str = ""
    day: date | None = None
    form: str = ""
    leader: str = ""
    host: str = ""
    topic: str = ""
    cancelled: bool = False
    activity_uid: str = ""
    uid: str = ""
    revision: int = 0
    created_at: datetime | None = None
    modified_at: datetime | None = None
    modified_by: str = ""
