"""Repeating an activity: the days, the records, and changes to this one, this and later, or all."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from models import history
from models.activity import Activity, Status
from models.activity_repository import get_activity, list_deleted
from models.calendar_days import OFF, day_info
from models.errors import UserError
from models.ledger import Ledger
from models.notice import builtin_notice
from models.recording import record
from models.recurrence import LIMIT, Rule, apply_change, delete_series, describe, members, occurrences, repeat
from models.small_records import DayMark
from tests.factories import NOW, a_clerk, a_ledger, an_activity

FRIDAY = date(2025, 9, 12)
info_of = partial(day_info, notice=builtin_notice(), marks={})


def days(rule: Rule, first: date, **options: Any) -> list[str]:
    return [f"{day.month}-{day.day}" for day in occurrences(rule, first, **options)]


@pytest.mark.parametrize(
    ("rule", "first", "expected"),
    [
        (Rule("weekly", count=3), FRIDAY, ["9-12", "9-19", "9-26"]),
        (Rule("weekly", until=date(2025, 9, 26)), FRIDAY, ["9-12", "9-19", "9-26"]),
        (Rule("weekly", until=date(2025, 9, 25), count=9), FRIDAY, ["9-12", "9-19"]),
        (Rule("biweekly", count=3), FRIDAY, ["9-12", "9-26", "10-10"]),
        (Rule("monthly_day", count=4), date(2025, 12, 31), ["12-31", "1-31", "2-28", "3-31"]),
        (Rule("monthly_day", count=3), date(2025, 12, 15), ["12-15", "1-15", "2-15"]),
        (Rule("monthly_weekday", count=4), FRIDAY, ["9-12", "10-10", "11-14", "12-12"]),
        (Rule("monthly_weekday", count=3), date(2025, 8, 29), ["8-29", "9-26", "10-31"]),  # the fifth: the last
        (Rule("quarterly", count=4), date(2025, 8, 31), ["8-31", "11-30", "2-28", "5-31"]),
        (Rule("quarterly", count=1), FRIDAY, ["9-12"]),
    ],
)
def test_the_days_of_a_rule(rule: Rule, first: date, expected: list[str]) -> None:
    assert days(rule, first) == expected


def test_holidays_left_out_or_put_off() -> None:
    # 10-3 is a holiday; the working day after it is 10-9
    assert days(Rule("weekly", count=4, on_rest_day="skip"), FRIDAY, info_of=info_of) == [
        "9-12",
        "9-19",
        "9-26",
        "10-10",
    ]
    put_off = days(Rule("weekly", count=5, on_rest_day="next"), FRIDAY, info_of=info_of)
    assert put_off == ["9-12", "9-19", "9-26", "10-9", "10-10"]
    # a monthly day that falls on a weekend is put off to Monday; a worked Saturday is a working day
    assert days(Rule("monthly_day", count=3, on_rest_day="next"), date(2025, 9, 11), info_of=info_of) == [
        "9-11",
        "10-11",
        "11-11",
    ]
    assert days(Rule("monthly_day", count=2, on_rest_day="next"), date(2025, 9, 18), info_of=info_of) == [
        "9-18",
        "10-20",
    ]
    # who meets on Saturdays means Saturdays
    assert days(Rule("weekly", count=3, on_rest_day="skip"), date(2025, 9, 20), info_of=info_of) == [
        "9-20",
        "9-27",
        "10-11",
    ]


def test_putting_off_never_passes_the_last_day() -> None:
    rule = Rule("weekly", until=date(2025, 10, 5), on_rest_day="next")
    assert days(rule, FRIDAY, info_of=info_of) == ["9-12", "9-19", "9-26"]


def test_the_clerks_own_holidays_count_too() -> None:
    marks = {date(2025, 9, 19): DayMark(date(2025, 9, 19), OFF, "厂庆")}
    own = partial(day_info, notice=builtin_notice(), marks=marks)
    assert days(Rule("weekly", count=2, on_rest_day="skip"), FRIDAY, info_of=own) == ["9-12", "9-26"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule("weekly"), "请填写重复到哪一天，或一共几次。"),
        (Rule("weekly", until=date(2025, 9, 1)), "早于第一次的日期"),
        (Rule("weekly", count=LIMIT + 1), "1 到 200"),
        (Rule("weekly", count=0), "1 到 200"),
        (Rule("weekly", until=date(2099, 1, 1)), "超过 200 次"),
    ],
)
def test_rules_that_cannot_be(rule: Rule, said: str) -> None:
    with pytest.raises(UserError, match=said):
        occurrences(rule, FRIDAY)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Rule("weekly", until=date(2025, 12, 31), on_rest_day="skip"), "每周五，到2025年12月31日，遇节假日跳过"),
        (Rule("biweekly", count=6), "每两周的周五，共6次"),
        (Rule("monthly_day", count=6, on_rest_day="next"), "每月12日，共6次，遇节假日顺延"),
        (Rule("monthly_weekday", count=6), "每月第二个周五，共6次"),
        (Rule("quarterly", count=4), "每三个月的12日，共4次"),
    ],
)
def test_a_rule_in_words(rule: Rule, words: str) -> None:
    assert describe(rule, FRIDAY) == words
    assert "最后一个周五" in describe(Rule("monthly_weekday", count=2), date(2025, 8, 29))


def a_series(ledger: Ledger, **values: Any) -> list[Activity]:
    first = an_activity(title="“工间动起来”", start=date(2025, 10, 3), status=Status.PLANNED, people_offline=None)
    return repeat(ledger, first.with_values(**values), Rule("weekly", count=4), a_clerk())


def test_repeating_makes_real_plans_in_one_step(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        done = record(ledger, an_activity(start=FRIDAY, end=date(2025, 9, 13), effect="反响好", quantity=3), a_clerk())
        made = repeat(ledger, done, Rule("weekly", count=4), a_clerk())
        assert [one.start for one in made] == [
            date(2025, 9, 12),
            date(2025, 9, 19),
            date(2025, 9, 26),
            date(2025, 10, 3),
        ]
        assert len({one.number for one in made}) == 4 and len({one.series for one in made}) == 1
        first, second, *_ = members(ledger, made[0].series)
        assert (first.uid, first.status, first.people_offline) == (done.uid, Status.DONE, 76)
        assert (second.status, second.end, second.place) == (Status.PLANNED, date(2025, 9, 20), done.place)
        assert (second.people_offline, second.effect, second.quantity) == (None, "", None)  # results are not repeated
        step = history.next_undo(ledger)
        assert step and step.label == "重复活动“职工书屋读书分享会”，新增 3 项"
        history.undo(ledger, now=NOW)
        assert members(ledger, made[0].series) == []
        assert get_activity(ledger, done.uid) == done


def test_repeating_a_repetition_adds_to_it(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        made = a_series(ledger)
        repeat(ledger, made[-1], Rule("weekly", count=3), a_clerk())
        assert [one.start.day for one in members(ledger, made[0].series) if one.start] == [3, 10, 17, 24, 31, 7]


def test_no_day_no_repetition(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger, pytest.raises(UserError, match="请先填写活动日期"):
        a_series(ledger, start=None)


@pytest.mark.parametrize(("scope", "places"), [("this", "旧新旧旧"), ("later", "旧新新新"), ("all", "新新新新")])
def test_a_change_reaches_as_far_as_it_was_meant(tmp_path: Path, scope, places: str) -> None:
    with a_ledger(tmp_path) as ledger:
        made = a_series(ledger, place="旧")
        before = made[1]
        count = apply_change(ledger, before, before.with_values(place="新"), scope, a_clerk())
        assert count == places.count("新")
        assert "".join(one.place for one in members(ledger, before.series)) == places
        history.undo(ledger, now=NOW)
        assert "".join(one.place for one in members(ledger, before.series)) == "旧旧旧旧"


def test_a_moved_day_moves_the_later_ones_as_far(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        made = a_series(ledger)
        before = made[1]
        after = before.with_values(start=date(2025, 10, 11), end=date(2025, 10, 12), people_offline=30)
        apply_change(ledger, before, after, "later", a_clerk())
        first, second, third, _fourth = members(ledger, before.series)
        assert first.start == date(2025, 10, 3)
        assert (second.start, second.end, second.people_offline) == (date(2025, 10, 11), date(2025, 10, 12), 30)
        assert (third.start, third.end, third.people_offline) == (date(2025, 10, 18), date(2025, 10, 19), None)


def test_what_took_place_is_left_as_it_was(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        made = a_series(ledger)
        record(ledger, made[0].with_values(status=Status.DONE, people_offline=20), a_clerk())
        apply_change(ledger, made[1], made[1].with_values(title="工间操"), "all", a_clerk())
        assert [one.title for one in members(ledger, made[0].series)] == ["“工间动起来”", "工间操", "工间操", "工间操"]
        said = delete_series(ledger, made[1], "all", a_clerk())
        assert said == "“‘工间动起来’”等 3 项已移到回收站"
        assert [one.uid for one in members(ledger, made[0].series)] == [made[0].uid]
        assert len(list_deleted(ledger)) == 3
        history.undo(ledger, now=NOW)
        assert len(members(ledger, made[0].series)) == 4


@pytest.mark.parametrize(("scope", "left"), [("this", 3), ("later", 2), ("all", 0)])
def test_deleting_this_one_later_ones_or_all(tmp_path: Path, scope, left: int) -> None:
    with a_ledger(tmp_path) as ledger:
        made = a_series(ledger)
        delete_series(ledger, made[2], scope, a_clerk())
        assert len(members(ledger, made[0].series)) == left


def test_an_activity_on_its_own_has_no_others(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        alone = record(ledger, an_activity(), a_clerk())
        other = record(ledger, an_activity(), a_clerk())
        assert apply_change(ledger, alone, alone.with_values(place="新"), "all", a_clerk()) == 1
        assert get_activity(ledger, other.uid) == other
        assert members(ledger, "") == []
