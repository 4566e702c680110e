"""Each form of the sample ledger on paper, in Excel and in Word, read back with other libraries, cell by cell."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from exporters.docx import write_docx
from exporters.pdf import PdfDocument, render_pdf
from exporters.pdf.fonts import font_set
from exporters.report_files import formats_of
from exporters.xlsx import write_xlsx
from models.report import Cell, Document, FieldGrid, MonthGrid, Report, Table, YearGrid
from models.reports import BUILDERS
from tests.exporters.pdf_reading import page_texts, squeeze
from tests.golden_forms import NAMES, sample_forms

PAGE_NUMBER = re.compile(r"第\d+页共\d+页|^—\d+—|—\d+—$")
# Word is offered for forms that are edited; for the others it must be right nevertheless, and so must Excel.
IN_EXCEL = tuple(code for code in BUILDERS if code != "表9")
IN_WORD = tuple(BUILDERS)


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    return sample_forms(tmp_path_factory.mktemp("three") / "示例")


@pytest.fixture(scope="module")
def printed(forms: dict[str, Report]) -> dict[str, PdfDocument]:
    return {name: render_pdf(form, fonts=font_set(())) for name, form in forms.items()}


Run = tuple[Cell, ...]  # what stands side by side


def runs_of(report: Report) -> Iterator[Run]:
    """Everything that a form says, in reading order, what is fixed (titles, labels) as cells as well."""
    for sheet in report.sheets:
        if not any(isinstance(block, Document) for block in sheet.blocks):
            yield (Cell(sheet.title),)
        for block in sheet.blocks:
            match block:
                case Table():
                    yield from _table_runs(block)
                case FieldGrid():
                    yield (Cell(block.title),)
                    yield from ((Cell(entry.label), entry.value) for entry in block.entries())
                case _:
                    yield from ((Cell(text),) for text in block.texts())


def _table_runs(table: Table) -> Iterator[Run]:
    shown = table.printed_columns()
    yield (Cell(table.title),)
    yield tuple(Cell(table.columns[index].title) for index in shown)
    for row in (*table.rows, *((table.total,) if table.total else ())):
        yield tuple(row.cells[index] for index in shown)
    if not table.rows:
        yield (Cell(table.empty_text),)
    yield from ((Cell(note),) for note in table.notes)


def assert_in_order(report: Report, text: str) -> None:
    """Every text of the form stands in `text`, one after the other, nothing between those of a line."""
    at, before = 0, ""
    for run in runs_of(report):
        wanted = squeeze("".join(cell.text for cell in run))
        found = text.find(wanted, at)
        assert found >= 0, f"“{wanted}” is missing after “{before}”: …{text[at : at + 80]}…"
        at, before = found + len(wanted), wanted or before


# ─── on paper ───


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("月历", "年历")])
def test_every_cell_stands_on_paper(name: str, forms: dict[str, Report], printed: dict[str, PdfDocument]) -> None:
    form = forms[name]
    text = "".join(_body(page, form) for page in page_texts(printed[name].data))
    if name.startswith("空白"):  # what is written on is laid out with lines of its own; only the words count
        assert [cell.text for run in runs_of(form) for cell in run if squeeze(cell.text) not in text] == []
    else:
        assert_in_order(form, text)


def _body(page: str, form: Report) -> str:
    """A page without what is printed at its edges, so that what runs over to the next page is in one piece.

    Title and information of a first page come before its number and are part of the form.
    """
    before, number, after = page.partition(found.group()) if (found := PAGE_NUMBER.search(page)) else (page, "", "")
    assert number, page
    if any(isinstance(block, Document) for block in form.blocks):
        return before + after
    titles = [squeeze(sheet.title) for sheet in form.sheets]
    begins = any(before.startswith(title) and not before.startswith(f"{title}（续）") for title in titles)
    for table in (table for sheet in form.sheets for table in sheet.tables):
        header = squeeze("".join(table.columns[index].title for index in table.printed_columns()))
        if not begins and after.startswith(header):
            after = after.removeprefix(header)
            break
    return before + after if begins else after


@pytest.mark.parametrize("name", ["月历", "年历"])
def test_every_entry_stands_on_the_calendar_sheets(
    name: str, forms: dict[str, Report], printed: dict[str, PdfDocument]
) -> None:
    text = "".join(page_texts(printed[name].data))
    [grid] = forms[name].blocks
    assert isinstance(grid, MonthGrid | YearGrid)
    entries = [
        entry for part in (grid.days() if isinstance(grid, MonthGrid) else grid.months) for entry in part.entries
    ]
    assert len(entries) > 10
    assert [entry.title for entry in entries if squeeze(entry.title) not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_sound_and_brings_all_its_fonts(name: str, printed: dict[str, PdfDocument], tmp_path: Path) -> None:
    if not (shutil.which("qpdf") and shutil.which("pdffonts")):
        pytest.skip("qpdf and pdffonts (poppler-utils) are not installed")
    file = tmp_path / "form.pdf"
    file.write_bytes(printed[name].data)
    checked = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    listed = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout.splitlines()
    embedded = listed[0].index("emb")
    assert len(listed) > 2
    assert [line for line in listed[2:] if not line[embedded:].startswith("yes")] == []


# ─── in Excel ───


def _excel_value(cell: Cell) -> object:
    """What Excel should hold: numbers as numbers, dates as dates, everything else as it was typed."""
    value = cell.value
    if cell.missing or value is None or isinstance(value, str):
        return squeeze(cell.text)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return float(value) if isinstance(value, Decimal | int) else value


def _same(value: object) -> object:
    """A value that a library read, so that it can be compared."""
    if isinstance(value, str):
        return squeeze(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def assert_sheet_holds(report: Report, values: list[object]) -> None:
    """Every cell of the form is a cell of the sheet, in order, those of a line next to each other."""
    at, before = 0, ""
    for run in runs_of(report):
        wanted = [value for value in map(_excel_value, run) if value != ""]
        found = next((i for i in range(at, len(values)) if _hold(values[i : i + len(wanted)], wanted)), -1)
        assert found >= 0, f"{wanted} is missing after {before}: {values[at : at + 12]}"
        at, before = found + len(wanted), str(wanted)


def _hold(values: list[object], wanted: list[object]) -> bool:
    numbered = (
        len(wanted) == 1
        and isinstance(values[0], str)
        and re.fullmatch(rf"\d+\.{re.escape(str(wanted[0]))}", values[0])
    )
    return values == wanted or bool(numbered)  # the caption of a photo is numbered


@pytest.mark.parametrize("name", IN_EXCEL)
def test_every_cell_stands_in_excel(name: str, forms: dict[str, Report], tmp_path: Path) -> None:
    file = tmp_path / "form.xlsx"
    write_xlsx([forms[name]], file)
    sheet = load_workbook(file).worksheets[0]
    assert_sheet_holds(forms[name], [_same(each.value) for row in sheet.rows for each in row if each.value is not None])
    assert not any(each.data_type == "f" for row in sheet.rows for each in row), "no formulas"
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    assert_sheet_holds(forms[name], [_same(value) for row in rows for value in row if value != ""])


# ─── in Word ───


def word_text(file: Path) -> str:
    """Everything in the body of a Word file, in reading order; a merged cell once."""
    document = docx.Document(str(file))
    parts: list[str] = []
    for part in document.iter_inner_content():
        if isinstance(part, WordParagraph):
            parts.append(part.text)
        elif isinstance(part, WordTable):
            for row in part.rows:
                last = None
                for cell in row.cells:
                    if cell._tc is not last:
                        parts.append(cell.text)
                    last = cell._tc
    return squeeze("".join(parts))


@pytest.mark.parametrize("name", IN_WORD)
def test_every_cell_stands_in_word(name: str, forms: dict[str, Report], tmp_path: Path) -> None:
    file = tmp_path / "form.docx"
    write_docx(forms[name], file)
    assert_in_order(forms[name], word_text(file))


def test_each_form_is_offered_in_the_formats_that_are_checked_here(forms: dict[str, Report]) -> None:
    for name, form in forms.items():
        offered = set(formats_of(form))
        assert "pdf" in offered
        assert ("xlsx" in offered) <= (name in IN_EXCEL or name.startswith("空白"))
        assert ("docx" in offered) <= (name in IN_WORD or name.startswith("空白"))
