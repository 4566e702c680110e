"""表2 on paper: every cell, on as many pages as it needs, signed at the end."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from exporters.pdf import PdfDocument, missing_characters, render_pdf, write_pdf
from exporters.pdf.fonts import font_set
from exporters.progress import ExportCancelled
from models.errors import UserError
from models.report import Report, Row
from tests.exporters.pdf_reading import (
    Look,
    expected_header,
    expected_row,
    looks,
    page_texts,
    read,
    rows_on_pages,
    squeeze,
)
from tests.exporters.samples import ledger_report, ledger_table, statistics_report

BUNDLED = font_set(())
LONG = "为深入学习贯彻党的创新理论，公司工会于2025年7月组织宣讲，参加职工1,234人次，满意率98.5%。"
LONG_TEXT = (LONG * 50)[:2000]


def render(report: Report) -> PdfDocument:
    return render_pdf(report, fonts=BUNDLED)


def with_rows(report: Report, rows: tuple[Row, ...]) -> Report:
    return replace(report, blocks=(replace(report.tables[0], rows=rows),))


# --- what stands on the pages ----------------------------------------------------------------------------


def test_every_cell_of_the_ledger_stands_on_paper_in_its_order() -> None:
    report = ledger_report(40)
    document = render(report)
    table = report.tables[0]
    text = "".join(page_texts(document.data)).replace(expected_header(table), "")
    assert table.total is not None
    position = 0
    for row in (*table.rows, table.total):
        position = text.find(expected_row(table, row), position)
        assert position >= 0, expected_row(table, row)


def test_the_sheet_says_who_reports_for_when_and_on_what_basis() -> None:
    report = replace(ledger_report(3), version=2, receipt_code="K7MX-2Q9D")
    (text,) = page_texts(render(report).data)
    for wanted in (
        "主题宣传教育活动台账",
        "填报单位：焦作市××化工有限公司工会",
        "基层工会统计编码：4108-0002-012",
        "报送期：2025年7月1日—9月30日第2版",
        "单位：场、人次",
        "口径：人次为各场次合计，浏览量不计入人次；",
        "单位负责人：（签字）",
        "审核人：",
        "填表人：赵芳",
        "联系电话：0391-3999920",
        "填报日期：2025年10月10日（盖章）",
        "依据：焦工文〔2025〕33号、总工办发〔2025〕7号；回执码K7MX-2Q9D；表样版本2025.1",
        "第1页共1页",
    ):
        assert wanted in text
    for official in ("表号", "制定机关", "批准文号"):
        assert official not in text


def test_columns_for_machines_are_not_printed() -> None:
    assert "HD-2025-0001" not in "".join(page_texts(render(ledger_report(3)).data))


def test_what_is_not_filled_in_is_printed_bold_and_red() -> None:
    report = ledger_report(8)  # line 8 lacks both numbers
    assert page_texts(render(report).data)[0].count("未填") == 2
    red = [look for look in looks(read(render(report).data).pages[0]) if look.colour == (0.75, 0.12, 0.1)]
    assert red == [Look("NotoSansSC-Bold", thickened=False, colour=(0.75, 0.12, 0.1))] * 2
    assert "未填" not in "".join(page_texts(render(ledger_report(7)).data))


def test_a_form_without_records_says_so() -> None:
    report = with_rows(ledger_report(1), ())
    (text,) = page_texts(render(report).data)
    assert "本期无记录" in text
    assert "合计" in text


def test_a_form_without_tables_is_still_a_form() -> None:
    (text,) = page_texts(render(replace(ledger_report(1), blocks=(), title="一\n二", measure="")).data)
    assert text.startswith("一二填报单位：")
    assert "单位负责人" in text


def test_code_in_a_text_is_printed_as_code() -> None:
    typed = "<b>粗</b> <img src=x> & &amp; {} {0} %s \\n =1+1 +86 -5 @某 (a)(b\\) 'x' \"y\""
    report = ledger_report(2, 活动名称=typed)
    assert squeeze(typed) in page_texts(render(report).data)[0]


def test_a_portrait_form_prints_all_its_tables_with_headings_and_notes() -> None:
    report = statistics_report()
    document = render(report)
    (text,) = page_texts(document.data)
    for table in report.tables:
        assert squeeze(table.title) + expected_header(table) in text
        for row in table.rows:
            assert expected_row(table, row) in text
    assert "全国目标数仅供参考，不作为基层指标。" in text
    page = read(document.data).pages[0].mediabox
    assert (round(float(page.width)), round(float(page.height))) == (595, 842)


def test_a_title_of_sixty_characters_and_a_unit_of_sixty_characters_are_printed_whole() -> None:
    title = ("焦作市高新技术产业开发区新材料产业工会联合会" * 3)[:60]
    name = ("××股份有限公司职工代表大会工会委员会" * 4)[:60]
    for report in (ledger_report(3), statistics_report()):
        texts = page_texts(render(replace(report, title=title, unit_name=name)).data)
        assert title in texts[0]
        assert f"填报单位：{name}" in texts[0]


# --- pages -----------------------------------------------------------------------------------------------


def test_every_page_repeats_the_header_and_counts_the_pages() -> None:
    report = ledger_report(60)
    document = render(report)
    texts = page_texts(document.data)
    assert document.pages == len(texts) > 3
    header = expected_header(report.tables[0])
    for number, text in enumerate(texts, start=1):
        assert text.count(header) == 1
        assert f"第{number}页共{len(texts)}页" in text
    for text in texts[1:]:
        assert "主题宣传教育活动台账（续）" in text
        assert "焦作市××化工有限公司工会" in text


def test_every_line_stands_whole_on_exactly_one_page() -> None:
    report = ledger_report(60)
    pages = rows_on_pages(report, page_texts(render(report).data))
    assert [number for page in pages for number in page] == list(range(1, 61))


@pytest.mark.parametrize("count", [1, 2, 3, *range(12, 36)])
def test_the_signature_never_stands_alone_on_a_page(count: int) -> None:
    report = ledger_report(count)
    texts = page_texts(render(report).data)
    signed = [number for number, text in enumerate(texts) if "单位负责人" in text]
    assert signed == [len(texts) - 1]
    assert "合计" in texts[-1]
    assert len(rows_on_pages(report, texts)[-1]) >= min(count, 2)


@pytest.mark.parametrize("count", range(8, 20))
def test_a_second_table_never_starts_with_its_header_at_the_foot_of_a_page(count: int) -> None:
    second = replace(ledger_table(5), title="二、下一张表")
    report = replace(ledger_report(1), blocks=(ledger_table(count), second))
    (page,) = [text for text in page_texts(render(report).data) if "二、下一张表" in text]
    after = page.partition("二、下一张表")[2]
    assert after.startswith(expected_header(second))
    assert expected_row(second, second.rows[1]) in after


def test_a_text_of_two_thousand_characters_runs_over_pages_and_loses_nothing() -> None:
    report = ledger_report(3, 主要内容及成效=LONG_TEXT)
    document = render(report)
    texts = page_texts(document.data)
    assert document.pages > 1
    frames = [expected_header(report.tables[0])]
    inner = []
    for text in texts:
        before, _, after = text.partition(frames[0])
        assert before
        inner.append(after)
    assert all(text.startswith("1（续）") for text in inner[1:])
    assert squeeze(LONG_TEXT) in "".join(text.removeprefix("1（续）") for text in inner)


def test_a_cut_line_has_closed_borders_on_both_pages() -> None:
    document = render(ledger_report(3, 主要内容及成效=LONG_TEXT))
    parts = [place for place in document.places if place.uid.endswith("000000000001")]
    assert [part.page for part in parts] == list(range(len(parts)))
    for first, second in pairwise(parts):
        assert first.top + first.height <= 595 - 18 - 11 - 6  # above the small print
        assert second.height > 0


def test_a_number_is_never_broken_but_set_smaller() -> None:
    wide = {"序号": 100_000, "场次": 99_999, "线下人次": 1_000_000, "线上人次": 100_000_000}
    report = ledger_report(2, **wide)
    (page,) = read(render(report).data).pages
    words = page.extract_text().split()
    total = report.tables[0].total
    assert total
    for number in (*wide.values(), *(total.cells[index].value for index in (7, 8, 9))):
        assert str(number) in words
    sizes = {operands[1] for operands, operator in page.get_contents().operations if operator == b"Tf"}  # type: ignore[union-attr]
    assert 4 < min(sizes) < 7
    usual = read(render(ledger_report(2)).data).pages[0].get_contents()
    assert min(operands[1] for operands, operator in usual.operations if operator == b"Tf") == 8  # type: ignore[union-attr]


# --- places, metadata, bytes -----------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_each_line_can_be_clicked_where_it_is_printed(tmp_path: Path) -> None:
    """An independent reader that is given a line's rectangle finds that line there and nothing else."""
    report = ledger_report(20)
    table = report.tables[0]
    document = render(report)
    (tmp_path / "a.pdf").write_bytes(document.data)
    places = [place for place in document.places if place.uid]
    assert [place.uid for place in places] == [row.uid for row in table.rows]
    for place, row in zip(places, table.rows, strict=True):
        box = {"-x": place.left, "-y": place.top, "-W": place.width, "-H": place.height}
        box = {name: round(value * 10) for name, value in box.items()}  # in tenths of a point
        area = [str(part) for pair in box.items() for part in pair]
        pages = ["-f", str(place.page + 1), "-l", str(place.page + 1)]
        command = ["pdftotext", "-r", "720", *pages, *area, "-enc", "UTF-8", str(tmp_path / "a.pdf"), "-"]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        assert sorted(squeeze(text)) == sorted(expected_row(table, row))


def test_a_number_computed_from_several_records_knows_them() -> None:
    report = ledger_report(5)
    totals = [place for place in render(report).places if place.sources]
    assert len(totals) == 3  # 场次, 线下人次, 线上人次
    assert all(place.sources == tuple(row.uid for row in report.tables[0].rows) for place in totals)
    assert len({place.left for place in totals}) == 3
    assert all(place.width > 0 and place.top > 0 for place in totals)


def test_the_file_tells_what_it_is() -> None:
    reader = read(render(statistics_report()).data)
    assert reader.metadata is not None
    assert reader.metadata.title == (
        "“百千万亿”工作开展情况统计表（焦作市××化工有限公司工会 2025年7月1日—9月30日 第1版）"
    )
    assert reader.metadata.author == "焦作市××化工有限公司工会"
    assert reader.metadata.creator == "宣教台账"
    assert reader.root_object["/Lang"] == "zh-CN"
    top, below = reader.outline
    assert isinstance(top, dict)
    assert isinstance(below, list)
    assert top["/Title"] == "“百千万亿”工作开展情况统计表"
    assert [entry["/Title"] for entry in below] == ["一、“百千万亿”工作目标", "二、活动载体"]  # type: ignore[index]


def test_the_same_report_gives_the_same_bytes() -> None:
    report = ledger_report(40, 备注="喆堃🇨🇳")
    first = render(report).data
    render(statistics_report())
    assert render(report).data == first


def test_another_process_gives_the_same_bytes() -> None:
    code = (
        "import hashlib; from tests.exporters.samples import ledger_report; from exporters.pdf import render_pdf;"
        "from exporters.pdf.fonts import font_set;"
        "print(hashlib.sha256(render_pdf(ledger_report(30), fonts=font_set(())).data).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_the_file_is_sound(tmp_path: Path) -> None:
    write_pdf(ledger_report(40, 活动名称="㮾𬭚🇨🇳"), tmp_path / "a.pdf", fonts=BUNDLED)
    check = subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout + check.stderr


# --- progress and refusals -------------------------------------------------------------------------------


def test_progress_runs_to_the_end(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        steps.append((done, total))
        return True

    result = write_pdf(ledger_report(200), tmp_path / "a.pdf", progress=progress, fonts=BUNDLED)
    assert steps[-1] == (400, 400)  # each line is measured, then drawn
    assert steps == sorted(steps)
    assert len(steps) == 8
    assert result.path.read_bytes().startswith(b"%PDF-1.")
    assert result.pages == len(read(result.path.read_bytes()).pages)


@pytest.mark.parametrize("stop_at", [50, 250, 400])
def test_a_cancelled_export_leaves_the_old_file(tmp_path: Path, stop_at: int) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    with pytest.raises(ExportCancelled):
        write_pdf(ledger_report(200), target, progress=lambda done, _: done < stop_at, fonts=BUNDLED)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_character_that_no_font_has_is_named_before_anything_is_written(tmp_path: Path) -> None:
    report = replace(ledger_report(12, 备注="\ue001号"), unit_name="焦作\U0003134f工会")
    found = missing_characters(report, fonts=BUNDLED)
    assert [(one.character, one.places) for one in found] == [
        ("\U0003134f", ("填报单位",)),
        ("\ue001", ("第1行“备注”",)),
    ]
    target = tmp_path / "a.pdf"
    with pytest.raises(UserError) as caught:
        write_pdf(report, target, fonts=BUNDLED)
    assert caught.value.message == (
        "“主题宣传教育活动台账”有 2 个字符没有字体能打印：“\U0003134f”（U+3134F）在填报单位；"
        "“\ue001”（U+E001）在第1行“备注”。请换成能打印的字，再导出一次。"
    )
    assert not target.exists()


def test_many_unprintable_characters_make_a_short_message() -> None:
    report = ledger_report(30, 备注="".join(chr(0xE000 + n) for n in range(20)))
    with pytest.raises(UserError, match=r"有 20 个字符没有字体能打印：.*；另有 15 个。") as caught:
        render(report)
    assert len(caught.value.message) < 300
