"""What there is for each form in a period: in the list, in the period picker, and where a form has nothing to show."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models import periods
from models.activity import Status
from models.case_recording import record_case
from models.notice import builtin_notice
from models.plan_item import PlanItem
from models.planning import save_item
from models.reports import BUILDERS
from models.reports.basis import ReportBasis
from tests.factories import TODAY, a_case, a_clerk, a_ledger, a_sample_ledger, an_activity
from tests.ui.driver import settle
from tests.ui.pages.report_desk import Desk
from ui.context import Place
from ui.pages.report_amounts import Amounts
from ui.pages.report_forms import offered_forms

NO_RECORDS = "（无记录）"


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """The sample ledger of 2025, third quarter."""
    yield Desk(qtbot, a_sample_ledger(tmp_path / "台账"), tmp_path)
    settle()


@pytest.mark.parametrize("period", [periods.quarter(2025, 3), periods.year(2025), periods.statistical_year(2025)])
def test_the_list_counts_as_the_forms_do(tmp_path: Path, period: periods.Period) -> None:
    notice = builtin_notice()
    with a_sample_ledger(tmp_path / "台账") as ledger:
        forms, amounts = offered_forms(notice), Amounts(ledger, TODAY)
        basis = ReportBasis(ledger, notice, period, TODAY)
        counted = {key: amounts.of(forms[key], period).count for key in BUILDERS}
        made = {key: BUILDERS[key](basis) for key in ("表1", "表2", "表3", "表4", "表8")}
        assert counted["表1"] == len(made["表1"].sheets) > 1
        assert counted["表3"] == len(made["表3"].sheets)
        for key in ("表2", "表4", "表8"):
            assert counted[key] == len(made[key].tables[0].rows), key
        assert counted["表2"] and counted["表4"]
        assert counted["表7"] == len(basis.works.records) + len(basis.exemplars.records)


def test_each_form_tells_how_it_is_printed_and_how_long_it_is(desk: Desk) -> None:
    hints = {key: desk.page.forms.entry(key).hint for key in desk.page.offered}
    assert hints["表1"] == "竖版 · 14 份"
    assert hints["表2"] == "横版 · 14 条"
    assert hints["表3"] == "竖版 · 2 篇"
    assert hints["表6"] == "横版"
    assert hints["表9"] == "公文 · 未起草"
    assert hints["空白表1"] == "手填"
    assert all(entry.accessibleDescription() == entry.hint for entry in map(desk.page.forms.entry, hints))


def test_a_form_without_records_is_pale_and_can_still_be_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot, a_ledger(tmp_path / "台账", an_activity()), tmp_path)
    entry = desk.page.forms.entry("表4")
    assert entry.pale and entry.hint == "横版 · 本期无记录"
    desk.choose("表4")
    assert desk.page.empty.isVisible()


@pytest.mark.parametrize(
    ("key", "sentence", "button", "place"),
    [
        ("表1", "还没有已完成的活动", "新建活动", Place("activities", action="new")),
        ("表3", "还没有案例", "写案例", Place("cases", action="new")),
        ("表4", "还没有案例", "写案例", Place("cases", action="new")),
        ("表7", "没有登记报道、作品和典型", "去活动", Place("activities")),
        ("表8", "2025年还没有计划", "排计划", Place("calendar", action="year")),
    ],
)
def test_where_there_is_nothing_the_page_says_what_is_lacking_and_leads_there(
    qtbot: QtBot, tmp_path: Path, key: str, sentence: str, button: str, place: Place
) -> None:
    desk = Desk(qtbot, a_ledger(tmp_path / "台账"), tmp_path)
    desk.choose(key)
    assert desk.page.empty.isVisible() and sentence in desk.page.empty.accessibleName()
    assert desk.page.empty.button.text() == button
    assert not any(each.isEnabled() for each in desk.page.outputs)
    desk.click(desk.page.empty.button)
    assert desk.went == [place]


def test_the_periods_are_marked_by_what_the_form_needs(qtbot: QtBot, tmp_path: Path) -> None:
    ledger = a_ledger(tmp_path / "台账", an_activity(), an_activity(title="没办成", status=Status.CANCELLED))
    desk = Desk(qtbot, ledger, tmp_path)

    def chosen_period() -> str:
        return desk.page.period.box.currentText()

    assert chosen_period() == "2025年第三季度"
    desk.choose("表3")
    assert chosen_period() == f"2025年第三季度{NO_RECORDS}", "there are activities, but no case"
    record_case(ledger, a_case(period_end=periods.quarter(2025, 3).end), a_clerk())
    desk.context.changed.emit()
    assert chosen_period() == "2025年第三季度"

    desk.context.set_period(periods.quarter(2026, 1))
    settle()
    desk.choose("表8")
    assert chosen_period().endswith(NO_RECORDS)
    save_item(ledger, PlanItem(title="元宵灯会", month="2026-03"), a_clerk())
    desk.context.changed.emit()
    assert chosen_period() == "2026年第一季度", "the plan of the year begins to exist"


def test_going_through_forms_and_periods_quickly_shows_the_last_one(desk: Desk) -> None:
    page = desk.page
    for key in ("表1", "表5", "月历", "表6"):
        page.choose_form(key)
        page.context.set_period(periods.month(2025, 8))
        page.context.set_period(periods.quarter(2025, 2))
    settle()
    assert page.shown and page.shown.wanted.form.key == "表6"
    assert page.shown.report.period_code == "2025Q2"
    assert not page.progress.isVisible() and not page.work.running


def test_a_long_form_says_how_far_it_is_and_can_be_stopped(qtbot: QtBot, tmp_path: Path) -> None:
    many = [an_activity(title=f"活动{number}") for number in range(120)]
    desk = Desk(qtbot, a_ledger(tmp_path / "台账", *many), tmp_path)
    page, steps = desk.page, list[str]()
    page.work.progressed.connect(lambda words, _done, _total: steps.append(words))
    page.work._slow.setInterval(0)  # as if it had lasted a second
    page.choose_form("表1")
    qtbot.waitUntil(lambda: any("/ 120 份" in step for step in steps), timeout=20_000)
    assert page.progress.isVisible()
    page.progress.stopped.emit()
    settle()
    assert page.stopped.isVisible() and not page.progress.isVisible()
    assert not page.pdf_button.isEnabled(), "what is shown is not the form that was chosen"
    desk.click(page.stopped.button)
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.wanted.form.key == "表1", timeout=60_000)
    assert page.preview.isVisible() and page.shown and len(page.shown.report.sheets) == 120
