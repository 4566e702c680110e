"""The printed page beside the text, on the real window: follows typing, keeps its place, leads back to the fields."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.driver import settle
from tests.ui.pages.case_driver import PRACTICE, Desk, a_case, a_desk
from ui.pages.case_panes import PREVIEW
from ui.pages.case_preview_pages import CasePages


def drawn(desk: Desk) -> CasePages:
    """The pages as they are once everything typed has been drawn."""
    preview = desk.editor.preview
    if preview._timer.isActive():
        preview.draw()
    settle()
    assert preview.pages is not None
    return preview.pages


def place_of(pages: CasePages, field: str) -> QPoint:
    """The middle of where a field is printed, in the view."""
    place = next(each for each in pages._places if each.uid == f"field:{field}")
    area = pages._area_of(place).translated(-pages._left(), -pages._top())
    return area.center().toPoint()


def opened(qtbot: QtBot, folder: Path, **values) -> Desk:
    desk = a_desk(qtbot, folder, a_case(**values))
    desk.page.open_case(desk.cases()[0].uid)
    settle()
    return desk


def test_the_page_is_drawn_and_follows_the_typing(qtbot, tmp_path: Path) -> None:
    desk = opened(qtbot, tmp_path)
    before = drawn(desk)
    assert desk.editor.preview.page_label.text().startswith("1 / ")
    generation = before.pages._generation
    desk.write("title", "改")
    preview = desk.editor.preview
    assert preview._timer.isActive() and preview._timer.interval() == 400
    drawn(desk)
    assert before.pages._generation == generation + 1


def test_a_change_while_drawing_cancels_what_is_out_of_date(qtbot, tmp_path: Path) -> None:
    desk = opened(qtbot, tmp_path)
    drawn(desk)
    preview = desk.editor.preview
    preview.draw()
    job = preview._job
    assert job is not None
    desk.write("title", "改")
    assert job.cancelled and preview._job is None


def test_drawing_anew_keeps_the_place(qtbot, tmp_path: Path) -> None:
    desk = opened(qtbot, tmp_path, practice=PRACTICE * 8)
    pages = drawn(desk)
    pages.zoom_in()
    pages.zoom_in()
    pages.verticalScrollBar().setValue(300)
    desk.editor.focus_field("author")
    pages.verticalScrollBar().setValue(300)
    desk.editor.state.set("author", "李红")
    drawn(desk)
    assert abs(pages.verticalScrollBar().value() - 300) <= 2


def test_the_field_with_the_keyboard_is_tinted(qtbot, tmp_path: Path) -> None:
    desk = opened(qtbot, tmp_path)
    pages = drawn(desk)
    desk.editor.focus_field("insight")
    assert pages.chosen_uid() == "field:insight"
    desk.editor.focus_field("period_end")
    assert pages.chosen_uid() == "field:period_start"
    desk.editor.focus_field("secret_checked")
    assert pages.chosen_uid() == ""


def test_clicking_the_page_leads_to_the_field(qtbot, tmp_path: Path) -> None:
    desk = opened(qtbot, tmp_path)
    pages = drawn(desk)
    qtbot.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=place_of(pages, "problem"))
    assert desk.editor.text.parts["problem"].edit.hasFocus()
    qtbot.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=place_of(pages, "author"))
    assert desk.editor.links.boxes["author"].hasFocus()


def test_arrows_and_enter_do_the_same(qtbot, tmp_path: Path) -> None:
    desk = opened(qtbot, tmp_path)
    pages = drawn(desk)
    desk.press(Qt.Key.Key_F6)
    assert pages.hasFocus()
    qtbot.keyClick(pages, Qt.Key.Key_Down)
    assert "按 Enter 回到填写处" in pages.accessibleName()
    chosen = pages.chosen_uid().removeprefix("field:")
    desk.press(Qt.Key.Key_Return)
    assert desk.editor._current == chosen


def test_a_character_that_cannot_be_printed_is_said_and_the_last_page_stays(qtbot, tmp_path: Path) -> None:
    desk = opened(qtbot, tmp_path)
    pages = drawn(desk)
    desk.write("title", "\U0001f600")
    drawn(desk)
    preview = desk.editor.preview
    if preview.message.isVisible():  # no font of this computer has it
        assert preview.stack.currentWidget() is pages and preview.message.text()
    desk.editor.undo()
    drawn(desk)
    assert not preview.message.isVisible()


def test_nothing_is_drawn_out_of_sight(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case(), size=(1024, 600))
    desk.page.open_case(desk.cases()[0].uid)
    settle()
    preview = desk.editor.preview
    desk.write("title", "改")
    assert preview.pages is None and not preview._timer.isActive()
    desk.editor.panes.show_pane(PREVIEW)
    settle()
    assert preview.pages is not None and preview.pages.isVisible()


def test_the_preview_takes_the_whole_width_and_gives_it_back(qtbot, tmp_path: Path) -> None:
    desk = opened(qtbot, tmp_path)
    drawn(desk)
    desk.click(desk.editor.preview.large_button)
    settle()
    assert not desk.editor.text.isVisible() and desk.editor.preview.width() > 1000
    assert desk.editor.preview.pages and desk.editor.preview.pages.hasFocus()
    desk.press(Qt.Key.Key_Escape)
    assert desk.editor.text.isVisible() and desk.editor.isVisible()
    desk.click(desk.editor.preview.large_button)
    desk.editor.focus_field("title")
    assert desk.editor.text.title.hasFocus() and desk.editor.text.isVisible()
