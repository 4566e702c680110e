"""报送记录: the log of submissions, searched and told in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from models.backup_words import moment_words
from models.errors import UserError
from models.ledger import Ledger
from models.periods import parse_period
from models.search import normalise
from models.submission import (
    STATE_LABELS,
    WAY_LABELS,
    EventKind,
    Submission,
    SubmissionEvent,
    SubmissionState,
)
from models.submission_repository import LoggedSubmission, list_submissions

if TYPE_CHECKING:
    from models.notice import Notice

EVENT_LABELS = {
    EventKind.GENERATED: "生成报送包",
    EventKind.QUEUED: "放进待发送",
    EventKind.ATTEMPT: "开始发送",
    EventKind.FAILED: "没有发出",
    EventKind.SENT: "已发送",
    EventKind.RECEIVED: "对方已收",
    EventKind.RETURNED: "对方退回",
    EventKind.CORRECTED: "已由新的一版更正",
    EventKind.CANCELLED: "从待发送中取出",
}
ORDER = (
    SubmissionState.SENDING,
    SubmissionState.QUEUED,
    SubmissionState.GENERATED,
    SubmissionState.RETURNED,
    SubmissionState.SENT,
    SubmissionState.RECEIVED,
    SubmissionState.CORRECTED,
)
"""The states, those that ask for something first."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """One line of the timeline: when, what, and what is to be said about it (the server's words, the reason …)."""

    when: str
    what: str
    more: str
    kind: str


def period_label(code: str) -> str:
    """2025年第三季度 for 2025Q3; a code that nobody can read stays as it is."""
    try:
        return parse_period(code).label
    except UserError:
        return code


def title_of(submission: Submission) -> str:
    """2025年第三季度 第1版."""
    return f"{period_label(submission.period)} 第{submission.version}版"


def way_of(logged: LoggedSubmission) -> str:
    """How it left this computer, or was tried to, last; empty when nobody has noted that."""
    return next((event.way for event in reversed(logged.events) if event.way), "")


def way_label(way: str) -> str:
    """邮件程序 for `draft`; empty for none."""
    return WAY_LABELS.get(way, way)


def happened_at(logged: LoggedSubmission, kind: str) -> datetime | None:
    """When something of this kind (EventKind) happened last."""
    return next((event.at for event in reversed(logged.events) if event.kind == kind), None)


def find(every: Iterable[LoggedSubmission], words: str = "", state: str = "") -> list[LoggedSubmission]:
    """Those in this state (any if empty) that have all of the words somewhere: number, period, code, recipient,
    subject, who, way, or what the superior wrote. Spaces and dashes in a receipt code do not matter.
    """
    wanted = [normalise(word) for word in words.split()]
    chosen = (each for each in every if state in ("", each.state))
    return [each for each in chosen if all(_holds(each, word) for word in wanted) or _is_code_of(each, words)]


def timeline(logged: LoggedSubmission, today: date) -> list[EventLine]:
    """All that happened, the oldest first."""
    return [
        EventLine(moment_words(event.at, today), EVENT_LABELS[event.kind], _about(event), event.kind)
        for event in logged.events
    ]


def count_states(every: Iterable[LoggedSubmission]) -> dict[str, int]:
    """How many there are in each state that occurs, in the order in which they ask for attention."""
    states = [each.state for each in every]
    return {state: states.count(state) for state in ORDER if state in states}


@dataclass(frozen=True, slots=True)
class LastSubmission:
    """What 首页 says of the newest submission, and which one asks for a correction: `changed` records of `outdated`,
    which may be an earlier one, are not as they were sent.
    """

    logged: LoggedSubmission
    outdated: Submission | None = None
    changed: int = 0

    @property
    def headline(self) -> str:
        """上次报送：2025年第三季度 第1版."""
        return f"上次报送：{title_of(self.logged.submission)}"

    @property
    def outcome(self) -> str:
        """7月3日寄出 · 7月4日对方已收."""
        return " · ".join(outcome_words(self.logged))

    @property
    def correction(self) -> str:
        """报送后改了 3 条; empty when nothing was."""
        if self.outdated is None:
            return ""
        whose = "" if self.outdated.uid == self.logged.submission.uid else period_label(self.outdated.period)
        return f"{whose}报送后改了 {self.changed} 条"


def last_submission(ledger: Ledger, notice: "Notice", today: date) -> LastSubmission | None:
    """The newest submission and what asks for a correction; None before the first. Any thread, with a reader."""
    every = list_submissions(ledger)
    if not every:
        return None
    from models.submission_changes import counts_since

    counts = counts_since(ledger, notice, today)
    own = every[0].submission
    first = next(iter(counts), "")
    uid = own.uid if own.uid in counts else first
    outdated = next((each.submission for each in every if each.submission.uid == uid), None)
    return LastSubmission(every[0], outdated, counts.get(uid, 0))


def outcome_words(logged: LoggedSubmission) -> Sequence[str]:
    """What became of it, briefly: 7月3日寄出, 7月4日对方已收; 还没有寄出; 7月5日退回."""
    sent, received = happened_at(logged, EventKind.SENT), happened_at(logged, EventKind.RECEIVED)
    returned = happened_at(logged, EventKind.RETURNED)
    match logged.state:
        case SubmissionState.GENERATED:
            return (f"{_day(logged.submission.made_at)}生成", "还没有寄出")
        case SubmissionState.QUEUED:
            return ("在待发送里，联网后再发",)
        case SubmissionState.SENDING:
            return ("发送结果不明，请核实",)
        case SubmissionState.RETURNED if returned:
            return (f"{_day(returned)}退回",)
        case state:
            words = [f"{_day(sent)}寄出"] if sent else []
            words += [f"{_day(received)}对方已收"] if received else []
            return (*words, *([STATE_LABELS[state]] if state == SubmissionState.CORRECTED else []))


def _about(event: SubmissionEvent) -> str:
    words = event.text
    if event.kind == EventKind.CORRECTED and words:
        words = f"见 {words}"
    elif event.kind == EventKind.RECEIVED and words:
        words = f"回执码 {words}"
    return " · ".join(part for part in (way_label(event.way), words, event.person) if part)


def _holds(logged: LoggedSubmission, word: str) -> bool:
    own = logged.submission
    texts = (own.number, own.period, title_of(own), own.receipt_code, own.recipient, own.subject, own.made_by)
    told = (f"{way_label(event.way)} {event.text} {event.person}" for event in logged.events)
    return any(word in normalise(text) for text in (*texts, STATE_LABELS[logged.state], *told))


def _is_code_of(logged: LoggedSubmission, words: str) -> bool:
    from models.receipt_code import same_code

    return same_code(words, logged.submission.receipt_code)


def _day(moment: datetime) -> str:
    return f"{moment.month}月{moment.day}日"


def corrected_version(logged: Iterable[LoggedSubmission], submission: Submission) -> int:
    """The version that `submission` was compared with when it was made: the last one that had been sent by then.

    0 when none had been.
    """
    sent = (
        each.submission.version
        for each in logged
        if each.submission.period == submission.period
        and each.submission.version < submission.version
        and any(event.kind == EventKind.SENT and event.at <= submission.made_at for event in each.events)
    )
    return max(sent, default=0)
