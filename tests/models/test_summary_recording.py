"""A summary is saved as one step; at 定稿 its figures stop following the ledger, and say so when it goes on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models import history
from models.errors import UserError
from models.history_versions import restore_version
from models.history_words import history_of, title_of
from models.ledger import Ledger
from models.notice import builtin_notice
from models.periods import half
from models.recording import record
from models.reports.basis import ReportBasis
from models.summary import Summary
from models.summary_drafting import draft_summary
from models.summary_figures import figures_of
from models.summary_recording import (
    StaleFigure,
    finalise_summary,
    lacks,
    reopen_summary,
    save_summary,
    stale_figures,
)
from models.summary_repository import SUMMARIES, find_summary
from tests.factories import NOW, TODAY, a_clerk, a_ledger, an_activity

NOTICE = builtin_notice()
CLERK = a_clerk()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = a_ledger(tmp_path / "台账", an_activity(summary="大家轮流推荐一本书。"))
    yield ledger
    ledger.close()


def a_basis(ledger: Ledger) -> ReportBasis:
    return ReportBasis(ledger, NOTICE, half(2025, 2), TODAY)


def a_summary(ledger: Ledger, **values: str) -> Summary:
    """The draft with every gap filled."""
    written = {"highlights": "书屋夜里也开。", "problems": "倒班职工来得少。", "next_steps": "分两场办。"}
    return replace(draft_summary(a_basis(ledger)), **(written | values))  # pyright: ignore[reportArgumentType]


def test_saving_keeps_the_figures_live(ledger: Ledger):
    saved = save_summary(ledger, a_summary(ledger), CLERK)
    assert find_summary(ledger, "2025H2") == saved
    assert "{people}" in saved.overview
    assert (saved.finalised, saved.figures) == (False, ())


def test_a_period_has_one_summary(ledger: Ledger):
    first = save_summary(ledger, a_summary(ledger), CLERK)
    again = save_summary(ledger, a_summary(ledger, problems="人少。"), CLERK)
    assert again.uid == first.uid
    assert [each.problems for each in SUMMARIES.list_all(ledger)] == ["人少。"]


def test_each_save_is_one_step_with_a_name(ledger: Ledger):
    first = save_summary(ledger, a_summary(ledger), CLERK)
    save_summary(ledger, replace(first, problems="人少。", next_steps="加场。"), CLERK)
    step = history.undo(ledger, now=NOW)
    assert step
    assert step.label == "修改总结“2025年下半年主题宣传教育活动总结”的存在问题等 2 项"
    assert find_summary(ledger, "2025H2").problems == "倒班职工来得少。"  # type: ignore[union-attr]
    step = history.undo(ledger, now=NOW)
    assert step
    assert step.label == "新建总结“2025年下半年主题宣传教育活动总结”"
    assert find_summary(ledger, "2025H2") is None


def test_at_the_end_the_figures_stay_as_they_are(ledger: Ledger):
    saved = save_summary(ledger, a_summary(ledger), CLERK)
    final = finalise_summary(ledger, saved, a_basis(ledger), CLERK)
    assert final.finalised
    assert dict(final.figures)["people"] == "76"
    assert dict(final.figures)["HD-2025-0001.people"] == "76"
    assert "people_online" not in dict(final.figures)  # not in the text


def test_what_changed_since_is_told(ledger: Ledger):
    final = finalise_summary(ledger, save_summary(ledger, a_summary(ledger), CLERK), a_basis(ledger), CLERK)
    assert stale_figures(final, a_basis(ledger)) == []
    record(ledger, an_activity(title="又一项", people_offline=24, start=date(2025, 9, 1), form="F5"), CLERK)
    stale = stale_figures(final, a_basis(ledger))
    assert StaleFigure("people", "参加人次", "76", "100") in stale
    assert "F3.people" not in {each.name for each in stale}


def test_a_figure_whose_record_is_gone_is_told_by_its_name(ledger: Ledger):
    final = finalise_summary(ledger, save_summary(ledger, a_summary(ledger), CLERK), a_basis(ledger), CLERK)
    while history.undo(ledger, now=NOW):  # down to the activity itself
        pass
    gone = [each for each in stale_figures(final, a_basis(ledger)) if not each.new]
    assert [(each.label, each.old) for each in gone] == [("HD-2025-0001：参加人次", "76")]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"title": " "}, "标题没有填。"),
        ({"problems": " \n"}, "“四、存在问题”还没有写。"),
        ({"next_steps": "〔请补充：下一步〕。"}, "“五、下步打算”里还有要补充的：〔请补充：下一步〕。"),
        ({"overview": "共{nothing}项。"}, "“一、总体情况”里有一个数字，台账里已经没有了。"),
    ],
)
def test_what_is_not_written_yet_stands_in_the_way(ledger: Ledger, values: dict[str, str], says: str):
    summary = a_summary(ledger, **values)
    with pytest.raises(UserError, match=says):
        finalise_summary(ledger, save_summary(ledger, summary, CLERK), a_basis(ledger), CLERK)
    assert [lack.message for lack in lacks(summary, figures_of(a_basis(ledger)))] == [says]
    assert not find_summary(ledger, "2025H2").finalised  # type: ignore[union-attr]


def test_how_much_else_is_missing_is_said_too(ledger: Ledger):
    summary = a_summary(ledger, problems="", next_steps="")
    with pytest.raises(UserError, match="另外还有 1 处。"):
        finalise_summary(ledger, summary, a_basis(ledger), CLERK)


def test_a_final_summary_is_not_overwritten(ledger: Ledger):
    final = finalise_summary(ledger, save_summary(ledger, a_summary(ledger), CLERK), a_basis(ledger), CLERK)
    with pytest.raises(UserError, match="取消定稿"):
        save_summary(ledger, replace(final, problems="改"), CLERK)


def test_taking_the_end_back_lets_the_figures_follow_again(ledger: Ledger):
    final = finalise_summary(ledger, save_summary(ledger, a_summary(ledger), CLERK), a_basis(ledger), CLERK)
    open_again = reopen_summary(ledger, final, CLERK)
    assert (open_again.finalised, open_again.figures) == (False, ())
    assert stale_figures(open_again, a_basis(ledger)) == []
    step = history.undo(ledger, now=NOW)
    assert step
    assert step.label == "取消定稿：总结“2025年下半年主题宣传教育活动总结”"
    assert find_summary(ledger, "2025H2").figures == final.figures  # type: ignore[union-attr]


def test_the_history_speaks_of_figures_in_words(ledger: Ledger):
    first = save_summary(ledger, a_summary(ledger, overview="参加职工{people}人次。"), CLERK)
    save_summary(ledger, replace(first, overview="大思政课{F1.people}人次。"), CLERK)
    entries = history_of(ledger, first.uid, NOTICE)
    assert title_of(entries) == "2025年下半年主题宣传教育活动总结"
    [change] = entries[0].fields
    assert (change.label, change.old) == ("总体情况", "参加职工［参加人次］人次。")
    assert change.new == "大思政课［大思政课：参加人次］人次。"


def test_an_earlier_version_can_be_had_again(ledger: Ledger):
    first = save_summary(ledger, a_summary(ledger), CLERK)
    save_summary(ledger, replace(first, problems="改坏了。"), CLERK)
    oldest = history_of(ledger, first.uid, NOTICE)[-1]
    assert oldest.restorable
    restore_version(ledger, oldest.change, CLERK)
    assert find_summary(ledger, "2025H2").problems == "倒班职工来得少。"  # type: ignore[union-attr]
