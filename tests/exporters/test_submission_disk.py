"""A disk that is full or read-only while something is submitted: a sentence, no half file, the whole record or none."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from exporters.submission_export import export_again
from exporters.submission_kept import kept_letter, kept_package
from exporters.submission_mail import mail_limit, write_mail
from exporters.submission_making import collect_usual, make_submission
from exporters.submission_package import BuiltPackage, build_package
from importers.package_reading import read_package
from main import main
from models import mail_queue
from models.case import CaseStage
from models.case_repository import CASES
from models.errors import UserError
from models.ledger import Ledger
from models.notice import builtin_notice
from models.receipt_code import content_digest
from models.submission import Submission, SubmissionState, Way
from models.submission_content import COVER_FORM, DEFAULT_FORMS, PackageContent
from models.submission_repository import get_submission, list_files, list_submissions
from models.submitting import register_receipt, register_sent
from tests.exporters.test_atomic_write import file_size_limit, ordinary_user
from tests.factories import NOW
from tests.models.submitted import THIRD, a_ready_ledger

LONG_NAME = "赵芳" * 600  # for which the ledger needs a page of its own
WINDOW = "还在窗口里"


@dataclass(frozen=True)
class Desk:
    ledger: Ledger
    content: PackageContent
    out: Path

    def make(self) -> None:
        make_submission(self.ledger, self.content, self.out, read_back, person=LONG_NAME)

    def assert_nothing(self) -> None:
        """Neither a file, hidden ones included, nor a submission."""
        assert [path for path in self.out.rglob("*") if path.is_file() or path.name.startswith(".")] == []
        assert list_submissions(self.ledger) == []


def read_back(zips: Sequence[Path], password: str) -> str:
    return read_package(zips, password).digest


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A quarter that is ready. Its forms are rendered once: no disk is needed for that."""
    with a_ready_ledger(tmp_path / "台账") as ledger:
        content = collect_usual(ledger, builtin_notice(), THIRD, NOW, DEFAULT_FORMS)
        built: BuiltPackage = build_package(content)
        monkeypatch.setattr("exporters.submission_making.build_package", lambda *_given: built)
        yield Desk(ledger, content, tmp_path / "出")


def assert_plain(message: str, tmp_path: Path) -> None:
    """It can be read out: no hidden folder, no name of a class."""
    assert message.endswith("。") and "Error" not in message and ".tmp" not in message and ".part" not in message
    assert str(tmp_path / "出") in message or str(tmp_path / "台账") in message or "没有保存" in message, message


def kept_whole(ledger: Ledger, submission: Submission) -> bool:
    files = [file for file in list_files(ledger, submission.uid) if file.title != COVER_FORM]
    return content_digest([(file.name, file.digest) for file in files]) == submission.digest


def pages_of(ledger: Ledger) -> int:
    """How many pages the file has, none of them free."""
    ledger.query("PRAGMA max_page_count = 1000000")
    ledger.query("VACUUM")
    return int(ledger.query("PRAGMA page_count")[0][0])


def full_after(monkeypatch: pytest.MonkeyPatch, calls: int) -> Callable[[], int]:
    """Each of what makes, syncs or names a file works so often, then the disk is full. Tells how often it was asked."""
    asked = 0

    def counting(real: Callable[..., Any]) -> Callable[..., Any]:
        def act(*given: Any, **named: Any) -> Any:
            nonlocal asked
            asked += 1
            if asked > calls:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*given, **named)

        return act

    for name in ("mkdir", "fsync", "replace", "link"):
        monkeypatch.setattr(os, name, counting(getattr(os, name)))
    return lambda: asked


def test_wherever_the_disk_becomes_full_there_is_no_submission(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0
    for calls in range(200):
        with monkeypatch.context() as disk:
            full_after(disk, calls)
            try:
                desk.make()
            except UserError as error:
                assert_plain(error.message, tmp_path)
            else:
                break
        desk.assert_nothing()
    assert 10 < calls < 199, "many refusals, and then it went through"
    [logged] = list_submissions(desk.ledger)
    assert kept_whole(desk.ledger, logged.submission)


def test_a_file_that_does_not_fit_leaves_nothing_half(desk: Desk, tmp_path: Path) -> None:
    """The kernel refuses the write in the middle of a file."""
    told: set[str] = set()
    for size in (0, 3_000, 20_000, 60_000, 120_000):
        with file_size_limit(size), pytest.raises(UserError) as caught:
            desk.make()
        assert_plain(caught.value.message, tmp_path)
        told.add(caught.value.message)
        desk.assert_nothing()
    assert any(f"“{tmp_path / '出'}”" in message for message in told), "the folder that somebody chose"
    desk.make()
    assert len(list_submissions(desk.ledger)) == 1


def test_no_room_in_the_ledger_leaves_no_files_to_be_sent(desk: Desk) -> None:
    pages = pages_of(desk.ledger)
    more = 0
    for more in range(40):
        desk.ledger.query(f"PRAGMA max_page_count = {pages + more}")
        try:
            desk.make()
        except UserError as error:
            assert "磁盘已满" in error.message and str(desk.ledger.folder) in error.message
            desk.assert_nothing()
        else:
            break
    assert 0 < more < 39
    [logged] = list_submissions(desk.ledger)
    assert kept_whole(desk.ledger, logged.submission) and logged.state == SubmissionState.GENERATED
    assert desk.ledger.query("PRAGMA integrity_check") == [("ok",)]


def test_what_was_made_there_to_look_at_stays_when_the_ledger_is_full(desk: Desk) -> None:
    looked = make_submission(desk.ledger, desk.content, desk.out, read_back, keep=False)
    before = {path: (path.read_bytes(), path.stat().st_ino) for path in looked.files}
    desk.ledger.query(f"PRAGMA max_page_count = {pages_of(desk.ledger)}")
    with pytest.raises(UserError, match="磁盘已满"):
        desk.make()
    after = {path: (path.read_bytes(), path.stat().st_ino) for path in desk.out.rglob("*") if path.is_file()}
    assert after == before and list_submissions(desk.ledger) == []


def test_what_became_of_it_is_noted_whole_or_not_at_all(desk: Desk) -> None:
    """In a full ledger: that it was sent goes with the mark on the case, or neither is there."""
    desk.make()
    [logged] = list_submissions(desk.ledger)
    kept = logged.submission
    steps: list[tuple[Callable[[], object], str]] = [
        (lambda: mail_queue.begin(desk.ledger, kept.uid, 1, "a@example.org", NOW), SubmissionState.SENDING),
        (lambda: mail_queue.settle(desk.ledger, kept.uid, True, NOW), SubmissionState.SENT),
        (lambda: register_receipt(desk.ledger, kept, kept.receipt_code, NOW), SubmissionState.RECEIVED),
    ]
    refused = 0
    for act, wanted in steps:
        pages = pages_of(desk.ledger)
        before, fate = get_submission(desk.ledger, kept.uid), CASES.list_all(desk.ledger)[0].fate
        more = 0
        for more in range(40):
            desk.ledger.query(f"PRAGMA max_page_count = {pages + more}")
            try:
                act()
            except UserError as error:
                refused += 1
                assert "磁盘已满" in error.message and WINDOW in error.message
                assert get_submission(desk.ledger, kept.uid) == before
                assert CASES.list_all(desk.ledger)[0].fate == fate
            else:
                break
        assert more < 39
        found = get_submission(desk.ledger, kept.uid)
        assert found and found.state == wanted
        assert (CASES.list_all(desk.ledger)[0].fate == CaseStage.SUBMITTED) == (wanted != SubmissionState.SENDING)
    assert refused


def test_a_mail_that_did_not_go_is_never_noted_without_its_place_in_the_queue(desk: Desk) -> None:
    """The power goes between the two: then nobody knows how the sending ended, as it was before."""
    desk.make()
    [logged] = list_submissions(desk.ledger)
    part = mail_queue.begin(desk.ledger, logged.submission.uid, 1, "a@example.org", NOW)
    desk.ledger.query(
        "CREATE TEMP TRIGGER cut BEFORE INSERT ON main.submission_event WHEN NEW.kind = 'queued'"
        " BEGIN SELECT RAISE(ABORT, 'the power goes'); END"
    )
    with pytest.raises(sqlite3.IntegrityError, match="the power goes"):
        mail_queue.did_not_go(desk.ledger, logged.submission.uid, part, "没有联网。", NOW, later=True)
    assert list_submissions(desk.ledger)[0].state == SubmissionState.SENDING
    desk.ledger.query("DROP TRIGGER cut")
    mail_queue.did_not_go(desk.ledger, logged.submission.uid, part, "没有联网。", NOW, later=True)
    assert [each.submission for each in mail_queue.due(desk.ledger)] == [logged.submission]


def test_taking_it_out_again_onto_a_full_disk(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lay there from the last time stays as it was."""
    desk.make()
    [logged] = list_submissions(desk.ledger)
    first = {path: path.read_bytes() for path in export_again(desk.ledger, logged.submission, desk.out)}
    package, letter = kept_package(desk.ledger, logged.submission), kept_letter(logged.submission)
    acts: list[Callable[[], object]] = [
        lambda: export_again(desk.ledger, logged.submission, desk.out),
        lambda: write_mail(package, desk.out, letter, limit=mail_limit(20)),
    ]
    before = {path: path.read_bytes() for path in desk.out.rglob("*") if path.is_file()}
    assert first.items() <= before.items()
    for act in acts:
        calls = 0
        for calls in range(100):
            with monkeypatch.context() as disk:
                full_after(disk, calls)
                try:
                    act()
                except UserError as error:
                    assert_plain(error.message, tmp_path)
                else:
                    break
            assert {path: path.read_bytes() for path in desk.out.rglob("*") if path.is_file()} == before
        assert 3 < calls < 99
        with file_size_limit(9_000), pytest.raises(UserError) as caught:
            act()
        assert_plain(caught.value.message, tmp_path)
        assert {path: path.read_bytes() for path in desk.out.rglob("*") if path.is_file()} == before


def test_a_folder_that_may_not_be_written_to(desk: Desk) -> None:
    desk.out.mkdir()
    desk.out.chmod(0o555)
    with ordinary_user(), pytest.raises(UserError, match=r"没有权限写入“.*出”。请换一个文件夹"):
        desk.make()
    desk.assert_nothing()


def test_a_ledger_that_may_not_be_written_to_any_more(desk: Desk) -> None:
    desk.ledger.query("PRAGMA query_only = ON")
    with pytest.raises(UserError, match="台账”是只读的，不能保存"):
        desk.make()
    desk.assert_nothing()
    desk.ledger.query("PRAGMA query_only = OFF")
    desk.make()
    [logged] = list_submissions(desk.ledger)
    desk.ledger.query("PRAGMA query_only = ON")
    with pytest.raises(UserError, match="只读"):
        register_sent(desk.ledger, logged.submission, Way.USB, NOW)
    assert list_submissions(desk.ledger) == [logged]


def test_a_command_says_where_and_speaks_of_no_window(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    a_ready_ledger(tmp_path / "台账").close()
    words = ["submit", "--period", "2025Q3", "--out", str(tmp_path / "出"), "--ledger", str(tmp_path / "台账")]
    with file_size_limit(60_000):
        assert main(words) == 2
    said = capsys.readouterr().err
    assert "放不下" in said and f"“{tmp_path / '出'}”" in said and WINDOW not in said
    connect = Ledger.open

    def nearly_full(folder: Path, *, exclusive: bool = True) -> Ledger:
        ledger = connect(folder, exclusive=exclusive)
        ledger.query(f"PRAGMA max_page_count = {pages_of(ledger)}")
        return ledger

    monkeypatch.setattr(Ledger, "open", nearly_full)
    monkeypatch.setattr("models.persons.current_person", lambda *_given: LONG_NAME)
    assert main(words) == 2
    said = capsys.readouterr().err
    assert "磁盘已满" in said and f"“{tmp_path / '台账'}”" in said and WINDOW not in said


def test_without_room_for_temporary_files_a_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_ready_ledger(tmp_path / "台账") as ledger:
        content = collect_usual(ledger, builtin_notice(), THIRD, NOW, DEFAULT_FORMS)
        with monkeypatch.context() as gone:
            gone.setattr("tempfile.tempdir", str(tmp_path / "没有"))
            with pytest.raises(UserError, match="找不到“临时文件夹”"):
                make_submission(ledger, content, tmp_path / "出", read_back)
        with file_size_limit(2_000), pytest.raises(UserError, match=r"磁盘空间不够，“表2.*xlsx”没有保存"):
            make_submission(ledger, content, tmp_path / "出", read_back)
        assert list_submissions(ledger) == [] and not (tmp_path / "出").exists()
