"""The rows of one table as Excel cells, each with its style and the height it needs."""

from collections.abc import Sequence
from functools import partial

from exporters.xlsx_book import DATE_FORMAT, Book, CellValue, Look
from exporters.xlsx_layout import Layout
from exporters.xlsx_text import BODY, cell_text, lines_needed, must_be_quoted, number_text, room_in_ems, row_height
from models.report import MISSING_TEXT, Align, Cell, Row, Table

HEADER = Look(bold=True, align="center", boxed=True, shaded=True)
USUAL_FORMATS = ("0", DATE_FORMAT)

SheetRow = tuple[float, list[CellValue | None]]
"""Height in points, cells from column A on."""


class TableColumn:
    """A column with its styles looked up once. `room` in em is None where no height is to be kept."""

    def __init__(self, book: Book, align: Align, room: float | None, *, bold: bool) -> None:
        look = Look(align=align, boxed=True, bold=bold)
        # A total line has words in its text columns only, and they are centred as on paper.
        text = look._replace(align="center") if bold else look
        self._text = book.style(text)
        self._quoted = book.style(text._replace(quoted=True))
        self._missing = book.style(look._replace(bold=True, red=True))
        self._numbers = {form: book.style(look._replace(number_format=form)) for form in USUAL_FORMATS}
        self._book, self._look = book, look
        self._room = room
        self._known: dict[str, tuple[CellValue, int]] = {}  # a column repeats its texts all the time

    def cell(self, cell: Cell) -> tuple[CellValue, int]:
        """The cell to write and the lines it needs."""
        if not cell.missing and isinstance(cell.value, str):
            return self._known.get(cell.value) or self._text_cell(cell.value)
        if cell.missing:
            return CellValue(self._missing, MISSING_TEXT, True), 1
        number = number_text(cell)
        if number is None:
            return self._text_cell(cell.text)
        text, number_format = number
        style = self._numbers.get(number_format) or self._book.style(self._look._replace(number_format=number_format))
        return CellValue(style, text, False), 1

    def _text_cell(self, value: str) -> tuple[CellValue, int]:
        text = cell_text(value)
        style = self._quoted if must_be_quoted(text) else self._text
        lines = 1 if self._room is None else lines_needed(text, self._room)
        known = self._known[value] = CellValue(style, text, True), lines
        return known


class TableRows:
    """Makes the rows of `table`, whose printed columns take `runs` of the sheet's columns; hidden ones come behind."""

    def __init__(self, book: Book, table: Table, layout: Layout) -> None:
        self._book = book
        self._table = table
        self.runs = layout.table_runs(table)
        printed = table.printed_columns()
        hidden = [index for index in range(len(table.columns)) if index not in printed]
        self.order: list[int | None] = [*[None] * len(layout.widths), *hidden]
        """Column of the sheet → column of the table; None where a merged cell goes on."""
        self.columns = [0] * len(table.columns)
        """Column of the table → first column of the sheet that it takes."""
        self._rooms: dict[int, float] = {}
        for index, run in zip(printed, self.runs, strict=True):
            self.order[run.first] = index
            self.columns[index] = run.first
            self._rooms[index] = room_in_ems(layout.width(run), BODY)
        for position, index in enumerate(hidden, start=len(layout.widths)):
            self.columns[index] = position
        self._blank = CellValue(book.style(Look(boxed=True)), "", True)  # has the border of the merged cell
        self.row = partial(self._make_row, self._columns(bold=False))
        self.total = partial(self._make_row, self._columns(bold=True))

    def header(self) -> SheetRow:
        """The titles of the columns."""
        style = self._book.style(HEADER)
        blank = CellValue(style, "", True)
        titles = [None if index is None else self._table.columns[index].title for index in self.order]
        lines = [lines_needed(self._table.columns[index].title, room) for index, room in self._rooms.items()]
        cells: list[CellValue | None] = [
            blank if title is None else CellValue(style, cell_text(title), True) for title in titles
        ]
        return row_height(max(lines, default=1)), cells

    def _columns(self, *, bold: bool) -> list[tuple[int, TableColumn] | None]:
        return [
            None
            if index is None
            else (
                index,
                TableColumn(self._book, self._table.columns[index].align, self._rooms.get(index), bold=bold),
            )
            for index in self.order
        ]

    def _make_row(self, columns: Sequence[tuple[int, TableColumn] | None], row: Row) -> SheetRow:
        cells: list[CellValue | None] = []
        most = 1
        for column in columns:
            if column is None:
                cells.append(self._blank)
                continue
            index, makes = column
            cell, lines = makes.cell(row.cells[index])
            cells.append(cell)
            most = max(most, lines)
        return row_height(most), cells
