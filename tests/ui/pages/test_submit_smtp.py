"""This program sends a submission itself: once, and once more only when somebody wants that."""

from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import Qt

from models import mail_queue
from models.mail_account import save_account
from models.submission import EventKind, SubmissionEvent, SubmissionState
from models.submission_repository import add_event
from models.submitting import register_receipt
from tests.exporters.key_stores import Vault
from tests.exporters.mail_server import SECRET, Authority, Post, account_at, free_port, mail_server
from tests.factories import NOW
from tests.ui.pages.submit_desk import Desk, a_desk, add_case_with_photos, to_step
from ui.mail_secrets import secret_store
from ui.pages.submit_state import PACK, SEND


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Desk:
    return a_desk(qtbot, tmp_path)


@pytest.fixture
def mailbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    """This computer trusts the test's servers and has a key store."""
    made, before = Authority(tmp_path), keyring.get_keyring()
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    keyring.set_keyring(Vault())
    secret_store.cache_clear()
    yield made
    secret_store.cache_clear()
    keyring.set_keyring(before)


def set_up(desk: Desk, port: int) -> None:
    save_account(desk.window.context.ledger, account_at(port))
    secret_store().keep(account_at(port), SECRET)


def test_an_attempt_of_unknown_outcome_is_asked_about_and_never_repeated(desk: Desk) -> None:
    to_step(desk, SEND)
    context = desk.window.context
    mail_queue.begin(context.ledger, desk.newest().uid, 1, "a@126.com", NOW)
    context.changed.emit()
    desk.wait()
    strip = desk.page.send.state
    assert strip.isVisible() and "不明" in strip.text()
    assert not desk.page.receipt.sent_button.isEnabled()
    arrived = next(each for each in strip.links() if each.text() == "对方收到了")
    desk.click(arrived)
    assert desk.logged()[0].state == SubmissionState.SENT


def test_sending_directly_is_set_up_in_the_settings(desk: Desk) -> None:
    to_step(desk, SEND)
    assert not desk.page.send.send_button.isVisible()
    desk.click(desk.page.send.settings_link)
    assert desk.window.current_page() == "settings"


def test_this_program_sends_it_itself(desk: Desk, mailbox: Authority) -> None:
    post = Post()
    with mail_server(post, mailbox.context()) as port:
        set_up(desk, port)
        to_step(desk, SEND)
        desk.click(desk.page.send.send_button)
        desk.qtbot.waitUntil(lambda: desk.logged()[0].state == SubmissionState.SENT)
    [mail] = post.mails
    assert mail.rcpt_tos == ["jzghxjwlb@126.com"]
    assert desk.logged()[0].events[-1].way == "smtp"
    assert not desk.page.receipt.sent_button.isVisible()


def test_without_a_network_it_waits_and_goes_once_when_there_is_one(desk: Desk, mailbox: Authority) -> None:
    post = Post()
    set_up(desk, free_port())
    to_step(desk, SEND)
    desk.click(desk.page.send.send_button)
    desk.qtbot.waitUntil(lambda: desk.logged()[0].state == SubmissionState.QUEUED)
    assert desk.page.send.state.isVisible() and "没有发出" in desk.page.send.state.text()
    desk.leave()
    desk.open()
    assert desk.step == SEND
    assert "网络" in desk.page.send.state.text()
    assert desk.page.send.cards["smtp"].is_chosen(), "the draft would be a second mail"
    with mail_server(post, mailbox.context()) as port:
        set_up(desk, port)
        desk.page.refresh()
        desk.click(desk.page.send.send_button)
        desk.qtbot.waitUntil(lambda: desk.logged()[0].state == SubmissionState.SENT)
    assert len(post.mails) == 1


def test_a_refused_login_says_what_to_do_and_sends_nothing(desk: Desk, mailbox: Authority) -> None:
    post = Post(refusal="535 Error: authentication failed")
    with mail_server(post, mailbox.context()) as port:
        set_up(desk, port)
        to_step(desk, SEND)
        desk.page.send.send_button.setFocus()
        desk.qtbot.keyClick(desk.page.send.send_button, Qt.Key.Key_Space)
        assert desk.page.send.stop_button.hasFocus(), "not the next link, which a second key would open"
        desk.qtbot.waitUntil(desk.page.send.state.isVisible)
    assert desk.page.send.send_button.hasFocus()
    assert "授权码" in desk.page.send.state.text()
    assert desk.logged()[0].state == SubmissionState.GENERATED
    assert not post.mails


def test_a_code_that_was_only_in_memory_is_asked_for_in_the_settings(desk: Desk, mailbox: Authority) -> None:
    save_account(desk.window.context.ledger, account_at(free_port()))
    to_step(desk, SEND)
    desk.click(desk.page.send.send_button)
    assert "授权码" in desk.page.send.state.text()
    assert [event.kind for event in desk.logged()[0].events] == ["generated"]
    desk.click(desk.page.send.state.links()[0])
    assert desk.window.current_page() == "settings"


def test_what_went_already_is_sent_once_more_by_somebody_who_knows_that(desk: Desk, mailbox: Authority) -> None:
    post = Post()
    with mail_server(post, mailbox.context()) as port:
        set_up(desk, port)
        to_step(desk, SEND)
        send = desk.page.send
        desk.click(send.send_button)
        desk.qtbot.waitUntil(lambda: desk.logged()[0].state == SubmissionState.SENT)
        register_receipt(desk.window.context.ledger, desk.newest(), desk.newest().receipt_code, NOW)
        desk.page.refresh()
        desk.click(send.send_button)
        assert "会收到两封" in send.state.text() and len(post.mails) == 1
        desk.click(send.state.links()[1])
        assert not send.state.isVisible() and len(post.mails) == 1, "不发"
        desk.click(send.send_button)
        desk.click(send.state.links()[0])
        desk.qtbot.waitUntil(lambda: len(post.mails) == 2)
        desk.qtbot.waitUntil(lambda: not desk.page.sending.smtp.busy)
    assert desk.logged()[0].state == SubmissionState.RECEIVED, "what was confirmed stays confirmed"
    parse = BytesParser(policy=policy.default).parsebytes
    first, second = (parse(mail.content) for mail in post.mails if isinstance(mail.content, bytes))
    assert first["Subject"] == second["Subject"]
    assert first["Message-ID"] != second["Message-ID"], "or the receiver's server may drop the second"


def test_a_version_that_was_corrected_is_not_sent_any_more(desk: Desk, mailbox: Authority) -> None:
    set_up(desk, free_port())
    to_step(desk, SEND)
    add_event(
        desk.window.context.ledger, SubmissionEvent(desk.newest().uid, NOW, EventKind.CORRECTED, text="BS-2025-002")
    )
    desk.page.refresh()
    desk.click(desk.page.send.send_button)
    assert "最新的一版" in desk.page.send.state.text()
    assert desk.logged()[0].state == SubmissionState.CORRECTED


def test_a_second_sending_that_fails_says_so_and_leaves_it_sent(desk: Desk, mailbox: Authority) -> None:
    post = Post(refusal="535 wrong")
    with mail_server(post, mailbox.context()) as port:
        set_up(desk, port)
        to_step(desk, SEND)
        desk.click(desk.page.receipt.sent_button)
        desk.click(desk.page.send.send_button)
        desk.click(desk.page.send.state.links()[0])
        desk.qtbot.waitUntil(lambda: "授权码" in desk.page.send.state.text())
    assert desk.logged()[0].state == SubmissionState.SENT and not post.mails


def test_a_mail_too_large_for_the_mailbox_is_divided(desk: Desk, mailbox: Authority) -> None:
    post = Post(answers=["552 5.3.4 message size exceeds fixed limit"])
    with mail_server(post, mailbox.context()) as port:
        set_up(desk, port)
        add_case_with_photos(desk, 3)
        to_step(desk, SEND)
        desk.click(desk.page.send.send_button)
        desk.qtbot.waitUntil(lambda: "改附件大小" in desk.page.send.state.text())
        desk.click(desk.page.send.state.links()[0])
        assert desk.step == PACK
        limit = desk.page.pack.limit
        limit.selectAll()
        desk.qtbot.keyClicks(limit, "1")
        desk.click(desk.page.next_button)
        assert desk.step == SEND
        desk.click(desk.page.send.send_button)
        desk.qtbot.waitUntil(lambda: desk.logged()[0].state == SubmissionState.SENT)
    assert len(post.mails) > 1
