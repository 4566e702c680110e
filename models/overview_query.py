"""The only SQL behind 首页 and 条文对照: sums over a year from the day's index (口径: models/reports/counting.py)."""

from dataclasses import dataclass
from datetime import date

from models.activity_row import sort_id_range
from models.ledger import Ledger

_COUNTED = "stage NOT IN ('planned', 'cancelled') AND status = 'done'"


@dataclass(frozen=True, slots=True)
class Sums:
    """What happened in some days: `done` and `planned` count records, the rest adds up the done ones."""

    done: int = 0
    planned: int = 0
    sessions: int = 0
    people_offline: int = 0
    people_online: int = 0

    @property
    def people(self) -> int:
        """人次 in all."""
        return self.people_offline + self.people_online


def sums_between(ledger: Ledger, start: date, end: date) -> Sums:
    """Sums of the records that start from `start` to `end`, both included. 场次 are the unit's own (主办、联合主办)."""
    row = ledger.query(
        f"SELECT sum({_COUNTED}), sum(status = 'planned'),"
        f" sum(iif({_COUNTED} AND role IN ('host', 'co_host'), sessions, 0)),"
        f" sum(iif({_COUNTED}, people_offline, 0)), sum(iif({_COUNTED}, people_online, 0))"
        " FROM activity WHERE deleted_at IS NULL AND sort_id BETWEEN ? AND ?",
        sort_id_range(start, end),
    )[0]
    return Sums(*(value or 0 for value in row))


def forms_between(ledger: Ledger, start: date, end: date) -> dict[str, int]:
    """How many activities of each form were held; forms without any are left out."""
    return _counts_by(ledger, "form", start, end)


def items_between(ledger: Ledger, start: date, end: date) -> dict[str, int]:
    """How many activities of each 细分项目 were held."""
    return _counts_by(ledger, "item", start, end)


def focuses_between(ledger: Ledger, start: date, end: date) -> dict[str, int]:
    """How many activities of each focus were held; one with two focuses counts for both."""
    counts: dict[str, int] = {}
    for codes, number in _counts_by(ledger, "focus", start, end).items():
        for code in codes.split():
            counts[code] = counts.get(code, 0) + number
    return counts


def works_between(ledger: Ledger, start: date, end: date) -> int:
    """How many 作品/报道 fall into these days: by their own day, else by their activity's, else by when entered."""
    return ledger.query(
        "SELECT count(*) FROM work LEFT JOIN activity ON activity.uid = work.activity_uid"
        " WHERE work.deleted_at IS NULL AND activity.deleted_at IS NULL"
        " AND coalesce(nullif(work.day, ''), nullif(activity.start, ''), substr(work.created_at, 1, 10))"
        " BETWEEN ? AND ?",
        (start.isoformat(), end.isoformat()),
    )[0][0]


def _counts_by(ledger: Ledger, column: str, start: date, end: date) -> dict[str, int]:
    rows = ledger.query(
        f"SELECT {column}, count(*) FROM activity WHERE deleted_at IS NULL AND {_COUNTED}"
        f" AND sort_id BETWEEN ? AND ? GROUP BY {column}",
        sort_id_range(start, end),
    )
    return {code: number for code, number in rows if code}
