"""Typing a date: what a clerk means is what the record gets, and nonsense is refused with a sentence."""

from datetime import date, timedelta

import pytest

from models.dates import format_date, format_range, format_short, parse_date
from models.errors import UserError

TODAY = date(2025, 10, 9)  # a Thursday
FIRST_OF_MAY = date(2025, 5, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "2025.5.1", "2025-05-01", "2025/5/1", "20250501", "25.5.1", "2025 5 1", "2025\\5\\1", "2025。5。1",
        "5-1", "5.1", "5/1", "5。1", "5 - 1", "0501", "5月1日", "5月1号", "5月1", "五月一日",
        "2025年5月1日", "2025年5月1号", " 2025 年 5 月 1 日 ", "２０２５年５月１日", "２０２５．５．１",
        "二〇二五年五月一日", "2025/5/1 0:00:00",
    ],
)  # fmt: skip
def test_the_first_of_may_however_it_is_typed(typed: str) -> None:
    assert parse_date(typed, TODAY) == FIRST_OF_MAY


@pytest.mark.parametrize("typed", ["", "   ", "\u3000"])
def test_nothing_typed_is_no_date(typed: str) -> None:
    assert parse_date(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "days"),
    [("今天", 0), ("昨天", -1), ("前天", -2), ("大前天", -3), ("明天", 1), ("后天", 2), ("大后天", 3), (" 昨 天 ", -1)],
)
def test_days_counted_from_today(typed: str, days: int) -> None:
    assert parse_date(typed, TODAY) == TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("上周五", date(2025, 10, 3)),
        ("上星期日", date(2025, 10, 5)),
        ("本周一", date(2025, 10, 6)),
        ("本周三", date(2025, 10, 8)),
        ("周四", TODAY),
        ("这周日", date(2025, 10, 12)),
        ("星期天", date(2025, 10, 12)),
        ("下周一", date(2025, 10, 13)),
        ("下个礼拜六", date(2025, 10, 18)),
        ("上上周5", date(2025, 9, 26)),
    ],
)
def test_days_of_the_week_with_monday_as_the_first(typed: str, meant: date) -> None:
    assert parse_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("today", "typed", "meant"),
    [
        (date(2026, 1, 5), "12-28", date(2025, 12, 28)),
        (date(2025, 12, 30), "1-2", date(2026, 1, 2)),
        (date(2025, 10, 9), "12-28", date(2025, 12, 28)),
        (date(2025, 3, 1), "9-3", date(2024, 9, 3)),
        (date(2025, 3, 10), "9-3", date(2025, 9, 3)),
        (date(2028, 1, 5), "2-29", date(2028, 2, 29)),
    ],
)
def test_a_date_without_year_is_the_nearest_one(today: date, typed: str, meant: date) -> None:
    """In January 12-28 is the end of last year; nobody has to type the year around New Year."""
    assert parse_date(typed, today) == meant


def test_a_date_without_year_is_never_more_than_half_a_year_away() -> None:
    for offset in range(0, 366, 5):
        day = date(2027, 1, 1) + timedelta(days=offset)
        found = parse_date(f"{day.month}-{day.day}", TODAY)
        assert found is not None
        assert abs(found - TODAY) <= timedelta(days=183)


def test_two_digit_years_are_of_this_time() -> None:
    assert parse_date("98.5.1", TODAY) == date(1998, 5, 1)
    assert parse_date("30-12-31", TODAY) == date(2030, 12, 31)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("13-1", "没有 13 月，月份是 1—12。"),
        ("2025-0-5", "没有 0 月，月份是 1—12。"),
        ("2025-2-30", "2025年2月没有 30 日，这个月是 1—28 日。"),
        ("20250631", "2025年6月没有 31 日，这个月是 1—30 日。"),
        ("2-29", "2026年2月没有 29 日，这个月是 1—28 日。"),
        ("5月0日", "2025年5月没有 0 日，这个月是 1—31 日。"),
        ("1880-1-1", "年份 1880 不对，只能是 1990—2100 年。"),
        ("2101年1月1日", "年份 2101 不对，只能是 1990—2100 年。"),
        ("2025年5月", "“2025年5月”只写到了月，请补上日，例如 2025-5-1。"),
        ("下午三点", "看不懂“下午三点”这个日期，可写成 2025-5-1、5月1日或昨天。"),
    ],
)
def test_a_refusal_says_what_is_wrong(typed: str, sentence: str) -> None:
    with pytest.raises(UserError) as refused:
        parse_date(typed, TODAY)
    assert refused.value.message == sentence


@pytest.mark.parametrize(
    "typed",
    [
        "abc",
        "2025",
        "5",
        "5-",
        "-5-1",
        "5-1-25",
        "5--1",
        "2025513",
        "1日",
        "十十月一日",
        "5月1日晚",
        "2025年",
        "1-2-3-4",
    ],
)
def test_what_may_mean_two_things_is_not_guessed(typed: str) -> None:
    with pytest.raises(UserError, match="看不懂"):
        parse_date(typed, TODAY)


def test_a_long_paste_is_not_repeated_in_full() -> None:
    with pytest.raises(UserError) as refused:
        parse_date("这是不小心粘进来的一大段活动简述" * 20, TODAY)
    assert len(refused.value.message) < 80


@pytest.mark.parametrize("day", [date(2025, 10, 9), date(1990, 1, 1), date(2100, 12, 31), date(2028, 2, 29)])
def test_a_date_as_it_is_shown_can_be_typed_back(day: date) -> None:
    assert parse_date(format_date(day), TODAY) == day


def test_dates_are_shown_without_leading_zeros() -> None:
    assert format_date(date(2025, 1, 9)) == "2025年1月9日"
    assert format_short(date(2025, 9, 3)) == "9-03"
    assert format_short(date(2025, 12, 28)) == "12-28"


@pytest.mark.parametrize(
    ("start", "end", "year", "shown"),
    [
        (date(2025, 7, 1), None, 2025, "7月1日"),
        (date(2025, 7, 1), date(2025, 7, 1), 2025, "7月1日"),
        (date(2025, 7, 1), date(2025, 7, 3), 2025, "7月1日—3日"),
        (date(2025, 7, 30), date(2025, 8, 2), 2025, "7月30日—8月2日"),
        (date(2024, 7, 30), date(2024, 8, 2), 2025, "2024年7月30日—8月2日"),
        (date(2024, 7, 30), None, 2025, "2024年7月30日"),
        (date(2024, 12, 30), date(2025, 1, 2), 2025, "2024年12月30日—2025年1月2日"),
        (date(2024, 12, 30), date(2025, 1, 2), None, "2024年12月30日—2025年1月2日"),
        (date(2024, 7, 30), date(2024, 8, 2), None, "7月30日—8月2日"),
    ],
)
def test_a_range_repeats_nothing_the_reader_knows(start: date, end: date | None, year: int | None, shown: str) -> None:
    assert format_range(start, end, year) == shown
