"""表1, 表3 and 表4 of a period, photo pages and forms for hand-filling: on paper as in the Report, nothing cut off."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from exporters.pdf import PdfDocument, render_pdf
from exporters.pdf.fonts import font_set
from models import reports
from models.activity import Activity
from models.attachment_recording import attach
from models.case_repository import save_case
from models.file_store import store
from models.ledger import Ledger
from models.notice import builtin_notice
from models.periods import quarter, year
from models.photos import prepare_all
from models.recording import record
from models.report import FieldGrid, Picture, PictureSheet, Report
from models.reports.blank_forms import BLANKS
from models.reports.table1 import build_table1
from tests.exporters.pdf_reading import expected_header, expected_row, page_texts, read, squeeze
from tests.factories import NOW, TODAY, a_case, a_clerk, a_ledger, a_unit, an_activity

BUNDLED = font_set(())
NOTICE = builtin_notice()
SENTENCE = "每天班前会留出10分钟，由班组长、劳模轮流讲一个“小故事”（每班一题），覆盖24个班组、8,710人次。"
LONG = "".join(f"第{number}句，" + SENTENCE for number in range(1, 41))[:2000]
MILLIMETRE = 72 / 25.4
SHAPES = ((1600, 1200), (900, 1600), (2400, 600), (600, 2000), (40, 30))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with a_ledger(tmp_path_factory.mktemp("forms")) as made:
        yield made


def form(ledger: Ledger, activity: Activity) -> Report:
    return build_table1(ledger, NOTICE, activity, TODAY)


def render(report: Report) -> PdfDocument:
    return render_pdf(report, fonts=BUNDLED)


def a_jpeg(folder: Path, width: int, height: int, colour: tuple[int, int, int] = (40, 90, 160)) -> Path:
    """A picture with content of its own size, so that no two are the same file."""
    picture = Image.new("RGB", (width, height), colour)
    ImageDraw.Draw(picture).line((0, 0, width, height), fill=(255, 255, 255), width=3)
    file = folder / f"{width}x{height}.jpg"
    picture.save(file, quality=85)
    return file


def with_pictures(report: Report, *pictures: Picture) -> Report:
    return replace(report, blocks=(*report.blocks, PictureSheet(pictures)))


def assert_grid_is_printed(report: Report, text: str) -> None:
    """Label and value of every pair, in the order of the form."""
    position = 0
    for block in report.blocks:
        for entry in block.entries() if isinstance(block, FieldGrid) else ():
            for part in (entry.label, entry.value.text):
                position = text.find(squeeze(part), position)
                assert position >= 0, part
                position += len(squeeze(part))


# ─── 表1 ───


def test_every_pair_of_the_registration_stands_on_its_sheet(ledger: Ledger) -> None:
    title = ("劳模工匠进校园进车间进班组系列示范活动" * 4)[:60]
    activity = an_activity(
        title=title, people_online=1260, role="co_host", partner_units="示例学院工会、示例机械公司工会",
        carrier=("worker_class", "craftsman_forum"), summary=SENTENCE * 3, effect=SENTENCE, note="<b>&amp;", quantity=3,
    )  # fmt: skip
    report = form(ledger, activity)
    document = render(report)
    [text] = page_texts(document.data)
    assert_grid_is_printed(report, text)
    assert text.startswith("主题宣传教育活动登记表填报单位：焦作市示例机械有限公司工会基层工会统计编码：4108-TEST-012")
    assert "填报日期：2025年10月10日（盖章）" in text
    assert {"title", "summary", "effect", "people_offline"} <= {place.field for place in document.places}


@pytest.mark.parametrize(
    ("summary", "effect"), [(LONG, ""), (SENTENCE, LONG), (LONG, LONG), ("\n".join([LONG] * 3), "")]
)
def test_a_long_text_runs_on_over_the_page_and_loses_nothing(ledger: Ledger, summary: str, effect: str) -> None:
    report = form(ledger, an_activity(summary=summary, effect=effect, note="到此为止"))
    document = render(report)
    texts = page_texts(document.data)
    assert len(texts) > 1
    around = "主题宣传教育活动登记表（续）焦作市示例机械有限公司工会职工书屋读书分享会"
    whole = "".join(text.replace(around, "") for text in texts)
    for number in range(len(texts)):
        whole = whole.replace(f"第{number + 1}页共{len(texts)}页", "")
    whole = whole.replace("依据：焦工文〔2025〕33号、总工办发〔2025〕7号；表样版本2025.1", "")
    for label in ("活动简述", "成效"):  # on each page that the box is on
        whole = whole.replace(label, "")
    for text in (summary, effect):
        assert squeeze(text) in whole
    bottom = 842 - 34
    assert all(place.top + place.height < bottom for place in document.places)
    boxes = [place for place in document.places if place.field == "summary"]
    assert len({place.page for place in boxes}) == len(boxes), "one box on each page"
    assert sum(place.height for place in boxes) > 16 * len(summary) / 45


@pytest.mark.parametrize("length", range(300, 1500, 45))
def test_the_signing_line_never_stands_alone(ledger: Ledger, length: int) -> None:
    texts = page_texts(render(form(ledger, an_activity(summary=LONG[:length], note="备注在此"))).data)
    [signed] = [text for text in texts if "单位负责人" in text]
    assert signed == texts[-1]
    assert "备注在此" in signed


def test_a_long_text_is_flush_on_both_sides(ledger: Ledger) -> None:
    """Its lines are spread over the width of the box, all but the last of each paragraph."""
    activity = an_activity(summary=f"{'工会组织职工2025年开展学习' * 12}。\n短。")
    page = read(render(build_table1(ledger, NOTICE, activity)).data).pages[0]
    spaces = [operands[0] for operands, operator in page.get_contents().operations if operator == b"Tc"]  # type: ignore[union-attr]
    lines = spaces.count(0)  # each spread line ends so
    assert lines >= 3
    assert any(0 < space < 5 for space in spaces)


def test_all_upright_forms_have_their_titles_in_one_place_and_so_have_the_broad_ones(ledger: Ledger) -> None:
    forms = [reports.build(code, ledger, NOTICE, year(2025), TODAY) for code in reports.BUILDERS if code != "表9"]
    forms += [blank(ledger, NOTICE) for blank in BLANKS.values()]
    places: dict[str, set[float]] = {"portrait": set(), "landscape": set()}
    for form in forms:
        contents = read(render(form).data).pages[0].get_contents()
        assert contents is not None
        places[form.orientation].add(
            next(round(float(operands[5]), 1) for operands, operator in contents.operations if operator == b"Tm")
        )
    assert [len(found) for found in places.values()] == [1, 1]


def test_each_activity_of_a_period_has_a_sheet_with_page_numbers_and_bookmark_of_its_own(tmp_path: Path) -> None:
    titles = ["读书分享会", "工间操示范推广", "劳模工匠进校园"]
    with a_ledger(tmp_path, *(an_activity(title=title, note=LONG[:1500] * 2) for title in titles[:1])) as ledger:
        for title in titles[1:]:
            record(ledger, an_activity(title=title), a_clerk())
        report = reports.build("表1", ledger, NOTICE, quarter(2025, 3), TODAY)
        document = render(report)
    texts = page_texts(document.data)
    assert [text.count("单位负责人") for text in texts] == [0, 1, 1, 1]
    assert ["第1页共2页" in texts[0], "第2页共2页" in texts[1], "第1页共1页" in texts[2]] == [True] * 3
    outline: list[Any] = read(document.data).outline
    assert [entry["/Title"] for entry in outline] == titles
    for sheet, text in zip(report.sheets[1:], texts[2:], strict=True):
        assert_grid_is_printed(sheet, text)
    pages = {place.sources[0]: place.page for place in document.places if place.field == "title"}
    assert list(pages.values()) == [0, 2, 3]


def test_a_period_without_anything_says_so_on_paper(ledger: Ledger) -> None:
    for code, words in (("表1", "本期没有已完成的活动"), ("表3", "本期没有案例"), ("表4", "本期没有案例")):
        [text] = page_texts(render(reports.build(code, ledger, NOTICE, year(2020), TODAY)).data)
        assert words in text


# ─── photo pages ───


@pytest.mark.parametrize("count", [0, 1, 2, 3, 9])
def test_two_photos_stand_on_each_page_behind_the_signed_sheet(tmp_path: Path, count: int) -> None:
    with a_ledger(tmp_path) as ledger:
        activity = record(ledger, an_activity(), a_clerk())
        made = [a_jpeg(tmp_path, 1600 + number, 1200) for number in range(count)]
        prepared = prepare_all(ledger.folder, made).photos
        named = [replace(each, caption=f"活动现场{number}") for number, each in enumerate(prepared, 1)]
        if named:
            attach(ledger, "activity", activity.uid, named, a_clerk())
        document = render(form(ledger, activity))
        stored = {file.read_bytes() for file in (ledger.folder / "photos").rglob("*.jpg")}
    reader = read(document.data)
    assert len(reader.pages) == 1 + (count + 1) // 2
    texts = page_texts(document.data)
    assert "单位负责人" in texts[0]
    on_pages = [[number for number in range(1, 10) if f"图{number}活动现场{number}" in text] for text in texts[1:]]
    assert on_pages == [list(range(first, min(first + 2, count + 1))) for first in range(1, count + 1, 2)]
    assert {bytes(image) for page in reader.pages for image in raw_images(page)} == stored
    if count:
        assert "照片附页" in texts[1]


def raw_images(page: Any) -> list[bytes]:
    """The streams of a page's pictures as they stand in the file."""
    objects = page["/Resources"].get("/XObject", {})
    found = [objects[name].get_object() for name in page_pictures(page)]
    assert all(each["/Filter"] in ("/DCTDecode", ["/DCTDecode"]) for each in found)
    return [each._data for each in found]


def page_pictures(page: Any) -> list[str]:
    return [str(operands[0]) for operands, operator in page.get_contents().operations if operator == b"Do"]


def frames(page: Any) -> list[tuple[float, float, float, float]]:
    """Left, bottom, width and height of the pictures on a page."""
    found: list[tuple[float, float, float, float]] = []
    matrix = [0.0] * 6
    for operands, operator in page.get_contents().operations:
        if operator == b"cm":
            matrix = [float(number) for number in operands]
        elif operator == b"Do":
            found.append((matrix[4], matrix[5], matrix[0], matrix[3]))
    return found


def test_no_photo_is_distorted_or_runs_off_the_page(ledger: Ledger, tmp_path: Path) -> None:
    pictures = [Picture(a_jpeg(tmp_path, *shape), f"{shape}") for shape in SHAPES]
    document = render(with_pictures(form(ledger, an_activity()), *pictures))
    placed = [frame for page in read(document.data).pages[1:] for frame in frames(page)]
    assert len(placed) == len(SHAPES)
    for (left, bottom, width, height), (wide, high) in zip(placed, SHAPES, strict=True):
        assert width / height == pytest.approx(wide / high, rel=0.01)
        assert left >= 50 and left + width <= 595.28 - 50
        assert bottom > 45 and bottom + height < 842 - 45
        assert width > 430 or height > 280, "as large as half a page allows"


def test_a_photo_that_is_gone_or_damaged_leaves_a_box_that_says_so(ledger: Ledger, tmp_path: Path) -> None:
    sound = a_jpeg(tmp_path, 400, 300)
    digest = store(tmp_path, sound.read_bytes(), ".jpg")
    changed = next((tmp_path / "photos").rglob(f"{digest}.jpg"))
    changed.write_bytes(sound.read_bytes() + b"\xff\xd9")
    (tmp_path / "half.jpg").write_bytes(sound.read_bytes()[:900])
    (tmp_path / "text.jpg").write_bytes(b"no picture\xff\xd9")
    (tmp_path / "folder.jpg").mkdir()
    files = ["gone.jpg", "folder.jpg", "half.jpg", "text.jpg"]
    pictures = [*(Picture(tmp_path / name, name) for name in files), Picture(changed, "换过的"), Picture(sound, "好的")]
    document = render(with_pictures(form(ledger, an_activity()), *pictures))
    texts = "".join(page_texts(document.data)[1:])
    assert texts.count("照片文件不在") == 2
    assert texts.count("照片文件已损坏") == 3
    assert all(f"图{number}{name}" in texts for number, name in enumerate([*files, "换过的", "好的"], 1))
    assert len([image for page in read(document.data).pages[1:] for image in raw_images(page)]) == 1


def test_a_caption_of_any_length_is_printed_whole(ledger: Ledger, tmp_path: Path) -> None:
    photo = a_jpeg(tmp_path, 800, 600)
    forty = ("职工代表在示例学院报告厅听劳模工匠讲述成长经历" * 2)[:40]
    document = render(with_pictures(form(ledger, an_activity()), Picture(photo, forty), Picture(photo, LONG)))
    whole = "".join(page_texts(document.data)[1:]).replace(
        "依据：焦工文〔2025〕33号、总工办发〔2025〕7号；表样版本2025.1", ""
    )
    assert f"图1{forty}" in whole
    assert squeeze(LONG)[:400] in whole and whole.count(squeeze(LONG)[-60:]) == 1
    assert len(set(page_pictures(read(document.data).pages[1]))) == 1, "one picture, stored once"


def test_the_ledgers_place_on_the_disk_leaves_no_trace(ledger: Ledger, tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "a much longer name"
    found: list[bytes] = []
    for folder in (here, there):
        folder.mkdir()
        picture = Picture(a_jpeg(folder, 500, 400), "现场")
        found.append(render(with_pictures(form(ledger, an_activity()), picture)).data)
    assert found[0] == found[1]


# ─── 表3 and 表4 of a period ───


def test_the_cases_of_a_period_follow_one_another_and_stand_in_the_catalogue(tmp_path: Path) -> None:
    titles = ["班前十分钟微思政课", "三套工间操做到岗位上", "长" * 60]
    with a_ledger(tmp_path) as ledger:
        with ledger.transaction("案例", at=NOW):
            for number, title in enumerate(titles):
                case = a_case(title=title, number=f"AL-2025-00{number}", summary=SENTENCE[:100], phone="0391-3999920")
                save_case(ledger, case, now=NOW)
        forms = reports.build("表3", ledger, NOTICE, year(2025), TODAY)
        catalogue = reports.build("表4", ledger, NOTICE, year(2025), TODAY)
    document = render(forms)
    outline: list[Any] = [entry for entry in read(document.data).outline if not isinstance(entry, list)]
    assert [entry["/Title"] for entry in outline] == [*titles[:2], "长" * 39 + "…"]
    starts = [index for index, text in enumerate(page_texts(document.data)) if "第1页共" in text]
    assert len(starts) == 3
    for sheet, start in zip(forms.sheets, starts, strict=True):
        assert_grid_is_printed(sheet, page_texts(document.data)[start])
    [text] = page_texts(render(catalogue).data)
    [table] = catalogue.tables
    assert expected_header(table) in text
    position = 0
    for row in table.rows:
        position = text.find(expected_row(table, row), position)
        assert position >= 0
    assert squeeze(table.notes[0]) in text


def test_a_catalogue_of_many_cases_repeats_its_header_and_keeps_the_signature_company(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        with ledger.transaction("案例", at=NOW):
            for number in range(60):
                save_case(ledger, a_case(title=f"第{number:02}个案例", number=f"AL-2025-{number:03}"), now=NOW)
        report = reports.build("表4", ledger, NOTICE, year(2025), TODAY)
    texts = page_texts(render(report).data)
    [table] = report.tables
    assert len(texts) > 2
    assert all(expected_header(table) in text for text in texts)
    assert all(sum(expected_row(table, row) in text for text in texts) == 1 for row in table.rows)
    assert "第58个案例" in texts[-1] and "单位负责人" in texts[-1]


# ─── forms to fill in by hand ───


@pytest.mark.parametrize(("code", "pages"), [("表1", 1), ("表3", 3)])
def test_a_blank_form_has_boxes_that_a_pen_can_write_in(ledger: Ledger, code: str, pages: int) -> None:
    report = BLANKS[code](ledger, NOTICE)
    document = render(report)
    assert document.pages == pages
    heights = {place.field: place.height / MILLIMETRE for place in document.places if place.field}
    assert all(height > 8 for height in heights.values()), heights
    texts = page_texts(document.data)
    for block in report.blocks:
        for entry in block.entries() if isinstance(block, FieldGrid) else ():
            assert squeeze(entry.label) in texts[0] or code == "表3"
    assert "填不下可另附纸" in texts[0]
    assert heights["summary"] > (40 if code == "表1" else 16)
    if code == "表3":
        lines = {name: sum(p.height for p in document.places if p.field == name) for name in ("problem", "practice")}
        assert lines["problem"] > 8 * 8 * MILLIMETRE and lines["practice"] > 24 * 8 * MILLIMETRE


def test_a_box_to_tick_stays_with_its_words(ledger: Ledger) -> None:
    page = read(render(BLANKS["表3"](ledger, NOTICE)).data).pages[0]
    lines = [line for line in page.extract_text().splitlines() if "□" in line and "说明" not in line]
    options = [part for line in lines for part in line.replace("\u3000", " ").split("□")[1:]]
    assert {option.brief for option in NOTICE.options("case_domain")} <= {part.strip() for part in options}


@pytest.mark.parametrize("unit", [a_unit(), a_unit(name="焦" * 58 + "工会", code="4108-LONG-CODE-0123456789-ABCDEFG")])
@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
def test_the_code_can_be_read_from_a_scan(tmp_path: Path, unit: Any) -> None:
    import zxingcpp

    with a_ledger(tmp_path / "台账", unit=unit) as ledger:
        for code, blank in BLANKS.items():
            report = blank(ledger, NOTICE)
            (tmp_path / "form.pdf").write_bytes(render(report).data)
            scan = ["pdftoppm", "-r", "150", "-f", "1", "-l", "1", "-gray", "-png", "-singlefile"]
            subprocess.run([*scan, tmp_path / "form.pdf", tmp_path / "form"], check=True)
            with Image.open(tmp_path / "form.png") as picture:
                [found] = zxingcpp.read_barcodes(picture.rotate(3, fillcolor=255, expand=True))
                width = picture.width
            assert found.text == report.qr_text, code
            assert found.position.top_left.x > width * 0.8


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_the_files_are_sound(ledger: Ledger, tmp_path: Path) -> None:
    pictures = [Picture(a_jpeg(tmp_path, *shape), "现场") for shape in SHAPES]
    made = [with_pictures(form(ledger, an_activity(summary=LONG)), *pictures), BLANKS["表1"](ledger, NOTICE)]
    for report in made:
        first, second = render(report).data, render(report).data
        assert first == second
        (tmp_path / "a.pdf").write_bytes(first)
        check = subprocess.run(
            ["qpdf", "--check", os.fspath(tmp_path / "a.pdf")], capture_output=True, text=True, check=False
        )
        assert check.returncode == 0, check.stdout + check.stderr
