"""Sending a submission: whatever the server does, nothing is lost, nothing goes twice, and the log tells the truth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from exporters.mail_sending import Patience, send_rest
from exporters.smtp_faults import Fault, MailError, Outcome
from exporters.submission_kept import kept_letter, kept_package
from exporters.submission_mail import MailFiles, Part, write_mail
from models import mail_queue
from models.case import CaseStage
from models.case_repository import CASES
from models.errors import UserError
from models.ledger import Ledger
from models.submission import EventKind, Submission, SubmissionState, Way
from models.submission_repository import LoggedSubmission, get_submission
from tests.exporters.mail_server import (
    CODE,
    SECRET,
    SENDER,
    Authority,
    Line,
    Post,
    account_at,
    free_port,
    mail_server,
    scripted_server,
)
from tests.factories import NOW
from tests.models.submitted import a_ready_ledger, submitted

SHORT = Patience(5, 0.3)
ONE_MAIL = 20 << 20
TRIED = [EventKind.ATTEMPT, EventKind.FAILED]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def desk(tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with a_ready_ledger(tmp_path / "台账") as ledger:
        yield Desk(ledger, tmp_path / "附件", authority)


class Desk:
    """A clerk with a submission that is packed and not sent."""

    def __init__(self, ledger: Ledger, folder: Path, authority: Authority) -> None:
        self.ledger, self.folder, self.authority = ledger, folder, authority
        self.submission: Submission = submitted(ledger, sent=False)
        self.now = NOW
        self.files = self.packed(ONE_MAIL)

    def packed(self, limit: int) -> MailFiles:
        package = kept_package(self.ledger, self.submission)
        return write_mail(package, self.folder / str(limit), kept_letter(self.submission), limit=limit)

    def several(self) -> None:
        """The photo goes in a mail of its own, and the rest in another."""
        largest = max(file.byte_count for file in kept_package(self.ledger, self.submission).files)
        self.files = self.packed(largest + 4000)
        assert len(self.files.mails) >= 2

    def clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def send(self, port: int, **options: object) -> None:
        send_rest(
            self.ledger,
            self.submission.uid,
            self.files,
            account_at(port),
            SECRET,
            self.clock,
            person="赵芳",
            patience=SHORT,
            **options,  # pyright: ignore[reportArgumentType]
        )

    def fails(self, port: int, **options: object) -> MailError:
        with pytest.raises(MailError) as caught:
            self.send(port, **options)
        return caught.value

    def at_server(self, post: Post, act: Callable[[int], object]) -> object:
        with mail_server(post, self.authority.context()) as port:
            return act(port)

    @property
    def logged(self) -> LoggedSubmission:
        found = get_submission(self.ledger, self.submission.uid)
        assert found is not None
        return found

    @property
    def kinds(self) -> list[str]:
        return [event.kind for event in self.logged.events][1:]


def test_a_submission_is_sent_and_the_log_says_by_whom_and_when(desk: Desk) -> None:
    post, told = Post(), list[tuple[Part, int, int]]()
    desk.at_server(post, lambda port: desk.send(port, progress=lambda *step: told.append(step)))
    assert len(post.mails) == 1 and told[-1][0] == Part(1, 1) and told[-1][1] == told[-1][2]
    attempt, sent = desk.logged.events[1:]
    assert (attempt.kind, sent.kind, sent.way) == (EventKind.ATTEMPT, EventKind.SENT, Way.SMTP)
    assert attempt.text == f"第1封，共1封，从 {SENDER} 发往 jzghxjwlb@126.com"
    assert NOW < attempt.at < sent.at and (attempt.person, sent.person) == ("赵芳", "赵芳")
    assert desk.logged.state == SubmissionState.SENT and mail_queue.due(desk.ledger) == []
    assert [case.fate for case in CASES.list_all(desk.ledger)] == [CaseStage.SUBMITTED]


def test_what_was_sent_is_not_sent_again_unless_somebody_wants_it(desk: Desk) -> None:
    post = Post()
    desk.at_server(post, desk.send)
    before = desk.kinds
    with pytest.raises(UserError, match="已经发送过了"):
        desk.at_server(post, desk.send)
    assert len(post.mails) == 1 and desk.kinds == before
    desk.at_server(post, lambda port: desk.send(port, again=True))
    first, second = (message_id(mail.content) for mail in post.mails)
    assert first != second, "a mailbox that has put the first one away must not drop this one"
    assert desk.logged.state == SubmissionState.SENT


def message_id(content: object) -> bytes:
    assert isinstance(content, bytes)
    return next(line for line in content.splitlines() if line.startswith(b"Message-ID: <"))


@pytest.mark.parametrize(
    ("post", "fault"),
    [
        (Post(refusal="535 Error: authentication failed"), Fault.LOGIN),
        (Post(answers=["554 DT:SPM 126 smtp1"]), Fault.SPAM),
        (Post(recipient_answer="550 no such user"), Fault.ADDRESS),
    ],
)
def test_a_refusal_is_noted_and_can_be_tried_again_at_once(desk: Desk, post: Post, fault: Fault) -> None:
    error = desk.at_server(post, desk.fails)
    assert isinstance(error, MailError) and error.fault is fault
    assert desk.kinds == TRIED
    assert desk.logged.events[-1].text == f"第1封，共1封没有发出：{error.message}"
    assert desk.logged.state == SubmissionState.GENERATED and post.mails == []
    better = Post()
    desk.at_server(better, desk.send)
    assert desk.logged.state == SubmissionState.SENT and len(better.mails) == 1


def test_a_busy_server_puts_it_into_the_queue_and_one_more_try_sends_it(desk: Desk) -> None:
    post = Post(answers=["451 4.7.1 greylisted, try again later"])
    error = desk.at_server(post, desk.fails)
    assert isinstance(error, MailError) and error.outcome is Outcome.LATER
    [waiting] = mail_queue.due(desk.ledger)
    assert waiting.submission == desk.submission and desk.logged.state == SubmissionState.QUEUED
    desk.at_server(post, desk.send)
    assert len(post.mails) == 1 and desk.logged.state == SubmissionState.SENT
    assert mail_queue.due(desk.ledger) == []
    assert desk.kinds == [*TRIED, EventKind.QUEUED, EventKind.ATTEMPT, EventKind.SENT]


def test_without_a_network_it_waits_and_stays_in_the_queue_once(desk: Desk) -> None:
    port = free_port()
    assert desk.fails(port).fault is Fault.OFFLINE
    assert desk.fails(port).fault is Fault.OFFLINE
    assert desk.kinds.count(EventKind.QUEUED) == 1 and len(mail_queue.due(desk.ledger)) == 1
    mail_queue.withdraw(desk.ledger, desk.submission.uid, NOW, person="赵芳")
    assert mail_queue.due(desk.ledger) == [] and desk.logged.state == SubmissionState.GENERATED


def test_nobody_knows_what_became_of_it_until_a_person_says_so(desk: Desk) -> None:
    post = Post(hang_up=True)
    error = desk.at_server(post, desk.fails)
    assert isinstance(error, MailError) and error.outcome is Outcome.UNKNOWN
    assert desk.kinds == [EventKind.ATTEMPT] and desk.logged.state == SubmissionState.SENDING
    assert mail_queue.due(desk.ledger) == []
    willing = Post()
    with pytest.raises(UserError, match="结果不明"):
        desk.at_server(willing, desk.send)
    with pytest.raises(UserError, match="结果不明"):
        desk.at_server(willing, lambda port: desk.send(port, again=True))
    assert willing.tried == 0, "not even when somebody insists: first find out"
    assert mail_queue.settle(desk.ledger, desk.submission.uid, True, NOW, person="赵芳")
    assert desk.logged.state == SubmissionState.SENT
    with pytest.raises(UserError, match="不用说明"):
        mail_queue.settle(desk.ledger, desk.submission.uid, True, NOW)


def test_when_it_did_not_arrive_it_is_sent_once_more(desk: Desk) -> None:
    def silent(line: Line) -> None:
        line.welcome()
        line.read_mail()
        line.wait()

    with scripted_server(desk.authority.context(), silent) as port:
        assert desk.fails(port).outcome is Outcome.UNKNOWN
    assert not mail_queue.settle(desk.ledger, desk.submission.uid, False, NOW, person="赵芳")
    assert desk.logged.state == SubmissionState.GENERATED
    post = Post()
    desk.at_server(post, desk.send)
    assert len(post.mails) == 1 and desk.logged.state == SubmissionState.SENT


def test_a_power_cut_while_sending_leaves_the_question_open(desk: Desk) -> None:
    """The attempt is on the disk before anything leaves."""
    mail_queue.begin(desk.ledger, desk.submission.uid, 1, SENDER, NOW)
    folder = desk.ledger.folder
    desk.ledger.close()
    with Ledger.open(folder) as ledger:
        logged = get_submission(ledger, desk.submission.uid)
        assert logged and logged.state == SubmissionState.SENDING


def test_the_attempt_is_durable_before_the_server_gets_the_mail(desk: Desk) -> None:
    seen: list[str] = []

    def look(line: Line) -> None:
        line.welcome()
        with desk.ledger.reader() as reader:
            found = get_submission(reader, desk.submission.uid)
            assert found is not None
            seen.append(found.state)
        line.read_mail()
        line.say("250 OK")
        line.hear()

    with scripted_server(desk.authority.context(), look) as port:
        desk.send(port)
    assert seen == [SubmissionState.SENDING]


def test_several_mails_go_on_with_the_first_that_has_not_gone(desk: Desk) -> None:
    desk.several()
    count = len(desk.files.mails)
    post = Post(answers=["250 OK", "451 too many"])
    desk.at_server(post, desk.fails)
    assert len(post.mails) == 1 and desk.logged.state == SubmissionState.QUEUED
    assert mail_queue.parts_gone(desk.logged) == (Part(1, count),)
    assert f"第1封，共{count}封已发出" in [event.text for event in desk.logged.events]
    folder = desk.ledger.folder
    desk.ledger.close()  # the evening comes
    with Ledger.open(folder) as desk.ledger:
        desk.at_server(post, desk.send)
        assert len(post.mails) == count and desk.logged.state == SubmissionState.SENT
        assert len({message_id(mail.content) for mail in post.mails}) == count, "each once"
        assert desk.kinds.count(EventKind.SENT) == 1 and mail_queue.parts_gone(desk.logged) == ()


def test_an_unclear_mail_among_several_is_settled_and_the_others_follow(desk: Desk) -> None:
    desk.several()
    count = len(desk.files.mails)
    post = Post(hang_up=True)
    desk.at_server(post, desk.fails)
    assert desk.logged.state == SubmissionState.SENDING
    assert desk.logged.events[-1].text.startswith(f"第1封，共{count}封")
    assert not mail_queue.settle(desk.ledger, desk.submission.uid, True, NOW, person="赵芳")
    assert desk.logged.state == SubmissionState.QUEUED and "由本人确认" in desk.logged.events[-1].text
    rest = Post()
    desk.at_server(rest, desk.send)
    assert len(rest.mails) == count - 1 and desk.logged.state == SubmissionState.SENT


def test_another_division_does_not_continue_the_first(desk: Desk) -> None:
    desk.several()
    post = Post(answers=["250 OK", "451 too many"])
    desk.at_server(post, desk.fails)
    desk.files = desk.packed(ONE_MAIL)
    before = desk.kinds
    with pytest.raises(UserError, match="接不上"):
        desk.at_server(post, desk.send)
    assert desk.kinds == before and len(post.mails) == 1


def test_stopping_leaves_it_as_it_was(desk: Desk) -> None:
    post = Post()
    error = desk.at_server(post, lambda port: desk.fails(port, cancelled=lambda: True))
    assert isinstance(error, MailError) and error.fault is Fault.CANCELLED
    assert desk.logged.state == SubmissionState.GENERATED and desk.kinds == TRIED
    assert post.tried == 0


def test_an_attachment_that_has_gone_is_said_and_nothing_is_sent(desk: Desk) -> None:
    desk.files.mails[0].attachments[0].unlink()
    post = Post()
    with pytest.raises(UserError, match="读不出附件"):
        desk.at_server(post, desk.send)
    assert post.logins == [] and desk.logged.state == SubmissionState.GENERATED


def test_a_version_that_was_corrected_is_not_sent_any_more(desk: Desk) -> None:
    from models.submission import SubmissionEvent
    from models.submission_repository import add_event

    add_event(desk.ledger, SubmissionEvent(desk.submission.uid, NOW, EventKind.CORRECTED))
    with pytest.raises(UserError, match="更正的版本"):
        desk.send(1, again=True)
    with pytest.raises(UserError, match="找不到"):
        mail_queue.next_part(desk.ledger, "nothing", 1)


def test_the_code_is_nowhere_in_the_ledger_folder(desk: Desk) -> None:
    desk.at_server(Post(refusal=f"535 wrong: {CODE}"), desk.fails)
    desk.at_server(Post(answers=[f"550 {CODE}"]), desk.fails)
    desk.at_server(Post(), desk.send)
    desk.ledger.close()
    for file in (*desk.ledger.folder.rglob("*"), *desk.folder.rglob("*")):
        assert file.is_dir() or CODE.encode() not in file.read_bytes(), file
