"""批量修改: one answer for many records, shown before it is written, and one step of 撤销 when it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.activity import Activity
from models.errors import UserError
from models.field_texts import empty_of, in_pack_order, words_of
from models.fields import activity_field
from models.ledger import Ledger
from models.notice import Notice
from models.recording import Clerk, record_many

EMPTY = "（空）"


class Doing(StrEnum):
    """What becomes of the field; 添加 and 去掉 are for fields of several choices."""

    SET = "设为"
    ADD = "添加"
    REMOVE = "去掉"


@dataclass(frozen=True, slots=True)
class BulkChange:
    """The same change for every chosen record. `value` is as the record holds it: text, number, day, code, codes."""

    field: str
    doing: Doing
    value: Any

    @property
    def label(self) -> str:
        """The field as the form calls it."""
        return activity_field(self.field).label


@dataclass(frozen=True, slots=True)
class BulkLine:
    """What the change does to one record. `after` is None when it is left as it is, and `note` says why.

    For a record that changes, `note` says what else changes with it, empty when nothing does.
    """

    before: Activity
    after: Activity | None
    old: str
    new: str
    note: str = ""


def preview(activities: Sequence[Activity], change: BulkChange, clerk: Clerk) -> list[BulkLine]:
    """What the change would do, one line a record, in the order given. Nothing is written."""
    is_complete = _judgement(clerk)
    return [_line(activity, change, clerk.notice, is_complete) for activity in activities]


def apply(ledger: Ledger, lines: Sequence[BulkLine], change: BulkChange, clerk: Clerk) -> str:
    """Write the lines that change something, as one step; returns what was done, as a toast says it.

    Raises UserError, and writes nothing, when one of the records was changed elsewhere since the preview.
    """
    changing = [line for line in lines if line.after is not None]
    if not changing:
        raise UserError("没有要改的记录。请换一个值，或多选几条。")
    assert_unchanged(ledger, [line.before for line in changing])
    label = f"批量修改 {len(changing)} 条活动的{change.label}"
    record_many(ledger, [line.after for line in changing if line.after], clerk, label)
    return f"已{label}"


def assert_unchanged(ledger: Ledger, shown: Sequence[Activity]) -> None:
    """Raise UserError when a record is not what the preview showed: changed since, or in 回收站."""
    from models.activity_list_repository import list_by_uids

    now = {activity.uid: activity.revision for activity in list_by_uids(ledger, [each.uid for each in shown])}
    if any(now.get(each.uid) != each.revision for each in shown):
        raise UserError("有记录在预览之后又改过或删掉了，这次没有写入。请重新预览。")


def _line(activity: Activity, change: BulkChange, notice: Notice, is_complete: Callable[[Activity], bool]) -> BulkLine:
    held = getattr(activity, change.field)
    old = words_of(change.field, held, notice) or EMPTY
    wanted, refusal = _wanted(activity, held, change, notice)
    new = words_of(change.field, wanted, notice) or EMPTY
    if refusal:
        return BulkLine(activity, None, old, old, refusal)
    if wanted == held:
        return BulkLine(activity, None, old, new, "已经是这样")
    after, notes = _consistent(activity.with_values(**{change.field: wanted}), notice)
    if activity.finalised and not is_complete(after):
        notes.append("不再是定稿")
    elif is_complete(activity) and not is_complete(after):
        notes.append("变为草稿")
    return BulkLine(activity, after, old, new, "，".join(notes))


def _wanted(activity: Activity, held: Any, change: BulkChange, notice: Notice) -> tuple[Any, str]:
    """The value after the change, or why the record is left out."""
    if change.doing is Doing.SET:
        if change.field == "item" and change.value and not _offers(activity.form, change.value, notice):
            return held, "它的活动形式没有这个细分项目"
        return change.value, ""
    codes = tuple(change.value)
    if change.doing is Doing.ADD:
        wanted = in_pack_order(change.field, (*held, *codes), notice)
        return (wanted, "") if set(wanted) != set(held) else (held, "已经有了")
    wanted = tuple(code for code in held if code not in codes)
    return (wanted, "") if wanted != held else (held, "本来就没有")


def _offers(form: str, item: str, notice: Notice) -> bool:
    return any(each.code == item for each in notice.items_of(form))


def _consistent(activity: Activity, notice: Notice) -> tuple[Activity, list[str]]:
    """The record without answers that the change made meaningless, and a word about each."""
    notes: list[str] = []
    known = notice.item(activity.item) if activity.item else None
    if known and notice.form(activity.form) and not _offers(activity.form, activity.item, notice):
        notes.append(f"细分项目“{known.label}”去掉")
        activity = activity.with_values(item="", quantity=empty_of("quantity"))
    owners = {theme.code: focus.code for focus in notice.focuses for theme in focus.themes}
    kept = tuple(code for code in activity.focus_sub if owners.get(code, "") in (*activity.focus, ""))
    if kept != activity.focus_sub:
        notes.append("不合的重点细目去掉")
        activity = activity.with_values(focus_sub=kept)
    return activity, notes


def _judgement(clerk: Clerk) -> Callable[[Activity], bool]:
    from models.checks import is_complete
    from models.checks.findings import CheckContext
    from models.unit import Unit

    context = CheckContext(clerk.notice, Unit(), clerk.today)
    return lambda activity: is_complete(activity, context)
