"""表9 on the 报表 page: its text is edited in place of the preview, and comes back on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.periods import half
from models.report import Document as ReportDocument
from models.report import Report
from models.summary_repository import find_summary
from tests.factories import a_sample_ledger
from tests.ui.driver import settle, type_chinese
from tests.ui.pages.report_desk import THIRD_QUARTER, Desk
from ui.context import Place

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """The sample ledger of 2025, third quarter."""
    yield Desk(qtbot, a_sample_ledger(tmp_path / "台账"), tmp_path)
    settle()


def test_the_summary_is_edited_in_place_of_its_preview(desk: Desk) -> None:
    page = desk.page
    assert not page.tools.edit_button.isVisible()
    desk.choose("表9")
    desk.click(page.tools.edit_button)
    editor = page.summary.editor
    assert editor is not None and editor.isVisible() and not page.preview.isVisible()
    assert not page.pdf_button.isEnabled(), "what is not in sight is not sent"
    editor.closed.emit()
    settle()
    assert page.summary.editor is None and page.preview.isVisible() and page.pdf_button.isEnabled()


def test_choosing_another_form_puts_the_editor_away(desk: Desk) -> None:
    desk.page.show_place(Place("reports", action="summary"))
    assert desk.page.summary.editor is not None and desk.page.form.key == "表9"
    desk.choose("表2")
    assert desk.page.summary.editor is None and desk.page.preview.isVisible()


def test_the_summary_goes_out_as_word(desk: Desk, tmp_path: Path) -> None:
    desk.choose("表9")
    assert desk.page.word_button.isVisible() and not desk.page.excel_button.isVisible()
    desk.click(desk.page.word_button)
    [file] = tmp_path.glob("*.docx")
    assert "总结" in "".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
    desk.choose("表2")
    assert desk.page.excel_button.isVisible() and not desk.page.word_button.isVisible()


def test_the_figures_of_the_summary_have_records_behind_them(desk: Desk) -> None:
    desk.choose("表9")
    shown = desk.page.shown
    assert shown and shown.document
    places = [place for place in shown.document.places if place.sources and not place.uid]
    assert places
    figure = shown.figure_at(places[0])
    assert figure.label and figure.text and figure.rule


def test_a_draft_offered_elsewhere_opens_the_summary_of_its_own_period(desk: Desk) -> None:
    desk.page.show_place(Place("reports", uid="2025H1", action="summary"))
    settle()
    editor = desk.page.summary.editor
    assert editor is not None and editor.period == half(2025, 1) == desk.context.period
    assert desk.page.period.box.currentText() == "2025年上半年"
    desk.page.show_place(Place("reports", uid="2025", action="summary", field="problems"))
    settle()
    editor = desk.page.summary.editor
    assert editor is not None and editor.period.code == "2025" and editor.form.parts["problems"].edit.hasFocus()


def test_a_spoilt_period_opens_the_one_that_is_chosen(desk: Desk) -> None:
    desk.page.show_place(Place("reports", uid="2025Q9", action="summary"))
    editor = desk.page.summary.editor
    assert editor is not None and editor.period == THIRD_QUARTER
    assert not desk.wrong


def test_esc_brings_the_keyboard_to_where_the_summary_was_opened(desk: Desk) -> None:
    desk.choose("表9")
    desk.click(desk.page.tools.edit_button)
    press_in_focus(desk, Qt.Key.Key_Escape)
    assert desk.page.summary.editor is None
    assert desk.page.tools.edit_button.hasFocus()


def test_the_keyboard_waits_for_the_page_when_the_summary_was_opened_from_elsewhere(desk: Desk) -> None:
    desk.page.show_place(Place("reports", uid="2025", action="summary"))
    settle()
    press_in_focus(desk, Qt.Key.Key_Escape)
    assert desk.page.shown and desk.page.shown.wanted.form.key == "表9"
    assert desk.page.tools.edit_button.hasFocus()


def test_choosing_another_form_leaves_the_keyboard_where_it_is(desk: Desk) -> None:
    desk.page.show_place(Place("reports", action="summary"))
    settle()
    entry = desk.page.forms.entry("表2")
    entry.setFocus()
    desk.choose("表2")
    assert entry.hasFocus()


def test_what_was_typed_and_not_saved_is_said_beside_the_page(desk: Desk) -> None:
    page = desk.page
    desk.choose("表9")
    assert not page.unsaved.isVisible()
    desk.click(page.tools.edit_button)
    write_problems(desk, "职工骨干还不够多。")
    press_in_focus(desk, Qt.Key.Key_Escape)
    assert page.unsaved.isVisible() and "还没有点“保存”" in page.unsaved.text()
    desk.choose("表2")
    assert not page.unsaved.isVisible(), "it is about the summary alone"
    desk.click(page.several_button)
    assert page.unsaved.isVisible(), "the files will not have it either"
    [go_on] = page.unsaved.links()
    desk.click(go_on)
    editor = page.summary.editor
    assert editor is not None and page.form.key == "表9"
    assert editor.form.parts["problems"].edit.value() == "职工骨干还不够多。"
    press_in_focus(desk, Qt.Key.Key_S, CTRL)
    press_in_focus(desk, Qt.Key.Key_Escape)
    assert not page.unsaved.isVisible()
    assert page.shown and page.shown.filled
    assert "职工骨干还不够多。" in "".join(words_of(page.shown.report))


def test_what_cannot_be_kept_stays_in_front_with_its_own_period(desk: Desk) -> None:
    page = desk.page
    desk.choose("表9")
    desk.click(page.tools.edit_button)
    pages = desk.context.ledger.query("PRAGMA page_count")[0][0]
    desk.context.ledger.query(f"PRAGMA max_page_count = {pages}")
    write_problems(desk, "满" * 200_000)
    desk.qtbot.mouseClick(page.forms.entry("表2"), Qt.MouseButton.LeftButton)
    settle()
    assert page.form.key == "表9" and page.forms.entry("表9").isChecked()
    assert page.summary.editor is not None and page.summary.editor.isVisible()
    assert "还没能存下来" in desk.wrong[-1]
    desk.qtbot.mouseClick(page.period.earlier, Qt.MouseButton.LeftButton)
    settle()
    assert page.summary.editor.form.parts["problems"].edit.value() == "满" * 200_000
    assert page.period.period() == page.summary.editor.period == THIRD_QUARTER
    page.several.show()
    assert not page.several.open
    desk.context.ledger.query("PRAGMA max_page_count = 1000000")
    page.summary.editor.form.focus("problems")
    press_in_focus(desk, Qt.Key.Key_S, CTRL)
    press_in_focus(desk, Qt.Key.Key_Escape)
    assert page.summary.editor is None
    assert page.period.period() == desk.context.period, "now the period that was asked for meanwhile"
    saved = find_summary(desk.context.ledger, THIRD_QUARTER.code)
    assert saved and saved.problems == "满" * 200_000


def write_problems(desk: Desk, text: str) -> None:
    """Replace what the fourth part says."""
    editor = desk.page.summary.editor
    assert editor
    box = editor.form.parts["problems"].edit
    box.setFocus()
    box.selectAll()
    type_chinese(box, text)


def press_in_focus(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    desk.host.activateWindow()
    settle()
    focused = QApplication.focusWidget()
    assert focused
    desk.qtbot.keyClick(focused, key, modifier)
    settle()


def words_of(report: Report) -> list[str]:
    documents = [block for block in report.blocks if isinstance(block, ReportDocument)]
    return [passage.text for each in documents for paragraph in each.paragraphs for passage in paragraph.passages]
