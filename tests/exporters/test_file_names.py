"""File names survive Windows, UOS, USB sticks and webmail."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from exporters.names import attachment_name, report_file_name, safe_name, short_unit_name
from tests.exporters.samples import ledger_report

REPORT = ledger_report(1)


def test_the_name_of_a_form_says_what_it_is() -> None:
    assert report_file_name(REPORT, ".xlsx") == "表2_活动台账_焦作市××化工有限公司工会_2025Q3_v1.xlsx"


def test_a_long_unit_name_is_cut_to_sixteen_characters() -> None:
    name = "焦作市高新技术产业开发区××新材料科技股份有限公司工会委员会"
    assert short_unit_name(name) == "焦作市高新技术产业开发区××新材"
    assert report_file_name(replace(REPORT, unit_name=name), ".pdf") == (
        "表2_活动台账_焦作市高新技术产业开发区××新材_2025Q3_v1.pdf"
    )


def test_a_unit_without_a_name_leaves_no_gap() -> None:
    assert report_file_name(replace(REPORT, unit_name="//"), ".pdf") == "表2_活动台账_2025Q3_v1.pdf"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ('甲\\乙/丙:丁*戊?己"庚<辛>壬|癸', "甲乙丙丁戊己庚辛壬癸"),
        ("换\n行\t和\x00控制", "换行和控制"),
        ("反\u202e写xslx", "反写xslx"),
        ("结尾的点和空格. . ", "结尾的点和空格"),
        ("  .开头", "开头"),
        ("e\u0301", "é"),
        ("🇨🇳😀", "🇨🇳😀"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("COM1 ", "_COM1"),
        ("lpt²", "_lpt²"),
        ("CONTENT", "CONTENT"),
        ("???", "未命名"),
        ("", "未命名"),
    ],
)
def test_what_a_file_name_cannot_hold_is_left_out(typed: str, kept: str) -> None:
    assert safe_name(typed, ".pdf") == f"{kept}.pdf"


@pytest.mark.parametrize("letter", ["a", "表", "𬭚"])
def test_no_name_is_longer_than_disks_allow(letter: str) -> None:
    name = safe_name(letter * 200, ".xlsx")
    assert len(name) <= 80
    assert len(name.encode()) <= 240
    assert name.endswith(f"{letter}.xlsx")


def test_cutting_does_not_leave_a_dot_or_space_at_the_end() -> None:
    assert safe_name("a" * 74 + ". b", ".xlsx") == "a" * 74 + ".xlsx"


def test_attachments_go_by_the_units_statistics_code() -> None:
    name = attachment_name(
        area_code="410802", unit_code="A12-345", unit_uid="", period_code="2025H1", version=2, suffix=".pdf"
    )
    assert name == "JZGH_410802_A12-345_2025H1_v2.pdf"


def test_units_without_a_code_get_names_that_differ() -> None:
    """Two units set up in the same minute share the front of their uids, never the end."""
    names = {
        attachment_name(area_code="410802", unit_code="", unit_uid=uid, period_code="2025H1", version=1, suffix=".pdf")
        for uid in ("0198a000-1111-7abc-8def-0123456789ab", "0198a000-1111-7abc-8def-ba9876543210")
    }
    assert names == {"JZGH_410802_456789ab_2025H1_v1.pdf", "JZGH_410802_76543210_2025H1_v1.pdf"}


def test_attachment_names_are_ascii_whatever_the_unit_typed() -> None:
    name = attachment_name(
        area_code="410802", unit_code="焦-01\r\n x/y", unit_uid="u", period_code="2025年", version=1, suffix=".xlsx"
    )
    assert re.fullmatch(r"[A-Za-z0-9._-]+", name)
    assert name == "JZGH_410802_-01xy_2025_v1.xlsx"
