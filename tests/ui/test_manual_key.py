"""F1 opens the manual from anywhere, and Esc brings back what was in front, with the keyboard where it was."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.factories import an_activity
from tests.ui.driver import a_window, settle
from ui.context import Place
from ui.widgets.buttons import Button


def press(qtbot, window: QWidget, key: Qt.Key) -> None:
    qtbot.keyClick(window.focusWidget() or window, key)
    settle()


@pytest.mark.parametrize(
    "page", ["home", "calendar", "activities", "cases", "reports", "settings", "checks", "clauses"]
)
def test_f1_and_back(qtbot, tmp_path: Path, page: str) -> None:
    window = a_window(qtbot, tmp_path / "台账", an_activity())
    window.show_place(Place(page))
    settle()
    focused = window.focusWidget()
    press(qtbot, window, Qt.Key.Key_F1)
    assert window.current_page() == "manual"
    press(qtbot, window, Qt.Key.Key_F1)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.current_page() == page
    if page != "checks":  # which lists its findings anew
        assert window.focusWidget() is focused


def test_a_record_s_history_comes_back_as_it_was(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path / "台账", an_activity())
    uid = window.page("activities").grid.rows.record(0).uid  # pyright: ignore[reportAttributeAccessIssue]
    window.show_place(Place("history", uid=uid))
    settle()
    press(qtbot, window, Qt.Key.Key_F1)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.current_page() == "history"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.current_page() == "activities"


def test_in_the_form_f1_shows_the_clause_of_the_field(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path / "台账", an_activity())
    window.show_place(Place("activities", action="new"))
    settle()
    press(qtbot, window, Qt.Key.Key_F1)
    assert window.current_page() == "activities"


def test_settings_say_that_there_is_a_manual(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path / "台账")
    window.show_place(Place("settings", field="about"))
    settle()
    [button] = [each for each in window.page("settings").findChildren(Button) if each.text() == "使用手册"]
    button.click()
    assert window.current_page() == "manual"
