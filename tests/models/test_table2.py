"""表2: every line and every total is what the records say, counted again by hand."""

from datetime import date
from pathlib import Path

from models.activity import Activity, Role, Status
from models.notice import builtin_notice
from models.periods import half, month, quarter, statistical_year, year
from models.recording import record, record_many
from models.report import Report
from models.reports import build
from tests.factories import TODAY, a_clerk, a_ledger, an_activity
from tests.models.random_activities import random_activities

NOTICE = builtin_notice()
PERIODS = (month(2025, 4), quarter(2025, 1), quarter(2025, 3), half(2024, 2), year(2025), statistical_year(2025))


def table2(ledger, period=quarter(2025, 3)) -> Report:  # noqa: B008
    return build("表2", ledger, NOTICE, period, TODAY)


def texts(report: Report) -> list[list[str]]:
    table = report.tables[0]
    return [[row.cells[index].text for index in table.printed_columns()] for row in table.rows]


def test_a_line_says_what_the_record_says(tmp_path: Path) -> None:
    activity = an_activity(
        title="劳模工匠进校园",
        start=date(2025, 7, 30),
        end=date(2025, 8, 2),
        form="F1",
        focus=("Q1", "Q2"),
        people_offline=230,
        people_online=40,
        sessions=3,
        role=Role.CO_HOST,
        partner_units="示例学院工会",
        summary="现场演示。",
        effect="结对6对。",
        note="分两地",
    )
    with a_ledger(tmp_path, activity) as ledger:
        [line] = texts(table2(ledger))
    assert line == [
        "1",
        "劳模工匠进校园",
        "7月30日—8月2日",
        "职工书屋",
        "一、中国工人大思政课",
        "突出政治性\n突出先进性",
        "线上线下融合",
        "3",
        "230",
        "40",
        "现场演示。\n结对6对。",
        "联合主办：示例学院工会\n分两地",
    ]


def test_plans_cancelled_deleted_and_other_periods_are_left_out(tmp_path: Path) -> None:
    with a_ledger(
        tmp_path,
        an_activity(title="做了的"),
        an_activity(title="取消的", status=Status.CANCELLED),
        an_activity(title="计划的", status=Status.PLANNED),
        an_activity(title="上季度的", start=date(2025, 6, 30)),
        an_activity(title="本季度头一天", start=date(2025, 7, 1)),
        an_activity(title="下季度的", start=date(2025, 10, 1)),
    ) as ledger:
        assert [line[1] for line in texts(table2(ledger))] == ["本季度头一天", "做了的"]


def test_a_missing_required_answer_is_marked_in_the_preview(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(people_offline=None, form="", focus=())) as ledger:
        [line] = texts(table2(ledger))
    assert (line[4], line[5], line[8], line[9]) == ("未填", "未填", "未填", "未填")


def recount(activities: list[Activity], title: str) -> dict[str, int]:
    """What each activity adds to a total, by uid, as a person would count."""
    hosting = (Role.HOST, Role.CO_HOST)
    amounts = {
        "场次": lambda each: (each.sessions or 0) if each.role in hosting else 0,
        "线下人次": lambda each: each.people_offline or 0,
        "线上人次": lambda each: each.people_online or 0,
    }
    return {each.uid: amounts[title](each) for each in activities}


def test_totals_follow_the_counting_rules_and_name_their_records(tmp_path: Path) -> None:
    made = [activity for seed in (2, 22) for activity in random_activities(seed)]
    with a_ledger(tmp_path) as ledger:
        record_many(ledger, made, a_clerk(), "准备")
        reports = [(period, table2(ledger, period)) for period in PERIODS]
    for period, report in reports:
        [table] = report.tables
        days = (period.start, period.end)
        done = [each for each in made if each.status == Status.DONE and days[0] <= (each.start or TODAY) <= days[1]]
        assert sorted(row.uid for row in table.rows) == sorted(each.uid for each in done)
        assert table.total
        for column, total in zip(table.columns, table.total.cells, strict=True):
            if column.title not in ("场次", "线下人次", "线上人次"):
                continue
            expected = recount(done, column.title)
            assert total.value == sum(expected.values())
            assert len(set(total.sources)) == len(total.sources)
            assert set(total.sources) == {uid for uid, value in expected.items() if value}
            assert total.rule.endswith("。")
        others = sum(each.sessions or 0 for each in done if each.role not in (Role.HOST, Role.CO_HOST))
        assert (f"另有协办、组织参加 {others} 场" in table.notes[0]) == bool(others)


def test_every_number_of_a_line_is_the_one_of_its_record(tmp_path: Path) -> None:
    made = random_activities(222, 300)
    by_uid = {each.uid: each for each in made}
    with a_ledger(tmp_path) as ledger:
        record_many(ledger, made, a_clerk(), "准备")
        [table] = table2(ledger, year(2025)).tables
    assert len(table.rows) > 50
    for number, row in enumerate(table.rows, 1):
        activity = by_uid[row.uid]
        offline, online = activity.people_offline or 0, activity.people_online or 0
        assert [row.cells[index].value for index in (0, 7, 8, 9)] == [number, activity.sessions or 0, offline, online]
        assert {row.cells[index].sources for index in (7, 8, 9)} == {(row.uid,)}
        assert row.cells[8].missing == (offline + online == 0)
        assert all(cell.sources in ((), (row.uid,)) for cell in row.cells)


def test_hidden_columns_name_the_record_its_version_and_state(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        saved = record(ledger, an_activity(), a_clerk(), finalise=True)
        [row] = table2(ledger).tables[0].rows
    assert [cell.value for cell in row.cells[-3:]] == [saved.number, saved.revision, "定稿"]
    assert row.uid == saved.uid


def test_the_head_and_the_foot(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity()) as ledger:
        report = table2(ledger)
    assert report.title == "主题宣传教育活动台账"
    assert report.period_text == "2025年7月1日—9月30日"
    assert (report.unit_code, report.signature.filler, report.signature.phone) == (
        "4108-TEST-012",
        "赵芳",
        "0391-0000000",
    )
    assert "焦工文〔2025〕33号" in report.basis
    assert not any(word in text for text in report.texts() for word in ("表号", "制定机关", "批准文号"))
