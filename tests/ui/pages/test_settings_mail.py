"""设置 → 邮箱: a clerk sets up direct sending, tries it against a real server, and takes it back."""

from __future__ import annotations

import base64
import logging
import socket
import ssl
import threading
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from exporters.mail_secret import Secret
from exporters.smtp_faults import Phase, of_connection, of_reply
from models.mail_account import PROVIDERS, MailAccount, Security, load_account, save_account
from models.mail_limit import limit_mb
from models.unit_repository import get_unit, save_unit
from tests.exporters.mail_server import CODE, SENDER, Authority, Line, Post, account_at, mail_server, scripted_server
from tests.factories import NOW
from tests.ui.driver import answer_next_question, settle, type_chinese
from tests.ui.pages.test_settings import CONTROL, Desk
from ui import theme
from ui.context import Place
from ui.mail_secrets import secret_store
from ui.pages.settings_mail import MailCard
from ui.pages.settings_mail_trial import trial_words
from ui.widgets.base import application, tab_stops

NO_NETWORK = "the network was used"


class Keyring(KeyringBackend):
    """A system key store, unlocked."""

    priority = 5  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.asked = 0
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.asked += 1
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.locked:
            raise PermissionError("locked")
        del self.kept[service, username]


@pytest.fixture
def key_store() -> Iterator[Keyring]:
    before, store = keyring.get_keyring(), Keyring()
    keyring.set_keyring(store)
    yield store
    keyring.set_keyring(before)


@pytest.fixture
def no_key_store() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    secret_store.cache_clear()
    yield Desk(qtbot, tmp_path / "台账")
    settle()
    secret_store.cache_clear()


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """Trusted by this computer."""
    made = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    return made


def card_of(desk: Desk) -> MailCard:
    return desk.page.mail


def open_form(desk: Desk) -> MailCard:
    card = card_of(desk)
    desk.click(card.edit_button if card.is_on else card.set_up_button)
    return card


def write(desk: Desk, box: QWidget, text: str) -> None:
    box.setFocus()
    assert isinstance(box, QLineEdit)
    box.selectAll()
    desk.qtbot.keyClicks(box, text)


def fill_other(desk: Desk, port: int, code: str = CODE) -> MailCard:
    """Everything for the server on this computer."""
    card = open_form(desk)
    card.form.provider.set_value("other")
    write(desk, card.form.address, SENDER)
    card.form.provider.set_value("other")  # 126 followed from the address
    write(desk, card.form.host, "localhost")
    write(desk, card.form.port, str(port))
    if code:
        write(desk, card.form.code, code)
    return card


def set_up(desk: Desk, account: MailAccount, code: str = CODE) -> MailCard:
    save_account(desk.ledger, account)
    if code:
        secret_store().keep(account, Secret(code))
    card_of(desk).reload()
    return card_of(desk)


def traces_of_code(folder: Path) -> list[Path]:
    """Files that hold the 授权码 in any of the ways it could be written."""
    forms = (CODE.encode(), CODE.encode("utf-16-le"), base64.b64encode(CODE.encode()), CODE[::-1].encode())
    return [file for file in folder.rglob("*") if file.is_file() and any(form in file.read_bytes() for form in forms)]


def test_it_is_off_and_says_that_it_is_optional(desk: Desk, key_store: Keyring) -> None:
    card = card_of(desk)
    assert load_account(desk.ledger) is None and not card.form.isVisible()
    assert "不设置也能报送：打开邮件草稿或用网页邮箱。" in desk.texts() and card.state.text() == "没有设置直接发送"
    shown = [
        each for each in (card.set_up_button, card.try_button, card.delete_button, card.off_button) if each.isVisible()
    ]
    assert shown == [card.set_up_button]
    assert key_store.asked == 0, "looking at 设置 asks nobody for a password"
    names = list(desk.page.sections)
    assert names.index("mail") == names.index("about") - 1


def test_a_126_mailbox_with_nothing_but_address_and_code(
    desk: Desk, key_store: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError(NO_NETWORK)

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    card = open_form(desk)
    assert application().focusWidget() is not card.set_up_button and card.form.provider.value() is None
    write(desk, card.form.address, SENDER)
    assert card.form.provider.value() == "126", "the address says it"
    assert not card.form.host.isVisible() and not card.form.security.isVisible()
    assert "授权码不是邮箱的登录密码。" in desk.texts() and "POP3/SMTP/IMAP" in desk.texts()
    assert "系统钥匙串里，台账、备份和报送的文件里都没有它" in card.form.where.text()
    write(desk, card.form.code, CODE)
    assert len(card.form.code.displayText()) == len(CODE) and len(set(card.form.code.displayText())) == 1
    desk.click(card.save_button)
    assert load_account(desk.ledger) == MailAccount(SENDER, "smtp.126.com", 465)
    assert list(key_store.kept.values()) == [CODE]
    assert card.state.text() == f"用 {SENDER} 直接发送" and "126邮箱" in card.detail.text()
    assert "钥匙串" in card.result.text() and application().focusWidget() is card.try_button


def test_what_is_missing_is_said_at_its_field_and_nothing_is_kept(desk: Desk, key_store: Keyring) -> None:
    card = open_form(desk)
    desk.click(card.save_button)
    assert card.form.row("provider").problem()[1].startswith("请选择邮箱")
    card.form.provider.set_value("163")
    write(desk, card.form.address, SENDER.replace("126", "example"))
    desk.click(card.save_button)
    assert "不是163邮箱的地址" in card.form.row("address").problem()[1]
    assert "它不是登录密码" in card.form.row("code").problem()[1]
    assert application().focusWidget() is card.form.address
    card.form.provider.set_value("other")
    write(desk, card.form.port, "25")
    card.form.host.setText("邮件服务器")
    card.form.code.setText("ＡＢＣ")
    desk.click(card.save_button)
    problems = {each.name: each.problem()[1] for each in card.form.problem_rows("error")}
    assert set(problems) == {"host", "port", "code"} and "不加密" in problems["port"] and "全角" in problems["code"]
    assert load_account(desk.ledger) is None and key_store.kept == {}
    desk.click(card.cancel_button)
    assert not card.form.isVisible() and card.form.code.text() == "" and card.set_up_button.hasFocus()


def test_a_bare_name_and_full_width_signs_are_completed(desk: Desk) -> None:
    card = open_form(desk)
    card.form.provider.set_value("qq")
    write(desk, card.form.address, "12345678")
    card.form.code.setFocus()
    assert card.form.address.text() == "12345678@qq.com"
    card.form.address.setFocus()
    card.form.address.setText("")
    type_chinese(card.form.address, "gonghui＠sina。cn")
    card.form.code.setFocus()
    assert card.form.address.text() == "gonghui@sina.cn"
    card.form.provider.set_value("sina")
    assert card.form.account().host == "smtp.sina.com"


def test_the_unit_s_own_address_is_suggested(desk: Desk) -> None:
    with desk.ledger.transaction("准备", at=NOW):
        save_unit(desk.ledger, replace(get_unit(desk.ledger), email="gh@139.com"), now=NOW)
    card = open_form(desk)
    assert (card.form.address.text(), card.form.provider.value()) == ("gh@139.com", "139")


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda each: each.key)
def test_every_provider_is_offered_and_explained(desk: Desk, provider) -> None:
    card = open_form(desk)
    card.form.provider.set_value(provider.key)
    assert provider.steps in desk.texts()
    domain, host = provider.hosts[0]
    card.form.address.setText(f"gonghui@{domain}")
    assert card.form.account() == MailAccount(f"gonghui@{domain}", host, 465)


def test_port_and_encryption_go_together(desk: Desk) -> None:
    card = open_form(desk)
    card.form.provider.set_value("other")
    write(desk, card.form.address, "gh@jzjx.com.cn")
    card.form.host.setFocus()
    assert card.form.host.text() == "smtp.jzjx.com.cn"
    write(desk, card.form.port, "587")
    assert card.form.security.value() == Security.STARTTLS
    card.form.security.set_value(Security.TLS)
    assert card.form.port.value() == 465
    write(desk, card.form.port, "2465")
    card.form.security.set_value(Security.STARTTLS)
    assert card.form.port.value() == 2465, "an unusual port is somebody's own choice"


def test_trying_before_saving_logs_in_and_sends_nothing(desk: Desk, authority: Authority, key_store: Keyring) -> None:
    post = Post()
    with mail_server(post, authority.context()) as port:
        card = fill_other(desk, port)
        card.try_button.setFocus()
        desk.click(card.try_button)
        assert card.result.text() == "登录成功，没有发出任何邮件。点“保存”以后就可以直接发送。"
        assert post.logins == [(SENDER, CODE)] and post.mails == [] and post.tried == 0
        assert load_account(desk.ledger) is None and key_store.kept == {}, "trying keeps nothing"
        assert card.try_button.hasFocus() and card.form.code.text() == CODE
        desk.qtbot.keyClick(card.form.code, Qt.Key.Key_S, CONTROL)
        settle()
        assert load_account(desk.ledger) == account_at(port), "Ctrl+S in the form saves the mailbox"
        assert "单位档案已保存" not in desk.well
        desk.click(card.try_button)
        assert "报送时可以直接发送" in card.result.text() and len(post.logins) == 2 and post.mails == []


def test_starttls_is_tried_too(desk: Desk, authority: Authority) -> None:
    post = Post()
    with mail_server(post, authority.context(), starttls=True) as port:
        card = set_up(desk, account_at(port, starttls=True))
        desk.click(card.try_button)
        assert "登录成功" in card.result.text() and post.logins == [(SENDER, CODE)] and post.mails == []


def test_a_wrong_code_is_explained_without_speaking_of_a_mail(desk: Desk, authority: Authority) -> None:
    post = Post(refusal="535 Error: authentication failed")
    with mail_server(post, authority.context()) as port:
        card = set_up(desk, account_at(port))
        desk.click(card.try_button)
    assert "邮箱没有让本程序登录。这里要填的是授权码，不是邮箱的登录密码" in card.result.text()
    assert len(post.logins) == 1, "every wrong one counts at the mail service"
    assert card.result.accessibleName().startswith("错误：")


def test_a_certificate_nobody_vouches_for_gets_no_code(
    desk: Desk, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(Authority(other).file))
    post = Post()
    with mail_server(post, authority.context()) as port:
        card = set_up(desk, account_at(port))
        desk.click(card.try_button)
    assert "安全证书没有通过检查，授权码没有传出去。" in card.result.text() and post.logins == []


def test_a_server_that_says_nothing_can_be_left(desk: Desk, authority: Authority) -> None:
    came, left = threading.Event(), threading.Event()

    def silent(_line: Line) -> None:
        came.set()
        left.wait(10)

    with scripted_server(authority.context(), silent) as port:
        card = set_up(desk, account_at(port))
        card.try_button.setFocus()
        card.try_button.click()
        assert card.progress.isVisible() and card.progress.stop_button.hasFocus()
        assert not card.edit_button.isEnabled() and "localhost" in card.progress.text()
        assert came.wait(10), "it has begun, and hears nothing"
        card.progress.stop_button.click()
        assert not card.progress.isVisible() and card.try_button.isEnabled() and card.try_button.hasFocus()
        assert card.result.text() == "已停止，没有试完。"
        left.set()
    settle()
    assert card.result.text() == "已停止，没有试完。", "what still comes of it is dropped"


def test_without_a_code_the_form_opens_at_it(desk: Desk, key_store: Keyring) -> None:
    card = set_up(desk, MailAccount(SENDER, "smtp.126.com"), code="")
    desk.click(card.try_button)
    assert card.form.isVisible() and application().focusWidget() is card.form.code
    assert "授权码没有填" in card.form.row("code").problem()[1]
    write(desk, card.form.code, CODE)
    desk.click(card.save_button)
    assert list(key_store.kept.values()) == [CODE]


def test_on_a_computer_without_key_store_the_code_lasts_until_the_end(desk: Desk, no_key_store: None) -> None:
    card = open_form(desk)
    assert not card.form.remember.isVisible() and "只在这次打开程序时记住" in card.form.where.text()
    write(desk, card.form.address, SENDER)
    write(desk, card.form.code, CODE)
    desk.click(card.save_button)
    account = load_account(desk.ledger)
    assert account and "只在本次打开程序期间有效" in card.result.text()
    found = secret_store().find(account)
    assert found and found.reveal() == CODE, "every page finds it"


def test_a_code_that_is_not_to_be_remembered_stays_out_of_the_key_store(desk: Desk, key_store: Keyring) -> None:
    card = open_form(desk)
    write(desk, card.form.address, SENDER)
    write(desk, card.form.code, CODE)
    card.form.remember.click()
    assert card.form.where.text().startswith("只在这次打开程序时记住")
    desk.click(card.save_button)
    assert key_store.kept == {} and secret_store().find(MailAccount(SENDER, "smtp.126.com"))


def test_another_mailbox_needs_its_own_code_and_the_old_one_is_forgotten(desk: Desk, key_store: Keyring) -> None:
    card = set_up(desk, MailAccount(SENDER, "smtp.126.com"))
    open_form(desk)
    assert card.form.code.text() == "", "never shown again"
    desk.click(card.save_button)
    assert list(key_store.kept.values()) == [CODE], "left empty, it stays"
    open_form(desk)
    write(desk, card.form.address, "gonghui@163.com")
    desk.click(card.save_button)
    assert "授权码没有填" in card.form.row("code").problem()[1]
    write(desk, card.form.code, "ANOTHERCODE")
    desk.click(card.save_button)
    assert list(key_store.kept.values()) == ["ANOTHERCODE"]


def test_the_code_is_deleted_and_the_mailbox_stays(desk: Desk, key_store: Keyring) -> None:
    card = set_up(desk, MailAccount(SENDER, "smtp.126.com"))
    answer_next_question("不删除")
    desk.click(card.delete_button)
    assert key_store.kept
    key_store.locked = True
    answer_next_question("删除授权码")
    desk.click(card.delete_button)
    assert "授权码还在里面" in card.result.text() and key_store.kept, "it does not say what is not so"
    key_store.locked = False
    answer_next_question("删除授权码")
    desk.click(card.delete_button)
    assert key_store.kept == {} and card.result.text() == "授权码已删除。" and load_account(desk.ledger)
    assert desk.page.focusWidget() is card.edit_button


def test_direct_sending_is_given_up(desk: Desk, key_store: Keyring) -> None:
    card = set_up(desk, MailAccount(SENDER, "smtp.126.com"))
    answer_next_question("保留设置")
    desk.click(card.off_button)
    assert load_account(desk.ledger) and key_store.kept
    answer_next_question("不用直接发送")
    desk.click(card.off_button)
    assert load_account(desk.ledger) is None and key_store.kept == {}
    assert card.state.text() == "没有设置直接发送" and desk.page.focusWidget() is card.set_up_button


def test_the_size_of_a_mail_follows_the_notice_until_somebody_chooses(desk: Desk) -> None:
    box, notice = card_of(desk).limit.box, desk.context.notice
    assert box.text() == "" and box.placeholderText() == "20" and limit_mb(desk.ledger, notice) == 20
    write(desk, box, "10")
    card_of(desk).set_up_button.setFocus()
    assert limit_mb(desk.ledger, notice) == 10 and desk.well == ["每封附件最多 10 MB"]
    write(desk, box, "0")
    card_of(desk).set_up_button.setFocus()
    assert "不能小于 1" in card_of(desk).limit.line.problem()[1] and limit_mb(desk.ledger, notice) == 10
    desk.context.changed.emit()
    assert box.text() == "0", "what was typed stays until it is mended"
    box.setFocus()
    box.selectAll()
    desk.qtbot.keyClick(box, Qt.Key.Key_Delete)
    card_of(desk).set_up_button.setFocus()
    assert limit_mb(desk.ledger, notice) == 20 and desk.well[-1] == "每封附件最多 20 MB"


def test_the_code_is_nowhere_but_in_the_key_store(
    desk: Desk, authority: Authority, key_store: Keyring, home: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def repeat(line: Line) -> None:
        """A server that says what it was told."""
        line.say("220 test")
        line.hear()
        line.say("250-test\r\n250 AUTH PLAIN")
        told = line.hear()
        line.say(f"554 {told} {CODE}")
        line.hear()

    with scripted_server(authority.context(), repeat) as port:
        card = fill_other(desk, port)
        desk.click(card.try_button)
    assert "邮箱拒绝了登录" in card.result.text() and "***" in card.result.text()
    desk.click(card.save_button)
    assert list(key_store.kept.values()) == [CODE], "otherwise this test would prove nothing"
    card.form.code.setEchoMode(QLineEdit.EchoMode.Normal)
    for undo in (card.form.code.undo, card.form.code.redo):
        undo()
        assert card.form.code.text() == ""
    spoken = [each.accessibleName() + each.accessibleDescription() for each in desk.page.findChildren(QWidget)]
    said = [*desk.wrong, *desk.well, desk.texts(), caplog.text, repr(vars(card)), repr(vars(card.form)), *spoken]
    account = load_account(desk.ledger)
    assert account and CODE not in "".join([*said, repr(account)])
    desk.ledger.connection.execute("PRAGMA wal_checkpoint(FULL)")
    assert traces_of_code(tmp_path) == [] and traces_of_code(home) == []


def test_no_crash_report_can_quote_the_code(authority: Authority) -> None:
    from exporters.smtp_login import try_login

    def repeat(line: Line) -> None:
        line.say("220 test")
        line.hear()
        line.say("250-test\r\n250 AUTH PLAIN")
        line.say(f"535 {line.hear()} {CODE}")

    with scripted_server(authority.context(), repeat) as port, pytest.raises(Exception, match="授权码") as caught:
        try_login(account_at(port), Secret(CODE))
    report = "".join(traceback.format_exception(caught.value))
    told = base64.b64encode(f"\0{SENDER}\0{CODE}".encode()).decode()
    assert CODE not in report and told not in report


def test_a_code_typed_and_not_saved_goes_when_the_page_is_left(desk: Desk) -> None:
    card = open_form(desk)
    write(desk, card.form.address, SENDER)
    write(desk, card.form.code, CODE)
    desk.page.hide()
    settle()
    desk.page.show()
    assert (card.form.address.text(), card.form.code.text()) == (SENDER, "")
    card.form.code.setEchoMode(QLineEdit.EchoMode.Normal)
    card.form.code.undo()
    assert card.form.code.text() == ""


def test_a_screen_reader_does_not_read_the_code_aloud(desk: Desk) -> None:
    card = open_form(desk)
    write(desk, card.form.code, CODE)
    interface = QAccessible.queryAccessibleInterface(card.form.code)
    assert interface.state().passwordEdit and CODE not in interface.text(QAccessible.Text.Value)
    card.form.code.selectAll()
    QTest.keyClick(card.form.code, Qt.Key.Key_C, CONTROL)
    assert CODE not in application().clipboard().text()


def test_everything_has_a_name_and_can_be_reached_by_tab(desk: Desk, key_store: Keyring) -> None:
    card = open_form(desk)
    card.form.provider.set_value("other")
    settle()
    stops = [each for each in tab_stops(card) if each.isVisible() and each.isEnabled()]
    form = card.form
    wanted = [form.address, form.host, form.port, form.code, form.remember, card.save_button, card.try_button]
    assert [each for each in stops if each in wanted] == wanted
    assert all(each.accessibleName() for each in stops)
    assert card.form.code.accessibleName() == "授权码"


def test_nothing_is_cut_off_at_175_percent(desk: Desk, key_store: Keyring) -> None:
    theme.apply(application(), theme.DARK, 1.75)
    desk.page.resize(1190, 640)
    card = open_form(desk)
    card.form.provider.set_value("other")
    card._say(
        "error", trial_words(of_reply(Phase.LOGIN, 535, b"", MailAccount(SENDER, "smtp.126.com"), Secret("x")).message)
    )
    settle()
    area = desk.page.findChild(QScrollArea)
    assert area and area.horizontalScrollBar().maximum() == 0
    for each in tab_stops(card):
        if each.isVisible():
            right = each.mapTo(desk.page, each.rect().bottomRight()).x()
            assert right <= desk.page.width(), each.accessibleName()
            assert each.width() >= each.minimumSizeHint().width()
    theme.apply(application(), theme.LIGHT, 1.0)


def test_other_pages_lead_to_it(desk: Desk) -> None:
    desk.page.show_place(Place("settings", field="mail"))
    settle()
    assert card_of(desk).set_up_button.hasFocus()


def test_a_sample_ledger_keeps_no_mailbox(desk: Desk) -> None:
    desk.context.is_sample = True
    card = MailCard(desk.context)
    desk.qtbot.addWidget(card)
    card.show()
    assert not card.set_up_button.isEnabled()


def bad_certificate(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    return error


FAULTS = (
    TimeoutError(),
    ConnectionRefusedError(),
    ConnectionResetError(),
    ssl.SSLError(1, "WRONG_VERSION_NUMBER"),
    bad_certificate(10),
    bad_certificate(20),
    socket.gaierror(),
    OSError("no route"),
)


def test_no_advice_about_trying_speaks_of_a_mail_or_a_queue() -> None:
    account, secret = MailAccount(SENDER, "smtp.126.com"), Secret(CODE)
    found = [of_connection(phase, fault, account, secret) for phase in (Phase.CONNECT, Phase.LOGIN) for fault in FAULTS]
    found += [
        of_reply(Phase.LOGIN, code, b"DT:SPM" if code == 554 else b"no", account, secret)
        for code in (421, 432, 454, 500, 504, 530, 534, 535, 538, 550, 553, 554)
    ]
    for error in found:
        words = trial_words(error.message)
        assert not any(each in words for each in ("没有发出", "发完", "待发送", "再发", "这封邮件")), words
        assert words.endswith("。") and "，。" not in words and "。，" not in words


def test_minimising_the_window_keeps_what_is_typed(desk: Desk) -> None:
    card = open_form(desk)
    write(desk, card.form.code, CODE)
    desk.page.showMinimized()
    desk.page.showNormal()
    settle()
    assert card.form.code.text() == CODE
