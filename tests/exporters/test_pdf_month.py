"""The month calendar on paper: one sheet, nothing left out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from exporters.pdf import PdfDocument, render_pdf
from exporters.pdf.fonts import font_set
from models.report import DayEntry, MonthDay, MonthGrid, Report, Signature
from tests.exporters.pdf_reading import page_texts, read, squeeze

BUNDLED = font_set(())
FIRST = date(2025, 9, 29)


def sheet(entries: dict[date, list[DayEntry]], corner: str = "初八", weeks: int = 5) -> Report:
    days = [FIRST + timedelta(days=number) for number in range(7 * weeks)]
    cells = [
        MonthDay(
            day,
            corner=corner,
            badge="休" if day.day == 1 else "",
            rest=day.weekday() > 4,
            inside=day.month == 10,
            entries=tuple(entries.get(day, ())),
        )
        for day in days
    ]
    grid = MonthGrid(tuple(tuple(cells[7 * week : 7 * week + 7]) for week in range(weeks)), ("○ 计划",))
    return Report(
        "日历", "2025年10月宣传教育活动日历", "活动日历", "示例公司工会", "", "2025年10月", "2025-10", "landscape",
        (grid,), Signature(), "", "", info=("示例公司工会",), signed=False,
    )  # fmt: skip


def crowd(count: int, place: str = "职工书屋") -> list[DayEntry]:
    return [
        DayEntry("○", f"第{number}场读书分享会", "14:30", place, "计划", uid=f"uid-{number}") for number in range(count)
    ]


def render(report: Report) -> PdfDocument:
    return render_pdf(report, fonts=BUNDLED)


def test_a_month_with_its_activities_is_one_landscape_page() -> None:
    document = render(sheet({date(2025, 10, 9): crowd(2), date(2025, 10, 31): crowd(1)}))
    (text,) = page_texts(document.data)
    assert text.startswith("2025年10月宣传教育活动日历示例公司工会第1页共1页星期一星期二")
    assert text.count("○14:30第0场读书分享会（职工书屋）") == 2
    assert "○计划" in text and "休" in text
    assert "单位负责人" not in text and "依据" not in text
    page = read(document.data).pages[0].mediabox
    assert (round(float(page.width)), round(float(page.height))) == (842, 595)


@pytest.mark.parametrize("count", [3, 6, 10, 20, 40])
def test_no_activity_of_a_crowded_day_is_left_out(count: int) -> None:
    report = sheet({day: crowd(count) for day in (date(2025, 10, 9), date(2025, 10, 15), date(2025, 10, 30))})
    document = render(report)
    texts = page_texts(document.data)
    text = "".join(texts)
    for number in range(count):
        assert text.count(f"第{number}场") == 3
    assert ("余下见后页" in texts[0]) == (document.pages > 1)
    assert "还有" not in text
    if document.pages > 1:
        assert "日历里写不下的活动日期时间活动名称地点情况" in texts[1]
        assert "10月15日14:30" in text


def test_the_cells_of_all_entries_lie_inside_the_sheet_and_lead_to_their_records() -> None:
    document = render(sheet({date(2025, 10, 5): crowd(8), date(2025, 11, 2): crowd(3)}))
    assert {place.uid for place in document.places} == {f"uid-{number}" for number in range(8)}
    for place in document.places:
        assert 36 <= place.left < 842 - 36 and place.left + place.width < 842 - 35
        assert place.top > 60 and place.top + place.height < 580


@pytest.mark.parametrize("weeks", [4, 5, 6])
def test_every_number_of_weeks_fits_with_long_words_in_the_corner(weeks: int) -> None:
    long = "中华人民共和国成立七十六周年纪念活动筹备日"
    document = render(sheet({date(2025, 10, 8): crowd(3)}, corner=long, weeks=weeks))
    (text,) = page_texts(document.data)
    assert text.count(squeeze(long)) == 7 * weeks


def test_one_title_too_long_for_any_cell_goes_into_the_list_whole() -> None:
    title = "《习近平与一线职工朋友们》领学领读" * 60
    document = render(sheet({date(2025, 10, 8): [DayEntry("●", title, state="已举办")]}))
    texts = page_texts(document.data)
    assert "余下见后页" in texts[0]
    assert sum(text.count("领学领读") for text in texts[1:]) == 60


def test_the_same_month_gives_the_same_bytes() -> None:
    report = sheet({date(2025, 10, 8): crowd(5, place="<b>&amp;🇨🇳")})
    assert render(report).data == render(report).data
    assert "<b>&amp;" in page_texts(render(report).data)[0]
