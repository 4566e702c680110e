"""表9 on paper: the page of GB/T 9704-2012, measured in the finished PDF."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from exporters.pdf import PdfDocument, missing_characters, render_pdf
from exporters.pdf.fonts import font_set
from exporters.pdf.justify import COLUMNS, HEIGHT, LEADING, LEFT, MM, PITCH, ROWS, TOP, WIDTH
from exporters.pdf.linebreak import NEVER_FIRST, NEVER_LAST, text_width
from exporters.pdf.official_title import title_lines
from models.report import Document, Passage
from tests.exporters.documents import DAY, SENTENCE, TITLE, UNIT, closing, paragraph, summary, summary_report
from tests.exporters.pdf_reading import looks, page_texts, read, squeeze
from tests.exporters.test_linebreak import WIDTHS
from tests.exporters.test_pdf_characters import STANDARD

BUNDLED = font_set(())
POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
RIGHT, BOTTOM = LEFT + WIDTH, TOP + HEIGHT
WORDS = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


class Printed(NamedTuple):
    """A line of a page as it was read back: the row of the grid it stands on, its ends, its text."""

    row: int
    left: float
    right: float
    text: str


def render(*paragraphs: Any) -> PdfDocument:
    return render_pdf(summary_report(Document(paragraphs)), fonts=BUNDLED)


def read_lines(document: PdfDocument, file: Path) -> list[list[Printed]]:
    """The lines of each page between the margins; the page number is not one of them."""
    file.write_bytes(document.data)
    done = subprocess.run(
        ["pdftotext", "-bbox", file, "-"], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    pages: list[list[Printed]] = []
    for page in done.stdout.split("<page ")[1:]:
        rows: dict[int, list[tuple[float, float, str]]] = {}
        for found in WORDS.findall(page):
            left, top, right, bottom = map(float, found[:4])
            row = int(((top + bottom) / 2 - TOP) // LEADING)
            rows.setdefault(row, []).append((left, right, html.unescape(found[4])))
        pages.append(
            [
                Printed(row, min(w[0] for w in words), max(w[1] for w in words), "".join(w[2] for w in sorted(words)))
                for row, words in sorted(rows.items())
                if row < ROWS
            ]
        )
    return pages


@POPPLER
def test_a_page_has_22_lines_of_28_characters_within_the_margins_of_the_standard(tmp_path: Path) -> None:
    text = STANDARD[: COLUMNS * ROWS * 3 - 2]
    pages = read_lines(render(paragraph("body", text)), tmp_path / "a.pdf")
    assert [len(lines) for lines in pages] == [22, 22, 22]
    assert "".join(line.text for lines in pages for line in lines) == text
    for lines in pages:
        assert [line.row for line in lines] == list(range(22))
    for line in [line for lines in pages for line in lines][1:]:
        assert len(line.text) == 28
        assert line.left == pytest.approx(28 * MM, abs=0.5)
        assert line.right == pytest.approx(28 * MM + 156 * MM, abs=0.5)
    assert pages[0][0].left == pytest.approx(28 * MM + 2 * PITCH, abs=0.5)
    assert len(pages[0][0].text) == 26


def test_the_characters_stand_on_the_grid() -> None:
    """Read with pypdf: the type is 16 points, the rows 28.99 apart, the first one in the first slot of the page."""
    found: list[tuple[float, float, float]] = []

    def visit(text: str, _cm: Any, matrix: list[float], _font: Any, size: float) -> None:
        if text.strip():
            found.append((matrix[4], 841.89 - matrix[5], size))

    read(render(paragraph("body", STANDARD[:1200])).data).pages[0].extract_text(visitor_text=visit)
    body = [(x, y) for x, y, size in found if size == 16]
    rows = sorted({round(y, 1) for _, y in body})
    assert len(rows) == 22
    assert all(after - before == pytest.approx(28.99, abs=0.11) for before, after in pairwise(rows))
    assert TOP < rows[0] < TOP + LEADING and BOTTOM - LEADING < rows[-1] < BOTTOM


@POPPLER
def test_lines_are_flush_on_the_right_whatever_numbers_and_marks_they_hold(tmp_path: Path) -> None:
    document = render(paragraph("body", SENTENCE * 12 + "AI工具、VR展馆和Office文档，CO₂减少1.5 t。" * 4))
    lines = [line for page in read_lines(document, tmp_path / "a.pdf") for line in page]
    assert len(lines) > 30
    assert [line for line in lines[:-1] if line.right != pytest.approx(RIGHT, abs=0.6)] == []
    assert [line for line in lines[1:] if line.left != pytest.approx(LEFT, abs=0.6)] == []
    assert [line.text for line in lines if line.text[0] in NEVER_FIRST or line.text[-1] in NEVER_LAST] == []
    assert not [line.text for line in lines if re.search(r"\d$", line.text) and "8,710".startswith(line.text[-3:])]


@POPPLER
@pytest.mark.parametrize("skipped", range(28))
def test_no_line_begins_or_ends_with_the_wrong_mark_wherever_the_text_begins(skipped: int, tmp_path: Path) -> None:
    lines = [line for page in read_lines(render(paragraph("body", "甲" * skipped + SENTENCE * 3)), tmp_path / "a.pdf")
             for line in page]  # fmt: skip
    assert [line.text for line in lines if line.text[0] in NEVER_FIRST or line.text[-1] in NEVER_LAST] == []
    assert [line for line in lines[:-1] if line.right != pytest.approx(RIGHT, abs=0.6)] == []


@POPPLER
def test_a_summary_has_its_parts_in_the_places_of_the_standard(tmp_path: Path) -> None:
    document = render_pdf(summary_report(), fonts=BUNDLED)
    pages = read_lines(document, tmp_path / "a.pdf")
    first = pages[0]
    middle = (LEFT + RIGHT) / 2
    assert "".join(line.text for line in first[:2]) == TITLE
    assert all((line.left + line.right) / 2 == pytest.approx(middle, abs=0.5) for line in first[:2])
    assert (first[2].row, first[2].text) == (3, "市总工会宣教网络部："), "an empty line below the title"
    assert first[2].left == pytest.approx(LEFT, abs=0.5)
    lines = [line for page in pages for line in page]
    for text in ("一、总体情况", "（一）中国工人“大思政课”", "1.领学领读", "〔请补充存在的问题〕"):
        [line] = [line for line in lines if line.text == text]
        assert line.left == pytest.approx(LEFT + 2 * PITCH, abs=0.5), text
    last = pages[-1]
    position = next(index for index, line in enumerate(last) if line.text.startswith("附件：1."))
    assert last[position].row == last[position - 1].row + 2, "an empty line above the attachments"
    first_name = last[position].left + text_width("附件：1. ", BUNDLED.chain("body").widths) * 16 / 1000
    assert last[position + 1].left == pytest.approx(first_name, abs=2), "a name hangs on its first character"
    assert last[position + 2].text.startswith("2.")
    assert last[position + 2].left == pytest.approx(LEFT + 5 * PITCH, abs=1), "numbers below each other"
    unit, day = last[-2:]
    assert (unit.text, day.text) == (UNIT, DAY)
    assert unit.row == last[-3].row + 3 and day.row == unit.row + 1
    assert day.right == pytest.approx(RIGHT - 4 * PITCH, abs=1)
    assert (unit.left + unit.right) / 2 == pytest.approx((day.left + day.right) / 2, abs=1)


@POPPLER
def test_the_page_number_stands_7_mm_below_the_text_on_the_outer_side(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(render_pdf(summary_report(), fonts=BUNDLED).data)
    done = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "a.pdf", "-"], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    for number, page in enumerate(done.stdout.split("<page ")[1:], start=1):
        below = [(*map(float, word[:4]), word[4]) for word in WORDS.findall(page) if float(word[1]) > BOTTOM]
        assert "".join(str(word[4]) for word in below) == f"—{number}—"
        top, bottom = below[0][1], below[0][3]
        assert BOTTOM + 7 * MM - 6 < (float(top) + float(bottom)) / 2 < BOTTOM + 7 * MM + 6
        if number % 2:
            assert float(below[-1][2]) == pytest.approx(RIGHT - PITCH, abs=1)
        else:
            assert float(below[0][0]) == pytest.approx(LEFT + PITCH, abs=1)


def test_headings_have_their_fonts_and_the_outline_leads_to_them() -> None:
    document = render_pdf(summary_report(), fonts=BUNDLED)
    reader = read(document.data)

    def titles(entries: Any, level: int = 0) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for entry in entries:
            found += titles(entry, level + 1) if isinstance(entry, list) else [(level, entry.title)]
        return found

    assert titles(reader.outline) == [
        (0, TITLE),
        (1, "一、总体情况"),
        (1, "二、主要做法"),
        (2, "（一）中国工人“大思政课”"),
        (3, "1. 领学领读"),
        (1, "三、存在问题"),
        (1, "四、下步打算"),
    ]
    assert {"Noto Serif SC Bold", "FandolFang", "Noto Sans SC", "Ledger Kai", "Noto Serif SC Light"} == set(
        document.fonts
    )


def test_what_is_still_to_be_written_is_bold_and_red() -> None:
    pages = read(render_pdf(summary_report(), fonts=BUNDLED).data).pages
    red = [look for page in pages for look in looks(page) if look.colour == (0.75, 0.12, 0.1)]
    assert red and all(look.thickened for look in red)
    [text] = page_texts(render(paragraph("body", Passage("", missing=True))).data)
    assert text.startswith("未填")


@POPPLER
def test_figures_and_fields_are_found_where_they_stand(tmp_path: Path) -> None:
    document = render_pdf(summary_report(), fonts=BUNDLED)
    read_lines(document, tmp_path / "a.pdf")
    figures = [place for place in document.places if place.sources]
    assert [(place.page, place.sources) for place in figures] == [(0, ("a", "b")), (0, ("a",)), (0, ("a", "b"))]

    def text_at(left: float, top: float, width: float, height: float, page: int) -> str:
        area = [f"{round(n)}" for n in (left, top, width, height)]
        box = [part for pair in zip(("-x", "-y", "-W", "-H"), area, strict=True) for part in pair]
        pages = ["-f", str(page + 1), "-l", str(page + 1)]
        done = subprocess.run(["pdftotext", "-r", "72", *pages, *box, tmp_path / "a.pdf", "-"],
                              check=True, capture_output=True, text=True, encoding="utf-8")  # fmt: skip
        return squeeze(done.stdout)

    for place, text in zip(figures, ("26", "41", "8,710"), strict=True):
        assert text in text_at(place.left - 1, place.top, place.width + 2, place.height, place.page)
        assert place.width == pytest.approx(text_width(text, BUNDLED.chain("body").widths) * 0.016, abs=3)
    overview = [place for place in document.places if place.field == "overview"]
    [block] = [one for one in summary().paragraphs if one.field == "overview"]
    assert squeeze(block.text) == "".join(
        text_at(place.left, place.top, place.width, place.height, place.page) for place in overview
    )
    assert {place.field for place in document.places if place.field} == {"overview", "practice", "problems", "plans"}
    practice = [place for place in document.places if place.field == "practice"]
    assert [place.page for place in practice] == sorted({place.page for place in practice}), "one on each page"


@POPPLER
@pytest.mark.parametrize("characters", range(420, 640, 6))
def test_the_closing_never_stands_alone_on_a_page(characters: int, tmp_path: Path) -> None:
    text = (SENTENCE * 9)[:characters]
    pages = read_lines(render(paragraph("body", text), *closing()), tmp_path / "a.pdf")
    assert [line.text for line in pages[-1][-2:]] == [UNIT, DAY]
    assert len(pages[-1]) >= 4, "two lines of text go with it"
    assert squeeze("".join(line.text for page in pages for line in page)) == squeeze(text) + UNIT + DAY
    if len(pages) > 1:
        assert len(pages[0]) >= 17
        assert pages[1][0].row == 0


@POPPLER
@pytest.mark.parametrize("lines", range(16, 24))
def test_a_heading_is_never_the_last_line_of_a_page(lines: int, tmp_path: Path) -> None:
    body = [paragraph("body", "短") for _ in range(lines)]
    made = render(
        *body, paragraph("heading1", "一、标题"), paragraph("heading2", "（一）标题"), paragraph("body", SENTENCE * 4)
    )
    pages = read_lines(made, tmp_path / "a.pdf")
    assert all("标题" not in page[-1].text for page in pages)


@POPPLER
def test_a_short_list_of_attachments_goes_with_the_closing(tmp_path: Path) -> None:
    for count in range(13, 22):
        body = [paragraph("body", f"第{number}段") for number in range(count)]
        attached = [paragraph("attachment", "附件：1. 台账"), paragraph("attachment", "2. 案例")]
        pages = read_lines(render(*body, *attached, *closing()), tmp_path / "a.pdf")
        last = [line.text for line in pages[-1]]
        assert last[-4:] == ["附件：1.台账", "2.案例", UNIT, DAY]
        assert len(last) >= 6 and last[-6].endswith("段")


@POPPLER
def test_a_unit_with_a_long_name_stays_within_the_margins(tmp_path: Path) -> None:
    name = "河南省焦作市示例重型机械装备制造集团股份有限公司第三分厂工会委员会" * 2
    made = render(paragraph("body", SENTENCE), paragraph("closing", name), paragraph("closing", DAY))
    [page] = read_lines(made, tmp_path / "a.pdf")
    closing_lines = page[-4:]
    assert "".join(line.text for line in closing_lines) == name + DAY
    assert all(line.left >= LEFT - 0.5 and line.right <= RIGHT + 0.5 for line in closing_lines)


def test_an_address_a_rare_name_an_emoji_and_code_are_printed_as_typed() -> None:
    typed = "<b>粗</b> & &amp; {0} %s 王㮾、李𬭚 👍🇨🇳 https://www.example.com/a/b?c=1&d=2 (a)(b\\)"
    document = render(paragraph("title", typed), paragraph("heading2", typed), paragraph("body", typed * 20))
    text = re.sub(r"—\d—", "", "".join(page_texts(document.data)))
    assert text.count(squeeze(typed)) == 22


def test_a_long_word_is_cut_at_the_margin_and_nothing_is_lost() -> None:
    text = "".join(page_texts(render(paragraph("body", "x" * 4000)).data))
    assert text.count("x") == 4000
    long = "很" * 2000 + "。\n\n　　第二段"
    document = render(paragraph("body", long))
    assert document.pages == 4
    assert "".join(page_texts(document.data)).count("很") == 2000


def test_a_document_without_anything_is_an_empty_page() -> None:
    document = render()
    assert document.pages == 1
    assert page_texts(document.data) == ["—1—"]


def test_documents_that_follow_begin_their_own_pages_and_numbers() -> None:
    first = summary_report(Document((paragraph("body", SENTENCE * 10),)))
    document = render_pdf(replace(first, following=(first,)), fonts=BUNDLED)
    assert document.pages == 4
    assert [re.findall(r"—(\d)—$", text) for text in page_texts(document.data)] == [["1"], ["2"], ["1"], ["2"]]


def test_the_same_document_gives_the_same_bytes_with_all_fonts_inside() -> None:
    report = summary_report()
    first = render_pdf(report, fonts=BUNDLED)
    render(paragraph("body", "别的"))
    assert render_pdf(report, fonts=BUNDLED).data == first.data
    for page in read(first.data).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]


def test_a_character_that_no_font_has_is_told_with_its_paragraph() -> None:
    [found] = missing_characters(summary_report(Document((paragraph("body", "某某\ue001号"),))), fonts=BUNDLED)
    assert found.places == ("“某某\ue001号”一段",)


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_the_file_is_sound(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(render_pdf(summary_report(), fonts=BUNDLED).data)
    check = subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout + check.stderr


def test_the_marks_of_a_level_2_heading_are_as_wide_as_its_characters() -> None:
    widths = BUNDLED.chain("subheading").widths
    assert {widths[character] for character in "“”‘’（一）中"} == {1000}


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("主题宣传教育活动总结", ["主题宣传教育活动总结"]),
        (
            "焦作市示例机械有限公司工会2025年上半年主题宣传教育活动总结",
            ["焦作市示例机械有限公司工会", "2025年上半年主题宣传教育活动总结"],
        ),
        (
            "关于在广大职工中深入开展“中国梦·劳动美——凝心铸魂跟党走　团结奋斗新征程”主题宣传教育活动的情况报告",
            [
                "关于在广大职工中深入开展",
                "“中国梦·劳动美——凝心铸魂跟党走",
                "团结奋斗新征程”主题",
                "宣传教育活动的情况报告",
            ],
        ),
    ],
)
def test_a_title_is_broken_between_words_and_never_in_a_block(title: str, lines: list[str]) -> None:
    found = title_lines(title, WIDTHS, 20_000)
    assert squeeze("".join(found)) == squeeze(title)
    assert all(text_width(line, WIDTHS) <= 20_000 for line in found)
    assert found == lines


def test_a_title_with_lines_of_its_own_keeps_them_and_an_endless_one_ends() -> None:
    assert title_lines("某某工会\n活动总结", WIDTHS, 20_000) == ["某某工会", "活动总结"]
    assert "".join(title_lines("长" * 400, WIDTHS, 20_000)) == "长" * 400
