"""首页 and 条文对照: every figure is what counting the records by hand gives."""

from datetime import date
from pathlib import Path

import pytest

from models import overview_query
from models.activity import Activity
from models.checks import check_period
from models.notice import builtin_notice
from models.overview import clause_coverage, due_period, minutes_for, to_dos, year_overview
from models.periods import quarter, year
from models.samples import SAMPLE_DAY, sample_activities
from tests.factories import TODAY, a_ledger, an_activity


def test_the_year_is_what_counting_by_hand_gives(tmp_path: Path) -> None:
    activities = sample_activities()
    held = [each for each in activities if each.status == "done" and each.start and each.start.year == 2025]
    # A done record with something missing is a draft; it counts, because it took place.
    with a_ledger(tmp_path, *activities) as ledger:
        overview = year_overview(ledger, SAMPLE_DAY)
    assert overview.whole.done == len(held)
    assert overview.whole.people == sum(each.people for each in held)
    assert overview.whole.sessions == sum(each.sessions or 0 for each in held if each.hosted)
    for number, month in enumerate(overview.months, 1):
        own = [each for each in held if each.start and each.start.month == number]
        assert (month.done, month.people_offline) == (len(own), sum(each.people_offline or 0 for each in own))
    assert overview.this_month == overview.months[SAMPLE_DAY.month - 1]
    for code, count in overview.forms.items():
        assert count == sum(1 for each in held if each.form == code)
    assert sum(overview.forms.values()) == sum(1 for each in held if each.form)


@pytest.mark.parametrize(
    "never_counted",
    [
        {"status": "planned", "start": date(2025, 12, 1)},
        {"status": "cancelled"},
        {"start": date(2024, 12, 31)},
        {"start": date(2026, 1, 1), "status": "planned"},
    ],
)
def test_plans_cancelled_and_other_years_are_never_counted_as_held(tmp_path: Path, never_counted: dict) -> None:
    with a_ledger(tmp_path, an_activity(people_offline=10), an_activity(people_offline=500, **never_counted)) as ledger:
        overview = year_overview(ledger, TODAY)
    assert (overview.whole.done, overview.whole.people) == (1, 10)
    assert overview.whole.planned == (1 if never_counted.get("start") == date(2025, 12, 1) else 0)


def test_works_count_in_the_year_they_belong_to(tmp_path: Path) -> None:
    from models.publicity import Work
    from models.publicity_repository import WORKS
    from models.recording import delete, record
    from tests.factories import NOW, a_clerk

    with a_ledger(tmp_path) as ledger:
        last_year = record(ledger, an_activity(start=date(2024, 9, 24)), a_clerk())
        binned = record(ledger, an_activity(title="要删的"), a_clerk())
        this_year = record(ledger, an_activity(title="留着的"), a_clerk())
        works = [
            Work(title="有自己的日期", day=date(2025, 3, 1), activity_uid=last_year.uid),
            Work(title="去年见报", day=date(2024, 12, 31), activity_uid=this_year.uid),
            Work(title="随去年的活动", activity_uid=last_year.uid),
            Work(title="随今年的活动", activity_uid=this_year.uid),
            Work(title="活动已删", activity_uid=binned.uid),
            Work(title="单独登记"),
        ]
        with ledger.transaction("登记", at=NOW):
            for work in works:
                WORKS.save(ledger, work, now=NOW)
        delete(ledger, [binned], a_clerk())
        assert year_overview(ledger, TODAY).works == 3
        assert year_overview(ledger, date(2024, 12, 31)).works == 2


def test_what_lies_in_the_bin_is_counted_nowhere(tmp_path: Path) -> None:
    from models.activity_repository import list_in_period
    from models.recording import delete
    from tests.factories import a_clerk

    with a_ledger(tmp_path, an_activity(), an_activity(title="走访慰问一线职工", start=date(2025, 8, 8))) as ledger:
        delete(ledger, list_in_period(ledger, quarter(2025, 3))[:1], a_clerk())
        assert year_overview(ledger, TODAY).whole.done == 1
        assert overview_query.forms_between(ledger, date(2025, 1, 1), date(2025, 12, 31)) == {"F3": 1}


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2025-10-10", "2025Q3"),
        ("2025-10-15", "2025Q3"),
        ("2025-10-16", "2025Q4"),
        ("2025-12-31", "2025Q4"),
        ("2026-01-03", "2025Q4"),
    ],
)
def test_just_after_a_quarter_it_is_the_one_to_report(day: str, code: str) -> None:
    assert due_period(date.fromisoformat(day)).code == code


def test_what_is_missing_is_told_once_per_record(tmp_path: Path) -> None:
    faulty: Activity = an_activity(people_offline=None, focus=())
    with a_ledger(tmp_path, faulty, an_activity(title="道德讲堂")) as ledger:
        result = check_period(ledger, builtin_notice(), quarter(2025, 3), TODAY)
    [entry] = to_dos(result)
    assert entry.finding.title == faulty.title
    assert entry.more == len(result.hard) - 1
    assert [minutes_for(fields) for fields in (1, 2, 3, 10)] == [1, 1, 2, 5]


def test_the_clauses_never_ask_for_national_tasks(tmp_path: Path) -> None:
    notice = builtin_notice()
    with a_ledger(tmp_path, an_activity(form="F1", item="F1-07", focus=("Q1", "Q3"))) as ledger:
        lines = {line.code: line for line in clause_coverage(ledger, notice, 2025)}
        assert not any(line.count for line in clause_coverage(ledger, notice, 2024))
    assert {line.level for line in lines.values()} <= {"G", "P"}
    assert lines["F1-07"].count == lines["Q1"].count == lines["Q3"].count == 1
    assert lines["Q2"].count == 0
    assert lines["F1-07"].clause in notice.clauses


def test_all_months_together_are_the_year(tmp_path: Path) -> None:
    with a_ledger(tmp_path, *sample_activities()) as ledger:
        whole = year(2025)
        assert overview_query.sums_between(ledger, whole.start, whole.end) == year_overview(ledger, SAMPLE_DAY).whole
