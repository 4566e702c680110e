"""The rows of one table as Excel cells, each with its style and the height it needs."""

from collections.abc import Sequence
from functools import partial

from exporters.xlsx_book import DATE_FORMAT, Book, CellValue, Look
from exporters.xlsx_text import cell_text, lines_needed, must_be_quoted, number_text, room_in_ems
from models.report import MISSING_TEXT, Align, Cell, Row, Table

BODY = 10.0  # type size
LINE = 1.3  # height of a line, as a share of the type size
ROW_PADDING = 5.0
HEADER = Look(bold=True, align="center", boxed=True, shaded=True)
NUMBER_FORMATS = ("0", "General", DATE_FORMAT)

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
        self._numbers = {form: book.style(look._replace(number_format=form)) for form in NUMBER_FORMATS}
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
        return CellValue(self._numbers[number_format], text, False), 1

    def _text_cell(self, value: str) -> tuple[CellValue, int]:
        text = cell_text(value)
        style = self._quoted if must_be_quoted(text) else self._text
        lines = 1 if self._room is None else lines_needed(text, self._room)
        known = self._known[value] = CellValue(style, text, True), lines
        return known


class TableRows:
    """Makes the rows of `table` for a sheet with columns of `widths` pixels; hidden columns follow behind them."""

    def __init__(self, book: Book, table: Table, widths: Sequence[float]) -> None:
        self._book = book
        self._table = table
        self._rooms = [room_in_ems(width, BODY) for width in widths]
        printed = table.printed_columns()
        hidden = [index for index in range(len(table.columns)) if index not in printed]
        self.order: list[int | None] = [*printed, *[None] * (len(widths) - len(printed)), *hidden]
        """Column of the sheet → column of the table."""
        self.row = partial(self._make_row, self._columns(bold=False))
        self.total = partial(self._make_row, self._columns(bold=True))

    def header(self) -> SheetRow:
        style = self._book.style(HEADER)
        titles = [None if index is None else self._table.columns[index].title for index in self.order]
        # Zip stops at the hidden columns, whose titles nobody sees.
        lines = [lines_needed(title, room) for title, room in zip(titles, self._rooms, strict=False) if title]
        cells = [None if title is None else CellValue(style, cell_text(title), True) for title in titles]
        return row_height(max(lines, default=1)), cells

    def _columns(self, *, bold: bool) -> list[tuple[int, TableColumn] | None]:
        columns: list[tuple[int, TableColumn] | None] = []
        for position, index in enumerate(self.order):
            if index is None:
                columns.append(None)
                continue
            room = self._rooms[position] if position < len(self._rooms) else None
            columns.append((index, TableColumn(self._book, self._table.columns[index].align, room, bold=bold)))
        return columns

    @staticmethod
    def _make_row(columns: Sequence[tuple[int, TableColumn] | None], row: Row) -> SheetRow:
        cells: list[CellValue | None] = []
        most = 1
        for column in columns:
            if column is None:
                cells.append(None)
                continue
            index, makes = column
            cell, lines = makes.cell(row.cells[index])
            cells.append(cell)
            most = max(most, lines)
        return row_height(most), cells


def row_height(lines: int, size: float = BODY, padding: float = ROW_PADDING) -> float:
    """Height in points of a row with so many lines of type; Excel refuses more than 409."""
    return min(lines * size * LINE + padding, 409)
