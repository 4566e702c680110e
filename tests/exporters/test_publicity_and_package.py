"""表7 and 表10 written and read back: PDF with pypdf, Excel with calamine; cell by cell what the Report says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from exporters.pdf import render_pdf
from exporters.pdf.fonts import font_set
from exporters.xlsx import write_xlsx
from models.ledger import Ledger
from models.notice import builtin_notice
from models.periods import quarter
from models.publicity import Exemplar, Work
from models.publicity_repository import EXEMPLARS, WORKS
from models.report import Cell, FieldGrid, Report, Table
from models.reports import build
from models.reports.basis import ReportBasis
from models.reports.table10 import ListedFile, build_table10
from models.submission_differences import Differences
from tests.exporters.pdf_reading import expected_header, expected_row, page_texts, squeeze
from tests.factories import NOW, TODAY, a_ledger

BUNDLED = font_set(())
NOTICE = builtin_notice()
THIRD = quarter(2025, 3)
KINDS = [option.code for option in NOTICE.options("publicity_kind")]
LONG = (
    "《习近平与一线职工朋友们》领学领读：从班前十分钟到劳模工匠大讲堂的一年，一家化工厂工会把思政课办到检修现场的体会"
)


def fill(ledger: Ledger, count: int) -> None:
    with ledger.transaction("登记", at=NOW):
        for number in range(count):
            work = Work(
                KINDS[number % len(KINDS)],
                title=f"{LONG[:54]}{number}",
                media=("视频号", "焦作日报", "=1+1")[number % 3],
                account=("", "云台示例工会")[number % 2],
                level="city",
                day=date(2025, 7 + number % 3, 1 + number % 28),
                url=f"https://news.example.cn/2025/{'a' * (number % 200)}?id={number}",
                quantity=(None, 1, 46)[number % 3],
                views=(None, 58_200)[number % 2],
                publicity="brand",
                note="截至9月底",
            )
            WORKS.save(ledger, work, now=NOW)
            person = Exemplar(f"王建国{number}", "craftsman", level="city", method="大讲堂", day=date(2025, 8, 1))
            EXEMPLARS.save(ledger, person, now=NOW)


def a_package(ledger: Ledger, count: int) -> Report:
    files = [
        ListedFile(
            f"表{number}_{LONG[:40]}_2025Q3_v2.xlsx", f"表{number} {LONG[:30]}", "14行", 48_123, f"{number:064x}"
        )
        for number in range(count)
    ]
    basis = ReportBasis(ledger, NOTICE, THIRD, TODAY)
    return build_table10(basis, files, version=2, receipt_code="7K3D9QXM", differences=Differences())


@pytest.fixture(params=[0, 1, 12, 200])
def forms(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Report, Report]:
    with a_ledger(tmp_path / "ledger") as ledger:
        fill(ledger, request.param)
        return build("表7", ledger, NOTICE, THIRD, TODAY), a_package(ledger, min(request.param, 40))


def test_the_pdf_holds_every_cell_in_the_order_of_the_report(forms: tuple[Report, Report]) -> None:
    for report in forms:
        text = "".join(page_texts(render_pdf(report, fonts=BUNDLED).data))
        place = 0
        for table in report.tables:
            rows = [row for row in (*table.rows, table.total) if row]
            wanted = [squeeze(table.title), expected_header(table), *(expected_row(table, row) for row in rows)]
            if not table.rows:
                wanted.append(squeeze(table.empty_text))
            for words in wanted:
                found = text.find(words, place)
                assert found >= 0, words
                place = found + len(words)
        for grid in (block for block in report.blocks if isinstance(block, FieldGrid)):
            for entry in grid.entries():
                assert squeeze(entry.label + entry.value.text) in text
        for table in report.tables:
            assert all(squeeze(note) in text for note in table.notes)


def test_the_receipt_code_stands_on_the_cover_and_at_its_foot(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "ledger") as ledger:
        document = render_pdf(a_package(ledger, 3), fonts=BUNDLED)
    (text,) = page_texts(document.data)
    assert "三、回执码：7K3D-9QXM四、收件单位签收签收人：（盖章）年月日" in text
    assert "回执码7K3D-9QXM" in text


def as_calamine(cell: Cell) -> object:
    if isinstance(cell.value, int) and not cell.missing:
        return float(cell.value)
    return cell.value if isinstance(cell.value, date) and not cell.missing else cell.text


def test_excel_holds_every_cell_in_the_order_of_the_report(forms: tuple[Report, Report], tmp_path: Path) -> None:
    write_xlsx(forms, tmp_path / "a.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    for name, report in zip(book.sheet_names, forms, strict=False):
        lines = [[value for value in line if value != ""] for line in book.get_sheet_by_name(name).to_python()]
        place = 0
        for table in report.tables:
            for wanted in expected_lines(table):
                assert wanted in lines[place:], wanted
                place += lines[place:].index(wanted) + 1


def expected_lines(table: Table) -> list[list[object]]:
    rows = [row for row in (*table.rows, table.total) if row]
    printed = table.printed_columns()
    filled = [[as_calamine(row.cells[index]) for index in printed if row.cells[index].text] for row in rows]
    return [[table.title], [table.columns[index].title for index in printed], *filled]
