"""报送期: what a clerk sees of them and what the file names and the command line make of them."""

from datetime import date

import pytest

from models import periods
from models.errors import UserError
from models.periods import Period, choices_around, parse_period

OCTOBER_10 = date(2025, 10, 10)

# code, label, days in full, days beside the label
KNOWN = [
    ("2025-07", "2025年7月", "2025年7月1日—31日", "7月1日—31日"),
    ("2024-02", "2024年2月", "2024年2月1日—29日", "2月1日—29日"),
    ("2025Q3", "2025年第三季度", "2025年7月1日—9月30日", "7月1日—9月30日"),
    ("2025H1", "2025年上半年", "2025年1月1日—6月30日", "1月1日—6月30日"),
    ("2025H2", "2025年下半年", "2025年7月1日—12月31日", "7月1日—12月31日"),
    ("2025", "2025年", "2025年1月1日—12月31日", "1月1日—12月31日"),
    ("2025S", "2025统计年度", "2024年10月1日—2025年9月30日", "2024年10月1日—2025年9月30日"),
    ("20250701-20250815", "2025年7月1日—8月15日", "2025年7月1日—8月15日", "7月1日—8月15日"),
    (
        "20251215-20260110",
        "2025年12月15日—2026年1月10日",
        "2025年12月15日—2026年1月10日",
        "2025年12月15日—2026年1月10日",
    ),
    ("20250503-20250503", "2025年5月3日", "2025年5月3日", "5月3日"),
]


@pytest.mark.parametrize(("code", "label", "range_text", "short_range"), KNOWN)
def test_a_period_is_written_as_clerks_write_it(code: str, label: str, range_text: str, short_range: str) -> None:
    period = parse_period(code)
    assert (period.label, period.range_text, period.short_range) == (label, range_text, short_range)
    assert period.code == code


def test_each_way_of_making_a_period_gives_its_code() -> None:
    made = [
        periods.month(2025, 12),
        periods.quarter(2025, 4),
        periods.half(2025, 2),
        periods.year(2025),
        periods.statistical_year(2026),
        periods.span(date(2025, 10, 2), date(2025, 12, 30)),
    ]
    assert [period.code for period in made] == ["2025-12", "2025Q4", "2025H2", "2025", "2026S", "20251002-20251230"]


def test_the_statistics_year_starts_on_the_first_of_october() -> None:
    assert periods.statistical_year_of(date(2025, 9, 30)).code == "2025S"
    assert periods.statistical_year_of(date(2025, 10, 1)).code == "2026S"


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_lies_in_its_quarter_and_half(month: int) -> None:
    day = date(2025, month, 15)
    for period in (periods.month_of(day), periods.quarter_of(day), periods.half_of(day), periods.year_of(day)):
        assert period.contains(day)
    assert periods.quarter_of(day).code == f"2025Q{(month - 1) // 3 + 1}"
    assert periods.half_of(day).code == ("2025H1" if month < 7 else "2025H2")


def test_the_first_and_the_last_day_belong_to_a_period_and_their_neighbours_do_not() -> None:
    third = periods.quarter(2025, 3)
    inside = [third.contains(date(2025, *day)) for day in ((6, 30), (7, 1), (9, 30), (10, 1))]
    assert inside == [False, True, True, False]
    assert not third.contains(None)


@pytest.mark.parametrize("code", [code for code, *_ in KNOWN])
def test_the_arrows_go_on_without_gap_and_come_back(code: str) -> None:
    period = parse_period(code)
    assert (period.next().start - period.end).days == 1
    assert (period.start - period.previous().end).days == 1
    assert period.next().previous() == period == period.previous().next()


def test_the_arrows_cross_the_new_year() -> None:
    assert periods.quarter(2025, 4).next().code == "2026Q1"
    assert periods.month(2025, 1).previous().code == "2024-12"
    assert periods.half(2025, 1).previous().code == "2024H2"
    assert periods.statistical_year(2025).next().code == "2026S"


def test_the_days_of_a_quarter_chosen_by_hand_are_that_quarter() -> None:
    """Otherwise a correction of 第三季度 would not be the second version of 第三季度."""
    assert periods.span(date(2025, 7, 1), date(2025, 9, 30)) == periods.quarter(2025, 3)
    assert periods.span(date(2024, 10, 1), date(2025, 9, 30)) == periods.statistical_year(2025)
    assert parse_period("20250101-20251231") == periods.year(2025)


def test_a_range_typed_backwards_is_refused_with_what_to_do() -> None:
    with pytest.raises(UserError, match="早于开始日期，请把两个日期对调"):
        periods.span(date(2025, 8, 15), date(2025, 7, 1))


@pytest.mark.parametrize("typed", ["2025q3", " 2025Q3 ", "２０２５Ｑ３", "2025 Q3"])
def test_small_letters_spaces_and_full_width_do_not_matter(typed: str) -> None:
    assert parse_period(typed) == periods.quarter(2025, 3)


@pytest.mark.parametrize(
    "typed", ["", "abc", "2025Q", "25Q3", "2025Q12", "2025S3", "2025-07-01", "第三季度", "20250701"]
)
def test_what_is_no_period_is_answered_with_the_ways_to_write_one(typed: str) -> None:
    with pytest.raises(UserError, match=r"看不懂报送期.*2025Q3（季度）.*2025S（统计年度"):
        parse_period(typed)


@pytest.mark.parametrize("typed", ["2025Q5", "2025Q0", "2025-13", "2025-0", "2025H3", "20250230-20250301", "0000"])
def test_a_period_that_no_calendar_has_is_named(typed: str) -> None:
    with pytest.raises(UserError, match=f"没有“{typed}”这样的报送期"):
        parse_period(typed)


@pytest.mark.parametrize("typed", ["1989Q4", "2101", "99990101-99991231"])
def test_years_of_other_centuries_are_refused(typed: str) -> None:
    with pytest.raises(UserError, match="1990—2100 年"):
        parse_period(typed)


def test_the_picker_offers_this_quarter_first_and_the_one_just_over_next() -> None:
    offered = choices_around(OCTOBER_10, date(2023, 3, 1), date(2025, 10, 9))
    assert [period.label for period in offered[:2]] == ["2025年第四季度", "2025年第三季度"]
    assert [period.code for period in offered[2:10]] == [
        "2025-10", "2025-09", "2025H2", "2025H1", "2025", "2024", "2026S", "2025S",
    ]  # fmt: skip
    assert [period.code for period in offered[10:]] == [
        "2025Q2", "2025Q1", "2024Q4", "2024Q3", "2024Q2", "2024Q1", "2023",
    ]  # fmt: skip


def test_an_empty_ledger_offers_what_is_current_and_the_quarter_just_over() -> None:
    codes = [period.code for period in choices_around(OCTOBER_10, None, None)]
    assert codes == ["2025Q4", "2025Q3", "2025-10", "2025H2", "2025", "2026S"]


def test_plans_for_next_year_can_be_picked_too() -> None:
    codes = [period.code for period in choices_around(OCTOBER_10, date(2025, 9, 1), date(2026, 2, 3))]
    assert {"2026Q1", "2026"} <= set(codes)
    assert "2025Q2" not in codes


@pytest.mark.parametrize("today", [date(2025, 1, 1), OCTOBER_10, date(2026, 2, 28), date(2025, 12, 31)])
def test_the_picker_never_offers_the_same_twice(today: date) -> None:
    offered: list[Period] = choices_around(today, date(2016, 1, 1), date(2026, 12, 31))
    assert len({period.code for period in offered}) == len(offered)
    assert all(period.start <= date(2026, 12, 31) for period in offered)
