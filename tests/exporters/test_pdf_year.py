"""The year sheet on paper: one page, nothing left out, and the list behind it where a year is too full."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from exporters.pdf import PdfDocument, missing_characters, render_pdf
from exporters.pdf.fonts import font_set
from exporters.xlsx import write_xlsx
from models.errors import UserError
from models.report import Report, Signature, YearEntry, YearGrid, YearMonth
from tests.exporters.pdf_reading import page_texts, read, squeeze

BUNDLED = font_set(())
LONG = "“学习贯彻中央八项规定精神、弘扬劳模精神工匠精神”职工大思政课暨红色工运故事巡回宣讲活动（第三期）子弟学校专场"


def sheet(counts: dict[int, int], title: str = "第{}场读书分享会", corner: str = "休1—8日　班11日") -> Report:
    months = tuple(
        YearMonth(
            month,
            corner,
            tuple(
                YearEntry("○", f"{number % 28 + 1}日", title.format(uid), "职工书屋", "计划", uid=uid)
                for number in range(counts.get(month, 0))
                for uid in (f"{month}.{number}",)
            ),
        )
        for month in range(1, 13)
    )
    return Report(
        "日历", "2025年宣传教育活动年历", "活动年历", "示例公司工会", "", "2025年", "2025", "landscape",
        (YearGrid(months, ("○ 计划",)),), Signature(), "", "", info=("示例公司工会",), signed=False,
    )  # fmt: skip


def render(report: Report) -> PdfDocument:
    return render_pdf(report, fonts=BUNDLED)


def test_a_year_is_one_landscape_page_in_the_order_of_its_months() -> None:
    document = render(sheet({1: 2, 6: 1, 12: 3}))
    (text,) = page_texts(document.data)
    assert text.startswith("2025年宣传教育活动年历示例公司工会第1页共1页1月休1—8日班11日○1日第1.0场读书分享会")
    assert "6月休1—8日班11日○1日第6.0场读书分享会7月" in text
    assert text.endswith("○3日第12.2场读书分享会○计划")
    page = read(document.data).pages[0].mediabox
    assert (round(float(page.width)), round(float(page.height))) == (842, 595)


def test_an_empty_year_is_a_page_to_write_on() -> None:
    (text,) = page_texts(render(sheet({}, corner="")).data)
    assert all(f"{month}月" in text for month in range(1, 13)) and "余下" not in text


@pytest.mark.parametrize("title", ["第{}场读书分享会", LONG + "{}"])
@pytest.mark.parametrize("count", [3, 8, 15, 40])
def test_nothing_of_a_crowded_year_is_left_out(count: int, title: str) -> None:
    report = sheet({month: count for month in (2, 7, 8)}, title)
    document = render(report)
    texts = page_texts(document.data)
    text = "".join(texts)
    grid = report.blocks[0]
    assert isinstance(grid, YearGrid)
    for month in grid.months:
        for entry in month.entries:
            assert squeeze(entry.title) in text
    assert ("余下见后页" in texts[0]) == (document.pages > 1)
    if document.pages > 1:
        assert "年历里写不下的活动和计划月份日期活动或计划地点情况" in texts[1]
    shown = [place.uid for place in document.places]
    assert len(shown) == len(set(shown)) == 3 * count, "each leads to its record, once"


def test_the_entries_lie_inside_the_months() -> None:
    for place in render(sheet({month: 5 for month in range(1, 13)}, LONG + "{}")).places:
        if place.page == 0:
            assert 36 <= place.left < 842 - 36 and place.left + place.width < 842 - 35
            assert place.top > 60 and place.top + place.height < 575


def test_a_year_of_five_thousand_activities_takes_seconds_and_loses_none() -> None:
    report = sheet({month: 417 for month in range(1, 13)}, LONG + "{}")
    started = time.monotonic()
    document = render(report)
    assert time.monotonic() - started < 30
    assert len({place.uid for place in document.places}) == 12 * 417
    assert squeeze(read(document.data).pages[0].extract_text()).count("余下见后页") == 12


def test_the_same_year_gives_the_same_bytes_and_its_text_is_literal() -> None:
    report = sheet({3: 4}, "<b>&amp;{}")
    assert render(report).data == render(report).data
    assert "<b>&amp;3.0" in page_texts(render(report).data)[0]


def test_many_days_off_take_lines_of_their_own() -> None:
    corner = "休" + "、".join(str(day) for day in range(1, 31, 2)) + "日"
    (text,) = page_texts(render(sheet({5: 2}, corner=corner)).data)
    assert text.count(squeeze(corner)) == 12


def test_a_character_that_nobody_can_print_is_named_with_its_month() -> None:
    (missing,) = missing_characters(sheet({9: 1}, "展\ue000{}"), fonts=BUNDLED)
    assert missing.places == ("9月“展\ue0009.0”",)


def test_the_year_sheet_is_refused_in_excel_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"“2025年宣传教育活动年历”是打印用的日历，没有Excel格式。请导出PDF。"):
        write_xlsx([sheet({})], tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()
