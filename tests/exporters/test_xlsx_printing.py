"""Printed from Excel, WPS or LibreOffice, the signature stays with the table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from exporters.xlsx import write_xlsx
from exporters.xlsx_book import DIGIT
from exporters.xlsx_pages import Paper, page_starts, plan_breaks
from tests.exporters.pdf_reading import page_texts
from tests.exporters.samples import ledger_report, statistics_report
from tests.office import convert_to_pdf, needs_office

ROOM = 515.8  # points between the margins of A4 across
NARROW = Paper([100.0] * 5, "landscape")  # pixels: nothing has to be shrunk
TITLE_INFO_HEADER = [30.0, 20.0, 30.0]
TAIL = [30.0, 30.0, 20.0, 20.0, 30.0, 20.0]  # two lines, total, note, signature, small print


def wanted_breaks(lines: int) -> list[int]:
    """The breaks for so many lines of 30 points between header and tail."""
    heights = [*TITLE_INFO_HEADER, *[30.0] * lines, *TAIL]
    return plan_breaks(heights, 3, [(1, 4), (3 + lines + 1, len(heights))], NARROW)


def test_what_fits_on_the_page_is_left_alone() -> None:
    assert sum([*TITLE_INFO_HEADER, *[30.0] * 9, *TAIL]) <= ROOM
    assert wanted_breaks(9) == []


@pytest.mark.parametrize("lines", [10, 11, 12, 13, 14])
def test_a_page_begins_with_the_last_two_lines_when_the_signature_would_be_cut_off(lines: int) -> None:
    assert wanted_breaks(lines) == [3 + lines + 1]


def test_no_break_is_asked_for_when_the_tail_goes_to_the_next_page_by_itself() -> None:
    """LibreOffice has a little more room, so that the page ends after 14 lines or after 15."""
    assert sum([*TITLE_INFO_HEADER, *[30.0] * 14]) <= ROOM < sum([*TITLE_INFO_HEADER, *[30.0] * 15])
    assert wanted_breaks(15) == []
    assert wanted_breaks(16) == []


def test_a_tail_higher_than_a_page_and_a_table_of_two_lines_are_left_alone() -> None:
    heights = [*TITLE_INFO_HEADER, *[30.0] * 10, 400.0, 400.0, 20.0]
    assert plan_breaks(heights, 3, [(14, 16)], NARROW) == []
    assert plan_breaks([*TITLE_INFO_HEADER, 300.0, 190.0, 20.0], 3, [(1, 5), (4, 6)], NARROW) == []


def test_a_wide_sheet_is_shrunk_and_takes_more_lines() -> None:
    heights = [*TITLE_INFO_HEADER, *[30.0] * 14, *TAIL]
    assert plan_breaks(heights, 3, [(18, len(heights))], Paper([300.0] * 6, "landscape")) == []


def test_a_small_table_at_the_end_of_a_page_goes_to_the_next_with_its_heading() -> None:
    """Rows 16 to 20, of which the page ends within; also when the signing line below would be torn off it."""
    heights = [30.0] * 24
    assert plan_breaks(heights, None, [(16, 20)], NARROW) == [16]
    assert plan_breaks(heights, None, [(13, 17), (17, 19)], NARROW) == [13]


def test_each_of_several_pages_is_planned() -> None:
    found = plan_breaks([30.0] * 60, None, [(15, 20), (30, 33), (40, 50)], NARROW)
    assert found == [15, 30, 40]
    starts = page_starts([30.0] * 60, None, NARROW.room(DIGIT), found)
    assert starts == [1, 15, 30, 40, 57]


def test_the_break_stands_in_the_file(tmp_path: Path) -> None:
    found: list[int | None] = []
    for count in range(13, 19):
        write_xlsx([ledger_report(count)], tmp_path / "a.xlsx")
        sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
        breaks = [one.id for one in sheet.row_breaks.brk]
        assert breaks in ([], [3 + count - 2])
        found += breaks
    assert found  # some of these counts cut the signature off


@pytest.mark.slow
@needs_office
def test_libreoffice_prints_no_signature_alone(tmp_path: Path) -> None:
    counts = range(12, 20)
    reports = [replace(ledger_report(count), code=f"表{count}") for count in counts]
    write_xlsx([*reports, statistics_report()], tmp_path / "a.xlsx")
    [pdf] = convert_to_pdf([tmp_path / "a.xlsx"], tmp_path)
    signed = [text for text in page_texts(pdf.read_bytes()) if "单位负责人：" in text]
    assert len(signed) == len(counts) + 1
    for report, text in zip(reports, signed[:-1], strict=True):
        days = [row.cells[2].text for row in report.tables[0].rows]  # 活动时间, different in every line
        for wanted in (*days[-2:], "合计", "联系电话"):
            assert wanted in text, (report.code, wanted)
