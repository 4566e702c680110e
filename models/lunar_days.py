"""What the almanac says of a day: lunar day, 节气, festivals, and the State Council's 放假安排.

Lunar data comes from lunar_python, holidays from chinese_calendar. Both are tables made once per year, so that a
calendar page asks a dictionary for each of its days. The libraries are loaded by the first question.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

OFF, WORK = "off", "work"

_FIRST_YEAR, _LAST_YEAR = 1900, 2200  # beyond them no almanac is claimed

# The library also names 愚人节, 万圣节 and the like, which no union marks; and it writes 元旦节.
_SOLAR_FESTIVALS = frozenset(
    ("1-1", "3-8", "3-12", "3-15", "5-1", "5-4", "6-1", "7-1", "8-1", "9-10", "10-1")
)  # fmt: skip
_RENAMED = {"元旦节": "元旦"}
_NEW_YEARS_EVE = "除夕"
_QINGMING = "清明"

# What the library calls a holiday → how the clerk's calendar does. Others keep the library's Chinese name.
_HOLIDAY_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
}


@dataclass(frozen=True, slots=True)
class Almanac:
    """The facts of one day. `lunar` is 廿五, on the first day of a month its name (九月, 闰六月);
    `lunar_full` is 八月廿五.

    `kind` is off (休), work (班, a weekend worked in exchange) or empty; `known` tells whether the 放假安排 of the
    year is known at all: an empty kind means nothing where it is not.
    """

    lunar: str = ""
    lunar_full: str = ""
    term: str = ""
    festival: str = ""
    kind: str = ""
    name: str = ""
    known: bool = False


_NOTHING = Almanac()


def almanac_of(day: date) -> Almanac:
    """The facts of a day; empty ones outside 1900–2200."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return _NOTHING
    return _year(day.year)[day.timetuple().tm_yday - 1]


def holidays_known(year: int) -> bool:
    """Whether the library holds the 放假安排 of that year."""
    return year in _arranged_years()


@lru_cache(maxsize=64)
def _year(year: int) -> tuple[Almanac, ...]:
    """The days of a calendar year in order: 365 facts in about five milliseconds."""
    names, festivals = _lunar_days(year)
    terms = _terms(year)
    kinds = _holidays(year)
    known = holidays_known(year)
    first = date(year, 1, 1).toordinal()
    return tuple(
        Almanac(
            *names.get(number, ("", "")),
            term=terms.get(number, ""),
            festival=festivals.get(number) or ("清明节" if terms.get(number) == _QINGMING else ""),
            kind=kinds.get(number, ("", ""))[0],
            name=kinds.get(number, ("", ""))[1],
            known=known,
        )
        for number in range(first, date(year + 1, 1, 1).toordinal())
    )


def _lunar_days(year: int) -> tuple[dict[int, tuple[str, str]], dict[int, str]]:
    """The lunar name (short, full) and the festival of each day that the library's table of the year reaches."""
    library = _lunar_library()
    lunar, solar = _lunar_tables()
    names: dict[int, tuple[str, str]] = {}
    festivals: dict[int, str] = {}
    for month in library.LunarYear.fromYear(year).getMonths():
        first = _ordinal(library, month.getFirstJulianDay())
        number = int(month.getMonth())  # below zero in a leap month
        title = f"{'闰' if number < 0 else ''}{lunar.MONTH[abs(number)]}月"
        for day in range(1, int(month.getDayCount()) + 1):
            name = str(lunar.DAY[day])
            names[first + day - 1] = (title if day == 1 else name, f"{title}{name}")
            if festival := lunar.FESTIVAL.get(f"{number}-{day}"):
                festivals[first + day - 1] = str(festival)
        if number == 12:  # the last month ends with 除夕, whether it has 29 days or 30
            festivals[first + int(month.getDayCount()) - 1] = _NEW_YEARS_EVE
    for key in _SOLAR_FESTIVALS:
        month_number, day_number = (int(part) for part in key.split("-"))
        name = str(solar.FESTIVAL[key])
        place = date(year, month_number, day_number).toordinal()
        both = (_RENAMED.get(name, name), festivals.get(place, ""))  # 2020-10-1 was 国庆节 and 中秋节
        festivals[place] = "、".join(part for part in both if part)
    return names, festivals


def _terms(year: int) -> dict[int, str]:
    """The day of each 节气 → its name. The library's list begins with 大雪 of the year before."""
    library = _lunar_library()
    names: tuple[str, ...] = library.Lunar.JIE_QI_IN_USE
    moments = library.LunarYear.fromYear(year).getJieQiJulianDays()
    in_a_year = 24
    return {_ordinal(library, moment): names[(place - 1) % in_a_year + 1] for place, moment in enumerate(moments)}


def _ordinal(library: Any, julian_day: float) -> int:
    solar = library.Solar.fromJulianDay(julian_day)
    return date(int(solar.getYear()), int(solar.getMonth()), int(solar.getDay())).toordinal()


@lru_cache(maxsize=1)
def _arranged_years() -> frozenset[int]:
    return frozenset(day.year for day in _holiday_tables().holidays)


def _lunar_library() -> Any:
    import lunar_python  # pyright: ignore[reportMissingTypeStubs] - it has none, and is used in this module only

    return lunar_python


def _lunar_tables() -> tuple[Any, Any]:
    from lunar_python.util import LunarUtil, SolarUtil  # pyright: ignore[reportMissingTypeStubs] - as above

    return LunarUtil, SolarUtil


def _holiday_tables() -> Any:
    from chinese_calendar import constants  # pyright: ignore[reportMissingTypeStubs] - as above

    return constants


def _holidays(year: int) -> dict[int, tuple[str, str]]:
    """The days off and the worked weekends of a year: (kind, which holiday it is about)."""
    if year not in _arranged_years():
        return {}
    tables = _holiday_tables()
    found: dict[int, tuple[str, str]] = {}
    for kind, table in ((OFF, tables.holidays), (WORK, tables.workdays)):
        found |= {day.toordinal(): (kind, _holiday_name(name)) for day, name in table.items() if day.year == year}
    return found


def _holiday_name(name: str) -> str:
    """The Chinese name of a holiday as the library calls it."""
    if name in _HOLIDAY_NAMES:
        return _HOLIDAY_NAMES[name]
    return next((str(one.chinese) for one in _holiday_tables().Holiday if one.value == name), "")
