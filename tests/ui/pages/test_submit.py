"""The 报送 page step by step: what is preset, what blocks, what is kept, and what leaves by which way."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from models.case_recording import record_case
from models.checks.findings import ACTIVITY_RULES, CASE_RULES
from models.periods import month, quarter
from models.settings import save_setting
from models.submission import Submission
from models.submission_repository import add_submission
from models.submitting import register_return
from tests.factories import NOW, TODAY, a_case, a_clerk, a_ledger, an_activity
from tests.ui.driver import settle, type_chinese
from tests.ui.pages.submit_desk import Desk, a_desk
from ui import theme
from ui.pages.submit_preset import likely_period
from ui.pages.submit_rules import LOOKED_AT
from ui.pages.submit_state import CHECKS, PACK, SEND, SETTING, VIEW, load_wish

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Desk:
    return a_desk(qtbot, tmp_path)


def to_step(desk: Desk, step: int) -> None:
    desk.open(action="new")
    while desk.step < step:
        desk.next()
    assert desk.step == step


def submitted(period: str, version: int = 1) -> Submission:
    return Submission(period, version, "7KQM-4HXT", "ab" * 32, NOW)


def test_the_period_just_ended_is_preset_unless_it_was_submitted(tmp_path: Path) -> None:
    october = an_activity(start=date(2025, 10, 8))
    with a_ledger(tmp_path / "台账", an_activity(), october) as ledger:
        assert likely_period(ledger, TODAY) == quarter(2025, 3)
        add_submission(ledger, submitted("2025Q3"), (), ())
        assert likely_period(ledger, TODAY) == quarter(2025, 4)
        add_submission(ledger, submitted("2025-08"), (), ())
        assert likely_period(ledger, TODAY) == month(2025, 9), "months, as the last time"


def test_what_was_sent_back_is_what_is_to_be_submitted_next(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity(), an_activity(start=date(2025, 10, 8))) as ledger:
        made = add_submission(ledger, submitted("2025Q3"), (), ())
        register_return(ledger, made, "缺盖章页", NOW)
        assert likely_period(ledger, TODAY) == quarter(2025, 3)


def test_an_earlier_period_that_was_missed_comes_before_an_empty_one(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity(start=date(2025, 5, 4))) as ledger:
        assert likely_period(ledger, TODAY) == quarter(2025, 2)
    with a_ledger(tmp_path / "空的") as ledger:
        assert likely_period(ledger, TODAY) == quarter(2025, 3)


def test_drafts_of_cases_are_left_out_until_somebody_wants_them(desk: Desk) -> None:
    ledger, clerk = desk.window.context.ledger, a_clerk()
    when = {"period_start": date(2025, 7, 1), "period_end": date(2025, 9, 1)}
    final = record_case(ledger, a_case(title="班前十分钟微课", secret_checked=True, **when), clerk, finalise=True)
    draft = record_case(ledger, a_case(title="没写完的班前微课", **when), clerk)
    desk.open(action="new")
    ticks = desk.page.contents.cases
    assert ticks[final.uid].isChecked() and not ticks[draft.uid].isChecked()
    assert desk.page.side.lines["表3 创新案例"] == "1 篇"
    ticks[draft.uid].click()
    assert desk.page.side.lines["表3 创新案例"] == "2 篇"
    kept = load_wish(ledger)
    assert kept is not None and kept.cases == {draft.uid: True}
    desk.page.contents.ticks["表3"].click()
    assert not ticks[final.uid].isEnabled()
    desk.next()
    assert desk.page.collected is not None
    assert desk.page.collected.content.forms == ("表2", "表10")
    assert desk.page.collected.content.cases == ()


def test_nothing_ticked_cannot_be_sent(desk: Desk) -> None:
    desk.open(action="new")
    for code in ("表2", "表3", "表10"):
        desk.page.contents.ticks[code].click()
    assert not desk.page.next_button.isEnabled()
    assert "先勾" in desk.page.reason.text()


def test_another_period_is_checked_anew(desk: Desk) -> None:
    desk.open(action="new")
    desk.click(desk.page.contents.period.later)
    assert desk.page.wish is not None and desk.page.wish.period == "2025Q4"
    assert desk.window.context.period == quarter(2025, 4), "the other pages follow"
    desk.next()
    assert desk.step == CHECKS
    assert any(item.finding.rule_id == "H16" for item in desk.page.checks.items())


def test_f9_checks_again_and_stays_here(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(people_offline=320))
    to_step(desk, CHECKS)
    before = desk.page.collected
    focused = QApplication.focusWidget()
    assert focused is not None and desk.page.isAncestorOf(focused)
    qtbot.keyClick(focused, Qt.Key.Key_F9)
    desk.wait()
    assert desk.window.current_page() == "submit"
    assert desk.page.collected is not before


def test_the_whole_way_by_keyboard(qtbot, desk: Desk) -> None:
    desk.open(action="new")
    for step in (VIEW, PACK, SEND):
        focused = QApplication.focusWidget()
        assert focused is desk.page.next_button
        qtbot.keyClick(focused, Qt.Key.Key_Return)
        desk.wait()
        assert desk.step == step
    assert QApplication.focusWidget() is desk.page.send.draft_button
    qtbot.keyClick(desk.page.send.draft_button, Qt.Key.Key_Escape)
    settle()
    assert desk.window.current_page() == "home"


def test_an_address_that_is_none_stops_and_another_one_is_pointed_out(qtbot, desk: Desk) -> None:
    to_step(desk, VIEW)
    box = desk.page.view.recipient
    box.selectAll()
    qtbot.keyClicks(box, "jzghxjwlb@126")
    assert not desk.page.next_button.isEnabled()
    assert "写得不对" in desk.page.view.problem.text()
    box.selectAll()
    qtbot.keyClicks(box, "other@126.com")
    assert desk.page.next_button.isEnabled()
    assert "不一致" in desk.page.view.problem.text()
    desk.next()
    desk.next()
    assert desk.newest().recipient == "other@126.com"


def test_the_address_of_the_notice_is_one_click_away(qtbot, desk: Desk) -> None:
    to_step(desk, VIEW)
    box = desk.page.view.recipient
    box.selectAll()
    qtbot.keyClicks(box, "qzxcc2009@163.com")
    desk.click(desk.page.view.problem.links()[0])
    assert box.text() == "jzghxjwlb@126.com"
    assert not desk.page.view.problem.isVisible()
    assert desk.page.wish is not None and desk.page.wish.recipient is None


def test_the_receivers_view_shows_the_very_files(qtbot, desk: Desk) -> None:
    to_step(desk, VIEW)
    names = [page.name for page in desk.page.view.pages]
    assert names[0].startswith("表10") and any(name.startswith("表2") for name in names)
    desk.page.panes.area.ensureWidgetVisible(desk.page.view.pages[0])  # what nobody sees is not painted
    qtbot.waitUntil(lambda: all(page.is_painted() for page in desk.page.view.pages))
    opened: list[Path] = []
    desk.page.sending.open_path = lambda path: bool(opened.append(path)) or True
    desk.page.view.pages[0].click()
    parcel = desk.page.parcel
    assert parcel is not None
    assert opened[0].read_bytes() == parcel.package.files[0].read()


def test_a_change_elsewhere_makes_the_files_anew(desk: Desk) -> None:
    from models.activity_repository import list_in_period
    from models.recording import record

    to_step(desk, PACK)
    first = desk.page.parcel
    context = desk.window.context
    [activity] = list_in_period(context.ledger, quarter(2025, 3))
    record(context.ledger, replace(activity, people_offline=77), context.clerk())
    context.changed.emit()
    desk.wait()
    assert desk.step == PACK
    assert desk.page.parcel is not None and first is not None
    assert desk.page.parcel.package.label.receipt_code != first.package.label.receipt_code


@pytest.mark.parametrize("stored", [None, 3, {}, {"period": "junk"}, {"period": 5}, [1]])
def test_what_cannot_be_read_begins_afresh(tmp_path: Path, stored: object) -> None:
    with a_ledger(tmp_path / "台账") as ledger:
        save_setting(ledger, SETTING, stored)
        assert load_wish(ledger) is None


def test_every_rule_of_the_check_is_named() -> None:
    rules = {*ACTIVITY_RULES.rules, *CASE_RULES.rules, "H12", "H16", "S01"}
    assert rules == set(LOOKED_AT)


def test_what_is_right_can_be_opened(desk: Desk, qtbot, tmp_path: Path) -> None:
    to_step(desk, VIEW)
    desk.click(desk.page.view.passed.links()[0])
    assert desk.step == CHECKS
    assert "全部逻辑正确" in desk.texts()
    desk.next()
    assert desk.step == VIEW


@pytest.mark.parametrize("scale", [1.0, 1.75])
def test_each_step_fits_a_small_screen(qtbot, qapp, desk: Desk, scale: float) -> None:
    theme.apply(qapp, theme.DARK, scale)
    desk.open(action="new")
    for _ in range(4):
        desk.window.resize(1024, 600)
        settle()
        assert (desk.window.width(), desk.window.height()) == (1024, 600)
        inside = desk.page.panes.area.widget()
        assert inside is not None
        assert inside.width() <= desk.page.panes.area.viewport().width(), "nothing scrolls sideways"
        assert inside.minimumSizeHint().width() <= desk.page.panes.area.viewport().width(), desk.step
        if desk.step != SEND:
            desk.next()
    theme.apply(qapp, theme.LIGHT, 1.0)


def test_typing_an_explanation_frees_the_way_at_once(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(people_offline=320))
    to_step(desk, CHECKS)
    [line] = [item.reason for item in desk.page.checks.items() if item.reason is not None]
    line.setFocus()
    type_chinese(line, "分两个会场")
    assert desk.page.next_button.isEnabled() or line.hasFocus()
    desk.page.checks.readiness_changed.emit()
    desk.next()
    assert desk.step == VIEW
    assert desk.page.collected is not None and len(desk.page.collected.content.checks.explained) == 1


def test_the_same_again_is_pointed_out_with_the_way_to_send_it_once_more(desk: Desk) -> None:
    to_step(desk, SEND)
    desk.click(desk.page.receipt.sent_button)
    desk.click(desk.page.done_button)
    desk.open(field="2025Q3", action="new")
    desk.next()
    assert desk.step == CHECKS and not desk.page.next_button.isEnabled()
    assert "完全一样，不用再报。退回的要先改好；只是原样再寄一次，就打开上次报送。" in desk.texts()
    [link] = [each for each in desk.page.checks.findChildren(QPushButton) if each.text() == "查看上次报送"]
    desk.click(link)
    assert desk.step == SEND and desk.page.sending.version() == 1 and len(desk.logged()) == 1
