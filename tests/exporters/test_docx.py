"""Forms in Word: every cell as the report has it, tables that repeat their head, and a file that others can edit."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from docx.shared import Mm
from PIL import Image
from pypdf import PdfReader

from exporters.docx import write_docx
from exporters.progress import ExportCancelled
from exporters.wording import basis_line, info_items, signature_items
from models.case import Case, Effect
from models.errors import UserError
from models.notice import builtin_notice
from models.report import Cell, Column, Entry, FieldGrid, Picture, PictureSheet, Report, Row, Table
from models.reports.month_sheet import build_month_sheet
from models.reports.table3 import build_table3
from tests.exporters.docx_reading import OFFICE, W, cells, convert, lines, opened, part
from tests.exporters.pdf_reading import squeeze
from tests.exporters.samples import ledger_report, statistics_report
from tests.exporters.test_pdf_characters import STANDARD
from tests.factories import TODAY, a_case, a_ledger

NOTICE = builtin_notice()
LONG = "每天班前会留出10分钟，由班组长、劳模轮流讲一个“小故事”（每班一题），覆盖24个班组、8,710人次。"


def case_form(tmp_path: Path, **values: object) -> Report:
    with a_ledger(tmp_path / "ledger") as ledger:
        return build_table3(ledger, NOTICE, a_case(**values), TODAY)


def written(report: Report, tmp_path: Path) -> Path:
    write_docx(report, tmp_path / "a.docx")
    return tmp_path / "a.docx"


def expected_table(table: Table) -> list[list[str]]:
    printed = table.printed_columns()
    rows = [[row.cells[index].text for index in printed] for row in table.rows] or [[table.empty_text]]
    total = [[table.total.cells[index].text for index in printed]] if table.total else []
    return [[table.columns[index].title for index in printed], *rows, *total]


def test_offering_word_files_loads_no_heavy_library() -> None:
    code = (
        "import sys, exporters.docx;"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'docx', 'lxml', 'reportlab', 'PIL'}))"
    )
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert found.strip() == "[]"


def test_every_cell_of_a_ledger_is_the_reports(tmp_path: Path) -> None:
    report = ledger_report(60, 活动名称="<b>粗</b> & 王㮾、李𬭚👍\t=1+1\n第二行", 备注="")
    document = opened(written(report, tmp_path))
    [table] = document.tables
    assert cells(table) == expected_table(report.tables[0])
    text = "\n".join(lines(document))
    for item in (report.title, *info_items(report), *signature_items(report.signature), basis_line(report)):
        assert item in text
    assert all(note in text for note in report.tables[0].notes)
    assert "记录编号" not in text, "hidden columns are for Excel"


def test_a_form_of_two_tables_has_both_with_their_headings(tmp_path: Path) -> None:
    report = statistics_report()
    document = opened(written(report, tmp_path))
    assert [cells(table) for table in document.tables] == [expected_table(table) for table in report.tables]
    headings = [one.text for one in document.paragraphs if one.style and one.style.name == "表题"]
    assert headings == [table.title for table in report.tables]


def test_a_case_has_its_head_its_text_and_its_tables_in_order(tmp_path: Path) -> None:
    report = case_form(
        tmp_path, effects=(Effect("开展活动", "326", "场"),), practice=f"一是{LONG}\n二是=1+1", summary="+86"
    )
    found = lines(opened(written(report, tmp_path)))
    for line in ("案例名称|班前十分钟微思政课", "一句话亮点|+86", "开展活动|326|场|", "序号|文件名|说明|大小", "无"):
        assert line in found
    order = ["工会工作创新案例报送表", "一、针对问题", "二、主要做法", f"一是{LONG}", "二是=1+1", "三、经验启示",
             "量化成效", "四、附件清单", "五、报送单位意见", "（盖章）　　　　　　年　　月　　日",
             basis_line(report)]  # fmt: skip
    positions = [found.index(text) for text in order]
    assert positions == sorted(positions)
    for block in report.blocks:
        if isinstance(block, FieldGrid):
            wanted = [[text for entry in line for text in (entry.label, entry.value.text)] for line in block.lines]
            assert cells(opened(tmp_path / "a.docx").tables[0]) == wanted
    styles = {one.text: one.style.name for one in opened(tmp_path / "a.docx").paragraphs if one.style}
    assert styles["一、针对问题"] == "Heading 1" and styles["二是=1+1"] == "公文正文"


def test_what_is_missing_in_a_case_is_bold_and_red(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "ledger") as ledger:
        report = build_table3(ledger, NOTICE, Case(), TODAY)
    red = [
        run for run in part(written(report, tmp_path), "word/document.xml").iter(f"{W}r")
        if run.find(f"{W}rPr/{W}color") is not None
    ]  # fmt: skip
    assert ["".join(run.itertext()) for run in red] == ["未填"] * 5
    assert all(run.find(f"{W}rPr/{W}b") is not None for run in red)


def test_a_table_repeats_its_head_and_only_tall_rows_may_break(tmp_path: Path) -> None:
    report = ledger_report(3, 主要内容及成效=LONG * 20)
    body = part(written(report, tmp_path), "word/document.xml")
    rows = list(body.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False, False, False]
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows[1:]] == [False, True, True, True]
    [table] = body.iter(f"{W}tbl")
    widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
    document = opened(tmp_path / "a.docx")
    section = document.sections[0]
    assert section.page_width and section.left_margin and section.right_margin
    assert sum(widths) * 635 == section.page_width - section.left_margin - section.right_margin
    assert section.page_width > Mm(290), "a landscape form"
    for row in rows:
        assert sum(int(one.get(f"{W}w")) for one in row.iter(f"{W}tcW")) == sum(widths)


def test_the_last_row_stays_with_the_signing_line(tmp_path: Path) -> None:
    document = opened(written(ledger_report(3), tmp_path))
    *_, row, total = document.tables[0].rows
    for kept in (row, total):
        assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in kept.cells)


def test_a_grid_of_one_and_two_pairs_a_line_has_straight_edges(tmp_path: Path) -> None:
    grid = FieldGrid(
        (
            (Entry("一", Cell("甲")), Entry("二", Cell("乙"))),
            (Entry("全宽", Cell("长"), room=4),),
            (Entry("三", Cell(3)), Entry("四", Cell(4)), Entry("五", Cell(missing=True))),
        )
    )
    body = part(written(replace(ledger_report(1), blocks=(grid,)), tmp_path), "word/document.xml")
    [table] = body.iter(f"{W}tbl")
    columns = len(list(table.iter(f"{W}gridCol")))
    heights: list[int] = []
    for row in table.iter(f"{W}tr"):
        spans = [one.find(f"{W}tcPr/{W}gridSpan") for one in row.iter(f"{W}tc")]
        assert sum(int(span.get(f"{W}val")) if span is not None else 1 for span in spans) == columns
        heights.append(int(row.find(f"{W}trPr/{W}trHeight").get(f"{W}val")))
    assert heights[1] > 2 * heights[0], "room to write"
    assert cells(opened(tmp_path / "a.docx").tables[0]) == [
        ["一", "甲", "二", "乙"],
        ["全宽", "长"],
        ["三", "3", "四", "4", "五", "未填"],
    ]


def test_tables_without_headings_stay_apart(tmp_path: Path) -> None:
    table = Table((Column("字", 10),), (Row((Cell("一"),)),))
    assert len(opened(written(replace(ledger_report(1), blocks=(table, table)), tmp_path)).tables) == 2


def test_photos_are_in_the_file_with_their_captions_and_a_lost_one_is_told(tmp_path: Path) -> None:
    Image.new("RGB", (400, 300), "green").save(tmp_path / "a.jpg")
    (tmp_path / "b.jpg").write_bytes(b"no picture")
    pictures = tuple(Picture(tmp_path / f"{name}.jpg", f"“{name}”<照片>") for name in ("a", "b", "none", "a"))
    report = replace(
        ledger_report(1), orientation="portrait", blocks=(ledger_report(1).blocks[0], PictureSheet(pictures))
    )
    document = opened(written(report, tmp_path))
    assert len(document.inline_shapes) == 2
    assert all(shape.width / shape.height == pytest.approx(4 / 3, rel=0.01) for shape in document.inline_shapes)
    body = part(tmp_path / "a.docx", "word/document.xml")
    drawn = [one for one in body.iter() if str(one.tag).endswith("}docPr")]
    assert [(one.get("id"), one.get("descr")) for one in drawn] == [("1", "“a”<照片>"), ("4", "“a”<照片>")]
    text = "\n".join(lines(document))
    assert text.count("（照片文件打不开）") == 2 and all(picture.caption in text for picture in pictures)
    assert str(tmp_path) not in "".join(body.itertext())


def test_the_8105_characters_of_the_standard_survive_in_cells(tmp_path: Path) -> None:
    rows = tuple(Row((Cell(STANDARD[start : start + 60]),)) for start in range(0, len(STANDARD), 60))
    report = replace(ledger_report(1), blocks=(Table((Column("字", 10),), rows),))
    [table] = opened(written(report, tmp_path)).tables
    assert "".join(row[0] for row in cells(table)[1:]) == STANDARD


def test_forms_that_follow_begin_pages_of_their_own(tmp_path: Path) -> None:
    report = replace(ledger_report(2), following=(statistics_report(), ledger_report(1)))
    document = opened(written(report, tmp_path))
    assert [section.orientation for section in document.sections] == [1, 0, 1]
    assert [cells(table) for table in document.tables] == [
        expected_table(table) for sheet in report.sheets for table in sheet.tables
    ]


def test_the_same_form_gives_the_same_bytes(tmp_path: Path) -> None:
    report = case_form(tmp_path, practice=LONG * 4)
    first = written(report, tmp_path).read_bytes()
    assert written(report, tmp_path).read_bytes() == first


def test_stopping_and_failing_leave_no_file(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> bool:
        steps.append((done, total))
        return False

    with pytest.raises(ExportCancelled):
        write_docx(ledger_report(120), tmp_path / "a.docx", progress=stop)
    assert steps == [(50, 121)]
    with pytest.raises(UserError, match="找不到要保存的文件夹"):
        write_docx(ledger_report(1), tmp_path / "none" / "a.docx")
    with a_ledger(tmp_path / "ledger") as ledger:
        sheet = build_month_sheet(ledger, NOTICE, 2025, 10, TODAY)
    with pytest.raises(UserError, match=r"“2025年10月宣传教育活动日历”是打印用的日历，没有Word格式。请导出PDF。"):
        write_docx(sheet, tmp_path / "a.docx")
    assert not list(tmp_path.glob("*.docx"))


@OFFICE
@pytest.mark.slow
def test_libreoffice_shows_all_of_a_case_on_a_few_pages(tmp_path: Path) -> None:
    report = case_form(tmp_path, practice=(LONG * 4 + "\n") * 3, effects=(Effect("开展活动", "326", "场"),))
    pages = [
        squeeze(page.extract_text())
        for page in PdfReader(convert(written(report, tmp_path), tmp_path / "office")).pages
    ]
    assert 2 <= len(pages) <= 4
    text = "".join(pages)
    assert text.count(squeeze(LONG)[:9]) == 12
    assert "###" not in text
    seal = next(page for page in pages if "五、报送单位意见" in page)
    assert seal == pages[-1] and "无" in seal, "the seal does not stand alone"


@OFFICE
@pytest.mark.slow
def test_libreoffice_repeats_the_head_of_a_ledger(tmp_path: Path) -> None:
    file = convert(written(ledger_report(40), tmp_path), tmp_path / "office")
    pages = [squeeze(page.extract_text()) for page in PdfReader(file).pages]
    assert 2 <= len(pages) <= 5
    assert all("活动名称" in page for page in pages)
    assert "单位负责人" in pages[-1] and "合计" in pages[-1]
