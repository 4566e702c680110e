"""What a form is made of: cells with their sources, tables, grids, text, photos; laid out by the exporters."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

Value = str | int | Decimal | date | None
Align = Literal["left", "right", "center"]

MISSING_TEXT = "未填"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a form.

    `sources` are the uids of the records the value was computed from, `rule` the sentence that says how (口径);
    `missing` marks a required value that nobody has entered yet (previews print 未填 in its place; a submission
    refuses it).
    """

    value: Value = None
    sources: tuple[str, ...] = ()
    missing: bool = False
    rule: str = ""

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
class Chart:
    """A bar chart of a table's rows, drawn by Excel beside the table and nowhere else: the numbers are in the table.

    `labels` and `values` are indexes of columns. `rows` is how many rows from the first it shows, 0 for all; the
    total line is never part of it.
    """

    title: str
    labels: int
    values: tuple[int, ...]
    rows: int = 0


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
    charts: tuple[Chart, ...] = ()

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
    """A labelled value of a form's head. `field` names the field of the record where it is typed, if there is one.

    `room` is the least number of lines that its box has, to write in by hand or as the eye expects of a long text.
    """

    label: str
    value: Cell
    field: str = ""
    room: int = 1


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
class Picture:
    """A photo of a record: `file` its JPEG in the ledger's folder (it may have gone missing), `caption` what it shows.

    `width` and `height` are its pixels, 0 when not known.
    """

    file: Path
    caption: str
    width: int = 0
    height: int = 0
    uid: str = ""


@dataclass(frozen=True, slots=True)
class PictureSheet:
    """Photos with captions on pages of their own (照片附页), `per_page` on each."""

    pictures: tuple[Picture, ...]
    title: str = "照片附页"
    per_page: int = 2

    def texts(self) -> Iterator[str]:
        """The title and the captions."""
        yield self.title
        yield from (picture.caption for picture in self.pictures)


ParagraphStyle = Literal["title", "address", "heading1", "heading2", "heading3", "body", "attachment", "closing"]
"""How GB/T 9704-2012 sets a paragraph: 标题, 主送机关, 一、, （一）, 1., 正文, 附件说明, 落款 (署名 and 成文日期)."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of running text: words, or a figure computed from the records `sources` by `rule`.

    `figure` is the figure's name, empty for words; `missing` marks a place that still has to be written.
    """

    text: str
    figure: str = ""
    sources: tuple[str, ...] = ()
    rule: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph without its indent. `field` names the field of the record where it is typed, if there is one."""

    passages: tuple[Passage, ...]
    style: ParagraphStyle = "body"
    field: str = ""

    @property
    def text(self) -> str:
        """The words as printed."""
        return "".join(passage.text for passage in self.passages)


@dataclass(frozen=True, slots=True)
class Document:
    """An official letter or summary (公文) in the look of GB/T 9704-2012, from its title to its 落款."""

    paragraphs: tuple[Paragraph, ...]

    def texts(self) -> Iterator[str]:
        """The paragraphs as printed."""
        yield from (paragraph.text for paragraph in self.paragraphs)
