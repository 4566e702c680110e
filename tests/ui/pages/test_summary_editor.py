"""Writing 表9 as a clerk does: typing around live figures, gaps, drafting anew, undo, 定稿, and a program that dies."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget

from models import drafts
from models.activity import Activity
from models.ledger import Ledger
from models.periods import Period, half, parse_period
from models.recording import record
from models.reports import build
from models.summary import SUMMARY_PARTS, Summary, summary_key
from models.summary_repository import find_summary
from models.summary_text import LOST
from tests.factories import NOW, TODAY, a_clerk, a_ledger, a_sample_ledger, an_activity
from tests.ui.driver import a_context, answer_next_question, settle, type_chinese
from ui import operations, theme
from ui.context import Place
from ui.pages.activity_form_drafts import Keeping
from ui.pages.summary import SummaryEditor
from ui.pages.summary_chips import MARK
from ui.pages.summary_text_box import FigureEdit
from ui.widgets.base import application, tab_stops

ROOT = Path(__file__).resolve().parents[3]
PERIOD = half(2025, 2)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass
class Desk:
    """The editor on a real ledger, shown and with the keyboard, and what was announced."""

    qtbot: object
    ledger: Ledger
    editor: SummaryEditor
    well: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def box(self, part: str) -> FigureEdit:
        return self.editor.form.parts[part].edit

    def press(self, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)
        settle()

    def write(self, part: str, text: str) -> None:
        """Type at the end of a part."""
        self.at_end(part)
        type_chinese(QApplication.focusWidget(), text)

    def at_end(self, part: str) -> None:
        self.editor.form.focus(part)
        box = self.box(part)
        cursor = box.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        box.setTextCursor(cursor)

    def replace(self, part: str, text: str) -> None:
        """Select all of a part and type."""
        self.editor.form.focus(part)
        self.box(part).selectAll()
        type_chinese(QApplication.focusWidget(), text)

    def fill(self) -> None:
        """Write what the draft leaves to the clerk."""
        for part in ("highlights", "problems", "next_steps"):
            self.replace(part, f"{part}写好了。")

    def saved(self) -> Summary | None:
        return find_summary(self.ledger, PERIOD.code)

    def answer(self, words: str, button: QWidget) -> None:
        """Click a button that asks, and answer; a window manager then gives the keyboard back to the window."""
        answer_next_question(words)
        assert isinstance(button, QAbstractButton)
        button.click()
        settle()
        self.editor.activateWindow()
        settle()

    def change_ledger(self, **values) -> None:
        """Something is recorded elsewhere in the program."""
        activity = an_activity(title="又一项", people_offline=24, **values)
        operations.run(self.editor.context, lambda: record(self.ledger, activity, a_clerk()))
        settle()


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Iterator[Desk]:
    made = open_desk(qtbot, tmp_path / "台账", an_activity(title="读书会", summary="大家轮流推荐一本书。"))
    yield made
    close(made)


def open_desk(qtbot, folder: Path, *activities: Activity) -> Desk:
    theme.apply(application(), theme.LIGHT, 1.0)
    ledger = a_ledger(folder, *activities)
    return show(qtbot, ledger)


def show(qtbot, ledger: Ledger, period: Period = PERIOD) -> Desk:
    context = a_context(ledger)
    made = Desk(qtbot, ledger, SummaryEditor(context, period))
    context.went_well.connect(lambda text, _undo: made.well.append(text))
    context.went_wrong.connect(made.wrong.append)
    made.editor.resize(1030, 684)
    made.editor.show()
    made.editor.activateWindow()
    qtbot.waitExposed(made.editor)
    settle()
    return made


def close(desk: Desk) -> None:
    desk.editor.hide()
    desk.editor.deleteLater()
    settle()
    desk.ledger.close()


# ─── opening ───


def test_it_opens_with_the_draft_and_the_keyboard_at_the_first_gap(desk: Desk) -> None:
    assert desk.editor.form.title.text() == "2025年下半年主题宣传教育活动总结"
    assert "参加职工76人次" in desk.box("overview").reading()
    box = desk.box("highlights")
    assert box.hasFocus()
    assert box.textCursor().selectedText() == "〔请补充：有什么特色做法、创新案例〕"
    assert desk.editor.footer.hard.text() == "定稿前还要改 3 处"
    assert desk.saved() is None and drafts.list_drafts(desk.ledger) == []


def test_looking_at_it_saves_nothing(desk: Desk) -> None:
    closed = []
    desk.editor.closed.connect(lambda: closed.append(1))
    desk.press(Qt.Key.Key_Escape)
    assert closed == [1]
    assert desk.saved() is None and drafts.list_drafts(desk.ledger) == []


def test_f8_goes_round_the_gaps_until_they_are_written(desk: Desk) -> None:
    places = []
    for _ in range(3):
        desk.press(Qt.Key.Key_F8)
        places.append(desk.editor.form.name_of(QApplication.focusWidget()))
    assert places == ["problems", "next_steps", "highlights"]
    desk.fill()
    desk.press(Qt.Key.Key_F8)
    assert desk.well[-1] == "没有要补充的了，可以定稿"


def test_typing_over_a_gap_replaces_it(desk: Desk) -> None:
    type_chinese(QApplication.focusWidget(), "书屋夜里也开")
    assert desk.box("highlights").value() == "书屋夜里也开。"
    assert desk.editor.form.parts["highlights"].left.text() == ""
    assert desk.editor.form.parts["problems"].left.text() == "还要补充 1 处"


@pytest.mark.parametrize("way", ["input method", "clipboard"])
def test_a_sentence_written_over_a_gap_has_one_full_stop(desk: Desk, way: str) -> None:
    box = desk.box("highlights")
    assert box.value().endswith("〕。")
    if way == "clipboard":
        QGuiApplication.clipboard().setText("办成了职工大讲堂。")
        desk.press(Qt.Key.Key_V, CTRL)
    else:
        type_chinese(QApplication.focusWidget(), "办成了职工大讲堂。")
    assert box.value() == "办成了职工大讲堂。"
    type_chinese(QApplication.focusWidget(), "下一句没有写完")
    assert box.value() == "办成了职工大讲堂。下一句没有写完"


def test_whoever_is_sent_to_a_part_finds_the_keyboard_there(desk: Desk) -> None:
    desk.editor.hide()
    desk.editor.focus_field("next_steps")
    desk.editor.show()
    settle()
    assert desk.editor.focusWidget() is desk.box("next_steps")
    desk.editor.focus_field("title")
    assert desk.editor.focusWidget() is desk.editor.form.title


# ─── figures ───


def place_of(box: FigureEdit, name: str) -> int:
    """Where a figure stands in the document."""
    return next(
        place
        for place in range(box.document().characterCount())
        if box.document().characterAt(place) == MARK and box._figure_at(place) == name  # pyright: ignore[reportPrivateUsage]
    )


def put_cursor(box: FigureEdit, position: int) -> None:
    box.setFocus()
    cursor = box.textCursor()
    cursor.setPosition(position)
    box.setTextCursor(cursor)


def test_figures_follow_the_ledger_while_it_is_open(desk: Desk) -> None:
    desk.write("problems", "倒班职工来得少。")
    desk.change_ledger()
    assert "参加职工100人次" in desk.box("overview").reading()
    assert "倒班职工来得少。" in desk.box("problems").value()


def test_before_it_is_saved_also_the_words_follow_where_nobody_wrote(desk: Desk) -> None:
    desk.write("problems", "倒班职工来得少。")
    desk.change_ledger(form="F5")
    assert "创新开展职工文体活动" in desk.box("practice").value()
    assert "倒班职工来得少。" in desk.box("problems").value()


def test_a_figure_is_deleted_whole(desk: Desk) -> None:
    box = desk.box("overview")
    before = box.value()
    put_cursor(box, place_of(box, "people") + 1)
    desk.press(Qt.Key.Key_Backspace)
    assert box.value() == before.replace("{people}", "", 1)
    desk.press(Qt.Key.Key_Z, CTRL)
    assert box.value() == before


def test_words_beside_a_figure_are_words(desk: Desk) -> None:
    box = desk.box("overview")
    put_cursor(box, place_of(box, "people") + 1)
    type_chinese(box, "（约）")
    assert "{people}（约）人次" in box.value()
    assert "76（约）人次" in box.reading()


def test_what_an_input_method_has_not_committed_is_not_written_yet(desk: Desk) -> None:
    desk.editor.save()
    box = desk.box("overview")
    before = box.value()
    put_cursor(box, place_of(box, "people") + 1)
    QCoreApplication.sendEvent(box, QInputMethodEvent("yue", []))
    desk.change_ledger()  # figures change while somebody is composing
    assert box.value() == before
    type_chinese(box, "约")
    assert "{people}约人次" in box.value()


def test_braces_that_somebody_types_are_braces(desk: Desk) -> None:
    desk.replace("problems", "{people}与}{")
    assert desk.box("problems").value() == "{{people}}与}}{{"
    assert desk.box("problems").reading() == "{people}与}{"


def test_copying_gives_the_value_and_pasting_here_the_figure(desk: Desk) -> None:
    box = desk.box("overview")
    place = place_of(box, "people")
    box.setFocus()
    cursor = box.textCursor()
    cursor.setPosition(place - 2)
    cursor.setPosition(place + 3, cursor.MoveMode.KeepAnchor)
    box.setTextCursor(cursor)
    desk.press(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "职工76人次"
    desk.replace("problems", "有")
    desk.press(Qt.Key.Key_V, CTRL)
    assert desk.box("problems").value() == "有职工{people}人次"


def test_text_from_elsewhere_is_pasted_as_plain_words(desk: Desk) -> None:
    desk.replace("problems", "有")
    QGuiApplication.clipboard().setText(f"{{people}}{MARK}人\n第二段")
    desk.press(Qt.Key.Key_V, CTRL)
    assert desk.box("problems").value() == "有{{people}}人\n第二段"


def test_the_line_above_says_what_a_figure_is_and_how_it_was_counted(desk: Desk) -> None:
    box = desk.box("overview")
    put_cursor(box, place_of(box, "people") + 1)
    line = desk.editor.line
    assert line.name.text() == "参加人次 76 人次"
    assert "浏览量" in line.rule.text()
    assert line.records_link.text() == "查看 1 条记录"
    put_cursor(box, 0)
    assert line.name.text() == ""
    assert "自动更新" in line.rule.text()


def test_clicking_a_figure_shows_it_and_its_records_lead_to_the_activity(desk: Desk) -> None:
    box = desk.box("overview")
    desk.editor.form.focus("overview")
    settle()
    cursor = box.textCursor()
    cursor.setPosition(place_of(box, "people"))
    spot = box.cursorRect(cursor).center() + QPoint(8, 0)
    QTest.mouseClick(box.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert desk.editor.line.name.text() == "参加人次 76 人次"
    went = []
    desk.editor.context.go_to.connect(went.append)
    desk.editor.line.records_link.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    [action] = menu.actions()
    assert action.text() == "读书会　2025年9月24日"
    action.trigger()
    menu.hide()
    assert [place.page for place in went] == ["activities"]


def test_the_records_of_cases_and_works_are_opened_as_well(qtbot, tmp_path: Path) -> None:
    ledger = a_sample_ledger(tmp_path / "示例")
    made = show(qtbot, ledger, parse_period("2025"))
    went: list[Place] = []
    made.editor.context.go_to.connect(went.append)
    for figure in ("cases", "works", "plans_open"):
        box = made.box("problems")
        made.replace("problems", "有")
        box.insert_figure(figure)
        settle()
        assert made.editor.line.records_link.isVisible(), figure
        made.editor.line.records_link.click()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        usable = [action for action in menu.actions() if action.isEnabled()]
        usable[0].trigger()
        menu.hide()
        made.editor.activateWindow()
        settle()
    assert went[0].page == "cases" and went[0].uid
    assert len(went) == 3 and {place.page for place in went} <= {"cases", "activities", "calendar"}
    close(made)


def test_a_message_is_in_sight_with_the_part_it_is_about(desk: Desk) -> None:
    desk.editor.resize(1030, 420)
    desk.replace("highlights", "写好了。")
    desk.replace("problems", "写好了。")
    desk.editor.form.focus("title")
    desk.editor.finalise()
    settle()
    message = desk.editor.form.parts["next_steps"].messages
    assert message.isVisible()
    top = message.mapTo(desk.editor.form.viewport(), QPoint(0, 0)).y()
    assert top >= 0 and top + message.height() <= desk.editor.form.viewport().height()


def test_a_figure_is_inserted_from_the_menu_by_keyboard(desk: Desk) -> None:
    desk.replace("problems", "参加")
    desk.press(Qt.Key.Key_I, CTRL)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    groups = {action.text(): action.menu() for action in menu.actions()}
    assert list(groups)[:2] == ["合计", "案例、报道和其他"]
    assert "宣传品牌" in groups and "文体活动" not in groups  # nothing was done in that form
    inner = groups["合计"]
    assert isinstance(inner, QMenu)
    next(action for action in inner.actions() if action.text() == "参加人次　76 人次").trigger()
    menu.hide()
    settle()
    assert desk.box("problems").value() == "参加{people}"
    assert desk.box("problems").hasFocus()


def test_a_lost_figure_is_a_place_to_be_mended(qtbot, desk: Desk) -> None:
    desk.fill()
    desk.editor.save()
    while desk.editor.context.ledger.query("SELECT count(*) FROM activity WHERE deleted_at IS NULL")[0][0]:
        from models.activity_repository import list_in_period
        from models.recording import delete

        found = list_in_period(desk.ledger, PERIOD)
        operations.run(desk.editor.context, lambda found=found: delete(desk.ledger, found, a_clerk()))
    settle()
    assert LOST in desk.box("practice").reading()
    desk.press(Qt.Key.Key_F8)
    assert desk.box("practice").hasFocus()
    assert desk.editor.line.name.text() == "没有了的数字"


# ─── saving and undo ───


def test_saving_is_one_step_and_undo_goes_on_in_the_ledger(desk: Desk) -> None:
    desk.replace("problems", "倒班职工来得少。")
    desk.press(Qt.Key.Key_S, CTRL)
    saved = desk.saved()
    assert saved and saved.problems == "倒班职工来得少。"
    assert desk.editor.footer.kept.text() == "已保存"
    assert drafts.list_drafts(desk.ledger) == []
    desk.write("problems", "夜班尤其少。")
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.box("problems").value() == "倒班职工来得少。"
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.saved() is None
    assert desk.well[-1] == "已撤销：新建总结“2025年下半年主题宣传教育活动总结”"
    assert "请补充" in desk.box("problems").value()
    desk.press(Qt.Key.Key_Y, CTRL)
    assert desk.box("problems").value() == "倒班职工来得少。"


def test_undo_takes_typing_back_stretch_by_stretch_across_the_boxes(desk: Desk) -> None:
    gap = desk.box("problems").value()
    desk.replace("problems", "人少。")
    desk.replace("next_steps", "加场。")
    desk.press(Qt.Key.Key_Z, CTRL)
    assert "请补充" in desk.box("next_steps").value()
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.box("problems").value() == gap
    assert desk.box("problems").hasFocus()
    desk.press(Qt.Key.Key_Y, CTRL)
    desk.press(Qt.Key.Key_Y, CTRL)
    assert desk.box("next_steps").value() == "加场。"


def test_enter_begins_a_paragraph_and_the_text_comes_back_as_typed(desk: Desk) -> None:
    desk.replace("problems", "一、")
    desk.press(Qt.Key.Key_Return)
    type_chinese(QApplication.focusWidget(), "㮾师傅和𬭎师傅说")
    desk.press(Qt.Key.Key_S, CTRL)
    saved = desk.saved()
    assert saved and saved.problems == "一、\n㮾师傅和𬭎师傅说"


def test_a_full_disk_leaves_everything_on_screen(desk: Desk) -> None:
    pages = desk.ledger.query("PRAGMA page_count")[0][0]
    desk.ledger.query(f"PRAGMA max_page_count = {pages}")
    desk.replace("problems", "满" * 20_000)
    desk.press(Qt.Key.Key_S, CTRL)
    assert desk.wrong
    assert desk.editor.keeper.state is Keeping.FAILED
    assert desk.box("problems").value() == "满" * 20_000
    desk.press(Qt.Key.Key_Escape)
    assert "还没能存下来" in desk.wrong[-1] and desk.editor.session.active
    desk.ledger.query("PRAGMA max_page_count = 1000000")
    desk.press(Qt.Key.Key_S, CTRL)
    assert desk.saved()


# ─── drafting anew ───


def test_drafting_a_part_anew_asks_first_and_can_be_undone(desk: Desk) -> None:
    desk.replace("problems", "自己写的。")
    desk.replace("next_steps", "也是自己写的。")
    link = desk.editor.form.parts["problems"].draft_link
    desk.answer("不换", link)
    assert desk.box("problems").value() == "自己写的。"
    desk.answer("重新起草", link)
    assert "请补充" in desk.box("problems").value()
    assert desk.box("next_steps").value() == "也是自己写的。"
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.box("problems").value() == "自己写的。"


def test_drafting_everything_anew_is_one_step(desk: Desk) -> None:
    desk.fill()
    desk.editor.save()
    desk.change_ledger(form="F5")
    assert "文体" not in desk.box("practice").value()
    desk.answer("重新起草", desk.editor.bar.draft_button)
    assert "文体" in desk.box("practice").value()
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.box("problems").value() == "problems写好了。"


def test_drafting_what_nobody_changed_asks_nothing(desk: Desk) -> None:
    desk.editor.bar.draft_button.click()
    assert not desk.editor.state.dirty


# ─── 定稿 ───


def test_finalising_goes_to_what_is_missing(desk: Desk) -> None:
    desk.replace("highlights", "夜里也开。")
    desk.press(Qt.Key.Key_Return, CTRL)
    assert desk.box("problems").hasFocus()
    assert desk.box("problems").textCursor().selectedText().startswith("〔请补充")
    messages = desk.editor.form.messages["problems"].texts()
    assert messages == ["“四、存在问题”里还有要补充的：〔请补充：工作中还有哪些问题和不足，原因是什么〕。"]
    assert desk.saved() is None


def test_at_the_end_figures_stop_and_what_changed_is_said(desk: Desk) -> None:
    desk.fill()
    desk.press(Qt.Key.Key_Return, CTRL)
    saved = desk.saved()
    assert saved and saved.finalised
    assert desk.well[-1] == "总结“2025年下半年主题宣传教育活动总结”已定稿"
    assert desk.box("problems").isReadOnly() and desk.editor.form.title.isReadOnly()
    desk.change_ledger()
    assert "参加职工76人次" in desk.box("overview").reading()
    strip = desk.editor.notes.stale
    assert strip and "参加人次由 76 变为 100" in strip.text()
    desk.editor.form.focus("overview")
    put_cursor(desk.box("overview"), place_of(desk.box("overview"), "people") + 1)
    assert desk.editor.line.name.text() == "参加人次 76 人次（台账现在是 100）"
    strip.links()[0].click()
    settle()
    assert "参加职工100人次" in desk.box("overview").reading()
    assert not desk.box("problems").isReadOnly()
    assert desk.editor.notes.stale is None


def test_undo_right_after_the_end_takes_only_that_back(desk: Desk) -> None:
    desk.fill()
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.press(Qt.Key.Key_Z, CTRL)
    saved = desk.saved()
    assert saved and not saved.finalised and saved.problems == "problems写好了。"
    assert not desk.box("problems").isReadOnly()


def test_ctrl_enter_on_a_final_summary_opens_it_again(desk: Desk) -> None:
    desk.fill()
    desk.press(Qt.Key.Key_Return, CTRL)
    assert desk.editor.footer.final_button.text() == "取消定稿"
    desk.editor.footer.final_button.click()
    saved = desk.saved()
    assert saved and not saved.finalised and saved.figures == ()


def test_the_form_prints_what_the_editor_saved(desk: Desk) -> None:
    desk.fill()
    desk.editor.save()
    report = build("表9", desk.ledger, desk.editor.context.notice, PERIOD, TODAY)
    [document] = report.blocks
    for part in SUMMARY_PARTS:
        for line in desk.box(part).reading().splitlines():
            assert line in set(document.texts())


# ─── nothing is lost ───


def test_what_is_typed_is_kept_as_a_draft_and_comes_back(qtbot, desk: Desk) -> None:
    desk.replace("problems", "写到一半")
    assert desk.editor.footer.kept.text() == "正在保存"
    desk.press(Qt.Key.Key_Escape)
    [draft] = drafts.list_drafts(desk.ledger)
    assert (draft.key, draft.values["problems"]) == (summary_key("2025H2"), "写到一半")
    assert draft.values["title"] == "2025年下半年主题宣传教育活动总结"
    again = show(qtbot, desk.ledger)
    assert again.box("problems").value() == "写到一半"
    strip = again.editor.notes.restored
    assert strip and "已恢复上次没有保存的内容" in strip.text()
    strip.links()[0].click()
    assert "请补充" in again.box("problems").value()
    assert drafts.list_drafts(desk.ledger) == []
    again.editor.hide()
    again.editor.deleteLater()
    settle()


def test_out_of_sight_it_keeps_what_is_typed_and_catches_up_when_it_is_back(desk: Desk) -> None:
    desk.replace("problems", "写到一半")
    desk.editor.hide()
    assert drafts.get_draft(desk.ledger, summary_key("2025H2"))
    desk.change_ledger()
    assert "参加职工76人次" in desk.box("overview").reading()
    desk.editor.show()
    settle()
    assert "参加职工100人次" in desk.box("overview").reading()
    assert desk.box("problems").value() == "写到一半"


TYPING = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from models.ledger import Ledger
from models.periods import half
from tests.ui.driver import a_context, settle, type_chinese
from ui.app import prepare_application
from ui.pages.activity_form_drafts import Keeping
from ui.pages.summary import SummaryEditor

app = prepare_application(["test"])
editor = SummaryEditor(a_context(Ledger.open(Path(sys.argv[1]))), half(2025, 2))
editor.show()
settle()
box = editor.form.parts["problems"].edit
box.selectAll()
box.insert_figure("people")
type_chinese(box, "人次里倒班职工不多")
while editor.keeper.state is not Keeping.KEPT:
    app.processEvents()
print("KEPT", flush=True)
app.exec()
"""


def test_what_was_typed_is_there_again_after_the_process_was_killed(qtbot, tmp_path: Path) -> None:
    a_ledger(tmp_path / "台账", an_activity()).close()
    command = [sys.executable, "-c", TYPING, str(tmp_path / "台账")]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    try:
        assert "KEPT" in child.stdout.readline()
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    desk = show(qtbot, Ledger.open(tmp_path / "台账"))
    assert desk.box("problems").value() == "{people}人次里倒班职工不多"
    assert desk.box("problems").reading() == "76人次里倒班职工不多"
    close(desk)


def test_a_damaged_draft_is_no_obstacle(qtbot, desk: Desk) -> None:
    desk.press(Qt.Key.Key_Escape)
    values = {"problems": ["不", "是", "字"], "next_steps": "还在", "nonsense": 1}
    drafts.save_draft(desk.ledger, summary_key("2025H2"), "summary", "", values, NOW)
    again = show(qtbot, desk.ledger)
    assert "请补充" in again.box("problems").value()
    assert again.box("next_steps").value() == "还在"
    again.editor.hide()
    again.editor.deleteLater()
    settle()


# ─── keyboard, names, sizes ───


def test_everything_can_be_reached_by_tab_and_has_a_name(desk: Desk) -> None:
    stops = [stop for stop in tab_stops(desk.editor) if stop.isVisible() and stop.isEnabled()]
    for wanted in (desk.editor.form.title, desk.editor.form.address, *(desk.box(part) for part in SUMMARY_PARTS)):
        assert wanted in stops
    assert [stops.index(desk.box(part)) for part in SUMMARY_PARTS] == sorted(
        stops.index(desk.box(part)) for part in SUMMARY_PARTS
    )
    for stop in stops:
        assert name_of(stop), stop


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def test_tab_leaves_a_part_and_does_not_type_into_it(desk: Desk) -> None:
    desk.editor.form.focus("overview")
    desk.press(Qt.Key.Key_Tab)
    assert not desk.box("overview").hasFocus()
    assert "\t" not in desk.box("overview").value()


@pytest.mark.parametrize("scale", [1.0, 1.75])
def test_it_fits_an_ordinary_screen(desk: Desk, scale: float) -> None:
    theme.apply(application(), theme.LIGHT, scale)
    width = 1366 - (152 if scale > 1 else 128 + 208)
    desk.editor.resize(width, 768 - 28 - 56 - 32)
    settle()
    bar, footer = desk.editor.bar, desk.editor.footer
    for widget in (bar.insert_button, bar.redo_button, footer.final_button, footer.save_button, footer.next_link):
        right = widget.mapTo(desk.editor, QPoint(widget.width(), 0)).x()
        assert widget.isVisible() and right <= width
    assert desk.editor.form.horizontalScrollBar().maximum() == 0
    assert desk.editor.form.viewport().height() > 200
    theme.apply(application(), theme.LIGHT, 1.0)


def test_a_change_of_theme_and_size_keeps_text_and_figures(desk: Desk) -> None:
    before = {part: desk.box(part).value() for part in SUMMARY_PARTS}
    theme.apply(application(), theme.DARK, 1.75)
    settle()
    assert {part: desk.box(part).value() for part in SUMMARY_PARTS} == before
    assert not desk.editor.state.dirty and not desk.editor.state.can_undo
    theme.apply(application(), theme.LIGHT, 1.0)
    settle()


def test_the_length_is_said_and_follows(desk: Desk) -> None:
    before = desk.editor.bar.length.text()
    assert before.endswith("约 2 页")
    desk.replace("problems", "字" * 1500)
    assert desk.editor.bar.length.text().endswith("约 4 页")


def test_a_whole_year_of_samples_opens(qtbot, tmp_path: Path) -> None:
    ledger = a_sample_ledger(tmp_path / "示例")
    editor = SummaryEditor(a_context(ledger), parse_period("2025"))
    editor.show()
    settle()
    assert "共开展活动" in editor.form.parts["overview"].edit.reading()
    editor.hide()
    editor.deleteLater()
    settle()
    ledger.close()


def test_days_are_those_of_the_clock(desk: Desk) -> None:
    report = build("表9", desk.ledger, desk.editor.context.notice, PERIOD, date(2025, 7, 3))
    [document] = report.blocks
    assert list(document.texts())[-1] == "2025年7月3日"
