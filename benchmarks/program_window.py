"""The program itself, started on a ledger as a clerk starts it, until its list has rows. A process of its own.

python -m benchmarks.program_window LEDGER
"""

import gc

gc.disable()  # main.py does it a moment later, just before it loads the window

import sys  # noqa: E402

from PySide6.QtCore import QTimer  # noqa: E402
from PySide6.QtGui import QPaintEvent  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

import main  # noqa: E402
from benchmarks.started import report  # noqa: E402
from ui.pages.ledger_grid import LedgerGrid  # noqa: E402


def start(ledger: str) -> int:
    """Open the window, report when its list has painted rows, and end."""
    paint = LedgerGrid.paintEvent

    def paint_and_finish(grid: LedgerGrid, event: QPaintEvent) -> None:
        paint(grid, event)
        if grid.rows.rowCount():
            QTimer.singleShot(0, finish)

    LedgerGrid.paintEvent = paint_and_finish
    return main.main(["--ledger", ledger])


def finish() -> None:
    report()
    QApplication.closeAllWindows()


if __name__ == "__main__":
    sys.exit(start(sys.argv[1]))
