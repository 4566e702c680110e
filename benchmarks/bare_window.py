"""The least program with a window and a table: the peer of P1 and P2. Run as a process of its own."""

import sys

from PySide6.QtCore import QAbstractTableModel, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

from benchmarks.started import report

ROWS, COLUMNS, SIZE = 100_000, 8, (1366, 768)


class Rows(QAbstractTableModel):
    """Many rows that cost nothing."""

    def rowCount(self, parent: object = None) -> int:  # noqa: N802
        return ROWS

    def columnCount(self, parent: object = None) -> int:  # noqa: N802
        return COLUMNS

    def data(self, index: object, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return "职工书屋读书分享会" if role == Qt.ItemDataRole.DisplayRole else None


class FirstPaint(QObject):
    """Reports and ends the program when the table has been painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, finish)
        return False


def finish() -> None:
    report()
    QApplication.closeAllWindows()


def main() -> int:
    app = QApplication(sys.argv)
    window = QMainWindow()
    table = QTableView()
    table.setModel(Rows(table))
    window.setCentralWidget(table)
    window.resize(*SIZE)
    watch = FirstPaint()
    table.viewport().installEventFilter(watch)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
