"""逻辑检查 in the form: when a message appears, where, and the ways out of it."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt

from models.activity import Role
from tests.factories import an_activity
from tests.ui.driver import settle
from tests.ui.pages.activity_form_driver import CTRL, Desk, a_desk, fill_required, focused


def test_nothing_is_red_before_a_field_was_left(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    assert all(not row.problem()[0] for row in desk.page.required.rows())
    assert desk.page.footer.hard.text() == "定稿前还要改 4 处"
    assert desk.page.footer.hard.property("tone") == "text2"  # counted, but not in red yet
    desk.press(Qt.Key.Key_Return)
    assert desk.row("title").problem()[0] == "error"
    assert desk.page.footer.hard.property("tone") == "error"
    assert not desk.row("focus").problem()[0]


def test_the_next_record_starts_without_the_errors_of_the_last(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.chinese("第一条")
    desk.go("people_offline")
    desk.press(Qt.Key.Key_N, CTRL)
    assert all(not row.problem()[0] for row in desk.page.required.rows())
    assert desk.focus_name() == "title"


def test_finalising_shows_everything_and_goes_to_the_first_problem(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.go("people_online")
    desk.press(Qt.Key.Key_Return, CTRL)
    assert desk.saved == [] and desk.all() == []
    assert [row.name for row in desk.page.required.rows() if row.problem()[0]] == ["title", "form", "focus", "people"]
    assert desk.focus_name() == "title"


def test_an_error_goes_as_soon_as_it_is_mended(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.page.finalise()
    desk.chinese("读书会")
    desk.page.checks.run()
    assert desk.message("title") == ""


def test_checks_follow_typing_after_a_moment(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.page.finalise()
    with qtbot.waitSignal(desk.page.checks.changed, timeout=5000):
        desk.chinese("读书会")
    assert desk.message("title") == ""


def test_f8_goes_round_the_problems_and_opens_groups(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(title="读书会", focus=(), people_offline=260, role=Role.CO_HOST))
    desk.page.edit(desk.all()[0].uid)
    been = []
    for _ in range(4):
        desk.press(Qt.Key.Key_F8)
        been.append(desk.focus_name())
    assert been == ["focus", "partner_units", "safety", "focus"]
    assert desk.message("focus").startswith("宣传教育重点一项都没有选")
    assert desk.page.footer.next_link.isVisible()


def test_only_one_of_two_boxes_in_a_row_is_marked(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.go("end")
    desk.keys("9-1")
    desk.go("title")
    assert desk.editor("end").widget.property("state") == "error"
    assert not desk.editor("start").widget.property("state")
    assert "早于开始日期" in desk.message("end")


def tenfold(qtbot, tmp_path: Path) -> Desk:
    """A record with ten times the people of the one before, open in the form."""
    before = an_activity(title="上一次", start=date(2025, 9, 1), form="F1", people_offline=96, safety="有医护")
    now = an_activity(title="这一次", start=date(2025, 9, 24), form="F1", people_offline=1260, safety="有医护")
    desk = a_desk(qtbot, tmp_path, before, now)
    desk.page.edit(next(record.uid for record in desk.all() if record.title == "这一次"))
    return desk


def test_a_hint_offers_the_number_that_was_probably_meant(qtbot, tmp_path: Path) -> None:
    desk = tenfold(qtbot, tmp_path)
    assert desk.message("people_offline") == "上次同类活动线下 96 人次，这次是它的 13 倍，是否多输了一个 0？"
    desk.link("people_offline", "改为 126")
    assert desk.editor("people_offline").widget.text() == "126"  # type: ignore[attr-defined]
    assert desk.message("people_offline") == "" and desk.focus_name() == "people_offline"
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.page.state.value("people_offline") == 1260


def test_a_hint_is_answered_in_one_line_and_saved_with_the_record(qtbot, tmp_path: Path) -> None:
    desk = tenfold(qtbot, tmp_path)
    desk.link("people_offline", "数字无误，写说明")
    assert focused().accessibleName() == "核实说明"
    desk.chinese("三个车间合办")
    assert desk.answers() == {}
    desk.press(Qt.Key.Key_Return)
    assert desk.message("people_offline") == "已写说明：三个车间合办"
    assert desk.page.footer.soft.text() == ""  # nothing is left to answer
    uid = desk.page.state.base.uid
    desk.press(Qt.Key.Key_S, CTRL)
    assert desk.answers()[uid, "S03"] == "三个车间合办"
    assert desk.message("people_offline") == "已写说明：三个车间合办"


def test_an_answer_can_be_changed_taken_back_and_undone(qtbot, tmp_path: Path) -> None:
    desk = tenfold(qtbot, tmp_path)
    desk.link("people_offline", "数字无误，写说明")
    desk.chinese("合办")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.page.state.answers == {}
    desk.page.redo()
    desk.press(Qt.Key.Key_S, CTRL)
    desk.link("people_offline", "改说明")
    focused().selectAll()  # type: ignore[attr-defined]
    desk.press(Qt.Key.Key_Delete)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_S, CTRL)
    assert desk.answers() == {}
    assert "是否多输了一个 0" in desk.message("people_offline")


def test_an_answer_holds_only_for_the_number_it_was_given_for(qtbot, tmp_path: Path) -> None:
    desk = tenfold(qtbot, tmp_path)
    desk.link("people_offline", "数字无误，写说明")
    desk.chinese("合办")
    desk.press(Qt.Key.Key_Return)
    desk.go("people_offline")
    focused().selectAll()  # type: ignore[attr-defined]
    desk.keys("1250")
    desk.page.checks.run()
    assert "是否多输了一个 0" in desk.message("people_offline")


def test_a_new_record_can_be_finalised_with_its_answer_in_one_step(qtbot, tmp_path: Path) -> None:
    before = an_activity(title="上一次", start=date(2025, 9, 1), form="F1", people_offline=9)
    desk = a_desk(qtbot, tmp_path, before)
    desk.page.new()
    desk.page.state.set("form", "")
    desk.page.state.set("focus", ())
    fill_required(desk)
    desk.go("title")
    desk.link("people_offline", "数字无误，写说明")
    desk.chinese("全厂动员")
    desk.press(Qt.Key.Key_Return, CTRL)
    record = next(record for record in desk.all() if record.title == "听老师傅讲安全")
    assert desk.saved == [record.uid]
    assert desk.answers()[record.uid, "S03"] == "全厂动员"


def test_the_answer_is_part_of_the_draft(qtbot, tmp_path: Path) -> None:
    desk = tenfold(qtbot, tmp_path)
    uid = desk.page.state.base.uid
    desk.link("people_offline", "数字无误，写说明")
    desk.chinese("合办")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Escape)
    desk.page.edit(uid)
    assert desk.message("people_offline") == "已写说明：合办"


def test_being_sent_to_a_field_shows_what_is_wrong_with_it(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(people_offline=None))
    desk.page.edit(desk.all()[0].uid, "people_offline")
    assert desk.focus_name() == "people_offline"
    assert "都没有填" in desk.message("people_offline")


def test_a_folded_group_says_that_something_in_it_needs_a_look(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(carrier=("other",), people_offline=210))
    desk.page.edit(desk.all()[0].uid)
    header = desk.page.groups.accordion.group("carrier").header
    assert header.summary == "其他（要改 1 处）"
    assert "（1 条提示）" in desk.page.groups.accordion.group("more").header.summary


def test_the_chip_shows_how_far_the_record_is(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    assert desk.page.header.chip.accessibleName() == "草稿"
    fill_required(desk)
    desk.page.checks.run()
    assert desk.page.header.chip.accessibleName() == "已完成"
    desk.page.state.set("start", date(2025, 12, 1))
    desk.page.checks.run()
    assert desk.page.header.chip.accessibleName() == "计划"


def test_links_in_a_message_are_next_in_tab_order(qtbot, tmp_path: Path) -> None:
    desk = tenfold(qtbot, tmp_path)
    desk.go("people_offline")
    strip = desk.row("people_offline").strip()
    assert strip
    been = []
    for _ in range(2):
        desk.press(Qt.Key.Key_Tab)
        been.append(focused())
    assert been == strip.links()
    desk.press(Qt.Key.Key_Tab)
    settle()
    assert desk.focus_name() == "people_online"
