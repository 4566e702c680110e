"""Writing a case on the real window: typing, counts, messages, drafts, undo, 定稿."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from models import drafts
from models.activity import Activity
from models.case import CaseStage
from models.case_recording import record_case
from tests.factories import a_clerk
from tests.ui.driver import a_context, settle
from tests.ui.pages.case_driver import (
    CTRL,
    INSIGHT,
    PRACTICE,
    PROBLEM,
    Desk,
    a_case,
    a_desk,
    focused,
    summer,
)
from ui.context import Place
from ui.pages.cases import CasesPage
from ui.widgets.strips import MessageStrip


def edit_first(desk: Desk) -> None:
    """Open the case that the list is on, by Enter."""
    desk.press(Qt.Key.Key_Return)
    settle()


def test_a_case_is_written_by_keyboard_and_finalised(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.window.show_place(Place("cases", action="new"))
    desk.chinese("班前十分钟微思政课")
    desk.press(Qt.Key.Key_Tab)  # 所属领域 is chosen already
    for text in (PROBLEM, PRACTICE, INSIGHT):
        desk.press(Qt.Key.Key_Tab)
        if focused() is desk.editor.text.parts["practice"].insert_link:
            desk.press(Qt.Key.Key_Tab)
        desk.chinese(text)
    desk.press(Qt.Key.Key_Return, CTRL)
    (case,) = desk.cases()
    assert (case.stage, case.number, case.practice) == (CaseStage.FINAL, "AL-2025-001", PRACTICE)
    assert desk.page.currentIndex() == 0 and desk.listed() == ["班前十分钟微思政课"]
    assert desk.well[-1] == "“班前十分钟微思政课”已定稿" and desk.draft_keys() == []


def test_undoing_a_finalised_case_leaves_what_was_written(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.window.show_place(Place("cases", action="new"))
    desk.chinese("班前十分钟微思政课")
    for name, text in (("problem", PROBLEM), ("practice", PRACTICE), ("insight", INSIGHT)):
        desk.write(name, text)
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.press(Qt.Key.Key_Z, CTRL)
    (case,) = desk.cases()
    assert (case.stage, case.practice) == (CaseStage.DRAFT, PRACTICE)
    edit_first(desk)
    desk.write("insight", INSIGHT + "再补一句。")
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.press(Qt.Key.Key_Z, CTRL)
    (case,) = desk.cases()
    assert case.stage == CaseStage.DRAFT and case.insight.endswith("再补一句。")


def test_counts_follow_the_typing_and_turn_red_only_after_the_field_was_left(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new_case()
    desk.write("insight", "太短了。")
    part = desk.editor.text.parts["insight"]
    assert (part.count.number.text(), part.count.tone()) == ("4", "hint")
    assert part.messages.texts() == []
    desk.editor.focus_field("title")
    assert part.count.tone() == "error"
    assert part.messages.texts() == ["“经验启示”还差 46 字。写清做法为什么有效、别的单位怎样学。"]
    assert part.edit.property("state") == "error"
    desk.write("insight", INSIGHT)
    assert part.count.tone() == "ok"
    desk.write("insight", "多" * 600)
    assert part.count.tone() == "warn"


def test_finalising_shows_everything_and_goes_to_the_first(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new_case()
    desk.editor.focus_field("insight")
    desk.press(Qt.Key.Key_Return, CTRL)
    assert desk.editor.text.title.hasFocus()
    assert desk.editor.footer.hard.text() == "定稿前还要改 4 处"
    desk.press(Qt.Key.Key_F8)
    assert desk.editor.text.parts["problem"].edit.hasFocus()
    assert desk.cases() == []


def test_too_long_a_part_is_a_hint_that_an_explanation_settles(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case(insight=INSIGHT * 12))
    edit_first(desk)
    messages = desk.editor.text.messages["insight"]
    assert "建议不超过 600 字" in messages.texts()[0]
    links = messages.strips[0].links()
    assert [each.text() for each in links] == ["不用改，写说明"]
    links[0].click()
    desk.chinese("上级要求写详细")
    desk.press(Qt.Key.Key_Return)
    assert messages.texts() == []
    assert desk.editor.footer.soft.text() == ""


def test_a_repair_is_made_by_its_link_and_undone_by_key(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case(title="《班前十分钟》微思政课"))
    edit_first(desk)
    strip = desk.editor.text.messages["title"].strips[0]
    next(each for each in strip.links() if each.text() == "去掉书名号").click()
    assert desk.editor.text.title.text() == "班前十分钟微思政课"
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.editor.text.title.text() == "《班前十分钟》微思政课"


def test_one_is_and_two_is_are_inserted_in_turn(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new_case()
    part = desk.editor.text.parts["practice"]
    assert part.insert_link
    desk.click(part.insert_link)
    desk.chinese("把课堂搬到班前会。")
    desk.click(part.insert_link)
    desk.chinese("让职工当主讲人。")
    assert part.edit.toPlainText() == "一是把课堂搬到班前会。\n二是让职工当主讲人。"
    assert desk.editor.state.value("practice") == part.edit.toPlainText()


def test_undo_takes_back_stretches_of_typing_and_other_changes_alike(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new_case()
    desk.write("problem", "第一句。")
    desk.chinese("第二句")
    desk.editor.focus_field("publish_ok")
    desk.press(Qt.Key.Key_Space)
    assert desk.editor.state.value("publish_ok") is True
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.editor.state.value("publish_ok") is False
    desk.press(Qt.Key.Key_Z, CTRL)
    problem = desk.editor.text.parts["problem"].edit
    assert problem.toPlainText() == "第一句。" and problem.hasFocus()
    desk.press(Qt.Key.Key_Y, CTRL)
    assert problem.toPlainText() == "第一句。第二句" and problem.textCursor().atEnd()


def test_typing_is_kept_within_seconds_and_put_back(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new_case()
    desk.write("problem", "写到一半的话")
    keeper = desk.editor.keeper
    assert keeper.quiet.isActive() and keeper.latest.interval() <= 3000
    keeper.quiet.timeout.emit()
    assert desk.draft_keys() == ["case:new"]
    assert desk.editor.footer.kept.text() == "已自动保存"
    # the program dies here; a new window finds it
    page = CasesPage(a_context(desk.ledger))
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    settle()
    strip = page.list.draft_strip.findChildren(MessageStrip)[0]
    assert "写到一半" in strip.text()
    strip.links()[0].click()
    assert page.editor().text.parts["problem"].edit.toPlainText() == "写到一半的话"
    assert page.editor().notes.restored is not None
    page.editor().session.leave()


def test_changes_of_a_saved_case_stay_a_draft_until_saved(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case())
    edit_first(desk)
    desk.write("title", "改过的")
    desk.press(Qt.Key.Key_Escape)
    assert desk.cases()[0].title == a_case().title
    uid = desk.cases()[0].uid
    assert desk.draft_keys() == [f"case:{uid}"]
    desk.page.open_case(uid)
    assert "改过的" in desk.editor.text.title.text()
    desk.press(Qt.Key.Key_S, CTRL)
    assert "改过的" in desk.cases()[0].title and desk.draft_keys() == []


def test_leaving_the_page_keeps_what_is_typed(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new_case()
    desk.write("title", "没写完")
    desk.window.show_place(Place("activities"))
    assert desk.draft_keys() == ["case:new"]
    desk.window.show_place(Place("cases"))
    assert desk.editor.isVisible() and desk.editor.text.title.text() == "没写完"


def test_drafts_that_cannot_be_read_lose_nothing_but_that(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    odd = {"title": "留下的", "effects": [["人", 3], "x", ["场", "4", "次", []]], "period_start": 7, "publish_ok": "是"}
    drafts.save_draft(desk.ledger, "case:new", "case", "", odd, desk.window.context.clock())
    desk.page.new_case()
    state = desk.editor.state
    assert state.value("title") == "留下的"
    assert [(each.indicator, each.value) for each in state.value("effects")] == [("场", "4")]
    assert state.value("period_start") is None and state.value("publish_ok") is False


def test_an_unreadable_day_stays_and_is_explained(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, a_case())
    edit_first(desk)
    desk.write("period_start", "前几天吧")
    desk.editor.focus_field("title")
    assert desk.editor.links.messages["period_start"].texts()
    desk.press(Qt.Key.Key_S, CTRL)
    assert desk.editor.links.boxes["period_start"].text() == "前几天吧"
    assert desk.cases()[0].period_start is None
    desk.editor.focus_field("period_start")
    focused().selectAll()  # type: ignore[attr-defined]
    desk.keys("2025-7-1")
    desk.press(Qt.Key.Key_S, CTRL)
    assert str(desk.cases()[0].period_start) == "2025-07-01"


def test_a_final_case_that_loses_a_part_becomes_a_draft_again(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    record_case(desk.ledger, a_case(), a_clerk(), finalise=True)
    desk.page.reload()
    edit_first(desk)
    desk.editor.focus_field("insight")
    focused().selectAll()  # type: ignore[attr-defined]
    desk.press(Qt.Key.Key_Delete)
    desk.press(Qt.Key.Key_S, CTRL)
    assert desk.cases()[0].stage == CaseStage.DRAFT


def test_the_prompt_goes_to_the_clipboard_without_names(qtbot, tmp_path: Path) -> None:
    activity = summer("领学领读", 8, summary="赵芳带着大家读书，电话0391-0000000")
    desk = a_desk(qtbot, tmp_path, a_case(author="赵芳"), activities=(activity,))
    edit_first(desk)
    desk.editor.link([desk.uid_of("领学领读")])
    QApplication.clipboard().setText("")
    desk.click(desk.editor.header.prompt_button)
    text = QApplication.clipboard().text()
    assert "领学领读" in text and "76" in text
    for private in ("赵芳", "0391-0000000", "焦作市示例机械有限公司"):
        assert private not in text
    assert "人名、电话、单位名称不在里面" in desk.well[-1]


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600)])
def test_every_control_has_a_name(qtbot, tmp_path: Path, size: tuple[int, int]) -> None:
    from ui.widgets.base import tab_stops

    activity: Activity = summer("领学领读", 8)
    desk = a_desk(qtbot, tmp_path, a_case(), activities=(activity,), size=size)
    edit_first(desk)
    desk.editor.link([desk.uid_of("领学领读")])
    desk.editor.links.effects.pull_link.click()
    for stop in tab_stops(desk.editor):
        if stop.isVisible():
            assert stop.accessibleName(), stop
