"""回收站 over all kinds of records: list, restore, delete for good (which 撤销 still takes back)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.activity_repository import restore_activities
from models.case_repository import CASES
from models.ledger import Ledger
from models.plan_repository import PLAN_ITEMS
from models.publicity_repository import EXEMPLARS, WORKS
from models.record_repository import RecordTable
from models.storage_faults import content_faults

KIND_LABELS = {
    "activity": "活动",
    "case_record": "案例",
    "work": "作品和报道",
    "exemplar": "先进典型",
    "plan_item": "计划",
}
_TITLES = {
    "activity": ("title", "number", "start"),
    "case_record": ("title", "number", "period_start"),
    "work": ("title", "media", "day"),
    "exemplar": ("name", "''", "day"),
    "plan_item": ("title", "month", "day"),
}
_TABLES: dict[str, RecordTable[Any]] = {table.name: table for table in (CASES, WORKS, EXEMPLARS, PLAN_ITEMS)}


@dataclass(frozen=True, slots=True)
class BinItem:
    """One deleted record. `kind` is its table; `day` an ISO day or empty."""

    kind: str
    uid: str
    title: str
    number: str
    day: str
    deleted_at: datetime


def list_bin(ledger: Ledger) -> list[BinItem]:
    """Everything in 回收站, the latest deleted first."""
    parts = [
        f"SELECT '{table}', uid, coalesce({title}, ''), coalesce({number}, ''), coalesce({day}, ''), deleted_at"
        f" FROM {table} WHERE deleted_at IS NOT NULL"
        for table, (title, number, day) in _TITLES.items()
    ]
    rows = ledger.query(" UNION ALL ".join(parts) + " ORDER BY 6 DESC, 2")
    with content_faults("回收站"):
        return [BinItem(row[0], row[1], row[2], row[3], row[4], _moment(row[5])) for row in rows]


def restore_items(ledger: Ledger, items: Sequence[BinItem]) -> None:
    """Put records back where they were. Needs a transaction."""
    restore_activities(ledger, [item.uid for item in items if item.kind == "activity"])
    for item in items:
        if item.kind in _TABLES:
            _TABLES[item.kind].restore(ledger, [item.uid])


def purge_items(ledger: Ledger, items: Sequence[BinItem]) -> None:
    """Delete records for good, with their attachments, explanations and 作品/典型; others no longer refer to them.

    Only what lies in 回收站 is touched. Needs a transaction: being logged, the step can be undone as any other.
    """
    execute = ledger.connection.execute
    for item in items:
        if item.kind not in _TITLES:
            continue
        gone = execute(f"DELETE FROM {item.kind} WHERE uid = ? AND deleted_at IS NOT NULL", (item.uid,)).rowcount
        if not gone:
            continue
        execute("DELETE FROM attachment WHERE owner_uid = ?", (item.uid,))
        execute("DELETE FROM explanation WHERE record_uid = ?", (item.uid,))
        if item.kind == "activity":
            for table in ("work", "exemplar"):  # they lay in 回收站 with it and would be counted again without it
                execute(f"DELETE FROM {table} WHERE activity_uid = ?", (item.uid,))
            execute("UPDATE plan_item SET activity_uid = '' WHERE activity_uid = ?", (item.uid,))
            execute(
                "UPDATE case_record SET activities = trim(replace(' ' || activities || ' ', ' ' || ? || ' ', ' '))"
                " WHERE ' ' || activities || ' ' LIKE '% ' || ? || ' %'",
                (item.uid, item.uid),
            )
        if item.kind == "case_record":
            execute("DELETE FROM work WHERE case_uid = ? AND activity_uid = ''", (item.uid,))
            execute("UPDATE work SET case_uid = '' WHERE case_uid = ?", (item.uid,))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
