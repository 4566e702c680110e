"""What the calendar shows of a day besides its activities: 休 or 班, lunar day, festival, anniversary.

Three layers, the upper one wins: the libraries (models/lunar_days.py), the notice pack (`[[days]]`), and the clerk's
own mark. A year whose 放假安排 nobody has told us yet claims no 休 and no 班; `known` says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from models.errors import UserError
from models.ledger import Ledger
from models.lunar_days import OFF, WORK, almanac_of, holidays_known
from models.notice import Notice
from models.recording import Clerk
from models.small_record_repository import DAY_MARKS
from models.small_records import DayMark

__all__ = ["OFF", "ORDINARY", "WORK", "DayInfo", "clear_day_mark", "corner_text", "day_info", "days_info",
           "describe_day", "is_rest_day", "is_special", "read_marks", "set_day_mark", "unknown_year_note"]  # fmt: skip

ORDINARY = "none"  # the kind of a clerk's mark that takes 休 and 班 away; a DayInfo then has an empty kind
KIND_LABELS = {OFF: "休", WORK: "班", ORDINARY: "普通日"}

Marks = Mapping[date, DayMark]
_SATURDAY = 5
_LABEL_LIMIT = 20


@dataclass(frozen=True, slots=True)
class DayInfo:
    """A day as the calendar shows it.

    `kind`: off (休), work (班) or empty; a plain weekend is empty with `weekend` True. `name` is the statutory
    holiday that 休 or 班 belongs to (国庆节), `label` what the notice or the clerk wrote on the day. `anniversary` is
    the short text of the first anniversary, `anniversaries` the full text of all. `known`: whether the 放假安排 of
    that year is known. `marked`: whether the clerk's own mark decides.
    """

    day: date
    kind: str = ""
    weekend: bool = False
    name: str = ""
    lunar: str = ""
    lunar_full: str = ""
    term: str = ""
    festival: str = ""
    anniversary: str = ""
    anniversaries: tuple[str, ...] = ()
    label: str = ""
    known: bool = False
    marked: bool = False


def read_marks(ledger: Ledger) -> dict[date, DayMark]:
    """The clerk's marks by day. Read again after every change of the ledger; there are few."""
    return {mark.day: mark for mark in DAY_MARKS.list_all(ledger) if mark.day}


def day_info(day: date, notice: Notice, marks: Marks) -> DayInfo:
    """What the calendar shows of a day. Cheap: the facts of a whole year are kept."""
    info = _noted_year(day.year, notice)[day.timetuple().tm_yday - 1]
    mark = marks.get(day)
    return _marked(info, mark) if mark else info


def days_info(start: date, end: date, notice: Notice, marks: Marks) -> list[DayInfo]:
    """`day_info` for every day from `start` to `end`, both included."""
    return [day_info(start + timedelta(days=number), notice, marks) for number in range((end - start).days + 1)]


def corner_text(info: DayInfo) -> str:
    """What a cell shows at its right: a label or festival, an anniversary, the 节气, else the lunar day."""
    return info.label or info.festival or info.anniversary or info.term or info.lunar


def is_special(info: DayInfo) -> bool:
    """Whether `corner_text` is more than the lunar day (then it is shown in the colour of festivals)."""
    return bool(info.label or info.festival or info.anniversary or info.term)


def describe_day(info: DayInfo) -> str:
    """One line for the day's panel and for a screen reader: 农历八月十五，中秋节，放假（中秋节）."""
    kind = {OFF: "放假", WORK: "调休上班"}.get(info.kind, "")
    if kind and info.name:
        kind = f"{kind}（{info.name}）"
    lunar = f"农历{info.lunar_full}" if info.lunar_full else ""
    parts = [lunar, info.term, info.festival, *info.anniversaries, info.label, kind]
    return "，".join(dict.fromkeys(part for part in parts if part))


def is_rest_day(info: DayInfo) -> bool:
    """Whether people are off: a holiday, or a weekend that is not worked in exchange."""
    return info.kind == OFF or (info.weekend and info.kind != WORK)


def unknown_year_note(year: int, notice: Notice) -> str:
    """The sentence for a year whose 放假安排 is not known; empty for the others."""
    if holidays_known(year) or any(day.year == year for day in notice.days):
        return ""
    return f"{year}年放假安排还没有收录"


def set_day_mark(ledger: Ledger, day: date, kind: str, clerk: Clerk, label: str = "") -> DayMark:
    """Mark a day as off (休), work (班) or none (an ordinary day), as one step of 撤销. Raises UserError for a label
    of more than 20 characters."""
    if kind not in KIND_LABELS:
        raise ValueError(f"no kind of day: {kind}")
    label = " ".join(label.split())
    if len(label) > _LABEL_LIMIT:
        raise UserError(f"日期上的说明最多 {_LABEL_LIMIT} 个字，现在有 {len(label)} 个字。")
    step = f"把{_month_day(day)}标为{KIND_LABELS[kind]}"
    with ledger.transaction(step, at=clerk.now, person=clerk.person):
        old = DAY_MARKS.list_where(ledger, day=day.isoformat())
        mark = DayMark(day, kind, label, uid=old[0].uid if old else "")
        return DAY_MARKS.save(ledger, mark, now=clerk.now, person=clerk.person)


def clear_day_mark(ledger: Ledger, day: date, clerk: Clerk) -> bool:
    """Take the clerk's mark off a day, as one step of 撤销; False when there was none."""
    old = DAY_MARKS.list_where(ledger, day=day.isoformat())
    if not old:
        return False
    with ledger.transaction(f"取消{_month_day(day)}的标记", at=clerk.now, person=clerk.person):
        DAY_MARKS.remove(ledger, [mark.uid for mark in old])
    return True


def _month_day(day: date) -> str:
    return f"{day.month}月{day.day}日"


@lru_cache(maxsize=32)
def _noted_year(year: int, notice: Notice) -> tuple[DayInfo, ...]:
    """The days of a year as the libraries and the notice have them; a notice never changes, so they are kept."""
    first = date(year, 1, 1)
    count = date(year, 12, 31).timetuple().tm_yday
    arranged = any(day.year == year for day in notice.days)
    return tuple(_noted(first + timedelta(days=number), notice, arranged) for number in range(count))


def _noted(day: date, notice: Notice, arranged: bool) -> DayInfo:
    facts = almanac_of(day)
    kind, name, label = facts.kind, facts.name, ""
    if own := notice.days.get(day):
        kind, label = ("" if own.kind == ORDINARY else own.kind), own.label
        name = facts.name if kind and kind == facts.kind else ""
    shorts: list[str] = []
    fulls: list[str] = []
    for one in notice.anniversaries:
        if (one.month, one.day) == (day.month, day.day) and (one.since is None or one.since <= day.year):
            years = f"{day.year - one.since}周年" if one.since and one.since < day.year else ""
            shorts.append((one.short or one.label) + years)
            fulls.append(one.label + years)
    return DayInfo(
        day,
        kind=kind,
        weekend=day.weekday() >= _SATURDAY,
        name=name,
        lunar=facts.lunar,
        lunar_full=facts.lunar_full,
        term=facts.term,
        festival=facts.festival,
        anniversary=shorts[0] if shorts else "",
        anniversaries=tuple(fulls),
        label=label,
        known=facts.known or arranged,
    )


def _marked(info: DayInfo, mark: DayMark) -> DayInfo:
    """The clerk's word stands above all else."""
    kind = "" if mark.kind == ORDINARY else mark.kind
    return DayInfo(
        info.day,
        kind=kind,
        weekend=info.weekend,
        name=info.name if kind and kind == info.kind else "",
        lunar=info.lunar,
        lunar_full=info.lunar_full,
        term=info.term,
        festival=info.festival,
        anniversary=info.anniversary,
        anniversaries=info.anniversaries,
        label=mark.label or info.label,
        known=info.known,
        marked=True,
    )
