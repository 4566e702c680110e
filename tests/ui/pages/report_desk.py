"""The 报表 page on a real ledger, with what it asks of the window written down."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from models import periods
from models.activity import Activity
from models.ledger import Ledger
from models.recording import record
from tests.factories import a_clerk
from tests.ui.driver import a_context, settle
from ui import theme
from ui.context import Context, Place
from ui.pages.reports import ReportsPage
from ui.widgets.base import application

THIRD_QUARTER = periods.quarter(2025, 3)


class Desk:
    """The page on a real ledger, with what it asked for written down."""

    def __init__(self, qtbot: QtBot, ledger: Ledger, folder: Path, size: tuple[int, int] = (1238, 740)) -> None:
        theme.apply(application(), theme.LIGHT, 1.0)
        self.qtbot, self.folder = qtbot, folder
        self.context: Context = a_context(ledger)
        self.context.set_period(THIRD_QUARTER)
        self.went: list[Place] = []
        self.wrong: list[str] = []
        self.well: list[str] = []
        self.opened: list[Path] = []
        self.asked = 0
        self.context.go_to.connect(self.went.append)
        self.context.went_wrong.connect(self.wrong.append)
        self.context.went_well.connect(lambda text, _undo: self.well.append(text))
        self.page = ReportsPage(self.context)
        self.page.output.ask_folder = self._answer
        self.page.messages_of.open_file = self._open
        self.host = QStackedWidget()  # as in the window, which a page may not burst
        qtbot.addWidget(self.host, before_close_func=lambda _host: ledger.close())
        self.host.addWidget(self.page)
        self.host.resize(*size)
        self.host.show()
        self.host.activateWindow()
        qtbot.waitExposed(self.host)
        self.wait_for_preview()

    def wait_for_preview(self) -> None:
        settle()
        self.qtbot.waitUntil(lambda: self.page.shown is not None, timeout=20_000)

    def record(self, activity: Activity) -> Activity:
        """Save behind the page's back, as another page does."""
        saved = record(self.context.ledger, activity, a_clerk())
        self.context.changed.emit()
        return saved

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.page.preview, key, modifier)

    def click(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.wait_for_work()
        settle()

    def wait_for_work(self) -> None:
        """Until nothing is written or printed any more."""
        self.qtbot.waitUntil(lambda: not self.page.busy, timeout=60_000)
        settle()

    def choose(self, key: str) -> None:
        """Choose a form with the mouse and wait for it."""
        self.qtbot.mouseClick(self.page.forms.entry(key), Qt.MouseButton.LeftButton)
        settle()
        assert self.page.shown and self.page.shown.wanted.form.key == key

    def print_into(self, file: Path, copies: int = 0) -> list[QPrinter]:
        """From now on print into a PDF file; returns the printers as they were preset when the dialog would open."""
        asked: list[QPrinter] = []

        def answer(printer: QPrinter, _pages: int) -> bool:
            asked.append(printer)
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(file))
            if copies:
                printer.setCopyCount(copies)
            return True

        self.page.printing.ask_printer = answer
        return asked

    def place_of(self, sources: tuple[str, ...], nth: int = 0) -> int:
        """Index of the `nth` number on paper that comes from these records."""
        found = [
            index for index, place in enumerate(self.page.preview._places) if not place.uid and place.sources == sources
        ]
        return found[nth]

    def press_on_place(self, index: int) -> None:
        """Choose a place on paper and press Enter."""
        self.page.preview.setFocus()
        self.page.preview._choose(index)
        self.press(Qt.Key.Key_Return)
        settle()

    def listed(self) -> list[tuple[str, str]]:
        """Name and share of the records in the panel."""
        return [(each.title, each.share) for each in self.page.sources.rows.records]

    def titles(self) -> list[str]:
        assert self.page.shown
        return [row.cells[1].text for row in self.page.shown.report.tables[0].rows]

    def _answer(self, _start: Path) -> Path | None:
        self.asked += 1
        return self.folder

    def _open(self, path: Path) -> bool:
        self.opened.append(path)
        return True


def answer_when_asked(words: str) -> None:
    """Click the button with these words in the dialog that opens once the forms have been made."""
    waiting = QTimer(application(), interval=10)

    def click() -> None:
        if dialog := QApplication.activeModalWidget():
            waiting.stop()
            waiting.deleteLater()
            next(button for button in dialog.findChildren(QAbstractButton) if button.text() == words).click()

    waiting.timeout.connect(click)
    waiting.start()
