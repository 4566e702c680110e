"""Dates as clerks type and read them: 2025.5.1, 5-1, 5月1日, 昨天, 上周五.

Why own code: dateparser (1.5, the well-kept library for free dates) costs 185 ms and 20 MB to import, does not
know 5月1日, 五月一日 or 上周五, and reads 13-1 as 2013年1月9日 and 12-28 as 2012年10月28日. A date that is silently
wrong is worse than one that is refused, so the handful of ways that people here write dates is spelled out below.
"""

import re
import unicodedata
from datetime import date, timedelta

from models.errors import UserError

FIRST_YEAR, LAST_YEAR = 1990, 2100
EXAMPLES = "可写成 2025-5-1、5月1日或昨天"

_DAY_WORDS = {
    "大前天": -3, "前天": -2, "前日": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0,
    "明天": 1, "明日": 1, "后天": 2, "后日": 2, "大后天": 3,
}  # fmt: skip
_WEEK_WORDS = {"上上": -2, "上": -1, "": 0, "本": 0, "这": 0, "下": 1, "下下": 2}
_WEEK_DAY = re.compile(r"(上上|下下|上|本|这|下|)个?(?:周|星期|礼拜)([一二三四五六日天1-7])")
_WEEK_DAYS = {name: index % 7 for index, name in enumerate("一二三四五六日1234567")} | {"天": 6}

_DIGITS = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_CHINESE_NUMBER = re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日])")

_SEPARATOR = r"(?:[-./\\,。、]| |(?<=\d)[年月](?=\d))"  # 。and 、 are what a Chinese input method types for . and \
_FULL = re.compile(rf"(\d{{4}}|\d{{2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})日?")
_SOLID = re.compile(r"(\d{4})(0[1-9]|1[0-2])(\d\d)")  # 1225, but not 2025
_MONTH_DAY = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})日?|(0[1-9]|1[0-2])(\d\d)")  # 1225, but not 2025
_YEAR_MONTH = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})月?")
_MIDNIGHT = re.compile(r" 0?0:00(:00)?$")  # what Excel and WPS append when a date cell is copied as text


def parse_date(text: str, today: date) -> date | None:
    """The day a person means by `text`; None when nothing was typed.

    A date without a year is the one nearest to `today`, so at most about six months away: in January 12-28 is
    last year's, and of two equally near the past one is taken, because most records are of things that took
    place. 25-5-1 is in 2025. Weeks start on Monday. Raises UserError for text that is no date, for days
    that do not exist and for years outside 1990-2100.
    """
    typed = " ".join(unicodedata.normalize("NFKC", text).split())
    if not typed:
        return None
    plain = _MIDNIGHT.sub("", typed)
    plain = re.sub(r" ?([-./\\,。、年月日号]) ?", r"\1", plain).replace("号", "日")
    plain = _CHINESE_NUMBER.sub(lambda match: _arabic(match[0]), plain)
    relative = _relative(plain.replace(" ", ""), today)
    if relative is not None:
        return _in_range(relative)
    if match := _FULL.fullmatch(plain) or _SOLID.fullmatch(plain):
        year, month, day = (int(part) for part in match.groups())
        return _existing(_full_year(year, today), month, day)
    if match := _YEAR_MONTH.fullmatch(plain):
        raise UserError(f"“{_quoted(typed)}”只写到了月，请补上日，例如 {int(match[1])}-{int(match[2])}-1。")
    if match := _MONTH_DAY.fullmatch(plain):
        month, day = (int(part) for part in match.groups() if part)
        return _existing(_nearest_year(month, day, today), month, day)
    raise UserError(f"看不懂“{_quoted(typed)}”这个日期，{EXAMPLES}。")


def format_date(day: date) -> str:
    """2025年10月9日 (GB/T 9704: Arabic numerals, no leading zeros)."""
    return f"{day.year}年{day.month}月{day.day}日"


def format_short(day: date) -> str:
    """9-03, for narrow columns in which the year is known."""
    return f"{day.month}-{day.day:02}"


def format_range(start: date, end: date | None = None, year: int | None = None) -> str:
    """7月1日, 7月1日—3日 or 7月30日—8月2日: nothing is repeated that the reader already knows.

    `year` is the year the reader takes for granted; days of another year carry theirs (2024年7月30日—8月2日).
    Without it the year is left out unless the range runs over New Year (2024年12月30日—2025年1月2日).
    """
    end = end or start
    if start.year != end.year:
        return f"{format_date(start)}—{format_date(end)}"
    prefix = "" if year in (None, start.year) else f"{start.year}年"
    first = f"{prefix}{start.month}月{start.day}日"
    if start == end:
        return first
    return f"{first}—{end.day}日" if start.month == end.month else f"{first}—{end.month}月{end.day}日"


def _relative(text: str, today: date) -> date | None:
    if text in _DAY_WORDS:
        return today + timedelta(days=_DAY_WORDS[text])
    if match := _WEEK_DAY.fullmatch(text):
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(weeks=_WEEK_WORDS[match[1]], days=_WEEK_DAYS[match[2]])
    return None


def _arabic(number: str) -> str:
    """二〇二五 → 2025, 二十一 → 21, 十 → 10."""
    if "十" not in number:
        return "".join(_DIGITS[character] for character in number)
    tens, _, units = number.partition("十")
    return (_DIGITS.get(tens, tens) or "1") + (_DIGITS.get(units, units) or "0")


def days_in_month(year: int, month: int) -> int:
    """28 to 31. `calendar` knows it too, but brings the locale along, which slows every start."""
    return 31 if month == 12 else (date(year, month + 1, 1) - date(year, month, 1)).days


def _full_year(year: int, today: date) -> int:
    """25 → 2025, 98 → 1998: a two-digit year is never more than 20 years ahead."""
    if year > 99:
        return year
    return 2000 + year if 2000 + year <= today.year + 20 else 1900 + year


def _nearest_year(month: int, day: int, today: date) -> int:
    """The year in which this day lies nearest to today; of two equally near the earlier."""
    if not 1 <= month <= 12:
        return today.year

    def distance(year: int) -> int:
        # the 28th stands for days that some years lack: 2-29 is judged as 2-28 and refused later if missing
        return abs((date(year, month, max(1, min(day, 28))) - today).days)

    return min((today.year - 1, today.year, today.year + 1), key=distance)


def _existing(year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserError(f"年份 {year} 不对，只能是 {FIRST_YEAR}—{LAST_YEAR} 年。")
    if not 1 <= month <= 12:
        raise UserError(f"没有 {month} 月，月份是 1—12。")
    last = days_in_month(year, month)
    if not 1 <= day <= last:
        raise UserError(f"{year}年{month}月没有 {day} 日，这个月是 1—{last} 日。")
    return date(year, month, day)


def _in_range(day: date) -> date:
    return _existing(day.year, day.month, day.day)


def _quoted(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"
