"""The program itself, started as a clerk starts it, on the ledger used last: first paint, then figures.

A process of its own: python -m benchmarks.program_window
"""

import gc

gc.disable()  # main.py does it a moment later, just before it loads the window

import sys  # noqa: E402

import main  # noqa: E402
from benchmarks.started import report  # noqa: E402
from ui import quick_imports  # noqa: E402, F401 - the first that main.py loads of the window

from PySide6.QtCore import QTimer  # noqa: E402, I001
from PySide6.QtGui import QPaintEvent  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402
from ui.pages.home import HomePage  # noqa: E402


def start() -> int:
    """Open the window; report when its first page is painted, and again when that says what is due. Then end."""
    paint, take = HomePage.paintEvent, HomePage._take
    painted: list[bool] = []

    def paint_and_report(page: HomePage, event: QPaintEvent) -> None:
        paint(page, event)
        if not painted:
            painted.append(True)
            QTimer.singleShot(0, report)

    def take_and_finish(page: HomePage, turn: int, data: object) -> None:
        take(page, turn, data)  # pyright: ignore[reportArgumentType]
        page.repaint()
        finish()

    HomePage.paintEvent = paint_and_report  # pyright: ignore[reportAttributeAccessIssue]
    HomePage._take = take_and_finish  # pyright: ignore[reportAttributeAccessIssue]
    return main.main([])


def finish() -> None:
    report()
    QApplication.closeAllWindows()


if __name__ == "__main__":
    sys.exit(start())
