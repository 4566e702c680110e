"""A clerk's daily work on the real window: a month is planned, a plan becomes a result, results become a case."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from models import activity_repository, history
from models.activity import Activity, Status
from models.activity_query import ActivityQuery
from models.attachment import OF_CASE
from models.attachment_repository import list_attachments
from models.case import CaseStage, gaps_in
from models.case_repository import CASES
from models.file_store import missing
from models.reports.table3 import build_table3
from tests.factories import NOW, an_activity
from tests.models.photo_samples import a_photo_file, a_picture
from tests.ui.driver import a_window, settle, type_chinese
from tests.ui.pages.case_driver import INSIGHT, PRACTICE, PROBLEM
from tests.ui.pages.test_calendar import drag, page_of
from tests.ui.widgets.photo_driver import drop_files
from ui.context import Place
from ui.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier


def activities(window: MainWindow) -> dict[str, Activity]:
    """Everything in the ledger by its name."""
    rows = activity_repository.page(window.context.ledger, ActivityQuery(), 0, 100)
    return {row.activity.title: row.activity for row in rows}


def press(qtbot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, modifiers)
    settle()


def plan_one_by_keyboard(qtbot, window: MainWindow, title: str) -> None:
    """On the calendar's current day: Enter, the five answers, 保存, and back."""
    press(qtbot, Qt.Key.Key_Return)
    assert window.current_page() == "activities"
    type_chinese(QApplication.focusWidget(), title)
    form = window.page("activities").form()  # pyright: ignore[reportAttributeAccessIssue]
    form.state.set("form", "F1")
    form.state.set("focus", ("Q1",))
    press(qtbot, Qt.Key.Key_S, CONTROL)
    press(qtbot, Qt.Key.Key_Escape)


def test_a_month_is_planned_by_keyboard_and_by_drag_and_taken_back(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, first="calendar")
    calendar = page_of(window)
    calendar.grid.setFocus()
    for _ in range(7):  # a week on from today, the 10th of October 2025
        press(qtbot, Qt.Key.Key_Right)
    assert calendar.day() == date(2025, 10, 17)
    plan_one_by_keyboard(qtbot, window, "劳模工匠大讲堂")
    planned = activities(window)["劳模工匠大讲堂"]
    assert (planned.start, planned.status) == (date(2025, 10, 17), Status.PLANNED)

    window.show_place(Place("calendar"))
    settle()
    drag(calendar, "劳模工匠大讲堂", date(2025, 10, 22))
    settle()
    assert activities(window)["劳模工匠大讲堂"].start == date(2025, 10, 22)
    calendar.grid.setFocus()
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert activities(window)["劳模工匠大讲堂"].start == date(2025, 10, 17)
    press(qtbot, Qt.Key.Key_Y, CONTROL)
    assert activities(window)["劳模工匠大讲堂"].start == date(2025, 10, 22)
    while history.next_undo(window.context.ledger, window.context.session_start):
        press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert activities(window) == {}


def test_a_plan_becomes_a_result_and_goes_to_the_bin_and_back(qtbot, tmp_path: Path) -> None:
    plan = an_activity(title="工间操展示", start=date(2025, 10, 9), status=Status.PLANNED, people_offline=None)
    window = a_window(qtbot, tmp_path, plan, first="home")
    settle()
    uid = activities(window)["工间操展示"].uid
    home = window.page("home")
    assert home.data and [each.uid for each in home.data.overdue] == [uid]  # pyright: ignore[reportAttributeAccessIssue]
    window.show_place(Place("calendar", uid=uid, action="complete"))
    settle()
    qtbot.keyClicks(QApplication.focusWidget(), "126")
    press(qtbot, Qt.Key.Key_Return)
    done = activities(window)["工间操展示"]
    assert (done.status, done.people_offline) == (Status.DONE, 126)

    window.show_place(Place("activities"))
    page = window.page("activities")
    page.filters.show_period(None)  # pyright: ignore[reportAttributeAccessIssue]
    page.reload()  # pyright: ignore[reportAttributeAccessIssue]
    page.grid.selectRow(0)  # pyright: ignore[reportAttributeAccessIssue]
    page.grid.setFocus()  # pyright: ignore[reportAttributeAccessIssue]
    press(qtbot, Qt.Key.Key_Delete)
    assert activities(window) == {}
    [thrown_away] = activity_repository.list_deleted(window.context.ledger)
    assert thrown_away.uid == uid

    window.show_place(Place("settings", field="bin"))
    settle()
    [restore] = window.page("settings").bin.restore_buttons  # pyright: ignore[reportAttributeAccessIssue]
    restore.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert list(activities(window)) == ["工间操展示"]
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert activities(window) == {}, "taken out of the bin by mistake: back it goes"
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    assert list(activities(window)) == ["工间操展示"]
    press(qtbot, Qt.Key.Key_Z, CONTROL)
    back = activities(window)["工间操展示"]
    assert (back.status, back.people_offline) == (Status.PLANNED, None)


def test_a_case_is_hatched_from_three_activities_with_five_photos(qtbot, tmp_path: Path) -> None:
    courses = [
        an_activity(title=f"领学领读（第{number}期）", start=date(2025, 7, day), form="F1", people_offline=people)
        for number, day, people in (("一", 1, 126), ("二", 8, 299), ("三", 15, 446))
    ]
    window = a_window(qtbot, tmp_path / "台账", *courses)
    ledger = window.context.ledger
    uids = [each.uid for each in activities(window).values()]
    window.show_place(Place("cases", action="hatch:" + " ".join(uids)))
    settle()
    editor = window.page("cases").editor()  # pyright: ignore[reportAttributeAccessIssue]
    figures = {effect.indicator: effect for effect in editor.state.record().effects}
    assert {"3", "871"} <= {effect.value for effect in figures.values()}
    assert all(set(effect.sources) == set(uids) for effect in figures.values())
    for part, text in (("problem", PROBLEM), ("practice", PRACTICE), ("insight", INSIGHT)):
        assert gaps_in(editor.state.value(part)) or len(editor.state.value(part)) < len(text)
        editor.text.parts[part].edit.setPlainText(text)
    editor.state.set("title", "班前十分钟微思政课")
    editor.save()
    settle()

    photos = [a_photo_file(tmp_path, f"IMG_{number}.jpg", a_picture(1800, 1200)) for number in range(5)]
    before = [photo.read_bytes() for photo in photos]
    strip = editor.photos.strip
    assert drop_files(strip, photos)
    settle()
    [case] = CASES.list_all(ledger)
    kept = list_attachments(ledger, case.uid)
    assert [photo.file_name for photo in kept] == [photo.name for photo in photos]
    assert all(photo.owner_kind == OF_CASE and max(photo.width, photo.height) == 1600 for photo in kept)
    assert all(photo.byte_count <= 400 * 1024 and photo.full_digest for photo in kept)
    assert missing(ledger) == []
    assert [photo.read_bytes() for photo in photos] == before, "the clerk's own files are never touched"

    editor.finalise()
    settle()
    [case] = CASES.list_all(ledger)
    assert case.stage == CaseStage.FINAL
    assert "871" in "".join(build_table3(ledger, window.context.notice, case.uid, NOW.date()).texts())

    labels = []
    while step := history.undo(ledger, now=NOW, since=window.context.session_start):
        labels.append(step.label)
    assert any("5 张照片" in label for label in labels), labels
    assert CASES.list_all(ledger) == []
    assert list_attachments(ledger, case.uid) == []
    assert len(activities(window)) == 3
    while history.redo(ledger, now=NOW, since=window.context.session_start):
        pass
    assert CASES.list_all(ledger)[0].stage == CaseStage.FINAL
    assert len(list_attachments(ledger, case.uid)) == 5
