"""表4: the catalogue has a line for each case of the period, counted as the cases count themselves."""

from datetime import date, datetime
from pathlib import Path

from models import reports
from models.attachment import FILE, Attachment
from models.attachment_repository import ATTACHMENTS
from models.case import Case
from models.case_recording import record_case, set_fate
from models.notice import builtin_notice
from models.periods import quarter, year
from models.report import Report
from tests.factories import NOW, TODAY, a_case, a_clerk, a_ledger, a_unit

NOTICE = builtin_notice()


def lines(report: Report) -> list[list[str]]:
    [table] = report.tables
    return [[row.cells[index].text for index in table.printed_columns()] for row in table.rows]


def test_a_line_says_what_the_case_says(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        case = a_case(
            period_end=date(2025, 9, 1), summary="十分钟一堂课。", problem="问 题\n两行" * 15, video="微课.mp4",
            author="赵芳", phone="0391-3999920", publish_ok=True, reported_before="市工业和信息化局",
        )  # fmt: skip
        saved = record_case(ledger, case, a_clerk(), finalise=True)
        set_fate(ledger, saved, "adopted", a_clerk(), "收入选编")
        with ledger.transaction("照片", at=NOW):
            for number, kind in enumerate(("photo", "photo", FILE)):
                ATTACHMENTS.save(ledger, Attachment("case", saved.uid, kind, number), now=NOW)
        report = reports.build("表4", ledger, NOTICE, quarter(2025, 3), TODAY)
    [line] = lines(report)
    characters = 4 * 15 + len(a_case().practice) + len(a_case().insight)
    assert line == [
        "1", "班前十分钟微思政课", a_unit().name, "思想政治引领", "十分钟一堂课。", str(characters), "2", "有",
        "赵芳", "0391-3999920", "是", "已报市工业和信息化局；已采用",
    ]  # fmt: skip
    assert [column.title for column in report.tables[0].columns][:12] == [
        "序号", "案例名称", "报送单位", "所属领域", "一句话亮点", "字数", "照片\n（张）", "视频\n（有/无）", "执笔人",
        "联系电话", "同意发布", "备注",
    ]  # fmt: skip
    assert (report.orientation, report.measure, report.tables[0].rows[0].uid) == ("landscape", "字、张", saved.uid)
    assert [cell.value for cell in report.tables[0].rows[0].cells[12:]] == [saved.number, 2, "已采用"]


def test_a_case_that_is_only_begun_is_marked_where_it_lacks_something(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        record_case(ledger, Case(domain="D02"), a_clerk(datetime(2025, 8, 1, 8)))
        [line] = lines(reports.build("表4", ledger, NOTICE, quarter(2025, 3), TODAY))
    assert line == ["1", "未填", a_unit().name, "宣传传播", "", "0", "0", "无", "", "", "未填", ""]


def test_only_the_cases_of_the_period_by_number(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        for title, end in (
            ("六月的案例", date(2025, 6, 30)),
            ("九月的案例", date(2025, 9, 30)),
            ("八月的案例", date(2025, 8, 1)),
        ):
            record_case(ledger, a_case(title=title, period_end=end), a_clerk())
        third = reports.build("表4", ledger, NOTICE, quarter(2025, 3), TODAY)
        whole = reports.build("表4", ledger, NOTICE, year(2025), TODAY)
        none = reports.build("表4", ledger, NOTICE, quarter(2024, 3), TODAY)
    assert [line[:2] for line in lines(third)] == [["1", "九月的案例"], ["2", "八月的案例"]]
    assert [line[1] for line in lines(whole)] == ["六月的案例", "九月的案例", "八月的案例"]
    assert (lines(none), none.tables[0].empty_text) == ([], "本期没有案例")
    assert third.tables[0].notes[0].startswith("口径：实施时间在本期结束的案例列入本期")
