"""The head of a form about one record: a ruled grid of labels and values.

A box that is higher than a third of a page may go on over the page's end, between two of its lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from exporters.pdf.gridtable import RULE, TableLook
from exporters.pdf.linebreak import text_width, wrap
from exporters.pdf.pages import LEAST_LINES, TALL, Harm, Piece
from exporters.pdf.paint import Painter, TextStyle
from exporters.pdf.prose import FULL_WIDTH_SPACE, spread_parts
from exporters.pdf.result import FIELD, Place
from exporters.text import printable
from models.report import Entry, FieldGrid

PAD_X = 5.0
LABEL_EMS = 6  # characters of a label; longer ones take several lines
LABEL_CUTS = re.compile("(?<=及)|(?=（)")  # where they are cut first
BOX, OPTION_GAP = "□", "\u3000"
OPTION_CUTS = re.compile(f"{OPTION_GAP}(?={BOX})")
INDENT = FULL_WIDTH_SPACE * 2  # of paragraphs in a box for a long text
HAND_LINE = 23.0  # points, 8.1 mm: what a ballpoint pen needs
PENCIL = 0.7  # how grey the lines to write on are
PENCIL_RULE = 0.4


@dataclass(frozen=True, slots=True)
class GridLook:
    """How a grid is set: its text, the room above and below it, and whether a hand will write in the boxes."""

    text: TableLook
    pad: float = 4.0
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    """A label and its value as lines, and where they stand in the grid (points from its left edge)."""

    entry: Entry
    label: list[str]
    value: list[str]
    left: float
    middle: float
    right: float
    flush: frozenset[int] = frozenset()  # numbers of the lines of a long text that fill their box's width

    @property
    def is_long(self) -> bool:
        """Whether the box is for running text, which begins at its top."""
        return self.entry.room > 1


class GridLine:
    """One line of the grid, measured: `count` lines of `unit` points each."""

    def __init__(self, pairs: Sequence[_Pair], look: GridLook) -> None:
        self.pairs = pairs
        self.look = look
        leading = look.text.normal.leading
        written = max((len(pair.value) for pair in pairs if pair.value != [""]), default=0)
        room = max((pair.entry.room for pair in pairs), default=1)
        labels = max((len(pair.label) for pair in pairs), default=1)
        to_write = look.by_hand and room > 1
        self.unit = HAND_LINE if to_write and not written else leading
        for_label = ceil((labels * leading - look.pad) / self.unit)  # a label may reach into the padding
        self.count = max(written, for_label, ceil(room * HAND_LINE / self.unit) if to_write else room)
        self.least = max(LEAST_LINES, for_label)  # lines of a part, so that its label has room

    def height(self, lines: int) -> float:
        """Height in points of so many of its lines, in their border."""
        return lines * self.unit + 2 * self.look.pad


class GridSlice:
    """The lines `first` to `last` - 1 of a grid line, with closed borders."""

    def __init__(self, line: GridLine, first: int, last: int) -> None:
        self.line = line
        self.first = first
        self.last = last
        self.height = line.height(last - first)

    def draw(self, painter: Painter, page: int, left: float, top: float) -> Sequence[Place]:
        places: list[Place] = []
        rules: list[tuple[float, float, float, float]] = []
        bottom = top + self.height
        for pair in self.line.pairs:
            start, middle, end = left + pair.left, left + pair.middle, left + pair.right
            if middle > start:
                painter.shade(start, top, middle - start, self.height)
            rules += [(start, top, end, top), (start, bottom, end, bottom)]
            rules += [(x, top, x, bottom) for x in (start, middle, end)]
            self._draw_label(painter, pair, start, middle, top)
            self._draw_value(painter, pair, middle, end, top)
            uid = f"{FIELD}{pair.entry.field}" if pair.entry.field else ""
            sources = pair.entry.value.sources
            if uid or sources:
                places.append(Place(page, start, top, end - start, self.height, uid, sources))
        painter.rules(rules, RULE)
        return places

    def _draw_label(self, painter: Painter, pair: _Pair, start: float, middle: float, top: float) -> None:
        style = self.line.look.text.normal
        baseline = top + (self.height - len(pair.label) * style.leading) / 2 + style.baseline()
        for line in pair.label:
            if line:
                painter.text(style, start + (middle - start - style.width(line)) / 2, baseline, line)
            baseline += style.leading

    def _draw_value(self, painter: Painter, pair: _Pair, middle: float, end: float, top: float) -> None:
        look, pad = self.line.look.text, self.line.look.pad
        if self.line.unit == HAND_LINE:
            count = self.last - self.first
            lines = [top + pad + number * HAND_LINE for number in range(1, count)]
            painter.rules(((middle + PAD_X, y, end - PAD_X, y) for y in lines), PENCIL_RULE, PENCIL)
        style = look.missing if pair.entry.value.missing else look.normal
        shown = pair.value[self.first : self.last]
        whole = self.last - self.first == self.line.count
        baseline = top + pad + style.baseline()
        if whole and not pair.is_long:
            baseline = top + (self.height - len(shown) * style.leading) / 2 + style.baseline()
        for number, line in enumerate(shown, self.first):
            if line:
                _draw_line(painter, style, line, baseline, middle + PAD_X, end - PAD_X if number in pair.flush else 0.0)
            baseline += style.leading


def _draw_line(painter: Painter, style: TextStyle, line: str, baseline: float, left: float, right: float) -> None:
    """A line from `left` on; with `right` one of a long text, spread up to there."""
    shown = line.lstrip(FULL_WIDTH_SPACE) if right else line
    left += style.width(line[: len(line) - len(shown)])
    parts = spread_parts(shown, style, right - left) if right else ()
    if parts:
        painter.spread_text(style, left, baseline, parts)
    else:
        painter.text(style, left, baseline, shown)


def joined(slices: Sequence[GridSlice]) -> GridSlice:
    """What stands on one page of a line that was cut, as one box."""
    return GridSlice(slices[0].line, slices[0].first, slices[-1].last)


def grid_pieces(grid: FieldGrid, look: GridLook, room: float, page_height: float) -> Iterator[Piece]:
    """The lines of a grid `room` points wide, for pages `page_height` points high."""
    normal = look.text.normal
    label_width = max((normal.width(printable(entry.label)) for entry in grid.entries()), default=0.0)
    label_width = min(label_width, LABEL_EMS * normal.size) + 2 * PAD_X if label_width else 0.0
    for index, line in enumerate(grid.lines):
        measured = GridLine(list(_measure(line, look, room, label_width)), look)
        harm = Harm.TORN if index == 0 and grid.title else Harm.NONE
        yield from _line_pieces(measured, harm, page_height)


def _line_pieces(line: GridLine, harm: Harm, page_height: float) -> Iterator[Piece]:
    count, least, pad = line.count, line.least, line.look.pad
    if count < 2 * least or line.height(count) <= page_height * TALL:
        yield Piece("drawn", line.height(count), harm, item=GridSlice(line, 0, count))
        return

    def piece(first: int, last: int, height: float, harm: Harm = Harm.NONE) -> Piece:
        over, under = (pad if first else 0.0), (pad if last < count else 0.0)
        return Piece("drawn", height, harm, item=GridSlice(line, first, last), over=over, under=under)

    yield piece(0, least, least * line.unit + pad, harm)
    foot = count - least
    for number in range(least, foot):
        yield piece(number, number + 1, line.unit)
    yield piece(foot, count, least * line.unit + pad)


def _measure(line: Sequence[Entry], look: GridLook, room: float, label_width: float) -> Iterator[_Pair]:
    width = room / len(line)
    text = look.text
    for index, entry in enumerate(line):
        style = text.missing if entry.value.missing else text.normal
        label = _label_lines(printable(entry.label), label_width, text)
        words = printable(entry.value.text)
        room = _limit(width - label_width, text, PAD_X)
        flush: list[int] = []
        if entry.room > 1 and words and not entry.value.missing:
            value = list[str]()
            for paragraph in filter(None, map(str.strip, words.split("\n"))):
                lines = wrap(f"{INDENT}{paragraph}", style.chain.widths, room)
                flush += range(len(value), len(value) + len(lines) - 1)
                value += lines
        elif look.by_hand and BOX in words:
            value = list(_option_lines(words, style, room))
        else:
            value = wrap(words, style.chain.widths, room)
        left = index * width
        yield _Pair(entry, label, value, left, left + label_width, left + width, frozenset(flush))


def _option_lines(words: str, style: TextStyle, room: float) -> Iterator[str]:
    """Boxes to tick, each on one line with its words (a line of its own where it needs more than one)."""
    line = ""
    for option in OPTION_CUTS.split(words):
        longer = f"{line}{OPTION_GAP}{option}" if line else option
        if text_width(longer, style.chain.widths) <= room:
            line = longer
            continue
        if line:
            yield line
        *full, line = wrap(option, style.chain.widths, room)
        yield from full
    yield line


def _label_lines(label: str, width: float, look: TableLook) -> list[str]:
    """A label in as many lines as it needs, cut where its words end; one empty line if there is none."""
    if not label:
        return [""]
    limit, widths = _limit(width, look, PAD_X / 2), look.normal.chain.widths
    lines = wrap(label, widths, limit)
    if len(lines) == 1:
        return lines
    return [line for part in LABEL_CUTS.split(label) if part for line in wrap(part, widths, limit)]


def _limit(width: float, look: TableLook, pad: float) -> float:
    return (width - 2 * pad) / look.normal.size * 1000
