"""The list of cases on the real window: finding, sorting, marking what became of them, deleting, going on."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu

from models.case import CaseStage
from models.case_recording import record_case, set_fate
from tests.factories import a_clerk
from tests.ui.driver import settle
from tests.ui.pages.case_driver import CTRL, a_case, a_desk
from ui import operations
from ui.context import Place
from ui.pages.cases_fate import NoteDialog
from ui.pages.cases_rows import Column


def test_cases_are_listed_with_their_facts(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case(title="班前十分钟"), a_case(title="半小时读书会", domain="D03"))
    rows = desk.page.list.table.rows
    assert desk.listed() == ["半小时读书会", "班前十分钟"]
    texts = [rows.index(0, column).data() for column in Column]
    assert texts[:4] == ["AL-2025-002", "半小时读书会", "劳动和技能竞赛", str(a_case().characters)]
    assert texts[4:] == ["—", "草稿", "10-10 09:00"]


def test_searching_finds_text_number_and_initials(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case(title="班前十分钟"), a_case(title="半小时读书会", insight="从阅读到行动"))
    desk.press(Qt.Key.Key_F, CTRL)
    desk.chinese("行动")
    assert desk.listed() == ["半小时读书会"]
    desk.press(Qt.Key.Key_Escape)
    assert len(desk.listed()) == 2
    desk.keys("bqs")
    assert desk.listed() == ["班前十分钟"]
    desk.press(Qt.Key.Key_Down)
    assert desk.page.list.table.hasFocus()
    desk.press(Qt.Key.Key_F, CTRL)
    desk.chinese("找不到的")
    assert desk.page.list.empty.isVisible() and desk.page.list.empty.button.text() == "清除筛选"
    desk.click(desk.page.list.empty.button)
    assert len(desk.listed()) == 2 and desk.page.list.table.hasFocus()


def test_states_are_counted_and_filter(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case(title="草稿一个"))
    record_case(desk.ledger, a_case(title="定稿一个"), a_clerk(), finalise=True)
    desk.page.reload()
    desk.click(desk.page.list.pills[CaseStage.FINAL])
    assert desk.listed() == ["定稿一个"]
    assert desk.page.list.pills[CaseStage.DRAFT].accessibleDescription() == "1 条"


def test_an_empty_list_offers_to_begin_from_activities(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    assert desk.page.list.empty.button.hasFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.page.currentWidget() is desk.page.picker()
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.currentIndex() == 0


def test_deleting_offers_the_way_back(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case(title="留下的"), a_case(title="删掉的"))
    desk.press(Qt.Key.Key_Delete)
    assert desk.listed() == ["留下的"]
    assert desk.well == ["案例“删掉的”已移到回收站"] and desk.window.toast.isVisible()
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.listed() == ["删掉的", "留下的"]


def test_copying_by_key_begins_a_new_case(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case(secret_checked=True))
    desk.press(Qt.Key.Key_D, CTRL)
    assert desk.editor.text.title.text() == a_case().title
    assert desk.editor.state.value("secret_checked") is False
    desk.press(Qt.Key.Key_S, CTRL)
    assert [case.number for case in desk.cases()] == ["AL-2025-001", "AL-2025-002"]


def choose_from_menu(words: str) -> None:
    """Click an entry of the menu that is open."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(each for each in menu.actions() if each.text() == words)
    assert action.isEnabled(), words
    menu.close()
    action.trigger()


def test_a_sent_case_is_marked_by_the_visible_button(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    record_case(desk.ledger, a_case(secret_checked=True), a_clerk(), finalise=True)
    desk.page.reload()
    desk.click(desk.page.list.menu_button)
    choose_from_menu("标记为已报送")
    assert desk.cases()[0].stage == CaseStage.SUBMITTED
    operations.undo(desk.window.context)
    assert desk.cases()[0].stage == CaseStage.FINAL


def test_a_returned_case_keeps_the_reason(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    record_case(desk.ledger, a_case(), a_clerk(), finalise=True)
    desk.page.reload()
    desk.click(desk.page.list.menu_button)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NoteDialog)
        dialog.note.set_value("做法写得太笼统")
        dialog.mark.click()

    QTimer.singleShot(0, answer)
    choose_from_menu("标记为退回…")
    assert (desk.cases()[0].stage, desk.cases()[0].fate_note) == (CaseStage.RETURNED, "做法写得太笼统")
    assert desk.page.list.note_label.text() == "退回的原因：做法写得太笼统"
    settle()
    desk.page.open_case(desk.cases()[0].uid)
    assert desk.editor.notes.returned and "做法写得太笼统" in desk.editor.notes.returned.text()


def test_what_a_superior_said_of_an_adopted_case_is_no_reason_for_returning_it(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    case = record_case(desk.ledger, a_case(), a_clerk(), finalise=True)
    set_fate(desk.ledger, case, CaseStage.ADOPTED, a_clerk(), "收入案例选编")
    desk.page.reload()
    assert desk.page.list.note_label.text() == "上级意见：收入案例选编"


def test_a_draft_cannot_be_marked(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case())
    menu = QMenu()
    desk.page.list.fill_menu(menu)
    assert [each.text() for each in menu.actions() if each.text().startswith("标记") and each.isEnabled()] == []


def test_changes_from_elsewhere_show_up_when_the_page_is_shown_again(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case(title="早的案例"))
    desk.window.show_place(Place("activities"))
    case = record_case(desk.ledger, a_case(title="别处来的"), a_clerk(), finalise=True)
    set_fate(desk.ledger, replace(case, secret_checked=True), CaseStage.ADOPTED, a_clerk())
    desk.window.context.changed.emit()
    desk.window.show_place(Place("cases"))
    settle()
    assert "别处来的" in desk.listed()


def test_a_place_opens_a_case_at_a_field_and_leads_back(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case(insight="太短"))
    desk.window.show_place(Place("activities"))
    desk.window.show_place(Place("cases", uid=desk.cases()[0].uid, field="insight"))
    assert desk.editor.text.parts["insight"].edit.hasFocus()
    assert any("还差" in text for text in desk.editor.text.messages["insight"].texts())
    desk.press(Qt.Key.Key_Escape)
    assert desk.window.current_page() == "activities"


def test_a_place_begins_a_new_case(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.window.show_place(Place("cases", action="new"))
    assert desk.editor.text.title.hasFocus() and desk.editor.header.title.text() == "新建案例"
