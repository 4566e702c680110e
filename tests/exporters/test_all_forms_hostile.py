"""Texts that a formula, XML, a template or a printer might obey, in every field of every record: printed as typed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree  # type: ignore[attr-defined] - it brings no types
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from exporters.docx import write_docx
from exporters.pdf import render_pdf
from exporters.pdf.characters import find_missing
from exporters.pdf.fonts import font_set
from exporters.report_files import FORMATS, export_reports
from exporters.text import printable
from exporters.wording import info_items, signature_items
from exporters.xlsx import write_xlsx
from models.errors import UserError
from models.report import Document, MonthGrid, Report, YearGrid
from tests.exporters.pdf_reading import page_texts, read, squeeze
from tests.exporters.test_forms_three_ways import assert_in_order, assert_sheet_holds, runs_of, word_text
from tests.models.full_ledger import builders
from tests.models.hostile_ledger import HOSTILE, LONG_LATIN, LONG_WORD, a_hostile_ledger
from tests.models.year_ledger import a_year_ledger, year_forms

FIXED_WORDS = re.compile(r"第\d+页共\d+页|—\d+—|（续）")


def is_calendar(report: Report) -> bool:
    return any(isinstance(block, MonthGrid | YearGrid) for block in report.blocks)


def is_document(report: Report) -> bool:
    return any(isinstance(block, Document) for block in report.blocks)


def forms(folder: Path, texts: tuple[str, ...] = HOSTILE, shift: int = 0) -> Iterator[tuple[str, Report]]:
    with a_hostile_ledger(folder, texts, shift) as ledger:
        for name, build in builders().items():
            for report in build(ledger):
                yield name, report


def printed_texts(report: Report) -> Iterator[str]:
    """What a form says on paper."""
    for sheet in report.sheets:
        if not is_document(sheet):
            yield from info_items(sheet)
        if sheet.signed:
            yield from signature_items(sheet.signature)
        for block in sheet.blocks:
            if isinstance(block, MonthGrid):
                yield from (entry.title for day in block.days() for entry in day.entries)
            elif isinstance(block, YearGrid):
                yield from (entry.title for month in block.months for entry in month.entries)
    if not is_calendar(report):
        yield from (cell.text for run in runs_of(report) for cell in run)


def check_pdf(name: str, report: Report, folder: Path) -> None:
    """All that the form says stands on its pages, and the file is sound."""
    document = render_pdf(report, fonts=font_set(()))
    text = FIXED_WORDS.sub("", "".join(page_texts(document.data)))
    lines = [squeeze(line) for each in printed_texts(report) for line in printable(each).split("\n")]
    missing = [line for line in lines if line not in text]
    assert not missing, f"{name}: {missing}"
    if shutil.which("qpdf"):
        file = folder / "form.pdf"
        file.write_bytes(document.data)
        checked = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, ""), name
    catalogue: Any = read(document.data).trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & set(catalogue)


def check_xml(file: Path) -> None:
    """Every part is XML that a strict reader takes, and none brings what a program would carry out."""
    strict = etree.XMLParser(recover=False, resolve_entities=False, huge_tree=True)
    with ZipFile(file) as archive:
        assert archive.testzip() is None
        for part in archive.namelist():
            if part.endswith((".xml", ".rels", ".vml")):
                root = etree.fromstring(archive.read(part), strict)
                external = [each for each in root.iter() if "TargetMode" in each.attrib]
                assert external == [], part
        assert not [part for part in archive.namelist() if "vba" in part.lower() or "externalLink" in part]


def check_excel(name: str, report: Report, folder: Path) -> None:
    file = folder / "form.xlsx"
    write_xlsx([report], file)
    check_xml(file)
    sheet = load_workbook(file).worksheets[0]
    cells = [each for row in sheet.rows for each in row if each.value is not None]
    assert [each.coordinate for each in cells if each.data_type in "fe" or each.hyperlink] == [], name
    values = [unescape(each.value) if isinstance(each.value, str) else each.value for each in cells]
    assert_sheet_holds(report, [excel_value_of(value) for value in values])
    rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    values = [excel_value_of(value) for row in rows for value in row if value != ""]
    assert_sheet_holds(report, values)


def check_word(name: str, report: Report, folder: Path) -> None:
    file = folder / "form.docx"
    write_docx(report, file)
    check_xml(file)
    assert_in_order(report, word_text(file))


def excel_value_of(value: object) -> object:
    """A value that a library read, as `assert_sheet_holds` compares it."""
    if isinstance(value, str):
        return squeeze(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return float(value) if isinstance(value, int) else value


def check_all(folder: Path, texts: tuple[str, ...], shift: int) -> set[str]:
    """Every form in every format that could be made of it; returns the names of the forms."""
    seen: set[str] = set()
    for name, report in forms(folder / f"台账{shift}", texts, shift):
        seen.add(name)
        check_pdf(name, report, folder)
        if not is_calendar(report):
            check_word(name, report, folder)
            if not is_document(report):
                check_excel(name, report, folder)
    return seen


def test_everything_is_printed_as_it_was_typed(tmp_path: Path) -> None:
    assert len(check_all(tmp_path, HOSTILE, 7)) > 15


@pytest.mark.slow
@pytest.mark.parametrize("shift", range(0, len(HOSTILE), 9))
def test_each_text_in_other_fields(tmp_path: Path, shift: int) -> None:
    check_all(tmp_path, HOSTILE, shift)


@pytest.mark.slow
def test_a_word_of_ten_thousand_characters_everywhere(tmp_path: Path) -> None:
    """Nobody types that, but somebody pastes it."""
    for name, report in forms(tmp_path / "台账", (LONG_WORD, LONG_LATIN)):
        result = export_reports([report], tmp_path / name, FORMATS)
        for path in result.files:
            assert max(len(os.fsencode(each.name)) for each in result.files) <= 255
            if path.suffix != ".pdf":
                check_xml(path)


# ─── what nobody can print ───

UNPRINTABLE = "字\ue123𰻞符"  # of the private use area: every computer shows something else; of 扩展G


def test_characters_that_nobody_can_print_are_refused_with_their_place(tmp_path: Path) -> None:
    for name, report in forms(tmp_path / "台账", (UNPRINTABLE,)):
        with pytest.raises(UserError, match="（U\\+E123）在") as refusal:
            export_reports([report], tmp_path / "导出", FORMATS)
        assert refusal.value.message.endswith("。"), name
        assert list((tmp_path / "导出").iterdir()) == []


def test_the_sentence_names_the_sheet_and_the_line(tmp_path: Path) -> None:
    with a_year_ledger(tmp_path / "台账", activities=9, cases=3, photographed=0) as ledger:
        ledger.connection.execute("UPDATE activity SET place = ? WHERE title LIKE '第3期%'", (UNPRINTABLE,))
        ledger.connection.execute("UPDATE case_record SET insight = ? WHERE title LIKE '案例1：%'", (UNPRINTABLE,))
        sheets, table, cases, *_ = year_forms(ledger)
    said = [[place for each in find_missing(form, font_set(())) for place in each.places] for form in (sheets, table)]
    assert said == [["第4张（第3期“中国梦·劳动美”职工读书分享会）的“活动地点”"], ["第4行“地点”"]]
    [missing] = find_missing(cases, font_set(()))
    assert missing.places == ("第2张（案例1：班前十分钟微思政课）的“三、经验启示”",)
