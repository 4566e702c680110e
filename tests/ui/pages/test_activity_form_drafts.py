"""Nothing typed is lost: drafts, full disks, program deaths, and text that cannot be read."""

import sqlite3
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from models import drafts, recording
from models.activity import Activity
from models.drafts import NEW_ACTIVITY, activity_key
from models.ledger import Ledger
from tests.factories import NOW, an_activity
from tests.ui.driver import settle
from tests.ui.pages.activity_form_driver import CTRL, Clock, Desk, a_desk, focused, open_desk
from ui.pages.activity_form_drafts import LATEST_MS, QUIET_MS, Keeping
from ui.pages.activity_form_state import UID


def fill_the_disk(desk: Desk) -> None:
    """From now on the ledger file cannot grow, as on a full disk."""
    pages = desk.ledger.query("PRAGMA page_count")[0][0]
    desk.ledger.query(f"PRAGMA max_page_count = {pages}")


def make_room(desk: Desk) -> None:
    desk.ledger.query("PRAGMA max_page_count = 1000000")


def too_much_for_a_full_disk() -> str:
    return "满" * 20_000


def kept_draft(ledger: Ledger, key: str = NEW_ACTIVITY) -> drafts.Draft:
    found = drafts.get_draft(ledger, key)
    assert found
    return found


def test_typing_is_kept_a_second_after_the_last_key_and_every_three_while_it_goes_on(qtbot, tmp_path: Path) -> None:
    assert (QUIET_MS, LATEST_MS) == (1000, 3000)
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    keeper = desk.page.keeper
    desk.chinese("听")
    assert desk.page.footer.kept.text() == "正在保存"
    first = keeper.latest.remainingTime()
    assert keeper.quiet.interval() == QUIET_MS and keeper.latest.interval() == LATEST_MS
    desk.chinese("老师傅")
    assert keeper.latest.remainingTime() <= first  # typing on does not put the latest moment off
    keeper.quiet.setInterval(0)
    with qtbot.waitSignal(keeper.quiet.timeout, timeout=5000):
        desk.chinese("讲")
    assert kept_draft(desk.ledger).values["title"] == "听老师傅讲"
    assert desk.page.footer.kept.text() == "已自动保存"
    assert desk.page.footer.kept_at.text() == "09:00:00"
    assert not keeper.latest.isActive()


def test_a_draft_survives_the_death_of_the_program(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.chinese("听老师傅讲安全")
    desk.go("people_offline")
    desk.keys("96")
    desk.page.keeper.flush()
    copy = sqlite3.connect(f"file:{desk.ledger.file}?mode=ro", uri=True)  # what another process sees on the disk
    assert "听老师傅讲安全" in copy.execute("SELECT body FROM draft").fetchone()[0]
    copy.close()


def test_a_new_record_begun_before_is_put_back(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.chinese("听老师傅讲安全")
    desk.press(Qt.Key.Key_Escape)
    assert desk.closed == [True] and desk.draft_keys() == [NEW_ACTIVITY]
    desk.clock.advance(hours=2)
    desk.page.new()
    restored = desk.page.notes.restored
    assert restored and restored.text() == "已恢复上次没有保存的内容（09:00）"
    assert desk.page.state.value("title") == "听老师傅讲安全"
    desk.press(Qt.Key.Key_S, CTRL)
    assert desk.all()[0].title == "听老师傅讲安全" and desk.draft_keys() == []


def test_of_another_day_the_strip_says_the_day(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.chinese("读书会")
    desk.press(Qt.Key.Key_Escape)
    desk.clock.advance(days=3)
    desk.page.restore_draft(NEW_ACTIVITY)
    assert desk.page.notes.restored and "（10月10日 09:00）" in desk.page.notes.restored.text()
    assert desk.page.state.value("start") == date(2025, 10, 10)  # the day that stood there, not the new today


def test_changes_to_a_stored_record_are_put_back_and_can_be_given_up(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(title="读书会", place="一楼"))
    uid = desk.all()[0].uid
    desk.page.edit(uid)
    desk.go("place")
    desk.chinese("二楼")
    desk.press(Qt.Key.Key_Escape)
    assert desk.all()[0].place == "一楼"
    desk.page.edit(uid)
    restored = desk.page.notes.restored
    assert restored and desk.page.state.value("place") == "一楼二楼"
    restored.links()[0].click()
    assert desk.page.state.value("place") == "一楼" and desk.draft_keys() == []
    assert desk.page.notes.restored is None
    desk.page.undo()
    assert desk.page.state.value("place") == "一楼二楼"


def test_a_draft_holds_only_what_was_changed(qtbot, tmp_path: Path) -> None:
    """So that a bulk change made in between is not taken back when the draft is put back."""
    desk = a_desk(qtbot, tmp_path, an_activity(title="读书会", place="一楼"))
    before = desk.all()[0]
    desk.page.edit(before.uid)
    desk.go("place")
    desk.chinese("二楼")
    desk.press(Qt.Key.Key_Escape)
    desk.clock.advance(minutes=5)
    recording.record(desk.ledger, before.with_values(leader="钱明"), desk.context.clerk())
    desk.page.edit(before.uid)
    assert (desk.page.state.value("place"), desk.page.state.value("leader")) == ("一楼二楼", "钱明")


def test_typing_and_rubbing_out_leaves_no_draft(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.keys("a")
    desk.page.keeper.flush()
    assert desk.draft_keys() == [NEW_ACTIVITY]
    desk.press(Qt.Key.Key_Backspace)
    desk.page.keeper.flush()
    assert desk.draft_keys() == []


def test_leaving_the_page_keeps_what_is_typed(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.chinese("读书会")
    desk.page.hide()
    assert kept_draft(desk.ledger).values["title"] == "读书会"


def test_text_that_cannot_be_read_is_kept_as_typed_and_stands_in_the_way_of_finalising(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(title="读书会", people_offline=76))
    uid = desk.all()[0].uid
    desk.page.edit(uid)
    desk.go("start")
    focused().selectAll()  # type: ignore[attr-defined]
    desk.keys("2025.13.1")
    desk.go("people_offline")
    focused().selectAll()  # type: ignore[attr-defined]
    desk.chinese("七十六个")
    desk.go("title")
    assert "没有 13 月" in desk.message("start")
    assert "不是数字" in desk.message("people_offline")
    desk.press(Qt.Key.Key_Return, CTRL)
    assert desk.saved == [] and desk.focus_name() == "start"
    assert desk.page.footer.hard.text() == "定稿前还要改 2 处"

    desk.press(Qt.Key.Key_S, CTRL)  # saving works all the same
    stored = desk.all()[0]
    assert (stored.start, stored.people_offline) == (date(2025, 9, 24), 76)  # what the ledger had stays
    assert kept_draft(desk.ledger, activity_key(uid)).values["start"] == "2025.13.1"
    desk.press(Qt.Key.Key_Escape)
    desk.page.edit(uid)
    assert desk.editor("start").widget.text() == "2025.13.1"  # type: ignore[attr-defined]
    assert desk.editor("people_offline").widget.text() == "七十六个"  # type: ignore[attr-defined]


def test_unreadable_text_in_a_new_record_moves_to_the_draft_of_the_saved_one(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.chinese("读书会")
    desk.go("cost")
    desk.chinese("三百")
    desk.press(Qt.Key.Key_S, CTRL)
    stored = desk.all()[0]
    assert stored.cost is None and stored.title == "读书会"
    assert desk.draft_keys() == [activity_key(stored.uid)]
    desk.go("cost")
    focused().selectAll()  # type: ignore[attr-defined]
    desk.keys("300")
    desk.press(Qt.Key.Key_S, CTRL)
    assert desk.all()[0].cost == 30000 and desk.draft_keys() == []


def test_a_full_disk_is_said_and_nothing_on_screen_is_lost(qtbot, tmp_path: Path, monkeypatch) -> None:
    desk = a_desk(qtbot, tmp_path / "台账")
    desk.page.new()
    fill_the_disk(desk)
    desk.page.groups.section_with("summary")
    desk.go("summary")
    desk.chinese(too_much_for_a_full_disk())
    desk.page.keeper.flush()
    footer = desk.page.footer
    assert desk.page.keeper.state is Keeping.FAILED
    assert footer.kept.text() == "没能保存：磁盘已满"
    assert footer.elsewhere_button.isVisible()
    assert desk.page.keeper.latest.isActive()  # it goes on trying

    desk.press(Qt.Key.Key_S, CTRL)  # saving the record fails just so
    assert desk.all() == [] and "磁盘已满" in desk.wrong[-1]
    desk.press(Qt.Key.Key_Escape)  # and the form is not left, for it is the only place where the text is
    assert desk.closed == []

    target = tmp_path / "另存.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_arguments: (str(target), "")))
    desk.click(footer.elsewhere_button)
    assert too_much_for_a_full_disk() in target.read_text("utf-8")

    make_room(desk)
    with qtbot.waitSignal(desk.page.keeper.latest.timeout, timeout=5000):
        desk.page.keeper.latest.setInterval(0)  # the next try is due
    assert desk.page.keeper.state is Keeping.KEPT
    assert kept_draft(desk.ledger).values["summary"] == too_much_for_a_full_disk()
    assert not footer.elsewhere_button.isVisible()


def test_another_record_is_not_opened_over_text_that_is_nowhere_else(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(title="另一条"))
    desk.page.new()
    fill_the_disk(desk)
    desk.go("summary")
    desk.chinese(too_much_for_a_full_disk())
    desk.page.edit(desk.all()[0].uid)
    assert not desk.page.state.stored and desk.page.state.value("summary") == too_much_for_a_full_disk()
    assert "先不换别的记录" in desk.wrong[-1]
    make_room(desk)
    desk.page.edit(desk.all()[0].uid)
    assert desk.page.state.value("title") == "另一条"
    assert kept_draft(desk.ledger).values["summary"] == too_much_for_a_full_disk()


def test_a_draft_left_by_a_death_between_saving_and_deleting_it_is_not_offered_again(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.chinese("读书会")
    desk.page.keeper.flush()
    left = kept_draft(desk.ledger)
    desk.press(Qt.Key.Key_S, CTRL)
    drafts.save_draft(
        desk.ledger, NEW_ACTIVITY, "activity", "", left.values, NOW
    )  # as if the deletion had not happened
    desk.press(Qt.Key.Key_Escape)
    desk.page.new()
    assert desk.page.state.value("title") == "" and desk.draft_keys() == []
    assert left.values[UID] == desk.all()[0].uid


def test_copying_does_not_overwrite_a_new_record_begun_before(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(title="安全课"))
    uid = desk.all()[0].uid
    desk.page.new()
    desk.chinese("填到一半的")
    desk.press(Qt.Key.Key_Escape)
    desk.page.copy(uid)
    assert desk.page.state.value("title") == "安全课"
    assert sorted(record.title for record in desk.all()) == ["填到一半的", "安全课"]


def test_the_form_goes_on_where_it_was_when_the_list_asks_for_the_same_record(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(title="读书会"))
    uid = desk.all()[0].uid
    desk.page.edit(uid)
    desk.go("place")
    desk.chinese("二楼")
    desk.page.edit(uid, "title")
    assert desk.page.state.can_undo and desk.focus_name() == "title"


@pytest.mark.parametrize(
    "body", [{"title": 5, "start": "2025-99-01", "focus": "Q1", "people_offline": [1]}, {"_explanations": 3}]
)
def test_a_damaged_draft_does_no_harm(qtbot, tmp_path: Path, body: dict) -> None:
    desk = a_desk(qtbot, tmp_path)
    drafts.save_draft(desk.ledger, NEW_ACTIVITY, "activity", "", body, NOW)
    desk.page.new()
    assert desk.page.state.value("title") == ""
    desk.press(Qt.Key.Key_S, CTRL)
    assert len(desk.all()) <= 1


def test_after_a_new_start_of_the_program_the_draft_is_offered_with_its_bad_date(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.chinese("读书会")
    desk.go("start")
    focused().selectAll()  # type: ignore[attr-defined]
    desk.keys("31.2.x")
    desk.page.keep_unsaved()
    again = open_desk(qtbot, Ledger.open(tmp_path, exclusive=False), Clock(datetime(2025, 10, 11, 8, 0)))
    again.page.restore_draft(NEW_ACTIVITY)
    settle()
    assert again.editor("start").widget.text() == "31.2.x"  # type: ignore[attr-defined]
    assert "看不懂" in again.message("start")


def test_the_text_file_holds_every_answer_in_words(qtbot, tmp_path: Path) -> None:
    from ui.pages.activity_form_text import as_text

    desk = a_desk(qtbot, tmp_path)
    full = Activity(
        title="读书会",
        start=date(2025, 9, 24),
        form="F3",
        focus=("Q1", "Q3"),
        people_offline=76,
        cost=35050,
        ai_use=("content",),
        ai_reviewed=True,
    )
    desk.page.session._load(full, stored=False)
    text = as_text(desk.page.state.values, desk.context.notice, "HD-2025-0001")
    for line in (
        "记录编号：HD-2025-0001",
        "活动日期：2025年9月24日",
        "宣传教育重点：突出政治性、突出群众性",
        "线下参加人次：76 人次",
        "经费：350.50 元",
    ):
        assert line in text.splitlines(), text
    assert "AI内容已经人工审核：是" in text and "【协作、评估、经费等】" in text
