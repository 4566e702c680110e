"""Forms to fill in with a pen: nothing to write is missing on them, and the code tells which form it is."""

from pathlib import Path

import pytest

from models.ledger import Ledger
from models.notice import builtin_notice
from models.report import Entry, FieldGrid, Report
from models.reports.blank_forms import BLANKS
from models.reports.table1 import build_table1
from models.reports.table3 import build_table3
from models.unit_repository import get_unit
from tests.factories import a_case, a_ledger, a_unit
from tests.models.test_table1 import everything

NOTICE = builtin_notice()


def entries(report: Report) -> list[Entry]:
    return [entry for block in report.blocks if isinstance(block, FieldGrid) for entry in block.entries()]


def blank(ledger: Ledger, code: str) -> Report:
    return BLANKS[code](ledger, NOTICE)


def test_every_field_of_the_filled_form_is_on_the_blank_one(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        for code, filled in (
            ("表1", build_table1(ledger, NOTICE, everything())),
            ("表3", build_table3(ledger, NOTICE, a_case())),
        ):
            empty = blank(ledger, code)
            labels = {entry.label for entry in entries(empty)}
            assert {entry.label for entry in entries(filled)} <= labels
            headings = [title for block in empty.blocks if (title := getattr(block, "title", ""))]
            named = (getattr(block, "heading", "") or getattr(block, "title", "") for block in filled.blocks)
            assert [heading for heading in named if heading] == headings
            assert empty.title == filled.title
    assert "宣传报道（媒体、标题、日期）" in {entry.label for entry in entries(blank_of(tmp_path / "二", "表1"))}


def blank_of(folder: Path, code: str) -> Report:
    with a_ledger(folder) as ledger:
        return blank(ledger, code)


def test_choices_are_printed_to_be_ticked_as_the_notice_has_them(tmp_path: Path) -> None:
    found = {entry.label: entry.value.text for entry in entries(blank_of(tmp_path, "表1"))}
    assert found["举办角色及联合单位"].startswith("□主办　□联合主办　□协办　□组织参加　联合单位：")
    assert found["宣传教育重点"] == "□突出政治性　□突出先进性　□突出群众性"
    assert found["活动形式"].count("□") == len(NOTICE.forms)
    assert "□其他：＿＿" in found["活动载体"]
    assert found["活动名称"] == ""
    domains = next(entry for entry in entries(blank_of(tmp_path / "二", "表3")) if entry.label == "所属领域")
    assert domains.value.text.count("□") == len(NOTICE.options("case_domain"))


@pytest.mark.parametrize("code", BLANKS)
def test_the_unit_is_filled_in_and_nothing_else(tmp_path: Path, code: str) -> None:
    report = blank_of(tmp_path, code)
    assert report.info is not None
    assert report.info[:2] == (f"填报单位：{a_unit().name}", "基层工会统计编码：4108-TEST-012")
    assert "填不下可另附纸" in report.info[-1]
    assert report.signature.filled_on is None
    assert not any(entry.value.missing for entry in entries(report))


def test_the_code_names_program_form_version_area_and_unit(tmp_path: Path) -> None:
    assert blank_of(tmp_path / "1", "表1").qr_text == "XJTZ1;T1;2025.1;410803;4108-TEST-012"
    assert blank_of(tmp_path / "3", "表3").qr_text == "XJTZ1;T3;2025.1;410803;4108-TEST-012"


def test_a_unit_without_code_goes_by_the_end_of_its_uid_and_an_odd_code_stays_ascii(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "1", unit=a_unit(code="", area="")) as ledger:
        assert blank(ledger, "表1").qr_text == f"XJTZ1;T1;2025.1;;{get_unit(ledger).uid[-8:]}"
        assert "基层工会统计编码：＿＿＿＿＿＿" in (blank(ledger, "表1").info or ())
    assert blank_of_code(tmp_path / "2", "编码;12 A") == "XJTZ1;T1;2025.1;410803;12A"


def blank_of_code(folder: Path, code: str) -> str:
    with a_ledger(folder, unit=a_unit(code=code)) as ledger:
        return blank(ledger, "表1").qr_text
