"""openpyxl made to write formatted sheets as fast as plain ones, and the same bytes each time.

Its write-only mode looks every cell's style up again and stamps files with the clock. A sheet here takes
cells whose style is already a number, and the archive has the form's own date.
"""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
# pyright: reportPrivateUsage=false, reportOptionalMemberAccess=false
# openpyxl carries no types, so the checker is told to trust this module's own annotations.

from collections.abc import Generator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple, Self, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.pagebreak import Break, RowBreak
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import XML_NS
from openpyxl.xml.functions import Element, SubElement

from exporters.progress import ProgressMeter
from models.report import Align, Orientation

CHUNK, CHUNK_WEIGHT = 1 << 16, 100  # bytes compressed at a time, and how long that takes in beats of a meter
SPACE = f"{{{XML_NS}}}space"
MARGIN, MARGIN_TOP = 0.4, 0.55  # inches, left and right, above and below
A4 = 9  # Excel's number for the paper
# Pixels of a digit, the unit of column widths: 7 in LibreOffice and WPS, 8 in Excel, which prints it smaller then.
DIGIT = 7
PADDING = 5  # pixels of a column that hold no text
DATE_FORMAT = 'yyyy"年"m"月"d"日"'
RED, SHADE = "FFC00000", "FFF2F2F2"


class Look(NamedTuple):
    """Everything that tells two cell styles apart. `quoted` keeps text text when somebody edits it."""

    font: str = "宋体"
    size: float = 10
    bold: bool = False
    red: bool = False
    align: Align = "left"
    boxed: bool = False
    shaded: bool = False
    number_format: str = "General"
    quoted: bool = False


class CellValue(NamedTuple):
    """A cell to write: the number of its style, its text as XML holds it, whether it is text or a number."""

    style: str
    text: str
    is_text: bool


class FormattedSheet(WriteOnlyWorksheet):
    """A worksheet that takes finished cells."""

    _writer: "_MemoryWriter | None" = None

    def __init__(self, workbook: Workbook, title: str) -> None:
        super().__init__(workbook, title)
        self.merged_cells: list[str] = []  # openpyxl's own set would be written in any order

    def _write_rows(self) -> Generator[None, tuple[float, Sequence[CellValue | None]]]:
        xml = self._writer.xf.send(True)
        number = 0
        with xml.element("sheetData"):
            try:
                while True:
                    height, cells = yield
                    number += 1
                    xml.write(_row_element(number, height, cells))
            except GeneratorExit:
                pass
        self._writer.xf.send(None)

    def add_row(self, height: float, cells: Sequence[CellValue | None]) -> None:
        """The next row: its height in points, its cells from column A on; None leaves a cell out."""
        self.append((height, cells))

    def set_up_page(self, orientation: Orientation, header_row: int | None, scale: int | None = None) -> None:
        """A4, one page wide; `header_row` (from 1) stays in sight and is repeated on every page.

        `scale` in percent is for sheets that hold many forms: Excel may pass over page breaks in what it fits itself.
        """
        self.page_setup.orientation = orientation
        self.page_setup.paperSize = A4
        if scale is None:
            self.page_setup.fitToWidth, self.page_setup.fitToHeight = 1, 0
            self.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        else:
            self.page_setup.scale = scale
        margins = self.page_margins
        margins.left = margins.right = MARGIN
        margins.top = margins.bottom = MARGIN_TOP
        margins.header = margins.footer = 0.25
        self.print_options.horizontalCentered = True
        self.oddFooter.right.text = "第 &P 页　共 &N 页"
        if header_row is not None:
            self.freeze_panes = f"A{header_row + 1}"
            self.print_title_rows = f"{header_row}:{header_row}"

    def break_before(self, row: int) -> None:
        """Begin a new page with this row (from 1)."""
        self.row_breaks.append(Break(id=row - 1))

    def hide_columns(self, first: int, count: int) -> None:
        for index in range(first, first + count):
            self.column_dimensions[column_letter(index)].hidden = True

    def merge(self, first: int, last: int, top: int, bottom: int | None = None) -> None:
        """Let one cell fill the columns `first` to `last` (from 0) of row `top` (from 1), or down to row `bottom`."""
        if first < last or (bottom or top) > top:
            self.merged_cells.append(f"{column_letter(first)}{top}:{column_letter(last)}{bottom or top}")

    def print_only(self, columns: int, rows: int) -> None:
        """Print the first columns and rows, not what stands beside them."""
        self.print_area = f"A1:{column_letter(columns - 1)}{rows}"

    def discard(self) -> None:
        """End the XML of a sheet that nobody will save, so that openpyxl's generators stop in good order."""
        if self._writer is not None and not self.closed:
            self.merged_cells = []  # writing what nobody will read takes a second for a sheet of many forms
            self.row_breaks = RowBreak()
            self.close()

    def _get_writer(self) -> None:
        if self._writer is None:
            self._writer = _MemoryWriter(self)
            self._writer.write_top()


class _MemoryWriter(WorksheetWriter):
    """Collects a sheet in memory: a temporary file could be left behind, or find its own disk full."""

    def __init__(self, sheet: FormattedSheet) -> None:
        super().__init__(sheet, BytesIO())

    def write_merged_cells(self) -> None:
        """openpyxl makes three objects of each, which takes a second for a sheet of many forms."""
        merged = cast("list[str]", self.ws.merged_cells)
        if merged:
            element = Element("mergeCells", {"count": str(len(merged))})
            for cells in merged:
                SubElement(element, "mergeCell", {"ref": cells})
            self.xf.send(element)

    def cleanup(self) -> None:
        """Nothing to remove."""


def _row_element(number: int, height: float, cells: Sequence[CellValue | None]) -> Any:
    row = Element("row", {"r": str(number), "ht": f"{height:g}", "customHeight": "1"})
    for column, cell in enumerate(cells):
        if cell is None:
            continue
        attributes = {"r": f"{column_letter(column)}{number}", "s": cell.style}
        if not cell.text:
            SubElement(row, "c", attributes)
        elif cell.is_text:
            attributes["t"] = "inlineStr"
            text = SubElement(SubElement(SubElement(row, "c", attributes), "is"), "t")
            text.text = cell.text
            if cell.text != cell.text.strip():
                text.set(SPACE, "preserve")
        else:
            SubElement(SubElement(row, "c", attributes), "v").text = cell.text
    return row


def _column_letters() -> list[str]:
    single = [chr(ord("A") + index) for index in range(26)]
    return single + [first + second for first in single for second in single]


_LETTERS = _column_letters()


def column_letter(index: int) -> str:
    """A for 0, B for 1, … ZZ for 701."""
    return _LETTERS[index]


class Book:
    """A workbook being written. The `with` block ends unfinished sheets properly when something goes wrong."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._book = Workbook(write_only=True)
        self._sheets: list[FormattedSheet] = []
        self._styles: dict[Look, str] = {}
        self._use_default_font(Font(name="宋体", size=11))
        self._book._number_formats.add(DATE_FORMAT)  # an empty list of formats is not valid Open XML

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for sheet in self._sheets:
            sheet.discard()

    def describe(self, *, title: str, author: str, program: str) -> None:
        """The file's properties; created and modified on the form's date."""
        properties = self._book.properties
        properties.title, properties.creator, properties.lastModifiedBy = title, author, program
        properties.created = properties.modified = datetime(self._day.year, self._day.month, self._day.day)

    def add_sheet(self, title: str, widths: Sequence[float], *, hidden: bool = False) -> FormattedSheet:
        """A sheet with columns of these widths in pixels."""
        sheet = FormattedSheet(self._book, title)
        self._book._add_sheet(sheet)
        self._sheets.append(sheet)
        for index, width in enumerate(widths):
            sheet.column_dimensions[column_letter(index)].width = round(max(width - PADDING, DIGIT) / DIGIT, 2)
        if hidden:
            sheet.sheet_state = "hidden"
        return sheet

    def style(self, look: Look) -> str:
        """The number of a cell style, made when first asked for."""
        if look not in self._styles:
            self._styles[look] = self._make_style(look)
        return self._styles[look]

    def save(self, file: BinaryIO, meter: ProgressMeter) -> None:
        """Write the workbook into `file`. Raises ExportCancelled when `meter` is told to stop."""
        with _DatedZip(file, self._day, meter) as archive:
            ExcelWriter(self._book, archive).write_data()

    def _make_style(self, look: Look) -> str:
        cell = WriteOnlyCell(self._sheets[0])
        cell.font = Font(name=look.font, size=look.size, bold=look.bold, color=RED if look.red else None)
        cell.alignment = Alignment(horizontal=look.align, vertical="center", wrap_text=True)
        if look.boxed:
            side = Side("thin")
            cell.border = Border(left=side, right=side, top=side, bottom=side)
        if look.shaded:
            cell.fill = PatternFill("solid", fgColor=SHADE)
        cell.number_format = look.number_format
        cell.quotePrefix = look.quoted
        return str(cell.style_id)

    def _use_default_font(self, font: Font) -> None:
        """Column widths are counted in digits of this font; openpyxl's own is one that UOS has not."""
        self._book._fonts = IndexedList([font])
        self._book._named_styles["Normal"].font = font


class _DatedZip(ZipFile):
    """A zip archive whose members carry the day of the form instead of the moment of writing."""

    def __init__(self, file: BinaryIO, day: date, meter: ProgressMeter) -> None:
        super().__init__(file, "w", ZIP_DEFLATED)
        self._meter = meter
        self._time = (max(day.year, 1980), day.month, day.day, 0, 0, 0)

    def writestr(self, name: str, data: str | bytes) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        super().writestr(self._info(name), data)

    def write(self, source: BytesIO, arcname: str) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        info = self._info(arcname)
        with source.getbuffer() as content:
            info.file_size = len(content)  # else it might be larger than a plain archive holds
            with self.open(info, "w") as member:
                for start in range(0, len(content), CHUNK):
                    member.write(content[start : start + CHUNK])
                    self._meter.beat(CHUNK_WEIGHT)

    def _info(self, name: str) -> ZipInfo:
        info = ZipInfo(name, self._time)
        info.compress_type = ZIP_DEFLATED
        return info
