"""Sending a submission by this program, as the ledger remembers it: never twice without somebody wanting that.

An attempt is noted before anything leaves (ATTEMPT) and its end after it (SENT, FAILED). Between the two the
outcome is unknown, also after a power cut: only a person may then say what became of it (`settle`). A submission in
several mails is QUEUED after each of them but the last, so that it goes on with the first mail that has not gone.
The queue is a list to look at; nothing is ever tried from it by itself.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from models.errors import UserError
from models.ledger import Ledger
from models.submission import EventKind, SubmissionEvent, SubmissionState, Way, state_of
from models.submission_log_repository import add_events
from models.submission_repository import LoggedSubmission, get_submission, list_submissions
from models.submitting import register_sent

_PART = re.compile(r"第(\d+)封，共(\d+)封")
_GONE = "已发出"
_DONE = (SubmissionState.SENT, SubmissionState.RECEIVED, SubmissionState.RETURNED)


@dataclass(frozen=True, slots=True)
class Part:
    """One mail of a submission: `number` of `count`."""

    number: int
    count: int

    @property
    def label(self) -> str:
        """第1封，共3封, as subjects and events have it."""
        return f"第{self.number}封，共{self.count}封"


def due(ledger: Ledger) -> list[LoggedSubmission]:
    """What waits to be sent, the oldest first."""
    return [each for each in reversed(list_submissions(ledger)) if each.state == SubmissionState.QUEUED]


def withdraw(ledger: Ledger, uid: str, now: datetime, *, person: str = "") -> None:
    """Take a submission out of the queue: it is not to be sent any more."""
    if _found(ledger, uid).state == SubmissionState.QUEUED:
        _note(ledger, uid, EventKind.CANCELLED, now, "", person)


def parts_gone(found: LoggedSubmission) -> tuple[Part, ...]:
    """The mails of the present sending that have gone, in their order; empty before the first and after the last."""
    gone: list[Part] = []
    for event in found.events:
        if event.kind == EventKind.SENT:
            gone.clear()
        elif event.kind == EventKind.QUEUED and event.way == Way.SMTP and (part := _part_of(event, _GONE)):
            gone.append(part)
    return tuple(gone)


def sending_of(ledger: Ledger, uid: str) -> str:
    """What its mails are recognised by: the same however often a sending is tried, another one when somebody wants it
    sent once more. A receiver may throw away what it has had already.
    """
    before = sum(event.kind == EventKind.SENT for event in _found(ledger, uid).events)
    return f"{uid} {before + 1}" if before else uid


def next_part(ledger: Ledger, uid: str, count: int, *, again: bool = False) -> Part:
    """Which mail is to be sent now, of `count`.

    Raises UserError when it was sent already (unless somebody wants it sent `again`), when nobody knows how the last
    attempt ended, and when the mails that have gone belong to another division.
    """
    found = _found(ledger, uid)
    _refuse_unless_open(found, again=again)
    gone = parts_gone(found)
    if not gone:
        return Part(1, count)
    if gone[-1].count != count:
        raise UserError(
            f"上次分成{gone[-1].count}封邮件，已经发出{len(gone)}封；这次分成了{count}封，接不上。"
            "请把附件大小和密码改回上次的，再接着发送，或用网页邮箱发送其余的压缩包。"
        )
    sent = {part.number for part in gone}
    return Part(next((number for number in range(1, count + 1) if number not in sent), count), count)


def begin(
    ledger: Ledger, uid: str, count: int, sender: str, now: datetime, *, person: str = "", again: bool = False
) -> Part:
    """Note, durably, that a mail is about to be sent, and return which. Errors as `next_part`, nothing noted then."""
    part = next_part(ledger, uid, count, again=again)
    recipient = _found(ledger, uid).submission.recipient
    _note(ledger, uid, EventKind.ATTEMPT, now, f"{part.label}，从 {sender} 发往 {recipient}", person)
    return part


def went_out(ledger: Ledger, uid: str, part: Part, now: datetime, *, person: str = "", by_word: bool = False) -> bool:
    """The server has taken the mail; True when it was the last one and the submission is sent.

    `by_word`: a person says so, no server did.
    """
    found = _found(ledger, uid)
    gone = {each.number for each in parts_gone(found)} | {part.number}
    if len(gone) >= part.count:
        register_sent(ledger, found.submission, Way.SMTP, now, person=person)
        return True
    source = "，由本人确认" if by_word else ""
    _note(ledger, uid, EventKind.QUEUED, now, f"{part.label}{_GONE}{source}", person)
    return False


def did_not_go(
    ledger: Ledger, uid: str, part: Part, reason: str, now: datetime, *, person: str = "", later: bool = False
) -> None:
    """The mail certainly was not sent, for `reason`. With `later` the submission waits in the queue: both is noted
    together, so that a power cut cannot leave it out of the queue.
    """
    events = [_event(uid, EventKind.FAILED, now, f"{part.label}没有发出：{reason}", person)]
    if later and state_of((*_found(ledger, uid).events, *events)) != SubmissionState.QUEUED:
        events.append(_event(uid, EventKind.QUEUED, now, "等网络或服务器恢复后再发", person))
    add_events(ledger, events)


def settle(ledger: Ledger, uid: str, arrived: bool, now: datetime, *, person: str = "") -> bool:
    """A person has found out whether the mail of the last attempt arrived. True when the submission is sent now.

    Raises UserError when there is nothing to decide.
    """
    found = _found(ledger, uid)
    attempt = next((event for event in reversed(found.events) if event.kind == EventKind.ATTEMPT), None)
    if found.state != SubmissionState.SENDING or attempt is None:
        raise UserError("这次报送没有结果不明的发送，不用说明。")
    part = _part_of(attempt) or Part(1, 1)
    if arrived:
        return went_out(ledger, uid, part, now, person=person, by_word=True)
    did_not_go(ledger, uid, part, "经核对，对方没有收到。", now, person=person)
    return False


def _refuse_unless_open(found: LoggedSubmission, *, again: bool) -> None:
    state = found.state
    if state == SubmissionState.SENDING:
        raise UserError(
            "上一次发送的结果不明，可能已经发出。请先打电话问对方收到没有，或看邮箱的“已发送”，"
            "在报送记录里说明以后再发，免得对方收到两封。"
        )
    if state == SubmissionState.CORRECTED:
        raise UserError("这一版已经被更正的版本代替，不能再发。请发送最新的一版。")
    if state in _DONE and not again:
        raise UserError("这次报送已经发送过了，没有再发。如果对方没有收到，请打开附件文件夹，用网页邮箱再发一次。")


def _found(ledger: Ledger, uid: str) -> LoggedSubmission:
    found = get_submission(ledger, uid)
    if found is None:
        raise UserError("台账里找不到这次报送。")
    return found


def _part_of(event: SubmissionEvent, ending: str = "") -> Part | None:
    match = _PART.match(event.text)
    if match is None or not event.text.startswith(ending, match.end()):
        return None
    return Part(int(match[1]), int(match[2]))


def _note(ledger: Ledger, uid: str, kind: str, now: datetime, text: str, person: str) -> None:
    add_events(ledger, [_event(uid, kind, now, text, person)])


def _event(uid: str, kind: str, now: datetime, text: str, person: str) -> SubmissionEvent:
    return SubmissionEvent(uid, now, kind, Way.SMTP, text, person)
