"""The letter of a submission says what is sent, what a correction changes and how to confirm it, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models import periods
from models.activity_repository import list_in_period
from models.case_recording import record_case
from models.case_repository import list_cases_in_period
from models.history_words import FieldChange
from models.ledger import Ledger
from models.letter_text import totals_sentence
from models.letters import check_recipient
from models.notice import builtin_notice
from models.recording import record
from models.reports.basis import ReportBasis
from models.submission import Submission
from models.submission_content import PackageContent, collect
from models.submission_differences import ADDED, CHANGED, REMOVED, Differences, RecordChange
from models.submission_letter import EnclosedFile, SubmissionLetter, compose_submission_letter, numbered, subject
from models.unit import Unit
from models.unit_repository import get_unit, save_unit
from tests.factories import NOW, a_clerk, a_unit, an_activity
from tests.models.submitted import a_ready_ledger, submitted

NOTICE = builtin_notice()
THIRD = periods.quarter(2025, 3)
CODE = "7KQM-4HXT"
UNIT = "焦作市示例机械有限公司工会"
STEM = "JZGH_410803_4108-TEST-012_2025Q3_v1"
ENCLOSED = (
    EnclosedFile(f"{STEM}.zip", "全部材料：表10、表2、表3，下载后解压"),
    EnclosedFile(f"{STEM}.pdf", "表2，可直接查看、打印"),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ready_ledger(tmp_path / "台账") as ledger:
        yield ledger


def content_of(ledger: Ledger, **choices: object) -> PackageContent:
    return collect(ledger, NOTICE, THIRD, NOW, **choices)  # pyright: ignore[reportArgumentType]


def letter_of(content: PackageContent, **choices: object) -> SubmissionLetter:
    return compose_submission_letter(content, CODE, ENCLOSED, **choices)  # pyright: ignore[reportArgumentType]


def with_unit(content: PackageContent, unit: Unit) -> PackageContent:
    """The content as if this unit had made it."""
    basis = ReportBasis(content.basis.ledger, NOTICE, THIRD, NOW.date())
    basis.unit = unit
    return replace(content, basis=basis)


def test_the_first_submission_of_a_quarter(ledger: Ledger) -> None:
    content = content_of(ledger)
    letter = letter_of(content)
    assert letter.recipient == "jzghxjwlb@126.com" and check_recipient(letter.recipient, NOTICE) is None
    assert letter.subject == f"【活动台账】{UNIT} 2025年7-9月（第1版）回执码 {CODE}"
    assert letter.body == (
        "市总工会宣教网络部：\n\n"
        "　　现报送我单位2025年第三季度（7月1日—9月30日）《主题宣传教育活动台账》《工会工作创新案例报送表》，"
        "第1版，请查收。\n"
        "　　本期共有活动2项，主办和联合主办2场，参加152人次，其中线下152人次、线上0人次。\n"
        "　　工会工作创新案例1篇：《班前十分钟微思政课》。\n\n"
        f"　　回执码：{CODE}\n"
        "　　收到后请打电话（0391-0000000）或回复本邮件，把表10上印的回执码念给我们。"
        "两边的码一样，就说明收到的是这一版。\n\n"
        "附件：\n"
        f"1. {STEM}.zip（全部材料：表10、表2、表3，下载后解压）\n"
        f"2. {STEM}.pdf（表2，可直接查看、打印）\n\n"
        f"{UNIT}\n联系人：赵芳\n联系电话：0391-0000000\n2025年10月10日\n"
    )


def test_the_figures_are_those_of_the_form(ledger: Ledger) -> None:
    for people in (83, 128):
        record(ledger, an_activity(title=f"讲座{people}", people_offline=people, people_online=people), a_clerk())
    content = content_of(ledger)
    table = content.reports[0].tables[0]
    assert table.total is not None
    figures = {column.title: cell.value for column, cell in zip(table.columns, table.total.cells, strict=True)}
    sentence = totals_sentence(content.reports[0])
    assert sentence in letter_of(content).body
    assert f"线下{figures['线下人次']}人次、线上{figures['线上人次']}人次" in sentence and "活动4项" in sentence
    assert figures["线下人次"] == 152 + 83 + 128


def test_a_form_without_these_sums_gets_no_figures(ledger: Ledger) -> None:
    content = content_of(ledger, forms=["表6", "表10"])
    assert all(not totals_sentence(report) for report in content.reports)
    letter = letter_of(content)
    assert letter.subject.startswith(f"【分类统计】{UNIT} 2025年7-9月（第1版）") and "本期共有活动" not in letter.body


@pytest.mark.parametrize(
    ("more", "ending"), [(0, "班前十分钟微思政课（第1版）"), (1, "班前十分钟微思政课等2篇（第1版）")]
)
def test_cases_alone_go_under_their_own_heading(ledger: Ledger, more: int, ending: str) -> None:
    content = content_of(ledger, forms=["表3", "表10"])
    content = replace(content, cases=content.cases * (1 + more))
    letter = letter_of(content)
    assert letter.subject == f"【创新案例】{UNIT}—{ending}回执码 {CODE}"
    assert "《工会工作创新案例报送表》" in letter.body and "台账" not in letter.body


def test_a_correction_says_what_it_changes_before_anything_is_opened(ledger: Ledger) -> None:
    submitted(ledger)
    first = list_in_period(ledger, THIRD)[0]
    record(ledger, first.with_values(people_offline=86), a_clerk())
    record(ledger, an_activity(title="补记的活动", start=date(2025, 9, 30)), a_clerk())
    letter = letter_of(content_of(ledger))
    assert "（第2版）" in letter.subject and "第2版，请查收" in letter.body
    assert "这是更正报送，代替第1版。与第1版相比，新增1项、修改1项、删除0项：" in letter.body
    assert f"修改 活动 {first.number} {first.title}：线下参加人次“76 人次”改为“86 人次”" in letter.body
    assert "新增 活动" in letter.body and "补记的活动" in letter.body
    assert "更正报送" not in letter_of(replace(content_of(ledger), differences=None, previous=None)).body


def test_what_was_added_to_a_long_case_is_seen_in_the_letter_and_on_the_page_of_changes(ledger: Ledger) -> None:
    submitted(ledger)
    [case] = list_cases_in_period(ledger, THIRD)
    added = "第二年接着办，题目由班组轮流出。"
    record_case(ledger, replace(case, practice=case.practice + added), a_clerk(), finalise=True)
    content = content_of(ledger)
    assert len(case.practice) > 120, "longer than what is shown of it"
    assert f"{added}”" in letter_of(content).body
    page = next(report for report in content.reports if report.title == "更正说明")
    was, is_now = (str(cell.value) for cell in page.tables[0].rows[0].cells[-2:])
    assert is_now == was + added


def test_of_many_changes_the_first_are_told_and_the_rest_counted(ledger: Ledger) -> None:
    kinds = [ADDED, CHANGED, REMOVED] * 10
    fields = tuple(FieldChange(f"项目{number}", "旧" * 90, "") for number in range(9))
    found = tuple(
        RecordChange("activity", f"u{number}", f"HD-{number}", "名称\r\nBcc: a@b.cn", kind, fields)
        for number, kind in enumerate(kinds)
    )
    previous = Submission("2025Q3", 1, CODE, "d" * 64, NOW)
    body = letter_of(replace(content_of(ledger), differences=Differences(found), previous=previous)).body
    assert "新增10项、修改10项、删除10项" in body and "……共30项" in body and "HD-4" in body and "HD-5" not in body
    assert "改为“空”" in body and "旧…" in body and "等9处" in body
    assert all(len(line) < 400 for line in body.splitlines())
    again = letter_of(replace(content_of(ledger), differences=Differences(()), previous=previous)).body
    assert "新增0项、修改0项、删除0项。" in again


def test_each_of_several_mails_says_which_it_is(ledger: Ledger) -> None:
    letter = letter_of(content_of(ledger))
    second = numbered(letter, 2, 3)
    assert second.subject == f"{letter.subject} 第2封，共3封"
    assert second.body.startswith("　　同一次报送共3封邮件，这是第2封。") and second.body.endswith(letter.body)
    assert numbered(letter, 1, 1) == letter


def test_files_in_several_mails_are_listed_with_their_mail(ledger: Ledger) -> None:
    body = compose_submission_letter(
        content_of(ledger), CODE, (*ENCLOSED, EnclosedFile(f"{STEM}_2.zip", "材料：照片9张", 2))
    ).body
    assert f"1. {STEM}.zip（第1封，全部材料" in body and f"3. {STEM}_2.zip（第2封，材料：照片9张）" in body


def test_a_password_is_announced_but_never_written(ledger: Ledger) -> None:
    assert "密码由我们另行打电话告知" in letter_of(content_of(ledger), protected=True).body
    assert "密码" not in letter_of(content_of(ledger)).body


@pytest.mark.parametrize("evil", ["\r\nBcc: else@example.com", "\nX: y", "\x85X: y", "\u2028X: y", "\x00", "\u202e"])
def test_a_name_cannot_bring_a_header(ledger: Ledger, evil: str) -> None:
    unit = a_unit(name=f"某厂工会{evil}", contact=f"赵芳{evil}", phone=f"1{evil}", email=f"a@b.cn{evil}")
    for forms in (["表2"], ["表3"], ["表6"]):
        content = with_unit(content_of(ledger, forms=forms), unit)
        content = replace(content, cases=tuple(replace(case, title=f"案例{evil}") for case in content.cases))
        letter = letter_of(content)
        assert letter.subject.isprintable() and letter.subject.splitlines() == [letter.subject]
        assert subject(content) in letter.subject
        assert letter.sender in ("", "a@b.cn") and "\u202e" not in letter.body and "\x00" not in letter.body


def test_the_address_of_the_unit_is_the_sender_if_it_is_one(ledger: Ledger) -> None:
    content = content_of(ledger)
    assert letter_of(content).sender == ""
    assert letter_of(with_unit(content, a_unit(email=" gonghui@126.com "))).sender == "gonghui@126.com"
    assert letter_of(with_unit(content, a_unit(email="没有"))).sender == ""


def test_a_half_filled_unit_card_leaves_lines_out(ledger: Ledger) -> None:
    with ledger.transaction("改单位", at=NOW):
        save_unit(ledger, replace(get_unit(ledger), contact="", phone=" "), now=NOW)
    body = letter_of(content_of(ledger)).body
    assert "联系人" not in body and "联系电话" not in body and "收到后请打电话或回复本邮件" in body


def test_without_the_signed_list_the_code_is_still_told(ledger: Ledger) -> None:
    body = letter_of(content_of(ledger, forms=["表2"])).body
    assert "表10" not in body.split("附件：")[0] and f"回执码：{CODE}" in body
