"""The 日历 page on the real window: planning by mouse and keys, moving, registering, and taking it back."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from models import calendar_query, recurrence
from models.activity import Activity, Status
from models.activity_repository import get_activity, list_deleted
from models.recording import record_many
from tests.factories import NOW, a_clerk, an_activity
from tests.ui.driver import a_window, answer_next_question, settle
from ui import operations, theme
from ui.context import Place
from ui.main_window import MainWindow
from ui.pages.calendar import CalendarPage
from ui.pages.calendar_dialogs import DayDialog
from ui.pages.calendar_header import LIST, MONTH, WEEK
from ui.widgets.buttons import Button
from ui.widgets.chips import Chip
from ui.widgets.strips import MessageStrip

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
THURSDAY, FRIDAY = date(2025, 10, 16), date(2025, 10, 17)


def a_plan(title: str, day: date = THURSDAY, **values) -> Activity:
    return an_activity(title=title, start=day, **({"status": Status.PLANNED, "people_offline": None} | values))


def page_of(window: MainWindow) -> CalendarPage:
    page = window.page("calendar")
    assert isinstance(page, CalendarPage)
    return page


def a_page(qtbot, folder: Path, *activities: Activity, size: tuple[int, int] = (1366, 768)) -> CalendarPage:
    return page_of(a_window(qtbot, folder, *activities, size=size, first="calendar"))


def the_one(page: CalendarPage, title: str) -> Activity:
    entries = calendar_query.list_between(page.context.ledger, date(2025, 1, 1), date(2026, 12, 31))
    found = get_activity(page.context.ledger, next(each.uid for each in entries if each.title == title))
    assert found
    return found


def titles_on(page: CalendarPage, day: date) -> list[str]:
    return [face.title for face in page.grid.places().events_of(day)]


def middle_of_event(page: CalendarPage, title: str) -> QPoint:
    place = next(each for each in page.grid.places().events if each.face.title == title)
    return place.rect.center()


def drag(page: CalendarPage, title: str, target: date, *, drop: bool = True) -> None:
    start, end = middle_of_event(page, title), page.grid.places().cell(target).center()
    QTest.mousePress(page.grid, LEFT, pos=start)
    QTest.mouseMove(page.grid, start + QPoint(4, 4))
    QTest.mouseMove(page.grid, (start + end) / 2)
    QTest.mouseMove(page.grid, end)
    if drop:
        QTest.mouseRelease(page.grid, LEFT, pos=end)


def places_asked(page: CalendarPage) -> list[Place]:
    """The window is not asked to go anywhere; only what the page asks for is remembered."""
    asked: list[Place] = []
    window = page.window()
    assert isinstance(window, MainWindow)
    page.context.go_to.disconnect(window.show_place)
    page.context.go_to.connect(asked.append)
    return asked


def test_the_month_shows_activities_holidays_and_the_day_beside_it(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("读书会"), a_plan("过期的", date(2025, 9, 30)), an_activity(title="九月的"))
    page.go_to(THURSDAY)
    page.side.finish()
    assert page.header.month.text() == "2025年10月"
    assert titles_on(page, THURSDAY) == ["读书会"]
    assert page.shown and page.shown.faces[date(2025, 10, 1)].badge == "off"
    assert page.shown.faces[date(2025, 10, 11)].badge == "work"
    assert page.shown.events[date(2025, 9, 30)][0].kind == "overdue"
    assert list(page.side.cards) == [the_one(page, "读书会").uid]
    assert page.side.heading.text() == "10月16日 星期四"


def test_double_click_and_enter_begin_an_activity_on_that_day(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    asked = places_asked(page)
    QTest.mouseDClick(page.grid, LEFT, pos=page.grid.places().cell(THURSDAY).center())
    assert asked == [Place("activities", action="new:2025-10-16")]
    page.grid.set_day(FRIDAY)
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert asked[-1] == Place("activities", action="new:2025-10-17")


def test_dragging_moves_an_activity_and_undo_brings_it_back(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("读书会", end=date(2025, 10, 17)))
    drag(page, "读书会", FRIDAY)
    moved = the_one(page, "读书会")
    assert (moved.start, moved.end) == (FRIDAY, date(2025, 10, 18))
    window = page.window()
    assert isinstance(window, MainWindow) and window.toast.text() == "“读书会”已改到 10月17日 周五"
    assert page.day() == FRIDAY
    operations.undo(page.context)
    assert the_one(page, "读书会").start == THURSDAY
    assert "读书会" in titles_on(page, THURSDAY)


def test_dropping_where_it_was_and_escape_change_nothing(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("读书会"))
    before = page.context.ledger.last_change()
    drag(page, "读书会", THURSDAY)
    drag(page, "读书会", FRIDAY, drop=False)
    assert page.grid.drag()
    qtbot.keyClick(page.grid, Qt.Key.Key_Escape)
    assert page.grid.drag() is None
    QTest.mouseRelease(page.grid, LEFT, pos=page.grid.places().cell(FRIDAY).center())
    assert page.context.ledger.last_change() == before


def test_what_took_place_is_asked_about_before_it_moves(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, an_activity(title="办过的", start=date(2025, 10, 8)))
    answer_next_question("不改")
    drag(page, "办过的", date(2025, 10, 9))
    assert the_one(page, "办过的").start == date(2025, 10, 8)
    answer_next_question("改到这一天")
    drag(page, "办过的", date(2025, 10, 9))
    assert the_one(page, "办过的").start == date(2025, 10, 9)


def test_cut_and_paste_moves_by_keyboard_alone(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("甲"), a_plan("乙"))
    grid = page.grid
    grid.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Left):  # from today, Friday the 10th
        qtbot.keyClick(grid, key)
    assert grid.day() == THURSDAY and page.day() == THURSDAY
    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    chosen = grid.current_event()
    assert chosen and chosen.title == "乙" and "乙（" in grid.accessibleName()
    qtbot.keyClick(grid, Qt.Key.Key_X, CONTROL)
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_V, CONTROL)
    assert the_one(page, "乙").start == FRIDAY and the_one(page, "甲").start == THURSDAY


def test_keys_move_by_day_week_month_and_back_to_today(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    grid = page.grid
    grid.setFocus()
    moves = [
        (Qt.Key.Key_End, date(2025, 10, 12)),
        (Qt.Key.Key_Home, date(2025, 10, 6)),
        (Qt.Key.Key_PageDown, date(2025, 11, 6)),
        (Qt.Key.Key_Down, date(2025, 11, 13)),
        (Qt.Key.Key_T, date(2025, 10, 10)),
        (Qt.Key.Key_PageUp, date(2025, 9, 10)),
    ]
    for key, day in moves:
        qtbot.keyClick(grid, key)
        assert (page.day(), page.grid.day()) == (day, day)
        assert page.shown and page.shown.first <= day <= page.shown.last
    qtbot.keyClick(grid, Qt.Key.Key_Home, CONTROL)
    assert page.day() == date(2025, 10, 10) and page.header.month.text() == "2025年10月"


def test_tab_leaves_the_month_after_the_last_activity(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("甲"))
    page.go_to(THURSDAY)
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Tab)
    assert page.grid.hasFocus() and page.grid.current_event()
    qtbot.keyClick(page.grid, Qt.Key.Key_Tab)
    assert not page.grid.hasFocus()


def test_delete_moves_to_the_bin_and_undo_restores(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("甲"))
    page.go_to(THURSDAY)
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Tab)
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    assert [each.title for each in list_deleted(page.context.ledger)] == ["甲"]
    assert titles_on(page, THURSDAY) == []
    operations.undo(page.context)
    assert titles_on(page, THURSDAY) == ["甲"]


def test_f2_asks_for_a_date_and_takes_what_people_type(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("甲"))
    page.go_to(THURSDAY)
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Tab)

    def type_day() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, DayDialog)
        dialog.edit.setText("10-20")
        dialog.ok_button.click()

    QTimer.singleShot(0, type_day)
    qtbot.keyClick(page.grid, Qt.Key.Key_F2)
    assert the_one(page, "甲").start == date(2025, 10, 20)


def test_a_plan_becomes_done_with_its_figures(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("安全课", date(2025, 10, 8)))
    page.go_to(date(2025, 10, 8))
    page.side.finish()
    uid = the_one(page, "安全课").uid
    next(each for each in page.side.cards[uid].findChildren(Button) if each.text() == "登记结果").click()
    figures = page.side.cards[uid].figures()
    assert figures and figures.offline.hasFocus()
    qtbot.keyClick(figures.offline, Qt.Key.Key_Return)
    assert the_one(page, "安全课").status == Status.PLANNED  # nothing typed is no answer
    qtbot.keyClicks(figures.offline, "35")
    qtbot.keyClick(figures.offline, Qt.Key.Key_Return)
    done = the_one(page, "安全课")
    assert (done.status, done.people_offline) == (Status.DONE, 35)
    operations.undo(page.context)
    assert the_one(page, "安全课").status == Status.PLANNED


def test_a_plan_still_to_come_cannot_be_registered_yet(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("安全课"))
    page.go_to(THURSDAY)
    uid = the_one(page, "安全课").uid
    page.side.register(uid)
    assert page.side.cards[uid].figures() is None
    assert any("才结束" in strip.text() for strip in page.side.cards[uid].findChildren(MessageStrip))


def test_cancelling_and_resuming_from_the_day_list(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("郊游"))
    uid = the_one(page, "郊游").uid
    page.side.cancel_wanted.emit(uid)
    assert the_one(page, "郊游").status == Status.CANCELLED
    assert page.shown and page.shown.events[THURSDAY][0].kind == "cancelled"
    page.side.resume_wanted.emit(uid)
    assert the_one(page, "郊游").status == Status.PLANNED


def test_moving_one_of_a_series_asks_how_far(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("工间操", date(2025, 10, 13)))
    first = the_one(page, "工间操")
    made = recurrence.repeat(page.context.ledger, first, recurrence.Rule("weekly", count=4), a_clerk())
    page.context.changed.emit()
    answer_next_question("这次及以后")
    assert page.acts.move(made[1].uid, date(2025, 10, 20), date(2025, 10, 21))
    days = [each.start for each in recurrence.members(page.context.ledger, made[0].series)]
    assert days == [date(2025, 10, 13), date(2025, 10, 21), date(2025, 10, 28), date(2025, 11, 4)]
    operations.undo(page.context)
    answer_next_question("只改期这一次")
    page.acts.move(made[1].uid, date(2025, 10, 20), date(2025, 10, 22))
    days = [each.start for each in recurrence.members(page.context.ledger, made[0].series)]
    assert days == [date(2025, 10, 13), date(2025, 10, 22), date(2025, 10, 27), date(2025, 11, 3)]


def test_holding_at_the_edge_turns_the_month_while_dragging(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("读书会"))
    drag(page, "读书会", FRIDAY, drop=False)
    qtbot.keyClick(page.grid, Qt.Key.Key_PageDown)
    assert page.header.month.text() == "2025年11月" and page.grid.drag()
    end = page.grid.places().cell(date(2025, 11, 5)).center()
    QTest.mouseMove(page.grid, end)
    QTest.mouseRelease(page.grid, LEFT, pos=end)
    assert the_one(page, "读书会").start == date(2025, 11, 5)


def test_the_week_shows_times_and_places_in_order(qtbot, tmp_path: Path) -> None:
    page = a_page(
        qtbot, tmp_path, a_plan("晚的", start_time="17:30"), a_plan("早的", start_time="09:00", place="二车间")
    )
    page.go_to(THURSDAY)
    page.header.views[WEEK].click()
    assert titles_on(page, THURSDAY) == ["早的", "晚的"]
    assert page.shown and (page.shown.first, page.shown.last) == (date(2025, 10, 13), date(2025, 10, 19))
    qtbot.keyClick(page.grid, Qt.Key.Key_PageDown)
    assert page.shown.first == date(2025, 10, 20)


def test_the_list_opens_what_it_shows(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("甲"), a_plan("乙", date(2025, 12, 1)))
    asked = places_asked(page)
    page.header.views[LIST].click()
    page.go_to(date(2025, 12, 1))
    chosen = page.list.current()
    assert chosen and chosen.title == "乙"
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert asked == [Place("activities", uid=the_one(page, "乙").uid)]
    page.acts.cancel(chosen.uid)
    operations.undo(page.context)
    again = page.list.current()
    assert again and (again.uid, again.status) == (chosen.uid, Status.PLANNED)
    for _ in range(2):  # over the heading of the day
        qtbot.keyClick(page.list, Qt.Key.Key_Up)
    assert page.day() == THURSDAY and page.list.current() is not None


def test_an_empty_year_says_so_in_the_list(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    page.show_view(LIST)
    assert page.list.accessibleDescription() == "这一年还没有活动"
    empty = page.list.grab().toImage()
    page.context.go_to.emit(Place("calendar", field="2025-10-11"))
    record_many(page.context.ledger, [a_plan("甲")], a_clerk(NOW), "甲")
    page.context.changed.emit()
    assert page.list.accessibleDescription() == "" and page.list.grab().toImage() != empty


def test_a_crowded_day_says_how_many_more_and_opens_the_day(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, *(a_plan(f"活动{number}") for number in range(9)))
    page.go_to(date(2025, 10, 1))
    places = page.grid.places()
    shown = len([each for each in places.events if each.day == THURSDAY])
    more = next(each for each in places.more if each.day == THURSDAY)
    assert shown and shown + more.count == 9
    QTest.mouseClick(page.grid, LEFT, pos=more.rect.center())
    page.side.finish()
    assert page.day() == THURSDAY and len(page.side.cards) == 9


def test_at_175_percent_it_opens_in_the_list_and_the_day_has_a_way(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, a_plan("甲"))
    theme.set_scale(1.75)
    try:
        window.show_place(Place("calendar"))
        settle()
        page = page_of(window)
        assert page.view() == LIST and not page.side.isVisible()
        page.header.day_button.click()
        assert page.side.isVisible()
        qtbot.keyClick(page.side.close_button, Qt.Key.Key_Escape)
        assert not page.side.isVisible() and page.list.isVisible()
    finally:
        theme.set_scale(1.0)


def test_turning_the_month_reads_only_what_is_visible(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    every_day = [
        an_activity(title=f"活动{number}", start=date(2025, 1, 1) + timedelta(days=number % 365))
        for number in range(1460)
    ]
    record_many(page.context.ledger, every_day, a_clerk(NOW), "很多")
    page.context.changed.emit()
    page.go_to(date(2025, 3, 15))
    assert page.shown
    held = [each for entries in page.shown.entries.values() for each in entries]
    days = (page.shown.last - page.shown.first).days + 1
    assert len(held) == 4 * days and all(page.shown.first <= each.start <= page.shown.last for each in held)


def test_every_control_has_a_name(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("甲"))
    page.go_to(THURSDAY)
    page.side.finish()
    from ui.widgets.base import tab_stops

    for view in (MONTH, WEEK, LIST, "year"):
        page.show_view(view)
        settle()
        nameless = [each for each in tab_stops(page) if each.isVisible() and not each.accessibleName()]
        assert nameless == []


def tab_order(start: QWidget, page: CalendarPage) -> list[str]:
    """The names that Tab goes through after `start`, to the end of the page."""
    names: list[str] = []
    step = start.nextInFocusChain()
    while step is not None and step is not start:
        if step.isVisible() and page.isAncestorOf(step) and step.focusPolicy() & Qt.FocusPolicy.TabFocus:
            names.append(step.accessibleName())
        step = step.nextInFocusChain()
    return names


def test_moving_from_another_page_asks_for_the_date_and_follows_it(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("安全课", date(2025, 9, 8)), a_plan("读书会"))
    page.show_view("year")
    uid = the_one(page, "安全课").uid

    def type_day() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, DayDialog) and page.day() == date(2025, 9, 8)
        dialog.edit.setText("11-6")
        dialog.ok_button.click()

    page.context.go_to.emit(Place("calendar", uid=uid, action="move"))
    QTimer.singleShot(0, type_day)
    settle()
    assert the_one(page, "安全课").start == date(2025, 11, 6)
    chosen = page.grid.current_event()
    assert page.view() == MONTH and page.day() == date(2025, 11, 6) and chosen and chosen.title == "安全课"
    assert page.window().focusWidget() is page.grid


def test_in_the_list_the_very_activity_is_chosen(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("第一项"), a_plan("第二项"), a_plan("第三项"))
    page.show_view(LIST)
    page.context.go_to.emit(Place("calendar", uid=the_one(page, "第二项").uid))
    current = page.list.current()
    assert current and current.title == "第二项" and page.list.hasFocus()


def test_tab_goes_through_the_day_as_it_is_read(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("过期的", date(2025, 9, 30)), a_plan("甲"), a_plan("乙"))
    page.go_to(THURSDAY)
    page.side.finish()
    settle()
    order = tab_order(page.grid, page)
    read = ["登记结果：甲", "登记结果：乙", "登记结果：过期的", "在这一天新建活动"]
    assert [name for name in order if name in read] == read
    page.side.register(the_one(page, "过期的").uid)
    page.open_side(date(2025, 9, 30))
    page.register(the_one(page, "过期的").uid)
    order = tab_order(page.grid, page)
    read = ["取消计划：过期的", "线下参加人次", "线上参与人次", "在这一天新建活动"]
    assert [name for name in order if name in read] == read


def test_the_keyboard_stays_with_the_activity_that_was_cancelled(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("甲"), a_plan("乙"))
    page.go_to(THURSDAY)
    page.side.finish()
    settle()
    cancel = next(each for each in page.side.findChildren(Button) if each.accessibleName() == "取消计划：乙")
    cancel.setFocus()
    qtbot.keyClick(cancel, Qt.Key.Key_Space)
    page.side.finish()
    settle()
    focused = QApplication.focusWidget()
    assert focused and page.side.cards[the_one(page, "乙").uid].isAncestorOf(focused)


def test_escape_leaves_the_figures_first_and_the_day_next(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("安全课", date(2025, 10, 8)))
    uid = the_one(page, "安全课").uid
    page.register(uid)
    figures = page.side.cards[uid].figures()
    assert figures
    qtbot.keyClick(figures.offline, Qt.Key.Key_Escape)
    assert page.side.cards[uid].figures() is None
    focused = page.window().focusWidget()
    assert focused and focused.accessibleName() == "登记结果：安全课"
    qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert page.window().focusWidget() is page.grid


def test_figures_half_typed_survive_a_change_elsewhere(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("安全课", date(2025, 10, 8)))
    uid = the_one(page, "安全课").uid
    page.register(uid)
    figures = page.side.cards[uid].figures()
    assert figures
    qtbot.keyClicks(figures.offline, "12")
    page.context.changed.emit()
    page.side.finish()
    again = page.side.cards[uid].figures()
    assert again and again is not figures and again.offline.text() == "12"


def test_the_day_says_that_a_plan_is_overdue_as_the_month_does(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("安全课", date(2025, 10, 8)))
    page.go_to(date(2025, 10, 8))
    page.side.finish()
    (card,) = page.side.cards.values()
    assert [each.accessibleName() for each in card.findChildren(Chip)] == ["已过期"]


def test_keys_turn_the_page_and_come_back_to_today_in_every_view(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("去年", date(2024, 10, 10)), a_plan("本月", NOW.date()))
    for view, before in ((MONTH, date(2025, 9, 10)), (WEEK, date(2025, 10, 3)), ("year", date(2024, 10, 10))):
        page.show_view(view)
        page.close_side()
        front = page.focusWidget()
        for key, modifiers in ((Qt.Key.Key_PageUp, CONTROL), (Qt.Key.Key_PageUp, Qt.KeyboardModifier.NoModifier)):
            qtbot.keyClick(front, key, modifiers)
            assert page.day() == before, view
            qtbot.keyClick(front, Qt.Key.Key_T)
            assert page.day() == NOW.date(), view
    page.show_view(LIST)
    qtbot.keyClick(page.list, Qt.Key.Key_PageUp, CONTROL)
    assert page.day().month != 10
    qtbot.keyClick(page.list, Qt.Key.Key_T)
    assert page.day() == NOW.date()


def test_every_overdue_plan_can_be_come_to_from_the_calendar(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, *(a_plan(f"第{number}项", date(2025, 9, number)) for number in range(1, 6)))
    page.side.finish()
    (more,) = [each for each in page.side.findChildren(Button) if each.text().startswith("另有")]
    assert more.text() == "另有 2 项过期计划，看下一项"
    more.click()
    page.side.finish()
    assert page.day() == date(2025, 9, 4) and list(page.side.cards) == [the_one(page, "第4项").uid]


def test_the_view_in_front_is_the_tab_stop_of_the_four(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    for view, each in page.header.views.items():
        page.show_view(view)
        stops = [name for name, it in page.header.views.items() if it.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert stops == [view]
        assert each.isChecked()


def test_other_pages_lead_to_a_day_an_activity_or_its_figures(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("安全课", date(2025, 9, 8)), a_plan("读书会"))
    go = page.context.go_to.emit
    go(Place("calendar", field="2025-12-05"))
    assert page.day() == date(2025, 12, 5)
    go(Place("calendar", uid=the_one(page, "读书会").uid))
    chosen = page.grid.current_event()
    assert page.day() == THURSDAY and chosen and chosen.title == "读书会"
    go(Place("calendar", action="overdue"))
    assert page.day() == date(2025, 9, 8)
    page.go_to(THURSDAY)
    uid = the_one(page, "安全课").uid
    go(Place("calendar", uid=uid, action="complete"))
    figures = page.side.cards[uid].figures()
    assert figures and figures.isVisible() and page.day() == date(2025, 9, 8)
