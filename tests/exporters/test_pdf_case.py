"""表3 on paper: a head, running text over as many pages as it needs, and a place for every field."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from exporters.pdf import PdfDocument, missing_characters, render_pdf
from exporters.pdf.fonts import font_set
from exporters.pdf.linebreak import NEVER_FIRST
from exporters.pdf.prose import LEADING
from models.attachment import Attachment
from models.attachment_repository import ATTACHMENTS
from models.case import Case, Effect
from models.case_repository import save_case
from models.ledger import Ledger
from models.notice import builtin_notice
from models.report import Report
from models.reports.table3 import build_table3
from tests.exporters.pdf_reading import Look, looks, page_texts, read, squeeze
from tests.factories import NOW, TODAY, a_case, a_ledger

BUNDLED = font_set(())
SENTENCE = "每天班前会留出10分钟，由班组长、劳模轮流讲一个“小故事”（每班一题），覆盖24个班组、8,710人次。"
POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with a_ledger(tmp_path_factory.mktemp("case")) as made:
        yield made


def form(ledger: Ledger, case: Case) -> Report:
    return build_table3(ledger, builtin_notice(), case, TODAY)


def render(ledger: Ledger, **values: object) -> PdfDocument:
    return render_pdf(form(ledger, a_case(**values)), fonts=BUNDLED)


def text_at(file: Path, document: PdfDocument, name: str) -> str:
    """What is printed in the places of a field."""
    found = ""
    for place in document.places:
        if place.field == name:
            box = [f"{round(n)}" for n in (place.left, place.top, place.width, place.height)]
            area = [part for pair in zip(("-x", "-y", "-W", "-H"), box, strict=True) for part in pair]
            page = str(place.page + 1)
            done = subprocess.run(
                ["pdftotext", "-r", "72", "-f", page, "-l", page, *area, "-layout", file, "-"],
                check=True, capture_output=True, text=True, encoding="utf-8",
            )  # fmt: skip
            found += squeeze(done.stdout)
    return found


def test_all_that_was_written_stands_on_paper_in_its_order(ledger: Ledger) -> None:
    practice = "\n".join(f"{number}是" + SENTENCE * 4 for number in "一二三四五")
    document = render(ledger, practice=practice)
    assert document.pages == 2
    text = "".join(page_texts(document.data))
    for page_number in ("第1页共2页", "依据：焦工文〔2025〕33号、总工办发〔2025〕7号；表样版本2025.1"):
        assert page_number in text
    inner = re.sub(r"依据：.*?共2页", "", text).replace("工会工作创新案例报送表（续）焦作市示例机械有限公司工会", "")
    inner = inner.replace("班前十分钟微思政课", "")
    parts = ["一、针对问题", squeeze(a_case().problem), "二、主要做法", squeeze(practice), "三、经验启示"]
    parts += [squeeze(a_case().insight), "量化成效", "四、附件清单", "五、报送单位意见", "（盖章）年月日"]
    position = 0
    for part in parts:
        position = inner.find(part, position)
        assert position >= 0, part


def test_what_is_required_and_missing_is_bold_and_red(ledger: Ledger) -> None:
    document = render_pdf(form(ledger, Case()), fonts=BUNDLED)
    (text,) = page_texts(document.data)
    assert text.count("未填") == 6, "title, domain, three parts, and the consent that is no must"
    red = [look for look in looks(read(document.data).pages[0]) if look.colour == (0.75, 0.12, 0.1)]
    assert len(red) == 5
    assert Look("FandolFang-Regular", thickened=True, colour=(0.75, 0.12, 0.1)) in red


def test_code_emoji_and_rare_characters_are_printed_as_typed(ledger: Ledger) -> None:
    typed = "<b>粗</b> & &amp; {0} %s 王㮾、李𬭚 👍🇨🇳 =1+1 (a)(b\\)"
    document = render(ledger, title=typed, problem=typed, insight=f"{typed}\n{typed}")
    text = "".join(page_texts(document.data))
    assert text.count(squeeze(typed)) == 4


def test_the_head_of_the_second_page_cuts_no_name(ledger: Ledger) -> None:
    def head(**values: str) -> str:
        document = render(ledger, number="AL-2025-007", practice="一是做。" * 500, **values)
        return page_texts(document.data)[1][:60]

    usual = head(title="班前十分钟微思政课")
    assert usual.startswith("工会工作创新案例报送表（续）")
    assert "班前十分钟微思政课" in usual
    long = head(title="班前十分钟微思政课进车间" * 5)
    assert long.startswith("工会工作创新案例报送表（续）案例编号：AL-2025-007")
    assert "…" not in long


def test_a_character_that_no_font_has_is_named_with_its_part(ledger: Ledger) -> None:
    [found] = missing_characters(form(ledger, a_case(practice="\ue001号" * 60)), fonts=BUNDLED)
    assert found.places == ("“二、主要做法”",)


@POPPLER
def test_text_is_flush_on_both_sides_and_indented_by_two(ledger: Ledger, tmp_path: Path) -> None:
    document = render(ledger, problem=SENTENCE * 5, practice=SENTENCE * 2, insight=SENTENCE)
    (tmp_path / "a.pdf").write_bytes(document.data)
    [place] = [place for place in document.places if place.field == "problem"]
    done = subprocess.run(
        ["pdftotext", "-f", "1", "-l", "1", "-bbox-layout", tmp_path / "a.pdf", "-"],
        check=True, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    lines: dict[int, list[tuple[float, float, str]]] = {}
    for left, top, right, word in re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>', done.stdout
    ):
        row = int((float(top) - place.top) // LEADING)
        if place.top + LEADING < float(top) < place.top + place.height:
            lines.setdefault(row, []).append((float(left), float(right), word))
    edges = [(min(w[0] for w in words), max(w[1] for w in words)) for _, words in sorted(lines.items())]
    assert len(edges) >= 6
    assert edges[0][0] == pytest.approx(place.left + 28, abs=3)
    assert all(left == pytest.approx(place.left, abs=8) for left, _ in edges[1:]), "an opening mark has its own margin"
    right = place.left + place.width
    assert all(right - 8 <= edge <= right + 1 for _, edge in edges[:-1]), edges
    assert edges[-1][1] < right - 8


@pytest.mark.parametrize("count", range(9, 22))
def test_no_page_begins_or_ends_with_a_lonely_line(ledger: Ledger, count: int) -> None:
    document = render(ledger, practice=SENTENCE * count + "\n" + SENTENCE * 3)
    parts = [place for place in document.places if place.field == "practice"]
    for first, second in pairwise(parts):
        assert second.page == first.page + 1
        assert first.height >= 27 + 2 * LEADING
        assert second.height >= 2 * LEADING
    for text in page_texts(document.data)[1:]:
        body = text.partition("班前十分钟微思政课")[2]
        assert body[0] not in NEVER_FIRST


@pytest.mark.parametrize("count", range(4, 32, 2))
def test_the_seal_never_stands_alone(ledger: Ledger, count: int) -> None:
    with_files = a_case(practice=SENTENCE * count, uid="0198a000-0000-7000-8000-00000000000a")
    texts = page_texts(render_pdf(form(ledger, with_files), fonts=BUNDLED).data)
    [page] = [text for text in texts if "五、报送单位意见" in text]
    assert page == texts[-1]
    assert "（盖章）年月日" in page
    assert "四、附件清单序号文件名说明大小无" in page


def test_the_last_two_files_of_a_long_list_stay_with_the_seal(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        with ledger.transaction("案例", at=NOW):
            case = save_case(ledger, a_case(practice=SENTENCE * 12), now=NOW)
            for number in range(12):
                photo = Attachment(
                    "case", case.uid, position=number, suffix=".jpg", byte_count=1, caption=f"图{number:02}"
                )
                ATTACHMENTS.save(ledger, photo, now=NOW)
        texts = page_texts(render_pdf(form(ledger, case), fonts=BUNDLED).data)
    assert "图10" in texts[-1] and "图11" in texts[-1] and "五、报送单位意见" in texts[-1]
    assert sum(text.count(".jpg") for text in texts) == 12


@POPPLER
def test_every_field_is_found_where_it_is_printed(ledger: Ledger, tmp_path: Path) -> None:
    values = {
        "title": "把课堂搬到班前会", "author": "赵芳", "reviewer": "王建国", "phone": "0391-3999920",
        "summary": "十分钟一堂课，职工自己当老师。", "effects": (Effect("开展活动", "326", "场"),),
        "problem": SENTENCE * 3, "practice": (SENTENCE * 8 + "\n") * 3, "insight": SENTENCE * 2,
    }  # fmt: skip
    document = render(ledger, **values)
    (tmp_path / "a.pdf").write_bytes(document.data)
    fields = {place.field for place in document.places}
    assert fields >= {*values, "domain", "period_start", "activities", "publish_ok", "photos"}
    for name in ("title", "author", "reviewer", "phone", "summary", "problem", "practice", "insight"):
        assert squeeze(str(values[name])) in text_at(tmp_path / "a.pdf", document, name)
    assert "开展活动326场" in text_at(tmp_path / "a.pdf", document, "effects")
    assert "序号文件名说明大小" in text_at(tmp_path / "a.pdf", document, "photos")
    assert "思想政治引领" in text_at(tmp_path / "a.pdf", document, "domain")
    assert [place.page for place in document.places if place.field == "practice"] == [0, 1]


def test_absurd_lengths_run_on_over_the_pages(ledger: Ledger) -> None:
    document = render(ledger, title="长" * 3000, summary="亮 点" * 900, problem="问" * 3000, practice="A" * 4000)
    texts = page_texts(document.data)
    assert 8 < document.pages < 20
    assert sum(text.count("长") for text in texts) >= 3000
    assert sum(text.count("亮") for text in texts) == 902, "and in its label, on each of two pages"
    assert sum(text.count("A") for text in texts) == 4000
    assert all(place.top + place.height < 842 - 36 for place in document.places)


def test_the_same_case_gives_the_same_bytes_with_all_fonts_inside(ledger: Ledger) -> None:
    first = render(ledger, practice=SENTENCE * 9, title="喆堃🇨🇳班前课")
    render(ledger)
    assert render(ledger, practice=SENTENCE * 9, title="喆堃🇨🇳班前课").data == first.data
    for page in read(first.data).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            assert "/FontFile2" in font.get_object()["/FontDescriptor"]
    assert "FandolFang" in first.fonts


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_the_file_is_sound(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(render(ledger, practice=SENTENCE * 20).data)
    check = subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout + check.stderr


def test_a_case_of_two_pages_is_drawn_fast_enough_to_follow_the_typing(ledger: Ledger) -> None:
    render(ledger)  # reads the fonts
    before = time.process_time()
    document = render(ledger, practice=(SENTENCE * 4 + "\n") * 4)
    assert document.pages == 2
    assert time.process_time() - before < 0.4
