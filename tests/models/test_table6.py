"""表6: every number of every block counted again by hand, and nothing that another notice named gets lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.activity import Activity, Role, Status
from models.ledger import Ledger
from models.notice import builtin_notice
from models.periods import Period, half, month, quarter, statistical_year, year
from models.recording import record_many
from models.report import Cell, Report, Row, Table
from models.reports import build
from tests.factories import TODAY, a_clerk, a_ledger, an_activity
from tests.models.random_activities import random_activities

NOTICE = builtin_notice()
STRANGE = "（不在现用通知里）"
PERIODS = [month(2025, 2), month(2025, 8), quarter(2025, 1), quarter(2025, 3), half(2025, 1), year(2024), year(2025)]
PERIODS += [statistical_year(2025), quarter(2023, 1)]
MADE = [activity for seed in (6, 66) for activity in random_activities(seed)]
BY_UID = {activity.uid: activity for activity in MADE}
FORM_OF_LINE = {
    "一、中国工人大思政课": "F1",
    "二、庆祝全总成立100周年": "F2",
    "三、宣传叫响品牌": "F3",
    "四、网络宣传阵地": "F4",
    "五、职工文体活动": "F5",
    "其他": "F9",
    "未填活动形式": "",
    f"GF-7{STRANGE}": "GF-7",
}
CODE_OF_NAME = {
    "“工人大思政课”": "worker_class",
    "劳模工匠大讲堂": "craftsman_forum",
    "职工文艺展演": "arts_show",
    "技能竞赛": "skills_contest",
    "“三十工程”": "thirty_projects",
    "“345”创新行动": "action_345",
    "“3+13+N”重点产业链群": "chains_3_13_n",
    "工会驿站": "union_station",
    "职工书屋": "workers_library",
    "“强国复兴有我”群众性主题宣传教育活动": "strong_nation",
    "中国人民抗日战争暨世界反法西斯战争胜利80周年群众性纪念活动": "victory_80",
    "廉洁文化": "integrity",
    "国防教育": "national_defence",
    "其他": "other",
    "其他（读书沙龙）": "other",
    "其他（班前十分钟）": "other",
    f"salon{STRANGE}": "salon",
    f"old_task{STRANGE}": "old_task",
    f"old_brand{STRANGE}": "old_brand",
}
FIELD_OF_KIND = {"工作品牌": "brand", "结合活动": "linked_campaigns", "融合主题": "merge_topics"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with a_ledger(tmp_path_factory.mktemp("table6")) as ledger:
        record_many(ledger, MADE, a_clerk(), "准备")
        yield ledger


def table6(ledger: Ledger, period: Period = quarter(2025, 3)) -> Report:  # noqa: B008
    return build("表6", ledger, NOTICE, period, TODAY)


def held(period: Period) -> list[Activity]:
    return [each for each in MADE if each.status == Status.DONE and period.start <= (each.start or TODAY) <= period.end]


def people(activity: Activity) -> int:
    return (activity.people_offline or 0) + (activity.people_online or 0)


def blended(activity: Activity) -> bool:
    if activity.mode:
        return activity.mode == "blended"
    return bool(activity.people_offline) and bool(activity.people_online)


def amount(title: str, activity: Activity) -> int:
    """What one activity adds to a column of block A, as a person would count."""
    own = activity.role in (Role.HOST, Role.CO_HOST)
    amounts = {
        "活动数": 1,
        "场次": (activity.sessions or 0) if own else 0,
        "线下人次": activity.people_offline or 0,
        "线上人次": activity.people_online or 0,
        "其中：突出政治性": int("Q1" in activity.focus),
        "突出先进性": int("Q2" in activity.focus),
        "突出群众性": int("Q3" in activity.focus),
        "其他重点": int("GQ" in activity.focus),
        "线上线下融合数": int(blended(activity)),
        "主办": int(activity.role == Role.HOST),
        "联合主办": int(activity.role == Role.CO_HOST),
        "协办、组织参加": int(not own),
    }
    return amounts[title]


def titles(table: Table) -> list[str]:
    return ["".join(column.title.split()) for column in table.columns]


def check(cell: Cell, expected: dict[str, int]) -> None:
    """`expected` is what each activity adds, by uid; those that add nothing are not behind the number."""
    assert cell.value == sum(expected.values())
    assert len(set(cell.sources)) == len(cell.sources)
    assert set(cell.sources) == {uid for uid, value in expected.items() if value}
    assert cell.rule.endswith("。")


def check_line(row: Row, columns: list[str], activities: list[Activity]) -> None:
    for title, cell in zip(columns[1:], row.cells[1:], strict=True):
        check(cell, {each.uid: amount(title, each) for each in activities})


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.code)
def test_the_block_of_forms_is_what_a_recount_gives(ledger: Ledger, period: Period) -> None:
    table, activities = table6(ledger, period).tables[0], held(period)
    columns = titles(table)
    seen: list[str] = []
    for row in table.rows:
        form = FORM_OF_LINE[row.cells[0].text]
        seen.append(form)
        check_line(row, columns, [each for each in activities if each.form == form])
    assert seen[:6] == ["F1", "F2", "F3", "F4", "F5", "F9"]
    assert len(set(seen)) == len(seen)
    assert table.total
    check_line(table.total, columns, activities)


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.code)
def test_the_other_blocks_are_what_a_recount_gives(ledger: Ledger, period: Period) -> None:
    _forms, *blocks = table6(ledger, period).tables
    activities = held(period)
    for table in blocks:
        for row in table.rows:
            *names, number, whole = row.cells
            field = (
                FIELD_OF_KIND[names[0].text]
                if len(names) == 2
                else {"活": "carrier", "服": "local_focus"}[titles(table)[0][0]]
            )
            chosen = [each for each in activities if CODE_OF_NAME.get(names[-1].text, "?") in getattr(each, field)]
            if names[-1].text in CODE_OF_NAME:
                check(number, {each.uid: 1 for each in chosen})
                check(whole, {each.uid: people(each) for each in chosen})
            else:
                assert (number.value, whole.value) == (0, 0)


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.code)
def test_no_choice_of_any_activity_is_lost(ledger: Ledger, period: Period) -> None:
    """The lines of a block hold every choice once, whether the notice knows it or not."""
    _forms, *blocks = table6(ledger, period).tables
    activities = held(period)
    counted = {"carrier": 0, "local_focus": 0, "brand": 0, "linked_campaigns": 0, "merge_topics": 0}
    for table, field in zip(blocks, ("carrier", "local_focus", ""), strict=False):
        for row in table.rows:
            value = row.cells[-2].value
            assert isinstance(value, int)
            counted[field or FIELD_OF_KIND[row.cells[0].text]] += value
    assert counted == {field: sum(len(getattr(each, field)) for each in activities) for field in counted}


def test_the_random_ledger_holds_what_the_recounts_look_for(ledger: Ledger) -> None:
    report = table6(ledger, year(2025))
    [total] = [table.total for table in report.tables if table.total]
    assert all(cell.value for cell in total.cells[1:])
    assert {row.cells[-3].text for table in report.tables[1:] for row in table.rows} > set(CODE_OF_NAME) - {"其他"}


def test_the_forms_and_columns_are_those_of_the_proposal(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity()) as ledger:
        report = table6(ledger)
    assert (report.title, report.orientation, report.measure) == ("活动分类统计表", "landscape", "项、场、人次")
    forms, carriers, tasks = report.tables
    assert titles(forms) == [
        *("活动形式", "活动数", "场次", "线下人次", "线上人次", "其中：突出政治性", "突出先进性", "突出群众性"),
        *("线上线下融合数", "主办", "联合主办", "协办、组织参加"),
    ]
    assert titles(carriers) == ["活动载体", "活动数", "人次"]
    assert titles(tasks) == ["服务中心工作", "活动数", "人次"]
    assert "一项活动可有两个重点，两栏都计。" in forms.notes[0]
    assert (len(forms.charts), len(carriers.charts), len(tasks.charts)) == (2, 1, 0)


def test_an_activity_with_two_focuses_counts_in_both(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(focus=("Q1", "Q3"))) as ledger:
        total = table6(ledger).tables[0].total
    assert total and [total.cells[index].value for index in (1, 5, 6, 7)] == [1, 1, 0, 1]


def test_what_other_was_stands_beside_it_and_of_many_the_first_few(tmp_path: Path) -> None:
    activities = [
        an_activity(title=f"第{number}次", brand=("other",), brand_other=text)
        for number, text in enumerate(("云台小候鸟", "班前十分钟", "云台小候鸟", "工友讲堂", "周末影院"))
    ]
    with a_ledger(tmp_path, *activities) as ledger:
        [row] = table6(ledger).tables[3].rows
    assert [cell.text for cell in row.cells] == ["工作品牌", "其他（云台小候鸟、班前十分钟、工友讲堂等）", "5", "380"]


def test_codes_of_another_notice_keep_their_lines(tmp_path: Path) -> None:
    stranger = an_activity(form="GF", focus=("GQ", "Q1"), carrier=("salon",), local_focus=("old",), brand=("own",))
    with a_ledger(tmp_path, stranger, an_activity(form="", focus=())) as ledger:
        forms, carriers, tasks, themes = table6(ledger).tables
    assert [row.cells[0].text for row in forms.rows][6:] == [f"GF{STRANGE}", "未填活动形式"]
    assert titles(forms)[8] == "其他重点"
    assert forms.notes[-1] == "“其他重点”是现用通知里没有的宣传教育重点：GQ。"
    assert [cell.value for cell in forms.rows[6].cells[5:9]] == [1, 0, 0, 1]
    assert [cell.text for cell in carriers.rows[-1].cells] == [f"salon{STRANGE}", "1", "76"]
    assert [cell.text for cell in tasks.rows[-1].cells] == [f"old{STRANGE}", "1", "76"]
    assert [cell.text for cell in themes.rows[0].cells] == ["工作品牌", f"own{STRANGE}", "1", "76"]


def test_without_records_the_forms_stand_with_zeros_and_the_last_block_is_left_out(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        forms, carriers, tasks = table6(ledger).tables
    assert [row.cells[0].text for row in forms.rows] == list(FORM_OF_LINE)[:6]
    assert (len(carriers.rows), len(tasks.rows)) == (5, 4)
    cells = [cell for table in (forms, carriers, tasks) for row in table.rows for cell in row.cells[1:]]
    assert {cell.value for cell in cells} == {0}
    assert forms.total and {cell.value for cell in forms.total.cells[1:]} == {0}


def test_the_rule_of_a_number_says_of_what_it_is(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(carrier=("worker_class",))) as ledger:
        forms, carriers, _tasks = table6(ledger).tables
    assert forms.rows[2].cells[2].rule.startswith("活动形式为三、宣传叫响品牌：已完成的活动中由本单位主办或联合主办的")
    assert carriers.rows[0].cells[2].rule.startswith("活动载体有“工人大思政课”：")
