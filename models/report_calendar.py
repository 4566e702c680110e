"""The calendar sheets of the wall: what stands on each day of a month, or in each month of a year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DayEntry:
    """Something on a day of the month sheet: `mark` is its sign (●), `time` 9:00 or empty, `place` where there is room.

    `state` is what the mark means in words, for the list that continues a crowded day. `faint` ones do not take place.
    """

    mark: str
    title: str
    time: str = ""
    place: str = ""
    state: str = ""
    faint: bool = False
    uid: str = ""


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A cell of the month sheet.

    `corner` is the small text at its upper right (lunar day, festival), `badge` 休, 班 or empty, `rest` whether people
    are off; `inside` is False for the days of the months before and after, which are printed pale and without entries.
    """

    day: date
    corner: str = ""
    badge: str = ""
    special: bool = False
    rest: bool = False
    inside: bool = True
    entries: tuple[DayEntry, ...] = ()

    @property
    def label(self) -> str:
        """10月9日."""
        return f"{self.day.month}月{self.day.day}日"


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """A month as weeks of seven days, Monday first, with the notes printed under it."""

    weeks: tuple[tuple[MonthDay, ...], ...]
    notes: tuple[str, ...] = ()
    title: str = ""

    def texts(self) -> Iterator[str]:
        """Every text of the sheet."""
        yield from (self.title, *self.notes)
        for day in self.days():
            yield from (str(day.day.day), day.label, day.corner, day.badge)
            for entry in day.entries:
                yield from (entry.mark, entry.time, entry.title, entry.place, entry.state)

    def days(self) -> Iterator[MonthDay]:
        """The cells in reading order."""
        for week in self.weeks:
            yield from week


@dataclass(frozen=True, slots=True)
class YearEntry:
    """Something in a month of the year sheet: `mark` is its sign (●), `when` its day or days (3日, 28日—11月2日),
    empty for a plan without a day.

    `state` is what the mark means in words, `place` where it is, both for the list that continues a crowded month.
    `faint` ones do not take place. `sources` are the records behind it, `uid` the activity that it is, if it is one.
    """

    mark: str
    when: str
    title: str
    place: str = ""
    state: str = ""
    faint: bool = False
    uid: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class YearMonth:
    """A box of the year sheet: `number` 1-12, `corner` says which days are 休 and 班."""

    number: int
    corner: str = ""
    entries: tuple[YearEntry, ...] = ()

    @property
    def label(self) -> str:
        """10月."""
        return f"{self.number}月"


@dataclass(frozen=True, slots=True)
class YearGrid:
    """The twelve months of a year, with the notes printed under them."""

    months: tuple[YearMonth, ...]
    notes: tuple[str, ...] = ()
    title: str = ""

    def texts(self) -> Iterator[str]:
        """Every text of the sheet."""
        yield from (self.title, *self.notes)
        for month in self.months:
            yield from (month.label, month.corner)
            for entry in month.entries:
                yield from (entry.mark, entry.when, entry.title, entry.place, entry.state)
