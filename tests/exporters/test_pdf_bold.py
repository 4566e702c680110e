"""Heads and totals are printed in a real bold: thickened outlines run together in a preview at 60 %."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import resources
from exporters.pdf import render_pdf
from exporters.pdf.fonts import FontSet, font_set
from exporters.pdf.paint import TextStyle
from models.report import Cell, Column, Report, Row, Table
from tests.exporters.pdf_reading import Look, looks, page_texts, read
from tests.exporters.samples import ledger_report, statistics_report

BUNDLED = font_set(())
BOLD_FILE = resources.path("fonts") / "NotoSansSC-Bold.subset.ttf"
BOLD, THICKENED = Look("NotoSansSC-Bold", thickened=False), Look("NotoSansSC-Regular", thickened=True)


def looks_of(report: Report, fonts: FontSet = BUNDLED) -> list[Look]:
    return looks(read(render_pdf(report, fonts=fonts).data).pages[0])


def with_head(title: str) -> Report:
    table = Table((Column(title, 270),), (Row((Cell("一"),)),))
    return replace(ledger_report(1), blocks=(table,))


def test_heads_and_totals_are_bold_and_nothing_is_thickened() -> None:
    table = ledger_report(3).tables[0]
    heads = sum(2 if column.title in {"宣传教育重点", "线下人次", "线上人次"} else 1 for column in table.columns[:-1])
    found = looks_of(ledger_report(3))
    assert found.count(BOLD) == heads + 4  # 合计 and its three numbers
    assert not [look for look in found if look.thickened]


def test_a_heading_over_a_table_is_bold() -> None:
    report = statistics_report()
    untitled = replace(report, blocks=tuple(replace(table, title="") for table in report.tables))
    assert looks_of(report).count(BOLD) == looks_of(untitled).count(BOLD) + 2


def test_any_head_within_gb2312_is_bold_and_so_are_units_and_marks() -> None:
    simplified = [chr(code) for code in range(0xA0, 0x10000) if chr(code).encode("gb2312", "ignore")]
    assert len(simplified) == 7445
    latin = map(chr, range(0x20, 0x7F))
    others = "·—…“”‘’〔〕×÷±≤≥≠㎡㎏℃‰№￥€①⑳㈠⑴Ⅷ²½→★☆■□"
    chain = BUNDLED.chain("table").bold
    bold, *_ = chain.faces
    assert [character for character in (*simplified, *latin, *others) if chain.owner(character) is not bold] == []


def test_a_character_that_the_bold_lacks_is_thickened_and_can_be_copied() -> None:
    report = with_head("人𬭚次")
    assert [look for look in looks_of(report) if look in (BOLD, THICKENED)] == [BOLD, THICKENED, BOLD]
    assert "人𬭚次" in page_texts(render_pdf(report, fonts=BUNDLED).data)[0]


def test_plain_text_after_thickened_text_is_plain_again() -> None:
    (last,) = {look for look in looks_of(with_head("𬭚"))[-3:]}  # the small print at the foot of the page
    assert (last.font, last.thickened) == ("NotoSansSC-Regular", False)


def test_bold_text_is_measured_in_bold() -> None:
    """Its figures are wider than those of the regular face; its ideographs are not."""
    chain = BUNDLED.chain("table")
    plain, bold = TextStyle(chain, 10, 14), TextStyle(chain, 10, 14, bold=True)
    assert (plain.width("100"), bold.width("100")) == pytest.approx((16.65, 17.7))
    assert plain.width("合计") == bold.width("合计") == 20


def test_the_bold_face_is_not_read_for_a_form_without_bold_text() -> None:
    fonts = FontSet(())
    render_pdf(replace(ledger_report(1), blocks=()), fonts=fonts)
    assert "Noto Sans SC Bold" not in {face.label for face in fonts.faces() if face.loaded}
    render_pdf(ledger_report(1), fonts=fonts)
    assert "Noto Sans SC Bold" in {face.label for face in fonts.faces() if face.loaded}


def test_a_black_face_of_the_computer_stays_the_face_of_headings(tmp_path: Path) -> None:
    """It has no bold of its own. Tables look the same on every computer."""
    shutil.copyfile(resources.path("fonts") / "LedgerKai-Regular.subset.ttf", tmp_path / "simhei.ttf")
    found = looks_of(statistics_report(), FontSet((tmp_path,)))
    thickened = [look.font for look in found if look.thickened]
    assert len(thickened) == 2
    assert not [name for name in thickened if name.startswith("Noto")]
    assert BOLD in found


def test_the_bold_font_is_small_and_bare() -> None:
    assert BOLD_FILE.stat().st_size < 3_000_000
    data = BOLD_FILE.read_bytes()
    tables = {data[12 + 16 * number :][:4] for number in range(int.from_bytes(data[4:6]))}
    assert tables == {b"OS/2", b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"post"}
