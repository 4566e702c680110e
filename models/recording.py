"""Recording activities: what happens between “保存” and the row in the ledger.

Every way in – the form, bulk changes, imports, samples – goes through here, so that defaults, the
completeness that decides the stage, and the name of the step for 撤销 are the same everywhere.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models import activity_repository, activity_row
from models.activity import TYPED_FIELDS, Activity, Status
from models.errors import UserError
from models.fields import activity_field
from models.ledger import Ledger
from models.notice import Notice
from models.unit import Unit
from models.unit_repository import get_unit

# The unit card is judged by itself (models/checks/unit_rules.py); no hard rule of a record looks at it.
_NO_UNIT = Unit()


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who records, when, under which notice. `now` is local time; rules see its day as today."""

    notice: Notice
    now: datetime
    person: str = ""

    @property
    def today(self) -> date:
        """The day on which the clerk works."""
        return self.now.date()


def suggested_status(start: date | None, today: date) -> str:
    """计划 for a day still to come, 已完成 otherwise."""
    return Status.PLANNED if start and start > today else Status.DONE


def new_activity(ledger: Ledger, clerk: Clerk) -> Activity:
    """A new record with what can be known beforehand: today, the form used last and its focus, the contact person."""
    last = activity_repository.latest_activity(ledger)
    form = last.form if last and clerk.notice.form(last.form) else ""
    return Activity(
        start=clerk.today,
        form=form,
        focus=last.focus if last and form else (),
        leader=get_unit(ledger).contact,
        notice_id=clerk.notice.id,
        form_version=clerk.notice.form_version,
    )


def copy_as_new(activity: Activity, today: date) -> Activity:
    """A new record that starts from this one: its numbers of people, quantities and state are not taken over."""
    return Activity(
        **{name: getattr(activity, name) for name in TYPED_FIELDS},
        notice_id=activity.notice_id,
        form_version=activity.form_version,
    ).with_values(
        start=today,
        end=None,
        status=Status.DONE,
        people_offline=None,
        people_online=None,
        people_active=None,
        quantity=None,
        online_views=None,
        satisfaction=None,
        cost=None,
    )


def record(ledger: Ledger, activity: Activity, clerk: Clerk, *, finalise: bool | None = None) -> Activity:
    """Save one record durably and return it. Saving never fails for missing answers: those make it a 草稿.

    `finalise` True asks for 定稿 and raises UserError while a hard rule is broken; False takes 定稿 back;
    None keeps it as long as the record stays complete.
    """
    before = activity_repository.get_activity(ledger, activity.uid) if activity.uid else None
    complete = _judgement(clerk)(activity)
    if finalise and not complete:
        raise UserError("还有必填内容没有填好，不能定稿。已填的内容可以先存草稿。")
    kept = activity.finalised if finalise is None else finalise
    wanted = _tidied(activity, clerk, finalised=kept and complete)
    with ledger.transaction(describe_change(before, wanted), at=clerk.now, person=clerk.person):
        return activity_repository.save_activity(ledger, wanted, complete=complete, now=clerk.now, person=clerk.person)


def record_many(ledger: Ledger, activities: Iterable[Activity], clerk: Clerk, label: str) -> int:
    """Save many records as one step named `label`; returns how many."""
    is_complete = _judgement(clerk)
    complete = ((each, is_complete(each)) for each in activities)
    judged = ((_tidied(each, clerk, finalised=each.finalised and whole), whole) for each, whole in complete)
    with ledger.transaction(label, at=clerk.now, person=clerk.person):
        return activity_repository.save_many(ledger, judged, now=clerk.now, person=clerk.person)


def _judgement(clerk: Clerk) -> Callable[[Activity], bool]:
    """Tells of a record whether no hard rule is broken. The rules are loaded by the first save, not by the start."""
    from models.checks import is_complete
    from models.checks.findings import CheckContext

    context = CheckContext(clerk.notice, _NO_UNIT, clerk.today)
    return lambda activity: is_complete(activity, context)


def _tidied(activity: Activity, clerk: Clerk, *, finalised: bool) -> Activity:
    """The record as it is stored: one way of saying the same thing, and the notice it was entered under."""
    tidy = {
        "title": activity.title.strip(),
        "finalised": finalised,
        "end": None if activity.end == activity.start else activity.end,
        "notice_id": activity.notice_id or clerk.notice.id,
        "form_version": activity.form_version or clerk.notice.form_version,
    }
    same = all(getattr(activity, name) == value for name, value in tidy.items())
    return activity if same else activity_row.changed(activity, **tidy)


def delete(ledger: Ledger, activities: Sequence[Activity], clerk: Clerk) -> str:
    """Move records to 回收站; returns what was done, as a toast says it."""
    what = quoted(activities[0]) if len(activities) == 1 else f"{len(activities)} 条活动"
    with ledger.transaction(f"删除{what}", at=clerk.now, person=clerk.person):
        activity_repository.delete_activities(ledger, [activity.uid for activity in activities], now=clerk.now)
    return f"{what}已移到回收站"


def quoted(activity: Activity) -> str:
    """The record's name as sentences use it: shortened, quotes inside it single (GB/T 15834)."""
    title = activity.title or activity.number or "未命名的活动"
    limit = 20
    short = title if len(title) <= limit else title[:limit] + "…"
    return f"“{short.replace('“', '‘').replace('”', '’')}”"


def typed_differences(before: Activity, after: Activity) -> list[str]:
    """The typed fields in which two records differ, in the order of the record."""
    return [name for name in TYPED_FIELDS if getattr(before, name) != getattr(after, name)]


def describe_change(before: Activity | None, after: Activity) -> str:
    """What 撤销 calls the step: 新建活动“…”, 修改活动“…”的活动日期."""
    if before is None:
        return f"新建活动{quoted(after)}"
    changed = typed_differences(before, after)
    if not changed:
        return f"{'定稿' if after.finalised else '保存'}活动{quoted(after)}"
    first = activity_field(changed[0]).label
    more = f"等 {len(changed)} 项" if len(changed) > 1 else ""
    return f"修改活动{quoted(before if before.title else after)}的{first}{more}"
