"""Forms on one sheet: the same lines as on paper, in the same order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporters.progress import ProgressMeter
from exporters.wording import BLANK, basis_line, info_items, signature_items
from exporters.xlsx_book import Book, CellValue, Look
from exporters.xlsx_grid import Run
from exporters.xlsx_items import arrange
from exporters.xlsx_layout import Layout
from exporters.xlsx_pages import WIDER_DIGIT, Keep, Paper, one_page_wide, plan_breaks
from exporters.xlsx_sources import Sources
from exporters.xlsx_table import TableRows
from exporters.xlsx_text import (
    BODY,
    ROW_PADDING,
    cell_text,
    lines_needed,
    must_be_quoted,
    number_text,
    room_in_ems,
    row_height,
    row_parts,
)
from models.report import Align, Block, Cell, Entry, FieldGrid, PictureSheet, Prose, Report, SealBox, Table

TITLE, HEADING, SMALL = Look(size=18, bold=True), Look(font="黑体", size=12), Look(size=9)
BOX, LABEL = Look(boxed=True), Look(boxed=True, shaded=True)
TITLE_PADDING, SIGNING_PADDING, SEAL_PADDING = 8.0, 14.0, 70.0
HIDDEN_WIDTH = 160.0
SMALL_BLOCK = 200.0  # points: a block no higher is not torn by the end of a page
BEGINNING = 70.0  # points of a higher one that stay together: its heading, header and first lines


@dataclass(frozen=True, slots=True)
class Span:
    """A value that fills the columns of `run`; at least `lines` high."""

    run: Run
    cell: Cell
    look: Look
    align: Align = "left"
    lines: int = 1


class FormSheet:
    """Writes forms of one kind to a sheet, each beginning a new page, and notes where their numbers come from."""

    def __init__(self, book: Book, forms: Sequence[Report], name: str, meter: ProgressMeter) -> None:
        self._book = book
        self._forms = forms
        self._name = name
        self._meter = meter
        self._layout = Layout(forms)
        self._widths = self._layout.widths
        self._sheet = book.add_sheet(name, [*self._widths, *[HIDDEN_WIDTH] * self._layout.hidden])
        self._sheet.hide_columns(len(self._widths), self._layout.hidden)
        self._heights: list[float] = []
        self._scale: int | None = None
        self._keeps: list[Keep] = []  # rows of the form being written that are to share a page
        self._last_rows = 1  # the row from which on everything is to stay on one page with the signature
        self._tables: list[tuple[Table, int, Sequence[int]]] = []  # with charts: header row, columns
        self.sources = Sources(name)

    def write(self) -> None:
        """Write every row of the forms."""
        first, *others = self._forms
        header = None if others else self._header_row(first)
        self._scale = one_page_wide(self._widths, WIDER_DIGIT, first.orientation) if others else None
        self._sheet.set_up_page(first.orientation, header, self._scale)
        self._write_form(first, header)
        for form in others:
            self._sheet.break_before(self._row + 1)
            self._write_form(form, None)
            self._meter.step()
        self._draw_charts()

    def _write_form(self, form: Report, header: int | None) -> None:
        start = self._row
        self._keeps, self._last_rows = [], start + 1
        self._write_wide(form.title, TITLE, "center", TITLE_PADDING)
        self._write_items(info_items(form))
        for index, block in enumerate(form.blocks):
            if index:
                self._append(row_height(1), [])
            top = self._row + 1 if index else start + 1
            self._write_block(block)
            self._keep_block(block, top)
        if form.signed:
            self._write_items(signature_items(form.signature), SIGNING_PADDING)
        self._write_wide(basis_line(form), SMALL)
        keeps = [(first - start, last - start) for first, last in (*self._keeps, (self._last_rows, self._row))]
        paper = Paper(self._widths, form.orientation, self._scale)
        for row in plan_breaks(self._heights[start:], header, keeps, paper):
            self._sheet.break_before(start + row)

    def _keep_block(self, block: Block, top: int) -> None:
        """Note which rows of the block just written, from row `top` on, are to share a page."""
        if sum(self._heights[top - 1 :]) <= SMALL_BLOCK or isinstance(block, SealBox):
            self._keeps.append((top, self._row))
            return
        beginning = top
        while beginning < self._row and sum(self._heights[top - 1 : beginning]) < BEGINNING:
            beginning += 1
        self._keeps.append((top, beginning))
        if isinstance(block, Table):
            self._keeps.append((self._last_rows, self._row))

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
                self._write_wide(block.text, BOX, "right", SEAL_PADDING)
            case PictureSheet():
                self._write_pictures(block)
            case _:
                raise AssertionError("write_xlsx refuses the others")

    def _write_table(self, table: Table) -> None:
        self._write_wide(table.title, HEADING)
        rows = TableRows(self._book, table, self._layout)
        merged = [run for run in rows.runs if run.last > run.first]
        self._append(*rows.header())
        header = self._row
        if table.charts:
            self._tables.append((table, header, rows.columns))
        if not table.rows:
            self._write_wide(table.empty_text, BOX, "center")
        for row in table.rows:
            self._append(*rows.row(row))
            self.sources.add(row, self._row, rows.order)
            self._meter.step()
        self._last_rows = header + max(len(table.rows) - 1, 1)  # the last but one
        if table.total is not None:
            self._append(*rows.total(table.total))
            self.sources.add(table.total, self._row, rows.order)
        for number in range(header, self._row + 1) if merged else ():
            for run in merged if table.rows or number != header + 1 else ():
                self._sheet.merge(run.first, run.last, number)
        for note in table.notes:
            self._write_wide(note, SMALL)

    def _write_grid(self, grid: FieldGrid) -> None:
        self._write_wide(grid.title, HEADING)
        for line in grid.lines:
            self._write_line(line)

    def _write_line(self, line: Sequence[Entry]) -> None:
        """Labels and values side by side. A value too long for a row goes on in the next ones, the labels beside it."""
        runs = self._layout.line_runs(len(line))
        values = [list(self._value_parts(entry, run)) for entry, run in zip(line, runs[1::2], strict=True)]
        top = self._row + 1
        for part in range(max(map(len, values), default=0)):
            spans: list[Span] = []
            for index, (entry, parts) in enumerate(zip(line, values, strict=True)):
                label, value = runs[index * 2 : index * 2 + 2]
                spans.append(Span(label, Cell("" if part else entry.label), LABEL, "center"))
                spans.append(
                    Span(value, parts[part] if part < len(parts) else Cell(), BOX, lines=1 if part else entry.room)
                )
            self._write_spans(spans, labels_go_on=True)
        for index, (entry, label) in enumerate(zip(line, runs[::2], strict=True)):
            self._sheet.merge(label.first, label.last, top, self._row)
            self.sources.add_cell(entry.value, top, runs[index * 2 + 1].first)
        self._last_rows = self._row

    def _value_parts(self, entry: Entry, run: Run) -> Iterator[Cell]:
        cell = entry.value
        if cell.missing or not isinstance(cell.value, str):
            yield cell
            return
        for part in row_parts(cell.value, room_in_ems(self._layout.width(run), BODY)):
            yield Cell(part)

    def _write_prose(self, prose: Prose) -> None:
        self._write_wide(prose.heading, HEADING)
        for paragraph in prose.printed:
            for part in row_parts(f"{BLANK * 2}{paragraph}", room_in_ems(sum(self._widths), BODY)):
                look = Look(bold=True, red=True) if prose.missing else Look()
                self._write_wide(part, look)
                self._last_rows = self._row

    def _write_pictures(self, sheet: PictureSheet) -> None:
        """The captions as a numbered list: the photos are in the PDF, a sheet is for taking words and numbers from."""
        self._write_wide(sheet.title, HEADING)
        for number, picture in enumerate(sheet.pictures, start=1):
            self._write_wide(f"{number}. {picture.caption}", Look())
            self.sources.add_cell(Cell(sources=(picture.uid,) if picture.uid else ()), self._row, 0)

    def _draw_charts(self) -> None:
        if not self._tables:
            return
        from exporters.xlsx_chart import Charts

        charts = Charts(self._sheet, self._name, len(self._widths) + self._layout.hidden)
        for table, header, columns in self._tables:
            charts.place(table, header, columns, self._heights)
        self._sheet.print_only(len(self._widths), self._row)

    def _header_row(self, form: Report) -> int | None:
        """The row to freeze and repeat; none when several tables would each need their own."""
        if len(form.blocks) != 1 or not form.tables:
            return None
        infos = sum(1 for _ in arrange(info_items(form), self._widths))
        return 1 + infos + bool(form.tables[0].title) + 1

    def _write_items(self, items: Sequence[str], padding: float = ROW_PADDING) -> None:
        for row in arrange(items, self._widths):
            last = len(self._widths) - 1
            self._write_spans(
                [
                    Span(Run(start, end), Cell(text), Look(), "right" if start and end == last else "left")
                    for start, end, text in row
                ],
                padding,
            )

    def _write_wide(self, text: str, look: Look, align: Align = "left", padding: float = ROW_PADDING) -> None:
        if text:
            self._write_spans([Span(self._layout.all, Cell(text), look, align)], padding)

    def _write_spans(self, spans: Sequence[Span], padding: float = ROW_PADDING, *, labels_go_on: bool = False) -> None:
        """One row. With `labels_go_on` the caller merges the shaded cells, which may be higher than the row."""
        cells: list[CellValue | None] = [None] * len(self._widths)
        height = 0.0
        for span in spans:
            first, last = span.run
            made = self._make_cell(span)
            cells[first : last + 1] = [made._replace(text="", is_text=True) if span.look.boxed else None] * (
                last - first + 1
            )  # a merged cell has borders where all its cells have them
            cells[first] = made
            size = span.look.size
            lines = lines_needed(made.text, room_in_ems(self._layout.width(span.run), size)) if made.is_text else 1
            height = max(height, row_height(max(lines, span.lines), size, padding))
        self._append(height, cells)
        for span in spans:
            if not (labels_go_on and span.look.shaded):
                self._sheet.merge(*span.run, self._row)

    def _make_cell(self, span: Span) -> CellValue:
        look = span.look._replace(align=span.align)
        if span.cell.missing:
            look = look._replace(bold=True, red=True)
        number = number_text(span.cell)
        if number is not None:
            text, number_format = number
            return CellValue(self._book.style(look._replace(number_format=number_format)), text, False)
        text = cell_text(span.cell.text)
        return CellValue(self._book.style(look._replace(quoted=must_be_quoted(text))), text, True)

    def _append(self, height: float, cells: Sequence[CellValue | None]) -> None:
        self._sheet.add_row(height, cells)
        self._heights.append(height)

    @property
    def _row(self) -> int:
        """The number of the last row written."""
        return len(self._heights)
