"""The last two steps of 报送: packing, and what leaves by which way – never twice, and never a password with it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt

from exporters.submission_mail import letter_for
from importers.package_reading import read_package
from models import mail_queue
from models.errors import UserError
from models.mail_account import save_account
from models.settings import get_setting
from models.submission import Submission, SubmissionState
from tests.exporters.mail_server import SECRET, Authority, Post, account_at, free_port, mail_server
from tests.factories import NOW
from tests.ui.driver import settle
from tests.ui.pages.submit_desk import Desk, a_desk, to_step
from ui.mail_secrets import secret_store
from ui.pages.submit_mail import is_protected
from ui.pages.submit_state import CONTENTS, PACK, SEND, SETTING, VIEW


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Desk:
    return a_desk(qtbot, tmp_path)


def submitted(period: str, version: int = 1) -> Submission:
    return Submission(period, version, "7KQM-4HXT", "ab" * 32, NOW)


def test_a_password_hides_everything_and_is_kept_nowhere(desk: Desk) -> None:
    secret = "gonghui-2025"
    to_step(desk, PACK)
    desk.page.pack.protected.click()
    assert not desk.page.next_button.isEnabled()
    desk.qtbot.keyClicks(desk.page.pack.password, secret)
    desk.next()
    assert desk.step == SEND
    outgoing = desk.page.sending.outgoing
    assert outgoing is not None
    assert [path.suffix for path in outgoing.files.attachments] == [".zip"]
    with pytest.raises(UserError, match="密码"):
        read_package(outgoing.files.attachments)
    assert read_package(outgoing.files.attachments, secret).receipt_code == desk.newest().receipt_code
    assert is_protected(desk.newest())
    assert "打电话时把密码告诉对方" in desk.texts(), "nobody else can"
    folder = desk.window.context.ledger.folder
    files = [path for path in (*folder.rglob("*"), *outgoing.files.folder.rglob("*")) if path.is_file()]
    assert not any(secret.encode() in path.read_bytes() for path in files)


def test_the_letter_of_a_package_without_password_does_not_speak_of_one(desk: Desk) -> None:
    to_step(desk, VIEW)
    parcel = desk.page.parcel
    assert parcel is not None
    kept = replace(submitted("2025Q3"), body=parcel.letter.body)
    assert not is_protected(kept)
    package = parcel.package
    assert is_protected(replace(kept, body=letter_for(package, 1 << 20, protected=True).body))  # pyright: ignore


def test_files_that_have_gone_and_had_a_password_are_packed_with_a_new_one(desk: Desk) -> None:
    to_step(desk, PACK)
    desk.page.pack.protected.click()
    desk.qtbot.keyClicks(desk.page.pack.password, "gonghui-2025")
    desk.next()
    uid, outgoing = desk.newest().uid, desk.page.sending.outgoing
    assert outgoing is not None
    shutil.rmtree(outgoing.files.folder)
    desk.leave()
    desk.open(uid=uid)
    assert desk.step == PACK
    assert "再设一次密码" in desk.window.strips.message
    desk.qtbot.keyClicks(desk.page.pack.password, "another-2025")
    desk.next()
    assert desk.step == SEND and len(desk.logged()) == 1
    again = desk.page.sending.outgoing
    assert again is not None
    assert read_package(again.files.attachments, "another-2025").receipt_code == desk.newest().receipt_code


def test_stopping_leaves_nothing_behind(desk: Desk) -> None:
    to_step(desk, PACK)
    parcel = desk.page.parcel
    assert parcel is not None
    folder = desk.page.packing.folder_for(parcel)
    desk.page.next_button.click()
    assert desk.page.work.busy
    desk.page.packing.stop()
    settle()
    assert desk.step == PACK and not desk.logged()
    assert desk.page.next_button.isEnabled()
    assert not [*folder.rglob("*.eml")]
    desk.next()
    assert desk.step == SEND and len(desk.logged()) == 1


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


def test_going_back_from_a_package_begins_the_next_version(desk: Desk) -> None:
    to_step(desk, SEND)
    desk.click(desk.page.back_button)
    assert desk.step == CONTENTS
    assert "第1版" in desk.page.contents.before.text()
    assert len(desk.logged()) == 1


def test_done_forgets_where_one_was(desk: Desk) -> None:
    to_step(desk, SEND)
    desk.click(desk.page.done_button)
    assert desk.window.current_page() == "home"
    assert get_setting(desk.window.context.ledger, SETTING) is None


class ForgetfulKeyring(KeyringBackend):
    """A key store that keeps nothing beyond this test."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def mailbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    """This computer trusts the test's servers and has a key store."""
    made, before = Authority(tmp_path), keyring.get_keyring()
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    keyring.set_keyring(ForgetfulKeyring())
    secret_store.cache_clear()
    yield made
    secret_store.cache_clear()
    keyring.set_keyring(before)


def set_up(desk: Desk, port: int) -> None:
    save_account(desk.window.context.ledger, account_at(port))
    secret_store().keep(account_at(port), SECRET)


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
