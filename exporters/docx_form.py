"""A form in Word: its head, grids, texts and tables in the order of the paper."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from exporters.docx_book import WordBook
from exporters.docx_official import ems, title_paragraph
from exporters.docx_page import OFFICIAL, page_of, table_size
from exporters.docx_photos import photo_blocks
from exporters.docx_text import Block, Grid, Para, cell, row, run
from exporters.official_text import plain_texts
from exporters.progress import ProgressMeter
from exporters.text import storable
from exporters.wording import BLANK, basis_line, info_items, signature_items
from models.report import Block as AnyBlock
from models.report import (
    Document,
    Entry,
    FieldGrid,
    MonthGrid,
    Paragraph,
    Passage,
    PictureSheet,
    Prose,
    Report,
    Row,
    SealBox,
    Table,
    YearGrid,
)

SEAL_HEIGHT = 2200  # twips: room for a seal of 42 mm, less what may cover the text
WIDEST_LABEL_SHARE = 0.5  # of a pair's room
LABEL_AIR = 1.2  # em beside a label
LINE = 1.3  # height of a line of table text in em
MOST_LINES_KEPT = 6  # of a row; one with more may break over two pages
CELL_PADDING = 120  # twips above and below it together
BETWEEN_ITEMS = BLANK * 2
SIGNING_SIZE = 10.5  # points, of the lines above and below the form


def form_body(report: Report, book: WordBook, meter: ProgressMeter) -> list[Block]:
    """The paragraphs and tables of a form; the last one is a paragraph."""
    return list(_Form(report, book, meter).blocks())


class _Form:
    def __init__(self, report: Report, book: WordBook, meter: ProgressMeter) -> None:
        self._report = report
        self._book = book
        self._meter = meter
        page = page_of(report)
        self._room = page.room
        self._heading = "Heading1" if page is OFFICIAL else "TableHeading"
        self._size = table_size(report) * 20

    def blocks(self) -> Iterator[Block]:
        report = self._report
        for text in plain_texts(Paragraph((Passage(report.title),), "title"), storable):
            yield title_paragraph(text, self._room)
        yield from self._items("FormInfo", info_items(report))
        following = (*report.blocks[1:], None)
        for block, after in zip(report.blocks, following, strict=True):
            keep_last = isinstance(after, SealBox) or (after is None and report.signed)
            yield from self._block(block, keep_last=keep_last)
        if report.signed:
            yield from self._items("SigningLine", signature_items(report.signature))
        yield Para("FormNote", run(basis_line(report)), spacing='w:before="120"')

    def _block(self, block: AnyBlock, *, keep_last: bool) -> Iterator[Block]:
        """`keep_last` keeps the end of a table with the seal or signing line that follows."""
        match block:
            case FieldGrid():
                yield from self._titled(block.title, self._field_grid(block))
            case Prose():
                yield from self._prose(block)
            case Table():
                yield from self._titled(block.title, self._table(block, keep_last=keep_last))
                yield from (Para("FormNote", run(note), keep_next=keep_last) for note in block.notes)
            case SealBox():
                box = cell(self._room, block.text, "right", bottom=True)
                yield from self._titled(block.title, Grid([self._room], [row([box], height=SEAL_HEIGHT, whole=True)]))
            case PictureSheet():
                yield from photo_blocks(block, self._book, page_of(self._report))
            case Document() | MonthGrid() | YearGrid():
                raise AssertionError("made elsewhere or refused")

    def _items(self, style: str, items: Sequence[str]) -> Iterator[Block]:
        """The items on as few lines as they need, none of them broken over two that fits on one."""
        size = SIGNING_SIZE * 20
        lines: list[str] = []
        for item in items:
            joined = f"{lines[-1]}{BETWEEN_ITEMS}{item}" if lines else ""
            if joined and (ems(joined) + 1) * size <= self._room:
                lines[-1] = joined
            else:
                lines.append(item)
        if lines:
            yield Para(style, run("\n".join(lines)))

    def _titled(self, title: str, grid: Grid) -> Iterator[Block]:
        """A heading and its table; without one a little room, because tables that touch become one."""
        yield Para(self._heading, run(title)) if title else Para("FormNote", "", keep_next=True)
        yield grid

    def _prose(self, prose: Prose) -> Iterator[Block]:
        if prose.heading:
            yield Para(self._heading, run(prose.heading))
        for paragraph in prose.printed:
            yield Para("OfficialText", run(paragraph.strip(), missing=prose.missing))

    def _table(self, table: Table, *, keep_last: bool) -> Grid:
        printed = table.printed_columns()
        columns = [table.columns[index] for index in printed]
        widths = _shares([column.width for column in columns], self._room)

        def line(of: Row, *, bold: bool = False, keep: bool = False) -> str:
            cells = [of.cells[index] for index in printed]
            made = (
                cell(width, value.text, column.align, bold=bold, missing=value.missing, keep_next=keep)
                for width, value, column in zip(widths, cells, columns, strict=True)
            )
            tallest = max(self._lines(value.text, width) for value, width in zip(cells, widths, strict=True))
            return row(made, whole=tallest <= MOST_LINES_KEPT)

        head = (
            cell(width, column.title, "center", style="TableHead", shaded=True)
            for width, column in zip(widths, columns, strict=True)
        )
        rows = [row(head, header=True)]
        last = len(table.rows) - 1
        for index, one in enumerate(table.rows):
            rows.append(line(one, keep=keep_last and index == last))
            self._meter.step()
        if not table.rows:
            rows.append(row([cell(sum(widths), table.empty_text, "center", span=len(widths), keep_next=keep_last)]))
        if table.total is not None:
            rows.append(line(table.total, bold=True, keep=keep_last))
        return Grid(widths, rows)

    def _lines(self, text: str, width: int) -> float:
        """About how many lines a text takes in a cell of `width` twips."""
        room = max(width / self._size - 1, 1)
        return sum(max(ems(line) / room, 1) for line in text.split("\n"))

    def _field_grid(self, grid: FieldGrid) -> Grid:
        """Each line's pairs share the width; a cell takes as many columns of the grid as its edges span."""
        widest = max((ems(entry.label) for entry in grid.entries()), default=0.0) + LABEL_AIR
        most = self._room / max((len(line) for line in grid.lines), default=1) * WIDEST_LABEL_SHARE
        label = round(min(widest * self._size, most))
        edges = [self._edges(len(line), label) for line in grid.lines]
        marks = sorted({mark for line in edges for mark in line})
        rows = [
            row(self._pairs(line, place, marks), height=self._height(line))
            for line, place in zip(grid.lines, edges, strict=True)
        ]
        return Grid([right - left for left, right in pairwise(marks)], rows)

    def _edges(self, pairs: int, label: int) -> list[int]:
        starts = [round(self._room * index / pairs) for index in range(pairs)]
        return [*(edge for start in starts for edge in (start, start + label)), self._room]

    def _pairs(self, line: Sequence[Entry], edges: Sequence[int], marks: Sequence[int]) -> Iterator[str]:
        for index, entry in enumerate(line):
            start, middle, end = edges[2 * index : 2 * index + 3]
            label_span = marks.index(middle) - marks.index(start)
            yield cell(middle - start, entry.label, "center", style="TableHead", span=label_span, shaded=True)
            value, span = entry.value, marks.index(end) - marks.index(middle)
            yield cell(end - middle, value.text, "left", span=span, missing=value.missing)

    def _height(self, line: Sequence[Entry]) -> int:
        return max(entry.room for entry in line) * round(self._size * LINE) + CELL_PADDING


def _shares(widths: Sequence[float], room: int) -> list[int]:
    """`room` twips shared out like `widths`, to the last one."""
    edges = [round(room * sum(widths[:index]) / sum(widths)) for index in range(len(widths) + 1)]
    return [right - left for left, right in pairwise(edges)]
