"""The head of a form about one record: a ruled grid of labels and values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporters.pdf.gridtable import RULE, TableLook
from exporters.pdf.linebreak import wrap
from exporters.pdf.pages import Harm, Piece
from exporters.pdf.paint import Painter
from exporters.pdf.result import FIELD, Place
from exporters.text import printable
from models.report import Entry, FieldGrid

PAD_X, PAD_Y = 5.0, 4.0
MOST_LINES = 20  # of a box; a value that runs on longer gets another box below


@dataclass(frozen=True, slots=True)
class _Pair:
    """A label and its value as lines, and where they stand in the grid (points from its left edge)."""

    entry: Entry
    label: list[str]
    value: list[str]
    left: float
    middle: float
    right: float


class GridLine:
    """One line of the grid with closed borders, or a slice of a very high one."""

    def __init__(self, pairs: Sequence[_Pair], look: TableLook, first: int, last: int) -> None:
        self._pairs = pairs
        self._look = look
        self._first = first
        self._last = last
        self.height = (last - first) * look.normal.leading + 2 * PAD_Y

    def draw(self, painter: Painter, page: int, left: float, top: float) -> Sequence[Place]:
        places: list[Place] = []
        rules: list[tuple[float, float, float, float]] = []
        bottom = top + self.height
        for pair in self._pairs:
            start, middle, end = left + pair.left, left + pair.middle, left + pair.right
            painter.shade(start, top, middle - start, self.height)
            rules += [(start, top, end, top), (start, bottom, end, bottom)]
            rules += [(x, top, x, bottom) for x in (start, middle, end)]
            self._draw_lines(painter, pair, start, middle, top)
            uid = f"{FIELD}{pair.entry.field}" if pair.entry.field else ""
            sources = pair.entry.value.sources
            if uid or sources:
                places.append(Place(page, start, top, end - start, self.height, uid, sources))
        painter.rules(rules, RULE)
        return places

    def _draw_lines(self, painter: Painter, pair: _Pair, start: float, middle: float, top: float) -> None:
        normal = self._look.normal
        value = self._look.missing if pair.entry.value.missing else normal
        for style, lines, is_label in ((normal, pair.label, True), (value, pair.value, False)):
            shown = lines[self._first : self._last]
            baseline = top + (self.height - len(shown) * normal.leading) / 2 + normal.baseline()
            for line in shown:
                x = start + (middle - start - style.width(line)) / 2 if is_label else middle + PAD_X
                painter.text(style, x, baseline, line)
                baseline += normal.leading


def grid_pieces(grid: FieldGrid, look: TableLook, room: float) -> Iterator[Piece]:
    """The lines of a grid `room` points wide."""
    normal = look.normal
    label_width = max((normal.width(printable(entry.label)) for entry in grid.entries()), default=0.0) + 2 * PAD_X
    label_width = min(label_width, room / 5)
    for index, line in enumerate(grid.lines):
        pairs = list(_measure(line, look, room, label_width))
        most = max((max(len(pair.label), len(pair.value)) for pair in pairs), default=1)
        for first in range(0, most, MOST_LINES):
            item = GridLine(pairs, look, first, min(first + MOST_LINES, most))
            harm = Harm.TORN if index == 0 and first == 0 and grid.title else Harm.NONE
            yield Piece("drawn", item.height, harm, item=item)


def _measure(line: Sequence[Entry], look: TableLook, room: float, label_width: float) -> Iterator[_Pair]:
    width = room / len(line)
    for index, entry in enumerate(line):
        style = look.missing if entry.value.missing else look.normal
        label = wrap(printable(entry.label), look.normal.chain.widths, _limit(label_width, look))
        value = wrap(printable(entry.value.text), style.chain.widths, _limit(width - label_width, look))
        left = index * width
        yield _Pair(entry, label, value, left, left + label_width, left + width)


def _limit(width: float, look: TableLook) -> float:
    return (width - 2 * PAD_X) / look.normal.size * 1000
