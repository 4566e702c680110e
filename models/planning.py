"""年度计划: lines of the plan, making one an activity, and “计划 → 已完成”."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.activity import Activity, Status
from models.calendar_days import DayInfo, day_info, is_rest_day, read_marks
from models.calendar_query import CalendarEntry, entries_of, list_live
from models.dates import FIRST_YEAR, LAST_YEAR
from models.errors import UserError
from models.ledger import Ledger
from models.plan_item import MEETING, PLAN, PlanItem
from models.plan_repository import PLAN_ITEMS, list_of_year
from models.recording import Clerk, new_activity, quoted, record

_LARGEST = 1_000_000  # 人次, FORMS.md A.people


class PlanState:
    """How far a line of the plan is (表8 完成情况). The words shown are in `PLAN_STATE_LABELS`."""

    DONE = "done"
    PENDING = "pending"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"


PLAN_STATE_LABELS = {
    PlanState.DONE: "已完成",
    PlanState.PENDING: "未到期",
    PlanState.OVERDUE: "已过期",
    PlanState.CANCELLED: "取消",
}


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A line of the plan with how far it is, and the activity it became (None while it is only a plan)."""

    item: PlanItem
    state: str
    activity: CalendarEntry | None


def save_item(ledger: Ledger, item: PlanItem, clerk: Clerk) -> PlanItem:
    """Save a line of the plan or a 研究部署 as one step. Raises UserError for a missing title or month."""
    tidy = _tidied(item)
    old = PLAN_ITEMS.get(ledger, tidy.uid) if tidy.uid else None
    verb = "修改" if old else "新建"
    with ledger.transaction(f"{verb}{_named(tidy)}", at=clerk.now, person=clerk.person):
        return PLAN_ITEMS.save(ledger, tidy, now=clerk.now, person=clerk.person)


def delete_items(ledger: Ledger, items: Sequence[PlanItem], clerk: Clerk) -> str:
    """Move lines of the plan to 回收站 as one step; their activities stay. Returns what was done."""
    what = _named(items[0]) if len(items) == 1 else f"{len(items)} 项计划"
    with ledger.transaction(f"删除{what}", at=clerk.now, person=clerk.person):
        PLAN_ITEMS.delete(ledger, [item.uid for item in items], now=clerk.now)
    return f"{what}已移到回收站"


def cancel_item(ledger: Ledger, item: PlanItem, clerk: Clerk, *, cancelled: bool = True) -> PlanItem:
    """Mark a line of the plan as cancelled, or take that back, as one step."""
    verb = "取消" if cancelled else "恢复"
    with ledger.transaction(f"{verb}{_named(item)}", at=clerk.now, person=clerk.person):
        return PLAN_ITEMS.save(ledger, replace(item, cancelled=cancelled), now=clerk.now, person=clerk.person)


def to_activity(ledger: Ledger, item: PlanItem, clerk: Clerk, day: date | None = None) -> Activity:
    """Make a planned activity from a line of the plan and link the two, as one step; returns the activity.

    The day is `day`, else the item's, else a working day of its month. Raises UserError for a line that is an
    activity already, is cancelled or is a 研究部署.
    """
    if item.kind != PLAN:
        raise UserError("研究部署不能转成活动。请新建一项计划。")
    if item.cancelled:
        raise UserError(f"{_named(item)}已经取消。请先恢复，再转成活动。")
    if item.activity_uid and list_live(ledger, [item.activity_uid]):
        raise UserError(f"{_named(item)}已经有对应的活动，不用再建。")
    start = day or item.day or _working_day(ledger, item.month, clerk)
    usual = new_activity(ledger, clerk)
    known_form = item.form if clerk.notice.form(item.form) else ""
    wanted = usual.with_values(
        title=item.title,
        start=start,
        form=known_form or usual.form,
        focus=usual.focus if not known_form or known_form == usual.form else (),
        leader=item.leader or usual.leader,
        status=Status.PLANNED,
    )
    with ledger.transaction(f"把{_named(item)}转成活动", at=clerk.now, person=clerk.person):
        activity = record(ledger, wanted, clerk)
        linked = replace(item, activity_uid=activity.uid)
        PLAN_ITEMS.save(ledger, linked, now=clerk.now, person=clerk.person)
    return activity


def complete(
    ledger: Ledger,
    activity: Activity,
    clerk: Clerk,
    *,
    people_offline: int | None = None,
    people_online: int | None = None,
) -> Activity:
    """计划 → 已完成 with the figures that were asked, as one step; returns the activity as saved, never 定稿.

    A figure left None keeps what the record has. Without any figure it is saved as 草稿, as everywhere. Raises
    UserError when its last day is still to come or a figure is no number of people.
    """
    if activity.last_day and activity.last_day > clerk.today:
        last = activity.last_day
        raise UserError(f"活动{quoted(activity)}到{last.month}月{last.day}日才结束。如果提前办了，请先改日期。")
    for label, figure in (("线下参加人次", people_offline), ("线上参与人次", people_online)):
        if figure is not None and not 0 <= figure <= _LARGEST:
            raise UserError(f"{label}应在 0 到 {_LARGEST} 之间。")
    done = activity.with_values(
        status=Status.DONE,
        people_offline=activity.people_offline if people_offline is None else people_offline,
        people_online=activity.people_online if people_online is None else people_online,
    )
    with ledger.transaction(f"登记活动{quoted(activity)}的结果", at=clerk.now, person=clerk.person):
        return record(ledger, done, clerk)


def state_of(item: PlanItem, activities: Mapping[str, CalendarEntry], today: date) -> str:
    """How far a line of the plan is. `activities` are those it may have become, by uid (`entries_of`).

    An activity that lies in 回收站 is not among them: the line is a plan again. A 研究部署 is done once its day came.
    """
    if item.cancelled:
        return PlanState.CANCELLED
    if entry := activities.get(item.activity_uid):
        if entry.status == Status.DONE:
            return PlanState.DONE
        if entry.status == Status.CANCELLED:
            return PlanState.CANCELLED
        return PlanState.OVERDUE if entry.last_day < today else PlanState.PENDING
    if item.kind == MEETING and item.day:
        return PlanState.DONE if item.day <= today else PlanState.PENDING
    due = item.day or _last_of(item.month)
    return PlanState.OVERDUE if due and due < today else PlanState.PENDING


def plan_of_year(ledger: Ledger, year: int, today: date, *, kind: str = PLAN) -> list[PlanRow]:
    """The plan of a calendar year in order, each line with its state and its activity: the rows of 表8."""
    items = [item for item in list_of_year(ledger, year) if item.kind == kind]
    activities = entries_of(ledger, (item.activity_uid for item in items))
    return [PlanRow(item, state_of(item, activities, today), activities.get(item.activity_uid)) for item in items]


def lacking(item: PlanItem) -> str:
    """What has to be filled in before a line can be saved, as a sentence; empty when nothing is lacking."""
    meeting = item.kind == MEETING
    if meeting and not item.day:
        return "请填写研究部署的日期。"
    if not item.title.strip() and not (meeting and item.topic.strip()):
        return "请填写议题。" if meeting else "请填写计划内容。"
    return ""


def _tidied(item: PlanItem) -> PlanItem:
    """The item as it is stored; a day decides the month."""
    title = " ".join(item.title.split())
    if problem := lacking(item):
        raise UserError(problem)
    month = item.day.strftime("%Y-%m") if item.day else item.month
    if _first_of(month) is None:
        raise UserError("请填写计划月份，例如 2025-09。")
    return replace(item, title=title, month=month, topic=item.topic.strip(), host=item.host.strip())


def _named(item: PlanItem) -> str:
    """计划“…” or 研究部署“…”, as sentences name it."""
    words = quoted(Activity(title=item.title or item.topic))
    return f"{'研究部署' if item.kind == MEETING else '计划'}{words}"


def _first_of(month: str) -> date | None:
    try:
        day = date.fromisoformat(f"{month}-01")
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _last_of(month: str) -> date | None:
    first = _first_of(month)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1) if first else None


def _working_day(ledger: Ledger, month: str, clerk: Clerk) -> date:
    """The first working day of a month that is not past yet; of a month that is over, its last working day."""
    first, last = _first_of(month), _last_of(month)
    if first is None or last is None:
        return clerk.today
    marks = read_marks(ledger)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    infos: list[DayInfo] = [day_info(day, clerk.notice, marks) for day in days]
    working = [info.day for info in infos if not is_rest_day(info)] or [first]
    return next((day for day in working if day >= clerk.today), working[-1])
