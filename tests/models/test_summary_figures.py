"""The figures of a summary are those of the forms, each with its records and its rule."""

from datetime import date
from pathlib import Path

import pytest

from models.activity import Role, Status
from models.case_recording import record_case, set_fate
from models.ledger import Ledger
from models.periods import half, year
from models.plan_item import MEETING, PlanItem
from models.planning import save_item
from models.publicity import Exemplar, Work
from models.publicity_repository import EXEMPLARS, WORKS
from models.reports import build
from models.reports.basis import ReportBasis
from models.summary_figures import Figures, figures_of
from models.summary_names import words_for
from tests.factories import NOW, TODAY, a_case, a_clerk, a_ledger, an_activity

NOTICE = a_clerk().notice


def the_figures(ledger: Ledger, period=None) -> Figures:
    return figures_of(ReportBasis(ledger, NOTICE, period or half(2025, 2), TODAY))


def some_activities():
    return (
        an_activity(title="大思政课", form="F1", item="F1-08", quantity=12, focus=("Q1", "Q3"), sessions=3,
                    people_offline=90, people_online=30, ai_use=("video_editing",)),
        an_activity(title="读书", form="F3", people_offline=76, partner_units="示例轮胎公司工会"),
        an_activity(title="收看", form="F3", role=Role.TAKE_PART, people_offline=None, people_online=40, sessions=2),
        an_activity(title="取消的", form="F5", status=Status.CANCELLED, people_offline=999),
        an_activity(title="还没办", form="F5", status=Status.PLANNED, start=date(2025, 11, 3), people_offline=None),
    )  # fmt: skip


def test_totals_follow_the_counting_rules(tmp_path: Path):
    ledger = a_ledger(tmp_path / "台账", *some_activities())
    texts = {name: figure.text for name, figure in the_figures(ledger).items()}
    assert (texts["activities"], texts["hosted"], texts["joined"]) == ("3", "2", "1")
    assert (texts["sessions"], texts["joined_sessions"]) == ("4", "2")
    assert (texts["people"], texts["people_offline"], texts["people_online"]) == ("236", "166", "70")
    assert (texts["F3.activities"], texts["F3.sessions"], texts["F3.people"]) == ("2", "1", "116")
    assert texts["F5.activities"] == "0"
    assert (texts["Q1.activities"], texts["Q3.activities"]) == ("1", "3")
    assert texts["Z5.quantity"] == "12"
    assert (texts["ai_activities"], texts["partner_activities"], texts["plans_open"]) == ("1", "1", "1")
    ledger.close()


def test_totals_are_those_of_the_forms(tmp_path: Path):
    ledger = a_ledger(tmp_path / "台账", *some_activities())
    figures = the_figures(ledger, year(2025))
    table = build("表2", ledger, NOTICE, year(2025), TODAY).tables[0]
    assert table.total
    printed = [cell.value for cell in table.total.cells]
    for name in ("sessions", "people_offline", "people_online"):
        assert int(figures[name].text) in printed
    ledger.close()


def test_each_figure_has_a_rule_and_the_records_behind_it(tmp_path: Path):
    ledger = a_ledger(tmp_path / "台账", *some_activities())
    figures = the_figures(ledger)
    assert all(figure.label and figure.rule.endswith("。") for figure in figures.values())
    assert len(figures["people"].sources) == 3
    assert len(figures["people_online"].sources) == 2
    ledger.close()


def test_cases_works_exemplars_and_meetings_of_the_period_only(tmp_path: Path):
    ledger = a_ledger(tmp_path / "台账")
    clerk = a_clerk()
    day, other = date(2025, 9, 1), date(2025, 3, 1)
    adopted = record_case(ledger, a_case(period_end=day, secret_checked=True), clerk, finalise=True)
    set_fate(ledger, adopted, "adopted", clerk)
    record_case(ledger, a_case(title="另一个案例", period_end=day), clerk, finalise=True)
    record_case(ledger, a_case(title="没写完的案例", period_end=day, insight=""), clerk)
    record_case(ledger, a_case(title="上半年的案例", period_end=other), clerk, finalise=True)
    with ledger.transaction("报道", at=NOW):
        for work in (
            Work(kind="news", title="甲", day=day),
            Work(kind="calligraphy", title="乙", day=day, quantity=18),
            Work(kind="news", title="丙", day=other),
        ):
            WORKS.save(ledger, work, now=NOW)
        for name in ("王建国", "王建国", "孙秀兰"):
            EXEMPLARS.save(ledger, Exemplar(name=name, kind="model_worker", day=day), now=NOW)
    for meeting_day in (date(2025, 7, 10), date(2025, 1, 15), date(2025, 12, 1)):
        save_item(ledger, PlanItem(kind=MEETING, title="", topic="研究", day=meeting_day), clerk)
    texts = {name: figure.text for name, figure in the_figures(ledger).items()}
    assert (texts["cases"], texts["cases_adopted"]) == ("2", "1")
    assert (texts["works"], texts["works.news"], texts["works.calligraphy"]) == ("19", "1", "18")
    assert texts["exemplars"] == "2"
    assert texts["meetings"] == "1"
    ledger.close()


def test_every_activity_has_its_own_figures_that_are_in_no_menu(tmp_path: Path):
    ledger = a_ledger(tmp_path / "台账", *some_activities())
    figures = the_figures(ledger)
    own = figures["HD-2025-0001.people"]
    assert (own.text, own.label, own.group) == ("120", "“大思政课”的参加人次", "")
    ledger.close()


@pytest.mark.parametrize("name", ["people", "meetings", "F1.people", "Q2.activities", "Z5.quantity", "works.news"])
def test_a_figure_is_named_in_words_without_the_ledger(name: str):
    assert "." not in words_for(name, NOTICE)
    assert not words_for(name, NOTICE).isascii()


def test_an_unknown_figure_keeps_its_name():
    assert words_for("nothing", NOTICE) == "nothing"
