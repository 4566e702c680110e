"""报送 in the ledger: what is kept stays as it was sent, and what became of it follows from what people noted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from exporters.submission_volumes import PackageFile, names_of
from models import history
from models.activity_repository import list_in_period
from models.case import CaseStage
from models.case_recording import set_fate
from models.case_repository import CASES
from models.errors import UserError
from models.file_store import FOLDER, path_of, sweep
from models.ledger import Ledger
from models.notice import builtin_notice
from models.receipt_code import content_digest, receipt_code
from models.recording import record
from models.submission import EventKind, Submission, SubmissionEvent, SubmissionState, Way
from models.submission_content import collect
from models.submission_repository import add_event, get_submission, list_files, list_items, list_submissions
from models.submitting import (
    REASON_LIMIT,
    find_by_code,
    keep_submission,
    register_receipt,
    register_return,
    register_sent,
    require_ready,
)
from tests.factories import NOW, a_clerk, an_activity
from tests.models.submitted import LETTER, THIRD, a_ready_ledger, explain_everything, files_of, submitted

NOTICE = builtin_notice()
LATER = NOW + timedelta(days=2)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ready_ledger(tmp_path / "台账") as opened:
        yield opened


def corrected(ledger: Ledger, *, sent: bool = True) -> Submission:
    """A second version, with one number changed."""
    own = list_in_period(ledger, THIRD)[0]
    record(ledger, own.with_values(people_offline=(own.people_offline or 0) + 1), a_clerk(LATER))
    explain_everything(ledger)
    return submitted(ledger, LATER, sent=sent)


def state(ledger: Ledger, submission: Submission) -> str:
    found = get_submission(ledger, submission.uid)
    assert found is not None
    return found.state


def kinds(ledger: Ledger, submission: Submission) -> list[str]:
    found = get_submission(ledger, submission.uid)
    assert found is not None
    return [event.kind for event in found.events]


def fates(ledger: Ledger) -> list[str]:
    return [case.fate for case in CASES.list_all(ledger)]


def test_a_submission_is_kept_with_every_byte_and_every_record(ledger: Ledger) -> None:
    content = collect(ledger, NOTICE, THIRD, NOW)
    files = files_of(content)
    digest = content_digest(names_of(files))
    kept = keep_submission(ledger, content, files, digest=digest, receipt_code=receipt_code(digest), letter=LETTER)
    rows = list_files(ledger, kept.uid)
    assert [(row.name, row.byte_count) for row in rows] == [(file.name, file.byte_count) for file in files]
    for row, file in zip(rows, files, strict=True):
        assert path_of(ledger.folder, row.digest, row.suffix).read_bytes() == file.read()
    held = {(item.kind, item.revision) for item in list_items(ledger, kept.uid)}
    assert {kind for kind, _ in held} == {"activity", "case_record", "work"}
    assert (kept.number, kept.version, kept.activities, kept.cases) == ("BS-2025-001", 1, 2, 1)
    assert (kept.recipient, kept.subject, kept.body) == (LETTER.recipient, LETTER.subject, LETTER.body)
    assert state(ledger, kept) == SubmissionState.GENERATED and fates(ledger) == [""], "nothing has left yet"


def test_what_stands_in_the_way_is_said_and_nothing_is_kept(ledger: Ledger) -> None:
    record(ledger, an_activity(title="书法展", people_offline=None), a_clerk())
    record(ledger, an_activity(title="绘画展", form="", start=THIRD.start), a_clerk())
    with pytest.raises(UserError, match=r"“绘画展”：.+。另有 1 处。改好才能报送。"):
        submitted(ledger)
    assert list_submissions(ledger) == []


def test_a_hint_nobody_answered_waits(ledger: Ledger) -> None:
    record(ledger, an_activity(title="百日安全赛", people_offline=9_000), a_clerk())
    with pytest.raises(UserError, match=r"还有 \d 项提示没有处理"):
        require_ready(collect(ledger, NOTICE, THIRD, NOW))
    explain_everything(ledger)
    require_ready(collect(ledger, NOTICE, THIRD, NOW))


def test_nothing_new_is_pointed_out_but_another_form_is_new(ledger: Ledger) -> None:
    first = submitted(ledger)
    with pytest.raises(UserError, match=f"第 1 版（{first.number}）完全一样"):
        submitted(ledger, LATER)
    assert submitted(ledger, LATER, forms=("表2", "表3", "表6", "表10")).version == 2


def test_two_windows_cannot_make_the_same_version(ledger: Ledger) -> None:
    content = collect(ledger, NOTICE, THIRD, NOW)
    submitted(ledger, sent=False)
    files = files_of(content)
    with pytest.raises(UserError, match="刚刚又生成过一版"):
        keep_submission(ledger, content, files, digest="0" * 64, receipt_code="2222-2222", letter=LETTER)
    assert len(list_submissions(ledger)) == 1


def test_not_even_while_the_files_are_being_stored(ledger: Ledger) -> None:
    """The window and `main.py submit` at once: the second waits for no lock until all its photos are stored."""
    content = collect(ledger, NOTICE, THIRD, NOW)

    class SlowFile(PackageFile):
        def read(self) -> bytes:
            if not list_submissions(ledger):
                with Ledger.open(ledger.folder, exclusive=False) as other:
                    submitted(other, sent=False)
            return super().read()

    files = [SlowFile(file.name, file.title, file.content) for file in files_of(content)]
    with pytest.raises(UserError, match="刚刚又生成过一版"):
        keep_submission(ledger, content, files, digest="0" * 64, receipt_code="2222-2222", letter=LETTER)
    assert [each.submission.version for each in list_submissions(ledger)] == [1]


def test_once_sent_its_cases_are_submitted_and_an_adopted_one_stays_adopted(ledger: Ledger) -> None:
    kept = submitted(ledger, sent=False)
    register_sent(ledger, kept, Way.USB, NOW, person="赵芳")
    assert state(ledger, kept) == SubmissionState.SENT and fates(ledger) == [CaseStage.SUBMITTED]
    [case] = CASES.list_all(ledger)
    assert case.stage == CaseStage.SUBMITTED, "the chip that lists show"
    set_fate(ledger, case, CaseStage.ADOPTED, a_clerk())
    register_return(ledger, kept, "格式不对", LATER)
    assert state(ledger, kept) == SubmissionState.RETURNED and fates(ledger) == [CaseStage.ADOPTED]


def test_taking_back_the_mark_of_a_case_leaves_what_happened(ledger: Ledger) -> None:
    start = ledger.last_change()
    kept = submitted(ledger)
    step = history.undo(ledger, now=NOW, since=start)
    assert step and kept.number in step.label
    assert fates(ledger) == [""] and state(ledger, kept) == SubmissionState.SENT


def test_a_later_version_corrects_the_earlier_and_takes_it_out_of_the_queue(ledger: Ledger) -> None:
    first = submitted(ledger)
    second = corrected(ledger, sent=False)
    assert (second.version, second.added, second.changed, second.removed) == (2, 0, 1, 0)
    assert state(ledger, first) == SubmissionState.SENT, "the second has not left yet"
    add_event(ledger, SubmissionEvent(second.uid, LATER, EventKind.QUEUED, Way.SMTP))
    third = corrected(ledger)
    assert [state(ledger, each) for each in (first, second, third)] == [
        SubmissionState.CORRECTED,
        SubmissionState.GENERATED,
        SubmissionState.SENT,
    ]
    assert kinds(ledger, second)[-1] == EventKind.CANCELLED


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "spaced", "full"])
def test_the_code_read_out_on_the_telephone_sets_received(ledger: Ledger, typed: str) -> None:
    kept = submitted(ledger)
    code = kept.receipt_code
    ways = {
        "lower": code.lower(),
        "spaced": " ".join(code.replace("-", "")),
        "full": code.translate({ord(letter): ord(letter) + 0xFEE0 for letter in set(code) - {"-"}}),
    }
    register_receipt(ledger, kept, ways.get(typed, typed.format(code)), LATER, person="赵芳")
    assert state(ledger, kept) == SubmissionState.RECEIVED
    assert kinds(ledger, kept) == [EventKind.GENERATED, EventKind.SENT, EventKind.RECEIVED]


def test_a_wrong_code_says_so_and_changes_nothing(ledger: Ledger) -> None:
    first = submitted(ledger)
    second = corrected(ledger)
    for typed, sentence in (
        ("7KQM", "8 位字母和数字"),
        ("0000-1111", "没有 0、O、1、I"),
        ("2345-6789", "回执码对不上"),
        (first.receipt_code, rf"这是 {first.number}（2025Q3 第 1 版）的回执码"),
    ):
        with pytest.raises(UserError, match=sentence):
            register_receipt(ledger, second, typed, LATER)
    assert state(ledger, second) == SubmissionState.SENT
    assert find_by_code(ledger, first.receipt_code.lower()) == first and find_by_code(ledger, "2345-6789") is None


def test_what_arrived_was_sent_whether_anybody_noted_that_or_not(ledger: Ledger) -> None:
    kept = submitted(ledger, sent=False)
    register_receipt(ledger, kept, kept.receipt_code, LATER)
    assert kinds(ledger, kept) == [EventKind.GENERATED, EventKind.SENT, EventKind.RECEIVED]
    assert fates(ledger) == [CaseStage.SUBMITTED]
    with pytest.raises(UserError, match="10月12日已经登记过对方已收"):
        register_receipt(ledger, kept, kept.receipt_code, LATER)


def test_a_return_keeps_the_superiors_words(ledger: Ledger) -> None:
    kept = submitted(ledger)
    with pytest.raises(UserError, match=f"最多 {REASON_LIMIT} 个字"):
        register_return(ledger, kept, "长" * (REASON_LIMIT + 1), LATER)
    register_return(ledger, kept, " 做法太笼统，\n请补充数据 ", LATER, person="赵芳")
    found = get_submission(ledger, kept.uid)
    assert found and found.state == SubmissionState.RETURNED
    assert found.events[-1].text == "做法太笼统， 请补充数据"
    [case] = CASES.list_all(ledger)
    assert (case.fate, case.fate_note) == (CaseStage.RETURNED, "做法太笼统， 请补充数据")


def test_what_comes_in_late_about_a_corrected_version_is_noted_and_it_stays_corrected(ledger: Ledger) -> None:
    first = submitted(ledger)
    corrected(ledger)
    before = [(case.fate, case.revision) for case in CASES.list_all(ledger)]
    register_receipt(ledger, first, first.receipt_code, LATER)
    assert state(ledger, first) == SubmissionState.CORRECTED and EventKind.RECEIVED in kinds(ledger, first)
    register_return(ledger, first, "请更正", LATER)
    assert state(ledger, first) == SubmissionState.CORRECTED
    assert [(case.fate, case.revision) for case in CASES.list_all(ledger)] == before
    register_sent(ledger, first, Way.USB, LATER)
    assert state(ledger, first) == SubmissionState.CORRECTED, "sending an old version again makes it no newer"


def test_marks_and_events_are_written_together_or_not_at_all(ledger: Ledger) -> None:
    kept = submitted(ledger, sent=False)
    ledger.connection.execute(
        "CREATE TEMP TRIGGER full BEFORE UPDATE ON case_record BEGIN SELECT RAISE(ABORT, 'disk'); END"
    )
    with pytest.raises(Exception, match="disk"):
        register_sent(ledger, kept, Way.USB, NOW)
    assert kinds(ledger, kept) == [EventKind.GENERATED] and fates(ledger) == [""]


def test_sweeping_never_takes_what_was_submitted(ledger: Ledger) -> None:
    kept = submitted(ledger)
    rows = list_files(ledger, kept.uid)
    with ledger.transaction("永久删除", at=NOW):  # nothing but the submission refers to the photo any more
        ledger.connection.execute("DELETE FROM attachment")
    sweep(ledger, NOW + timedelta(days=36_500))
    assert all(path_of(ledger.folder, row.digest, row.suffix).is_file() for row in rows)
    assert len(list((ledger.folder / FOLDER).rglob("*.*"))) == len(rows), "the rest is swept"


def test_a_file_swept_between_storing_and_noting_is_stored_again(ledger: Ledger) -> None:
    """The window of the same ledger starts, and sweeps, while the command line submits."""

    def sweep_early(statement: str) -> None:
        if statement.startswith("INSERT INTO submission_event"):
            shutil.rmtree(ledger.folder / FOLDER)

    content = collect(ledger, NOTICE, THIRD, NOW, with_photos=False)
    files = files_of(content)
    ledger.connection.set_trace_callback(sweep_early)
    kept = keep_submission(ledger, content, files, digest="0" * 64, receipt_code="2222-2222", letter=LETTER)
    ledger.connection.set_trace_callback(None)
    for row, file in zip(list_files(ledger, kept.uid), files, strict=True):
        assert path_of(ledger.folder, row.digest, row.suffix).read_bytes() == file.read()


def test_a_vanished_submission_is_a_sentence(ledger: Ledger) -> None:
    kept = submitted(ledger)
    with pytest.raises(UserError, match="没有找到这次报送的记录"):
        register_receipt(ledger, replace(kept, uid="gone"), kept.receipt_code, LATER)
