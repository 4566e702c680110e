"""报送记录 in words, and finding one of many again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from models import periods
from models.activity_repository import list_in_period
from models.ledger import Ledger
from models.notice import builtin_notice
from models.recording import record
from models.submission import EventKind, SubmissionEvent, SubmissionState, Way
from models.submission_log import (
    corrected_version,
    count_states,
    find,
    last_submission,
    outcome_words,
    period_label,
    timeline,
    title_of,
    way_of,
)
from models.submission_repository import add_event, list_submissions
from models.submitting import register_receipt, register_return, register_sent
from tests.factories import NOW, TODAY, a_clerk
from tests.models.submitted import THIRD, a_ready_ledger, explain_everything, submitted

LATER = NOW + timedelta(days=1, minutes=5)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ready_ledger(tmp_path / "台账") as opened:
        yield opened


def test_every_word_that_somebody_remembers_finds_it(ledger: Ledger) -> None:
    first = submitted(ledger)
    year = periods.year(2025)
    explain_everything(ledger, year)
    second = submitted(ledger, LATER, sent=False, period=year)
    register_return(ledger, first, "缺少盖章页", LATER)
    every = list_submissions(ledger)
    for words, state, wanted in (
        ("", "", [second, first]),
        ("bs-2025-001", "", [first]),
        ("第三季度", "", [first]),
        ("2025 全年", "", []),
        (second.receipt_code.replace("-", " ").lower(), "", [second]),
        ("盖章", "", [first]),
        ("jzghxjwlb 退回", "", [first]),
        ("", SubmissionState.GENERATED, [second]),
        ("网页邮箱", SubmissionState.GENERATED, []),
        ("%' OR 1", "", []),
    ):
        assert [each.submission for each in find(every, words, state)] == wanted, words
    assert count_states(every) == {SubmissionState.GENERATED: 1, SubmissionState.RETURNED: 1}


def test_the_timeline_tells_who_did_what_when(ledger: Ledger) -> None:
    kept = submitted(ledger, sent=False)
    add_event(ledger, SubmissionEvent(kept.uid, NOW, EventKind.ATTEMPT, Way.SMTP, "第1封，共1封"))
    add_event(ledger, SubmissionEvent(kept.uid, NOW, EventKind.FAILED, Way.SMTP, "授权码不对（535）"))
    register_sent(ledger, kept, Way.WEBMAIL, NOW, person="赵芳")
    register_receipt(ledger, kept, kept.receipt_code, LATER, person="赵芳")
    [logged] = list_submissions(ledger)
    lines = [(line.when, line.what, line.more) for line in timeline(logged, LATER.date())]
    assert lines == [
        ("昨天 09:00", "生成报送包", "赵芳"),
        ("昨天 09:00", "开始发送", "本程序直接发送 · 第1封，共1封"),
        ("昨天 09:00", "没有发出", "本程序直接发送 · 授权码不对（535）"),
        ("昨天 09:00", "已发送", "网页邮箱 · 赵芳"),
        ("今天 09:05", "对方已收", f"回执码 {kept.receipt_code} · 赵芳"),
    ]
    assert way_of(logged) == Way.WEBMAIL and outcome_words(logged) == ("10月10日寄出", "10月11日对方已收")
    assert title_of(kept) == "2025年第三季度 第1版"


def test_home_tells_the_last_one_and_what_was_changed_since(ledger: Ledger) -> None:
    notice = builtin_notice()
    assert last_submission(ledger, notice, TODAY) is None
    kept = submitted(ledger, sent=False)
    last = last_submission(ledger, notice, TODAY)
    assert last and (last.headline, last.outcome) == ("上次报送：2025年第三季度 第1版", "10月10日生成 · 还没有寄出")
    register_sent(ledger, kept, Way.USB, NOW)
    for activity in list_in_period(ledger, THIRD):
        record(ledger, activity.with_values(people_offline=126), a_clerk(LATER))
    last = last_submission(ledger, notice, TODAY)
    assert last and (last.outcome, last.correction) == ("10月10日寄出", "报送后改了 2 条")


def test_a_period_that_nobody_can_read_stays_as_it_is() -> None:
    assert (period_label("2025H1"), period_label("?")) == ("2025年上半年", "?")


def test_a_version_is_told_against_the_one_the_superior_had_when_it_was_made(ledger: Ledger) -> None:
    """The second was never sent: the third corrects the first. That the second goes after all changes nothing then."""
    made = [submitted(ledger)]
    for number in (2, 3):
        [first, *_rest] = list_in_period(ledger, THIRD)
        record(ledger, first.with_values(people_offline=80 + number), a_clerk())
        made.append(submitted(ledger, NOW + timedelta(hours=number), sent=False))
    register_sent(ledger, made[1], Way.WEBMAIL, LATER)
    logged = list_submissions(ledger)
    assert [corrected_version(logged, each) for each in made] == [0, 1, 1]
