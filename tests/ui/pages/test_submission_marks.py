"""What was submitted and changed since is marked where it is seen: in the lists and on 首页."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from models.activity_repository import list_in_period
from models.case_recording import record_case
from models.case_repository import CASES
from models.ledger import Ledger
from models.recording import record
from models.submission import Way
from models.submitting import register_sent
from tests.factories import NOW, a_clerk
from tests.models.submitted import THIRD, a_ready_ledger, submitted
from tests.ui.driver import a_context, settle
from tests.ui.pages.submission_desk import (
    EARLIER,
    LATER,
    a_page,
    close,
    link_of,
    texts,
    window_of,
)
from ui import theme
from ui.context import Context, Place
from ui.submission_marks import marks_of


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return a_ready_ledger(tmp_path / "台账")


def test_a_submitted_record_that_was_changed_is_marked_and_leads_to_the_correction(qtbot, qapp, ledger: Ledger) -> None:
    kept = submitted(ledger, EARLIER)
    window = window_of(a_page(qtbot, qapp, ledger))
    window.show_place(Place("activities"))
    settle()
    detail = window.page("activities").detail()  # pyright: ignore[reportAttributeAccessIssue]
    qtbot.waitUntil(lambda: "已报送，报后没有改动" in texts(detail))
    own = list_in_period(ledger, THIRD)[-1]
    record(ledger, own.with_values(people_offline=126), a_clerk())
    window.context.changed.emit()
    marks = marks_of(window.context)
    qtbot.waitUntil(lambda: own.uid in marks.marks)
    settle()
    detail.show_record(list_in_period(ledger, THIRD)[-1])
    assert "已报送（2025年第三季度 第1版），报后有改动。" in texts(detail)
    wanted: list[Place] = []
    window.context.go_to.disconnect()
    window.context.go_to.connect(wanted.append)
    link_of(detail, "更正报送").click()
    link_of(detail, "查看报送").click()
    assert wanted == [Place("submit", field="2025Q3", action="new"), Place("submissions", uid=kept.uid)]


def test_a_submitted_case_that_was_changed_is_marked_in_the_list(qtbot, qapp, ledger: Ledger) -> None:
    from dataclasses import replace

    from ui.pages.cases_rows import Column as CaseColumn

    submitted(ledger, EARLIER)
    window = window_of(a_page(qtbot, qapp, ledger))
    window.show_place(Place("cases"))
    settle()
    rows = window.page("cases").list.table.rows  # pyright: ignore[reportAttributeAccessIssue]
    cell = rows.index(0, CaseColumn.STAGE)
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert cell.data(spoken) == "状态 已报送"
    [case] = CASES.list_all(ledger)
    record_case(ledger, replace(case, title="换了名字的微思政课"), a_clerk())
    window.context.changed.emit()
    qtbot.waitUntil(lambda: rows.index(0, CaseColumn.STAGE).data(spoken) == "状态 已报送，报后有改动")
    assert "更正报送" in rows.index(0, CaseColumn.STAGE).data(Qt.ItemDataRole.ToolTipRole)


def a_home(qtbot, qapp, ledger: Ledger) -> tuple[Context, QWidget, list[Place]]:
    context = a_context(ledger)
    from ui.pages.home import HomePage

    theme.apply(qapp, theme.LIGHT, 1.0)
    page = HomePage(context)
    qtbot.addWidget(page, before_close_func=lambda closing: close(closing, ledger))
    wanted: list[Place] = []
    context.go_to.connect(wanted.append)
    page.resize(1200, 800)
    page.show()
    qtbot.waitUntil(lambda: page.data is not None)
    return context, page.submission, wanted


def test_home_tells_the_last_submission_and_the_way_on(qtbot, qapp, ledger: Ledger) -> None:
    context, card, wanted = a_home(qtbot, qapp, ledger)
    action = card.action  # pyright: ignore[reportAttributeAccessIssue]
    assert "还没有报送过" in card.accessibleName()
    action.click()
    kept = submitted(ledger, LATER, sent=False)
    context.changed.emit()
    qtbot.waitUntil(lambda: action.text() == "去寄出")
    assert "上次报送：2025年第三季度 第1版，10月10日生成 · 还没有寄出" in card.accessibleName()
    action.click()
    register_sent(ledger, kept, Way.USB, NOW)
    context.changed.emit()
    qtbot.waitUntil(lambda: action.text() == "查看")
    assert f"10月10日寄出，回执码 {kept.receipt_code}" in card.accessibleName()
    action.click()
    for number, activity in enumerate(list_in_period(ledger, THIRD)):
        record(ledger, activity.with_values(people_offline=200 + number), a_clerk())
    context.changed.emit()
    qtbot.waitUntil(lambda: action.text() == "更正报送")
    assert card.accessibleName().endswith("报送后改了 2 条")
    action.click()
    assert wanted == [
        Place("submit", action="new"),
        Place("submit", uid=kept.uid),
        Place("submissions", uid=kept.uid),
        Place("submit", field="2025Q3", action="new"),
    ]
