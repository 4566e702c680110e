"""Linked activities and figures on the real window: choosing, fetching, following their sources, taking away."""

from pathlib import Path

from PySide6.QtCore import Qt

from models import activity_repository
from models.activity import Status
from models.recording import record
from tests.factories import a_clerk
from tests.ui.driver import settle
from tests.ui.pages.case_driver import CTRL, Desk, a_case, a_desk, focused, summer


def open_first(desk: Desk) -> None:
    desk.page.open_case(desk.cases()[0].uid)
    settle()


def linked(qtbot, folder: Path) -> Desk:
    """A case linked with two activities, open."""
    desk = a_desk(qtbot, folder, a_case(), activities=(summer("第一讲", 1), summer("第二讲", 8, people_offline=24)))
    open_first(desk)
    desk.editor.link([desk.uid_of("第一讲"), desk.uid_of("第二讲")])
    return desk


def test_activities_are_chosen_from_a_list_by_keyboard(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case(), activities=(summer("第一讲", 1), summer("第二讲", 8), summer("读书会", 9)))
    open_first(desk)
    desk.click(desk.editor.links.choose_link)
    picker = desk.page.picker()
    assert picker.search.hasFocus()
    desk.chinese("讲")
    settle()
    assert picker.list.count() == 2
    desk.press(Qt.Key.Key_Tab)
    assert picker.list.hasFocus()
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Return, CTRL)
    assert desk.page.currentWidget() is desk.editor
    assert desk.editor.state.value("activities") == (desk.uid_of("第二讲"), desk.uid_of("第一讲"))
    assert desk.editor.links.heading.text() == "关联活动 2"
    assert desk.editor.links.boxes["period_start"].placeholderText() == "2025-7-1"
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.editor.links.heading.text() == "关联活动"


def test_leaving_the_list_changes_nothing(qtbot, tmp_path: Path) -> None:
    desk = linked(qtbot, tmp_path)
    desk.click(desk.editor.links.choose_link)
    desk.page.picker().list.toggle(0)
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.currentWidget() is desk.editor and len(desk.editor.state.value("activities")) == 2
    assert desk.editor.links.choose_link.hasFocus()


def test_figures_are_fetched_and_say_where_they_come_from(qtbot, tmp_path: Path) -> None:
    desk = linked(qtbot, tmp_path)
    desk.click(desk.editor.links.effects.pull_link)
    lines = desk.editor.links.effects.lines
    assert [(line.indicator.text(), line.value.text(), line.unit.text()) for line in lines] == [
        ("开展活动", "2", "场"),
        ("覆盖职工", "100", "人次"),
    ]
    assert lines[1].source.text() == "2 项活动"
    assert "第一讲" in lines[1].source.accessibleName()


def test_a_figure_of_one_activity_opens_it_and_the_way_leads_back(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case(), activities=(summer("第一讲", 1),))
    open_first(desk)
    desk.editor.link([desk.uid_of("第一讲")])
    desk.editor.links.effects.pull_link.click()
    desk.click(desk.editor.links.effects.lines[0].source)
    assert desk.window.current_page() == "activities"
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.current_page() == "cases" and desk.editor.isVisible()
    assert len(desk.editor.links.effects.lines) == 2


def test_a_value_typed_over_is_the_clerks_own(qtbot, tmp_path: Path) -> None:
    desk = linked(qtbot, tmp_path)
    desk.editor.links.effects.pull_link.click()
    line = desk.editor.links.effects.lines[1]
    line.value.setFocus()
    line.value.selectAll()
    desk.keys("120")
    assert desk.editor.state.value("effects")[1].sources == ()
    assert not line.source.isVisible()
    assert len(desk.editor.state.value("effects")[0].sources) == 2


def test_lines_are_added_typed_and_taken_away_by_keyboard(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case())
    open_first(desk)
    desk.editor.focus_field("effects")
    desk.press(Qt.Key.Key_Space)
    desk.chinese("培育宣讲骨干")
    desk.press(Qt.Key.Key_Tab)
    desk.keys("18")
    desk.press(Qt.Key.Key_Tab)
    desk.chinese("名")
    desk.press(Qt.Key.Key_S, CTRL)
    (effect,) = desk.cases()[0].effects
    assert (effect.indicator, effect.value, effect.unit) == ("培育宣讲骨干", "18", "名")
    line = desk.editor.links.effects.lines[0]
    line.remove.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.editor.state.value("effects") == () and focused() is desk.editor.links.effects.add_link


def test_a_changed_activity_is_noticed_and_the_figure_brought_up_to_date(qtbot, tmp_path: Path) -> None:
    desk = linked(qtbot, tmp_path)
    desk.editor.links.effects.pull_link.click()
    activity = activity_repository.get_activity(desk.ledger, desk.uid_of("第二讲"))
    assert activity
    record(desk.ledger, activity.with_values(people_offline=30), a_clerk())
    desk.window.context.changed.emit()
    desk.editor.checks.run()
    messages = desk.editor.links.messages["effects"]
    assert "现在是 106 人次" in messages.texts()[0]
    next(each for each in messages.strips[0].links() if each.text() == "更新数值").click()
    assert desk.editor.links.effects.lines[1].value.text() == "106"


def test_a_link_is_taken_away(qtbot, tmp_path: Path) -> None:
    desk = linked(qtbot, tmp_path)
    from ui.pages.case_link_parts import LinkedActivity

    first = desk.editor.links.findChildren(LinkedActivity)[0]
    desk.click(first.close_button)
    assert desk.editor.state.value("activities") == (desk.uid_of("第二讲"),)


def test_other_answers_are_kept_with_the_case(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case())
    open_first(desk)
    links = desk.editor.links
    assert not links.more.isVisible()
    links.more_link.setFocus()
    desk.press(Qt.Key.Key_Space)
    desk.chinese("班前十分钟，人人上讲台")
    desk.press(Qt.Key.Key_Return)
    assert links.boxes["reported_before"].hasFocus()
    desk.press(Qt.Key.Key_Return)
    desk.chinese("班前课.mp4")
    desk.editor.focus_field("secret_checked")
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_S, CTRL)
    case = desk.cases()[0]
    assert (case.summary, case.video, case.secret_checked) == ("班前十分钟，人人上讲台", "班前课.mp4", True)
    assert links.more.isVisible()


def test_planned_activities_can_be_linked_but_not_hatched(qtbot, tmp_path: Path) -> None:
    from datetime import date

    planned = summer("明年的", 1, status=Status.PLANNED).with_values(start=date(2025, 12, 1))
    desk = a_desk(qtbot, tmp_path, a_case(), activities=(summer("办过的", 1), planned))
    desk.page.choose_activities()
    assert desk.page.picker().list.count() == 1
    desk.press(Qt.Key.Key_Escape)
    open_first(desk)
    desk.editor.choose_wanted.emit()
    assert desk.page.picker().list.count() == 2
