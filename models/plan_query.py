"""What of a year is still planned, or was cancelled: a handful of its activities, found without reading the rest."""

from datetime import date

from models import activity_row
from models.activity import Status
from models.calendar_query import CalendarEntry, entries_of
from models.ledger import Ledger


def planned_or_cancelled(ledger: Ledger, year: int) -> list[CalendarEntry]:
    """The activities that begin in a calendar year and are planned or cancelled, by day, then time; 回收站 left out."""
    low, high = activity_row.sort_id_range(date(year, 1, 1), date(year, 12, 31))
    rows = ledger.query(
        "SELECT uid FROM activity WHERE deleted_at IS NULL AND sort_id BETWEEN ? AND ? AND status IN (?, ?)",
        (low, high, Status.PLANNED, Status.CANCELLED),
    )
    entries = entries_of(ledger, (uid for (uid,) in rows))
    return sorted(entries.values(), key=lambda entry: (entry.start, entry.start_time, entry.number))
