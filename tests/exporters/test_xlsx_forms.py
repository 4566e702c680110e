"""Forms of more than one table in Excel: common columns, boxes, charts beside them, many forms on a sheet."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from exporters.progress import ExportCancelled
from exporters.xlsx import MOST_FORMS, write_xlsx
from exporters.xlsx_grid import Run, Wish, common_columns
from models.errors import UserError
from models.report import Cell, Column, Document, Paragraph, Passage, Report, Row, Table
from tests.exporters.samples import ledger_report, statistics_report
from tests.exporters.stress import LONG, NAME, RULE, SENTENCE, classes_report, lists_report, registration_report


def written(tmp_path: Path, *reports: Report) -> Workbook:
    write_xlsx(reports, tmp_path / "表.xlsx")
    return load_workbook(tmp_path / "表.xlsx")


def first_sheet(tmp_path: Path, report: Report) -> Worksheet:
    sheet = written(tmp_path, report).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def lines_of(sheet: Worksheet) -> list[list[object]]:
    """What stands in each row, without what merged cells cover."""
    return [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]


def plain(*widths: float) -> Wish:
    return Wish(widths, (20.0,) * len(widths))


# --- common columns --------------------------------------------------------------------------------------


def test_boundaries_that_nearly_meet_become_one() -> None:
    widths, runs = common_columns([plain(100, 300, 200), plain(110, 490)])
    assert widths == [100, 300, 200]
    assert runs == [(Run(0, 0), Run(1, 1), Run(2, 2)), (Run(0, 0), Run(1, 2))]


def test_a_boundary_far_from_all_others_makes_another_column() -> None:
    widths, runs = common_columns([plain(100, 300, 200), plain(250, 350)])
    assert widths == [100, 150, 150, 200]
    assert runs == [(Run(0, 0), Run(1, 2), Run(3, 3)), (Run(0, 1), Run(2, 3))]


def test_a_number_keeps_its_room_when_boundaries_meet() -> None:
    wide = Wish((110.0, 490.0), (105.0, 20.0))
    widths, runs = common_columns([plain(100, 300, 200), wide])
    assert sum(widths[runs[1][0].first : runs[1][0].last + 1]) >= 105


def test_every_table_fills_the_width_without_gap_or_overlap() -> None:
    wishes = [plain(45, 330, 190, 80, 120, 110, 270), plain(40, 60, 24, 30, 90), plain(1, 1), plain(300)]
    widths, runs = common_columns(wishes)
    assert sum(widths) == pytest.approx(1145)
    assert min(widths) > 0
    for wish, found in zip(wishes, runs, strict=True):
        assert len(found) == len(wish.widths)
        assert (found[0].first, found[-1].last) == (0, len(widths) - 1)
        assert all(after.first == before.last + 1 for before, after in pairwise(found))


def test_tables_of_unlike_columns_are_read_back_cell_by_cell(tmp_path: Path) -> None:
    for report in (classes_report(), lists_report(12)):
        found = lines_of(first_sheet(tmp_path, report))
        for table in report.tables:
            at = found.index([column.title for column in table.columns])
            assert found[at - 1] == [table.title]
            rows = [*table.rows, *([table.total] if table.total else [])]
            wanted = [[_read_back(cell) for cell in row.cells if cell.value not in ("", None)] for row in rows]
            assert found[at + 1 : at + 1 + len(rows)] == wanted if rows else found[at + 1] == [table.empty_text]


def _read_back(cell: Cell) -> object:
    value = cell.value
    return value if isinstance(value, str | int) else datetime.fromisoformat(str(value))


def test_the_cells_of_a_merged_box_all_have_its_border(tmp_path: Path) -> None:
    sheet = first_sheet(tmp_path, lists_report(3))
    boxes = [area for area in sheet.merged_cells.ranges if sheet.cell(area.min_row, area.min_col).border.left.style]
    assert len(boxes) > 20
    for area in boxes:
        corner = sheet.cell(area.max_row, area.max_col)
        assert corner.border.right.style == corner.border.bottom.style == "thin"


# --- boxes, photos ---------------------------------------------------------------------------------------


def test_a_registration_has_its_values_as_dates_and_numbers_and_its_phone_as_text(tmp_path: Path) -> None:
    found = lines_of(first_sheet(tmp_path, registration_report(1)))
    assert ["活动名称", f"{NAME}（1）"] in found
    assert ["活动时间", datetime(2025, 7, 1), "活动地点", "职工培训中心"] in found
    assert ["场次", 2, "责任人电话", "0391-3999920"] in found
    assert ["备注", "未填"] in found
    assert ["照片附页"] in found
    assert ["9. 职工在讨论第9组题目"] in found


def test_a_box_has_the_room_to_write_that_the_form_asks_for(tmp_path: Path) -> None:
    sheet = first_sheet(tmp_path, registration_report(1))
    heights = {sheet.cell(row, 1).value: sheet.row_dimensions[row].height or 0 for row in range(1, sheet.max_row + 1)}
    assert heights["活动简述"] > heights["成效"] > 3 * heights["场次"]


def test_a_text_longer_than_a_row_goes_on_in_the_next_with_one_label_beside_it(tmp_path: Path) -> None:
    sheet = first_sheet(tmp_path, registration_report(1, LONG))
    top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "活动简述")
    label = next(area for area in sheet.merged_cells.ranges if area.coord.startswith(f"A{top}:"))
    parts = [str(sheet.cell(row, label.max_col + 1).value) for row in range(top, label.max_row + 1)]
    assert len(parts) == 2
    assert "".join(parts) == LONG
    assert parts[0].endswith("。")
    assert all((sheet.row_dimensions[row].height or 0) <= 409 for row in range(top, label.max_row + 1))


def test_the_sources_name_the_cells_of_boxes_and_the_counting_rule(tmp_path: Path) -> None:
    book = written(tmp_path, registration_report(2), classes_report())
    lines = [[str(cell.value or "") for cell in row] for row in book["来源"].iter_rows(min_row=2)]
    sheet = book.worksheets[0]
    named = {(name, cells): (uids, rule) for name, cells, _, uids, rule in lines}
    date_cell = next(cell.coordinate for row in sheet.iter_rows() for cell in row if isinstance(cell.value, datetime))
    assert named["表1活动登记表", date_cell] == ("0198a000-0000-7000-8000-000000000001", "")
    assert [cell.value for cell in book["来源"][1]][-1] == "口径"
    counts = [value for (name, _), value in named.items() if name.startswith("表6")]
    assert len(counts) == 6 * 11 + 3 * 4 * 2
    assert {rule for _, rule in counts} == {RULE}


# --- many forms on a sheet -------------------------------------------------------------------------------


def test_each_form_that_follows_begins_a_page(tmp_path: Path) -> None:
    report = registration_report(3)
    sheet = first_sheet(tmp_path, report)
    titles = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == report.title]
    assert len(titles) == 3
    assert {row - 1 for row in titles[1:]} <= {each.id for each in sheet.row_breaks.brk}
    assert sheet.freeze_panes is None
    assert sheet.print_title_rows is None
    assert not (sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage)
    assert 70 < (sheet.page_setup.scale or 0) < 100
    assert "填表人：赵芳" in [cell for row in lines_of(sheet)[titles[2] :] for cell in row]


def test_more_forms_than_excel_has_page_breaks_for_go_on_in_another_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 2 * MOST_FORMS <= 1023, "two breaks for each form are as many as a sheet may have"
    monkeypatch.setattr("exporters.xlsx.MOST_FORMS", 30)
    book = written(tmp_path, registration_report(32))
    assert book.sheetnames == ["表1活动登记表", "表1活动登记表(2)", "来源"]
    assert len(book.worksheets[0].row_breaks.brk) <= 2 * 30
    assert sum(1 for line in lines_of(book.worksheets[1]) if line == ["主题宣传教育活动登记表"]) == 2


@pytest.mark.slow
def test_thousands_of_forms_take_as_long_each_as_a_few(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        report = registration_report(count)
        start = time.process_time()
        write_xlsx([report], tmp_path / "a.xlsx")
        return (time.process_time() - start) / count

    seconds(10)
    assert seconds(4000) < 2 * max(seconds(400), 0.0005)


def test_many_forms_show_their_progress_and_can_be_cancelled(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 100

    with pytest.raises(ExportCancelled):
        write_xlsx([registration_report(301)], tmp_path / "a.xlsx", progress=progress)
    assert told == [(50, 300), (100, 300)]
    assert not (tmp_path / "a.xlsx").exists()


def test_a_letter_is_refused_in_words_wherever_it_stands(tmp_path: Path) -> None:
    letter = replace(ledger_report(1), title="活动总结", blocks=(Document((Paragraph((Passage(SENTENCE),)),)),))
    for report in (letter, replace(ledger_report(1), following=(letter,))):
        with pytest.raises(UserError, match=r"“活动总结”是公文，没有Excel格式。请导出PDF或Word。"):
            write_xlsx([report], tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()


# --- charts ----------------------------------------------------------------------------------------------


def test_a_chart_shows_the_rows_of_the_table_without_the_total(tmp_path: Path) -> None:
    report = classes_report()
    sheet = first_sheet(tmp_path, report)
    header = next(row for row in range(1, 10) if sheet.cell(row, 1).value == "活动形式")
    first, second = sheet._charts  # pyright: ignore[reportAttributeAccessIssue]
    name = "'表6活动分类统计表'"
    assert [series.val.numRef.f for series in first.series] == [f"{name}!$B${header + 1}:$B${header + 6}"]
    assert [series.val.numRef.f for series in second.series] == [
        f"{name}!${column}${header + 1}:${column}${header + 6}" for column in "DE"
    ]
    assert second.series[0].cat.strRef.f == f"{name}!$A${header + 1}:$A${header + 6}"
    assert second.series[0].tx.strRef.f == f"{name}!$D${header}"
    cached = [point.v for point in first.series[0].val.numRef.numCache.pt]
    assert cached == [row.cells[1].value for row in report.tables[0].rows]
    assert first.x_axis.delete is False and first.y_axis.delete is False
    assert second.series[0].dLbls.showVal


def test_charts_stand_beside_the_printed_page_and_not_on_each_other(tmp_path: Path) -> None:
    sheet = first_sheet(tmp_path, classes_report())
    assert sheet.print_area == f"'表6活动分类统计表'!$A$1:$L${sheet.max_row}"
    first, second = (chart.anchor for chart in sheet._charts)  # pyright: ignore[reportAttributeAccessIssue]
    assert first._from.col == second._from.col == 12  # the column after L
    tops = [
        sum(sheet.row_dimensions[row].height or 0 for row in range(1, anchor._from.row + 1))
        for anchor in (first, second)
    ]
    assert tops[0] + first.ext.height / 12700 <= tops[1] + second._from.rowOff / 12700


def test_a_form_without_charts_has_no_drawing_and_no_print_area(tmp_path: Path) -> None:
    sheet = first_sheet(tmp_path, statistics_report())
    assert not sheet.print_area
    with zipfile.ZipFile(tmp_path / "表.xlsx") as archive:
        assert not [name for name in archive.namelist() if re.search("chart|drawing", name)]


def test_an_empty_table_has_no_chart(tmp_path: Path) -> None:
    report = classes_report()
    empty = replace(report, blocks=(replace(report.tables[0], rows=(), total=None),))
    assert first_sheet(tmp_path, empty)._charts == []  # pyright: ignore[reportAttributeAccessIssue]


def test_charts_and_merged_cells_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    code = (
        "import sys; from tests.exporters.stress import classes_report, registration_report;"
        "from exporters.xlsx import write_xlsx; write_xlsx([classes_report(), registration_report(3)], sys.argv[1])"
    )
    for seed in ("1", "2"):
        target = str(tmp_path / f"{seed}.xlsx")
        subprocess.run([sys.executable, "-c", code, target], check=True, env={"PYTHONHASHSEED": seed})
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


# --- numbers ---------------------------------------------------------------------------------------------


def test_a_column_is_as_wide_as_its_widest_number(tmp_path: Path) -> None:
    table = Table((Column("事项", 100), Column("数", 5, "right")), (Row((Cell("甲"), Cell(999_999_999_999))),))
    sheet = first_sheet(tmp_path, replace(ledger_report(1), blocks=(table,)))
    assert sheet.column_dimensions["B"].width >= 12
