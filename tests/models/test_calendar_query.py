"""What the calendar finds, checked against plain Python over the same records."""

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from models import history
from models.activity import Activity, Stage, Status
from models.calendar_query import (
    by_day,
    entry_of,
    list_activities,
    list_between,
    list_overdue,
    months_of_year,
    upcoming,
)
from models.recording import delete, record, record_many
from tests.factories import NOW, TODAY, a_clerk, a_ledger, an_activity

OCTOBER = (date(2025, 9, 29), date(2025, 11, 9))


def some_activities(count: int = 400) -> list[Activity]:
    generator = random.Random(11)
    made: list[Activity] = []
    for number in range(count):
        start = date(2024, 10, 1) + timedelta(days=generator.randrange(500))
        length = generator.choice((0, 0, 0, 1, 3, 20, 61, 62, 63, 200, 500))
        made.append(
            an_activity(
                title=f"第{number}项",
                start=start,
                end=start + timedelta(days=length) if length else None,
                status=generator.choice((Status.PLANNED, Status.DONE, Status.CANCELLED)),
            )
        )
    return made


@pytest.mark.parametrize("start", [date(2024, 9, 1), date(2025, 3, 15), date(2025, 12, 29), date(2027, 1, 1)])
def test_every_activity_with_a_day_in_the_month_is_found_once(tmp_path: Path, start: date) -> None:
    made = some_activities()
    end = start + timedelta(days=41)
    with a_ledger(tmp_path) as ledger:
        record_many(ledger, made, a_clerk(), "准备")
        found = list_between(ledger, start, end)
    expected = [one.title for one in made if one.start and one.last_day and one.start <= end and one.last_day >= start]
    assert sorted(entry.title for entry in found) == sorted(expected)
    assert [entry.start for entry in found] == sorted(entry.start for entry in found)


def test_a_change_to_a_year_long_activity_shows_at_once(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        assert list_between(ledger, *OCTOBER) == []
        saved = record(ledger, an_activity(start=date(2025, 1, 1), end=date(2025, 12, 31)), a_clerk())
        assert [entry.uid for entry in list_between(ledger, *OCTOBER)] == [saved.uid]
        record(ledger, saved.with_values(title="全年开放"), a_clerk())
        assert [entry.title for entry in list_between(ledger, *OCTOBER)] == ["全年开放"]
        shorter = record(ledger, saved.with_values(end=date(2025, 6, 30)), a_clerk())
        assert list_between(ledger, *OCTOBER) == []
        history.undo(ledger, now=NOW)
        assert len(list_between(ledger, *OCTOBER)) == 1
        delete(ledger, [shorter], a_clerk())
        assert list_between(ledger, *OCTOBER) == []
        history.undo(ledger, now=NOW)
        assert len(list_between(ledger, *OCTOBER)) == 1


def test_an_activity_of_several_days_stands_on_each_of_them(tmp_path: Path) -> None:
    three_days = an_activity(title="三天", start=date(2025, 9, 28), end=date(2025, 9, 30))
    morning = an_activity(title="上午", start=date(2025, 9, 30), start_time="08:30")
    whole_day = an_activity(title="全天", start=date(2025, 9, 30))
    with a_ledger(tmp_path, three_days, morning, whole_day, an_activity(title="没有日期", start=None)) as ledger:
        entries = list_between(ledger, *OCTOBER)
        days = by_day(entries, *OCTOBER)
    assert {day.day: [entry.title for entry in found] for day, found in days.items()} == {
        29: ["三天"],
        30: ["三天", "全天", "上午"],
    }
    assert entries[0].days == 3


def test_an_end_before_the_start_counts_as_one_day(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(start=date(2025, 10, 5), end=date(2025, 10, 1))) as ledger:
        (entry,) = list_between(ledger, *OCTOBER)
    assert (entry.days, entry.last_day) == (1, date(2025, 10, 5))


def test_overdue_plans_oldest_first_and_only_after_their_last_day(tmp_path: Path) -> None:
    def a_plan(title: str, start: date, end: date | None = None) -> Activity:
        return an_activity(title=title, start=start, end=end, status=Status.PLANNED, people_offline=None)

    plans = (
        a_plan("上周", date(2025, 10, 3)),
        a_plan("还在办", date(2025, 10, 8), date(2025, 10, 10)),
        a_plan("最早", date(2025, 8, 1), date(2025, 8, 20)),
        a_plan("今天", TODAY),
        a_plan("下周", date(2025, 10, 16)),
    )
    with a_ledger(tmp_path, *plans, an_activity(title="办完了", start=date(2025, 9, 1))) as ledger:
        assert [entry.title for entry in list_overdue(ledger, TODAY)] == ["最早", "上周"]
        assert [entry.title for entry in upcoming(ledger, TODAY, 7)] == ["还在办", "今天", "下周"]
        assert [entry.title for entry in upcoming(ledger, TODAY, 6)] == ["还在办", "今天"]
        (gone,) = list_between(ledger, date(2025, 10, 3), date(2025, 10, 3))
        assert gone.is_overdue(TODAY) and gone.stage == Stage.PLANNED


def test_the_year_by_months(tmp_path: Path) -> None:
    made = some_activities()
    with a_ledger(tmp_path) as ledger:
        record_many(ledger, made, a_clerk(), "准备")
        months = months_of_year(ledger, 2025)
    assert [month.month for month in months] == list(range(1, 13))
    for month in months:
        here = [one for one in made if one.start and (one.start.year, one.start.month) == (2025, month.month)]
        assert sorted(entry.title for entry in month.entries) == sorted(one.title for one in here)
        assert month.planned == sum(one.status == Status.PLANNED for one in here)
        assert month.done == sum(one.status == Status.DONE for one in here)
        assert month.count(Stage.CANCELLED) == sum(one.status == Status.CANCELLED for one in here)
        assert month.count() == len(here)


def test_one_entry_and_whole_records(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        late = record(ledger, an_activity(start=date(2025, 10, 9)), a_clerk())
        early = record(ledger, an_activity(start=date(2025, 10, 8)), a_clerk())
        assert list_activities(ledger, *OCTOBER) == [early, late]
        delete(ledger, [late], a_clerk())
        assert entry_of(ledger, late.uid) is None
        entry = entry_of(ledger, early.uid)
        assert entry and (entry.title, entry.place, entry.number) == (early.title, early.place, early.number)


def test_a_second_reader_sees_the_same(tmp_path: Path) -> None:
    """A worker thread has a connection of its own, which cannot write."""
    with a_ledger(tmp_path, an_activity(start=date(2025, 1, 1), end=date(2025, 12, 31))) as ledger:
        reader = ledger.reader()
        assert len(list_between(reader, *OCTOBER)) == 1
        reader.close()


def test_the_month_asks_only_for_its_stretch_of_the_index(tmp_path: Path) -> None:
    """No query of the month reads the ledger through; measured by SQLite's own plan, not by the clock."""
    with a_ledger(tmp_path) as ledger:
        list_between(ledger, *OCTOBER)  # what is remembered once
        plans: list[str] = []
        ledger.connection.set_trace_callback(plans.append)
        list_between(ledger, *OCTOBER)
        ledger.connection.set_trace_callback(None)
        steps = [
            row[3]
            for text in plans
            for row in ledger.connection.execute(f"EXPLAIN QUERY PLAN {text}")
            if "SELECT" in text
        ]
    assert any("activity_by_sort_id" in step for step in steps)
    assert not [step for step in steps if step.startswith("SCAN activity")]
