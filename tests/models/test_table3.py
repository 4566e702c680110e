"""表3: one case as the form wants it, finished or half typed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.attachment import FILE, Attachment
from models.attachment_repository import ATTACHMENTS
from models.case import Case, Effect
from models.case_repository import list_cases_in_period, save_case
from models.errors import UserError
from models.ledger import Ledger
from models.notice import builtin_notice
from models.periods import quarter
from models.recording import record
from models.report import FieldGrid, Prose, Report, SealBox
from models.reports import build
from models.reports.table3 import build_table3
from tests.factories import NOW, TODAY, a_case, a_clerk, a_ledger, a_unit, an_activity

NOTICE = builtin_notice()


def head(report: Report) -> dict[str, str]:
    [grid] = [block for block in report.blocks if isinstance(block, FieldGrid)]
    return {entry.label: entry.value.text for entry in grid.entries()}


def parts(report: Report) -> list[Prose]:
    return [block for block in report.blocks if isinstance(block, Prose)]


def saved(ledger: Ledger, case: Case) -> Case:
    with ledger.transaction("案例", at=NOW):
        return save_case(ledger, case, now=NOW)


def test_the_form_says_what_the_case_says(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        first = record(ledger, an_activity(form="F1", start=date(2025, 7, 1), local_focus=("L1",)), a_clerk())
        second = record(ledger, an_activity(form="F5", start=date(2025, 9, 3), end=date(2025, 9, 5)), a_clerk())
        case = saved(
            ledger,
            a_case(
                activities=(first.uid, second.uid),
                author="赵芳",
                reviewer="王建国",
                phone="0391-3999920",
                publish_ok=True,
                summary="十分钟一堂课。",
                practice="一是搬进班前会。\n\n　　二是职工来讲。  \n",
            ),
        )
        report = build_table3(ledger, NOTICE, case.uid, TODAY)
    assert head(report) == {
        "案例名称": "班前十分钟微思政课",
        "报送单位": a_unit().name,
        "所属领域": NOTICE.label("case_domain", "D01"),
        "实施时间": "2025年7月1日—9月5日",
        "关联活动形式": "一、中国工人大思政课；五、职工文体活动",
        "服务中心工作": NOTICE.label("local_focus", "L1"),
        "执笔人": "赵芳",
        "审核人": "王建国",
        "联系电话": "0391-3999920",
        "同意发布汇编": "是",
        "一句话亮点": "十分钟一堂课。",
    }
    assert [part.heading for part in parts(report)] == ["一、针对问题", "二、主要做法", "三、经验启示"]
    assert [part.field for part in parts(report)] == ["problem", "practice", "insight"]
    assert parts(report)[1].paragraphs == ("一是搬进班前会。", "二是职工来讲。")
    assert report.blocks[-1] == SealBox("五、报送单位意见", "（盖章）　　　　　　年　　月　　日")
    assert (report.title, report.period_code, report.signed) == ("工会工作创新案例报送表", "AL-2025-001", False)
    assert report.info == ("基层工会统计编码：4108-TEST-012", "案例编号：AL-2025-001")


def test_a_figure_names_the_activities_it_was_added_up_from(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        found = [record(ledger, an_activity(start=date(2025, 7, day)), a_clerk()) for day in range(1, 6)]
        uids = tuple(each.uid for each in found)
        effects = (
            Effect("开展活动", "2", "场", uids[:2]),
            Effect("覆盖职工", "380", "人次", uids),
            Effect("职工满意率", "98", "%"),
        )
        report = build_table3(ledger, NOTICE, a_case(activities=uids, effects=effects), TODAY)
    table = report.tables[0]
    assert (table.title, table.field) == ("量化成效", "effects")
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["开展活动", "2", "场", "HD-2025-0001、HD-2025-0002"],
        ["覆盖职工", "380", "人次", "HD-2025-0001、HD-2025-0002、HD-2025-0003等 5 项"],
        ["职工满意率", "98", "%", ""],
    ]
    assert table.rows[1].cells[1].sources == uids


def test_the_list_names_the_files_as_they_are_sent(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        case = saved(ledger, a_case(video="微课合集.mp4"))
        photo = Attachment(
            "case",
            case.uid,
            suffix=".jpg",
            byte_count=250_000,
            full_byte_count=1_500_000,
            caption="班前会",
            photographer="李明",
        )
        file = Attachment("case", case.uid, FILE, 1, suffix=".docx", byte_count=20_001, file_name="微课30讲.docx")
        with ledger.transaction("附件", at=NOW):
            for each in (photo, file):
                ATTACHMENTS.save(ledger, each, now=NOW)
        table = build_table3(ledger, NOTICE, case, TODAY).tables[1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["1", "班前会.jpg", "班前会（摄影：李明）", "1.4 MB"],
        ["2", "微课30讲.docx", "", "20 KB"],
    ]
    assert table.notes == ("视频：微课合集.mp4（另行报送，不在附件内）",)
    assert (table.title, table.field) == ("四、附件清单", "photos")


def test_a_case_that_is_only_begun_and_never_saved_is_a_form_already(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        report = build_table3(ledger, NOTICE, Case(title="　", insight=" \n"))
    assert {label: text for label, text in head(report).items() if text} == {
        "案例名称": "未填",
        "所属领域": "未填",
        "报送单位": a_unit().name,
        "同意发布汇编": "未填",
    }
    assert [part.printed for part in parts(report)] == [("未填",)] * 3
    assert [len(table.rows) for table in report.tables] == [0, 0]
    assert report.info == ("基层工会统计编码：4108-TEST-012",)


def test_an_end_typed_before_the_start_does_not_disturb_the_preview(tmp_path: Path) -> None:
    case = a_case(period_start=date(2025, 9, 30), period_end=date(2025, 8, 1))
    with a_ledger(tmp_path) as ledger:
        assert head(build_table3(ledger, NOTICE, case))["实施时间"] == "2025年8月1日—9月30日"
        one = replace(case, period_end=None)
        assert head(build_table3(ledger, NOTICE, one))["实施时间"] == "2025年9月30日"


def test_a_code_that_the_notice_does_not_know_is_printed_as_it_is(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        assert head(build_table3(ledger, NOTICE, a_case(domain="X99")))["所属领域"] == "X99"


def test_a_case_that_is_gone_is_told_in_words(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger, pytest.raises(UserError, match="这个案例已经不在台账里了。"):
        build_table3(ledger, NOTICE, "0198a000-0000-7000-8000-000000000000", TODAY)


def test_a_period_gives_the_forms_of_its_cases_one_behind_the_other(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        for title, end in (
            ("头一个案例", date(2025, 8, 1)),
            ("四季度的案例", date(2025, 12, 1)),
            ("第二个案例", date(2025, 9, 1)),
        ):
            saved(ledger, a_case(title=title, period_end=end, number=f"AL-2025-00{len(title)}"))
        report = build("表3", ledger, NOTICE, quarter(2025, 3), TODAY)
        none = build("表3", ledger, NOTICE, quarter(2024, 3), TODAY)
        [first, second] = list_cases_in_period(ledger, quarter(2025, 3))
        singles = [build_table3(ledger, NOTICE, case, TODAY) for case in (first, second)]
    assert [sheet.period_text for sheet in report.sheets] == [first.title, second.title]
    assert replace(report, following=(), period_code=singles[0].period_code) == singles[0]
    assert (report.following, report.period_code) == ((singles[1],), "2025Q3")
    assert [(table.rows, table.empty_text) for table in none.tables] == [((), "本期没有案例")]
    assert none.blocks == none.tables, "that is how a form without records is told"
