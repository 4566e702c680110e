"""The real window on a ledger, without a screen, and how long it takes until rows are painted."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from benchmarks.generate import RECORDED_AT
from models.ledger import Ledger
from models.notice import builtin_notice
from models.preferences import Preferences
from ui import theme
from ui.app import prepare_application
from ui.context import Context
from ui.main_window import MainWindow
from ui.pages.activities import ActivitiesPage
from ui.pages.ledger_grid import LedgerGrid

SIZE = (1366, 768)
PATIENCE = 20.0  # seconds until a paint that does not come is a fault of the benchmark


class OpenWindow:
    """The window with all activities in its list."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.page = cast(ActivitiesPage, window.page("activities"))
        self.grid = self.page.grid
        self.search = self.page.filters.search
        self.rest: list[float] = []

    def until_painted(self, act: Callable[[], object]) -> float:
        """Seconds from `act` until the list's rows, or the page that says that nothing was found, stand there.

        What follows them (the detail beside the list, marks of the check) is waited for as well, so that it cannot
        pile up; how long that takes in all is kept in `rest`.
        """
        _painted.clear()
        began = time.perf_counter()
        act()
        QApplication.processEvents()
        while not _painted and self.page.body.currentIndex() == 0:
            QApplication.processEvents()
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError("the list was not painted")
        at_rest = time.perf_counter()
        self.rest.append(at_rest - began)
        return (_painted[0] if _painted else at_rest) - began

    def settle(self) -> None:
        """Let the counting in the background come to its end, as it does while nobody types."""
        QThreadPool.globalInstance().waitForDone()
        for _ in range(3):
            QApplication.processEvents()


_painted: list[float] = []  # when the list was painted, since the last look


def _note_paints() -> None:
    """Have every list note the moment at which it has painted itself."""
    paint = LedgerGrid.paintEvent

    def paint_and_note(grid: LedgerGrid, event: QPaintEvent) -> None:
        paint(grid, event)
        _painted.append(time.perf_counter())

    LedgerGrid.paintEvent = paint_and_note


@contextmanager
def open_window(ledger_folder: Path) -> Iterator[OpenWindow]:
    """Show the window on a ledger; its clock stands still on the day after the last record."""
    app = cast(QApplication | None, QApplication.instance())
    if app is None:
        app = prepare_application(["benchmarks"])
        _note_paints()
    theme.apply(app, theme.LIGHT, 1.0)
    with Ledger.open(ledger_folder, exclusive=False) as ledger:
        context = Context(ledger, builtin_notice(), Preferences(), lambda: RECORDED_AT)
        window = MainWindow(context, "activities")
        window.resize(*SIZE)
        window.show()
        opened = OpenWindow(window)
        opened.page.filters.show_period(None)
        opened.page.reload()
        opened.settle()
        yield opened
        opened.settle()
        window.close()
        window.deleteLater()
        QApplication.processEvents()
