"""One form on one sheet: the same lines as on paper, in the same order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporters.progress import ProgressMeter
from exporters.wording import basis_line, info_items, signature_items
from exporters.xlsx_book import Book, CellValue, FormattedSheet, Look, column_letter
from exporters.xlsx_text import cell_text, ems, lines_needed, must_be_quoted, number_text, room_in_ems
from models.report import MISSING_TEXT, Align, Cell, Report, Row, Table

BODY, TITLE, HEADING, SMALL = 10.0, 18.0, 12.0, 9.0  # type sizes
LINE = 1.3  # height of a line, as a share of the type size
ROW_PADDING = 5.0
TALLEST = 400.0  # points; Excel's own limit is 409
WIDEST = 1800  # pixels; beyond it a column is no longer widened
PRINTABLE = {"landscape": 1145.0, "portrait": 740.0}  # pixels; printed one page wide this is 9 to 10 points
HIDDEN_WIDTH = 160.0


@dataclass(frozen=True, slots=True)
class Source:
    """The records that a cell, or a row's cells, were computed from."""

    sheet: str
    cells: str
    uids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A text that fills the columns `first` to `last`."""

    first: int
    last: int
    text: str
    align: Align


class FormSheet:
    """Writes a report to a sheet of its own and remembers where its numbers come from."""

    def __init__(self, book: Book, report: Report, name: str, meter: ProgressMeter) -> None:
        self._book = book
        self._report = report
        self._name = name
        self._meter = meter
        self._printed = max((len(table.printed_columns()) for table in report.blocks), default=1)
        self._widths = self._column_widths()
        self._row = 0
        self._known: dict[tuple[int, str], int] = {}  # (column, text) → lines it needs
        self.sources: list[Source] = []

    def write(self) -> None:
        """Write every row of the form."""
        hidden = max((len(table.columns) - len(table.printed_columns()) for table in self._report.blocks), default=0)
        self._sheet = self._book.add_sheet(self._name, [*self._widths, *[HIDDEN_WIDTH] * hidden])
        self._sheet.hide_columns(self._printed, hidden)
        infos = list(self._arrange(info_items(self._report), BODY))
        self._sheet.set_up_page(self._report.orientation, self._header_row(len(infos)))
        self._write_spans([Span(0, self._printed - 1, self._report.title, "center")], Look(size=TITLE, bold=True), 8)
        for spans in infos:
            self._write_spans(spans, Look())
        for index, table in enumerate(self._report.blocks):
            if index:
                self._append(BODY, [])
            self._write_table(table)
        for spans in self._arrange(signature_items(self._report.signature), BODY):
            self._write_spans(spans, Look(), 14)
        self._write_wide(basis_line(self._report), Look(size=SMALL))

    # --- widths ----------------------------------------------------------------------------------------

    def _column_widths(self) -> list[float]:
        """Pixels of each printed column: its share of the paper, more if a text would be too high for a row."""
        widths = [0.0] * self._printed
        for table in self._report.blocks:
            columns = [table.columns[index] for index in table.printed_columns()]
            scale = PRINTABLE[self._report.orientation] / sum(column.width for column in columns)
            for position, column in enumerate(columns):
                widths[position] = max(widths[position], column.width * scale)
        for table in self._report.blocks:
            for position, index in enumerate(table.printed_columns()):
                longest = max((len(text) for row in table.rows if (text := row.cells[index].text)), default=0)
                texts = (row.cells[index].text for row in table.rows)
                widths[position] = self._wide_enough(widths[position], longest, texts)
        return widths

    def _wide_enough(self, width: float, longest: int, texts: Iterator[str]) -> float:
        most = int((TALLEST - ROW_PADDING) / (BODY * LINE))
        if longest < most:
            return width
        for text in texts:
            while width < WIDEST and len(text) > most and lines_needed(text, room_in_ems(width, BODY)) > most:
                width *= 1.1
        return width

    # --- rows round the tables -------------------------------------------------------------------------

    def _header_row(self, infos: int) -> int | None:
        """The row to freeze and repeat; none when several tables would each need their own."""
        if len(self._report.blocks) != 1:
            return None
        return 1 + infos + bool(self._report.blocks[0].title) + 1

    def _arrange(self, items: Sequence[str], size: float) -> Iterator[list[Span]]:
        """The items in one row, each over enough columns; in two when that is too narrow for them."""
        spans = self._share_columns(items, size)
        if spans is None:
            middle = -(-len(items) // 2)
            yield from self._arrange(items[:middle], size)
            yield from self._arrange(items[middle:], size)
        else:
            yield spans

    def _share_columns(self, items: Sequence[str], size: float) -> list[Span] | None:
        if len(items) == 1:
            return [Span(0, self._printed - 1, items[0], "left")]
        spans: list[Span] = []
        first, share = 0, sum(self._widths) / len(items)
        for index, item in enumerate(items):
            left = len(items) - index - 1
            last, width = first, 0.0
            for last in range(first, self._printed - left):
                width += self._widths[last]
                if left and width >= share and ems(item) <= room_in_ems(width, size):
                    break
            if last < first or ems(item) > room_in_ems(width, size):
                return None
            spans.append(Span(first, last, item, "left" if left else "right"))
            first = last + 1
        return spans

    def _write_wide(self, text: str, look: Look) -> None:
        if text:
            self._write_spans([Span(0, self._printed - 1, text, "left")], look)

    def _write_spans(self, spans: Sequence[Span], look: Look, padding: float = ROW_PADDING) -> None:
        cells: list[CellValue | None] = [None] * self._printed
        lines = 1
        for span in spans:
            cells[span.first] = self._text_cell(span.text, look._replace(align=span.align))
            lines = max(lines, lines_needed(span.text, room_in_ems(sum(self._widths[span.first : span.last + 1]), look.size)))
        self._append(lines * look.size * LINE + padding, cells)
        for span in spans:
            if span.last > span.first:
                self._sheet.merge(f"{column_letter(span.first)}{self._row}:{column_letter(span.last)}{self._row}")

    def _append(self, height: float, cells: Sequence[CellValue | None]) -> None:
        self._sheet.append((min(height, 409), cells))
        self._row += 1

    # --- tables ----------------------------------------------------------------------------------------

    def _write_table(self, table: Table) -> None:
        self._write_wide(table.title, Look(font="黑体", size=HEADING))
        order = self._column_order(table)
        self._write_header(table, order)
        for row in table.rows:
            self._write_row(table, order, row, Look(boxed=True))
            self._meter.step()
        if table.total is not None:
            self._write_row(table, order, table.total, Look(boxed=True, bold=True))
        for note in table.notes:
            self._write_wide(note, Look(size=SMALL))

    def _column_order(self, table: Table) -> list[int | None]:
        """Column of the sheet → column of the table: the printed ones first, the hidden ones far right."""
        printed = table.printed_columns()
        hidden = [index for index in range(len(table.columns)) if index not in printed]
        return [*printed, *[None] * (self._printed - len(printed)), *hidden]

    def _write_header(self, table: Table, order: Sequence[int | None]) -> None:
        look = Look(bold=True, align="center", boxed=True, shaded=True)
        titles = [None if index is None else table.columns[index].title for index in order]
        lines = [self._lines(position, title) for position, title in enumerate(titles[: self._printed]) if title]
        cells = [None if title is None else self._text_cell(title, look) for title in titles]
        self._append(max(lines, default=1) * BODY * LINE + ROW_PADDING, cells)

    def _write_row(self, row: Row, columns: Sequence[tuple[int, ColumnStyles] | None]) -> None:
        cells: list[CellValue | None] = []
        lines = 1
        for position, column in enumerate(columns):
            if column is None:
                cells.append(None)
                continue
            index, styles = column
            cell = row.cells[index]
            if cell.missing or not isinstance(cell.value, str):
                cells.append(self._value_cell(cell, styles))
                continue
            known = self._known.get((styles, cell.value)) or self._text_cell(cell.value, styles, position)
            cells.append(known[0])
            lines = max(lines, known[1])
        self._append(lines * BODY * LINE + ROW_PADDING, cells)

    def _text_cell(self, value: str, styles: ColumnStyles, position: int) -> tuple[CellValue, int]:
        """The cell and the lines it needs, remembered: a column repeats its texts all the time."""
        text = cell_text(value)
        lines = lines_needed(text, room_in_ems(self._widths[position], BODY)) if position < self._printed else 1
        known = CellValue(styles.quoted if must_be_quoted(text) else styles.text, text, True), lines
        self._known[styles, value] = known
        return known

    def _value_cell(self, cell: Cell, styles: ColumnStyles) -> CellValue:
        if cell.missing:
            return CellValue(styles.missing, MISSING_TEXT, True)
        number = number_text(cell)
        if number is None:
            text = cell_text(cell.text)
            return CellValue(styles.quoted if must_be_quoted(text) else styles.text, text, True)
        text, number_format = number
        return CellValue(styles.numbers[number_format], text, False)
