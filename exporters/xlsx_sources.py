"""The hidden sheet 来源: which records stand behind which cells, and by which rule they were counted."""

from collections.abc import Iterator

from exporters.progress import ProgressMeter
from exporters.xlsx_book import Book, CellValue, Look, column_letter
from models.report import Cell, Row

SOURCE_SHEET = "来源"
TITLES = ("工作表", "单元格", "对应方式", "记录的系统编号", "口径")
ONE_PER_ROW = "每行一条"
ALL_TOGETHER = "由这些记录算出"
UIDS_PER_CELL = 800  # of 37 characters each; a cell holds 32,767
ROW_HEIGHT = 15


class Sources:
    """Collects the sources of one sheet.

    Lines of a table, each about one record of its own, share an entry: A5:L404, as many uids as lines, in
    their order. A cell computed from other records has an entry of its own, or several when they are many; one
    with a counting rule has an entry even when there was nothing to count.
    """

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._entries: list[tuple[str, str, tuple[str, ...], str]] = []
        self._uids: list[str] = []  # of the lines that wait for their entry, the last one in row _end
        self._end = 0
        self._right = ""

    def add(self, row: Row, number: int, order: list[int | None]) -> None:
        """Note the sources of `row`, written as row `number` with the table's columns in `order`."""
        own = (row.uid,)
        has_own = False
        for position, index in enumerate(order):
            if index is None:
                continue
            cell = row.cells[index]
            if cell.sources == own and not cell.rule:
                has_own = True
            elif cell.sources or cell.rule:
                self.add_cell(cell, number, position)
        if has_own:
            self._add_line(row.uid, number, column_letter(len(order) - 1))

    def add_cell(self, cell: Cell, number: int, position: int) -> None:
        """Note the sources of a cell in row `number` (from 1) and column `position` (from 0)."""
        if cell.sources or cell.rule:
            self._entries.append((f"{column_letter(position)}{number}", ALL_TOGETHER, cell.sources, cell.rule))

    def _add_line(self, uid: str, number: int, right: str) -> None:
        if number != self._end + 1 or right != self._right or len(self._uids) == UIDS_PER_CELL:
            self._close_run()
        self._uids.append(uid)
        self._end, self._right = number, right

    def _close_run(self) -> None:
        if self._uids:
            cells = f"A{self._end - len(self._uids) + 1}:{self._right}{self._end}"
            self._entries.append((cells, ONE_PER_ROW, tuple(self._uids), ""))
        self._uids = []

    def lines(self) -> Iterator[tuple[str, str, str, str, str]]:
        """The lines of the sheet 来源 that come from this one."""
        self._close_run()
        for cells, how, uids, rule in self._entries:
            for start in range(0, max(len(uids), 1), UIDS_PER_CELL):
                yield self._sheet, cells, how, " ".join(uids[start : start + UIDS_PER_CELL]), rule


def write_sources(book: Book, sheets: list[Sources], meter: ProgressMeter) -> None:
    """Write the hidden sheet."""
    sheet = book.add_sheet(SOURCE_SHEET, (160, 100, 120, 600, 400), hidden=True)
    head, plain = book.style(Look(bold=True)), book.style(Look())
    sheet.add_row(ROW_HEIGHT, [CellValue(head, title, True) for title in TITLES])
    for sources in sheets:
        for line in sources.lines():
            sheet.add_row(ROW_HEIGHT, [CellValue(plain, text, True) for text in line])
            meter.beat()
