"""Boxes to type in: text with a counter, numbers, money, dates, search."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from models.dates import parse_date
from tests.ui.widgets.conftest import Show
from tests.ui.widgets.hands import press, type_with_input_method
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.calendar_popup import CalendarPopup, month_later
from ui.widgets.date_edit import DateEdit
from ui.widgets.edits import CounterLineEdit, Edit, SearchEdit
from ui.widgets.number_edit import MoneyEdit, NumberEdit
from ui.widgets.text_edit import CounterTextEdit

TODAY = date(2025, 10, 10)


def parse(text: str) -> date | None:
    return parse_date(text, TODAY)


def date_edit() -> DateEdit:
    return DateEdit(parse, today=lambda: TODAY)


def test_chinese_typed_with_an_input_method_is_counted(show: Show) -> None:
    box = CounterLineEdit(60)
    show(box)
    assert box.counter_text() == "0 / 60 字"
    type_with_input_method(box, "劳模工匠大讲堂")
    assert box.value() == "劳模工匠大讲堂"
    assert box.counter_text() == "7 / 60 字"


def test_a_rare_character_counts_once(show: Show) -> None:
    box = CounterLineEdit(60)
    show(box)
    type_with_input_method(box, "𬭚")
    assert box.count() == 1


def test_more_than_the_limit_can_be_typed_and_is_complained_about(show: Show) -> None:
    box = CounterLineEdit(5)
    show(box)
    type_with_input_method(box, "一二三四五")
    assert (box.is_over(), box.problem()) == (False, "")
    type_with_input_method(box, "六")
    assert box.value() == "一二三四五六"
    assert box.problem() == "最多 5 字，现在多了 1 字。"


def test_words_never_run_under_the_counter(show: Show) -> None:
    box = CounterLineEdit(60)
    show(box, width=400)
    assert box.textMargins().right() >= theme.px(13) * 4
    narrow = CounterLineEdit(60)
    narrow.setFixedWidth(110)
    show(narrow)
    assert narrow.counter_text() == ""


def test_a_text_grows_with_its_lines_and_then_scrolls(show: Show) -> None:
    box = CounterTextEdit(200, min_lines=2, max_lines=5)
    show(box)
    heights = []
    for lines in (1, 4, 5, 12):
        box.set_value("\n".join(["一行"] * lines))
        QApplication.processEvents()
        heights.append(box.sizeHint().height())
    assert heights[0] < heights[1] < heights[2] == heights[3]
    assert box.height() == heights[3]


def test_a_text_box_keeps_tags_and_line_breaks_as_typed(show: Show) -> None:
    box = CounterTextEdit(200)
    show(box)
    box.setText("<b>一</b>\n<img src=x>")
    assert box.value() == "<b>一</b>\n<img src=x>"
    box.set_value(None)
    assert box.value() == ""


def test_tab_leaves_a_text_box(qtbot: QtBot, show: Show) -> None:
    box, after = CounterTextEdit(200), Edit()
    show(box, after)
    box.setFocus()
    type_with_input_method(box, "一是")
    press(qtbot, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert box.value() == "一是"


def test_typing_into_a_text_box_can_be_undone(qtbot: QtBot, show: Show) -> None:
    box = CounterTextEdit(200)
    show(box)
    box.set_value("原文")
    box.setFocus()
    type_with_input_method(box, "多打的字")
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert box.value() == "原文"
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert box.value() == "原文"  # the loaded text itself is not undone


@pytest.mark.parametrize(
    ("typed", "value", "problem"),
    [
        ("", None, ""),
        ("126", 126, ""),
        (" 1 260 ", 1260, ""),
        ("１２６", 126, ""),
        ("1，260", 1260, ""),
        ("0", 0, ""),
        ("12.5", None, "这里填整数，不要小数点。"),
        ("约一百", None, "这里只能填数字，例如 126。"),
        ("-3", None, "不能小于 0。"),
        ("99999999", None, "数字太大，最多 9999999。"),
        ("9" * 40, None, "这里只能填数字，例如 126。"),
    ],
)
def test_a_number_is_read_or_explained_but_never_refused(typed: str, value: int | None, problem: str) -> None:
    box = NumberEdit("人次")
    box.setText(typed)
    assert box.text() == typed
    assert (box.value(), box.problem()) == (value, problem)


def test_a_number_is_tidied_when_the_box_is_left_but_a_wrong_one_stays(show: Show) -> None:
    box, other = NumberEdit(), Edit()
    show(box, other)
    heard: list[object] = []
    box.value_changed.connect(heard.append)
    box.setFocus()
    box.setText("１，２６０")
    other.setFocus()
    assert box.text() == "1260"
    box.setFocus()
    box.setText("一千")
    other.setFocus()
    assert box.text() == "一千"
    assert heard == [1260, None]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("１２．０５", 1205),
        (".5", 50),
        ("", None),
        ("12.345", None),
        ("-", None),
        ("十元", None),
    ],
)
def test_money_is_typed_in_yuan_and_kept_in_fen(typed: str, value: int | None) -> None:
    box = MoneyEdit()
    box.setText(typed)
    assert box.value() == value
    assert bool(box.problem()) == (value is None and typed != "")


def test_money_is_shown_as_it_would_be_typed() -> None:
    box = MoneyEdit()
    box.set_value(1250)
    assert box.text() == "12.50"
    box.set_value(1200)
    assert box.text() == "12"


def test_a_date_is_typed_freely_and_written_in_full_on_leaving(qtbot: QtBot, show: Show) -> None:
    box, other = date_edit(), Edit()
    show(box, other)
    heard: list[object] = []
    box.value_changed.connect(heard.append)
    box.setFocus()
    qtbot.keyClicks(box, "10-9")
    assert box.text() == "10-9"
    other.setFocus()
    assert box.text() == "2025年10月9日"
    assert box.value() == date(2025, 10, 9) == heard[-1]


def test_a_date_that_does_not_exist_stays_on_screen_and_is_explained(qtbot: QtBot, show: Show) -> None:
    box, other = date_edit(), Edit()
    show(box, other)
    box.setFocus()
    qtbot.keyClicks(box, "2025.13.1")
    other.setFocus()
    assert box.text() == "2025.13.1"
    assert box.value() is None
    assert "13" in box.problem()


def test_an_empty_date_is_no_problem(show: Show) -> None:
    box = date_edit()
    box.set_value(TODAY)
    box.set_value(None)
    assert (box.text(), box.value(), box.problem()) == ("", None, "")


def test_a_reader_that_knows_only_its_own_way_of_writing_keeps_the_date_it_was_given() -> None:
    box = DateEdit(lambda text: None)
    box.set_value(TODAY)
    assert (box.value(), box.problem()) == (TODAY, "")


def test_a_day_is_picked_from_the_month_with_the_keyboard(qtbot: QtBot, show: Show) -> None:
    box = date_edit()
    show(box)
    box.set_value(date(2025, 10, 9))
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = box.findChild(CalendarPopup)
    assert popup is not None
    press(qtbot, Qt.Key.Key_Down, popup.grid)
    press(qtbot, Qt.Key.Key_Right, popup.grid)
    assert popup.grid.accessibleName() == "2025年10月17日 周五"
    press(qtbot, Qt.Key.Key_Return, popup.grid)
    assert box.value() == date(2025, 10, 17)
    assert box.text() == "2025年10月17日"


def test_a_day_is_picked_with_the_mouse_and_the_box_emptied_again(qtbot: QtBot, show: Show) -> None:
    box = date_edit()
    show(box)
    box.open_calendar()
    popup = box.findChild(CalendarPopup)
    assert popup is not None
    qtbot.mouseClick(popup.grid, Qt.MouseButton.LeftButton, pos=popup.grid.cell_of(date(2025, 10, 31)).center())
    assert box.value() == date(2025, 10, 31)


def test_the_month_begins_its_weeks_on_monday_and_turns_pages(qtbot: QtBot, show: Show) -> None:
    popup = CalendarPopup(date(2025, 10, 31), TODAY, show())
    assert popup.grid.first_shown() == date(2025, 9, 29)
    press(qtbot, Qt.Key.Key_PageDown, popup.grid)
    assert popup.grid.day() == date(2025, 11, 30)
    popup.close()


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 15), -1, date(2024, 12, 15)),
        (date(2025, 12, 31), 1, date(2026, 1, 31)),
    ],
)
def test_the_same_day_of_another_month(day: date, months: int, expected: date) -> None:
    assert month_later(day, months) == expected


def test_the_search_box_is_emptied_by_escape_and_by_its_cross(qtbot: QtBot, show: Show) -> None:
    box = SearchEdit("名称、简述，或拼音首字母")
    show(box)
    box.setFocus()
    qtbot.keyClicks(box, "dskt")
    press(qtbot, Qt.Key.Key_Escape)
    assert box.text() == ""
    qtbot.keyClicks(box, "dskt")
    cross = next(each for each in box.children() if getattr(each, "accessibleName", str)() == "清除搜索")
    cross.click()  # type: ignore[attr-defined]
    assert box.text() == ""


@pytest.mark.parametrize(
    "make", [lambda: CounterLineEdit(60), NumberEdit, MoneyEdit, date_edit, lambda: CounterTextEdit(60)]
)
def test_a_box_shows_focus_error_and_warning_without_jumping(show: Show, make: type[Edit]) -> None:
    box, other = make(), button("别处")
    show(box, other)
    other.setFocus()
    sizes, pictures = [], []
    for state in ("", "warn", "error"):
        box.set_state(state)
        QApplication.processEvents()
        sizes.append(box.size())
        pictures.append(box.grab().toImage())
    box.set_state("")
    box.setFocus()
    QApplication.processEvents()
    sizes.append(box.size())
    pictures.append(box.grab().toImage())
    assert len({(size.width(), size.height()) for size in sizes}) == 1
    assert all(one != other for index, one in enumerate(pictures) for other in pictures[:index])


def test_boxes_of_a_given_width_follow_the_text_size(qapp: QApplication, show: Show) -> None:
    box: QLineEdit = NumberEdit("人次")
    show(box)
    before = box.width()
    theme.apply(qapp, theme.LIGHT, 1.75)
    qapp.processEvents()
    assert box.width() > before * 1.4
