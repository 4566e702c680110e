"""年度计划 in the calendar: writing the plan, making activities of it, registering them."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt

from models import planning
from models.activity import Activity, Status
from models.calendar_query import list_between
from models.plan_item import MEETING, PLAN, PlanItem
from models.plan_repository import list_of_year
from tests.factories import a_clerk
from tests.ui.driver import a_window, settle, type_chinese
from ui import operations
from ui.pages.calendar import CalendarPage
from ui.pages.calendar_header import MONTH, YEAR
from ui.pages.calendar_plan import MonthPlan, PlanCard
from ui.pages.calendar_year import YearPlan
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
