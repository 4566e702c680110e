"""The boxes for a mailbox to send with: address and 授权码 for a known mail service, the server too for any other."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from models.errors import UserError
from models.mail_account import (
    OWN_STEPS,
    PROVIDERS,
    MailAccount,
    Provider,
    Security,
    check_account,
    security_for,
    suggest_account,
)
from ui.pages.settings_mail_code import CodeEdit
from ui.widgets.choices import RadioGroup, Tick
from ui.widgets.edits import Edit
from ui.widgets.form import FieldForm, FieldRow
from ui.widgets.labels import WrapLabel
from ui.widgets.layouts import column
from ui.widgets.number_edit import NumberEdit

if TYPE_CHECKING:
    from exporters.mail_secret import Secret

OTHER = "other"
KNOWN = {each.key: each for each in PROVIDERS}
SECURITIES = ((Security.TLS, "SSL/TLS"), (Security.STARTTLS, "STARTTLS"))
USUAL_PORTS = (465, 587, 994)
USUAL_PORT = {Security.TLS: 465, Security.STARTTLS: 587}
IN_KEYRING = "记在这台电脑的系统钥匙串里，台账、备份和报送的文件里都没有它。"
IN_MEMORY = "只在这次打开程序时记住，关闭后要重新填写。台账、备份和报送的文件里都没有它。"
NO_KEYRING = "这台电脑没有可以放心使用的系统钥匙串，授权码" + IN_MEMORY
CODE_MISSING = "授权码没有填。请填写邮箱的授权码，它不是登录密码。"
_WIDE = str.maketrans("＠．。　", "@.. ")  # what a Chinese input method types in full-width mode
_ANY = MailAccount("a@b.cn", "b.cn")  # to have one value at a time judged


class MailForm(FieldForm):
    """`save_wanted` when somebody presses Ctrl+S in here, which outside of this form saves the unit card."""

    save_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._start: MailAccount | None = None
        self._has_keyring = True
        self.provider = RadioGroup([*((each.key, each.name) for each in PROVIDERS), (OTHER, "其他")])
        self.address, self.host = Edit(chars=16), Edit(chars=16, placeholder="smtp.")
        self.port = NumberEdit("", 65535, 5, minimum=1)
        self.security = RadioGroup(SECURITIES)
        self.code = CodeEdit()
        self.remember = Tick("记在系统钥匙串里，下次不用再填")
        self.where = WrapLabel("", "hint")
        keeping = QWidget()
        column(self.remember, self.where, spacing=2, parent=keeping)
        keeping.setFocusProxy(self.remember)
        self.add("provider", "邮箱", self.provider, required=True)
        self.add("address", "发件邮箱", self.address, required=True)
        self.add("host", "发信服务器", self.host, required=True)
        self.add("port", "端口", self.port, required=True)
        self.add("security", "加密方式", self.security, hint="不加密的连接不用。")
        self.add("code", "授权码", self.code)
        self.add("keeping", "记在哪里", keeping)
        self.provider.value_changed.connect(self._show_provider)
        self.address.textEdited.connect(self._follow_address)
        self.address.editingFinished.connect(self._tidy_address)
        self.port.value_changed.connect(self._follow_port)
        self.security.value_changed.connect(self._follow_security)
        self.remember.toggled.connect(self._show_where)
        self.row_left.connect(self._judge)

    def begin(self, account: MailAccount | None, suggested: str) -> None:
        """Show what is set up, or what an address of the unit suggests. The 授权码 is never shown again."""
        shown = account or suggest_account(suggested)
        self._start = account
        self.code.wipe()
        self.remember.setChecked(True)
        self.address.setText(shown.address)
        self.host.setText(shown.host)
        self.port.clear()  # one follows the other while it is there
        self.security.set_value(shown.security)
        self.port.set_value(shown.port)
        self.provider.set_value(_key_of(shown) if account or shown.host else None)
        self._show_provider(self.provider.value())
        for each in self.rows():
            each.set_problem("")

    def show_keyring(self, there: bool) -> None:
        """Say where a 授权码 can be kept on this computer."""
        self._has_keyring = there
        self.remember.setVisible(there)
        self._show_where()

    def account(self) -> MailAccount:
        """What is typed; only meaningful without `problems`."""
        address, provider = self.address.text().strip(), KNOWN.get(self.provider.value() or "")
        if provider is None:
            user = self._start.user if self._start and self._start.host == self._host() else ""
            security = self.security.value() or Security.TLS
            return MailAccount(address, self._host(), self.port.value() or 0, security, user)
        host, start = provider.host_of(_domain(address)), self._start
        port = start.port if start and start.host == host and start.port in provider.ports else provider.ports[0]
        return MailAccount(address, host, port)

    def secret(self) -> "Secret | None":
        """The 授权码 as typed, None when nothing is. Raises UserError, as `problems` says."""
        from exporters.mail_secret import Secret

        return Secret.typed(self.code.text()) if self.code.value() else None

    def needs_code(self) -> bool:
        """Whether this is another mailbox than the one that may have a 授权码 already."""
        start, now = self._start, self.account()
        return start is None or (start.login, start.host.lower(), start.port) != (now.login, now.host.lower(), now.port)

    def problems(self) -> dict[str, str]:
        """Why it cannot be used as it is typed: row → sentence."""
        self._tidy_address()
        found = {"provider": "" if self.provider.value() else "请选择邮箱；没有列出的选“其他”。"}
        found["address"] = self._address_problem()
        if self.provider.value() == OTHER:
            port = self.port.value()
            found["host"] = _fault(MailAccount(_ANY.address, self._host()))
            found["port"] = self.port.problem() or _fault(MailAccount(_ANY.address, _ANY.host, port or 0))
        found["code"] = self._code_problem()
        return {name: sentence for name, sentence in found.items() if sentence}

    def show_problems(self, problems: dict[str, str]) -> None:
        """Under their fields, with the keyboard on the first."""
        for each in self.rows():
            each.set_problem("error" if each.name in problems else "", problems.get(each.name, ""))
        if rows := self.problem_rows("error"):
            rows[0].focus_field()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _saves(event):
            event.accept()  # it then comes as a key, instead of saving the unit card
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _saves(event):
            self.save_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _host(self) -> str:
        return self.host.text().strip()

    def _address_problem(self) -> str:
        address, provider = self.address.text().strip(), KNOWN.get(self.provider.value() or "")
        if problem := _fault(MailAccount(address, _ANY.host)):
            return problem
        if provider and not provider.host_of(_domain(address)):
            return f"“{address}”不是{provider.name}的地址。请核对，或在“邮箱”里选“其他”。"
        return ""

    def _code_problem(self) -> str:
        try:
            typed = self.secret()
        except UserError as error:
            return error.message
        return CODE_MISSING if typed is None and self.needs_code() else ""

    def _judge(self, left: FieldRow) -> None:
        """Say what is wrong with a field that was left; nothing is asked for that may still be filled."""
        problem = self.problems().get(left.name, "")
        empty = isinstance(left.field, Edit) and not left.field.text()
        left.set_problem("error" if problem and not empty else "", problem)

    def _follow_address(self, typed: str) -> None:
        """The mail service follows from the address as soon as that names one."""
        known = suggest_account(typed).provider
        if known is not None:
            self.provider.set_value(known.key)

    def _tidy_address(self) -> None:
        """Complete a bare name, and take a domain nobody knows for a server of one's own."""
        typed = self.address.text().translate(_WIDE).strip()
        provider = KNOWN.get(self.provider.value() or "")
        if typed and "@" not in typed and provider:
            typed = f"{typed}@{provider.hosts[0][0]}"
        if typed != self.address.text():
            self.address.setText(typed)
        suggested = suggest_account(typed)
        if self.provider.value() is None and "." in _domain(typed):
            self.provider.set_value(_key_of(suggested))
        if self.provider.value() == OTHER and not self._host():
            self.host.setText(suggested.host)

    def _follow_port(self, port: object) -> None:
        if self.port.isModified() and isinstance(port, int) and port in USUAL_PORTS:
            self.security.set_value(security_for(port))

    def _follow_security(self, chosen: object) -> None:
        port = self.port.value()
        if port in USUAL_PORTS and security_for(port) != chosen and isinstance(chosen, str):
            self.port.set_value(USUAL_PORT[chosen])

    def _show_provider(self, key: object) -> None:
        """What the chosen mail service asks for, and how to get a 授权码 there."""
        provider: Provider | None = KNOWN.get(str(key))
        for name in ("host", "port", "security"):
            self.row(name).setVisible(key == OTHER)
        example = provider.hosts[0][0] if provider else ""
        self.address.setPlaceholderText(f"gonghui@{example}" if example else "")
        steps = provider.steps if provider else OWN_STEPS if key == OTHER else "先选邮箱，这里会说怎么取得授权码。"
        again = "以前填过、现在不换的，可以留空。" if self._start else ""
        self.row("code").set_hint(f"{again}授权码不是邮箱的登录密码。{steps}" if key else steps)
        if key == OTHER and not self._host():
            self._tidy_address()

    def _show_where(self) -> None:
        kept = IN_KEYRING if self.remember.isChecked() else IN_MEMORY
        self.where.setText(kept if self._has_keyring else NO_KEYRING)


def _key_of(account: MailAccount) -> str:
    """The service that fits all of the account; one with a port or a login name of its own is shown with them."""
    provider = account.provider
    plain = provider and account.port in provider.ports and account.security == Security.TLS and not account.user
    return provider.key if provider and plain and provider.host_of(_domain(account.address)) else OTHER


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def _fault(account: MailAccount) -> str:
    try:
        check_account(account)
    except UserError as error:
        return error.message
    return ""


def _saves(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Save)
