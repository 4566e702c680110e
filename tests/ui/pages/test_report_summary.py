"""表9 on the 报表 page: its text is edited in place of the preview, and comes back on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from pytestqt.qtbot import QtBot

from models.notice import builtin_notice
from models.sample_ledger import create_sample_ledger
from tests.ui.driver import settle
from tests.ui.pages.report_desk import Desk
from ui.context import Place


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """The sample ledger of 2025, third quarter."""
    yield Desk(qtbot, create_sample_ledger(tmp_path / "台账", builtin_notice()), tmp_path)
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
