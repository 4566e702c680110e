"""改期 and 取消: moving an activity to another day, one step of 撤销 each."""

from datetime import date, timedelta

from models.activity import Activity, Status
from models.dates import FIRST_YEAR, LAST_YEAR
from models.errors import UserError
from models.ledger import Ledger
from models.recording import Clerk, quoted, record


def moved_to(activity: Activity, new_start: date) -> Activity:
    """The activity on another day, as long as before; times and status stay. Raises UserError outside 1990–2100."""
    length = activity.end - activity.start if activity.start and activity.end else None
    if length is None or length < timedelta():
        length = timedelta()
    if new_start.year < FIRST_YEAR or (date(LAST_YEAR, 12, 31) - new_start) < length:
        raise UserError(f"日期要在 {FIRST_YEAR} 年到 {LAST_YEAR} 年之间。")
    return activity.with_values(start=new_start, end=new_start + length if length else None)


def reschedule(ledger: Ledger, activity: Activity, new_start: date, clerk: Clerk) -> Activity:
    """Move an activity to begin on `new_start` and return it as saved; on the same day nothing happens.

    It lasts as long as before. A planned one stays planned, also on a day that is past: whether it took place only
    the clerk knows. The step is called 把活动“…”改到10月17日. Ask `needs_confirmation` before.
    """
    if activity.start == new_start:
        return activity
    after = moved_to(activity, new_start)
    with ledger.transaction(describe_move(activity, new_start), at=clerk.now, person=clerk.person):
        return record(ledger, after, clerk)


def cancel(ledger: Ledger, activity: Activity, clerk: Clerk) -> Activity:
    """Mark an activity as cancelled and return it; it stays in the ledger. Cancelling twice changes nothing."""
    if activity.status == Status.CANCELLED:
        return activity
    with ledger.transaction(f"取消活动{quoted(activity)}", at=clerk.now, person=clerk.person):
        return record(ledger, activity.with_values(status=Status.CANCELLED), clerk)


def resume(ledger: Ledger, activity: Activity, clerk: Clerk) -> Activity:
    """Take a cancellation back: the activity is planned again."""
    if activity.status != Status.CANCELLED:
        return activity
    with ledger.transaction(f"恢复活动{quoted(activity)}", at=clerk.now, person=clerk.person):
        return record(ledger, activity.with_values(status=Status.PLANNED), clerk)


def needs_confirmation(activity: Activity) -> bool:
    """Whether moving it must be asked first: what took place or was finalised has its day for a reason."""
    return activity.status == Status.DONE or activity.finalised


def confirmation(activity: Activity, new_start: date, today: date) -> str:
    """The question to ask before moving a done activity; empty when none is needed."""
    if not needs_confirmation(activity):
        return ""
    state = "已经定稿" if activity.finalised else "已经完成"
    sentence = f"活动{quoted(activity)}{state}，改到{_day_text(new_start, today.year)}会影响统计。"
    if new_start > today and activity.status == Status.DONE:
        sentence += "这一天还没有到，改后会变成草稿。"
    return f"{sentence}要改吗？"


def describe_move(activity: Activity, new_start: date) -> str:
    """What 撤销 calls the move. The year is named when it changes."""
    year = activity.start.year if activity.start else new_start.year
    return f"把活动{quoted(activity)}改到{_day_text(new_start, year)}"


def _day_text(day: date, year: int) -> str:
    return f"{'' if day.year == year else f'{day.year}年'}{day.month}月{day.day}日"
