"""The year sheet, and the calendar sheets of a period."""

from datetime import date
from pathlib import Path

import pytest

from models.activity import Status
from models.calendar_days import OFF, set_day_mark
from models.errors import UserError
from models.ledger import Ledger
from models.notice import builtin_notice
from models.periods import month, quarter, span, statistical_year, year
from models.plan_item import MEETING, PlanItem
from models.planning import cancel_item, save_item, to_activity
from models.report import Report, YearEntry, YearGrid
from models.reports import CALENDAR_SHEETS
from models.reports.basis import ReportBasis
from models.reports.year_sheet import build_year_sheet
from tests.factories import TODAY, a_clerk, a_ledger, a_unit, an_activity

NOTICE = builtin_notice()


def grid(report: Report) -> YearGrid:
    [block] = report.blocks
    assert isinstance(block, YearGrid)
    return block


def entries(ledger: Ledger, number: int, of_year: int = 2025) -> list[YearEntry]:
    return list(grid(build_year_sheet(ledger, NOTICE, of_year, TODAY)).months[number - 1].entries)


def short(found: list[YearEntry]) -> list[tuple[str, str, str]]:
    return [(entry.mark, entry.when, entry.title) for entry in found]


def test_each_activity_stands_in_the_month_it_begins_in(tmp_path: Path) -> None:
    activities = (
        an_activity(title="读书会", start=date(2025, 9, 24)),
        an_activity(title="短视频征集", start=date(2025, 9, 5), end=date(2025, 9, 30), place=""),
        an_activity(title="巡回宣讲", start=date(2025, 10, 30), end=date(2025, 11, 2), status=Status.PLANNED),
        an_activity(title="送温暖", start=date(2025, 12, 30), end=date(2026, 1, 3), status=Status.PLANNED),
        an_activity(title="展演", start=date(2025, 10, 1), status=Status.CANCELLED),
        an_activity(title="乒乓球赛", start=date(2025, 10, 8), status=Status.PLANNED),
    )
    with a_ledger(tmp_path, *activities) as ledger:
        report = build_year_sheet(ledger, NOTICE, 2025, TODAY)
        assert short(entries(ledger, 9)) == [("●", "5—30日", "短视频征集"), ("●", "24日", "读书会")]
        assert short(entries(ledger, 10)) == [
            ("×", "1日", "展演"),
            ("△", "8日", "乒乓球赛"),
            ("○", "30日—11月2日", "巡回宣讲"),
        ]
        assert short(entries(ledger, 11)) == []
        assert short(entries(ledger, 12)) == [("○", "30日—2026年1月3日", "送温暖")]
        assert short(entries(ledger, 1, 2026)) == [("○", "2025年12月30日—1月3日", "送温暖")]
        (held,) = [entry for entry in entries(ledger, 9) if entry.title == "读书会"]
    assert (held.state, held.place, held.faint, held.sources) == ("已举办", "职工书屋", False, (held.uid,))
    assert grid(report).notes == ("○ 计划　△ 过期未登记　● 已举办　× 取消",)
    assert (report.title, report.info) == ("2025年宣传教育活动年历", (a_unit().name, "2025年10月10日编印"))
    assert (report.orientation, report.period_code, report.signed) == ("landscape", "2025", False)


def test_lines_of_the_plan_stand_there_until_an_activity_does(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        save_item(ledger, PlanItem(title="冬季借阅推广", month="2025-11"), a_clerk())
        save_item(ledger, PlanItem(title="经验交流", day=date(2025, 11, 20)), a_clerk())
        late = save_item(ledger, PlanItem(title="春季读书会", month="2025-03"), a_clerk())
        cancel_item(ledger, save_item(ledger, PlanItem(title="健步走", month="2025-11"), a_clerk()), a_clerk())
        made = save_item(ledger, PlanItem(title="趣味运动会", month="2025-10"), a_clerk())
        to_activity(ledger, made, a_clerk(), date(2025, 10, 18))
        save_item(ledger, PlanItem(MEETING, day=date(2025, 1, 15), topic="部署全年活动。"), a_clerk())
        november, october = entries(ledger, 11), entries(ledger, 10)
        march, january = entries(ledger, 3), entries(ledger, 1)
    assert short(november) == [("○", "", "冬季借阅推广"), ("×", "", "健步走"), ("○", "20日", "经验交流")]
    assert (november[0].state, november[2].state) == ("计划，日子未定", "计划")
    assert short(october) == [("○", "18日", "趣味运动会")], "once, as the activity it became"
    assert short(march) == [("△", "", "春季读书会")] and march[0].sources == (late.uid,) and not march[0].uid
    assert short(january) == [("●", "15日", "研究部署：部署全年活动")]


def test_the_months_say_which_days_are_off_and_which_weekends_are_worked(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        for day in (16, 17):
            set_day_mark(ledger, date(2025, 3, day), OFF, a_clerk())
        corners = [one.corner for one in grid(build_year_sheet(ledger, NOTICE, 2025, TODAY)).months]
        far = grid(build_year_sheet(ledger, NOTICE, 2040, TODAY))
    assert corners[9] == "休1—8日　班11日" and corners[2] == "休16—17日" and corners[6] == ""
    assert far.notes == ("2040年放假安排还没有收录，休和班以通知为准。",)


def test_an_empty_year_has_twelve_empty_months(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        found = grid(build_year_sheet(ledger, NOTICE, 2025, TODAY))
    assert [one.label for one in found.months] == [f"{number}月" for number in range(1, 13)]
    assert not any(one.entries for one in found.months) and found.notes == ()


def test_the_sheets_of_a_period_follow_one_another(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:

        def sheets(name: str, period) -> Report:
            return CALENDAR_SHEETS[name](ReportBasis(ledger, NOTICE, period, TODAY))

        three = sheets("月历", quarter(2025, 3))
        assert [one.title[:7] for one in three.sheets] == ["2025年7月", "2025年8月", "2025年9月"]
        assert (three.period_code, three.period_text) == ("2025Q3", "2025年第三季度")
        assert sheets("月历", month(2025, 10)).following == ()
        assert len(sheets("月历", span(date(2025, 1, 31), date(2025, 3, 1))).sheets) == 3
        twelve = sheets("月历", statistical_year(2025))
        assert [one.period_code for one in twelve.sheets][::11] == ["2025S", "2025-09"] and len(twelve.sheets) == 12
        with pytest.raises(UserError, match=r"月历一次最多打印 12 个月，所选的报送期有 13 个月。"):
            sheets("月历", span(date(2024, 12, 31), date(2025, 12, 31)))
        assert [one.title[:5] for one in sheets("年历", statistical_year(2025)).sheets] == ["2024年", "2025年"]
        assert sheets("年历", year(2025)).following == ()
        with pytest.raises(UserError, match=r"年历一次最多打印 12 年"):
            sheets("年历", span(date(2010, 1, 1), date(2025, 12, 31)))
