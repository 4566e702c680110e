"""The month sheet: the right days, what is on them, and what the signs mean."""

from datetime import date
from pathlib import Path

from models.activity import Status
from models.calendar_days import OFF, set_day_mark
from models.ledger import Ledger
from models.notice import builtin_notice
from models.report import MonthDay, MonthGrid, Report
from models.reports.month_sheet import build_month_sheet
from tests.factories import TODAY, a_clerk, a_ledger, a_unit, an_activity

NOTICE = builtin_notice()


def grid(report: Report) -> MonthGrid:
    [block] = report.blocks
    assert isinstance(block, MonthGrid)
    return block


def days(ledger: Ledger, year: int = 2025, month: int = 10) -> dict[date, MonthDay]:
    return {day.day: day for day in grid(build_month_sheet(ledger, NOTICE, year, month, TODAY)).days()}


def test_october_2025_begins_on_a_monday_of_september(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        report = build_month_sheet(ledger, NOTICE, 2025, 10, TODAY)
        found = days(ledger)
    assert (report.title, report.info) == ("2025年10月宣传教育活动日历", (a_unit().name, "2025年10月10日编印"))
    assert (min(found), max(found), len(found)) == (date(2025, 9, 29), date(2025, 11, 2), 35)
    assert not found[date(2025, 9, 30)].inside and found[date(2025, 10, 1)].inside
    assert [(found[date(2025, 10, day)].badge, found[date(2025, 10, day)].rest) for day in (1, 9, 11, 12)] == [
        ("休", True),
        ("", False),
        ("班", False),
        ("", True),
    ]
    assert "中秋" in found[date(2025, 10, 6)].corner and found[date(2025, 10, 6)].special


def test_each_activity_stands_on_its_days_with_its_sign(tmp_path: Path) -> None:
    activities = (
        an_activity(title="读书会", start=date(2025, 10, 9), start_time="09:00"),
        an_activity(title="巡回宣讲", start=date(2025, 10, 30), end=date(2025, 11, 2), status=Status.PLANNED, place=""),
        an_activity(title="乒乓球赛", start=date(2025, 10, 8), status=Status.PLANNED),
        an_activity(title="文艺展演", start=date(2025, 10, 9), status=Status.CANCELLED),
    )
    with a_ledger(tmp_path, *activities) as ledger:
        found = days(ledger)
        notes = grid(build_month_sheet(ledger, NOTICE, 2025, 10, TODAY)).notes
    signs = {
        day.day.day: [(entry.mark, entry.time, entry.title) for entry in day.entries]
        for day in found.values()
        if day.inside
    }
    assert signs[8] == [("△", "", "乒乓球赛")]
    assert sorted(signs[9]) == [("×", "", "文艺展演"), ("●", "9:00", "读书会")]
    assert signs[30] == [("○", "", "巡回宣讲（至11月2日）")]
    assert signs[31] == [("○", "", "巡回宣讲（第2天）")]
    assert not found[date(2025, 11, 1)].entries, "the next month has a sheet of its own"
    assert notes == ("○ 计划　△ 过期未登记　● 已举办　× 取消",)
    [held] = [entry for entry in found[date(2025, 10, 9)].entries if entry.mark == "●"]
    assert (held.place, held.state, held.faint) == ("职工书屋", "已举办", False)


def test_a_plan_without_a_name_is_no_activity_that_took_place(tmp_path: Path) -> None:
    nameless = an_activity(title="", start=date(2025, 10, 16), status=Status.PLANNED, people_offline=None)
    with a_ledger(tmp_path, nameless) as ledger:
        (entry,) = days(ledger)[date(2025, 10, 16)].entries
    assert (entry.mark, entry.title) == ("○", "（未填名称）")


def test_what_the_clerk_marked_is_printed(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        set_day_mark(ledger, date(2025, 10, 16), OFF, a_clerk(), "厂庆")
        day = days(ledger)[date(2025, 10, 16)]
    assert (day.badge, day.corner, day.rest) == ("休", "厂庆", True)


def test_february_of_28_days_can_have_four_weeks_and_a_far_year_says_what_it_does_not_know(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        assert len(grid(build_month_sheet(ledger, NOTICE, 2027, 2, TODAY)).weeks) == 4
        far = grid(build_month_sheet(ledger, NOTICE, 2040, 12, TODAY))
    assert far.notes == ("2040年放假安排还没有收录，休和班以通知为准。",)
