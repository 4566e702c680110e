"""The letter to the union above says what is attached, in the notice's own words and with the report's own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from models import periods, reports
from models.checks import Severity
from models.ledger import Ledger
from models.letters import check_recipient, compose_letter, months_of
from models.notice import Notice, builtin_notice
from models.periods import Period
from models.recording import Clerk, record_many
from models.report import Report
from models.samples import sample_activities, sample_unit
from models.unit import Unit
from models.unit_repository import get_unit, save_unit

NOW = datetime(2025, 10, 10, 9, 30)
NAMES = ("JZGH_410803_012_2025Q3_v1.pdf", "JZGH_410803_012_2025Q3_v1.xlsx")
THIRD_QUARTER = periods.quarter(2025, 3)


@pytest.fixture
def notice() -> Notice:
    return builtin_notice()


@pytest.fixture
def ledger(tmp_path: Path, notice: Notice) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账") as ledger:
        with ledger.transaction("示例", at=NOW):
            save_unit(ledger, sample_unit(), now=NOW)
        record_many(ledger, sample_activities(), Clerk(notice, NOW), "示例")
        yield ledger


def report_of(ledger: Ledger, notice: Notice, period: Period = THIRD_QUARTER) -> Report:
    return reports.build("表2", ledger, notice, period, NOW.date())


def test_a_clerk_gets_a_letter_that_needs_no_change(ledger: Ledger, notice: Notice) -> None:
    report = report_of(ledger, notice)
    unit = get_unit(ledger)
    letter = compose_letter(notice, unit, THIRD_QUARTER, [report], NAMES)

    assert letter.recipient == "jzghxjwlb@126.com"
    assert letter.sender == "xuanjiao@example.com"
    assert letter.subject == "【活动台账】焦作市云台示例化工有限公司工会 2025年7-9月（第1版）"
    lines = letter.body.splitlines()
    assert lines[0] == "市总工会宣教网络部："
    assert "现报送我单位2025年第三季度（7月1日—9月30日）《主题宣传教育活动台账》，第1版" in letter.body
    assert lines[lines.index("附件：") + 1 :][:2] == [
        "1. JZGH_410803_012_2025Q3_v1.pdf（查看、打印）",
        "2. JZGH_410803_012_2025Q3_v1.xlsx（核对、汇总）",
    ]
    assert lines[-4:] == ["焦作市云台示例化工有限公司工会", "联系人：赵芳", "联系电话：0391-0000000", "2025年10月10日"]


def test_the_numbers_in_the_letter_are_those_of_the_form(ledger: Ledger, notice: Notice) -> None:
    report = report_of(ledger, notice)
    table = report.tables[0]
    assert table.total is not None
    sessions, offline, online = (table.total.cells[index].value for index in (7, 8, 9))
    assert isinstance(offline, int) and isinstance(online, int) and offline > 1000

    body = compose_letter(notice, get_unit(ledger), THIRD_QUARTER, [report], NAMES).body
    assert (
        f"本期共有活动{len(table.rows)}项，主办和联合主办{sessions}场，"
        f"参加{offline + online}人次，其中线下{offline}人次、线上{online}人次。" in body
    )


def test_a_corrected_submission_says_which_version_it_is(ledger: Ledger, notice: Notice) -> None:
    second = replace(report_of(ledger, notice), version=2)
    letter = compose_letter(notice, get_unit(ledger), THIRD_QUARTER, [second], NAMES)
    assert letter.subject.endswith("2025年7-9月（第2版）")
    assert "第2版，请查收" in letter.body


def test_a_half_filled_unit_card_leaves_lines_out(notice: Notice, ledger: Ledger) -> None:
    body = compose_letter(notice, Unit(name="某厂工会"), THIRD_QUARTER, [report_of(ledger, notice)], ()).body
    assert "附件" not in body and "联系人" not in body and "联系电话" not in body
    assert body.rstrip().endswith("某厂工会\n2025年10月10日")


@pytest.mark.parametrize(
    ("period", "wording"),
    [
        (periods.half(2025, 1), "2025年1-6月"),
        (periods.quarter(2025, 4), "2025年10-12月"),
        (periods.month(2025, 7), "2025年7月"),
        (periods.year(2025), "2025年"),
        (periods.statistical_year(2025), "2025统计年度"),
        (periods.span(date(2025, 7, 3), date(2025, 8, 2)), "2025年7月3日—8月2日"),
    ],
)
def test_the_subject_names_the_months(period: Period, wording: str) -> None:
    assert months_of(period) == wording


def test_a_line_break_in_a_name_cannot_start_a_new_mail_header(ledger: Ledger, notice: Notice) -> None:
    unit = Unit(name="某厂工会\r\nBcc: else@example.com\u202e")
    letter = compose_letter(notice, unit, THIRD_QUARTER, [report_of(ledger, notice)], NAMES)
    assert letter.subject.splitlines() == [letter.subject]
    assert "\u202e" not in letter.subject


def test_the_address_of_the_notice_is_fine_however_it_is_typed(notice: Notice) -> None:
    assert check_recipient(" JZGHXJWLB@126.com ", notice) is None


@pytest.mark.parametrize(
    ("address", "rule", "severity", "words"),
    [
        ("", "H13", Severity.HARD, "没有填"),
        ("jzghxjwlb＠126.com", "H13", Severity.HARD, "写得不对"),
        ("jzghxjwlb@126", "H13", Severity.HARD, "写得不对"),
        ("a@b.com\nBcc: c@d.com", "H13", Severity.HARD, "写得不对"),
        ("qzxcc2009@163.com", "S18", Severity.SOFT, "逐级报送"),
        ("other@126.com", "S18", Severity.SOFT, "不一致"),
    ],
)
def test_a_wrong_address_is_named_with_what_to_do(
    notice: Notice, address: str, rule: str, severity: Severity, words: str
) -> None:
    problem = check_recipient(address, notice)
    assert problem is not None
    assert (problem.rule_id, problem.severity) == (rule, severity)
    assert words in problem.message
