"""表9 in Word: editable, in the look of GB/T 9704-2012, without a trace of the library's own template."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from lxml import etree  # type: ignore[attr-defined] - it brings no types
from pypdf import PdfReader

from exporters.docx import write_docx
from exporters.pdf import render_pdf
from exporters.pdf.fonts import font_set
from models.report import Document, Passage
from tests.exporters.documents import (
    DAY,
    SENTENCE,
    TITLE,
    UNIT,
    closing,
    paragraph,
    summary,
    summary_report,
)
from tests.exporters.docx_reading import OFFICE, W, convert, lines, opened, part
from tests.exporters.pdf_reading import squeeze
from tests.exporters.test_pdf_characters import STANDARD

PARAGRAPH_ORDER = [
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "overflowPunct", "autoSpaceDE",
    "autoSpaceDN", "snapToGrid", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr",
]  # fmt: skip
RUN_ORDER = ["rStyle", "rFonts", "b", "color", "spacing", "sz", "szCs", "lang"]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("word") / "表9.docx"
    write_docx(summary_report(), file)
    return file


def test_every_paragraph_is_there_word_for_word_with_its_style(written: Path) -> None:
    found = [(one.style.name if one.style else "", one.text.replace("\n", "")) for one in opened(written).paragraphs]
    names = {
        "title": "Title", "address": "主送机关", "heading1": "Heading 1", "heading2": "Heading 2",
        "heading3": "Heading 3", "body": "公文正文", "attachment": "附件说明", "closing": "落款",
    }  # fmt: skip
    assert found == [(names[one.style], one.text) for one in summary().paragraphs]


def test_the_styles_have_chinese_names_and_the_fonts_of_official_documents(written: Path) -> None:
    styles = part(written, "word/styles.xml")
    found: dict[str, tuple[Any, ...]] = {}
    for style in styles.iterchildren(f"{W}style"):
        if style.get(f"{W}type") != "paragraph":
            continue
        fonts = style.find(f"{W}rPr/{W}rFonts")
        alias = style.find(f"{W}aliases")
        name = (alias if alias is not None else style.find(f"{W}name")).get(f"{W}val")
        assert len({fonts.get(f"{W}{kind}") for kind in ("ascii", "hAnsi", "eastAsia", "cs")}) == 1
        found[name] = (fonts.get(f"{W}eastAsia"), int(style.find(f"{W}rPr/{W}sz").get(f"{W}val")) / 2)
    assert found["Title"] == ("方正小标宋简体", 22)
    assert found["一级标题"] == ("黑体", 16)
    assert found["二级标题"] == ("楷体", 16)
    assert found["三级标题"] == found["公文正文"] == found["主送机关"] == found["落款"] == ("仿宋", 16)
    assert found["footer"] == ("宋体", 14)
    levels = {
        level.getparent().getparent().get(f"{W}styleId"): level.get(f"{W}val")
        for level in styles.iter(f"{W}outlineLvl")
    }
    assert [levels[f"Heading{level}"] for level in (1, 2, 3)] == ["0", "1", "2"]


def test_the_page_has_the_margins_and_22_lines_of_28_characters(written: Path) -> None:
    [section] = opened(written).sections
    assert (section.page_width, section.page_height) == (
        pytest.approx(Mm(210), abs=1000),
        pytest.approx(Mm(297), abs=1000),
    )
    measures = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert measures == tuple(pytest.approx(Mm(wanted), abs=Mm(0.2)) for wanted in (37, 28, 26, 35))
    assert section.page_height and section.page_width
    height = section.page_height - (section.top_margin or 0) - (section.bottom_margin or 0)
    width = section.page_width - (section.left_margin or 0) - (section.right_margin or 0)
    pitch = int(part(written, "word/document.xml").find(f".//{W}docGrid").get(f"{W}linePitch"))
    assert height // Pt(pitch / 20) == 22
    body = opened(written).styles["公文正文"]
    assert isinstance(body, ParagraphStyle)
    assert body.paragraph_format.line_spacing == Pt(pitch / 20)
    spacing = body.element.find(f"{W}rPr/{W}spacing").get(f"{W}val")
    assert width // Pt(16 + int(spacing) / 20) == 28
    assert body.paragraph_format.first_line_indent == pytest.approx(2 * Pt(15.75), abs=Pt(0.1))


def test_the_page_number_is_a_field_on_the_outer_side(written: Path) -> None:
    document = opened(written)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        [line] = footer.paragraphs
        assert line.text == "— 1 —"
        assert line.alignment == side
        assert [one.text for one in line._p.iter(f"{W}instrText")] == [" PAGE "]
        indent = line.paragraph_format.right_indent if side else line.paragraph_format.left_indent
        assert indent == pytest.approx(Pt(15.75), abs=Pt(0.2))


def test_a_gap_is_bold_and_red_and_nothing_else_is(written: Path) -> None:
    runs = [run for one in opened(written).paragraphs for run in one.runs]
    red = [run for run in runs if run.font.color and run.font.color.rgb is not None]
    assert [(run.text, run.bold, str(run.font.color.rgb)) for run in red] == [("〔请补充存在的问题〕", True, "C00000")]


def test_the_unit_stands_centred_over_the_date_and_neither_begins_a_page(written: Path) -> None:
    *_, before, unit, day = opened(written).paragraphs
    assert (unit.text, day.text) == (UNIT, DAY)
    assert day.alignment is None and day.style and day.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert day.paragraph_format.right_indent == pytest.approx(4 * Pt(15.75), abs=Pt(1))
    right, width = unit.paragraph_format.right_indent, len(UNIT) * Pt(15.75)
    assert right is not None and right + width / 2 == pytest.approx(4 * Pt(15.75) + 3 * Pt(15.75), abs=Pt(8))
    assert unit.paragraph_format.space_before == pytest.approx(2 * Pt(28.95), abs=Pt(0.2))
    assert unit.paragraph_format.keep_with_next and before.paragraph_format.keep_with_next


def test_attachments_hang_on_their_names(written: Path) -> None:
    first, second = (one for one in opened(written).paragraphs if one.style and one.style.name == "附件说明")
    for one in (first, second):
        left, hanging = one.paragraph_format.left_indent, one.paragraph_format.first_line_indent
        assert left and hanging and hanging < 0
        assert left == pytest.approx((2 + 3 + 1.5) * Pt(15.75), abs=Pt(1)), "names below each other"
    assert first.paragraph_format.space_before == pytest.approx(Pt(28.95), abs=Pt(0.2))


def test_nothing_of_the_librarys_template_is_left(written: Path) -> None:
    with ZipFile(written) as archive:
        names = sorted(archive.namelist())
        everything = b"".join(archive.read(name) for name in names).decode("utf-8")
    assert names == [
        "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml", "word/_rels/document.xml.rels",
        "word/document.xml", "word/fontTable.xml", "word/footer1.xml", "word/footer2.xml", "word/settings.xml",
        "word/styles.xml",
    ]  # fmt: skip
    for trace in (
        "Theme",
        "theme",
        "Cambria",
        "Calibri",
        "MS Mincho",
        "ja-JP",
        "Macintosh",
        "python-docx",
        "vbaProject",
    ):
        assert trace not in everything, trace
    settings = part(written, "word/settings.xml")
    modes = {one.get(f"{W}name"): one.get(f"{W}val") for one in settings.iter(f"{W}compatSetting")}
    assert modes["compatibilityMode"] == "15"
    language = part(written, "word/styles.xml").find(f"{W}docDefaults//{W}lang")
    assert language.get(f"{W}eastAsia") == "zh-CN"


def test_the_files_properties_tell_what_it_is(written: Path) -> None:
    properties = opened(written).core_properties
    assert properties.title == "主题宣传教育活动总结（焦作市××化工有限公司工会）"
    assert properties.author == properties.last_modified_by == "焦作市××化工有限公司工会"
    assert properties.subject == "表9 活动总结 2025年7月1日—9月30日"
    assert (properties.keywords, properties.comments, properties.language) == ("表9 2025Q3", "", "zh-CN")
    assert properties.created and properties.created.date().isoformat() == "2025-10-10"


def test_the_same_report_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    write_docx(summary_report(), tmp_path / "b.docx")
    assert (tmp_path / "b.docx").read_bytes() == written.read_bytes()


def test_the_8105_characters_of_the_standard_come_back(tmp_path: Path) -> None:
    write_docx(summary_report(Document((paragraph("body", STANDARD),))), tmp_path / "a.docx")
    assert lines(opened(tmp_path / "a.docx")) == [STANDARD]
    [run] = part(tmp_path / "a.docx", "word/document.xml").iter(f"{W}t")
    assert run.text == STANDARD


def test_everything_typed_stays_as_typed_less_what_no_file_can_hold(tmp_path: Path) -> None:
    typed = "<b>粗</b> & &amp; {0} %s \\n ]]> 王㮾、李𬭚 👨‍👩‍👧🇨🇳 {PAGE} \u202e反\u202c  两 个空格"
    document = Document(
        (paragraph("body", f"{typed}\x00\x08\x1f\ufffe\ud800"), paragraph("body", "一\r\n二\t三\n\n四"))
    )
    write_docx(summary_report(document, title=typed + "\x00"), tmp_path / "a.docx")
    assert lines(opened(tmp_path / "a.docx")) == [f"{typed}\ufffd", "一", "二\t三", "四"]
    [tab] = part(tmp_path / "a.docx", "word/document.xml").iter(f"{W}tab")
    assert tab.getparent().tag == f"{W}r"


def test_a_place_to_write_and_an_empty_document(tmp_path: Path) -> None:
    write_docx(summary_report(Document((paragraph("body", Passage("", missing=True)),))), tmp_path / "a.docx")
    assert lines(opened(tmp_path / "a.docx")) == ["未填"]
    write_docx(summary_report(Document(())), tmp_path / "b.docx")
    assert lines(opened(tmp_path / "b.docx")) == []


def test_a_second_document_begins_a_page_and_numbers_of_its_own(tmp_path: Path) -> None:
    second = summary_report(Document((paragraph("title", "第二份"), paragraph("body", "完"))))
    write_docx(replace(summary_report(), following=(second,)), tmp_path / "a.docx")
    document = opened(tmp_path / "a.docx")
    assert len(document.sections) == 2
    assert lines(document)[-2:] == ["第二份", "完"]
    body = part(tmp_path / "a.docx", "word/document.xml")
    assert [one.get(f"{W}start") for one in body.iter(f"{W}pgNumType")] == ["1", "1"]
    assert [one.get(f"{W}val") for one in body.iter(f"{W}type")] == ["nextPage", "nextPage"]
    assert document.sections[1].footer.is_linked_to_previous
    [ended] = [p for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}sectPr") is not None]
    assert "".join(ended.itertext()) == DAY, "no empty paragraph that might make an empty page"


def test_the_parts_of_every_paragraph_stand_in_the_order_of_the_schema(written: Path) -> None:
    """Word refuses a file as damaged when they do not."""
    for name in ("word/document.xml", "word/styles.xml", "word/footer1.xml"):
        for properties in part(written, name).iter(f"{W}pPr"):
            places = [PARAGRAPH_ORDER.index(etree.QName(child).localname) for child in properties]
            assert places == sorted(places), etree.tostring(properties)
    for name in ("word/document.xml", "word/styles.xml"):
        for properties in part(written, name).iter(f"{W}rPr"):
            places = [RUN_ORDER.index(etree.QName(child).localname) for child in properties]
            assert places == sorted(places), etree.tostring(properties)


@OFFICE
@pytest.mark.slow
def test_libreoffice_shows_it_as_the_pdf_does(tmp_path: Path) -> None:
    plain = Document(
        (paragraph("title", TITLE), paragraph("address", "市总工会："), paragraph("body", "某" * 1200), *closing())
    )
    report = summary_report(plain)
    write_docx(report, tmp_path / "a.docx")
    ours = render_pdf(report, fonts=font_set(()))
    file = convert(tmp_path / "a.docx", tmp_path / "office")
    pages = PdfReader(file).pages
    assert len(pages) == ours.pages
    read = subprocess.run(
        ["pdftotext", "-layout", file, "-"], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    full = [line.strip() for line in read.stdout.splitlines() if line.strip().startswith("某")]
    assert {len(line) for line in full[1:-1]} == {28}
    assert len(full[0]) == 26
    assert "—1—" in squeeze(pages[0].extract_text()) and "—2—" in squeeze(pages[1].extract_text())


@OFFICE
@pytest.mark.slow
def test_libreoffice_keeps_the_closing_with_text(tmp_path: Path) -> None:
    body = [paragraph("body", SENTENCE) for _ in range(5)]  # 20 lines: the closing is not on the same page
    write_docx(summary_report(Document((*body, *closing()))), tmp_path / "a.docx")
    pages = [
        squeeze(page.extract_text()) for page in PdfReader(convert(tmp_path / "a.docx", tmp_path / "office")).pages
    ]
    assert len(pages) == 2
    assert re.search(rf".{{20}}{UNIT}{DAY}", pages[-1])


def test_a_long_last_paragraph_is_kept_only_where_the_page_ends(tmp_path: Path) -> None:
    kept: list[bool] = []
    for count in (300, 560):  # 11 and 20 lines
        write_docx(summary_report(Document((paragraph("body", "某" * count), *closing()))), tmp_path / "a.docx")
        kept.append(bool(opened(tmp_path / "a.docx").paragraphs[0].paragraph_format.keep_with_next))
    assert kept == [False, True]


def test_of_short_last_paragraphs_two_are_kept(tmp_path: Path) -> None:
    body = [paragraph("body", text) for text in (SENTENCE, "短", "也短")]
    write_docx(
        summary_report(Document((*body, paragraph("attachment", "附件：台账"), *closing()))), tmp_path / "a.docx"
    )
    kept = [one.paragraph_format.keep_with_next for one in opened(tmp_path / "a.docx").paragraphs]
    assert kept == [None, True, True, True, True, None]
