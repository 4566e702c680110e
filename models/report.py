"""What a standard form holds, independent of how it is rendered.

A `Report` is the only thing exporters and the preview see. PDF, Excel, Word and the screen may differ in
look, never in a number: each cell carries its value and the uids of the records it was computed from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from models.report_blocks import (
    MISSING_TEXT,
    Align,
    Cell,
    Chart,
    Column,
    Document,
    Entry,
    FieldGrid,
    Paragraph,
    ParagraphStyle,
    Passage,
    Picture,
    PictureSheet,
    Prose,
    Row,
    SealBox,
    Table,
    Value,
)
from models.report_calendar import DayEntry, MonthDay, MonthGrid, YearEntry, YearGrid, YearMonth

__all__ = [
    "MISSING_TEXT",
    "Align",
    "Block",
    "Cell",
    "Chart",
    "Column",
    "DayEntry",
    "Document",
    "Entry",
    "FieldGrid",
    "MonthDay",
    "MonthGrid",
    "Orientation",
    "Paragraph",
    "ParagraphStyle",
    "Passage",
    "Picture",
    "PictureSheet",
    "Prose",
    "Report",
    "Row",
    "SealBox",
    "Signature",
    "Table",
    "Value",
    "YearEntry",
    "YearGrid",
    "YearMonth",
]

Orientation = Literal["portrait", "landscape"]
Block = Table | FieldGrid | Prose | SealBox | PictureSheet | Document | MonthGrid | YearGrid


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
    `qr_text` is the content of a QR code printed at the upper right corner of a form to fill in by hand, empty for
    none. `following` are more forms of the same kind (表1 of the next activity), each beginning a page of its own
    with its own title, signing line and page numbers; their own `following` is empty.
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
    qr_text: str = ""
    following: tuple["Report", ...] = ()

    @property
    def sheets(self) -> tuple["Report", ...]:
        """The form itself and those that follow it, in the order of printing."""
        return (self, *self.following)

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
        for report in self.following:
            yield from report.texts()
