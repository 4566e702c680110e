"""A report measured, cut into pages and drawn: tables with their notes, and the signing line."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from exporters.pdf.fonts import FontSet
from exporters.pdf.frame import MARGIN_X, Frame, SpreadLines
from exporters.pdf.gridtable import Box, GridTable, RowPart, TableLook
from exporters.pdf.linebreak import wrap
from exporters.pdf.pages import Harm, Piece, paginate, table_pieces
from exporters.pdf.paint import Painter, TextStyle
from exporters.pdf.result import Place
from exporters.progress import ProgressMeter
from exporters.text import printable
from exporters.wording import signature_items
from models.report import Orientation, Report, Table

TABLE_TYPE: dict[Orientation, tuple[float, float]] = {"landscape": (9, 12), "portrait": (10, 14)}
"""Type size and leading of table text; upright forms have fewer columns and room for larger type."""
HEADING_GAP = 10.0  # above the heading of a second table
SIGNATURE_GAP = 8.0


class Form:
    """A report ready to draw. Drawing fills `places`."""

    def __init__(self, report: Report, fonts: FontSet, meter: ProgressMeter) -> None:
        self._meter = meter
        self._report = report
        self.frame = Frame(report, fonts)
        table_chain = fonts.chain("table")
        self._heading = TextStyle(fonts.chain("heading"), 10.5, 18, bold=True)
        size, leading = TABLE_TYPE[report.orientation]
        self._look = TableLook.of(TextStyle(table_chain, size, leading))
        signing = TextStyle(table_chain, 9, 20)
        self._signature = SpreadLines(signature_items(report.signature), signing, self.frame.room)
        first, following = self.frame.bottom - self.frame.first_top, self.frame.bottom - self.frame.next_top
        self.pages = list(paginate(list(self._pieces(following)), first, following))
        self.places: list[Place] = []

    def draw(self, painter: Painter) -> None:
        """Draw all pages, one after the other."""
        painter.outline(printable(self._report.title).replace("\n", " "), level=0)
        for number, pieces in enumerate(self.pages):
            self.frame.draw(painter, number, len(self.pages))
            top = self.frame.next_top if number else self.frame.first_top
            for _, group in groupby(pieces, key=lambda piece: id(piece.table or piece)):
                top = self._draw_group(painter, number, list(group), top)
            painter.end_page()

    def _pieces(self, page_height: float) -> Iterator[Piece]:
        for index, table in enumerate(self._report.blocks):
            yield from self._heading_pieces(table, HEADING_GAP if index else 0.0)
            grid = GridTable(table, self.frame.room, self._look, self._meter)
            yield from table_pieces(grid, self._wrap_notes(table), page_height)
        yield Piece("signature", SIGNATURE_GAP + self._signature.height, Harm.TORN)

    def _heading_pieces(self, table: Table, gap: float) -> Iterator[Piece]:
        if not table.title:
            if gap:
                yield Piece("gap", gap)
            return
        for number, line in enumerate(self._wrap(table.title, self._heading)):
            height = self._heading.leading + (0 if number else gap)
            yield Piece("heading", height, Harm.TORN if number else Harm.NONE, text=line)

    def _wrap_notes(self, table: Table) -> list[str]:
        return [line for note in table.notes for line in self._wrap(note, self._look.normal)]

    def _wrap(self, text: str, style: TextStyle) -> list[str]:
        return wrap(printable(text), style.chain.widths, self.frame.room / style.size * 1000)

    def _draw_group(self, painter: Painter, page: int, pieces: Sequence[Piece], top: float) -> float:
        """Draw a table's rows on this page, or the one other piece; returns where it ends."""
        piece = pieces[0]
        if piece.table is not None:
            boxes = piece.table.draw(painter, _row_parts(pieces), MARGIN_X, top)
            for box in boxes:
                self._add_places(page, piece.table, box)
            return boxes[-1].top + boxes[-1].height
        bottom = top + piece.height
        if piece.kind == "signature":
            self._signature.draw(painter, MARGIN_X, bottom - self._signature.height)
        elif piece.kind != "gap":
            style = self._heading if piece.kind == "heading" else self._look.normal
            painter.text(style, MARGIN_X, bottom - style.leading + style.baseline(), piece.text)
            if piece.kind == "heading":
                painter.outline(piece.text, level=1)
        return bottom

    def _add_places(self, page: int, grid: GridTable, box: Box) -> None:
        row = box.row.source
        if row is None:
            return
        if box.row.kind == "row":
            self._meter.step()
            self.places.append(Place(page, MARGIN_X, box.top, grid.edges[-1], box.height, uid=row.uid))
        for column, index in enumerate(grid.printed):
            sources = row.cells[index].sources
            if sources and sources != (row.uid,):
                left = MARGIN_X + grid.edges[column]
                self.places.append(Place(page, left, box.top, grid.widths[column], box.height, sources=sources))


def _row_parts(pieces: Sequence[Piece]) -> list[RowPart]:
    """The rows of a page, the pieces of a cut row joined again as far as they stand on one page."""
    parts: list[RowPart] = []
    for piece in pieces:
        assert piece.row is not None
        first, last = piece.part
        if parts and parts[-1].row is piece.row:
            first = parts.pop().first
        parts.append(RowPart(piece.row, first, last))
    return parts
