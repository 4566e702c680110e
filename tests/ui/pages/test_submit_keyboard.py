"""报送 without a mouse: Tab in reading order, Enter to what is to be done next, and no key that leads astray."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from models.activity import Activity
from tests.factories import an_activity
from tests.ui.driver import settle, type_chinese
from tests.ui.pages.submit_desk import Desk, a_desk, to_step
from ui import theme
from ui.context import Place
from ui.pages.submit_state import CHECKS, SEND, VIEW


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Desk:
    """Two activities, each with the same hint."""
    return a_desk(qtbot, tmp_path, an_activity(people_offline=320), another(people_offline=260))


def another(**values: Any) -> Activity:
    return an_activity(title="读书月启动会", start=date(2025, 8, 20), place="厂区广场", **values)


def keyboard() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def by_tab(desk: Desk, start: QWidget, end: QWidget) -> list[QWidget]:
    """What Tab leads through from `start` to `end`."""
    start.setFocus()
    reached = [start]
    while reached[-1] is not end:
        desk.qtbot.keyClick(reached[-1], Qt.Key.Key_Tab)
        assert keyboard() not in reached, "round once without coming there"
        reached.append(keyboard())
    return reached


def test_tab_leads_from_the_last_finding_to_the_buttons_below_it(desk: Desk) -> None:
    page = desk.page
    to_step(desk, CHECKS)
    for line in (1, 0):
        desk.answer("分两个会场", line)
    lines = [item.reason for item in page.checks.items() if item.reason is not None]
    order = by_tab(desk, page.log_button, page.next_button)
    wanted = [page.close_button, *lines, page.back_button, page.again_button, page.next_button]
    assert [each for each in order if each in wanted] == wanted
    assert all(page.isAncestorOf(each) for each in order)


def test_tab_follows_the_pane_that_goes_under_the_step(qapp, desk: Desk) -> None:
    page = desk.page
    theme.apply(qapp, theme.LIGHT, 1.75)
    to_step(desk, CHECKS)
    for line in (1, 0):
        desk.answer("分两个会场", line)
    for _ in range(3):
        desk.next()
    assert desk.step == SEND
    order = by_tab(desk, page.send.draft_button, page.done_button)
    wanted = [page.send.folder_button, page.send.print_link, page.receipt.sent_button, page.back_button]
    assert [each for each in order if each in wanted] == wanted
    theme.apply(qapp, theme.LIGHT, 1.0)


def test_enter_leads_from_line_to_line_and_then_on(desk: Desk) -> None:
    page = desk.page
    said: list[str] = []
    page.context.went_well.connect(lambda text, _undoable: said.append(text))
    to_step(desk, CHECKS)
    first, second = (item.reason for item in page.checks.items())
    assert first is not None and keyboard() is first
    desk.qtbot.keyClick(first, Qt.Key.Key_Return)
    assert keyboard() is first, "there is nothing to go on from yet"
    type_chinese(first, "分两个会场")
    desk.qtbot.keyClick(first, Qt.Key.Key_Return)
    assert keyboard() is second
    desk.wait()
    assert keyboard() is [item.reason for item in page.checks.items()][1], "shown anew, the keyboard where it was"
    type_chinese(keyboard(), "学校统一组织")
    desk.qtbot.keyClick(keyboard(), Qt.Key.Key_Return)
    assert keyboard() is page.next_button
    desk.wait()
    assert keyboard() is page.next_button
    assert not said, "the ticks tell it; a message would lie over the lines"
    desk.qtbot.keyClick(keyboard(), Qt.Key.Key_Return)
    desk.wait()
    assert desk.step == VIEW


def test_enter_in_the_last_line_leads_to_what_has_to_be_mended(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(people_offline=320), another(focus=()))
    to_step(desk, CHECKS)
    [line] = [item.reason for item in desk.page.checks.items() if item.reason is not None]
    line.setFocus()
    type_chinese(line, "分两个会场")
    desk.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert keyboard() is next(desk.page.checks.items()).go_button


def test_an_impatient_key_leads_nowhere_while_something_is_being_made(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    page = desk.page
    desk.open(action="new")
    desk.qtbot.keyClick(page.next_button, Qt.Key.Key_Return)  # and the check begins
    assert page.work.busy and keyboard() is page.checks
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        desk.qtbot.keyClick(keyboard(), key)
    assert desk.window.current_page() == "submit" and keyboard() is page.checks
    desk.wait()
    assert desk.step == VIEW and keyboard() is page.next_button


def test_coming_back_while_the_files_are_made_the_keyboard_waits_too(desk: Desk) -> None:
    to_step(desk, CHECKS)
    for line in (1, 0):
        desk.answer("分两个会场", line)
    desk.next()
    desk.leave()
    desk.window.show_place(Place("submit"))
    assert keyboard() is desk.page.view
    desk.wait()
    assert keyboard() is desk.page.next_button


def test_enter_brings_the_next_line_into_sight(qapp, desk: Desk) -> None:
    page = desk.page
    desk.window.resize(1024, 600)
    theme.apply(qapp, theme.LIGHT, 1.75)
    to_step(desk, CHECKS)
    first, second = (item.reason for item in page.checks.items())
    assert first is not None and second is not None
    settle()
    assert in_sight(desk, first) and not in_sight(desk, second)
    type_chinese(first, "分两个会场")
    desk.qtbot.keyClick(first, Qt.Key.Key_Return)
    settle()
    assert keyboard() is second and in_sight(desk, second)
    theme.apply(qapp, theme.LIGHT, 1.0)


def in_sight(desk: Desk, widget: QWidget) -> bool:
    view = desk.page.panes.area.viewport()
    return view.rect().contains(QRect(widget.mapTo(view, QPoint(0, 0)), widget.size()))
