"""表5: every number counted again by hand from the activities, in every kind of period."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from models.activity import Activity, Role, Status
from models.ledger import Ledger
from models.notice import builtin_notice
from models.periods import Period, half, month, quarter, span, statistical_year, year
from models.recording import record_many
from models.report import Report
from models.reports import build
from tests.factories import TODAY, a_clerk, a_ledger, an_activity
from tests.models.random_activities import random_activities

NOTICE = builtin_notice()
COLUMNS = ["序号", "项目", "计量单位", "本期数", "本年累计", "数据来源（活动数）", "备注"]
# Period, and the first day that 本年累计 counts from.
PERIODS = [
    *((month(2025, number), date(2025, 1, 1)) for number in (1, 5, 9)),
    *((quarter(2025, number), date(2025, 1, 1)) for number in (1, 2, 3)),
    (half(2025, 2), date(2025, 1, 1)),
    (year(2025), date(2025, 1, 1)),
    (year(2024), date(2024, 1, 1)),
    (statistical_year(2025), date(2024, 10, 1)),
    (span(date(2024, 12, 3), date(2025, 1, 20)), date(2024, 12, 3)),
    (quarter(2023, 1), date(2023, 1, 1)),
]
MADE = [activity for seed in (5, 55) for activity in random_activities(seed)]
BY_UID = {activity.uid: activity for activity in MADE}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with a_ledger(tmp_path_factory.mktemp("table5")) as ledger:
        record_many(ledger, MADE, a_clerk(), "准备")
        yield ledger


def table5(ledger: Ledger, period: Period) -> Report:
    return build("表5", ledger, NOTICE, period, TODAY)


def amount(activity: Activity, line: int) -> int:
    """What one activity that took place adds to a line, by FORMS 1.4 and 2.4 as a person would read them."""
    item, form = activity.item, activity.form
    people = (activity.people_offline or 0) + (activity.people_online or 0)
    sessions = (activity.sessions or 0) if activity.role in (Role.HOST, Role.CO_HOST) else 0
    made = activity.quantity or 0
    amounts = {
        1: made if item == "F1-04" else 0,
        2: people if item == "F1-04" else 0,
        3: sessions if item in ("F1-05", "F3-08") else 0,
        4: made if item == "F1-06" else 0,
        5: made if item in ("F1-01", "F1-07") else 0,
        6: made if item == "F1-08" else 0,
        7: made if item == "F1-09" else 0,
        8: people if form == "F1" else 0,
        9: sessions if form == "F1" else 0,
        10: people if form == "F1" else 0,
    }
    return amounts[line]


def recount(line: int, first: date, last: date) -> int:
    total = 0
    for activity in MADE:
        if activity.status == Status.DONE and activity.start and first <= activity.start <= last:
            total += amount(activity, line)
    return total


@pytest.mark.parametrize(
    ("period", "since"), PERIODS, ids=lambda value: value.code if isinstance(value, Period) else ""
)
def test_every_number_is_what_a_recount_gives(ledger: Ledger, period: Period, since: date) -> None:
    rows = table5(ledger, period).tables[0].rows
    assert len(rows) == 10
    for line, row in enumerate(rows, 1):
        of_period, of_year, behind = row.cells[3:6]
        assert (row.cells[0].value, of_period.value, of_year.value) == (
            line,
            recount(line, period.start, period.end),
            recount(line, since, period.end),
        )
        for cell, first in ((of_period, period.start), (of_year, since)):
            assert len(set(cell.sources)) == len(cell.sources)
            assert sum(amount(BY_UID[uid], line) for uid in cell.sources) == cell.value
            assert all(first <= (BY_UID[uid].start or date.min) <= period.end for uid in cell.sources)
            assert cell.rule.endswith("。") and "：" in cell.rule
        assert behind.value == len(of_period.sources)
        assert behind.sources == of_period.sources


def test_the_recount_has_something_to_count() -> None:
    assert all(recount(line, date(2025, 1, 1), date(2025, 12, 31)) > 0 for line in range(1, 11))


def test_the_form_is_the_one_of_the_proposal(ledger: Ledger) -> None:
    report = table5(ledger, quarter(2025, 3))
    [table] = report.tables
    assert (report.title, report.orientation) == ("“百千万亿”工作开展情况统计表", "portrait")
    assert ["".join(column.title.split()) for column in table.columns] == COLUMNS
    assert "全国目标数仅供参考，不作为基层指标。" in table.notes
    assert table.total is None
    texts = list(report.texts())
    assert not any("%" in text or "百分" in text or "完成率" in text for text in texts)
    assert any("本年累计为2025年1月1日—9月30日" in note for note in table.notes)


def test_the_remark_names_the_goal_and_what_the_unit_only_took_part_in(tmp_path: Path) -> None:
    own = an_activity(form="F1", item="F1-05", sessions=2)
    guest = an_activity(form="F3", item="F3-08", sessions=3, role=Role.TAKE_PART)
    with a_ledger(tmp_path, own, guest) as ledger:
        rows = table5(ledger, quarter(2025, 3)).tables[0].rows
    school, form = rows[2], rows[8]
    assert (school.cells[3].value, school.cells[5].value) == (2, 1)
    assert school.cells[6].text == "全国目标：开展100场劳模工匠进校园示范活动；另有协办、组织参加 3 场"
    assert len(school.cells[6].sources) == 1
    assert form.cells[6].text == ""


def test_visiting_a_hall_is_not_building_one_and_views_are_not_people(tmp_path: Path) -> None:
    visit = an_activity(form="F1", item="F1-04", quantity=0, people_offline=64, people_online=None, online_views=9000)
    with a_ledger(tmp_path, visit) as ledger:
        rows = table5(ledger, quarter(2025, 3)).tables[0].rows
    assert [row.cells[3].value for row in rows] == [0, 64, 0, 0, 0, 0, 0, 64, 1, 64]
    assert rows[0].cells[5].value == 0


def test_a_sub_item_of_another_notice_is_named_and_its_people_still_count_with_the_form(tmp_path: Path) -> None:
    stranger = an_activity(form="F1", item="GI-3", quantity=8, people_offline=30)
    with a_ledger(tmp_path, stranger) as ledger:
        [table] = table5(ledger, quarter(2025, 3)).tables
    assert [row.cells[3].value for row in table.rows] == [0, 0, 0, 0, 0, 0, 0, 30, 1, 30]
    assert table.notes[-1] == "本年另有 1 项活动的细分项目不在现用通知里（GI-3），其成果数没有计入上表。"


def test_the_rule_of_a_number_says_of_when_of_what_and_how(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(form="F1", item="F1-07", quantity=2)) as ledger:
        row = table5(ledger, quarter(2025, 3)).tables[0].rows[4]
    assert row.cells[3].rule == (
        "2025年7月1日—9月30日，细分项目为开发精品课程（不同群体的精品课）、“大思政课”制作推出："
        "已完成的活动，所填的成果数量相加；没有填成果数量的不计入。"
    )
    assert row.cells[4].rule.startswith("2025年1月1日—9月30日，")


def test_without_records_the_lines_stand_with_zeros(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        [table] = table5(ledger, quarter(2025, 3)).tables
    assert [(row.cells[3].value, row.cells[4].value) for row in table.rows] == [(0, 0)] * 10
    assert len(table.notes) == 3
