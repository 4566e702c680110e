"""A ruled table measured for one width: its cells broken into lines, its rows as high as they need.

Everything is measured once; drawing only places the lines. Equal texts in a column are broken once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from exporters.pdf.linebreak import wrap, wrap_balanced
from exporters.pdf.paint import RED, Painter, TextStyle
from exporters.progress import ProgressMeter
from exporters.text import printable
from models.report import Align, Cell, Row, Table

PAD_X = 3.0
LEAST_PAD_X = 1.5  # a header is centred and needs less, and so does what would have to be set smaller
PAD_Y = 2.5
RULE = 0.5
CONTINUED = "（续）"
_NUMBER = re.compile(r"[+-]?\d[\d,.]{0,17}[%‰]?")

Kind = Literal["head", "row", "total", "empty"]


@dataclass(frozen=True, slots=True)
class TableLook:
    """The three styles of a table's text; they share size and leading."""

    normal: TextStyle
    bold: TextStyle
    missing: TextStyle

    @classmethod
    def of(cls, normal: TextStyle) -> "TableLook":
        bold = TextStyle(normal.chain, normal.size, normal.leading, bold=True)
        missing = TextStyle(normal.chain, normal.size, normal.leading, bold=True, colour=RED)
        return cls(normal, bold, missing)


@dataclass(frozen=True, slots=True)
class GridRow:
    """A measured row. `cells` holds the lines of each printed column, `lines` the most of them."""

    kind: Kind
    cells: tuple[list[str], ...]
    lines: int
    source: Row | None = None


@dataclass(frozen=True, slots=True)
class RowPart:
    """The lines `first` to `last` - 1 of a row: all of them, or those that fit on a page."""

    row: GridRow
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Box:
    """Where a row, or a part of one, was drawn: its upper edge from the page's top, and its height."""

    row: GridRow
    top: float
    height: float


class GridTable:
    """A table laid out for `width` points."""

    def __init__(self, table: Table, width: float, look: TableLook, meter: ProgressMeter) -> None:
        self.look = look
        self.field = table.field
        self.printed = table.printed_columns()
        columns = [table.columns[index] for index in self.printed]
        share = width / sum(column.width for column in columns)
        self.widths = [column.width * share for column in columns]
        self.edges = [0.0]
        for column_width in self.widths:
            self.edges.append(self.edges[-1] + column_width)
        self._aligns: list[Align] = [column.align for column in columns]
        self._limits = [self._limit(column_width, PAD_X) for column_width in self.widths]
        self._broken: list[dict[str, list[str]]] = [{} for _ in columns]
        self.head = self._head_row([column.title for column in columns])
        self.rows = [self._body_row("row", row, meter) for row in table.rows]
        self.total = self._body_row("total", table.total, meter) if table.total else None
        self._insets = [self._inset(column) for column in range(len(columns))]
        if not self.rows:
            self.rows = [GridRow("empty", ([table.empty_text],), 1)]

    def height(self, lines: int) -> float:
        """Height in points of a row, or a part of one, that has so many lines."""
        return lines * self.look.normal.leading + 2 * PAD_Y

    def draw(self, painter: Painter, parts: Sequence[RowPart], left: float, top: float) -> list[Box]:
        """Draw consecutive rows with closed borders, under the header; returns where each part stands."""
        if parts[0].row.kind != "head":
            parts = (RowPart(self.head, 0, self.head.lines), *parts)
        boxes: list[Box] = []
        bottom = top
        for part in parts:
            boxes.append(Box(part.row, bottom, self.height(part.last - part.first)))
            self._draw_text(painter, part, left, bottom)
            bottom += boxes[-1].height
        painter.shade(left, top, self.edges[-1], boxes[0].height)
        painter.rules(self._rules(boxes, left), RULE)
        return boxes

    def _rules(self, boxes: Sequence[Box], left: float) -> list[tuple[float, float, float, float]]:
        top, bottom = boxes[0].top, boxes[-1].top + boxes[-1].height
        right = left + self.edges[-1]
        rules = [(left, box.top, right, box.top) for box in boxes]
        rules += [(left, bottom, right, bottom), (left, top, left, bottom), (right, top, right, bottom)]
        for is_empty, run in groupby(boxes, key=lambda box: box.row.kind == "empty"):
            if not is_empty:  # 本期无记录 runs across all columns
                stretch = list(run)
                start, end = stretch[0].top, stretch[-1].top + stretch[-1].height
                rules += [(left + edge, start, left + edge, end) for edge in self.edges[1:-1]]
        return rules

    def _draw_text(self, painter: Painter, part: RowPart, left: float, top: float) -> None:
        row = part.row
        whole = part.last - part.first == row.lines
        leading = self.look.normal.leading
        start = top + PAD_Y + self.look.normal.baseline()
        edges, widths = (self.edges, self.widths) if row.kind != "empty" else ([0.0], [self.edges[-1]])
        for column, lines in enumerate(row.cells):
            shown = lines[part.first : part.last]
            if column == 0 and part.first >= len(lines):
                shown = self._continued(lines)
            style, align = self._style(row, column), self._align(row, column)
            # A row cut by the page's end starts all its cells at the top, else some would lose lines.
            baseline = start + ((row.lines - len(lines)) * leading / 2 if whole else 0)
            for line in shown:
                if line:
                    placed, x = self._placed(style, line, column, align, widths[column])
                    painter.text(placed, left + edges[column] + x, baseline, line)
                baseline += leading

    def _placed(self, style: TextStyle, line: str, column: int, align: Align, width: float) -> tuple[TextStyle, float]:
        """How far from its column's left edge a line stands; in smaller type where it is too wide for the column."""
        if align == "left":
            return style, PAD_X
        room, taken = width - 2 * PAD_X, style.width(line)
        if taken > room:
            scale = min((width - 2 * LEAST_PAD_X) / taken, 1.0)
            return replace(style, size=style.size * scale), (width - taken * scale) / 2
        inset = self._insets[column] if align == "right" else (room - taken) / 2
        return style, PAD_X + max(room - taken - inset, 0.0)

    def _continued(self, lines: Sequence[str]) -> Sequence[str]:
        """What stands for a row's first cell on a page that the row goes on to: its number, and that it goes on."""
        return [*lines, CONTINUED] if len(lines) == 1 and _NUMBER.fullmatch(lines[0]) else [CONTINUED]

    def _style(self, row: GridRow, column: int) -> TextStyle:
        if row.source is not None and row.source.cells[self.printed[column]].missing:
            return self.look.missing
        return self.look.bold if row.kind in ("head", "total") else self.look.normal

    def _align(self, row: GridRow, column: int) -> Align:
        if row.kind in ("head", "empty"):
            return "center"
        if row.kind == "total" and row.source is not None:
            is_text = isinstance(row.source.cells[self.printed[column]].value, str)
            return "center" if is_text else self._aligns[column]
        return self._aligns[column]

    def _head_row(self, titles: Sequence[str]) -> GridRow:
        characters = self.look.bold.chain.widths
        cells = tuple(
            wrap_balanced(printable(title), characters, self._limit(width, LEAST_PAD_X))
            for title, width in zip(titles, self.widths, strict=True)
        )
        return GridRow("head", cells, max(map(len, cells)))

    def _body_row(self, kind: Kind, row: Row, meter: ProgressMeter) -> GridRow:
        meter.step()
        return self._grid_row(kind, self._texts(row.cells), row)

    def _texts(self, cells: tuple[Cell, ...]) -> Sequence[str]:
        return [cells[index].text for index in self.printed]

    def _grid_row(self, kind: Kind, texts: Sequence[str], source: Row | None = None) -> GridRow:
        cells: list[list[str]] = []
        for text, broken, limit, align in zip(texts, self._broken, self._limits, self._aligns, strict=True):
            lines = broken.get(text)
            if lines is None:
                lines = broken[text] = self._lines(text, limit, align)
            cells.append(lines)
        return GridRow(kind, tuple(cells), max(map(len, cells)), source)

    def _lines(self, text: str, limit: float, align: Align) -> list[str]:
        """A cell's text broken into lines; a number in a column of numbers is never broken."""
        if align != "left" and _NUMBER.fullmatch(text):
            return [text]
        return wrap(printable(text), self.look.normal.chain.widths, limit)

    def _inset(self, column: int) -> float:
        """How far the numbers of a column stand from its right edge: the widest of them is in its middle."""
        if self._aligns[column] != "right":
            return 0.0
        lines = [line for broken in self._broken[column].values() for line in broken]
        widest = max(map(self.look.bold.width, lines), default=0.0)
        return max(self.widths[column] - 2 * PAD_X - widest, 0.0) / 2

    def _limit(self, width: float, padding: float) -> float:
        """The room for text in a column of `width` points, in 1/1000 of the type size."""
        return (width - 2 * padding) / self.look.normal.size * 1000
