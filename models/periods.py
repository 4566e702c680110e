"""The stretches of time that forms are filled for: month, quarter, half-year, year, 统计年度, any range.

A period knows how it is written (`label`, `range_text`) and what it is called in file names and on the
command line (`code`). Today is always an argument, so that a report made twice is made the same way.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from models.dates import FIRST_YEAR, LAST_YEAR, days_in_month, format_range
from models.errors import UserError

Kind = Literal["month", "quarter", "half", "year", "statistical_year", "range"]

_CODE_HELP = (
    "可写成 2025-07（月）、2025Q3（季度）、2025H1（半年）、2025（全年）、"
    "2025S（统计年度，上年10月1日至本年9月30日）或 20250701-20250815（起止日期）"
)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to `end`, both included. Made by the functions below, not directly."""

    kind: Kind
    start: date
    end: date

    @property
    def label(self) -> str:
        """Its name: 2025年7月, 2025年第三季度, 2025年上半年, 2025年, 2025统计年度; a range is its own name."""
        year = self.end.year
        match self.kind:
            case "month":
                return f"{year}年{self.start.month}月"
            case "quarter":
                return f"{year}年第{'一二三四'[self._number - 1]}季度"
            case "half":
                return f"{year}年{'上下'[self._number - 1]}半年"
            case "year":
                return f"{year}年"
            case "statistical_year":
                return f"{year}统计年度"
            case "range":
                return self.range_text

    @property
    def range_text(self) -> str:
        """Its days in full, for the 报送期 line of a form: 2025年7月1日—9月30日."""
        text = self.short_range
        return text if self.start.year != self.end.year else f"{self.start.year}年{text}"

    @property
    def short_range(self) -> str:
        """Its days without the year, for use beside the label: 7月1日—9月30日 (with years if there are two)."""
        return format_range(self.start, self.end)

    @property
    def code(self) -> str:
        """ASCII name for file names and the command line, read back by `parse_period`."""
        year = self.end.year
        match self.kind:
            case "month":
                return f"{year}-{self.start.month:02}"
            case "quarter":
                return f"{year}Q{self._number}"
            case "half":
                return f"{year}H{self._number}"
            case "year":
                return str(year)
            case "statistical_year":
                return f"{year}S"
            case "range":
                return f"{self.start:%Y%m%d}-{self.end:%Y%m%d}"

    def contains(self, day: date | None) -> bool:
        """Whether `day` lies in the period; a record without a day lies in none."""
        return day is not None and self.start <= day <= self.end

    def previous(self) -> "Period":
        """The period of the same kind just before; for a range, as many days before it."""
        return self._around(self.start - timedelta(days=1), backwards=True)

    def next(self) -> "Period":
        """The period of the same kind just after; for a range, as many days after it."""
        return self._around(self.end + timedelta(days=1), backwards=False)

    def _around(self, day: date, *, backwards: bool) -> "Period":
        """The neighbour that has `day` as its last (backwards) or first day."""
        match self.kind:
            case "month":
                return month_of(day)
            case "quarter":
                return quarter_of(day)
            case "half":
                return half_of(day)
            case "year":
                return year_of(day)
            case "statistical_year":
                return statistical_year_of(day)
            case "range":
                length = self.end - self.start
                return span(day - length, day) if backwards else span(day, day + length)

    @property
    def _number(self) -> int:
        """Which quarter or half of its year it is."""
        months = 3 if self.kind == "quarter" else 6
        return self.end.month // months


def month(year: int, number: int) -> Period:
    """A calendar month, `number` 1-12; as below, ValueError for one that no year has."""
    return _of_months("month", year, number, 1)


def quarter(year: int, number: int) -> Period:
    """A quarter of the calendar year, `number` 1-4."""
    return _of_months("quarter", year, number, 3)


def half(year: int, number: int) -> Period:
    """上半年 (`number` 1) or 下半年 (2)."""
    return _of_months("half", year, number, 6)


def year(number: int) -> Period:
    """A calendar year."""
    return _of_months("year", number, 1, 12)


def statistical_year(number: int) -> Period:
    """The union statistics year: 1 October of the year before to 30 September of year `number`."""
    return Period("statistical_year", date(number - 1, 10, 1), date(number, 9, 30))


def span(start: date, end: date) -> Period:
    """The days from `start` to `end`. Days that make up a named period give that period.

    So 7月1日—9月30日 is the third quarter however it was chosen, and its submissions are versions of
    one another. UserError if `end` lies before `start`.
    """
    if end < start:
        raise UserError("结束日期早于开始日期，请把两个日期对调。")
    # the longest first, so that no name is taken for a part of another
    for of_day in (year_of, statistical_year_of, half_of, quarter_of, month_of):
        named = of_day(end)
        if (named.start, named.end) == (start, end):
            return named
    return Period("range", start, end)


def month_of(day: date) -> Period:
    """The month that `day` lies in."""
    return month(day.year, day.month)


def quarter_of(day: date) -> Period:
    """The quarter that `day` lies in."""
    return quarter(day.year, (day.month + 2) // 3)


def half_of(day: date) -> Period:
    """The half-year that `day` lies in."""
    return half(day.year, (day.month + 5) // 6)


def year_of(day: date) -> Period:
    """The calendar year that `day` lies in."""
    return year(day.year)


def statistical_year_of(day: date) -> Period:
    """The statistics year that `day` lies in: from 1 October on, the one named after the next year."""
    return statistical_year(day.year + (day.month >= 10))


def parse_period(code: str) -> Period:
    """The period that `code` names, e.g. 2025Q3. UserError says which ways of writing are known."""
    typed = "".join(unicodedata.normalize("NFKC", code).upper().split())
    try:
        period = _coded(typed)
    except ValueError as error:
        raise UserError(f"没有“{typed}”这样的报送期。{_CODE_HELP}。") from error
    if period is None:
        raise UserError(f"看不懂报送期“{typed}”。{_CODE_HELP}。")
    if not FIRST_YEAR <= period.start.year <= period.end.year <= LAST_YEAR:
        raise UserError(f"报送期“{typed}”的年份不对，只能是 {FIRST_YEAR}—{LAST_YEAR} 年。")
    return period


def choices_around(today: date, first: date | None, last: date | None) -> list[Period]:
    """What a period picker offers, most likely first, when records run from `first` to `last`.

    This and the previous quarter head the list (forms are filled just after a quarter ends), then this and the
    previous month, half-year, year and statistics year. After them come the other quarters of this year and
    the last and all other years, newest first, as far as there are records. Without records only the current
    periods and the previous quarter are offered.
    """
    current = [
        quarter_of(today),
        month_of(today),
        half_of(today),
        year_of(today),
        statistical_year_of(today),
    ]
    always = {*current, current[0].previous()}
    first_day, last_day = min(first or today, today), max(last or today, today)
    wanted = [each for period in current for each in (period, period.previous())]
    wanted += _back_from(quarter_of(last_day), max(first_day, date(today.year - 1, 1, 1)))
    wanted += _back_from(year_of(last_day), first_day)
    found = [period for period in wanted if period in always or (period.start <= last_day and period.end >= first_day)]
    return list(dict.fromkeys(found))


def _of_months(kind: Kind, year: int, number: int, length: int) -> Period:
    """The `number`-th run of `length` months of a year."""
    last = number * length
    return Period(kind, date(year, last - length + 1, 1), date(year, last, days_in_month(year, last)))


def _back_from(period: Period, first_day: date) -> Iterator[Period]:
    while period.end >= first_day:
        yield period
        period = period.previous()


_NAMED: dict[str, Callable[[int, int], Period]] = {"-": month, "Q": quarter, "H": half}


def _coded(code: str) -> Period | None:
    """None if `code` looks like no period; ValueError if it does, but the calendar has no such one."""
    if match := re.fullmatch(r"(\d{8})-(\d{8})", code, re.ASCII):
        return span(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
    if match := re.fullmatch(r"(\d{4})(S?)", code, re.ASCII):
        return statistical_year(int(match[1])) if match[2] else year(int(match[1]))
    if match := re.fullmatch(r"(\d{4})(?:(-)(\d{1,2})|([QH])(\d))", code, re.ASCII):
        return _NAMED[match[2] or match[4]](int(match[1]), int(match[3] or match[5]))
    return None
