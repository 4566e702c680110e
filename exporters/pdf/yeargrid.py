"""A year on one sheet: four columns of months, in type as large as the fullest row of months allows.

A sheet for the wall is read from a metre away, so it lists what there is instead of drawing small calendars. What does
not fit at the smallest type is never dropped: its month says 余下见后页 and a list follows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporters.pdf.fonts import FontSet
from exporters.pdf.gridtable import RULE
from exporters.pdf.linebreak import wrap
from exporters.pdf.monthgrid import CONTINUED, LEADING, MonthDrawing, shared_out
from exporters.pdf.paint import GREY, RED, Painter, TextStyle
from exporters.pdf.result import Place
from exporters.text import printable
from models.report import Cell, Column, MonthGrid, Row, Table, YearEntry, YearGrid, YearMonth

ACROSS = 4  # months in a row
HEAD_HEIGHT = 20.0
PAD = 4.0
SIZES = (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
MARK = 1.25  # em that the sign takes
LIST_TITLE = "年历里写不下的活动和计划"
LIST_COLUMNS = (
    Column("月份", 16, "center"),
    Column("日期", 44, "center"),
    Column("活动或计划", 110),
    Column("地点", 56),
    Column("情况", 34, "center"),
)


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a month is drawn."""

    page: int
    left: float
    top: float
    height: float


class YearDrawing:
    """A year laid out for `room` × `height` points. `left_over` holds what goes into the list behind it."""

    def __init__(self, grid: YearGrid, fonts: FontSet, room: float, height: float) -> None:
        chain = fonts.chain("table")
        self.height = height
        self._rows = [grid.months[start : start + ACROSS] for start in range(0, len(grid.months), ACROSS)]
        self._width = room / ACROSS
        self._label = TextStyle(fonts.chain("heading"), 12, HEAD_HEIGHT, bold=True)
        self._corner = TextStyle(chain, 8, 10.5, colour=RED)
        self._styles = [TextStyle(chain, size, size * LEADING) for size in SIZES]
        self._style = self._styles[0]
        needs = self._measure(height)
        self._faint = TextStyle(chain, self._style.size, self._style.leading, colour=GREY)
        self._heights = shared_out(needs, height)
        self._shown = [
            [self._fitting(month, high) for month in row] for row, high in zip(self._rows, self._heights, strict=True)
        ]

    def left_over(self) -> Table | None:
        """The list of what found no room in its month."""
        rows: list[Row] = []
        for months, shown in zip(self._rows, self._shown, strict=True):
            for month, texts in zip(months, shown, strict=True):
                for entry in month.entries[len(texts) :]:
                    values = (month.label, entry.when, entry.title, entry.place, entry.state)
                    rows.append(Row(tuple(Cell(value, entry.sources) for value in values), entry.uid))
        return Table(LIST_COLUMNS, tuple(rows), title=LIST_TITLE) if rows else None

    def draw(self, painter: Painter, page: int, left: float, top: float) -> Sequence[Place]:
        right = left + self._width * ACROSS
        places: list[Place] = []
        tops: list[float] = []
        upper = top
        for months, shown, height in zip(self._rows, self._shown, self._heights, strict=True):
            painter.shade(left, upper, right - left, HEAD_HEIGHT)
            for number, (month, texts) in enumerate(zip(months, shown, strict=True)):
                places += self._draw_month(
                    painter, _Box(page, left + number * self._width, upper, height), month, texts
                )
            tops += [upper, upper + HEAD_HEIGHT]
            upper += height
        columns = [left + number * self._width for number in range(ACROSS + 1)]
        painter.rules(((left, y, right, y) for y in (*tops, upper)), RULE)
        painter.rules(((x, top, x, upper) for x in columns), RULE)
        return places

    def _draw_month(
        self, painter: Painter, box: _Box, month: YearMonth, texts: Sequence[Sequence[str]]
    ) -> Iterator[Place]:
        top = box.top + self._draw_head(painter, box, month) + PAD
        style, indent = self._style, self._indent()
        for entry, lines in zip(month.entries, texts, strict=False):
            ink = self._faint if entry.faint else style
            painter.text(ink, box.left + PAD, top + style.baseline(), entry.mark)
            start = top
            for line in lines:
                painter.text(ink, box.left + PAD + indent, top + style.baseline(), line)
                top += style.leading
            sources = () if entry.uid else entry.sources
            yield Place(box.page, box.left, start, self._width, top - start, uid=entry.uid, sources=sources)
        if len(texts) < len(month.entries):
            painter.text(self._faint, box.left + PAD, top + style.baseline(), CONTINUED)

    def _draw_head(self, painter: Painter, box: _Box, month: YearMonth) -> float:
        """Draw the month's name and its days off; returns the height they take."""
        painter.text(self._label, box.left + PAD, box.top + self._label.baseline(), month.label)
        lines, beside = self._corner_lines(month)
        if beside:
            x = box.left + self._width - PAD - self._corner.width(lines[0])
            painter.text(self._corner, x, box.top + (HEAD_HEIGHT - 10.5) / 2 + self._corner.baseline(), lines[0])
            return HEAD_HEIGHT
        top = box.top + HEAD_HEIGHT + PAD / 2
        for line in lines:
            painter.text(self._corner, box.left + PAD, top + self._corner.baseline(), line)
            top += self._corner.leading
        return top - box.top if lines else HEAD_HEIGHT

    def _corner_lines(self, month: YearMonth) -> tuple[list[str], bool]:
        """The days off as lines, and whether they stand beside the month's name."""
        text = printable(month.corner)
        if not text:
            return [], False
        if self._corner.width(text) + self._label.width(month.label) + 3 * PAD <= self._width:
            return [text], True
        return wrap(text, self._corner.chain.widths, (self._width - 2 * PAD) / self._corner.size * 1000), False

    def _head_height(self, month: YearMonth) -> float:
        lines, beside = self._corner_lines(month)
        return HEAD_HEIGHT if beside or not lines else HEAD_HEIGHT + PAD / 2 + len(lines) * self._corner.leading

    def _measure(self, usable: float) -> list[float]:
        """Choose the largest type in which all months fit, else the smallest; returns the height each row needs.

        A month is measured no further than to the height of the whole sheet: thousands of entries cost no time.
        """
        needs: list[float] = []
        for style in self._styles:
            self._style = style
            needs = [max(self._need(month, usable) for month in row) for row in self._rows]
            if sum(needs) <= usable:
                break
        return needs

    def _need(self, month: YearMonth, most: float) -> float:
        need = self._head_height(month) + 2 * PAD
        for entry in month.entries:
            need += len(self._lines(entry)) * self._style.leading
            if need > most:
                break
        return need

    def _indent(self) -> float:
        return self._style.size * MARK

    def _lines(self, entry: YearEntry) -> list[str]:
        text = " ".join(part for part in (entry.when, entry.title.replace("\n", " ")) if part)
        limit = (self._width - 2 * PAD - self._indent()) / self._style.size * 1000
        return wrap(printable(text), self._style.chain.widths, limit)

    def _fitting(self, month: YearMonth, height: float) -> list[list[str]]:
        """The entries, as lines, that find room: all, or so many that the line 余下见后页 fits below them."""
        room = height - self._head_height(month) - 2 * PAD + 0.01
        texts: list[list[str]] = []
        used, fitting = 0.0, 0
        for entry in month.entries:
            lines = self._lines(entry)
            used += len(lines) * self._style.leading
            if used > room:
                return texts[:fitting]
            texts.append(lines)
            if used + self._style.leading <= room:
                fitting = len(texts)
        return texts


def wall_drawing(grid: MonthGrid | YearGrid, fonts: FontSet, room: float, height: float) -> MonthDrawing | YearDrawing:
    """The drawing of a calendar sheet."""
    if isinstance(grid, MonthGrid):
        return MonthDrawing(grid, fonts, room, height)
    return YearDrawing(grid, fonts, room, height)
