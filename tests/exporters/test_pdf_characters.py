"""Every character a clerk can type prints, can be copied back out, and comes from a font in the file."""

from __future__ import annotations

import shutil
import subprocess
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFont

import resources
from exporters.pdf import missing_characters, render_pdf
from exporters.pdf.faces import Face, to_unicode_map
from exporters.pdf.fonts import FontSet, font_set
from models.report import Cell, Column, Report, Row, Table
from tests.exporters.pdf_reading import page_texts, read
from tests.exporters.samples import ledger_report

BUNDLED = font_set(())
STANDARD = (
    (Path(__file__).parent / "data" / "general_standard_characters.txt").read_text(encoding="utf-8").replace("\n", "")
)


def report_of(texts: list[str]) -> Report:
    """A form that prints nothing but these texts, one a line."""
    table = Table((Column("字", 270),), tuple(Row((Cell(text),)) for text in texts))
    return replace(ledger_report(1), blocks=(table,))


def printed(text: str) -> str:
    return "".join(page_texts(render_pdf(report_of([text]), fonts=BUNDLED).data))


def gbk_characters() -> str:
    found: list[str] = []
    for first in range(0x81, 0xFF):
        for second in range(0x40, 0xFF):
            try:
                found.append(bytes((first, second)).decode("gbk"))
            except UnicodeDecodeError:
                continue
    return "".join(found)


def test_the_8105_characters_of_the_standard_print_and_can_be_copied() -> None:
    """通用规范汉字表; reportlab itself loses the 196 beyond the BMP."""
    assert len(set(STANDARD)) == 8105
    assert sum(ord(character) > 0xFFFF for character in STANDARD) == 196
    lines = [STANDARD[start : start + 60] for start in range(0, len(STANDARD), 60)]
    text = "".join(page_texts(render_pdf(report_of(lines), fonts=BUNDLED).data))
    lost = [line for line in lines if line not in text]
    assert lost == []


def test_everything_that_a_gbk_system_can_type_prints() -> None:
    assert missing_characters(report_of([gbk_characters()]), fonts=BUNDLED) == []


@pytest.mark.parametrize("role", ["title", "body", "heading", "subheading", "table"])
def test_every_role_prints_the_whole_standard(role: str) -> None:
    assert BUNDLED.chain(role).missing(STANDARD) == set()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "㮾𬭚𫖯喆堃㙦",
        "玥珺翀瑀昇",
        "㎡㎏℃‰①⑳㈠Ⅷ",
        "☐☑☒✓✔★●→➢",
        "CO₂10²½⅓",
        "éāǎüēřñ",
        "ΩЯ≤≥≠±∞",
        "ﬁ郎⼀",
        "〇々「」『』〔〕",
    ],
)
def test_rare_names_units_and_marks_can_be_copied_back(text: str) -> None:
    assert text in printed(text)


def test_emoji_print_and_a_flag_prints_as_its_two_boxed_letters() -> None:
    text = printed("🎉😀👍🏭📢❤️🇨🇳👨‍👩‍👧1️⃣")
    assert "🎉😀👍🏭📢❤🇨🇳👨👩👧1⃣" in text
    face = BUNDLED.chain("table").owner("🇨")
    assert face is not None
    assert face.label == "Noto Sans SC Extra"
    glyphs = face.font.face.charToGlyph
    assert glyphs[ord("🇨")] == glyphs[ord("🄲")]


def test_a_character_goes_to_the_first_font_that_has_it() -> None:
    chain = BUNDLED.chain("body")  # FandolFang knows GB 2312 only
    owners = {character: chain.owner(character) for character in "工喆😀"}
    assert [face.label for face in owners.values() if face] == ["FandolFang", "Noto Serif SC Light", "Noto Emoji"]
    assert [(face.label, run) for face, run in chain.runs("工会喆人")] == [
        ("FandolFang", "工会"),
        ("Noto Serif SC Light", "喆"),
        ("FandolFang", "人"),
    ]


def test_a_fallback_font_is_not_read_before_a_character_needs_it() -> None:
    fonts = FontSet(())
    render_pdf(ledger_report(3), fonts=fonts)
    loaded = {face.label for face in fonts.faces() if face.loaded}
    assert loaded == {"Noto Serif SC Bold", "Noto Sans SC", "Noto Sans SC Bold"}
    render_pdf(ledger_report(3, 备注="嘅"), fonts=fonts)
    assert "Noto Serif SC Light" in {face.label for face in fonts.faces() if face.loaded}


def test_the_result_names_the_fonts_it_used() -> None:
    used = render_pdf(ledger_report(3), fonts=BUNDLED).fonts
    assert sorted(used) == ["Noto Sans SC", "Noto Sans SC Bold", "Noto Serif SC Bold"]
    assert set(render_pdf(ledger_report(3, 备注="嘅😀"), fonts=BUNDLED).fonts) == {
        "Noto Serif SC Bold",
        "Noto Sans SC",
        "Noto Sans SC Bold",
        "Noto Serif SC Light",
        "Noto Emoji",
    }


def test_all_fonts_are_embedded_and_none_is_helvetica() -> None:
    reader = read(render_pdf(ledger_report(20, 备注="喆嘅😀☐₂"), fonts=BUNDLED).data)
    names: set[str] = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descriptor = font.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in descriptor
            assert "/ToUnicode" in font.get_object()
            names.add(str(descriptor["/FontName"]))
    assert len(names) >= 5
    assert not [name for name in names if "Helvetica" in name]


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler-utils is not installed")
def test_poppler_finds_all_fonts_embedded(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(render_pdf(ledger_report(20, 备注="嘅😀"), fonts=BUNDLED).data)
    listing = subprocess.run(["pdffonts", tmp_path / "a.pdf"], capture_output=True, text=True, check=True).stdout
    lines = listing.splitlines()[2:]
    assert len(lines) >= 4
    for line in lines:
        embedded, subset, to_unicode = line.split()[-5:-2]
        assert (embedded, subset, to_unicode) == ("yes", "yes", "yes"), line


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_poppler_copies_the_characters_beyond_the_bmp(tmp_path: Path) -> None:
    beyond = "".join(character for character in STANDARD if ord(character) > 0xFFFF)
    (tmp_path / "a.pdf").write_bytes(render_pdf(report_of([beyond]), fonts=BUNDLED).data)
    text = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", tmp_path / "a.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    assert beyond in text.replace("\n", "")


def test_the_unicode_map_obeys_the_standard() -> None:
    """At most 100 entries a block (PDF 32000-1, 9.10.3), surrogate pairs beyond the BMP."""
    cmap = to_unicode_map("A+Font", [0, *range(0x4E00, 0x4E00 + 250), 0x2CB5A])
    assert [line for line in cmap.splitlines() if line.endswith("beginbfchar")] == [
        "100 beginbfchar",
        "100 beginbfchar",
        "51 beginbfchar",
    ]
    assert "<01> <4E00>" in cmap
    assert "<FB> <D872DF5A>" in cmap
    assert "<00> <0000>" not in cmap


# --- the computer's own fonts ----------------------------------------------------------------------------


def install(folder: Path, name: str, bundled: str) -> None:
    (folder / "deep").mkdir(exist_ok=True)
    shutil.copyfile(resources.path("fonts") / bundled, folder / "deep" / name)


def test_the_computers_own_fonts_are_used_and_named(tmp_path: Path) -> None:
    """Windows writes SIMHEI.TTF in any case it likes."""
    install(tmp_path, "FZXBSJW.TTF", "NotoSansSC-Regular.subset.ttf")
    install(tmp_path, "SimFang.ttf", "FandolFang-Regular.subset.ttf")
    fonts = FontSet((tmp_path,))
    assert fonts.chain("title").faces[0].label == "方正小标宋简体（本机）"
    assert fonts.chain("body").faces[0].label == "仿宋（本机）"
    assert fonts.chain("heading").faces[0].label == "Noto Sans SC"
    assert render_pdf(ledger_report(3), fonts=fonts).fonts[0] == "方正小标宋简体（本机）"


@pytest.mark.parametrize("content", [b"", b"OTTO" + bytes(200), b"\x00\x01\x00\x00" + bytes(10), b"not a font" * 100])
def test_a_broken_or_postscript_font_of_the_computer_is_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "simhei.ttf").write_bytes(content)
    fonts = FontSet((tmp_path,))
    assert fonts.chain("heading").faces[0].label == "Noto Sans SC"


def test_a_folder_that_does_not_exist_does_no_harm(tmp_path: Path) -> None:
    fonts = FontSet((tmp_path / "none",))
    assert fonts.chain("title").faces[0].label == "Noto Serif SC Bold"


def test_a_cmap_entry_without_a_glyph_is_no_character() -> None:
    file = resources.path("fonts") / "FandolFang-Regular.subset.ttf"
    assert 0xFFFF in TTFont("raw", str(file)).face.charToGlyph  # it leads to glyph 0, the box
    assert not Face(file, "仿宋").has("\uffff")


def test_two_threads_may_print_at_once() -> None:
    reports = [ledger_report(30), ledger_report(30, 备注="嘅😀")]
    alone = [render_pdf(report, fonts=BUNDLED).data for report in reports]
    together: dict[int, bytes] = {}

    def work(index: int) -> None:
        together[index] = render_pdf(reports[index], fonts=BUNDLED).data

    threads = [threading.Thread(target=work, args=(index,)) for index in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[0], together[1]] == alone
