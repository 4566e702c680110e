"""首页 on the real window: what is missing, the way there, reminders with their ways out, and what was half typed."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from models import activity_repository, drafts
from models.activity import Activity, Status
from tests.factories import NOW, an_activity
from tests.ui.driver import a_window, settle
from ui import operations, theme
from ui.context import Place
from ui.main_window import MainWindow
from ui.pages.home import HomePage
from ui.widgets.base import tab_stops
from ui.widgets.buttons import Button

CONTROL = Qt.KeyboardModifier.ControlModifier


def a_home(qtbot, folder: Path, *activities: Activity, size: tuple[int, int] = (1366, 768)) -> HomePage:
    window = a_window(qtbot, folder, *activities, size=size, first="home")
    page = window.page("home")
    assert isinstance(page, HomePage)
    qtbot.waitUntil(lambda: page.data is not None)
    return page


def window_of(page: QWidget) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def press(page: QWidget, name: str) -> None:
    """Click the button that a screen reader calls so."""
    found = [each for each in page.findChildren(Button) if (each.accessibleName() or each.text()) == name]
    assert found, [each.accessibleName() or each.text() for each in page.findChildren(Button)]
    found[0].click()
    settle()


def test_the_answer_comes_first_and_leads_to_the_field(qtbot, tmp_path: Path) -> None:
    page = a_home(
        qtbot, tmp_path, an_activity(title="书法作品征集", people_offline=None), an_activity(title="道德讲堂")
    )
    assert page.due.answer.text() == "还需填 1 项，约 1 分钟"
    assert "2025年第三季度（7月1日—9月30日）" in texts(page.due)
    press(page, "去填写：书法作品征集，“线下参加人次”与“线上参与人次”都没有填。已完成的活动至少填一项。")
    assert window_of(page).current_page() == "activities"
    focused = QApplication.focusWidget()
    assert focused and "线下参加人次" in focused.accessibleName()


def test_when_nothing_is_missing_it_says_so_and_follows_the_ledger(qtbot, tmp_path: Path) -> None:
    page = a_home(qtbot, tmp_path, an_activity())
    assert page.due.answer.text() == "该填的都填好了"
    from models.recording import record

    operations.run(page.context, lambda: record(page.context.ledger, an_activity(focus=()), page.context.clerk()))
    qtbot.waitUntil(lambda: page.due.answer.text() == "还需填 1 项，约 1 分钟")
    assert page.month.tiles["done"].figure.text() == "0", "both are of September"
    assert page.kinds.accessibleDescription().count("2") == 1


def test_an_empty_ledger_is_no_complaint(qtbot, tmp_path: Path) -> None:
    page = a_home(qtbot, tmp_path)
    assert page.due.answer.text() == "本期还没有登记活动"
    assert not [each for each in page.due.findChildren(Button) if each.isVisible() and "去填写" in each.text()]


def test_overdue_plans_can_be_answered_from_here(qtbot, tmp_path: Path) -> None:
    plan = an_activity(title="安全微视频", start=date(2025, 9, 25), status=Status.PLANNED, people_offline=None)
    soon = an_activity(title="面对面", start=date(2025, 10, 16), status=Status.PLANNED, people_offline=None)
    page = a_home(qtbot, tmp_path, plan, soon)
    assert "已过期 15 天" in texts(page.reminders)
    press(page.reminders, "登记结果：安全微视频")
    assert window_of(page).current_page() == "calendar"
    window_of(page).show_place(Place("home"))
    press(page.reminders, "取消计划：安全微视频")
    qtbot.waitUntil(lambda: "已过期 15 天" not in texts(page.reminders))
    [cancelled] = [each for each in everything(page) if each.title == "安全微视频"]
    assert cancelled.status == Status.CANCELLED
    operations.undo(page.context)
    qtbot.waitUntil(lambda: "已过期 15 天" in texts(page.reminders))


def test_what_was_half_typed_is_offered_first(qtbot, tmp_path: Path) -> None:
    page = a_home(qtbot, tmp_path)
    drafts.save_draft(page.context.ledger, "activity:new", "activity", "", {"title": "<b>写到一半"}, NOW)
    page.context.drafts_changed.emit()
    qtbot.waitUntil(lambda: any("写到一半" in text for text in texts(page)))
    assert "“<b>写到一半”还没有保存，10月10日 09:00 填到一半。" in texts(page)
    press(page, "继续填写")
    assert window_of(page).current_page() == "activities"
    focused = QApplication.focusWidget()
    assert focused and focused.property("text") == "<b>写到一半"


@pytest.mark.parametrize(("name", "page_name"), [("逻辑检查", "checks"), ("生成报送", "submit"), ("新建案例", "cases")])
def test_quick_actions_lead_on(qtbot, tmp_path: Path, name: str, page_name: str) -> None:
    page = a_home(qtbot, tmp_path, an_activity())
    next(each for each in page.buttons if each.text() == name).click()
    settle()
    assert window_of(page).current_page() == page_name
    if page_name == "checks":
        assert page.context.period.code == "2025Q3", "the quarter that has to be reported now"


def test_the_clauses_are_one_click_away_and_lead_back(qtbot, tmp_path: Path) -> None:
    page = a_home(qtbot, tmp_path, an_activity(form="F1", item="F1-07"))
    page.coverage.action.click()
    settle()
    window = window_of(page)
    clauses = window.page("clauses")
    assert window.current_page() == "clauses"
    lines = clauses.model.lines  # pyright: ignore[reportAttributeAccessIssue]
    assert [line.count for line in lines if line.code == "F1-07"] == [1]
    clauses.only_missing.setChecked(True)  # pyright: ignore[reportAttributeAccessIssue]
    assert not any(line.count for line in clauses.model.lines)  # pyright: ignore[reportAttributeAccessIssue]
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
    settle()
    assert window.current_page() == "home"


@pytest.mark.parametrize(
    ("size", "scale", "columns"), [((1366, 768), 1.0, 3), ((1366, 768), 1.75, 1), ((1100, 600), 1.0, 2)]
)
def test_columns_follow_the_room(
    qtbot, qapp, tmp_path: Path, size: tuple[int, int], scale: float, columns: int
) -> None:
    page = a_home(qtbot, tmp_path, an_activity(), size=size)
    theme.apply(qapp, theme.LIGHT, scale)
    window_of(page).resize(*size)
    settle()
    assert page._columns == columns
    assert page.area.horizontalScrollBar().maximum() == 0, "nothing scrolls sideways"
    theme.apply(qapp, theme.LIGHT, 1.0)


def test_the_bars_add_up_to_the_total_whatever_notice_the_records_are_of(qtbot, tmp_path: Path) -> None:
    page = a_home(qtbot, tmp_path, an_activity(), an_activity(title="别的通知的", form="X7"), an_activity(form=""))
    assert page.kinds_total.text() == "共 3 项"
    assert page.kinds.accessibleDescription().endswith("未填或别的通知 2")


def everything(page: HomePage) -> list[Activity]:
    from models.activity_query import ActivityQuery

    return [row.activity for row in activity_repository.page(page.context.ledger, ActivityQuery(), 0, 50)]


def test_tab_goes_through_the_cards_as_they_are_read(qtbot, tmp_path: Path) -> None:
    page = a_home(
        qtbot,
        tmp_path,
        an_activity(title="书法作品征集", people_offline=None),
        an_activity(title="过期的", start=date(2025, 10, 1), status=Status.PLANNED, people_offline=None),
    )
    names = [each.accessibleName() or each.text() for each in tab_stops(page) if isinstance(each, Button)]
    first = next(name for name in names if name.startswith("去填写"))
    read = ["新建活动", first, "全部计划", "登记结果：过期的", "取消计划：过期的", "打开日历", "备份设置"]
    assert [name for name in names if name in read] == read


def test_after_cancelling_a_plan_the_keyboard_is_at_the_next_one(qtbot, tmp_path: Path) -> None:
    plans = [
        an_activity(title=f"过期{number}", start=date(2025, 10, number), status=Status.PLANNED, people_offline=None)
        for number in (1, 2)
    ]
    page = a_home(qtbot, tmp_path, *plans)
    cancel = next(each for each in page.findChildren(Button) if each.accessibleName().startswith("取消计划"))
    cancelled = cancel.accessibleName()
    cancel.setFocus()
    qtbot.keyClick(cancel, Qt.Key.Key_Space)
    settle()
    before = page.data
    qtbot.waitUntil(lambda: page.data is not before)
    focused = page.window().focusWidget()
    assert focused and page.reminders.isAncestorOf(focused)
    assert focused.accessibleName() != cancelled and "过期" in focused.accessibleName()
