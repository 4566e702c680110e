"""A report measured, cut into pages and drawn: its blocks one below the other, and the signing line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from exporters.pdf.fieldgrid import HAND_LINE, GridLook, GridSlice, grid_pieces, joined
from exporters.pdf.fonts import FontSet
from exporters.pdf.frame import Frame, SpreadLines
from exporters.pdf.gridtable import Box, GridTable, RowPart, TableLook
from exporters.pdf.linebreak import wrap
from exporters.pdf.pages import NOTES_GAP, Harm, Piece, paginate, table_pieces
from exporters.pdf.paint import Painter, TextStyle
from exporters.pdf.pictures import picture_pieces
from exporters.pdf.prose import ProseLook, heading_lines, prose_pieces
from exporters.pdf.result import FIELD, Place
from exporters.pdf.sealbox import SealDrawing
from exporters.pdf.yeargrid import wall_drawing
from exporters.progress import ProgressMeter
from exporters.text import printable
from exporters.wording import signature_items
from models.report import (
    Block,
    Document,
    FieldGrid,
    MonthGrid,
    Orientation,
    PictureSheet,
    Prose,
    Report,
    SealBox,
    Table,
    YearGrid,
)

TABLE_TYPE: dict[Orientation, tuple[float, float]] = {"landscape": (9, 11.5), "portrait": (10, 14)}
"""Type size and leading of table text; upright forms have fewer columns and room for larger type."""
HEADING_GAP = 10.0  # above the heading of a second table
SIGNATURE_GAP = 8.0
RECORD_TYPE, RECORD_PAD = (10.5, 16), 5.5  # 五号, of a grid that is the whole form, and the room above and below
HAND_PAD = 4.0  # a box of one line is 24 points high then, 8.5 mm
_SECOND_LEVEL = re.compile("（[一二三四五六七八九十]+）")


class Form:
    """A report ready to draw. Drawing fills `places`."""

    def __init__(self, report: Report, fonts: FontSet, meter: ProgressMeter) -> None:
        self._meter = meter
        self._report = report
        self._fonts = fonts
        self.frame = Frame(report, fonts)
        table_chain = fonts.chain("table")
        self._heading = TextStyle(fonts.chain("heading"), 10.5, 18, bold=True)
        self._subheading = TextStyle(fonts.chain("subheading"), 11, 18)
        self._prose = ProseLook(fonts) if any(isinstance(block, Prose) for block in report.blocks) else None
        size, leading = TABLE_TYPE[report.orientation]
        by_hand = bool(report.qr_text)
        text = TableLook.of(TextStyle(table_chain, size, leading))
        self._look = TableLook.of(TextStyle(table_chain, size, HAND_LINE)) if by_hand else text
        self._notes = text.normal
        record = TableLook.of(TextStyle(table_chain, *RECORD_TYPE))
        self._grid = GridLook(text) if self._prose else GridLook(record, HAND_PAD if by_hand else RECORD_PAD, by_hand)
        signing = TextStyle(table_chain, 9, 20)
        items = signature_items(report.signature) if report.signed else ()
        self._signature = SpreadLines(items, signing, self.frame.room)
        self._first, self._following = (self.frame.bottom - top for top in (self.frame.first_top, self.frame.next_top))
        self.pages = list(paginate(list(self._pieces()), self._first, self._following)) or [[]]
        self.places: list[Place] = []

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the paper in points."""
        return self.frame.width, self.frame.height

    @property
    def page_count(self) -> int:
        """How many pages it takes."""
        return len(self.pages)

    def draw(self, painter: Painter) -> None:
        """Draw all pages, one after the other."""
        painter.outline(self._outline_text(), level=0)
        for number, pieces in enumerate(self.pages):
            self.frame.draw(painter, number, len(self.pages))
            top = self.frame.next_top if number else self.frame.first_top
            for _, group in groupby(pieces, key=lambda piece: id(_whole(piece))):
                top = self._draw_group(painter, number, list(group), top)
            painter.end_page()

    def _outline_text(self) -> str:
        """A form about one record goes by the record's name, so that many of them can be told apart."""
        report = self._report
        name = report.period_text if report.info is not None and _is_about_record(report) else ""
        return " ".join(printable(name or report.title).split())

    def _pieces(self) -> Iterator[Piece]:
        """The blocks, the signing line, and behind it the pages of photos."""
        blocks = [block for block in self._report.blocks if not isinstance(block, PictureSheet)]
        for index, block in enumerate(blocks):
            yield from self._block_pieces(block, is_first=index == 0)
        if self._report.signed:
            yield Piece("signature", SIGNATURE_GAP + self._signature.height, Harm.TORN if blocks else Harm.NONE)
        for block in self._report.blocks:
            if isinstance(block, PictureSheet):
                yield from self._picture_pieces(block)

    def _picture_pieces(self, sheet: PictureSheet) -> Iterator[Piece]:
        heading = list(self._heading_pieces(sheet.title, 0.0))
        room = self._following - sum(piece.height for piece in heading)
        pieces = [*heading, *picture_pieces(sheet, self._notes, self.frame.room, room)]
        for number, piece in enumerate(pieces):
            yield piece if number else replace(piece, new_page=True)

    def _block_pieces(self, block: Block, *, is_first: bool) -> Iterator[Piece]:
        gap = 0.0 if is_first else HEADING_GAP
        match block:
            case Table():
                yield from self._heading_pieces(block.title, gap)
                grid = GridTable(block, self.frame.room, self._look, self._meter)
                yield from table_pieces(grid, self._wrap_notes(block.notes), self._following)
            case FieldGrid():
                yield from self._heading_pieces(block.title, gap)
                yield from grid_pieces(block, self._grid, self.frame.room, self._following)
            case Prose():
                yield from prose_pieces(block, self._prose or ProseLook(self._fonts), self.frame.room)
            case SealBox():
                yield from self._heading_pieces(block.title, gap, Harm.TORN)
                box = SealDrawing(block.text, self._notes, self.frame.room)
                yield Piece("drawn", box.height, Harm.TORN, item=box)
            case PictureSheet() | Document():
                raise AssertionError("laid out elsewhere")
            case MonthGrid() | YearGrid():
                yield from self._wall_pieces(block, self._first if is_first else self._following)

    def _wall_pieces(self, grid: MonthGrid | YearGrid, page_height: float) -> Iterator[Piece]:
        """The month or year fills a page with its notes; what its cells cannot hold follows as a list."""
        heading = list(self._heading_pieces(grid.title, 0.0))
        yield from heading
        notes = self._wrap_notes(grid.notes)
        around = sum(piece.height for piece in heading) + len(notes) * self._look.normal.leading
        gap = NOTES_GAP if notes else 0
        drawing = wall_drawing(grid, self._fonts, self.frame.room, page_height - around - gap)
        yield Piece("drawn", drawing.height, Harm.TORN if heading else Harm.NONE, item=drawing)
        for index, note in enumerate(notes):
            yield Piece("note", self._look.normal.leading + (0 if index else NOTES_GAP), Harm.TORN, text=note)
        more = drawing.left_over()
        if more is not None:
            yield from self._block_pieces(more, is_first=False)

    def _heading_pieces(self, title: str, gap: float, harm: Harm = Harm.NONE) -> Iterator[Piece]:
        if not title:
            if gap:
                yield Piece("gap", gap)
            return
        if self._prose is not None:
            for number, line in enumerate(heading_lines(title, self._prose, self.frame.room)):
                yield Piece("drawn", line.height + (0 if number else gap), Harm.TORN if number else harm, item=line)
            return
        style = self._heading_style(title)
        for number, line in enumerate(self._wrap(title, style)):
            height = style.leading + (0 if number else gap)
            yield Piece("heading", height, Harm.TORN if number else harm, text=line)

    def _heading_style(self, title: str) -> TextStyle:
        """（一） is a heading of the second level, in 楷体 as in letters of offices."""
        return self._subheading if _SECOND_LEVEL.match(title) else self._heading

    def _wrap_notes(self, notes: Sequence[str]) -> list[str]:
        return [line for note in notes for line in self._wrap(note, self._notes)]

    def _wrap(self, text: str, style: TextStyle) -> list[str]:
        return wrap(printable(text), style.chain.widths, self.frame.room / style.size * 1000)

    def _draw_group(self, painter: Painter, page: int, pieces: Sequence[Piece], top: float) -> float:
        """Draw a table's rows on this page, or the one other piece; returns where it ends."""
        piece, left = pieces[0], self.frame.left
        slices = [part.item for part in pieces if isinstance(part.item, GridSlice)]
        if slices:
            box = joined(slices)
            for place in box.draw(painter, page, left, top):
                self._add_place(place)
            return top + box.height
        if piece.table is not None:
            boxes = piece.table.draw(painter, _row_parts(pieces), left, top)
            self._add_table_places(page, piece.table, boxes)
            return boxes[-1].top + boxes[-1].height
        bottom = top + piece.height
        if piece.item is not None:
            for place in piece.item.draw(painter, page, left, bottom - piece.item.height):
                self._add_place(place)
        elif piece.kind == "signature":
            self._signature.draw(painter, left, bottom - self._signature.height)
        elif piece.kind != "gap":
            style = self._heading_style(piece.text) if piece.kind == "heading" else self._notes
            painter.text(style, left, bottom - style.leading + style.baseline(), piece.text)
            if piece.kind == "heading":
                painter.outline(piece.text, level=1)
        return bottom

    def _add_place(self, place: Place) -> None:
        """Add a place; the lines of one text on one page are one place."""
        last = self.places[-1] if self.places else None
        if last and place.uid and (last.page, last.left, last.uid) == (place.page, place.left, place.uid):
            height = place.top + place.height - last.top
            place = Place(last.page, last.left, last.top, max(last.width, place.width), height, last.uid, last.sources)
            self.places.pop()
        self.places.append(place)

    def _add_table_places(self, page: int, grid: GridTable, boxes: Sequence[Box]) -> None:
        for box in boxes:
            if box.row.kind == "row":
                self._meter.step()
            if not grid.field:
                self._add_row_places(page, grid, box)
        if grid.field:
            top, bottom = boxes[0].top, boxes[-1].top + boxes[-1].height
            uid = f"{FIELD}{grid.field}"
            self.places.append(Place(page, self.frame.left, top, grid.edges[-1], bottom - top, uid=uid))

    def _add_row_places(self, page: int, grid: GridTable, box: Box) -> None:
        row, left = box.row.source, self.frame.left
        if row is None:
            return
        if box.row.kind == "row":
            self.places.append(Place(page, left, box.top, grid.edges[-1], box.height, uid=row.uid))
        for column, index in enumerate(grid.printed):
            sources = row.cells[index].sources
            if sources and sources != (row.uid,):
                x = left + grid.edges[column]
                self.places.append(Place(page, x, box.top, grid.widths[column], box.height, sources=sources))


def _whole(piece: Piece) -> object:
    """What a piece is a part of: those parts of it that stand on one page are drawn together."""
    return piece.item.line if isinstance(piece.item, GridSlice) else piece.table or piece


def _is_about_record(report: Report) -> bool:
    return any(isinstance(block, FieldGrid | PictureSheet) for block in report.blocks)


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
