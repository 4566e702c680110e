"""P11, without a goal: turning a month of the calendar, 5,000 activities a year, until it is painted."""

from datetime import date
from pathlib import Path

from benchmarks.ledgers import generated_ledger
from benchmarks.measure import Figure, Sample, seconds
from benchmarks.reports import ACTIVITIES
from benchmarks.window import open_window
from models import activity_row
from models.ledger import Ledger
from ui.pages.calendar import CalendarPage
from ui.pages.calendar_header import MONTH

FIRST, MONTHS = date(2020, 1, 15), 48


def measure(_big: Path) -> list[Figure]:
    """Month after month with the calendar in front; the floor is the SQL for the rows of the same weeks."""
    folder = generated_ledger(ACTIVITIES)
    ours: list[float] = []
    floor: list[float] = []
    with open_window(folder) as opened, Ledger.open(folder, exclusive=False) as other:
        page = opened.window.page("calendar")
        assert isinstance(page, CalendarPage)
        opened.window.stack.setCurrentWidget(page)
        page.show_view(MONTH)
        page.go_to(FIRST)
        opened.settle()
        assert page.grid.isVisible()
        for _ in range(MONTHS):
            ours.append(seconds(lambda: _turn(page)))
            opened.settle()
            assert page.shown is not None
            floor.append(seconds(lambda shown=page.shown: _rows(other, shown.first, shown.last)))
    sample = Sample("bare SQL", floor)
    return [Figure("P11", "calendar, next month → painted", Sample("ours", ours), sample, None, by_p95=True)]


def _turn(page: CalendarPage) -> None:
    page.step(1)
    page.grid.repaint()


def _rows(ledger: Ledger, first: date, last: date) -> None:
    ledger.query(
        "SELECT uid, title, start, end, start_time, place, leader, stage, status FROM activity"
        " WHERE deleted_at IS NULL AND sort_id BETWEEN ? AND ?",
        activity_row.sort_id_range(first, last),
    )
