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
    """A ruled table with a repeated header, an optional total line and the notes printed under it."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    notes: tuple[str, ...] = ()
    title: str = ""

    def printed_columns(self) -> tuple[int, ...]:
        """Indexes of the columns that appear on paper."""
        return tuple(index for index, column in enumerate(self.columns) if not column.hidden)


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
    """

    code: str
    title: str
    file_stem: str
    unit_name: str
    unit_code: str
    period_text: str
    period_code: str
    orientation: Orientation
    blocks: tuple[Table, ...]
    signature: Signature
    basis: str
    form_version: str
    version: int = 1
    measure: str = ""
    receipt_code: str = ""

    def texts(self) -> Iterator[str]:
        """Every text that a rendering of this report prints (for checking that fonts can print it)."""
        yield from (self.code, self.title, self.unit_name, self.unit_code, self.period_text, self.basis)
        yield from (self.measure, self.form_version, self.receipt_code)
        signature = self.signature
        yield from (signature.leader, signature.reviewer, signature.filler, signature.phone)
        for table in self.blocks:
            yield table.title
            yield from table.notes
            for column in table.columns:
                yield column.title
            for row in (*table.rows, *((table.total,) if table.total else ())):
                for cell in row.cells:
                    yield cell.text
