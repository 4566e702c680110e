"""A server that never comes to an end is left in time; what cannot be understood is never taken for a refusal."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterator

import pytest

from exporters.smtp_faults import Fault, MailError, Outcome
from exporters.smtp_login import try_login
from tests.exporters.mail_server import CODE, SECRET, SENDER, Authority, Line, account_at, scripted_server
from tests.exporters.test_smtp import post_mail

WAIT = 0.3  # seconds that a reply may take here
TOLD = base64.b64encode(f"\0{SENDER}\0{CODE}".encode()).decode()
Script = Callable[[Line], None]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(autouse=True)
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    yield


def at_server(authority: Authority, script: Script, *, login: bool = False) -> MailError | None:
    """The fault that sending a mail (or only logging in) ends with, None when the mail was taken."""
    with scripted_server(authority.context(), script) as port:
        try:
            if login:
                try_login(account_at(port), SECRET, timeout=WAIT)
            else:
                post_mail(account_at(port), timeout=WAIT, answer_timeout=WAIT)
        except MailError as error:
            assert CODE not in repr(error) + error.message + error.detail
            return error
    return None


def greet(line: Line) -> None:
    line.say("220 test")
    line.hear()
    line.say("250-test\r\n250 AUTH PLAIN LOGIN")


def come_to(stage: str, line: Line) -> None:
    """Everything before the server's words at this stage."""
    if stage == "greeting":
        return
    if stage == "hello":
        line.say("220 test")
        line.hear()
        return
    if stage in ("login", "data"):
        greet(line)
        line.hear()
        for answer in ("235 welcome", "250 OK", "250 OK") if stage == "data" else ():
            line.say(answer)
            line.hear()
        return
    line.welcome()
    line.read_mail()
    if stage == "goodbye":
        line.say("250 OK")
        line.hear()


def dripping(line: Line) -> None:
    """A letter now and then: far more often than the time limit, for far longer than it."""
    pause = threading.Event()
    for _ in range(250):
        line.connection.sendall(b"2")
        pause.wait(0.02)


def endless(line: Line) -> None:
    for _ in range(20_000):
        line.connection.sendall(b"250-and another line of this reply\r\n")


def one_long_line(line: Line) -> None:
    line.connection.sendall(b"250 " + b"x" * 1_000_000)
    line.wait()


BEFORE = ("greeting", "hello", "login", "data")


@pytest.mark.parametrize("stage", BEFORE)
def test_a_letter_now_and_then_does_not_keep_anybody_waiting(authority: Authority, stage: str) -> None:
    error = at_server(authority, lambda line: (come_to(stage, line), dripping(line))[0])
    assert error and (error.fault, error.outcome) == (Fault.TIMEOUT, Outcome.LATER)


@pytest.mark.parametrize("talk", [endless, one_long_line])
@pytest.mark.parametrize("stage", BEFORE)
def test_a_reply_without_end_is_not_listened_to(authority: Authority, stage: str, talk: Script) -> None:
    error = at_server(authority, lambda line: (come_to(stage, line), talk(line))[0])
    assert error and error.outcome is Outcome.LATER
    assert error.fault in (Fault.LOST, Fault.TIMEOUT), "whichever limit a busy machine comes to first"


@pytest.mark.parametrize("stage", ["greeting", "hello", "login"])
@pytest.mark.parametrize("talk", [dripping, endless, one_long_line])
def test_trying_the_login_comes_to_an_end_too(authority: Authority, stage: str, talk: Script) -> None:
    error = at_server(authority, lambda line: (come_to(stage, line), talk(line))[0], login=True)
    assert error and error.fault in (Fault.TIMEOUT, Fault.LOST)


def saying(words: bytes) -> Script:
    def say(line: Line) -> None:
        line.connection.sendall(words)

    say.__name__ = repr(words)
    return say


@pytest.mark.parametrize(
    "talk",
    [
        *(dripping, endless, one_long_line),
        *map(saying, (b"", b"\r\n", b"\xff\xfe\r\n", b"250 O", b"250-OK\r\n", b"25", b"2_5 OK\r\n")),
        *map(saying, (b"100 OK\r\n", b"354 go on\r\n", b"600 OK\r\n", b"999 OK\r\n", b"OK\r\n", b"-250 OK\r\n")),
    ],
    ids=lambda talk: talk.__name__,
)
def test_after_the_mail_only_a_clear_no_means_that_it_was_not_sent(authority: Authority, talk: Script) -> None:
    """A long 250 was once taken for a refusal; the clerk would have sent the same mail again."""
    error = at_server(authority, lambda line: (come_to("answer", line), talk(line))[0])
    assert error and (error.fault, error.outcome) == (Fault.UNCLEAR, Outcome.UNKNOWN)


@pytest.mark.parametrize("talk", [dripping, endless, one_long_line])
def test_a_goodbye_without_end_does_not_hold_up_a_mail_that_was_taken(
    authority: Authority, talk: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exporters.smtp_connection.GOODBYE", WAIT)
    assert at_server(authority, lambda line: (come_to("goodbye", line), talk(line))[0]) is None


@pytest.mark.parametrize("login", [False, True])
@pytest.mark.parametrize("question", ["334 abcde", "334 =", "334 \xff", "334"])
def test_a_question_that_cannot_be_understood_is_a_sentence(authority: Authority, question: str, login: bool) -> None:
    def ask(line: Line) -> None:
        greet(line)
        for _ in range(10):
            line.hear()
            line.say(question)

    error = at_server(authority, ask, login=login)
    assert error and error.outcome is Outcome.LATER


@pytest.mark.parametrize(
    "words",
    [
        *(f"535 wrong: {CODE.lower()}", f"500 what is AUTH PLAIN {TOLD.upper()}", f"500 AUTH PLAIN {TOLD[:40]} ..."),
        *(f"535-wrong: {CODE[:8]}\r\n535 {CODE[8:]}", f"500 {CODE[2:-1]}?", f"500 {CODE}{CODE}", f"421 {TOLD[9:]}"),
    ],
)
@pytest.mark.parametrize("login", [False, True])
def test_no_piece_of_the_code_comes_back_in_the_servers_words(authority: Authority, words: str, login: bool) -> None:
    def refuse(line: Line) -> None:
        greet(line)
        line.hear()
        line.say(words)

    error = at_server(authority, refuse, login=login)
    assert error and "***" in error.detail
    said = (error.message + error.detail).lower()
    for form in (CODE.lower(), TOLD.lower()):
        assert not any(form[start : start + 5] in said for start in range(len(form) - 4))
