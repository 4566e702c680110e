"""The program itself, started as a clerk starts it, on the ledger used last: first paint, then figures.

A process of its own: python -m benchmarks.program_window
"""

import gc

gc.disable()  # main.py does it a moment later, just before it loads the window

import sys  # noqa: E402
from typing import TYPE_CHECKING  # noqa: E402

import main  # noqa: E402
from benchmarks.started import report  # noqa: E402

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.pages.home import HomePage


def start() -> int:
    """Open the window; report when its first page is painted, and again when that says what is due. Then end."""
    from PySide6.QtCore import QTimer

    from ui.quick_imports import read_no_sources

    read_no_sources()  # as main.py does, before it loads the window
    from ui.pages.home import HomePage

    paint, take = HomePage.paintEvent, HomePage._take
    painted: list[bool] = []

    def paint_and_report(self: "HomePage", event: "QPaintEvent") -> None:
        paint(self, event)
        if not painted:
            painted.append(True)
            QTimer.singleShot(0, report)

    def take_and_finish(self: "HomePage", turn: int, data: object) -> None:
        take(self, turn, data)  # pyright: ignore[reportArgumentType]
        self.repaint()
        finish()

    HomePage.paintEvent = paint_and_report
    HomePage._take = take_and_finish
    return main.main([])


def finish() -> None:
    """Report once more, and close the window."""
    from PySide6.QtWidgets import QApplication

    report()
    QApplication.closeAllWindows()


if __name__ == "__main__":
    sys.exit(start())
