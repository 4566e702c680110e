"""The same form in Excel: real numbers, text that stays text, nothing that calculates."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from exporters.progress import ExportCancelled
from exporters.xlsx import sheet_names, write_xlsx
from models.errors import UserError
from models.report import Cell, Column, Report, Row, Table
from tests.exporters.samples import activity_row, ledger_report, statistics_report
from tests.exporters.test_atomic_write import file_size_limit, names_in

DANGEROUS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+86 138",
    "-5",
    "@SUM(A1)",
    "\t=1+1",
    "\n=1+1",
    "'带撇号",
    "#N/A",
    "TRUE",
    "0391-3999920",
    "7月1日",
    "1e5",
    "<b>&amp;</b>",
    "  前后空格  ",
    "🇨🇳㮾𬭚",
]


def export(tmp_path: Path, *reports: Report) -> Path:
    path = tmp_path / "表.xlsx"
    write_xlsx(reports, path)
    return path


def opened(path: Path) -> Workbook:
    return load_workbook(path)


def first_sheet(path: Path) -> Worksheet:
    sheet = opened(path).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def header_row(sheet: Worksheet, title: str = "序号") -> int:
    return next(row for row in range(1, 10) if sheet.cell(row, 1).value == title)


def typed_in(tmp_path: Path, text: str) -> object:
    """What Excel finds in the cell where a clerk typed `text`."""
    sheet = first_sheet(export(tmp_path, ledger_report(2, 备注=text)))
    return sheet.cell(header_row(sheet) + 1, 12).value


def values_of(report: Report) -> list[list[object]]:
    """The lines of the only table as both readers should return them."""
    table = report.tables[0]
    assert table.total is not None
    return [
        [cell.text if cell.missing else cell.value or (0 if cell.value == 0 else None) for cell in row.cells]
        for row in (*table.rows, table.total)
    ]


# --- values ----------------------------------------------------------------------------------------------


def test_every_cell_arrives_with_its_value_and_kind(tmp_path: Path) -> None:
    report = ledger_report(40)
    sheet = first_sheet(export(tmp_path, report))
    first = header_row(sheet) + 1
    found = [[cell.value for cell in row] for row in sheet.iter_rows(first, first + 40)]
    assert found == values_of(report)
    assert [cell.value for cell in sheet[first - 1]] == [column.title for column in report.tables[0].columns]


def test_a_second_reader_finds_the_same(tmp_path: Path) -> None:
    report = ledger_report(40)
    rows = CalamineWorkbook.from_path(export(tmp_path, report)).get_sheet_by_name("表2活动台账").to_python()
    first = next(index for index, row in enumerate(rows) if row[0] == "序号") + 1
    found = [[None if value == "" else value for value in row] for row in rows[first : first + 41]]
    assert found == values_of(report)


def test_without_lxml_the_file_is_as_good(tmp_path: Path) -> None:
    """The program runs without lxml; openpyxl then writes by other means."""
    code = (
        "import sys; from tests.exporters.samples import ledger_report; from exporters.xlsx import write_xlsx;"
        "write_xlsx([ledger_report(5, 备注='\\t=1+1 ')], sys.argv[1])"
    )
    target = tmp_path / "plain.xlsx"
    environment = {**os.environ, "OPENPYXL_LXML": "False"}
    subprocess.run([sys.executable, "-c", code, str(target)], check=True, env=environment)
    wanted = first_sheet(export(tmp_path, ledger_report(5, 备注="\t=1+1 ")))
    found = first_sheet(target)
    assert [[cell.value for cell in row] for row in found] == [[cell.value for cell in row] for row in wanted]


def test_there_is_not_one_formula_in_the_file(tmp_path: Path) -> None:
    rows = tuple(activity_row(number, 备注=text) for number, text in enumerate(DANGEROUS, start=1))
    report = ledger_report(1)
    path = export(tmp_path, replace(report, title="=1+1", blocks=(replace(report.tables[0], rows=rows),)))
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert not re.search(rb"<f[ >/]", archive.read(name)), name
    kinds = {cell.data_type for row in first_sheet(path).iter_rows() for cell in row}
    assert kinds == {"s", "n"}


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_that_looks_like_a_formula_or_number_stays_text_as_typed(tmp_path: Path, text: str) -> None:
    sheet = first_sheet(export(tmp_path, ledger_report(2, 备注=text)))
    cell = sheet.cell(header_row(sheet) + 1, 12)
    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.quotePrefix is (text[0] not in "<#🇨")  # stays text when somebody edits the cell


def test_control_characters_go_and_line_ends_stay(tmp_path: Path) -> None:
    assert typed_in(tmp_path, "一\x00二\x0b\r\n三\r四\ud800") == "一二\n三\n四\ufffd"


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    assert typed_in(tmp_path, "字" * 32_767) == "字" * 32_767
    found = typed_in(tmp_path, "𬭚" * 20_000)
    assert isinstance(found, str)
    assert len(found.encode("utf-16-le")) // 2 <= 32_767
    assert found.startswith("𬭚" * 16_000)
    assert found.endswith("后面从略）")


def test_dates_and_decimals_are_numbers_that_look_right(tmp_path: Path) -> None:
    values = (date(2025, 7, 1), Decimal("1234.50"), 10**14, 10**16, Decimal("0.1234567890123456789"), date(1899, 5, 1))
    table = Table(
        (Column("值", 50, "right"), Column("备注", 50)), tuple(Row((Cell(value), Cell(""))) for value in values)
    )
    sheet = first_sheet(export(tmp_path, replace(ledger_report(1), blocks=(table,))))
    first = header_row(sheet, "值") + 1
    found = [sheet.cell(first + index, 1) for index in range(len(values))]
    assert found[0].value == datetime(2025, 7, 1)
    assert found[0].number_format == 'yyyy"年"m"月"d"日"'
    assert [cell.value for cell in found[1:3]] == [1234.5, 10**14]
    # Excel keeps 15 digits and no day before 1900: these stay what they are, as text.
    assert [cell.value for cell in found[3:]] == ["10000000000000000", "0.1234567890123456789", "1899年5月1日"]


def test_what_is_not_filled_in_is_red(tmp_path: Path) -> None:
    sheet = first_sheet(export(tmp_path, ledger_report(8)))
    cell = sheet.cell(header_row(sheet) + 8, 9)
    assert cell.value == "未填"
    assert cell.font.b
    assert cell.font.color.rgb == "FFC00000"


# --- look ------------------------------------------------------------------------------------------------


def test_the_sheet_is_ready_to_print(tmp_path: Path) -> None:
    sheet = first_sheet(export(tmp_path, ledger_report(40)))
    header = header_row(sheet)
    assert sheet.title == "表2活动台账"
    assert sheet.page_setup.paperSize == 9  # A4
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${header}:${header}"
    assert sheet.freeze_panes == f"A{header + 1}"
    assert sheet.oddFooter.right.text == "第 &P 页　共 &N 页"  # pyright: ignore[reportOptionalMemberAccess]
    assert first_sheet(export(tmp_path, statistics_report())).page_setup.orientation == "portrait"


def test_the_lines_round_the_table_are_there_and_fill_the_width(tmp_path: Path) -> None:
    sheet = first_sheet(export(tmp_path, replace(ledger_report(3), receipt_code="K7MX-2Q9D")))
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    for wanted in (
        "主题宣传教育活动台账",
        "填报单位：焦作市××化工有限公司工会",
        "基层工会统计编码：4108-0002-012",
        "报送期：2025年7月1日—9月30日　第1版",
        "单位：场、人次",
        "填表人：赵芳",
        "填报日期：2025年10月10日　　（盖章）",
        "依据：焦工文〔2025〕33号、总工办发〔2025〕7号；回执码 K7MX-2Q9D；表样版本 2025.1",
    ):
        assert wanted in texts
    assert not [text for text in texts if re.search("表号|制定机关|批准文号", text)]
    assert "A1:L1" in {str(area) for area in sheet.merged_cells.ranges}


def test_only_fonts_that_every_office_has_are_asked_for(tmp_path: Path) -> None:
    with zipfile.ZipFile(export(tmp_path, ledger_report(8), statistics_report())) as archive:
        styles = archive.read("xl/styles.xml").decode()
    assert set(re.findall(r'<name val="([^"]+)"', styles)) == {"宋体", "黑体"}


def test_table_cells_have_borders_and_the_header_is_bold(tmp_path: Path) -> None:
    sheet = first_sheet(export(tmp_path, ledger_report(3)))
    header = header_row(sheet)
    for row in range(header, header + 5):
        assert all(sheet.cell(row, column).border.left.style == "thin" for column in range(1, 13))
    assert sheet.cell(header, 2).font.b
    assert sheet.cell(header + 4, 8).font.b  # 合计
    assert not sheet.cell(header + 1, 2).font.b
    assert sheet.cell(header + 1, 8).alignment.horizontal == "right"
    assert sheet.cell(header + 1, 2).alignment.wrap_text


def test_columns_for_machines_are_there_but_hidden(tmp_path: Path) -> None:
    sheet = first_sheet(export(tmp_path, ledger_report(3)))
    assert sheet.column_dimensions["M"].hidden
    assert not sheet.column_dimensions["L"].hidden
    assert sheet.cell(header_row(sheet) + 1, 13).value == "HD-2025-0001"


def test_rows_are_high_enough_for_their_text(tmp_path: Path) -> None:
    text = "为深入学习贯彻党的创新理论，公司工会组织宣讲。" * 20  # 460 characters
    sheet = first_sheet(export(tmp_path, ledger_report(3, 主要内容及成效=text)))
    row = header_row(sheet) + 1
    width = sheet.column_dimensions["K"].width * 7
    lines = -(-len(text) * 13.34 // (width - 10))
    height = sheet.row_dimensions[row].height
    assert lines * 12.5 <= height <= 409
    assert sheet.row_dimensions[row + 1].height < 40


def test_two_thousand_characters_still_fit_into_a_row(tmp_path: Path) -> None:
    """A row ends at 409 points, so the column grows until the text fits."""
    text = "为深入学习贯彻党的创新理论，公司工会组织宣讲。" * 87
    sheet = first_sheet(export(tmp_path, ledger_report(3, 主要内容及成效=text)))
    width = sheet.column_dimensions["K"].width * 7
    lines = -(-len(text) * 13.34 // (width - 10))
    assert lines * 12.5 <= sheet.row_dimensions[header_row(sheet) + 1].height <= 409


def test_a_form_with_few_columns_still_shows_its_information_lines(tmp_path: Path) -> None:
    table = Table((Column("序号", 10), Column("项目", 60)), (Row((Cell(1), Cell("一项"))),))
    sheet = first_sheet(export(tmp_path, replace(ledger_report(1), blocks=(table,))))
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "报送期：2025年7月1日—9月30日　第1版" in texts
    assert "联系电话：0391-3999920" in texts


def test_a_form_without_tables_is_still_a_form(tmp_path: Path) -> None:
    sheet = first_sheet(export(tmp_path, replace(ledger_report(1), blocks=())))
    assert [sheet.cell(row, 1).value for row in (1, 2)] == [
        "主题宣传教育活动台账",
        "填报单位：焦作市××化工有限公司工会",
    ]
    assert "A1:D1" in {str(area) for area in sheet.merged_cells.ranges}


# --- several sheets, sources -----------------------------------------------------------------------------


def test_each_form_has_its_sheet_and_the_sources_are_hidden(tmp_path: Path) -> None:
    book = opened(export(tmp_path, ledger_report(3), statistics_report()))
    assert book.sheetnames == ["表2活动台账", "表5百千万亿统计表", "来源"]
    assert book["来源"].sheet_state == "hidden"


def test_each_number_leads_to_the_records_behind_it(tmp_path: Path) -> None:
    report = ledger_report(3)
    sheet = first_sheet(export(tmp_path, report))
    header = header_row(sheet)
    lines = [
        [cell.value for cell in row] for row in opened(tmp_path / "表.xlsx")["来源"].iter_rows(min_row=2, max_col=4)
    ]
    uids = " ".join(row.uid for row in report.tables[0].rows)
    assert ["表2活动台账", f"A{header + 1}:M{header + 3}", "每行一条", uids] in lines
    for column in "HIJ":
        assert ["表2活动台账", f"{column}{header + 4}", "由这些记录算出", uids] in lines
    assert len(lines) == 4


def test_a_total_of_thousands_of_records_lists_them_all(tmp_path: Path) -> None:
    report = ledger_report(2000)
    book = opened(export(tmp_path, report))
    total = f"H{header_row(book.worksheets[0]) + 2001}"
    found = [str(row[3].value) for row in book["来源"].iter_rows(min_row=2) if row[1].value == total]
    assert " ".join(found).split() == [row.uid for row in report.tables[0].rows]
    assert max(map(len, found)) <= 32_767


def test_sheet_names_are_legal_and_differ() -> None:
    one = ledger_report(1)
    names = sheet_names(
        [one, one, replace(one, code="", file_stem="来源"), replace(one, file_stem="a/b:c*[d]?\\" + "长" * 40)]
    )
    assert names == ["表2活动台账", "表2活动台账(2)", "来源(2)", "表2abcd" + "长" * 25]
    assert all(len(name) <= 31 for name in names)


# --- bytes, progress, faults -----------------------------------------------------------------------------


def test_the_same_reports_give_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys; from tests.exporters.samples import ledger_report, statistics_report;"
        "from exporters.xlsx import write_xlsx; write_xlsx([ledger_report(9), statistics_report()], sys.argv[1])"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / f"{seed}.xlsx")], check=True, env={"PYTHONHASHSEED": seed}
        )
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "1.xlsx") as archive:
        assert {info.date_time for info in archive.infolist()} == {(2025, 10, 10, 0, 0, 0)}
        assert archive.testzip() is None


def test_the_file_carries_the_forms_date(tmp_path: Path) -> None:
    properties = opened(export(tmp_path, ledger_report(2))).properties
    assert properties.creator == "焦作市××化工有限公司工会"
    assert properties.title == "主题宣传教育活动台账"
    assert properties.created is not None
    assert properties.created.date() == date(2025, 10, 10)
    assert properties.modified == properties.created


def test_progress_runs_to_the_end(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        steps.append((done, total))
        return True

    write_xlsx([ledger_report(120), ledger_report(80)], tmp_path / "a.xlsx", progress=progress)
    assert steps[-1] == (200, 200)
    assert steps == sorted(steps)
    assert len(steps) >= 4


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's temporary folder, where openpyxl likes to collect sheets: one that we can look into."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.mark.parametrize("stop_at", [50, 200])
def test_a_cancelled_export_leaves_the_old_file_and_no_rubbish(tmp_path: Path, temporary: Path, stop_at: int) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(ExportCancelled):
        write_xlsx([ledger_report(200)], target, progress=lambda done, _: done < stop_at)
    assert target.read_bytes() == b"old"
    assert names_in(tmp_path) == ["a.xlsx", "temporary"]
    assert names_in(temporary) == []


@pytest.mark.parametrize("limit", [0, 4_000, 15_000])
def test_a_full_disk_leaves_the_old_file_and_no_rubbish(tmp_path: Path, temporary: Path, limit: int) -> None:
    """Whether it is full at once or while the archive is written."""
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    with file_size_limit(limit), pytest.raises(UserError, match=r"磁盘空间不够，“a\.xlsx”没有保存"):
        write_xlsx([ledger_report(300)], target)
    assert target.read_bytes() == b"old"
    assert names_in(tmp_path) == ["a.xlsx", "temporary"]
    assert names_in(temporary) == []
