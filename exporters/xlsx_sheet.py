"""One form on one sheet: the same lines as on paper, in the same order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporters.progress import ProgressMeter
from exporters.wording import BLANK, basis_line, info_items, signature_items
from exporters.xlsx_book import Book, CellValue, Look, column_letter
from exporters.xlsx_pages import break_before_signature
from exporters.xlsx_sources import Sources
from exporters.xlsx_table import BODY, LINE, ROW_PADDING, TableRows, row_height
from exporters.xlsx_text import cell_text, ems, lines_needed, must_be_quoted, room_in_ems
from models.report import Align, Block, Document, FieldGrid, MonthGrid, PictureSheet, Prose, Report, SealBox, Table

TITLE, HEADING, SMALL = Look(size=18, bold=True), Look(font="黑体", size=12), Look(size=9)
TITLE_PADDING, SIGNING_PADDING = 8.0, 14.0
MOST_LINES = int((400 - ROW_PADDING) / (BODY * LINE))  # of a row; Excel's rows end at 409 points
WIDEST = 1800  # pixels; beyond it a column is no longer widened
PRINTABLE = {"landscape": 1145.0, "portrait": 740.0}  # pixels; printed one page wide this is 9 to 10 points
HIDDEN_WIDTH = 160.0
GRID_COLUMNS = 4  # at least, where labels and values stand side by side
SEAL_PADDING = 70.0
SHARES = (1.0, 0.75, 0.5, 0.0)  # how evenly items share the width: as evenly as they fit


@dataclass(frozen=True, slots=True)
class Span:
    """A text that fills the columns `first` to `last`. `missing` text is required and not there yet."""

    first: int
    last: int
    text: str
    align: Align
    missing: bool = False


class FormSheet:
    """Writes a report to a sheet of its own and notes where its numbers come from."""

    def __init__(self, book: Book, report: Report, name: str, meter: ProgressMeter) -> None:
        self._book = book
        self._report = report
        self._meter = meter
        self._printed = self._column_count()
        self._widths = self._column_widths()
        hidden = max((len(table.columns) - len(table.printed_columns()) for table in report.tables), default=0)
        self._sheet = book.add_sheet(name, [*self._widths, *[HIDDEN_WIDTH] * hidden])
        self._sheet.hide_columns(self._printed, hidden)
        self._heights: list[float] = []
        self._last_rows = 1  # the row from which on everything is to stay on one page with the signature
        self.sources = Sources(name)

    def write(self) -> None:
        """Write every row of the form."""
        report = self._report
        infos = list(self._arrange(info_items(report)))
        header = self._header_row(len(infos))
        self._sheet.set_up_page(report.orientation, header)
        self._write_spans([Span(0, self._printed - 1, report.title, "center")], TITLE, TITLE_PADDING)
        for spans in infos:
            self._write_spans(spans, Look())
        for index, block in enumerate(report.blocks):
            if index:
                self._append(row_height(1), [])
            self._write_block(block)
        for spans in self._arrange(signature_items(report.signature)) if report.signed else ():
            self._write_spans(spans, Look(), SIGNING_PADDING)
        self._write_wide(basis_line(report), SMALL)
        last_break = break_before_signature(self._heights, header, self._last_rows, self._widths, report.orientation)
        if last_break is not None:
            self._sheet.break_before(last_break)

    def _write_block(self, block: Block) -> None:
        match block:
            case Table():
                self._write_table(block)
            case FieldGrid():
                self._write_grid(block)
            case Prose():
                self._write_prose(block)
            case SealBox():
                self._write_wide(block.title, HEADING)
                self._write_spans([Span(0, self._printed - 1, block.text, "right")], Look(boxed=True), SEAL_PADDING)
            case PictureSheet() | Document():
                raise AssertionError("not made for Excel")
            case MonthGrid():
                raise AssertionError("write_xlsx refuses calendar sheets")

    def _write_table(self, table: Table) -> None:
        self._write_wide(table.title, HEADING)
        rows = TableRows(self._book, table, self._widths)
        self._append(*rows.header())
        self._last_rows = self._row + max(len(table.rows) - 1, 1)  # the last but one
        for row in table.rows:
            self._append(*rows.row(row))
            self.sources.add(row, self._row, rows.order)
            self._meter.step()
        if table.total is not None:
            self._append(*rows.total(table.total))
            self.sources.add(table.total, self._row, rows.order)
        for note in table.notes:
            self._write_wide(note, SMALL)

    def _write_grid(self, grid: FieldGrid) -> None:
        """Each line as one row: a label takes one column, its value the others."""
        self._write_wide(grid.title, HEADING)
        for line in grid.lines:
            spans: list[Span] = []
            for index, entry in enumerate(line):
                first, end = (self._printed * step // len(line) for step in (index, index + 1))
                value = entry.value
                spans.append(Span(first, first, entry.label, "center"))
                spans.append(Span(first + 1, end - 1, value.text, "left", value.missing))
            self._write_spans(spans, Look(boxed=True))
            self._last_rows = self._row

    def _write_prose(self, prose: Prose) -> None:
        self._write_wide(prose.heading, HEADING)
        for paragraph in prose.printed:
            for part in _row_parts(f"{BLANK * 2}{paragraph}", room_in_ems(sum(self._widths), BODY)):
                self._write_spans([Span(0, self._printed - 1, part, "left", prose.missing)], Look())
                self._last_rows = self._row

    def _header_row(self, infos: int) -> int | None:
        """The row to freeze and repeat; none when several tables would each need their own."""
        if len(self._report.blocks) != 1 or not self._report.tables:
            return None
        return 1 + infos + bool(self._report.tables[0].title) + 1

    def _column_count(self) -> int:
        """The most that a table has; a form with a grid or text has at least so many that they can be shared out."""
        most = max((len(table.printed_columns()) for table in self._report.tables), default=1)
        return most if len(self._report.tables) == len(self._report.blocks) else max(most, GRID_COLUMNS)

    def _column_widths(self) -> list[float]:
        """Pixels of each printed column: its share of the paper, more if a text would be too high for a row."""
        paper = PRINTABLE[self._report.orientation]
        if len(self._report.tables) < len(self._report.blocks) or not self._report.blocks:
            return [paper / self._printed] * self._printed  # the same for labels, values and columns of any table
        widths = [0.0] * self._printed
        for table in self._report.tables:
            columns = [table.columns[index] for index in table.printed_columns()]
            scale = paper / sum(column.width for column in columns)
            for position, column in enumerate(columns):
                widths[position] = max(widths[position], column.width * scale)
        for table in self._report.tables:
            for position, index in enumerate(table.printed_columns()):
                for row in table.rows:
                    value = row.cells[index].value
                    if isinstance(value, str) and len(value) > MOST_LINES:
                        widths[position] = _wide_enough(widths[position], value)
        return widths

    def _arrange(self, items: Sequence[str]) -> Iterator[list[Span]]:
        """The items in one row, each over enough columns; in two when that is too narrow for them."""
        if not items:
            return
        attempts = (self._share_columns(items, share) for share in SHARES)
        spans = next((spans for spans in attempts if spans is not None), None)
        if spans is not None:
            yield spans
            return
        middle = -(-len(items) // 2)
        yield from self._arrange(items[:middle])
        yield from self._arrange(items[middle:])

    def _share_columns(self, items: Sequence[str], share: float) -> list[Span] | None:
        """Each item over columns that hold it and `share` of its even part of the width; None if that fails."""
        if len(items) == 1:
            return [Span(0, self._printed - 1, items[0], "left")]
        spans: list[Span] = []
        first, least = 0, sum(self._widths) / len(items) * share
        for index, item in enumerate(items):
            following = len(items) - index - 1
            last, width = first - 1, 0.0
            for last in range(first, self._printed - following):
                width += self._widths[last]
                if following and width >= least and ems(item) <= room_in_ems(width, BODY):
                    break
            if last < first or ems(item) > room_in_ems(width, BODY):
                return None
            spans.append(Span(first, last, item, "left" if following else "right"))
            first = last + 1
        return spans

    def _write_wide(self, text: str, look: Look) -> None:
        if text:
            self._write_spans([Span(0, self._printed - 1, text, "left")], look)

    def _write_spans(self, spans: Sequence[Span], look: Look, padding: float = ROW_PADDING) -> None:
        cells: list[CellValue | None] = [None] * self._printed
        most = 1
        for span in spans:
            text = cell_text(span.text)
            wanted = look._replace(bold=True, red=True) if span.missing else look
            style = self._book.style(wanted._replace(align=span.align, quoted=must_be_quoted(text)))
            if look.boxed:  # a merged cell has borders where all its cells have them
                cells[span.first : span.last + 1] = [CellValue(style, "", True)] * (span.last - span.first + 1)
            cells[span.first] = CellValue(style, text, True)
            width = sum(self._widths[span.first : span.last + 1])
            most = max(most, lines_needed(text, room_in_ems(width, look.size)))
        self._append(row_height(most, look.size, padding), cells)
        for span in spans:
            if span.last > span.first:
                self._sheet.merge(f"{column_letter(span.first)}{self._row}:{column_letter(span.last)}{self._row}")

    def _append(self, height: float, cells: Sequence[CellValue | None]) -> None:
        self._sheet.add_row(height, cells)
        self._heights.append(height)

    @property
    def _row(self) -> int:
        """The number of the last row written."""
        return len(self._heights)


def _row_parts(text: str, room: float) -> Iterator[str]:
    """A paragraph in parts that a row can show, which ends at 409 points."""
    most = max(int(room * MOST_LINES), 1)
    while lines_needed(text, room) > MOST_LINES:
        yield text[:most]
        text = text[most:]
    yield text


def _wide_enough(width: float, text: str) -> float:
    while width < WIDEST and lines_needed(text, room_in_ems(width, BODY)) > MOST_LINES:
        width *= 1.1
    return width
