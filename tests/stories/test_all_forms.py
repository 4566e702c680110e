"""A half-year is over: 赵芳 makes every form, looks behind a total, writes the summary, sends it all to file and paper.

Everything happens on the real window by keyboard and mouse; files are read back by other libraries.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.notice import builtin_notice
from models.periods import half
from models.sample_ledger import create_sample_ledger
from models.summary_repository import find_summary
from tests.factories import NOW
from tests.ui.driver import settle, type_chinese
from ui.app import Desktop
from ui.main_window import MainWindow
from ui.pages.activities import ActivitiesPage
from ui.pages.report_forms import FORMS
from ui.pages.reports import ReportsPage

CONTROL = Qt.KeyboardModifier.ControlModifier
FIRST_HALF = half(2025, 1)
PROBLEMS = "一线班组轮班多，集中学习的时间不好统一。"
NEXT_STEPS = "下半年把微课送到班前会，轮班职工也能参加。"


class Clerk:
    """Works the window as a person does: keys go to what has the keyboard, clicks to what is in sight."""

    def __init__(self, qtbot: QtBot, desktop: Desktop) -> None:
        assert isinstance(desktop.window, MainWindow) and desktop.context
        self.qtbot, self.window, self.context = qtbot, desktop.window, desktop.context

    @property
    def page(self) -> ReportsPage:
        page = self.window.page("reports")
        assert isinstance(page, ReportsPage)
        return page

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.window.activateWindow()
        focused = QApplication.focusWidget()
        assert focused, "nothing has the keyboard"
        self.qtbot.keyClick(focused, key, modifier)
        settle()

    def click(self, widget: QWidget) -> None:
        assert widget.isVisible() and widget.isEnabled()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.wait()

    def wait(self) -> None:
        """Until nothing is being made, written or printed."""
        settle()
        self.qtbot.waitUntil(lambda: not self.page.busy and not self.page.work.running, timeout=60_000)
        settle()

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, CONTROL)


@pytest.fixture
def clerk(qtbot: QtBot, qapp: QApplication, home: Path, tmp_path: Path) -> Iterator[Clerk]:
    """The sample ledger in the real program, on an ordinary screen."""
    folder = tmp_path / "台账"
    create_sample_ledger(folder, builtin_notice()).close()
    desktop = Desktop(qapp, lambda: NOW)
    desktop.start(folder)
    assert desktop.window
    desktop.window.showNormal()
    desktop.window.resize(1366, 768)
    settle()
    yield Clerk(qtbot, desktop)
    settle()
    desktop.close()
    settle()


def test_a_half_year_from_the_list_of_forms_to_paper(clerk: Clerk, tmp_path: Path) -> None:
    open_the_half_year(clerk)
    look_at_every_form(clerk)
    look_behind_a_total(clerk)
    write_the_summary(clerk)
    out = tmp_path / "送出"
    out.mkdir()
    export_everything(clerk, out)
    print_a_form(clerk, tmp_path / "打印.pdf")
    assert clerk.window.strips.message == ""


def open_the_half_year(clerk: Clerk) -> None:
    """Ctrl+5, and down the list of periods."""
    clerk.press(Qt.Key.Key_5, CONTROL)
    clerk.wait()
    box = clerk.page.period.box
    assert box.hasFocus(), "the keyboard is at what is chosen first"
    for _step in range(box.count()):
        if box.currentText() == FIRST_HALF.label:
            break
        clerk.press(Qt.Key.Key_Down)
        clerk.wait()
    assert clerk.context.period == FIRST_HALF


def look_at_every_form(clerk: Clerk) -> None:
    """Up and Down in the list; each form is there at once, filled for the half-year, and can be printed."""
    page = clerk.page
    clerk.click(page.forms.entry("表1"))
    keys = list(page.offered)
    for key in keys:
        assert page.form.key == key
        made = page.shown
        assert made and made.wanted.form.key == key and made.problem == ""
        assert made.empty or (made.document and made.document.pages > 0), key
        assert page.print_button.isEnabled() == (not made.empty)
        if key != keys[-1]:
            clerk.press(Qt.Key.Key_Down)
            clerk.wait()


def look_behind_a_total(clerk: Clerk) -> None:
    """表6: the total with most records behind it; the first record, and back to the same place."""
    page = clerk.page
    clerk.click(page.forms.entry("表6"))
    preview = page.preview
    preview.setFocus()
    most = max((place for place in preview._places if not place.uid), key=lambda place: len(place.sources))
    for _step in range(len(preview._places)):
        clerk.press(Qt.Key.Key_Down)
        if preview._places[preview._current] is most:
            break
    clerk.press(Qt.Key.Key_Return)
    records = page.sources.rows.records
    assert page.sources.isVisible() and len(records) == len(set(most.sources))
    assert page.sources.rule.text()
    total = sum(int(each.share.split()[0]) for each in records if each.share)
    assert total == int(page.sources.figure.text())
    clerk.press(Qt.Key.Key_Return)
    assert clerk.window.current_page() == "activities"
    activities = clerk.window.page("activities")
    assert isinstance(activities, ActivitiesPage)
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.window.current_page() == "reports" and page.sources.isVisible(), "Esc leads back to the total"
    clerk.press(Qt.Key.Key_Escape)
    assert not page.sources.isVisible() and preview.hasFocus()


def write_the_summary(clerk: Clerk) -> None:
    """表9: what the draft leaves open is typed and pasted; 定稿; back where 编辑总结 is."""
    page = clerk.page
    clerk.click(page.forms.entry("表9"))
    clerk.click(page.tools.edit_button)
    editor = page.summary.editor
    assert editor is not None
    written: list[str] = []
    while editor.form.current() and editor.form.current().textCursor().hasSelection():  # pyright: ignore[reportOptionalMemberAccess]
        part = next(name for name, each in editor.form.parts.items() if each.edit.hasFocus())
        assert part not in written, "each place is written once"
        written.append(part)
        if part == "problems":
            clerk.paste(PROBLEMS)
        else:
            type_chinese(QApplication.focusWidget(), NEXT_STEPS)
        clerk.press(Qt.Key.Key_F8)
    assert "problems" in written and "next_steps" in written
    clerk.press(Qt.Key.Key_Return, CONTROL)
    saved = find_summary(clerk.context.ledger, FIRST_HALF.code)
    assert saved and saved.finalised and PROBLEMS in saved.problems and "。。" not in saved.problems + saved.next_steps
    clerk.window.activateWindow()
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait()
    assert page.summary.editor is None and page.tools.edit_button.hasFocus()
    assert page.forms.entry("表9").hint.endswith("定稿")


def export_everything(clerk: Clerk, out: Path) -> None:
    """All forms that have something in them, as PDF, Excel and Word, into one folder; then they are read."""
    page = clerk.page
    page.output.ask_folder = lambda _start: out
    clerk.click(page.several_button)
    assert page.batch.formats["pdf"].isChecked() and page.batch.formats["xlsx"].isChecked()
    page.batch.formats["docx"].setFocus()
    clerk.press(Qt.Key.Key_Space)
    chosen = [form.code for form in page.batch.chosen()]
    assert chosen == [key for key, form in page.offered.items() if form.section == FORMS and page.amounts[key].has]
    clerk.click(page.batch.export_button)
    assert page.done.isVisible() and str(len(list(out.iterdir()))) in page.done.text()
    for code in chosen:
        [file] = out.glob(f"{code}_*.pdf")
        assert PdfReader(file).pages, code
    [book] = out.glob("*.xlsx")
    sheets = [sheet.title for sheet in load_workbook(book).worksheets if sheet.sheet_state == "visible"]
    assert [title[:2] for title in sheets] == [code for code in chosen if code not in ("表9", "表10")]
    words = "".join(each.text for each in Document(str(next(out.glob("表9_*.docx")))).paragraphs)
    assert PROBLEMS in words and NEXT_STEPS in words and "〔请补充" not in words
    clerk.press(Qt.Key.Key_Escape)
    assert not page.several.open


def print_a_form(clerk: Clerk, file: Path) -> None:
    """Ctrl+P; the printer is one that writes a PDF."""
    page = clerk.page
    clerk.click(page.forms.entry("表5"))
    page.preview.setFocus()

    def answer(printer: QPrinter, _pages: int) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(file))
        return True

    page.printing.ask_printer = answer
    clerk.press(Qt.Key.Key_P, CONTROL)
    clerk.wait()
    assert page.shown and page.shown.document
    assert len(PdfReader(file).pages) == page.shown.document.pages
    assert "已送到打印机" in clerk.window.toast.text()
