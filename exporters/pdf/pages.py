"""Distribute a form over pages.

A form is a sequence of pieces, each with its height and the harm that a page break before it would do.
A page takes what fits, then the break moves back to the least harmful place. So a signature never
stands alone, a table never starts with its header at the foot of a page, and the work is linear.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, Protocol

from exporters.pdf.gridtable import PAD_Y, GridRow, GridTable
from exporters.pdf.paint import Painter
from exporters.pdf.result import Place

TALL = 1 / 3  # a row higher than this share of a page may be cut between two lines
LEAST_LINES = 3  # of a cut row, on either side of the cut
NOTES_GAP = 3.0  # between a table and its notes
MANY_NOTES = 8  # lines of notes that are still kept together
ROWS_WITH_SIGNATURE = 2


class Harm(IntEnum):
    """What a page break before a piece would do."""

    NONE = 0
    LONE_FIRST_ROW = 1
    ONE_ROW_WITH_SIGNATURE = 2
    TORN = 3


class Drawn(Protocol):
    """Something that draws itself, `height` points high, and knows the places of what it shows."""

    height: float

    def draw(self, painter: Painter, page: int, left: float, top: float) -> Sequence[Place]:
        """Draw it on page `page` with its upper left corner there."""
        ...


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that is never cut. A row piece holds the lines `part` of `row`, a heading or note its `text`.

    A drawn piece stands at the foot of its height; what that has more than the `item` is the gap above it. A part of
    something that goes on over the page's end needs `over` and `under` points to close its border there. A piece
    with `new_page` begins a page, whatever room is left before it.
    """

    kind: Literal["row", "heading", "note", "gap", "signature", "drawn"]
    height: float
    harm: Harm = Harm.NONE
    table: GridTable | None = None
    row: GridRow | None = None
    part: tuple[int, int] = (0, 0)
    text: str = ""
    item: Drawn | None = None
    over: float = 0.0
    under: float = 0.0
    new_page: bool = False

    def above(self) -> float:
        """Height needed above it at the top of a page: the table's header, the rest of its padding."""
        if self.table is None or self.row is None or self.row.kind == "head":
            return self.over
        return self.table.height(self.table.head.lines) + (PAD_Y if self.part[0] else 0.0)

    def below(self) -> float:
        """Height needed below it at the foot of a page, to close the border of a cut row."""
        return PAD_Y if self.row is not None and self.part[1] < self.row.lines else self.under


def table_pieces(table: GridTable, notes: Sequence[str], page_height: float) -> Iterator[Piece]:
    """The pieces of a table without its heading; `notes` are lines."""
    yield _row_piece(table, table.head, Harm.TORN)
    last = len(table.rows) - 1
    for index, row in enumerate(table.rows):
        harm = Harm.NONE
        if index == 0:
            harm = Harm.TORN
        elif index > last - ROWS_WITH_SIGNATURE + 1:
            harm = Harm.ONE_ROW_WITH_SIGNATURE
        elif index == 1:
            harm = Harm.LONE_FIRST_ROW
        yield from _row_pieces(table, row, harm, page_height)
    if table.total is not None:
        yield _row_piece(table, table.total, Harm.TORN)
    for index, note in enumerate(notes):
        may_break = len(notes) > MANY_NOTES and 1 < index < len(notes) - 1
        height = table.look.normal.leading + (0 if index else NOTES_GAP)
        yield Piece("note", height, Harm.NONE if may_break else Harm.TORN, text=note)


def _row_piece(table: GridTable, row: GridRow, harm: Harm) -> Piece:
    return Piece("row", table.height(row.lines), harm, table, row, (0, row.lines))


def _row_pieces(table: GridTable, row: GridRow, harm: Harm, page_height: float) -> Iterator[Piece]:
    if row.lines < 2 * LEAST_LINES or table.height(row.lines) <= page_height * TALL:
        yield _row_piece(table, row, harm)
        return
    leading = table.look.normal.leading
    yield Piece("row", LEAST_LINES * leading + PAD_Y, harm, table, row, (0, LEAST_LINES))
    foot = row.lines - LEAST_LINES
    for line in range(LEAST_LINES, foot):
        yield Piece("row", leading, Harm.NONE, table, row, (line, line + 1))
    yield Piece("row", LEAST_LINES * leading + PAD_Y, Harm.NONE, table, row, (foot, row.lines))


def paginate(pieces: Sequence[Piece], first_height: float, next_height: float) -> Iterator[Sequence[Piece]]:
    """Cut `pieces` into pages; the first page has `first_height` points for them, the others `next_height`."""
    start, room = 0, first_height
    while start < len(pieces):
        end = _fill(pieces, start, room)
        if end < len(pieces) and not pieces[end].new_page:
            end = _best_break(pieces, start, end)
        yield pieces[start:end]
        start, room = end, next_height


def _fill(pieces: Sequence[Piece], start: int, room: float) -> int:
    """The end of what fits before the next forced break; at least one piece, however high."""
    used = pieces[start].above() + pieces[start].height
    end = start + 1
    while end < len(pieces) and not pieces[end].new_page and used + pieces[end].height + pieces[end].below() <= room:
        used += pieces[end].height
        end += 1
    return end


def _best_break(pieces: Sequence[Piece], start: int, end: int) -> int:
    best = end
    for index in range(end, start, -1):
        if pieces[index].harm < pieces[best].harm:
            best = index
        if pieces[best].harm is Harm.NONE:
            break
    return best
