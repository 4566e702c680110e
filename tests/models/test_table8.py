"""表8: what was planned for a year and what became of it."""

from datetime import date
from pathlib import Path

from models.activity import Status
from models.ledger import Ledger
from models.notice import builtin_notice
from models.periods import quarter
from models.plan_item import MEETING, PlanItem
from models.planning import cancel_item, complete, save_item, to_activity
from models.report import Report
from models.reports import build
from models.reports.table8 import STATE_COLUMN, build_table8
from tests.factories import TODAY, a_clerk, a_ledger, an_activity

NOTICE = builtin_notice()


def plan(ledger: Ledger, **values: str) -> PlanItem:
    return save_item(ledger, PlanItem(**values), a_clerk())  # pyright: ignore[reportArgumentType]


def lines(report: Report) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in report.tables[0].rows]


def test_each_line_of_the_plan_says_what_became_of_it(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        plan(ledger, title="秋季健步走", month="2025-10", form="F5", leader="李明")
        plan(ledger, title="春季读书会", month="2025-03")
        done = plan(ledger, title="劳模宣讲进班组", month="2025-09", form="F1", leader="赵芳")
        activity = to_activity(ledger, done, a_clerk(), date(2025, 9, 24))
        complete(ledger, activity, a_clerk(), people_offline=60)
        cancel_item(ledger, plan(ledger, title="夏季送清凉", month="2025-07"), a_clerk())
        ahead = to_activity(ledger, plan(ledger, title="微课评比", month="2025-11"), a_clerk(), date(2025, 11, 6))
        report = build_table8(ledger, NOTICE, 2025, TODAY)
    assert lines(report) == [
        ["1", "3月", "春季读书会", "", "", "3月", "", "已过期", ""],
        ["2", "7月", "夏季送清凉", "", "", "7月", "", "取消", ""],
        ["3", "9月", "劳模宣讲进班组", "一、中国工人大思政课", "赵芳", "9月", "9月24日", "已完成", activity.number],
        ["4", "10月", "秋季健步走", "五、职工文体活动", "李明", "10月", "", "未到期", ""],
        ["5", "11月", "微课评比", NOTICE.form(ahead.form).printed, "赵芳", "11月6日", "", "未到期", ahead.number],  # pyright: ignore[reportOptionalMemberAccess]
    ]
    assert [row.uid for row in report.tables[0].rows] == ["", "", activity.uid, "", ahead.uid]
    rules = [row.cells[STATE_COLUMN].rule for row in report.tables[0].rows]
    assert rules[1] == "取消：计划或对应的活动已经取消。" and all(rules)
    assert report.tables[0].notes == (
        "共 5 项：已完成 1 项、未到期 2 项、已过期 1 项、取消 1 项。取消的计划不计入活动数和人次。",
        "口径：列入全年的计划，以及没有列入计划、尚未举办或已取消的活动；直接登记的已举办活动见活动台账。",
    )


def test_planned_activities_without_a_line_of_the_plan_are_there_and_done_ones_are_not(tmp_path: Path) -> None:
    coming = an_activity(title="劳模大讲堂", start=date(2025, 12, 30), end=date(2026, 1, 2), status=Status.PLANNED)
    late = an_activity(title="短视频征集", start=date(2025, 9, 1), status=Status.PLANNED)
    off = an_activity(title="文艺展演", start=date(2025, 5, 1), status=Status.CANCELLED)
    with a_ledger(tmp_path, coming, late, off, an_activity(title="事后补记")) as ledger:
        found = lines(build_table8(ledger, NOTICE, 2025, TODAY))
    assert [(line[2], line[5], line[7]) for line in found] == [
        ("文艺展演", "5月1日", "取消"),
        ("短视频征集", "9月1日", "已过期"),
        ("劳模大讲堂", "2025年12月30日—2026年1月2日", "未到期"),
    ]


def test_other_years_and_meetings_of_the_leadership_stay_out(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        plan(ledger, title="明年的计划", month="2026-01")
        save_item(ledger, PlanItem(MEETING, day=date(2025, 3, 1), topic="研究部署"), a_clerk())
        report = build_table8(ledger, NOTICE, 2025, TODAY)
    assert lines(report) == []
    assert report.tables[0].empty_text == "2025年还没有计划"
    assert report.tables[0].notes == ()


def test_the_list_of_forms_takes_the_year_in_which_the_period_begins(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        plan(ledger, title="秋季健步走", month="2025-10")
        report = build("表8", ledger, NOTICE, quarter(2025, 1), TODAY)
    assert (report.title, report.period_code, report.orientation) == ("年度活动计划及完成情况表", "2025", "landscape")
    assert report.period_text == "2025年1月1日—12月31日"
    assert [line[2] for line in lines(report)] == ["秋季健步走"]


def test_cancelled_and_planned_activities_are_found_whatever_their_length(tmp_path: Path) -> None:
    before = an_activity(title="上年起", start=date(2024, 12, 30), end=date(2025, 1, 5), status=Status.PLANNED)
    last = an_activity(title="岁末", start=date(2025, 12, 31), status=Status.PLANNED)
    first = an_activity(title="元旦", start=date(2025, 1, 1), status=Status.CANCELLED)
    undated = an_activity(title="没有日期", start=None, status=Status.PLANNED)
    with a_ledger(tmp_path, before, last, first, undated) as ledger:
        found = lines(build_table8(ledger, NOTICE, 2025, TODAY))
    assert [line[2] for line in found] == ["元旦", "岁末"], "the year in which it begins"
