"""报送记录 on the real window: finding a submission, noting what became of it, and getting it out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget

from models import mail_queue
from models.case_repository import CASES
from models.ledger import Ledger
from models.submission import EventKind, SubmissionEvent, SubmissionState, Way
from models.submission_repository import add_event
from tests.models.submitted import a_ready_ledger, submitted
from tests.ui.driver import settle
from tests.ui.pages.submission_desk import (
    EARLIER,
    LATER,
    a_page,
    button_of,
    change_one,
    link_of,
    listed,
    state,
    texts,
    window_of,
)
from ui import theme
from ui.context import Place
from ui.pages.submissions_actions import NOTED_RECEIPT, NOTED_RETURN
from ui.pages.submissions_rows import Column
from ui.widgets.base import tab_stops


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return a_ready_ledger(tmp_path / "台账")


def test_without_any_submission_it_says_what_to_do(qtbot, qapp, ledger: Ledger) -> None:
    page = a_page(qtbot, qapp, ledger)
    wanted: list[Place] = []
    page.context.go_to.disconnect()
    page.context.go_to.connect(wanted.append)
    assert page.empty.accessibleName() == "还没有报送过" and not page.detail.isVisible()
    page.empty.button.click()
    assert wanted == [Place("submit", action="new")]


def test_the_log_is_searched_and_filtered_from_the_keyboard(qtbot, qapp, ledger: Ledger) -> None:
    first = submitted(ledger, EARLIER)
    change_one(ledger, 126)
    second = submitted(ledger, LATER, sent=False)
    page = a_page(qtbot, qapp, ledger)
    assert listed(page) == [second.number, first.number]
    assert QApplication.focusWidget() is page.table
    qtbot.keyClick(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.search, first.receipt_code.lower())
    assert listed(page) == [first.number]
    assert page.detail.logged and page.detail.logged.submission == first
    qtbot.keyClicks(page.search, "zzz")
    assert page.empty.accessibleName() == "没有找到"
    page.empty.button.click()
    assert listed(page) == [second.number, first.number]
    page.pills[SubmissionState.GENERATED].click()
    assert listed(page) == [second.number]
    page.show_place(Place("submissions", uid=first.uid))
    assert page.detail.logged.submission == first, "filters make room for what is asked for"


def test_one_submission_tells_all_there_is_to_know(qtbot, qapp, ledger: Ledger) -> None:
    submitted(ledger, EARLIER)
    change_one(ledger, 126)
    second = submitted(ledger, LATER)
    page = a_page(qtbot, qapp, ledger, second.uid)
    told = texts(page.detail)
    assert second.receipt_code in told and "2025年第三季度 第2版" in told
    assert "线下参加人次：76 人次 → 126 人次" in told and "与第1版相比：新增 0，修改 1，删除 0" in told
    assert "网页邮箱 · 赵芳" in told and second.subject in told and second.recipient in told
    button_of(page.detail, "复制回执码").click()
    assert QGuiApplication.clipboard().text() == second.receipt_code
    opened: list[Path] = []
    page.actions_of_page.open_path = lambda path: opened.append(path) or True
    button_of(page.detail, "打开 data.json").click()
    assert json.loads(opened[0].read_bytes())["version"] == 2
    assert ledger.folder not in opened[0].parents, "a copy, never what is kept"


def test_the_receipt_by_telephone(qtbot, qapp, ledger: Ledger) -> None:
    kept = submitted(ledger, LATER)
    page = a_page(qtbot, qapp, ledger, kept.uid)
    said: list[str] = []
    page.context.went_well.connect(lambda text, _undo: said.append(text))
    detail = page.detail
    detail.receipt_button.setFocus()
    qtbot.keyClick(detail.receipt_button, Qt.Key.Key_Return)
    box = detail.code_entry.box
    assert QApplication.focusWidget() is box
    qtbot.keyClicks(box, "2345-6789")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert "回执码对不上" in detail.code_entry.problem.text() and state(page, kept) == SubmissionState.SENT
    assert box.text() == "2345-6789" and box.property("state") == "error", "what was typed stays"
    box.selectAll()
    qtbot.keyClicks(box, kept.receipt_code.replace("-", " ").lower())
    assert detail.code_entry.problem.text() == ""
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: detail.chip.accessibleName() == "已收")
    assert state(page, kept) == SubmissionState.RECEIVED and said == [NOTED_RECEIPT]
    assert not detail.code_entry.isVisible() and not detail.receipt_button.isVisible()


def test_a_return_with_the_superiors_words(qtbot, qapp, ledger: Ledger) -> None:
    kept = submitted(ledger, LATER)
    page = a_page(qtbot, qapp, ledger, kept.uid)
    said: list[str] = []
    page.context.went_well.connect(lambda text, _undo: said.append(text))
    page.detail.return_button.click()
    page.detail.return_entry.box.set_value("缺少<b>盖章</b>页")
    qtbot.keyClick(page.detail.return_entry.box, Qt.Key.Key_Escape)
    assert not page.detail.entry_open() and window_of(page).current_page() == "submissions"
    page.detail.return_button.click()
    assert page.detail.return_entry.box.value() == "", "put away for good"
    assert "对方为什么退回，可不填" in texts(page.detail)
    page.detail.return_entry.leave_button.click()
    assert not page.detail.entry_open() and page.detail.chip.accessibleName() == "已发送"
    page.detail.return_button.click()
    page.detail.return_entry.box.set_value("缺少<b>盖章</b>页")
    page.detail.return_entry.take_button.click()
    qtbot.waitUntil(lambda: page.detail.chip.accessibleName() == "退回")
    assert "缺少<b>盖章</b>页 · 赵芳" in texts(page.detail)
    assert said == [NOTED_RETURN]
    link_of(page, "更正报送").click()
    assert window_of(page).current_page() == "submit", "what to do next stands there, also before anything was changed"
    [case] = CASES.list_all(ledger)
    assert case.fate_note == "缺少<b>盖章</b>页"


@pytest.mark.parametrize(
    ("words", "wanted"), [("已发出", SubmissionState.SENT), ("没有发出", SubmissionState.GENERATED)]
)
def test_only_a_person_says_how_an_unclear_attempt_ended(qtbot, qapp, ledger: Ledger, words: str, wanted: str) -> None:
    kept = submitted(ledger, LATER, sent=False)
    add_event(ledger, SubmissionEvent(kept.uid, LATER, EventKind.ATTEMPT, Way.SMTP, "第1封，共1封，从 a 发往 b"))
    page = a_page(qtbot, qapp, ledger, kept.uid)
    assert page.detail.chip.accessibleName() == "发送结果不明" and not page.detail.send_button.isVisible()
    link_of(page.detail, words).click()
    qtbot.waitUntil(lambda: state(page, kept) == wanted)
    settle()
    assert page.detail.send_button.isVisible()


def test_what_waits_can_be_taken_out_of_the_queue(qtbot, qapp, ledger: Ledger) -> None:
    kept = submitted(ledger, LATER, sent=False)
    mail_queue.did_not_go(ledger, kept.uid, mail_queue.Part(1, 1), "没有联网。", LATER, later=True)
    page = a_page(qtbot, qapp, ledger, kept.uid)
    assert page.detail.chip.accessibleName() == "待发送"
    link_of(page.detail, "不发了").click()
    qtbot.waitUntil(lambda: state(page, kept) == SubmissionState.GENERATED)
    settle()
    assert "从待发送中取出" in texts(page.detail)
    assert QApplication.focusWidget() in page.detail.buttons


def test_the_same_package_comes_out_again(qtbot, qapp, ledger: Ledger, tmp_path: Path) -> None:
    kept = submitted(ledger, LATER)
    page = a_page(qtbot, qapp, ledger, kept.uid)
    (tmp_path / "U盘").mkdir()
    page.actions_of_page.ask_folder = lambda _question, _start: tmp_path / "U盘"
    page.detail.export_button.click()
    qtbot.waitUntil(page.detail.export_button.isEnabled)
    [first] = (tmp_path / "U盘").iterdir()
    data = first.read_bytes()
    change_one(ledger, 300)
    first.unlink()
    page.detail.export_button.click()
    qtbot.waitUntil(page.detail.export_button.isEnabled)
    assert first.read_bytes() == data


def test_sending_again_and_correcting_lead_to_the_wizard(qtbot, qapp, ledger: Ledger) -> None:
    kept = submitted(ledger, EARLIER)
    change_one(ledger, 126)
    page = a_page(qtbot, qapp, ledger, kept.uid)
    qtbot.waitUntil(lambda: any("报送后改了 1 条" in text for text in texts(page.detail)))
    spoken = page.table.rows.index(0, Column.STATE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "状态 已发送，报送后改了 1 条"
    wanted: list[Place] = []
    page.context.go_to.disconnect()
    page.context.go_to.connect(wanted.append)
    page.detail.send_button.click()
    link_of(page.detail, "更正报送").click()
    assert wanted == [Place("submit", uid=kept.uid), Place("submit", field="2025Q3", action="new")]


def test_the_superiors_file_sets_received_and_a_strangers_does_not(qtbot, qapp, ledger: Ledger, tmp_path: Path) -> None:
    kept = submitted(ledger, LATER)
    page = a_page(qtbot, qapp, ledger)
    reply = tmp_path / "回执.json"
    page.actions_of_page.ask_file = lambda _question: reply
    reply.write_text("{}", "utf-8")
    page.reply_button.click()
    assert "不是宣教台账的回执" in window_of(page).strips.message
    values = {"format": "xuanjiao-ledger-receipt", "format_version": 1, "receipt_code": kept.receipt_code}
    reply.write_text(json.dumps(values), "utf-8")
    page.reply_button.click()
    settle()
    assert state(page, kept) == SubmissionState.RECEIVED
    assert page.detail.logged and page.detail.logged.state == SubmissionState.RECEIVED


def test_in_a_narrow_window_enter_opens_and_escape_goes_back(qtbot, qapp, ledger: Ledger) -> None:
    submitted(ledger, LATER)
    page = a_page(qtbot, qapp, ledger, size=(1024, 600))
    theme.apply(qapp, theme.LIGHT, 1.75)
    settle()
    assert page.left.isVisible() and not page.detail.isVisible()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.detail.isVisible() and not page.left.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None and page.detail.isAncestorOf(focused)
    qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert page.left.isVisible() and QApplication.focusWidget() is page.table
    qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert window_of(page).current_page() == "home"
    theme.apply(qapp, theme.LIGHT, 1.0)


def test_everything_has_a_name_and_can_be_reached_by_tab(qtbot, qapp, ledger: Ledger) -> None:
    kept = submitted(ledger, LATER)
    page = a_page(qtbot, qapp, ledger, kept.uid)
    stops = [each for each in tab_stops(page) if each.isVisible()]
    assert all(each.accessibleName() for each in stops), [type(each).__name__ for each in stops]
    assert {page.search, page.table, *page.detail.buttons} - {page.detail.send_button} <= set(stops)
    order = [stops.index(each) for each in (page.search, page.table, page.detail.receipt_button)]
    assert order == sorted(order)


def test_tab_goes_down_the_pane_that_was_made_for_this_submission(qtbot, qapp, ledger: Ledger) -> None:
    kept = submitted(ledger, LATER)
    page = a_page(qtbot, qapp, ledger, kept.uid)
    page.table.setFocus()
    reached: list[QWidget] = []
    while (focused := QApplication.focusWidget()) is not None and page.isAncestorOf(focused):
        reached.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    heights = [each.mapTo(page, QPoint(0, 0)).y() for each in reached if page.detail.isAncestorOf(each)]
    assert heights == sorted(heights) and len(heights) > 6


@pytest.mark.parametrize("scale", [1.0, 1.75])
def test_the_heads_stand_over_what_is_below_them(qtbot, qapp, ledger: Ledger, scale: float) -> None:
    submitted(ledger, EARLIER)
    change_one(ledger, 61)
    page = a_page(qtbot, qapp, ledger, submitted(ledger, LATER).uid)
    theme.apply(qapp, theme.LIGHT, scale)
    page._show_pane(False)
    settle()
    head, table = page.table.horizontalHeader(), page.table
    line = table.rowHeight(0) + 4  # the second one, which has neither bar nor frame
    for column in (Column.PERIOD, Column.CODE, Column.VERSION):
        at, wide = table.columnViewportPosition(column), table.columnWidth(column) - 2
        words = _first_ink(head.viewport().grab(QRect(at, 4, wide, head.height() - 8)).toImage())
        cell = _first_ink(table.viewport().grab(QRect(at, line, wide, table.rowHeight(0) - 8)).toImage())
        assert abs(words - cell) <= theme.px(2), (column, words, cell)
    theme.apply(qapp, theme.LIGHT, 1.0)


def _first_ink(picture: QImage) -> int:
    """How far from the left the words begin."""
    ground = picture.pixelColor(0, 0).lightness()
    columns = range(picture.width())
    return next(
        x
        for x in columns
        if any(abs(picture.pixelColor(x, y).lightness() - ground) > 90 for y in range(picture.height()))
    )
