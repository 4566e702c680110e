"""A mail reaches a real server or does not, and whoever waits for it is told the truth and what to do."""

from __future__ import annotations

import base64
import email
import email.policy
import logging
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exporters.eml import Attachment, Draft, message_bytes
from exporters.mail_secret import Secret
from exporters.smtp import send
from exporters.smtp_connection import tls_context
from exporters.smtp_faults import Fault, MailError, Outcome, Phase, of_connection, of_reply
from models.errors import UserError
from models.mail_account import PROVIDERS, MailAccount, suggest_account
from tests.exporters.mail_server import (
    BODY_READ,
    CODE,
    RECIPIENT,
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

NOON = datetime(2025, 10, 10, 12, 0, tzinfo=UTC)
SMALL = Draft(RECIPIENT, SENDER, "【活动台账】××工会", "正文\n.\n..两点开头\n")
LARGE = Draft(
    RECIPIENT, SENDER, "大附件", "正文", (Attachment("a.zip", bytes(range(256)) * 24_000, "application/zip"),)
)
WAIT = 0.3  # seconds: longer than anything takes on this computer


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(autouse=True)
def trusted(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The system trusts the authority of this run and no other."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    monkeypatch.setenv("SSL_CERT_DIR", str(authority.file.parent / "none"))
    yield


def post_mail(account: MailAccount, draft: Draft = SMALL, **options: object) -> None:
    send(message_bytes(draft, NOON, "key"), account, SECRET, recipient=RECIPIENT, **options)  # pyright: ignore[reportArgumentType]


def refused(account: MailAccount, draft: Draft = SMALL, **options: object) -> MailError:
    with pytest.raises(MailError) as caught:
        post_mail(account, draft, **options)
    assert CODE not in caught.value.message + caught.value.detail + str(caught.value) + repr(caught.value)
    return caught.value


@pytest.mark.parametrize("starttls", [False, True])
def test_a_mail_arrives_as_it_was_sent(authority: Authority, starttls: bool) -> None:
    post, told = Post(), list[tuple[int, int]]()
    with mail_server(post, authority.context(), starttls=starttls) as port:
        post_mail(account_at(port, starttls=starttls), LARGE, progress=lambda done, total: told.append((done, total)))
    [mail] = post.mails
    assert mail.content == message_bytes(LARGE, NOON, "key")
    assert (mail.mail_from, mail.rcpt_tos) == (SENDER, [RECIPIENT])
    assert post.logins == [(SENDER, CODE)]
    assert told[-1][0] == told[-1][1] == len(message_bytes(LARGE, NOON, "key"))
    assert [done for done, _ in told] == sorted({done for done, _ in told}) and len(told) > 100


def test_lines_that_begin_with_a_dot_arrive(authority: Authority) -> None:
    post = Post()
    message = b"Subject: x\r\n\r\n.\r\n..\r\n.end"
    with mail_server(post, authority.context()) as port:
        send(message, account_at(port), SECRET, recipient=RECIPIENT)
    assert post.mails[0].content == message + b"\r\n"


def test_a_server_that_only_knows_the_older_login_is_understood(authority: Authority) -> None:
    post = Post()
    with mail_server(post, authority.context(), auth_exclude_mechanism=["PLAIN"]) as port:
        post_mail(account_at(port))
    assert post.logins == [(SENDER, CODE)] and len(post.mails) == 1


def test_the_program_writes_date_and_identity_and_the_same_mail_has_the_same_one() -> None:
    first, again, other = (
        email.message_from_bytes(message_bytes(SMALL, when, key), policy=email.policy.default)
        for when, key in ((NOON, "a 1/1"), (datetime(2025, 10, 11, tzinfo=UTC), "a 1/1"), (NOON, "a 2/2"))
    )
    assert first["X-Unsent"] is None and first["Date"].datetime == NOON
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]
    assert first["Message-ID"].endswith("@126.com>")
    long = Draft(RECIPIENT, f"a@{'b' * 60}.{'c' * 60}.cn", "s", "b")
    assert all(len(line) <= 78 for line in message_bytes(long, NOON, "k").splitlines() if b"From" not in line[:5])


def test_a_refused_login_explains_the_code_and_is_tried_once(authority: Authority) -> None:
    blob = base64.b64encode(f"\0{SENDER}\0{CODE}".encode()).decode()
    post = Post(refusal=f"535 Error: authentication failed for {CODE} {blob}")
    with mail_server(post, authority.context()) as port:
        fault = refused(account_at(port))
    assert (fault.fault, fault.outcome, fault.code) == (Fault.LOGIN, Outcome.NOT_SENT, 535)
    assert "授权码，不是邮箱的登录密码" in fault.message and fault.detail.endswith("*** ***")
    assert len(post.logins) == 1 and post.mails == []


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.key)
def test_each_mail_service_tells_how_to_get_a_code(provider: object) -> None:
    account = suggest_account(f"gonghui@{provider.hosts[0][0]}")  # pyright: ignore[reportAttributeAccessIssue]
    assert account.provider is provider
    fault = of_reply(Phase.LOGIN, 535, b"Error: authentication failed", account, SECRET)
    assert account.steps in fault.message and "授权码" in account.steps
    assert ("最多有两个" in fault.message) == (account.host in ("smtp.126.com", "smtp.163.com"))


@pytest.mark.parametrize(
    ("answer", "fault", "outcome", "words"),
    [
        ("554 DT:SPM 126 smtp5,DMmowAA 1476 http://mail.163.com/help", Fault.SPAM, Outcome.NOT_SENT, "网页邮箱"),
        ("552 message exceeds fixed maximum message size", Fault.SIZE, Outcome.NOT_SENT, "改附件大小"),
        ("550 message size too large", Fault.SIZE, Outcome.NOT_SENT, "改附件大小"),
        ("552 mailbox quota exceeded", Fault.REFUSED, Outcome.NOT_SENT, "已满"),
        ("550 no", Fault.REFUSED, Outcome.NOT_SENT, "服务器的答复是：550 no。"),
        ("451 greylisted", Fault.BUSY, Outcome.LATER, "再发一次"),
        ("421 closing", Fault.BUSY, Outcome.LATER, "再发一次"),
        ("450 later", Fault.BUSY, Outcome.LATER, "再发一次"),
        ("399 what", Fault.UNCLEAR, Outcome.UNKNOWN, "不知道发出没有"),
    ],
)
def test_the_servers_verdict_on_a_mail_is_told_with_what_to_do(
    authority: Authority, answer: str, fault: Fault, outcome: Outcome, words: str
) -> None:
    post = Post(answers=[answer])
    with mail_server(post, authority.context()) as port:
        error = refused(account_at(port))
    assert (error.fault, error.outcome) == (fault, outcome)
    assert words in error.message and post.mails == []


def test_a_recipient_that_does_not_exist_is_named(authority: Authority) -> None:
    post = Post(recipient_answer="550 User not found")
    with mail_server(post, authority.context()) as port:
        error = refused(account_at(port))
    assert error.fault is Fault.ADDRESS and "核对收件邮箱" in error.message and "550 User not found" in error.message


def test_a_mail_above_the_servers_limit_is_not_even_begun(authority: Authority) -> None:
    post = Post()
    with mail_server(post, authority.context(), data_size_limit=1_000_000) as port:
        error = refused(account_at(port), LARGE)
    assert error.fault is Fault.SIZE and "8 MB，最多 1 MB" in error.message and post.tried == 0


@pytest.mark.parametrize(
    ("name", "not_after", "words"),
    [("mail.example.cn", None, "核对服务器名称"), ("localhost", datetime(2024, 1, 1, tzinfo=UTC), "日期对不对")],
)
def test_a_wrong_certificate_stops_before_the_code_is_told(
    authority: Authority, name: str, not_after: datetime | None, words: str
) -> None:
    for starttls in (False, True):
        post = Post()
        with mail_server(post, authority.context(name, not_after), starttls=starttls) as port:
            error = refused(account_at(port, starttls=starttls))
        assert (error.fault, error.outcome) == (Fault.CERTIFICATE, Outcome.NOT_SENT)
        assert words in error.message and post.logins == []


def test_a_certificate_of_an_unknown_authority_is_refused(authority: Authority, tmp_path: Path) -> None:
    post = Post()
    with mail_server(post, Authority(tmp_path).context()) as port:
        error = refused(account_at(port))
    assert error.fault is Fault.CERTIFICATE and "杀毒软件" in error.message and post.logins == []


def test_without_encryption_nothing_is_told(authority: Authority) -> None:
    heard: list[str] = []

    def greet(line: Line) -> None:
        line.say("220 test")
        heard.append(line.hear())
        line.say("250-test\r\n250 AUTH PLAIN")
        heard.append(line.hear())

    with scripted_server(None, greet) as port:
        assert refused(account_at(port, starttls=True)).fault is Fault.ENCRYPTION
    assert not any("AUTH" in each for each in heard)
    with scripted_server(None, lambda line: line.say("220 test")) as port:
        error = refused(account_at(port))
    assert error.fault is Fault.ENCRYPTION and "465 用 SSL/TLS" in error.message
    with scripted_server(
        authority.context(), lambda line: (line.say("220 x"), line.hear(), line.say("250 x"))[0]
    ) as port:
        assert refused(account_at(port)).fault is Fault.ENCRYPTION, "no login offered"


def test_tls_is_new_enough_and_checked() -> None:
    context = tls_context()
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert context.check_hostname and context.verify_mode is ssl.CERT_REQUIRED


def test_a_closed_port_is_offline() -> None:
    account = account_at(free_port())
    error = refused(account)
    assert (error.fault, error.outcome) == (Fault.OFFLINE, Outcome.LATER) and "网页邮箱" in error.message


def test_a_name_nobody_knows_is_most_likely_no_network() -> None:
    import socket

    error = of_connection(Phase.CONNECT, socket.gaierror(-3, "Temporary failure"), account_at(465), SECRET)
    assert (error.fault, error.outcome) == (Fault.OFFLINE, Outcome.LATER) and "没有联网" in error.message


@pytest.mark.parametrize("stage", ["before a word", "after the greeting", "in the middle of the login"])
def test_a_silent_server_is_given_up_and_nothing_was_sent(authority: Authority, stage: str) -> None:
    def script(line: Line) -> None:
        if stage != "before a word":
            line.say("220 test")
        if stage.endswith("login"):
            line.hear()
            line.say("250-test\r\n250 AUTH PLAIN")
        line.wait()

    with scripted_server(authority.context(), script) as port:
        error = refused(account_at(port), timeout=WAIT)
    assert (error.fault, error.outcome) == (Fault.TIMEOUT, Outcome.LATER)


def test_no_answer_to_the_mail_means_nobody_knows(authority: Authority) -> None:
    read: list[bytes] = []

    def script(line: Line) -> None:
        line.welcome()
        read.append(line.read_mail())
        line.wait()

    with scripted_server(authority.context(), script) as port:
        error = refused(account_at(port), answer_timeout=WAIT)
    assert (error.fault, error.outcome) == (Fault.UNCLEAR, Outcome.UNKNOWN)
    assert "“已发送”" in error.message and b"Subject" in read[0], "it was all there: it may be delivered"


def test_a_server_that_hangs_up_after_the_mail_leaves_it_unclear(authority: Authority) -> None:
    post = Post(hang_up=True)
    with mail_server(post, authority.context()) as port:
        error = refused(account_at(port))
    assert (error.fault, error.outcome, post.tried) == (Fault.UNCLEAR, Outcome.UNKNOWN, 1)


def test_a_server_that_hangs_up_in_the_middle_has_not_got_it(authority: Authority) -> None:
    read: list[bytes] = []

    def script(line: Line) -> None:
        line.welcome()
        read.append(line.file.read(BODY_READ))
        line.break_off()

    with scripted_server(authority.context(), script) as port:
        error = refused(account_at(port), LARGE)
    assert (error.fault, error.outcome) == (Fault.LOST, Outcome.LATER) and "对方不会收到" in error.message
    assert b"\r\n.\r\n" not in read[0]


def test_a_server_that_stops_listening_is_heard_out(authority: Authority) -> None:
    """It says why and reads no further; the mail is still on its way."""
    given_up = threading.Event()

    def script(line: Line) -> None:
        line.welcome()
        line.file.read(BODY_READ)
        line.say("552 5.3.4 message too big")
        given_up.wait(10)

    with scripted_server(authority.context(), script) as port:
        error = refused(account_at(port), LARGE, timeout=WAIT)
        given_up.set()
    assert (error.fault, error.outcome, error.code) == (Fault.SIZE, Outcome.NOT_SENT, 552)


def test_stopping_in_the_middle_leaves_the_server_without_a_mail(authority: Authority) -> None:
    post, told = Post(), list[int]()
    with mail_server(post, authority.context()) as port:
        error = refused(
            account_at(port),
            LARGE,
            progress=lambda done, _total: told.append(done),
            cancelled=lambda: len(told) >= 20,
        )
    assert (error.fault, error.outcome) == (Fault.CANCELLED, Outcome.NOT_SENT)
    assert len(told) == 20 and post.tried == 0
    assert refused(account_at(1), cancelled=lambda: True).fault is Fault.CANCELLED, "before anything is opened"


def test_a_goodbye_that_fails_does_not_unsend_the_mail(authority: Authority) -> None:
    def script(line: Line) -> None:
        line.welcome()
        line.read_mail()
        line.say("250 OK")
        line.break_off()

    with scripted_server(authority.context(), script) as port:
        post_mail(account_at(port))


def test_the_code_is_in_no_log_and_no_text(
    authority: Authority, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with mail_server(Post(), authority.context()) as port:
        post_mail(account_at(port))
    own = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("mail.log"))
    assert CODE not in own and "a mail of" in own
    assert CODE not in "".join(capfd.readouterr()) and CODE not in f"{SECRET} {SECRET!r} {[SECRET]} {SECRET!s}"


@pytest.mark.parametrize("recipient", ["", "a@126.com\r\nRCPT TO:<b@c.cn>", "a@126.com>\r\nDATA"])
def test_an_address_cannot_bring_a_command(recipient: str) -> None:
    with pytest.raises(UserError, match="收件邮箱"):
        send(b"x\r\n", account_at(1), SECRET, recipient=recipient)


def test_a_reply_in_gbk_is_read_and_shortened() -> None:
    error = of_reply(Phase.DATA, 550, "拒收".encode("gbk") + b"\nx" * 300, account_at(1), Secret("zz"))
    assert "550 拒收 x x" in error.message and len(error.message) < 300 and "\n" not in error.message
