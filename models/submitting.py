"""报送 in the ledger: keep what was submitted, note what became of it, and tell what has changed since."""

import os
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from models import file_store
from models.case import Case, CaseStage
from models.case_recording import stage_of
from models.case_repository import CASES, save_case
from models.errors import UserError
from models.ledger import Ledger
from models.receipt_code import is_code, same_code
from models.settings import save_setting
from models.submission import (
    EventKind,
    Submission,
    SubmissionEvent,
    SubmissionFile,
    SubmissionItem,
    SubmissionState,
)
from models.submission_content import PackageContent
from models.submission_differences import ADDED, CHANGED, REMOVED
from models.submission_log_repository import add_events
from models.submission_repository import (
    LoggedSubmission,
    add_submission,
    get_submission,
    list_items,
    list_submissions,
    require_next_version,
)

LIMIT_KEY = "submission-limit-mb:"  # followed by the digest of the package
NEW_LIMIT_KEY = "submission-new-limit-mb:"  # likewise: what its mails were divided by later
REASON_LIMIT = 200  # characters of the superior's words
_LEFT = frozenset((EventKind.SENT, EventKind.RECEIVED, EventKind.RETURNED))
_ON_ITS_WAY = frozenset((SubmissionState.SENT, SubmissionState.RECEIVED, SubmissionState.RETURNED))


class PackedFile(Protocol):
    """A file of a package, as the exporters make it."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def extent(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    def read(self) -> bytes:
        """Its bytes."""
        ...


class SentLetter(Protocol):
    """The letter that goes with a package, as models.letters writes it."""

    @property
    def recipient(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def body(self) -> str: ...


def require_ready(content: PackageContent) -> None:
    """Raise a UserError that says what stands in the way of sending: hard findings, open hints, nothing new (H15)."""
    checks = content.checks
    if checks.hard:
        first = checks.hard[0]
        where = f"“{first.title}”：" if first.title else ""
        more = f"另有 {len(checks.hard) - 1} 处。" if len(checks.hard) > 1 else ""
        raise UserError(f"{where}{first.message}{more}改好才能报送。")
    if not checks.passed:
        waiting = len(checks.soft) - len(checks.explained)
        raise UserError(f"还有 {waiting} 项提示没有处理。请改正，或各写一句核实说明，再生成报送包。")
    if content.same_as is not None:
        raise UserError(
            f"内容和第 {content.same_as.version} 版（{content.same_as.number}）完全一样，不用再报。"
            "要再发一次，请到“报送记录”里打开那一次。"
        )


def keep_submission(
    ledger: Ledger,
    content: PackageContent,
    files: Sequence[PackedFile],
    *,
    digest: str,
    receipt_code: str,
    letter: SentLetter,
    person: str = "",
    limit_mb: int = 0,
) -> Submission:
    """Keep a package that was just built, whole: the bytes of its files by content, then the record of it.

    `limit_mb` is how large a mail may be: the same zips can then be made again, also when its notice says otherwise
    by then or is gone.
    Killed at any moment it leaves a whole submission or none; files that no submission came to refer to are swept
    away later. Raises UserError as `require_ready`, when another version was made in the meantime, and for the disk.
    """
    require_ready(content)
    require_next_version(ledger, content.basis.period.code, content.version)
    kept = [_stored(ledger, file) for file in files]
    if limit_mb:
        save_setting(ledger, LIMIT_KEY + digest, limit_mb)
    found = content.differences
    submission = Submission(
        period=content.basis.period.code,
        version=content.version,
        receipt_code=receipt_code,
        digest=digest,
        made_at=content.made_at,
        made_by=person,
        recipient=letter.recipient,
        subject=letter.subject,
        body=letter.body,
        forms=content.forms,
        activities=len(content.basis.activities),
        cases=len(content.cases),
        soft_findings=len(content.checks.soft),
        explained_findings=len(content.checks.explained),
        added=found.count(ADDED) if found else 0,
        changed=found.count(CHANGED) if found else 0,
        removed=found.count(REMOVED) if found else 0,
        notice_id=content.basis.notice.id,
        form_version=content.basis.notice.form_version,
    )
    saved = add_submission(ledger, submission, kept, _items(content))
    for file, row in zip(files, kept, strict=True):
        _make_sure(ledger, file, row)
    return saved


def note_new_limit(ledger: Ledger, submission: Submission, limit_mb: int) -> None:
    """Its mails may be so large from now on. What is in them stays as it is kept. Raises UserError for the disk."""
    save_setting(ledger, NEW_LIMIT_KEY + submission.digest, limit_mb)


def register_sent(ledger: Ledger, submission: Submission, way: str, now: datetime, *, person: str = "") -> None:
    """It has left this computer by `way`: the cases in it are 已报送, the versions before it 已更正 and out of the
    queue. All of it together or nothing.
    """
    events = [*_sent(ledger, submission, way, now, person)]
    _note(ledger, submission, events, CaseStage.SUBMITTED)


def register_receipt(
    ledger: Ledger, submission: Submission, typed_code: str, now: datetime, *, person: str = ""
) -> None:
    """The superior has read out the code of what arrived. Raises UserError when it is not the code of this one.

    What arrived was sent, whether anybody noted that or not. A version that has been corrected stays 已更正.
    """
    if not is_code(typed_code):
        raise UserError("回执码是 8 位字母和数字，没有 0、O、1、I。请和对方再核对一遍。")
    if not same_code(typed_code, submission.receipt_code):
        other = find_by_code(ledger, typed_code)
        if other is not None:
            raise UserError(
                f"这是 {other.number}（{other.period} 第 {other.version} 版）的回执码，不是这一次的。"
                "对方收到的可能是那一版，请再核对。"
            )
        raise UserError("回执码对不上。对方收到的可能不完整，或是另一次报送的。请核对后再试，必要时重新发送。")
    logged = _logged(ledger, submission)
    received = next((event for event in reversed(logged.events) if event.kind == EventKind.RECEIVED), None)
    if received is not None and logged.state in (SubmissionState.RECEIVED, SubmissionState.CORRECTED):
        raise UserError(f"{received.at.month}月{received.at.day}日已经登记过对方已收，不用再登记。")
    events = [] if _has_left(logged) else [*_sent(ledger, submission, "", now, person)]
    events.append(_event(submission, EventKind.RECEIVED, now, submission.receipt_code, person))
    if logged.state == SubmissionState.CORRECTED:
        events.append(_corrected_again(logged, now, person))
    _note(ledger, submission, events, "" if _has_left(logged) else CaseStage.SUBMITTED)


def register_return(ledger: Ledger, submission: Submission, reason: str, now: datetime, *, person: str = "") -> None:
    """The superior has sent it back, with these words; the cases in it are 退回.

    A version that has been corrected stays 已更正, and its cases as they are.
    """
    words = " ".join(reason.split())
    if len(words) > REASON_LIMIT:
        raise UserError(f"退回的原因最多 {REASON_LIMIT} 个字，现在有 {len(words)} 个。请缩短。")
    logged = _logged(ledger, submission)
    events = [] if _has_left(logged) else [*_sent(ledger, submission, "", now, person)]
    events.append(_event(submission, EventKind.RETURNED, now, words, person))
    if logged.state == SubmissionState.CORRECTED:
        events.append(_corrected_again(logged, now, person))
        _note(ledger, submission, events)
    else:
        _note(ledger, submission, events, CaseStage.RETURNED, words)


def find_by_code(ledger: Ledger, typed_code: str) -> Submission | None:
    """The submission with this receipt code, the latest if there should be several; None when there is none."""
    every = (each.submission for each in list_submissions(ledger))
    return next((each for each in every if same_code(typed_code, each.receipt_code)), None)


def _sent(ledger: Ledger, submission: Submission, way: str, now: datetime, person: str) -> Iterable[SubmissionEvent]:
    """That it was sent, and what follows for the versions before it. One that was sent again after a correction
    stays corrected.
    """
    yield replace(_event(submission, EventKind.SENT, now, "", person), way=way)
    others = [each for each in list_submissions(ledger, submission.period) if each.submission.uid != submission.uid]
    for each in sorted(others, key=lambda other: other.submission.version):
        if each.submission.version > submission.version:
            if _has_left(each):
                yield _event(submission, EventKind.CORRECTED, now, each.submission.number, person)
                return
        elif each.state == SubmissionState.QUEUED:
            yield _event(each.submission, EventKind.CANCELLED, now, f"已改报第 {submission.version} 版", person)
        elif each.state in _ON_ITS_WAY:
            yield _event(each.submission, EventKind.CORRECTED, now, submission.number, person)


def _corrected_again(logged: LoggedSubmission, now: datetime, person: str) -> SubmissionEvent:
    """What came in late about a version that has been corrected is noted; the version stays corrected."""
    by = next(event.text for event in reversed(logged.events) if event.kind == EventKind.CORRECTED)
    return _event(logged.submission, EventKind.CORRECTED, now, by, person)


def _note(
    ledger: Ledger, submission: Submission, events: Sequence[SubmissionEvent], fate: str = "", words: str = ""
) -> None:
    """Write the events and mark the cases, together. Marking cases is a step of 撤销; what happened is none."""
    first = events[0]
    cases = _to_mark(ledger, submission, fate) if fate else []
    label = f"登记报送结果（{submission.number}）"
    with ledger.transaction(label, at=first.at, person=first.person) if cases else nullcontext():
        add_events(ledger, events)
        for case in cases:
            marked = replace(case, fate=fate, fate_note=words)
            save_case(ledger, replace(marked, stage=stage_of(marked)), now=first.at, person=first.person)


def _to_mark(ledger: Ledger, submission: Submission, fate: str) -> list[Case]:
    """The cases of a submission that are to be marked. An adopted one stays so: that is more than 已报送."""
    uids = [item.record_uid for item in list_items(ledger, submission.uid) if item.kind == CASES.name]
    cases = (CASES.get(ledger, uid) for uid in uids)
    return [case for case in cases if case is not None and case.fate not in (CaseStage.ADOPTED, fate)]


def _event(submission: Submission, kind: str, now: datetime, text: str, person: str) -> SubmissionEvent:
    return SubmissionEvent(submission.uid, now, kind, text=text, person=person)


def _logged(ledger: Ledger, submission: Submission) -> LoggedSubmission:
    found = get_submission(ledger, submission.uid)
    if found is None:
        raise UserError("没有找到这次报送的记录。请刷新后再试。")
    return found


def _has_left(logged: LoggedSubmission) -> bool:
    return any(event.kind in _LEFT for event in logged.events)


def _stored(ledger: Ledger, file: PackedFile) -> SubmissionFile:
    content = file.read()
    digest = file_store.store(ledger.folder, content, file.suffix)
    return SubmissionFile(file.name, file.title, file.extent, digest, file.suffix, len(content))


def _make_sure(ledger: Ledger, file: PackedFile, row: SubmissionFile) -> None:
    """The window may have swept a file away that another process had stored but not referred to yet."""
    try:
        os.utime(file_store.path_of(ledger.folder, row.digest, row.suffix))
    except OSError:
        file_store.store(ledger.folder, file.read(), row.suffix)


def _items(content: PackageContent) -> Iterable[SubmissionItem]:
    for activity in content.basis.activities:
        yield SubmissionItem("activity", activity.uid, activity.revision)
    for case in content.cases:
        yield SubmissionItem("case_record", case.uid, case.revision)
    for work in content.basis.works.records:
        yield SubmissionItem("work", work.uid, work.revision)
    for exemplar in content.basis.exemplars.records:
        yield SubmissionItem("exemplar", exemplar.uid, exemplar.revision)
