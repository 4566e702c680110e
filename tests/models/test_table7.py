"""表7: every 作品/报道 and 先进典型 of a period in exactly one block, and sums that a second count confirms."""

import random
import re
from datetime import date, datetime
from pathlib import Path

import pytest

from models.case_repository import CASES
from models.ledger import Ledger
from models.notice import builtin_notice, load_notice
from models.periods import Period, quarter, year
from models.publicity import Exemplar, Work
from models.publicity_repository import EXEMPLARS, WORKS
from models.recording import delete, record
from models.report import Report, Row, Table
from models.reports import build
from models.reports.publicity_counting import REPORTS, SENT_IN, sorted_out
from tests.factories import NOW, TODAY, a_case, a_clerk, a_ledger, an_activity

NOTICE = builtin_notice()
THIRD = quarter(2025, 3)
DAY = date(2025, 9, 3)


def keep(ledger: Ledger, *records: Work | Exemplar, entered: datetime = NOW) -> None:
    with ledger.transaction("登记", at=entered):
        for one in records:
            if isinstance(one, Work):
                WORKS.save(ledger, one, now=entered)
            else:
                EXEMPLARS.save(ledger, one, now=entered)


def the_form(ledger: Ledger, period: Period = THIRD) -> Report:
    return build("表7", ledger, NOTICE, period, TODAY)


def lines(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_each_kind_stands_in_its_block(tmp_path: Path) -> None:
    works = (
        Work(
            "news",
            title="班前课上了报",
            media="焦作日报",
            level="city",
            day=DAY,
            publicity="brand",
            url="http://a.cn/1",
        ),
        Work(
            "commentary",
            title="少说差不多",
            media="公众号",
            account="云台工会",
            level="unit",
            day=DAY,
            quantity=3,
            views=640,
        ),
        Work("video", title="抢修那一夜", media="视频号", account="云台工会", day=DAY, quantity=1, views=2310),
        Work("graphic", title="全年推送", media="微信公众号", day=DAY, quantity=46, note="截至9月底"),
        Work("video", title="工间操短视频", media="视频号", day=DAY, quantity=2),
        Work("seal_carving", title="印见荣光", day=DAY, quantity=7, views=12),
        Work("other", "剪纸", "红船", day=DAY),
    )
    people = (
        Exemplar("王建国", "craftsman", level="city", method="大讲堂", times=3, day=DAY),
        Exemplar("王建国", "craftsman", level="city", method="微视频", day=DAY),
        Exemplar("孙秀兰", "other", "身边好人", day=DAY),
    )
    with a_ledger(tmp_path) as ledger:
        keep(ledger, *works, *people)
        report = the_form(ledger)
    one, two, three, four = report.tables
    assert [table.title for table in report.tables] == ["一、报道", "二、账号和作品", "三、先进典型", "四、报送作品"]
    assert lines(one) == [
        ["1", "班前课上了报", "焦作日报", "市", "2025年9月3日", "品牌", "http://a.cn/1"],
        ["2", "少说差不多（3件）", "公众号（云台工会）", "本单位", "2025年9月3日", "", ""],
    ]
    assert one.total and [cell.text for cell in one.total.cells if cell.text] == ["合　计", "4 件"]
    assert one.notes == ("按级别：市 1 件、本单位 3 件；按宣传类型：品牌 1 件、未填 3 件。播放（阅读）量共 640 次。",)
    assert lines(two) == [
        ["视频号", "云台工会", "1", "2310", "微视频 1 条；抢修那一夜"],
        ["微信公众号", "", "46", "", "图文 46 条；全年推送；截至9月底"],
    ]
    assert two.total and [cell.value for cell in two.total.cells[2:4]] == [47, 2310]
    assert lines(three) == [
        ["王建国", "大国工匠", "市", "大讲堂、微视频", "4"],
        ["孙秀兰", "其他：身边好人", "", "", "1"],
    ]
    assert three.total and [cell.text for cell in three.total.cells if cell.text] == ["合　计", "2 人", "5"]
    assert lines(four) == [
        ["微视频", "2", "工间操短视频"],
        ["篆刻", "7", "印见荣光；播放（阅读）量 12 次"],
        ["其他：剪纸", "1", "红船"],
    ]
    assert four.total and four.total.cells[1].value == 10
    assert (report.title, report.orientation) == ("宣传报道、新媒体和文艺作品统计表", "landscape")
    assert any("不计入人次" in note for note in four.notes)


def test_every_code_of_the_notice_and_any_other_has_a_block() -> None:
    codes = [option.code for option in NOTICE.options("publicity_kind")]
    assert {*REPORTS, *SENT_IN} <= set(codes), "the rule names codes that the notice has"
    for kind in (*codes, "from_another_notice", ""):
        for account, views in (("", None), ("云台工会", None), ("", 0)):
            work = Work(kind, account=account, views=views)
            assert sum(block == [work] for block in sorted_out([work])) == 1, (kind, account, views)


def test_a_kind_of_another_notice_is_printed_by_its_code_and_one_not_chosen_as_missing(tmp_path: Path) -> None:
    reading = load_notice(Path(__file__).parents[1] / "notices" / "reading-2026.toml")
    with a_ledger(tmp_path) as ledger:
        keep(
            ledger,
            Work("video", title="读书短片", day=DAY),
            Work(title="没选类别", day=DAY),
            Exemplar(kind="x", day=DAY),
        )
        tables = build("表7", ledger, reading, THIRD, TODAY).tables
    assert lines(tables[3]) == [["video", "1", "读书短片"], ["未填", "1", "没选类别"]]
    assert lines(tables[2]) == [["未填", "x", "", "", "1"]]


def test_without_a_day_of_its_own_a_record_follows_its_activity_its_case_or_its_entry(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        july = record(ledger, an_activity(start=date(2025, 7, 8)), a_clerk())
        undated = record(ledger, an_activity(title="日子没定", start=None), a_clerk())
        with ledger.transaction("案例", at=NOW):
            case = CASES.save(ledger, a_case(period_end=date(2025, 8, 1)), now=NOW)
        keep(
            ledger,
            Work("news", title="按活动", activity_uid=july.uid),
            Work("news", title="按案例", case_uid=case.uid),
            Work("news", title="自己的日期优先", day=date(2025, 4, 1), activity_uid=july.uid),
            Work("news", title="按登记", activity_uid=undated.uid),
            Exemplar("按登记", "craftsman"),
        )
        third, fourth, second = (the_form(ledger, quarter(2025, number)) for number in (3, 4, 2))
    assert [line[1] for line in lines(third.tables[0])] == ["按活动", "按案例"]
    assert [line[1] for line in lines(fourth.tables[0])] == ["按登记"]  # 10 October 2025
    assert [line[1] for line in lines(second.tables[0])] == ["自己的日期优先"]
    assert "作品和报道没有填日期的：2 项按所属活动或案例的日期计入。" in third.tables[3].notes
    assert "作品和报道没有填日期的：1 项按登记日期计入。" in fourth.tables[3].notes
    assert "先进典型没有填日期的：1 项按登记日期计入。" in fourth.tables[3].notes
    assert len(second.tables[3].notes) == 1


def test_what_belongs_to_a_deleted_activity_is_not_counted_and_the_form_says_so(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        activity = record(ledger, an_activity(), a_clerk())
        keep(ledger, Work("news", title="报道", day=DAY, activity_uid=activity.uid))
        assert lines(the_form(ledger).tables[0])
        delete(ledger, [activity], a_clerk())
        report = the_form(ledger)
    assert not lines(report.tables[0]) and report.tables[0].total is None
    assert "另有作品和报道 1 项，所属活动或案例已删除，没有计入。" in report.tables[3].notes


def test_an_empty_period_has_four_empty_blocks(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        report = the_form(ledger)
    assert [lines(table) for table in report.tables] == [[], [], [], []]
    assert all(table.total is None and table.empty_text == "本期无记录" for table in report.tables)


def a_work(chance: random.Random, number: int, owners: list[str]) -> Work:
    codes = [option.code for option in NOTICE.options("publicity_kind")]
    return Work(
        kind=chance.choice([*codes, "", "unknown"]),
        title=chance.choice(["", f"作品{number}"]),
        media=chance.choice(["", "视频号", "焦作日报"]),
        account=chance.choice(["", "云台工会", "车间之声"]),
        level=chance.choice(["", "city", "unit", "moon"]),
        day=chance.choice([None, date(2025, chance.randint(1, 12), 3)]),
        quantity=chance.choice([None, 0, 1, 40]),
        views=chance.choice([None, 0, 17, 10**9]),
        publicity=chance.choice(["", "brand"]),
        activity_uid=chance.choice(owners),
    )


def block_of(work: Work) -> int:
    """FORMS.md 2.5, said once more: reports, what is on a platform, what was sent in."""
    if work.kind in ("news", "commentary"):
        return 0
    if work.kind in ("theory", "calligraphy", "seal_carving", "arts", "poster"):
        return 3
    return 1 if work.kind == "graphic" or work.account or work.views is not None else 3


def number(row: Row | None, column: int) -> int:
    """The number in a total line; a text like 4 件 begins with it."""
    return int(re.sub(r"\D", "", row.cells[column].text) or 0) if row else 0


@pytest.mark.parametrize("seed", range(6))
def test_a_naive_recount_finds_the_same_numbers(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with a_ledger(tmp_path) as ledger:
        days: dict[str, date | None] = {"": None}
        for month in (2, 8, 11):
            activity = record(ledger, an_activity(start=date(2025, month, 20)), a_clerk())
            days[activity.uid] = activity.start
        for serial in range(60):
            entered = datetime(2025, chance.randint(1, 12), 9, 10, 0, serial)
            keep(ledger, a_work(chance, serial, list(days)), entered=entered)
            keep(ledger, Exemplar(f"甲{serial % 9}", "craftsman", times=chance.choice([None, 2])), entered=entered)
        works, people = WORKS.list_all(ledger), EXEMPLARS.list_all(ledger)
        for period in (THIRD, year(2025), quarter(2025, 1)):
            recount(the_form(ledger, period), period, works, people, days)


def recount(
    report: Report, period: Period, works: list[Work], people: list[Exemplar], days: dict[str, date | None]
) -> None:
    tables = report.tables
    counted: dict[int, list[Work]] = {0: [], 1: [], 3: []}
    for work in works:
        day = work.day or days[work.activity_uid] or (work.created_at or NOW).date()
        if period.start <= day <= period.end:
            counted[block_of(work)].append(work)
    for block, column in ((0, 2), (1, 2), (3, 1)):
        found = counted[block]
        shown = [uid for row in tables[block].rows for uid in row.cells[1].sources]
        assert sorted(shown) == sorted(work.uid for work in found), "each work in one line of its block"
        pieces = sum(1 if work.quantity is None else work.quantity for work in found)
        assert number(tables[block].total, column) == pieces
        if block:
            assert sum(number(row, column) for row in tables[block].rows) == pieces
    assert number(tables[1].total, 3) == sum(work.views or 0 for work in counted[1])
    read = re.search(r"播放（阅读）量共 (\d+) 次", "".join(tables[0].notes))
    assert (int(read[1]) if read else 0) == sum(work.views or 0 for work in counted[0])
    here = [each for each in people if period.contains((each.created_at or NOW).date())]
    assert len(tables[2].rows) == number(tables[2].total, 1) == len({each.name for each in here})
    assert number(tables[2].total, 4) == sum(each.times or 1 for each in here)
