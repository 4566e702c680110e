"""P11, without a goal: turning a month of the calendar in a ledger with 5,000 activities a year, until it is painted."""

from datetime import date
from pathlib import Path

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from benchmarks.ledgers import generated_ledger
from benchmarks.measure import Figure, Sample, seconds
from benchmarks.reports import ACTIVITIES
from benchmarks.window import open_window
from models import activity_row
from models.ledger import Ledger
from ui.pages.calendar import CalendarPage
from ui.widgets.month_grid import MonthGrid

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
        opened.settle()
        page.go_to(FIRST)
        opened.settle()
        grid = page.grid
        for _ in range(MONTHS):
            ours.append(seconds(lambda: _turn(page, grid)))
            opened.settle()
            assert page.shown is not None
            floor.append(seconds(lambda shown=page.shown: _rows(other, shown.first, shown.last)))
    sample = Sample("bare SQL", floor)
    return [Figure("P11", "calendar, next month → painted", Sample("ours", ours), sample, None, by_p95=True)]


def _turn(page: CalendarPage, grid: MonthGrid) -> None:
    painted: list[bool] = []
    paint = MonthGrid.paintEvent

    def paint_and_note(each: MonthGrid, event: QPaintEvent) -> None:
        paint(each, event)
        painted.append(True)

    MonthGrid.paintEvent = paint_and_note
    try:
        page.step(1)
        grid.update()
        while not painted:
            QApplication.processEvents()
    finally:
        MonthGrid.paintEvent = paint


def _rows(ledger: Ledger, first: date, last: date) -> None:
    ledger.query(
        "SELECT uid, title, start, end, start_time, place, leader, stage, status FROM activity"
        " WHERE deleted_at IS NULL AND sort_id BETWEEN ? AND ?",
        activity_row.sort_id_range(first, last),
    )
