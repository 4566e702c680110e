"""The blocks of 表3 in Excel, and the calendar that is for paper only."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from exporters.xlsx import write_xlsx
from models.case import Case, Effect
from models.errors import UserError
from models.notice import builtin_notice
from models.reports.month_sheet import build_month_sheet
from models.reports.table3 import build_table3
from tests.factories import TODAY, a_case, a_ledger

NOTICE = builtin_notice()


def test_a_case_in_excel_has_its_head_its_text_and_its_tables(tmp_path: Path) -> None:
    long = "一是把课堂搬到班前会。" * 900
    case = a_case(effects=(Effect("开展活动", "326", "场"),), practice=f"{long}\n二是=1+1", summary="+86 是区号")
    with a_ledger(tmp_path / "ledger") as ledger:
        write_xlsx([build_table3(ledger, NOTICE, case, TODAY)], tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    rows = [[str(cell.value) for cell in row if cell.value] for row in sheet.iter_rows()]
    assert ["案例名称", "班前十分钟微思政课"] in rows
    assert ["一句话亮点", "+86 是区号"] in rows
    assert ["所属领域", "思想政治引领领域", "实施时间"] in [row[:3] for row in rows]
    text = "".join(row[0] for row in rows if row)
    assert f"　　{long}" in text.replace("\n", "") and "　　二是=1+1" in text
    assert ["指标", "数值", "单位", "数据来源（活动编号）"] in rows and ["开展活动", "326", "场"] in rows
    assert ["五、报送单位意见"] in rows
    assert all((sheet.row_dimensions[row].height or 0) <= 409 for row in range(1, sheet.max_row + 1))


def test_what_is_missing_is_red_in_excel_too(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "ledger") as ledger:
        write_xlsx([build_table3(ledger, NOTICE, Case(), TODAY)], tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    red = [cell.value for row in sheet.iter_rows() for cell in row if cell.font and cell.font.color and cell.value]
    assert [str(value).strip() for value in red].count("未填") == 5


def test_the_calendar_is_refused_in_words(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "ledger") as ledger:
        sheet = build_month_sheet(ledger, NOTICE, 2025, 10, TODAY)
    with pytest.raises(UserError, match=r"“2025年10月宣传教育活动日历”是打印用的日历，没有Excel格式。请导出PDF。"):
        write_xlsx([sheet], tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()
