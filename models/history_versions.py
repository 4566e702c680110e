"""恢复成这一版: a record becomes again what it was after one of its changes, as a new step that can be undone."""

from typing import Any

from models import activity_row
from models.activity_repository import get_activity, restore_activities
from models.errors import UserError
from models.history import Change, write_version
from models.ledger import Ledger
from models.recording import Clerk, record
from models.storage_faults import content_faults

TABLES = ("activity", "unit", "case_record", "work", "exemplar", "plan_item", "summary")


def can_restore(change: Change) -> bool:
    """Whether a record can be made again what it was after this change."""
    return change.new is not None and not change.new.get("deleted_at") and change.table in TABLES


def restore_version(ledger: Ledger, change: Change, clerk: Clerk) -> None:
    """Make the record what it was after `change`. Raises UserError when it cannot be."""
    if change.new is None or not can_restore(change):
        raise UserError("这一版里没有这条记录的内容，不能恢复。")
    label = f"恢复成{change.at.month}月{change.at.day}日 {change.at:%H:%M} 的版本"
    with content_faults("修改记录"), ledger.transaction(label, at=clerk.now, person=clerk.person):
        if change.table == "activity":
            _restore_activity(ledger, change.new, clerk)
        else:
            write_version(ledger, change, now=clerk.now, person=clerk.person)


def _restore_activity(ledger: Ledger, row: dict[str, Any], clerk: Clerk) -> None:
    """The usual way of saving, so that stage, sorting and search follow."""
    activity = activity_row.from_row([row.get(name) for name in activity_row.NAMES])
    present = get_activity(ledger, activity.uid)
    if present is not None:
        restore_activities(ledger, [activity.uid])
        activity = activity.with_values(number=present.number)
    record(ledger, activity, clerk)
