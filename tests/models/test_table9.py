"""表9 as a Report: the paragraphs of an official document, each figure with the records behind it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from models.errors import UserError
from models.ledger import Ledger
from models.notice import builtin_notice
from models.periods import half
from models.recording import record
from models.report import Document, Paragraph, Report
from models.reports import build
from models.reports.basis import ReportBasis
from models.reports.table9 import style_of
from models.summary import Summary
from models.summary_drafting import draft_summary
from models.summary_recording import finalise_summary, save_summary
from models.summary_text import LOST
from tests.factories import TODAY, a_clerk, a_ledger, a_unit, an_activity

NOTICE = builtin_notice()
PERIOD = half(2025, 2)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = a_ledger(tmp_path / "台账", an_activity(summary="大家轮流推荐一本书。"))
    yield ledger
    ledger.close()


def the_report(ledger: Ledger, today: date = TODAY) -> Report:
    return build("表9", ledger, NOTICE, PERIOD, today)


def paragraphs(report: Report) -> tuple[Paragraph, ...]:
    [document] = report.blocks
    assert isinstance(document, Document)
    return document.paragraphs


def styled(report: Report, style: str) -> list[str]:
    return [each.text for each in paragraphs(report) if each.style == style]


def a_written(ledger: Ledger, **values: str) -> Summary:
    usual = {
        "title": "读书活动总结",
        "address": "市总工会宣教网络部：",
        "overview": "参加职工{people}人次。",
        "practice": "（一）读书\n1.夜读\n（一）这是一句话。",
        "highlights": "夜里也开。",
        "problems": "人少。",
        "next_steps": "加场。",
    }
    basis = ReportBasis(ledger, NOTICE, PERIOD, TODAY)
    return replace(draft_summary(basis), **(usual | values))  # pyright: ignore[reportArgumentType]


def test_without_a_saved_summary_the_draft_is_shown(ledger: Ledger):
    report = the_report(ledger)
    assert (report.code, report.file_stem, report.orientation, report.signed) == ("表9", "活动总结", "portrait", False)
    assert report.title == "2025年下半年主题宣传教育活动总结"
    assert styled(report, "title") == [report.title]
    assert styled(report, "address") == ["市总工会宣教网络部："]
    headings = ["一、总体情况", "二、主要做法", "三、特色亮点和创新案例", "四、存在问题", "五、下步打算"]
    assert styled(report, "heading1") == headings
    assert styled(report, "heading2") == ["（一）强化宣传叫响品牌"]


def test_what_was_saved_is_shown_in_its_place(ledger: Ledger):
    save_summary(ledger, a_written(ledger), a_clerk())
    report = the_report(ledger)
    assert report.title == "读书活动总结"
    assert styled(report, "body") == ["参加职工76人次。", "（一）这是一句话。", "夜里也开。", "人少。", "加场。"]
    assert (styled(report, "heading2"), styled(report, "heading3")) == (["（一）读书"], ["1.夜读"])


def test_a_figure_carries_its_records_and_its_rule(ledger: Ledger):
    save_summary(ledger, a_written(ledger), a_clerk())
    [figure] = [passage for each in paragraphs(the_report(ledger)) for passage in each.passages if passage.figure]
    assert (figure.text, figure.figure, len(figure.sources)) == ("76", "people", 1)
    assert "浏览量" in figure.rule


def test_figures_follow_the_ledger_until_the_end_and_not_after(ledger: Ledger):
    saved = save_summary(ledger, a_written(ledger), a_clerk())
    record(ledger, an_activity(title="又一项", people_offline=24), a_clerk())
    assert styled(the_report(ledger), "body")[0] == "参加职工100人次。"
    finalise_summary(ledger, saved, ReportBasis(ledger, NOTICE, PERIOD, TODAY), a_clerk())
    record(ledger, an_activity(title="第三项", people_offline=100), a_clerk())
    assert styled(the_report(ledger), "body")[0] == "参加职工100人次。"


def test_it_ends_with_unit_and_day(ledger: Ledger):
    assert styled(the_report(ledger, date(2025, 7, 3)), "closing") == ["焦作市示例机械有限公司工会", "2025年7月3日"]


def test_a_final_summary_keeps_the_day_of_its_end(ledger: Ledger):
    saved = save_summary(ledger, a_written(ledger), a_clerk())
    clerk = a_clerk(datetime(2025, 12, 30, 9))
    finalise_summary(ledger, saved, ReportBasis(ledger, NOTICE, PERIOD, clerk.today), clerk)
    assert styled(the_report(ledger, date(2026, 1, 8)), "closing")[1] == "2025年12月30日"


def test_gaps_empty_parts_and_lost_figures_are_marked_missing(ledger: Ledger):
    save_summary(ledger, a_written(ledger, overview="共{nothing}项，〔请补充：成效〕。", problems=""), a_clerk())
    missing = [passage.text for each in paragraphs(the_report(ledger)) for passage in each.passages if passage.missing]
    assert missing == [LOST, "〔请补充：成效〕", "未填"]


def test_a_unit_without_name_is_marked_missing(tmp_path: Path):
    ledger = a_ledger(tmp_path / "另一本", unit=a_unit(name=""))
    assert paragraphs(the_report(ledger))[-2].passages[0].missing
    ledger.close()


def test_every_text_of_the_report_is_plain(ledger: Ledger):
    nasty = "{{people}}<b>%s&amp;"
    save_summary(ledger, a_written(ledger, title=nasty, overview=nasty), a_clerk())
    report = the_report(ledger)
    assert "{people}<b>%s&amp;" in set(report.texts())
    assert report.title == nasty  # a title has no figures, so its braces are its own


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("（一）创新打造“中国工人大思政课”", "heading2"),
        ("（十一）其他", "heading2"),
        ("（一）这是一句话。", "body"),
        ("（2025年）", "body"),
        ("1.宣讲进班组", "heading3"),
        ("1.5万人次", "body"),
        ("12场，960人次", "body"),
    ],
)
def test_a_line_that_begins_like_a_heading_and_does_not_end_like_a_sentence_is_one(line: str, style: str):
    assert style_of(line) == style


def test_an_unknown_form_is_still_refused(ledger: Ledger):
    with pytest.raises(UserError):
        build("表99", ledger, NOTICE, PERIOD, TODAY)
