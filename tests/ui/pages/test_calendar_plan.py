"""年度计划 in the calendar: writing the plan, making activities of it, registering them."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from models import drafts, planning
from models.activity import Activity, Status
from models.calendar_query import list_between
from models.plan_item import MEETING, PLAN, PlanItem
from models.plan_repository import list_of_year
from tests.factories import a_clerk
from tests.ui.driver import a_window, settle, type_chinese
from ui import operations, theme
from ui.context import Place
from ui.main_window import MainWindow
from ui.pages.calendar import CalendarPage
from ui.pages.calendar_header import MONTH, YEAR
from ui.pages.calendar_plan import MonthPlan, PlanCard
from ui.pages.calendar_year import YearPlan
from ui.pages.home_drafts import draft_strip
from ui.widgets.base import application, tab_stops
from ui.widgets.buttons import Button


def a_page(qtbot, folder: Path, *activities: Activity) -> CalendarPage:
    window = a_window(qtbot, folder, *activities, first="calendar")
    page = window.page("calendar")
    assert isinstance(page, CalendarPage)
    page.show_view(YEAR)
    settle()
    return page


def parts(page: CalendarPage) -> tuple[YearPlan, MonthPlan]:
    year = page.year_plan()
    return year, year.plan


def cards(plan: MonthPlan) -> list[PlanCard]:
    settle()
    return plan.findChildren(PlanCard)


def press(card: PlanCard, words: str) -> None:
    next(each for each in card.findChildren(Button) if each.text() == words).click()


def test_a_plan_is_written_with_enter_and_shown_in_its_month(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    year, plan = parts(page)
    plan.add_button.click()
    assert plan.form and plan.form.title.hasFocus()
    type_chinese(plan.form.title, "秋季运动会")
    plan.form.month.set_value("2025-11")
    qtbot.keyClick(plan.form.title, Qt.Key.Key_Return)
    assert [(each.title, each.month, each.kind) for each in list_of_year(page.context.ledger, 2025)] == [
        ("秋季运动会", "2025-11", PLAN)
    ]
    assert plan.form is None
    year.grid.setFocus()
    qtbot.keyClick(year.grid, Qt.Key.Key_Right)
    assert page.day().month == 11 and [each.accessibleName() for each in cards(plan)] == ["秋季运动会"]
    assert "秋季运动会（未到期）" in year.grid.accessibleName()


def test_what_is_missing_is_said_and_nothing_typed_is_lost(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    _, plan = parts(page)
    plan.meet_button.click()
    assert plan.form
    type_chinese(plan.form.title, "部署四季度工作")
    plan.form.save_button.click()
    assert plan.form and plan.form.title.text() == "部署四季度工作"
    assert list_of_year(page.context.ledger, 2025) == []
    plan.form.day.setText("10-20")
    type_chinese(plan.form.host, "王主席")
    plan.form.save_button.click()
    (meeting,) = list_of_year(page.context.ledger, 2025)
    assert (meeting.kind, meeting.day, meeting.host) == (MEETING, date(2025, 10, 20), "王主席")


def test_what_is_missing_is_said_under_the_boxes(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    _, plan = parts(page)
    plan.add_button.click()
    assert plan.form
    qtbot.keyClick(plan.form.leader, Qt.Key.Key_Return)
    assert plan.form.title.hasFocus()
    assert "请填写计划内容。" in [each.text() for each in plan.form.findChildren(QLabel) if each.isVisible()]


def test_a_line_half_typed_comes_back_with_its_month(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    year, plan = parts(page)
    plan.add_button.click()
    assert plan.form
    type_chinese(plan.form.title, "秋季运动")
    year.grid.setFocus()
    qtbot.keyClick(year.grid, Qt.Key.Key_Right)
    assert page.day().month == 11 and plan.form is None
    qtbot.keyClick(year.grid, Qt.Key.Key_Left)
    assert plan.form and plan.form.title.text() == "秋季运动" and year.grid.hasFocus()
    type_chinese(plan.form.title, "会")
    plan.form.save_button.click()
    assert [each.title for each in list_of_year(page.context.ledger, 2025)] == ["秋季运动会"]
    assert drafts.list_drafts(page.context.ledger) == []


def test_a_line_half_typed_survives_the_program(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    _, plan = parts(page)
    planning.save_item(page.context.ledger, PlanItem(title="读书月", month="2025-10", leader="李敏"), a_clerk())
    page.context.changed.emit()
    press(cards(plan)[0], "修改")
    assert plan.form
    plan.form.leader.setText("王芳")
    window = page.window()
    assert isinstance(window, MainWindow) and window.keep_everything_typed()
    (draft,) = drafts.list_drafts(page.context.ledger)
    asked: list[Place] = []
    strip = draft_strip(draft, asked.append)
    assert strip and "读书月" in strip.text()
    strip.links()[0].click()

    again = CalendarPage(page.context)
    qtbot.addWidget(again)
    again.resize(1200, 700)
    again.show()
    again.show_place(asked[0])
    form = again.year_plan().plan.form
    assert form and form.leader.text() == "王芳" and form.title.text() == "读书月"
    form.save_button.click()
    assert [(each.title, each.leader) for each in list_of_year(page.context.ledger, 2025)] == [("读书月", "王芳")]


def test_large_text_opens_the_year_at_the_present_month(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    theme.apply(application(), theme.LIGHT, 1.75)
    page.show_view(MONTH)
    page.go_to(date(2025, 12, 1))
    page.show_view(YEAR)
    settle()
    year = page.year_plan()
    cell = year.grid.cell(12)
    page.header.new_button.setFocus()
    qtbot.keyClick(page.header.new_button, Qt.Key.Key_Tab)
    assert page.window().focusWidget() is year.grid
    seen = year.grid.visibleRegion().boundingRect()
    theme.apply(application(), theme.LIGHT, 1.0)
    assert seen.contains(cell)


def test_giving_a_line_up_forgets_it(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    _, plan = parts(page)
    plan.add_button.click()
    assert plan.form
    type_chinese(plan.form.title, "不要了")
    page.keep_unsaved()
    assert len(drafts.list_drafts(page.context.ledger)) == 1
    qtbot.keyClick(plan.form.title, Qt.Key.Key_Escape)
    assert plan.form is None and drafts.list_drafts(page.context.ledger) == []


def test_escape_closes_the_plan_that_stands_before_the_year(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    page.window().resize(1024, 600)
    settle()
    year, plan = parts(page)
    qtbot.keyClick(year.grid, Qt.Key.Key_Return)
    assert plan.isVisible()
    qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Escape)
    assert not plan.isVisible() and page.window().focusWidget() is year.grid


def test_an_open_line_is_saved_before_another_is_opened(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    _, plan = parts(page)
    plan.add_button.click()
    assert plan.form
    type_chinese(plan.form.title, "读书月")
    plan.meet_button.click()
    assert plan.form and plan.form.meeting
    assert [each.title for each in list_of_year(page.context.ledger, 2025)] == ["读书月"]
    type_chinese(plan.form.title, "还没有日期")
    plan.add_button.click()
    assert plan.form.meeting and plan.form.title.text() == "还没有日期"


def test_tab_goes_from_the_line_being_written_to_the_others(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    _, plan = parts(page)
    planning.save_item(page.context.ledger, PlanItem(title="读书月", month="2025-10"), a_clerk())
    page.context.changed.emit()
    plan.add_button.click()
    settle()
    order = [each.accessibleName() for each in tab_stops(page) if each.isVisible()]
    read = ["计划内容", "责任人", "转为活动：读书月", "删除：读书月", "新增计划"]
    assert [name for name in order if name in read] == read


def test_a_plan_becomes_an_activity_which_is_registered_and_undone(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    context, (_, plan) = page.context, parts(page)
    planning.save_item(context.ledger, PlanItem(title="读书月", month="2025-10"), a_clerk())
    context.changed.emit()
    press(cards(plan)[0], "转为活动")
    (entry,) = list_between(context.ledger, date(2025, 10, 1), date(2025, 10, 31))
    assert (entry.title, entry.status) == ("读书月", Status.PLANNED)
    press(cards(plan)[0], "登记结果")
    assert page.view() == MONTH and page.day() == entry.start
    figures = page.side.cards[entry.uid].figures()
    assert figures
    qtbot.keyClicks(figures.offline, "80")
    figures.save_button.click()
    (entry,) = list_between(context.ledger, date(2025, 10, 1), date(2025, 10, 31))
    assert entry.status == Status.DONE
    operations.undo(context)
    operations.undo(context)
    assert list_between(context.ledger, date(2025, 10, 1), date(2025, 10, 31)) == []


def test_lines_are_changed_cancelled_and_deleted(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    context, (_, plan) = page.context, parts(page)
    planning.save_item(context.ledger, PlanItem(title="读书月", month="2025-10"), a_clerk())
    context.changed.emit()
    press(cards(plan)[0], "修改")
    assert plan.form
    plan.form.leader.setText("李敏")
    qtbot.keyClick(plan.form.leader, Qt.Key.Key_Return)
    assert list_of_year(context.ledger, 2025)[0].leader == "李敏"
    press(cards(plan)[0], "取消")
    assert list_of_year(context.ledger, 2025)[0].cancelled
    press(cards(plan)[0], "删除")
    assert list_of_year(context.ledger, 2025) == []
    operations.undo(context)
    assert list_of_year(context.ledger, 2025)[0].title == "读书月"
