"""A month on one sheet: seven columns of day cells, type as large as the fullest week allows.

What does not fit at the smallest type is never dropped: its day says 余下见后页 and a list follows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporters.pdf.faces import FontChain
from exporters.pdf.fonts import FontSet
from exporters.pdf.gridtable import RULE
from exporters.pdf.linebreak import wrap
from exporters.pdf.paint import BLACK, GREY, RED, Painter, TextStyle
from exporters.pdf.result import Place
from exporters.text import printable
from models.report import Cell, Column, DayEntry, MonthDay, MonthGrid, Row, Table

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
HEAD_HEIGHT = 18.0
PAD = 3.0
NUMBER_HEIGHT = 18.0  # the line with the day's number
SIZES = ((9.5, True), (9.0, True), (8.5, True), (8.0, True), (8.0, False), (7.5, False), (7.0, False))
LEADING = 1.28  # of the type size
PALE = (0.62, 0.62, 0.62)
REST_SHADE = 0.965
CONTINUED = "余下见后页"
LIST_TITLE = "日历里写不下的活动"
LIST_COLUMNS = (
    Column("日期", 22, "center"),
    Column("时间", 18, "center"),
    Column("活动名称", 110),
    Column("地点", 60),
    Column("情况", 24, "center"),
)


@dataclass(frozen=True, slots=True)
class _Text:
    """An entry broken into lines for a cell."""

    entry: DayEntry
    lines: list[str]


class MonthDrawing:
    """A month laid out for `room` × `height` points. `left_over` holds what goes into the list behind it."""

    def __init__(self, grid: MonthGrid, fonts: FontSet, room: float, height: float) -> None:
        chain = fonts.chain("table")
        self.height = height
        self._grid = grid
        self._width = room / len(WEEKDAYS)
        self._head = TextStyle(chain, 10, 14, bold=True)
        self._numbers = {ink: TextStyle(chain, 12, NUMBER_HEIGHT, bold=True, colour=ink) for ink in (BLACK, RED)}
        self._pale = TextStyle(chain, 12, NUMBER_HEIGHT, colour=PALE)
        self._corners = {ink: TextStyle(chain, 7.5, 9.5, colour=ink) for ink in (GREY, RED, PALE)}
        self._badge = TextStyle(chain, 8, 10, bold=True, colour=RED)
        self._work = TextStyle(chain, 8, 10, bold=True)
        usable = height - HEAD_HEIGHT
        needs = self._measure(chain, *SIZES[0])
        for size, with_place in SIZES[1:]:
            if sum(needs) <= usable:
                break
            needs = self._measure(chain, size, with_place)
        self._heights = shared_out(needs, usable)
        self._shown = [
            [self._fitting(day, texts, high) for day, texts in zip(week, row, strict=True)]
            for week, row, high in zip(grid.weeks, self._texts, self._heights, strict=True)
        ]

    def _measure(self, chain: FontChain, size: float, with_place: bool) -> list[float]:
        """Break all entries in this size of type; returns the height that each week needs."""
        self._style = TextStyle(chain, size, size * LEADING)
        self._faint = TextStyle(chain, size, size * LEADING, colour=GREY)
        self._texts = [[self._broken(day, with_place) for day in week] for week in self._grid.weeks]
        return [self._need(week, texts) for week, texts in zip(self._grid.weeks, self._texts, strict=True)]

    def left_over(self) -> Table | None:
        """The list of the activities that found no room in their cells."""
        rows: list[Row] = []
        for week, shown in zip(self._grid.weeks, self._shown, strict=True):
            for day, count in zip(week, shown, strict=True):
                for entry in day.entries[count:] if day.inside else ():
                    values = (day.label, entry.time, entry.title, entry.place, entry.state)
                    rows.append(Row(tuple(Cell(value) for value in values), entry.uid))
        return Table(LIST_COLUMNS, tuple(rows), title=LIST_TITLE) if rows else None

    def draw(self, painter: Painter, page: int, left: float, top: float) -> Sequence[Place]:
        right = left + self._width * len(WEEKDAYS)
        painter.shade(left, top, right - left, HEAD_HEIGHT)
        for number, name in enumerate(WEEKDAYS):
            x = left + number * self._width + (self._width - self._head.width(name)) / 2
            painter.text(self._head, x, top + (HEAD_HEIGHT - 14) / 2 + self._head.baseline(), name)
        places: list[Place] = []
        upper = top + HEAD_HEIGHT
        tops = [top, upper]
        for index, week in enumerate(self._grid.weeks):
            height = self._heights[index]
            for number, day in enumerate(week):
                cell = _Cell(page, left + number * self._width, upper, height)
                places += self._draw_day(painter, cell, day, self._texts[index][number], self._shown[index][number])
            upper += height
            tops.append(upper)
        columns = [left + number * self._width for number in range(len(WEEKDAYS) + 1)]
        painter.rules(((left, y, right, y) for y in tops), RULE)
        painter.rules(((x, top, x, upper) for x in columns), RULE)
        return places

    def _draw_day(
        self, painter: Painter, cell: "_Cell", day: MonthDay, texts: Sequence[_Text], count: int
    ) -> Iterator[Place]:
        if day.rest and day.inside:
            painter.shade(cell.left, cell.top, self._width, cell.height, REST_SHADE)
        baseline = cell.top + self._head_of(painter, cell, day)
        baseline += self._style.baseline()
        mark = self._mark_width()
        for text in texts[:count]:
            style = self._faint if text.entry.faint else self._style
            painter.text(style, cell.left + PAD, baseline, text.entry.mark)
            start = baseline - self._style.baseline()
            for line in text.lines:
                painter.text(style, cell.left + PAD + mark, baseline, line)
                baseline += self._style.leading
            height = len(text.lines) * self._style.leading
            yield Place(cell.page, cell.left, start, self._width, height, uid=text.entry.uid)
        if count < len(texts):
            painter.text(self._faint, cell.left + PAD, baseline, CONTINUED)

    def _head_of(self, painter: Painter, cell: "_Cell", day: MonthDay) -> float:
        """Draw number, badge and corner text; returns the height they take."""
        number = str(day.day.day)
        style = self._pale if not day.inside else self._numbers[RED if day.rest else BLACK]
        x, baseline = cell.left + PAD, cell.top + style.baseline()
        painter.text(style, x, baseline, number)
        x += style.width(number) + 3
        if day.badge and day.inside:
            badge = self._badge if day.rest else self._work
            painter.text(badge, x, baseline, day.badge)
        corner = self._corners[GREY if day.inside and not day.special else RED if day.inside else PALE]
        lines = self._corner_lines(day)
        if len(lines) == 1 and self._beside(day, lines[0]):
            painter.text(corner, cell.left + self._width - PAD - corner.width(lines[0]), baseline, lines[0])
            return NUMBER_HEIGHT
        top = cell.top + NUMBER_HEIGHT
        for line in lines:
            painter.text(corner, cell.left + PAD, top + corner.baseline(), line)
            top += corner.leading
        return top - cell.top

    def _corner_lines(self, day: MonthDay) -> list[str]:
        style = self._corners[GREY]
        limit = (self._width - 2 * PAD) / style.size * 1000
        return wrap(printable(day.corner), style.chain.widths, limit) if day.corner else []

    def _beside(self, day: MonthDay, line: str) -> bool:
        """Whether a corner text has room in the line of the number."""
        number = self._numbers[BLACK].width(str(day.day.day)) + 3 + (self._badge.width(day.badge) if day.badge else 0)
        return self._corners[GREY].width(line) + number + 2 * PAD + 3 <= self._width

    def _head_height(self, day: MonthDay) -> float:
        lines = self._corner_lines(day)
        if not lines or (len(lines) == 1 and self._beside(day, lines[0])):
            return NUMBER_HEIGHT
        return NUMBER_HEIGHT + len(lines) * self._corners[GREY].leading

    def _mark_width(self) -> float:
        return self._style.size * 1.2

    def _broken(self, day: MonthDay, with_place: bool) -> list[_Text]:
        """The entries as lines, no further than to the height of the whole sheet: thousands of them cost no time."""
        style = self._style
        used = 0.0
        limit = (self._width - 2 * PAD - self._mark_width()) / style.size * 1000
        texts: list[_Text] = []
        for entry in day.entries if day.inside else ():
            where = f"（{entry.place}）" if with_place and entry.place else ""
            text = " ".join(part for part in (entry.time, entry.title) if part) + where
            lines = wrap(printable(text.replace("\n", " ")), style.chain.widths, limit)
            texts.append(_Text(entry, lines))
            used += len(lines) * style.leading
            if used > self.height:
                break
        return texts

    def _need(self, week: Sequence[MonthDay], texts: Sequence[Sequence[_Text]]) -> float:
        return max(self._day_need(day, found) for day, found in zip(week, texts, strict=True))

    def _day_need(self, day: MonthDay, texts: Sequence[_Text]) -> float:
        return self._head_height(day) + sum(len(text.lines) for text in texts) * self._style.leading + PAD

    def _fitting(self, day: MonthDay, texts: Sequence[_Text], height: float) -> int:
        """How many entries find room in a cell; all of them, or so many that the line 余下见后页 fits below."""
        if self._day_need(day, texts) <= height + 0.01:
            return len(texts)
        used, count = self._head_height(day) + PAD + self._style.leading, 0
        for text in texts:
            used += len(text.lines) * self._style.leading
            if used > height:
                break
            count += 1
        return count


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where a day is drawn."""

    page: int
    left: float
    top: float
    height: float


def shared_out(needs: Sequence[float], total: float) -> list[float]:
    """Heights of the weeks that fill `total`: as even as their needs allow; if it is too little, the fullest give."""
    enough = sum(needs) <= total
    even, rest = list(range(len(needs))), total
    while True:
        share = rest / len(even)
        own = [index for index in even if (needs[index] > share) == enough]
        if not own or len(own) == len(even):
            return [share if index in even else need for index, need in enumerate(needs)]
        rest -= sum(needs[index] for index in own)
        even = [index for index in even if index not in own]
