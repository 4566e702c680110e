"""Every form as LibreOffice prints it: all of it there, no ###, no cut text, no page more than planned."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from exporters.wording import basis_line, info_items, signature_items
from exporters.xlsx import WRITABLE, write_xlsx
from exporters.xlsx_book import DIGIT, PADDING
from exporters.xlsx_pages import ROUNDED_DOWN, WIDER_DIGIT, Paper, page_starts
from exporters.xlsx_text import row_height
from models.notice import builtin_notice
from models.periods import year_of
from models.report import Report, Table
from models.reports import BUILDERS, build_all
from models.sample_ledger import create_sample_ledger
from models.samples import SAMPLE_DAY
from tests.exporters.pdf_reading import page_texts, squeeze
from tests.exporters.stress import stress_reports
from tests.office import convert, convert_to_pdf, needs_office

pytestmark = [pytest.mark.slow, needs_office]

PAGE_NUMBER = re.compile(r"第\d+页共\d+页")
WIDE = 40.0  # digits
FORMS = [*BUILDERS, *stress_reports()]


@dataclass(frozen=True)
class Printed:
    """A form, the Excel file written of it, and the text of each page that LibreOffice printed of that."""

    report: Report
    book: Workbook
    pages: list[str]
    """Without the page numbers at the foot."""

    @property
    def sheets(self) -> list[Worksheet]:
        return [sheet for sheet in self.book.worksheets if sheet.sheet_state == "visible"]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """All forms, converted in one go."""
    folder = tmp_path_factory.mktemp("office")
    reports = {name: report for name, report in all_reports(folder) if can_be_written(report)}
    files = {name: folder / f"{name}.xlsx" for name in reports}
    for name, report in reports.items():
        write_xlsx([report], files[name])
    pdfs = convert_to_pdf(list(files.values()), folder / "pdf")
    return {
        name: Printed(
            reports[name],
            load_workbook(files[name]),
            [PAGE_NUMBER.sub("", text, count=1) for text in page_texts(pdf.read_bytes())],
        )
        for name, pdf in zip(reports, pdfs, strict=True)
    }


def all_reports(folder: Path) -> Iterator[tuple[str, Report]]:
    notice = builtin_notice()
    with create_sample_ledger(folder / "台账", notice) as ledger:
        year = year_of(SAMPLE_DAY)
        yield from zip(BUILDERS, build_all(list(BUILDERS), ledger, notice, year, SAMPLE_DAY), strict=True)
    yield from stress_reports().items()


def can_be_written(report: Report) -> bool:
    return all(isinstance(block, WRITABLE) for form in report.sheets for block in form.blocks)


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest, printed: dict[str, Printed]) -> Printed:
    if request.param not in printed:
        pytest.skip(f"{request.param} has no Excel format")
    return printed[request.param]


def test_everything_is_on_paper(form: Printed) -> None:
    found = "".join(form.pages)
    missing = [text for text in texts_of(form.report) if squeeze(text) not in found]
    assert missing == []


def test_no_number_or_date_is_too_wide_for_its_column(form: Printed) -> None:
    assert not [page for page in form.pages if "##" in page]


def texts_of(report: Report) -> Iterator[str]:
    """What a person looks for on paper; columns that are only for machines are not there."""
    for form in report.sheets:
        yield from (form.title, *info_items(form), basis_line(form))
        yield from signature_items(form.signature) if form.signed else ()
        for block in form.blocks:
            if not isinstance(block, Table):
                yield from block.texts()
                continue
            yield from (block.title, *block.notes, "" if block.rows else block.empty_text)
            for index in block.printed_columns():
                yield block.columns[index].title
                rows = (*block.rows, *([block.total] if block.total else []))
                yield from (row.cells[index].text for row in rows)


def test_each_form_begins_a_page_and_there_are_no_more_pages_than_planned(form: Printed) -> None:
    most, fewest = (sum(planned_pages(sheet, more) for sheet in form.sheets) for more in (1.0, ROUNDED_DOWN))
    assert fewest <= len(form.pages) <= most
    wanted = Counter(squeeze(each.title) for each in form.report.sheets)
    assert Counter(title for title in wanted for page in form.pages if page.startswith(title)) == wanted
    assert all(form.pages)


def planned_pages(sheet: Worksheet, more: float) -> int:
    """How many pages the file's own page set-up comes to with `more` room than there is."""
    heights = [float(sheet.row_dimensions[row].height or 0) for row in range(1, sheet.max_row + 1)]
    widths = [width * DIGIT + PADDING for width, hidden in column_widths(sheet) if not hidden]
    titles = re.match(r"\$(\d+):", sheet.print_title_rows or "")
    setup: Any = sheet.page_setup
    fits = sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
    paper = Paper(widths, setup.orientation, None if fits else setup.scale)
    breaks = {each.id + 1 for each in sheet.row_breaks.brk}
    room = paper.room(WIDER_DIGIT) * more  # the bundled 宋体 is the wider one
    return len(page_starts(heights, int(titles[1]) if titles else None, room, breaks))


def column_widths(sheet: Worksheet) -> list[tuple[float, bool]]:
    return [(each.width, bool(each.hidden)) for each in sheet.column_dimensions.values()]


def test_the_signature_is_never_alone_on_a_page(form: Printed) -> None:
    for page in form.pages:
        alone = page.startswith(("单位负责人：", "审核人：", "填表人：", "联系电话：", "填报日期：", "依据："))
        assert not alone or len(form.pages) == 1


# --- heights ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Room:
    """A text, how it is set, and the room that the file gives it: width in digits, height in points."""

    text: str
    font: str
    size: float
    bold: bool
    width: float
    height: float


def test_no_text_is_cut_off(printed: dict[str, Printed], tmp_path: Path) -> None:
    """LibreOffice measures every text in a cell as wide as ours, and makes the row as high as it needs."""
    rooms = sorted({room for form in printed.values() for sheet in form.sheets for room in rooms_of(sheet)}, key=repr)
    measured = measured_heights(rooms, tmp_path)
    cut = [
        (room.text[:20], len(room.text), room.height, height, room.width)
        for room, height in zip(rooms, measured, strict=True)
        if height > room.height + 0.5
    ]
    assert len(cut) == 0, sorted(cut, key=lambda each: each[2] - each[3])[:20]
    assert max(measured) > row_height(10)  # it did measure


def rooms_of(sheet: Worksheet) -> Iterator[Room]:
    widths = [width for width, _ in column_widths(sheet)]
    merged = {area.coord.partition(":")[0]: area for area in sheet.merged_cells.ranges}
    for row in sheet.iter_rows():
        cell: Any
        for cell in row:
            if not isinstance(cell.value, str):
                continue
            area: Any = merged.get(cell.coordinate)
            right, bottom = (area.max_col, area.max_row) if area else (cell.column, cell.row)
            if sheet.column_dimensions[cell.column_letter].hidden:
                continue
            inner = sum(widths[cell.column - 1 : right]) + (right - cell.column) * PADDING / DIGIT
            height = sum(sheet.row_dimensions[at].height or 0 for at in range(cell.row, bottom + 1))
            yield Room(cell.value, str(cell.font.name), float(cell.font.sz), bool(cell.font.b), round(inner, 2), height)


def measured_heights(rooms: list[Room], folder: Path) -> list[float]:
    """A sheet for each width, a row for each text, without heights; what LibreOffice makes of that."""
    book = Workbook()
    places: list[tuple[str, int]] = []
    names: set[str] = set()
    for room in rooms:
        # With the bundled 宋体 a digit is 8 pixels wide; here the column is to be as narrow as where it takes 7.
        width = room.width * DIGIT / WIDER_DIGIT
        name = f"{width - width % 0.5 if width > WIDE else width:.2f}"  # fewer sheets, a little narrower
        if name not in names:
            names.add(name)
            book.create_sheet(name).column_dimensions["A"].width = float(name)
        sheet: Any = book[name]
        row = sheet.max_row + 1
        cell = sheet.cell(row, 1, room.text)
        cell.data_type = "s"
        cell.font = Font(name=room.font, size=room.size, bold=room.bold)
        cell.alignment = Alignment(wrap_text=True)
        places.append((name, row))
    book.save(folder / "given.xlsx")
    [flat] = convert([folder / "given.xlsx"], folder, "fods")
    # It measures rows anew only in a file of its own format that comes from another program.
    text = re.sub(r"<meta:generator>.*?</meta:generator>", "", flat.read_text(encoding="utf-8"))
    optimal = '<style:table-row-properties style:use-optimal-row-height="true"/>'
    flat.with_stem("probe").write_text(re.sub(r"<style:table-row-properties[^>]*>", optimal, text), encoding="utf-8")
    [found] = convert([flat.with_stem("probe")], folder, "xlsx")
    measured = load_workbook(found)
    return [float(measured[name].row_dimensions[row].height or 0) for name, row in places]
