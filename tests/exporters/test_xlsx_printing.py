"""Printed from Excel, WPS or LibreOffice, the signature stays with the table."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

import resources
from exporters.xlsx import write_xlsx
from exporters.xlsx_pages import break_before_signature
from tests.exporters.pdf_reading import page_texts
from tests.exporters.samples import ledger_report, statistics_report

ROOM = 515.8  # points between the margins of A4 across
NARROW = [100.0] * 5  # pixels: nothing has to be shrunk
TITLE_INFO_HEADER = [30.0, 20.0, 30.0]
TAIL = [30.0, 30.0, 20.0, 20.0, 30.0, 20.0]  # two lines, total, note, signature, small print


def wanted_break(lines: int) -> int | None:
    """The break for so many lines of 30 points between header and tail."""
    heights = [*TITLE_INFO_HEADER, *[30.0] * lines, *TAIL]
    return break_before_signature(heights, 3, 3 + lines + 1, NARROW, "landscape")


def test_what_fits_on_the_page_is_left_alone() -> None:
    assert sum([*TITLE_INFO_HEADER, *[30.0] * 9, *TAIL]) <= ROOM
    assert wanted_break(9) is None


@pytest.mark.parametrize("lines", [10, 11, 12, 13])
def test_a_page_begins_with_the_last_two_lines_when_the_signature_would_be_cut_off(lines: int) -> None:
    assert wanted_break(lines) == 3 + lines + 1


def test_no_break_is_asked_for_when_the_tail_goes_to_the_next_page_by_itself() -> None:
    assert sum([*TITLE_INFO_HEADER, *[30.0] * 14]) <= ROOM < sum([*TITLE_INFO_HEADER, *[30.0] * 15])
    assert wanted_break(14) is None
    assert wanted_break(15) is None


def test_a_tail_higher_than_a_page_and_a_table_of_two_lines_are_left_alone() -> None:
    heights = [*TITLE_INFO_HEADER, *[30.0] * 10, 400.0, 400.0, 20.0]
    assert break_before_signature(heights, 3, 14, NARROW, "landscape") is None
    assert break_before_signature([*TITLE_INFO_HEADER, 300.0, 300.0, 20.0], 3, 4, NARROW, "landscape") is None


def test_a_wide_sheet_is_shrunk_and_takes_more_lines() -> None:
    heights = [*TITLE_INFO_HEADER, *[30.0] * 14, *TAIL]
    assert break_before_signature(heights, 3, 18, [300.0] * 6, "landscape") is None


def test_the_break_stands_in_the_file(tmp_path: Path) -> None:
    found: list[int | None] = []
    for count in range(13, 19):
        write_xlsx([ledger_report(count)], tmp_path / "a.xlsx")
        sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
        breaks = [one.id for one in sheet.row_breaks.brk]
        assert breaks in ([], [3 + count - 2])
        found += breaks
    assert found  # some of these counts cut the signature off


@pytest.fixture
def chinese_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice on a machine without Chinese fonts finds ours."""
    (tmp_path / "fonts.conf").write_text(
        f"<fontconfig><dir>{resources.path('fonts')}</dir><cachedir>{tmp_path}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))


@pytest.mark.slow
@pytest.mark.usefixtures("chinese_fonts")
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_no_signature_alone(tmp_path: Path) -> None:
    counts = range(12, 20)
    reports = [replace(ledger_report(count), code=f"表{count}") for count in counts]
    write_xlsx([*reports, statistics_report()], tmp_path / "a.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "a.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    signed = [text for text in page_texts((tmp_path / "a.pdf").read_bytes()) if "单位负责人：" in text]
    assert len(signed) == len(counts) + 1
    for report, text in zip(reports, signed[:-1], strict=True):
        days = [row.cells[2].text for row in report.tables[0].rows]  # 活动时间, different in every line
        for wanted in (*days[-2:], "合计", "联系电话"):
            assert wanted in text, (report.code, wanted)
