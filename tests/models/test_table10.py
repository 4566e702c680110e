"""表10: the cover of a package lists its files and can be read out over the telephone."""

from pathlib import Path

from models.checks import CheckResult, Finding, Severity
from models.notice import builtin_notice
from models.periods import half
from models.report import FieldGrid, Prose, Report, SealBox
from models.reports import build
from models.reports.basis import ReportBasis
from models.reports.table10 import FIRST_TIME, TO_COME, ListedFile, build_table10, grouped
from models.submission_differences import ADDED, CHANGED, Differences, RecordChange
from models.unit import Unit
from tests.factories import TODAY, a_ledger, a_unit

NOTICE = builtin_notice()
FILES = (
    ListedFile("表2_活动台账_示例工会_2025H1_v2.xlsx", "表2 主题宣传教育活动台账", "14行", 48_123, "a3f19c02b7" * 6),
    ListedFile("班前课.jpg", "", "1张", 3 * 1024 * 1024, "00ff00ff00" * 6),
)


def facts(report: Report) -> dict[str, str]:
    [grid] = [block for block in report.blocks if isinstance(block, FieldGrid)]
    return {entry.label: entry.value.text for entry in grid.entries()}


def finding(severity: Severity, uid: str, explanation: str = "") -> Finding:
    return Finding("S04", severity, uid, "summary", "简述不足60字。", explanation=explanation)


def test_a_package_is_listed_with_sizes_and_digests(tmp_path: Path) -> None:
    kinds = (ADDED, CHANGED, ADDED)
    changes = tuple(RecordChange("activity", kind, "", "读书会", kind) for kind in kinds)
    checks = CheckResult((finding(Severity.SOFT, "a", "属实"), finding(Severity.SOFT, "b")), 14)
    with a_ledger(tmp_path) as ledger:
        basis = ReportBasis(ledger, NOTICE, half(2025, 1), TODAY)
        report = build_table10(
            basis, FILES, version=2, receipt_code="7k3d9qxm", checks=checks, differences=Differences(changes)
        )
    [table] = report.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["1", "表2 主题宣传教育活动台账\n表2_活动台账_示例工会_2025H1_v2.xlsx", "14行", "47 KB", "A3F19C02"],
        ["2", "班前课.jpg", "1张", "3.0 MB", "00FF00FF"],
    ]
    assert table.total and [cell.text for cell in table.total.cells] == ["", "共 2 个文件", "", "3.0 MB", ""]
    assert facts(report) == {
        "报送单位": a_unit().name,
        "统计编码": "4108-TEST-012",
        "联系人": "赵芳　0391-0000000",
        "报送期": "2025年1月1日—6月30日",
        "版本": "第2版",
        "与上版差异": "新增 2 项，修改 1 项，删除 0 项",
        "逻辑检查结果": "强制 0 项，提示 2 项，已说明 1 项",
    }
    [grid] = [block for block in report.blocks if isinstance(block, FieldGrid)]
    assert [entry.value.sources for entry in grid.entries()][-1] == ("a", "b")
    assert [block.heading for block in report.blocks if isinstance(block, Prose)] == ["三、回执码：7K3D-9QXM"]
    assert (report.receipt_code, report.version, report.orientation) == ("7K3D-9QXM", 2, "portrait")
    assert isinstance(report.blocks[-1], SealBox) and "签收人" in report.blocks[-1].text
    assert report.info == ("收件单位：焦作市总工会宣教网络部", "联系电话：3999920")


def test_before_there_is_a_package_the_form_says_when_it_will_be_filled(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        report = build("表10", ledger, NOTICE, half(2025, 1), TODAY)
    [table] = report.tables
    assert (table.rows, table.total, table.notes, table.empty_text) == ((), None, (), TO_COME)
    assert facts(report)["与上版差异"] == FIRST_TIME and facts(report)["版本"] == "第1版"
    assert "自动" in facts(report)["逻辑检查结果"]
    assert [block.printed for block in report.blocks if isinstance(block, Prose)] == [("报送时自动生成。",)]


def test_a_unit_without_a_name_is_missing(tmp_path: Path) -> None:
    with a_ledger(tmp_path, unit=Unit()) as ledger:
        assert facts(build("表10", ledger, NOTICE, half(2025, 1), TODAY))["报送单位"] == "未填"


def test_a_receipt_code_is_said_in_groups_however_it_is_given() -> None:
    assert [grouped(code) for code in ("", "k7pm3qxa", "K7PM-3QXA", "K7PM 3QXA Z")] == [
        "",
        "K7PM-3QXA",
        "K7PM-3QXA",
        "K7PM-3QXA-Z",
    ]
