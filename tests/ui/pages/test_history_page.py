"""修改记录 on the real window: read, brought back, undone several at once – by keyboard."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from models import activity_repository
from models.activity_query import ActivityQuery
from models.recording import delete, record
from tests.factories import NOW, a_clerk, a_ledger, an_activity
from tests.ui.driver import a_context, settle
from ui import operations, theme
from ui.context import Context, Place
from ui.pages.history_page import HistoryPage
from ui.widgets.base import application


class Desk:
    """The page on a real ledger."""

    def __init__(self, qtbot: QtBot, folder: Path, size: tuple[int, int] = (1238, 700)) -> None:
        theme.apply(application(), theme.LIGHT, 1.0)
        self.qtbot = qtbot
        self.ledger = a_ledger(folder)
        self.context: Context = a_context(self.ledger)
        self.well: list[str] = []
        self.context.went_well.connect(lambda text, _undo: self.well.append(text))
        self.page = HistoryPage(self.context)
        qtbot.addWidget(self.page, before_close_func=lambda _page: self.ledger.close())
        self.page.resize(*size)

    def show(self, place: Place) -> None:
        self.page.show()
        self.page.activateWindow()
        self.qtbot.waitExposed(self.page)
        self.page.show_place(place)
        settle()

    def texts(self) -> str:
        return "\n".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    return Desk(qtbot, tmp_path / "台账")


def test_who_changed_what_is_read_and_an_earlier_version_comes_back(desk: Desk) -> None:
    first = record(desk.ledger, an_activity(title="读书会<b>"), a_clerk())
    record(desk.ledger, first.with_values(people_offline=80), a_clerk(NOW + timedelta(minutes=8)))
    desk.show(Place("history", uid=first.uid))
    said = desk.texts()
    for words in ("今天 09:08", "今天 09:00", "赵芳", "线下参加人次", "76 人次", "80 人次", "新建", "读书会<b>"):
        assert words in said
    [back] = desk.page.restore_buttons
    back.setFocus()
    desk.qtbot.keyClick(back, Qt.Key.Key_Return)
    settle()
    again = activity_repository.get_activity(desk.ledger, first.uid)
    assert again and again.people_offline == 76 and desk.well == ["已恢复成今天 09:00的版本"]
    assert len(desk.page.entries) == 3, "the page follows"
    operations.undo(desk.context)
    settle()
    undone = activity_repository.get_activity(desk.ledger, first.uid)
    assert undone and undone.people_offline == 80


def test_a_deleted_record_says_so_and_comes_back(desk: Desk) -> None:
    first = record(desk.ledger, an_activity(title="读书会"), a_clerk())
    delete(desk.ledger, [first], a_clerk())
    desk.show(Place("history", uid=first.uid))
    assert "移到回收站" in desk.texts()
    desk.page.restore_buttons[0].click()
    settle()
    assert activity_repository.count(desk.ledger, ActivityQuery()) == 1


def test_several_steps_are_undone_at_once(desk: Desk) -> None:
    for number in range(4):
        record(desk.ledger, an_activity(title=f"第{number}次"), a_clerk())
    desk.show(Place("history", action="steps"))
    assert [button.text() for button in desk.page.undo_buttons] == [
        "撤销这一步",
        "撤销到这里（2 步）",
        "撤销到这里（3 步）",
        "撤销到这里（4 步）",
    ]
    target = desk.page.undo_buttons[2]
    target.setFocus()
    desk.qtbot.keyClick(target, Qt.Key.Key_Space)
    settle()
    assert activity_repository.count(desk.ledger, ActivityQuery()) == 1 and desk.well == ["已撤销：3 步"]
    assert [step.label for step in desk.page.steps] == ["新建活动“第0次”"]
    operations.redo(desk.context)
    settle()
    assert len(desk.page.undo_buttons) == 2


def test_what_other_days_did_is_not_offered(desk: Desk) -> None:
    desk.show(Place("history"))
    assert "没有可以撤销的操作" in desk.texts() and desk.page.undo_buttons == []


def test_escape_goes_back(desk: Desk) -> None:
    desk.show(Place("history"))
    with desk.qtbot.waitSignal(desk.page.closed):
        desk.qtbot.keyClick(desk.page, Qt.Key.Key_Escape)


def test_a_record_without_history_and_one_that_is_damaged(desk: Desk) -> None:
    first = record(desk.ledger, an_activity(), a_clerk())
    desk.show(Place("history", uid="nobody"))
    assert "还没有修改记录" in desk.texts()
    desk.ledger.connection.execute("UPDATE change_log SET old = 'no json' WHERE uid = ?", (first.uid,))
    desk.page.show_place(Place("history", uid=first.uid))
    settle()
    assert "修改记录读不出来" in desk.texts()


@pytest.mark.parametrize(("width", "scale"), [(1238, 1.0), (1214, 1.75), (896, 1.0)])
def test_nothing_scrolls_sideways_and_everything_has_a_name(
    qtbot: QtBot, tmp_path: Path, width: int, scale: float
) -> None:
    desk = Desk(qtbot, tmp_path / "台账", (width, 560))
    theme.apply(application(), theme.DARK, scale)
    first = record(desk.ledger, an_activity(summary="很长的简述" * 50), a_clerk())
    record(desk.ledger, first.with_values(summary="另一个很长的简述" * 30, title="改名" * 20), a_clerk())
    for place in (Place("history", uid=first.uid), Place("history")):
        desk.show(place)
        inside = desk.page.area.widget()
        assert inside and inside.minimumSizeHint().width() <= desk.page.area.viewport().width()
        for each in desk.page.findChildren(QAbstractButton):
            assert each.isHidden() or each.text() or each.accessibleName()
    theme.apply(application(), theme.LIGHT, 1.0)
    assert QApplication.focusWidget() is None or desk.page
