"""What a standard form holds, independent of how it is rendered.

A `Report` is the only thing exporters and the preview see. PDF, Excel and the screen may differ in
look, never in a number: each cell carries its value and the uids of the records it was computed from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Value = str | int | Decimal | date | None
Align = Literal["left", "right", "center"]
Orientation = Literal["portrait", "landscape"]

MISSING_TEXT = "未填"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a form.

    `sources` are the uids of the records the value was computed from; `missing` marks a required
    value that nobody has entered yet (previews print 未填 in its place; a submission refuses it).
    """

    value: Value = None
    sources: tuple[str, ...] = ()
    missing: bool = False

    @property
    def text(self) -> str:
        """The value as it is printed: 未填 when missing, empty for None, 2025年7月1日 for a date."""
        if self.missing:
            return MISSING_TEXT
        if self.value is None:
            return ""
        if isinstance(self.value, date):
            return f"{self.value.year}年{self.value.month}月{self.value.day}日"
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `width` is its share of the table's width, in millimetres on A4.

    `hidden` columns exist in the Excel file only (hidden there), so that a ledger sent out can be
    matched with its records when it comes back.
    """

    title: str
    width: float
    align: Align = "left"
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, a cell per column. `uid` names the record it shows, if it shows one."""

    cells: tuple[Cell, ...]
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table with a repeated header, an optional total line and the notes printed under it.

    `empty_text` stands in place of the rows when there are none. `field` names the one field of a record whose
    content the table shows (量化成效 of a case), empty when each line is a record of its own.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    notes: tuple[str, ...] = ()
    title: str = ""
    empty_text: str = "本期无记录"
    field: str = ""

    def printed_columns(self) -> tuple[int, ...]:
        """Indexes of the columns that appear on paper."""
        return tuple(index for index, column in enumerate(self.columns) if not column.hidden)

    def texts(self) -> Iterator[str]:
        """Every text of the table, hidden columns included."""
        yield from (self.title, *self.notes, *(column.title for column in self.columns))
        for row in (*self.rows, *((self.total,) if self.total else ())):
            yield from (cell.text for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Entry:
    """A labelled value of a form's head. `field` names the field of the record where it is typed, if there is one."""

    label: str
    value: Cell
    field: str = ""


@dataclass(frozen=True, slots=True)
class FieldGrid:
    """A ruled grid of labels and values: each line holds one pair over the whole width, or two."""

    lines: tuple[tuple[Entry, ...], ...]
    title: str = ""

    def texts(self) -> Iterator[str]:
        """Every text of the grid."""
        yield self.title
        for entry in self.entries():
            yield from (entry.label, entry.value.text)

    def entries(self) -> Iterator[Entry]:
        """The pairs in reading order."""
        for line in self.lines:
            yield from line


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text under a heading: paragraphs without their indent. `missing` text is required and not there yet."""

    heading: str
    paragraphs: tuple[str, ...]
    field: str = ""
    missing: bool = False

    def texts(self) -> Iterator[str]:
        """The heading and the paragraphs as printed."""
        yield self.heading
        yield from self.printed

    @property
    def printed(self) -> tuple[str, ...]:
        """The paragraphs, or 未填."""
        return (MISSING_TEXT,) if self.missing else self.paragraphs


@dataclass(frozen=True, slots=True)
class SealBox:
    """An empty box to write and stamp in, with `text` at its lower right corner (（盖章） 年 月 日)."""

    title: str
    text: str

    def texts(self) -> Iterator[str]:
        """The heading and the text in the corner."""
        yield from (self.title, self.text)


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


Block = Table | FieldGrid | Prose | SealBox | MonthGrid


@dataclass(frozen=True, slots=True)
class Signature:
    """The signing line: names may be empty, then a blank to sign on is printed."""

    leader: str = ""
    reviewer: str = ""
    filler: str = ""
    phone: str = ""
    filled_on: date | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One standard form, filled.

    `code` is the form's own number (表2), `file_stem` its name for files (活动台账), `unit_code` the
    permanent 基层工会统计编码 or empty, `period_text` e.g. 2025年7月1日—9月30日, `period_code` e.g.
    2025Q3, `version` counts submissions of the same period from 1, `measure` is what the numbers
    count (场、人次), `basis` the legal basis line, `receipt_code` empty until a package exists.
    A form about one record instead of a period gives `info`, the items of the line under the title in place of
    the usual ones, and has the record's name as `period_text`. `signed` is False for a sheet without signing line.
    """

    code: str
    title: str
    file_stem: str
    unit_name: str
    unit_code: str
    period_text: str
    period_code: str
    orientation: Orientation
    blocks: tuple[Block, ...]
    signature: Signature
    basis: str
    form_version: str
    version: int = 1
    measure: str = ""
    receipt_code: str = ""
    info: tuple[str, ...] | None = None
    signed: bool = True

    @property
    def tables(self) -> tuple[Table, ...]:
        """The blocks that are tables."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    def texts(self) -> Iterator[str]:
        """Every text that a rendering of this report prints (for checking that fonts can print it)."""
        yield from (self.code, self.title, self.unit_name, self.unit_code, self.period_text, self.basis)
        yield from (self.measure, self.form_version, self.receipt_code, *(self.info or ()))
        signature = self.signature
        yield from (signature.leader, signature.reviewer, signature.filler, signature.phone)
        for block in self.blocks:
            yield from block.texts()
