"""The 逻辑检查 page: what is wrong, where it is, and the three ways to settle it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from models import activity_repository, history, periods
from models.activity import Activity
from models.checks.unit_rules import CARD
from models.explanation_repository import list_explanations
from models.ledger import Ledger
from models.recording import record
from models.unit import Unit
from tests.factories import a_clerk, a_ledger, an_activity
from tests.ui.driver import a_context, settle, type_chinese
from ui import theme
from ui.context import Place
from ui.pages.check_panel import CheckPanel
from ui.pages.check_panel_items import FindingItem
from ui.widgets.base import application

CROWD = {"title": "收看大会", "people_offline": 210, "summary": "职工在会议室集中收看直播，会后座谈。" * 4}
SLIP = "五一联欢会（《劳动最光荣"  # a book mark that is never closed


class Desk:
    """The page on a real ledger."""

    def __init__(self, qtbot: QtBot, ledger: Ledger) -> None:
        theme.apply(application(), theme.LIGHT, 1.0)
        self.qtbot, self.ledger = qtbot, ledger
        self.context = a_context(ledger)
        self.context.set_period(periods.quarter(2025, 3))
        self.went: list[Place] = []
        self.well: list[str] = []
        self.context.go_to.connect(self.went.append)
        self.context.went_well.connect(lambda text, _undo: self.well.append(text))
        self.page = CheckPanel(self.context)
        qtbot.addWidget(self.page, before_close_func=self._close)
        self.page.resize(1238, 740)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitExposed(self.page)
        settle()

    def _close(self, page: CheckPanel) -> None:
        """As the window does it."""
        page.keep_unsaved()
        self.ledger.close()

    def texts(self) -> str:
        return "\n".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())

    def item(self, rule: str) -> FindingItem:
        return next(each for each in self.page.items() if each.finding.rule_id == rule)

    def rules(self) -> list[str]:
        return [each.finding.rule_id for each in self.page.items()]

    def wait_for(self, rules: list[str]) -> None:
        self.qtbot.waitUntil(lambda: self.rules() == rules, timeout=20_000)

    def click(self, button: QAbstractButton) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()


@pytest.fixture
def sit(qtbot: QtBot, tmp_path: Path) -> Iterator[object]:
    def sit_down(*activities: Activity, unit: Unit | None = None) -> Desk:
        return Desk(qtbot, a_ledger(tmp_path / "台账", *activities, unit=unit))

    yield sit_down
    settle()


def test_what_must_be_mended_stands_above_what_may_be_explained(sit) -> None:
    desk = sit(an_activity(**CROWD), an_activity(title="没填人次", place="别处", people_offline=None))
    assert desk.rules() == ["H06", "S10"]
    texts = desk.texts()
    assert texts.index("必须改 1 项") < texts.index("提示 1 项")
    assert "HD-2025-0001" in texts and "没填人次" in texts
    assert desk.page.counts.text() == "必须改 1　提示 1　查了 2 条记录"


def test_rule_numbers_are_in_the_tips_only(sit) -> None:
    desk = sit(an_activity(people_offline=None))
    assert "H06" not in desk.texts()
    assert "H06" in desk.item("H06").message.toolTip()


def test_a_draft_without_a_date_says_why_it_is_here_and_how_to_be_rid_of_it(sit) -> None:
    desk = sit(an_activity(people_offline=None), an_activity(title="以后再说", start=None))
    assert desk.texts().count("没有日期，不知道算哪一期") == 1, "not for the one that only lacks its people"
    assert "移到回收站" in desk.texts()


def test_the_findings_of_a_record_stand_as_close_after_a_change_of_text_size(sit) -> None:
    desk = sit(an_activity(people_offline=None, form="", focus=()))
    [card] = desk.page.cards
    for scale in (1.75, 1.0):
        theme.apply(application(), theme.LIGHT, scale)
        settle()
        first, second = card.items[:2]
        assert second.y() - first.geometry().bottom() <= 3, "a line between them, no more"
        above, below = card.body.contentsMargins().top(), card.height() - card.items[-1].geometry().bottom()
        assert abs(below + theme.px(8) - above) <= 2, "as much room below as above"


def test_going_to_the_field_is_one_press_of_the_key_that_has_the_focus(sit) -> None:
    desk = sit(an_activity(people_offline=None))
    button = application().focusWidget()
    assert button is desk.item("H06").go_button
    desk.qtbot.keyClick(button, Qt.Key.Key_Space)
    [place] = desk.went
    assert (place.page, place.field) == ("activities", "people_offline") and place.uid


def test_the_unit_card_has_a_card_of_its_own(sit) -> None:
    desk = sit(an_activity(summary=CROWD["summary"]), unit=Unit(name="某厂工会", contact="赵芳", area="410803"))
    assert [card.accessibleName() for card in desk.page.cards] == [CARD]
    desk.click(desk.page.cards[0].items[0].go_button)
    assert desk.went[0] == Place("settings", field=desk.page.cards[0].items[0].finding.field.removeprefix("unit."))


def test_a_hint_is_settled_by_one_line(sit) -> None:
    desk = sit(an_activity(**CROWD))
    item = desk.item("S10")
    item.reason.setFocus()
    type_chinese(item.reason, "分两个会议室收看，保卫科派人值守")
    desk.qtbot.keyClick(item.reason, Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: "已说明 1" in desk.page.counts.text(), timeout=20_000)

    [(_fingerprint, text)] = list_explanations(desk.ledger).values()
    assert text == "分两个会议室收看，保卫科派人值守"
    assert desk.well == ["核实说明已保存"]
    assert "逻辑正确" in desk.texts(), "nothing is left to do"
    assert application().focusWidget() is desk.item("S10").reason, "the keyboard stays where it was"


def test_an_explanation_can_be_taken_back(sit) -> None:
    desk = sit(an_activity(**CROWD))
    for words in ("已核对", ""):
        reason = desk.item("S10").reason
        reason.setFocus()
        reason.selectAll()
        reason.del_()
        type_chinese(reason, words)
        desk.qtbot.keyClick(reason, Qt.Key.Key_Return)
        expected = f"已说明 {int(bool(words))} / 1"
        desk.qtbot.waitUntil(lambda expected=expected: expected in desk.texts(), timeout=20_000)
    assert list_explanations(desk.ledger) == {}


def test_a_line_that_is_too_long_is_marked_and_kept(sit) -> None:
    desk = sit(an_activity(**CROWD))
    reason = desk.item("S10").reason
    reason.setFocus()
    type_chinese(reason, "核" * 61)
    desk.qtbot.keyClick(reason, Qt.Key.Key_Return)
    settle()
    assert reason.property("state") == "error"
    assert list_explanations(desk.ledger) == {} and reason.text() == "核" * 61


def test_what_is_half_typed_outlives_a_new_check(sit) -> None:
    desk = sit(an_activity(**CROWD))
    desk.item("S10").reason.setFocus()
    type_chinese(desk.item("S10").reason, "写到一半")
    record(desk.ledger, an_activity(title="别处改的", people_offline=None, place="别处"), a_clerk())
    desk.context.changed.emit()
    desk.wait_for(["H06", "S10"])
    assert desk.item("S10").reason.text() == "写到一半"
    assert list_explanations(desk.ledger) == {}, "a line that is being written is not taken for finished"
    assert application().focusWidget() is desk.item("S10").reason


def test_mending_makes_the_finding_go_away_by_itself(sit) -> None:
    desk = sit(an_activity(people_offline=None, summary=CROWD["summary"]))
    [bad] = activity_repository.list_in_period(desk.ledger, periods.quarter(2025, 3))
    record(desk.ledger, bad.with_values(people_offline=76), a_clerk())
    desk.context.changed.emit()
    desk.wait_for([])
    assert "逻辑正确" in desk.texts()
    assert "2025年第三季度（7月1日—9月30日）查了 1 条记录" in desk.texts()
    [onward] = [each for each in desk.page.findChildren(QAbstractButton) if each.text() == "生成报送"]
    desk.click(onward)
    assert desk.went == [Place("submit", field="2025Q3", action="new")]


def test_a_repair_is_one_click_and_one_step_of_undo(sit) -> None:
    wrong, right = next(iter(a_clerk().notice.words.items()))
    desk = sit(an_activity(title=f"学习{wrong}精神", summary=CROWD["summary"]))
    item = desk.item("S19")
    assert item.repair_button is not None and item.repair_button.text() == f"改为“{right}”"
    desk.click(item.repair_button)
    desk.wait_for([])
    [mended] = activity_repository.list_in_period(desk.ledger, periods.quarter(2025, 3))
    assert mended.title == f"学习{right}精神"
    clerk = a_clerk()
    assert history.undo(desk.ledger, now=clerk.now, person=clerk.person)
    [again] = activity_repository.list_in_period(desk.ledger, periods.quarter(2025, 3))
    assert again.title == f"学习{wrong}精神"


def test_an_empty_period_leads_to_a_new_activity(sit) -> None:
    desk = sit()
    desk.click(desk.item("H16").go_button)
    assert desk.went == [Place("activities", action="new")]


def test_typed_text_is_shown_as_it_is(sit) -> None:
    desk = sit(an_activity(title="<b>粗</b>&{}%s", people_offline=None))
    assert "<b>粗</b>&{}%s" in desk.texts()


def test_escape_goes_back_and_f9_checks_again(sit) -> None:
    desk = sit(an_activity())
    with desk.qtbot.waitSignal(desk.page.closed):
        desk.qtbot.keyClick(desk.page, Qt.Key.Key_Escape)
    record(desk.ledger, an_activity(title="刚登记的", people_offline=None, place="别处"), a_clerk())
    desk.page.show_place(Place("checks"))
    settle()
    assert "H06" in desk.rules()


def test_many_findings_are_listed_in_parts(sit) -> None:
    days = [date(2025, 1, 1) + timedelta(days=2 * number) for number in range(70)]
    desk = sit(*(an_activity(start=day, people_offline=None) for day in days))
    desk.context.set_period(periods.year(2025))
    settle()
    assert len(desk.page.cards) == 60
    assert "另有 10 条记录" in desk.texts()
    assert "必须改 70 项" in desk.texts()


def test_a_half_written_explanation_is_kept_when_the_window_closes(sit) -> None:
    desk = sit(an_activity(**CROWD))
    desk.item("S10").reason.setFocus()
    type_chinese(desk.item("S10").reason, "写到一半就关窗口")
    desk.page.keep_unsaved()
    [(_fingerprint, text)] = list_explanations(desk.ledger).values()
    assert text == "写到一半就关窗口"


@pytest.mark.parametrize(("width", "scale"), [(1238, 1.0), (1214, 1.75), (896, 1.0)])
def test_nothing_scrolls_sideways(sit, width: int, scale: float) -> None:
    desk = sit(an_activity(**CROWD), an_activity(people_offline=None))
    desk.page.resize(width, 600)
    theme.apply(application(), theme.DARK, scale)
    desk.page.refresh()
    settle()
    assert desk.page.minimumSizeHint().width() <= width
    assert desk.page.area.horizontalScrollBar().maximum() == 0
    theme.apply(application(), theme.LIGHT, 1.0)
