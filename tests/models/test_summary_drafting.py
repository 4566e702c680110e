"""The draft of 表9: what the records say, in sober sentences; what they do not say is asked for."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.activity import Activity, Role, Status
from models.case import gaps_in
from models.case_recording import record_case
from models.ledger import Ledger
from models.notice import builtin_notice
from models.periods import half, month, parse_period, span, statistical_year, year
from models.plan_item import MEETING, PlanItem
from models.planning import save_item
from models.recording import record
from models.reports.basis import ReportBasis
from models.samples import SAMPLE_DAY
from models.summary import SUMMARY_PARTS, Summary
from models.summary_drafting import draft_summary, period_words
from models.summary_examples import brief, examples_of
from models.summary_figures import figures_of, value_of
from models.summary_text import shown
from models.unit import Unit
from tests.factories import TODAY, a_case, a_clerk, a_ledger, a_sample_ledger, a_unit, an_activity

NOTICE = builtin_notice()


@pytest.fixture
def a_basis(tmp_path: Path) -> Iterator[Callable[..., ReportBasis]]:
    """The second half of 2025 in a ledger with these activities."""
    opened: list[Ledger] = []

    def make(*activities: Activity, unit: Unit | None = None) -> ReportBasis:
        opened.append(a_ledger(tmp_path / "台账", *activities, unit=unit))
        return ReportBasis(opened[-1], NOTICE, half(2025, 2), TODAY)

    yield make
    for ledger in opened:
        ledger.close()


def read(basis: ReportBasis, part: str, summary: Summary | None = None) -> str:
    figures = figures_of(basis)
    summary = summary or draft_summary(basis, figures)
    return shown(getattr(summary, part), value_of(summary, figures))


def test_the_head_is_that_of_the_period_and_the_notice(a_basis):
    draft = draft_summary(a_basis())
    assert draft.title == "2025年下半年主题宣传教育活动总结"
    assert draft.address == "市总工会宣教网络部："
    assert (draft.period, draft.uid, draft.finalised) == ("2025H2", "", False)


def test_the_overview_counts_as_the_notice_says(a_basis):
    basis = a_basis(
        an_activity(sessions=2, people_offline=100, people_online=20, focus=("Q1", "Q3")),
        an_activity(title="收看直播", role=Role.TAKE_PART, people_offline=None, people_online=30),
    )
    words = read(basis, "overview")
    assert "共开展活动1项2场，另协办或组织职工参加活动1项，参加职工150人次，其中线上50人次。" in words
    assert "突出政治性的1项，突出群众性的2项（一项活动有几个重点的，分别计入）" in words


@pytest.mark.parametrize(
    ("values", "says", "says_not"),
    [
        ({"people_offline": 50}, "，开展活动1项1场，参加职工50人次。", "共"),
        ({"people_offline": None, "people_online": 50}, "，开展活动1项1场，线上参加职工50人次。", "其中"),
        ({"role": Role.ASSIST}, "，协办或组织职工参加活动1项，参加职工76人次。", "另"),
    ],
)
def test_one_activity_is_told_in_the_singular(a_basis, values: dict, says: str, says_not: str):
    words = read(a_basis(an_activity(**values)), "overview")
    assert says in words
    assert says_not not in words.partition("活动，")[2]


def test_what_is_nought_is_not_said(a_basis):
    basis = a_basis(an_activity())
    text = "".join(read(basis, part) for part in SUMMARY_PARTS)
    assert not re.search(r"(?<!\d)0(项|场|人|件|个|次)", text)


def test_an_empty_period_asks_instead_of_inventing(a_basis):
    basis = a_basis()
    for part in SUMMARY_PARTS:
        assert gaps_in(read(basis, part))


def test_forms_without_activities_are_left_out_and_the_others_numbered_on(a_basis):
    basis = a_basis(an_activity(form="F1"), an_activity(form="F5"), an_activity(form="F9", form_other="演讲"))
    headings = [line for line in read(basis, "practice").splitlines() if line.startswith("（")]
    assert headings == ["（一）创新打造“中国工人大思政课”", "（二）创新开展职工文体活动", "（三）开展其他宣传教育活动"]


def test_the_five_methods_are_named_in_the_notices_order(a_basis):
    basis = a_basis(an_activity(methods=("reason",)), an_activity(title="第二项", methods=("politics",)))
    assert "注重以政启人、以理服人。" in read(basis, "practice")


def test_an_example_is_told_in_the_words_of_its_record(a_basis):
    basis = a_basis(
        an_activity(
            title="“书香车间”分享会",
            sessions=2,
            partner_units="示例轮胎公司工会",
            summary="十五名职工每人用三分钟推荐一本书\n只讲有用的一点",
            effect="分享好书15本",
        ),
    )
    assert (
        "9月24日，在职工书屋与示例轮胎公司工会联合开展“‘书香车间’分享会”2场，参加职工76人次。"
        "十五名职工每人用三分钟推荐一本书只讲有用的一点。分享好书15本。"
    ) in read(basis, "practice")


def test_watching_something_is_not_called_holding_it(a_basis):
    basis = a_basis(an_activity(title="收看纪念大会", place="线上", summary="集中收看。"))
    assert "9月24日，组织职工收看纪念大会，参加职工76人次。集中收看。" in read(basis, "practice")


def test_without_any_words_in_the_records_the_clerk_is_asked(a_basis):
    words = read(a_basis(an_activity(form="F3")), "practice")
    assert "组织了“职工书屋读书分享会”活动。" in words
    assert gaps_in(words)


def test_examples_are_few_telling_and_in_order():
    plain = [an_activity(title=f"第{number}项") for number in range(5)]
    told = [an_activity(title="乙", effect="有成效", start=date(2025, 9, 2), people_offline=5)]
    told += [an_activity(title="甲", effect="有成效", start=date(2025, 9, 1), people_offline=900)]
    told += [an_activity(title="丙", summary="只有简述", start=date(2025, 8, 1), people_offline=9000)]
    assert [each.title for each in examples_of([*plain, *told])] == ["丙", "甲", "乙"]
    assert [each.title for each in examples_of(told)] == ["甲", "乙"]
    assert examples_of(plain) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("一句话", "一句话。"),
        ("第一句。第二句。", "第一句。第二句。"),
        (f"短句。{'长' * 100}。", "短句。"),
        (f"{'长' * 100}。后面。", f"{'长' * 100}。"),
        ("他说：“好。”大家都笑了。", "他说：“好。”大家都笑了。"),
    ],
)
def test_only_whole_sentences_are_taken_over(text: str, kept: str):
    assert brief(text) == kept


def test_cases_brands_and_ai_make_the_highlights(a_basis):
    basis = a_basis(
        an_activity(title="巧手班", item="F5-07", form="F5", effect="来的人多。"),
        an_activity(title="夜读", item="F3-09", ai_use=("content", "video_editing"), ai_reviewed=True),
    )
    record_case(
        basis.ledger, a_case(summary="班前讲一件身边的事", period_end=date(2025, 9, 1)), a_clerk(), finalise=True
    )
    lines = read(basis, "highlights").splitlines()
    assert lines[:2] == ["总结形成创新案例1个。", "“班前十分钟微思政课”：班前讲一件身边的事。"]
    assert "打造工作品牌“夜读”。" in lines
    assert "探索“文体+”模式，开展“巧手班”。来的人多。" in lines
    assert lines[-1] == "在1项活动中使用AI工具，用于内容生成创作、视频剪辑，内容经过人工审核。"


def test_review_by_people_is_only_claimed_when_all_of_it_was(a_basis):
    basis = a_basis(
        an_activity(ai_use=("content",), ai_reviewed=True),
        an_activity(title="第二项", ai_use=("content",)),
    )
    assert "人工审核" not in read(basis, "highlights")


def test_meetings_and_partners_stand_in_the_overview(a_basis):
    basis = a_basis(an_activity(partners=("culture",)))
    item = PlanItem(kind=MEETING, topic="研究第三季度安排。", day=date(2025, 7, 10))
    save_item(basis.ledger, item, a_clerk())
    words = read(basis, "overview")
    assert "与文化部门协作开展活动1项。" in words
    assert "研究部署宣传教育工作1次：7月10日，研究第三季度安排。" in words


def test_what_is_planned_is_proposed_as_the_next_step(a_basis):
    basis = a_basis(an_activity(title="秋季运动会", start=date(2025, 11, 3), status=Status.PLANNED))
    save_item(basis.ledger, PlanItem(title="读书月", month="2025-08"), a_clerk())
    record(basis.ledger, an_activity(title="办过的", improvement="下次分两场"), a_clerk())
    lines = read(basis, "next_steps").splitlines()
    assert lines[0] == "按照2025年度计划，还要开展2项活动：“读书月”（原定8月）、“秋季运动会”（11月）。"
    assert lines[1] == "改进“办过的”的组织：下次分两场。"
    assert gaps_in(lines[-1])


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (half(2025, 1), "2025年1—6月"),
        (month(2025, 7), "2025年7月"),
        (year(2025), "2025年"),
        (statistical_year(2025), "2024年10月—2025年9月"),
        (span(date(2025, 7, 2), date(2025, 8, 15)), "2025年7月2日—8月15日"),
    ],
)
def test_a_period_is_named_as_sentences_begin(period, words: str):
    assert period_words(period) == words


def test_hostile_words_stay_words(a_basis):
    nasty = "{people}{0.__class__}%s<b>{{"
    basis = a_basis(an_activity(title=nasty, place=nasty, summary=nasty, partner_units=nasty, effect=nasty))
    words = read(basis, "practice")
    assert f"在{nasty}与{nasty}联合开展“{nasty}”，参加职工76人次。{nasty}。{nasty}。" in words


def test_every_number_follows_the_ledger(a_basis):
    basis = a_basis(an_activity(summary="有简述"))
    draft = draft_summary(basis)
    record(basis.ledger, an_activity(title="又一项", people_offline=24), a_clerk())
    later = ReportBasis(basis.ledger, NOTICE, basis.period, TODAY)
    assert "参加职工100人次" in read(later, "overview", replace(draft, uid="x"))


def test_the_unit_without_a_name_still_gets_a_sentence(a_basis):
    assert "本工会按照" in read(a_basis(an_activity(), unit=a_unit(name="")), "overview")


@pytest.mark.parametrize("code", ["2025H1", "2025Q3", "2025-01", "2025S", "2025", "2023"])
def test_the_sample_ledger_gives_a_readable_summary(tmp_path: Path, code: str):
    ledger = a_sample_ledger(tmp_path / "示例")
    basis = ReportBasis(ledger, NOTICE, parse_period(code), SAMPLE_DAY)
    for part in SUMMARY_PARTS:
        words = read(basis, part)
        assert words.strip()
        assert not re.search(r"。。|，。|，，|、。|：。|None|\{|\}|%", words)
    ledger.close()
