"""邮箱: whether this program itself may send submissions, and with which mailbox. Optional, and off until set up."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from models.errors import UserError
from models.mail_account import (
    MailAccount,
    Security,
    forget_account,
    load_account,
    save_account,
)
from ui import workers
from ui.context import Context
from ui.mail_secrets import secret_store
from ui.pages.settings_mail_form import CODE_MISSING, MailForm
from ui.pages.settings_mail_limit import LimitForm
from ui.pages.settings_mail_trial import WORKS, Tried, start_trial, trial_words
from ui.widgets.buttons import Button, button
from ui.widgets.cards import Card
from ui.widgets.confirm import confirm
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, column, row
from ui.widgets.progress import ProgressStrip
from ui.widgets.strips import MessageStrip

OPTIONAL = "不设置也能报送：打开邮件草稿或用网页邮箱。设置以后，报送时还可以由本程序直接发送。"
OFF = "没有设置直接发送"
NO_SAMPLE = "这是示例台账，关闭后就没有了，请在自己的台账里设置。"
NOT_FORGOTTEN = "系统钥匙串没有打开或拒绝删除，授权码还在里面。请再删一次，或在系统的密码管理里删除“xuanjiao-ledger”。"
KEEPING = "正在保存授权码。系统如果问钥匙串的密码，请填写。"


class MailCard(Card):
    """Two faces: a summary of what is set up, or the form to set it up. 试一下 works from both.

    The key store is only asked after a click: it may want to be unlocked, which nobody expects from looking at 设置.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("邮箱", TextLabel("可选", "hint"), parent=parent)
        self._context = context
        self._job: workers.Job | None = None
        self._editing = False
        self._account: MailAccount | None = None  # as the ledger had it when this was shown
        self._lay_out()
        self.reload()

    def reload(self) -> None:
        """Show what the ledger holds; what is being typed stays."""
        self.limit.reload()
        account = self._account = load_account(self._context.ledger)
        if account is not None:
            self.state.setText(f"用 {account.address} 直接发送")
            self.detail.setText(_described(account))
        else:
            self.state.setText(OFF)
        self.detail.setVisible(account is not None)
        self._icon.set_icon("mail-send" if account else "mail", "ok" if account else "text2")
        self._show_buttons()

    def edit(self) -> None:
        """Open the form with what is set up, or with what the unit's own address suggests."""
        unit = self._context.unit()
        self.form.begin(self._account, unit.email)
        self.form.where.setText("")
        self._show_form(True)
        self.form.row("address" if unit.email or self.is_on else "provider").focus_field()
        workers.start(lambda _job: secret_store().place().in_keyring, self.form.show_keyring, _raise)

    def cancel(self) -> None:
        """Close the form as if nothing had been typed."""
        self._show_form(False)
        (self.edit_button if self.is_on else self.set_up_button).setFocus()

    def save(self) -> None:
        """Keep the mailbox in the ledger and its 授权码 in the key store (or in memory)."""
        if self._job is not None:
            return
        problems = self.form.problems()
        self.form.show_problems(problems)
        if problems:
            return
        old = self._account
        account, secret, remember = self.form.account(), self.form.secret(), self.form.remember.isChecked()
        moved = old is not None and self.form.needs_code()
        try:
            save_account(self._context.ledger, account)
        except UserError as error:
            self._context.went_wrong.emit(error.message)
            return
        self._show_form(False)
        self.reload()
        if secret is None:
            self._saved("邮箱设置已保存。")
            return

        def work(_job: workers.Job) -> str:
            if old is not None and moved:
                secret_store().forget(old)
            return f"邮箱设置已保存。{secret_store().keep(account, secret, remember=remember).sentence}"

        self._say("info", KEEPING)
        self._start(workers.start(work, self._saved, self._fail))

    def try_out(self) -> None:
        """Log in, with what is typed if the form is open, and say what came of it."""
        if self._job is not None:
            return
        typed = None
        if self._editing:
            problems = self.form.problems()
            self.form.show_problems(problems)
            if problems:
                return
            account, typed = self.form.account(), self.form.secret()
        elif (account := self._account) is None:
            return
        self.result.hide()
        self.progress.start(f"正在登录 {account.host}")
        self._start(start_trial(account, typed, self._tried, self._fail))
        self.progress.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def delete_code(self) -> None:
        """Take the 授权码 out of the key store and out of memory."""
        words = "这台电脑不再记着它，发信时要重新填写。邮箱那边的授权码仍然有效，不再用时请在邮箱网页里停用。"
        account = self._account
        if account and self._job is None and confirm(self, "删除授权码吗？", words, "删除授权码"):
            self._forget(account, "授权码已删除。")

    def turn_off(self) -> None:
        """Send directly no more: forget mailbox and 授权码."""
        words = "邮箱设置和授权码会从这台电脑删除。报送不受影响，可以打开邮件草稿或用网页邮箱。"
        account = self._account
        if account is None or self._job is not None:
            return
        if not confirm(self, "不用直接发送吗？", words, "不用直接发送", "保留设置"):
            return
        try:
            forget_account(self._context.ledger)
        except UserError as error:
            self._context.went_wrong.emit(error.message)
            return
        self.reload()
        self._forget(account, "已改为不用直接发送，授权码已删除。")

    @property
    def is_on(self) -> bool:
        """Whether a mailbox is set up."""
        return self._account is not None

    def leave(self) -> None:
        """Called when nobody looks at this any more: nothing secret stays in a box, nothing goes on trying."""
        self.form.code.wipe()
        self.limit.keep()
        if self.progress.isVisibleTo(self):
            self._stop()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.leave()

    def _forget(self, account: MailAccount, done: str) -> None:
        def work(_job: workers.Job) -> str:
            secret_store().forget(account)
            return done if secret_store().find(account) is None else ""

        self._start(workers.start(work, self._forgotten, self._fail))

    def _start(self, job: workers.Job) -> None:
        self._job = job
        self._show_buttons()

    def _end(self, back_to: Button) -> None:
        waits = self.progress.stop_button.hasFocus() or not self.progress.stop_button.isEnabled()
        self._job = None
        self._show_buttons()
        if waits and self.progress.isVisible():
            back_to.setFocus(Qt.FocusReason.OtherFocusReason)
        self.progress.hide()

    def _saved(self, words: str) -> None:
        self._end(self.try_button)
        self._say("ok", words)
        self.try_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forgotten(self, words: str) -> None:
        self._end(self.try_button)
        self._say("ok" if words else "warn", words or NOT_FORGOTTEN)
        (self.edit_button if self.is_on else self.set_up_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _tried(self, tried: Tried) -> None:
        self._end(self.try_button)
        if tried.code_found:
            self._say("ok", WORKS + ("点“保存”以后就可以直接发送。" if self._editing else "报送时可以直接发送。"))
            return
        if not self._editing:
            self.edit()
        self.form.show_problems({"code": CODE_MISSING})

    def _fail(self, error: Exception) -> None:
        self._end(self.try_button)
        if not isinstance(error, UserError):
            self.result.hide()
            raise error
        self._say("error", trial_words(error.message))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._end(self.try_button)
        self._say("info", "已停止，没有试完。")

    def _say(self, kind: str, words: str) -> None:
        self.result.set_message(kind, words)
        self.result.show()

    def _show_form(self, editing: bool) -> None:
        self._editing = editing
        self.form.code.wipe()
        self.form.setVisible(editing)
        self.result.hide()
        self._show_buttons()

    def _show_buttons(self) -> None:
        summary, editing = self.is_on and not self._editing, self._editing
        self.top.setVisible(not editing)
        for each, shown in (
            (self.set_up_button, not summary and not editing),
            (self.save_button, editing),
            (self.try_button, summary or editing),
            (self.cancel_button, editing),
            (self.edit_button, summary),
            (self.delete_button, summary),
            (self.off_button, summary),
        ):
            each.setVisible(shown)
            each.setEnabled(self._job is None and not (each is self.set_up_button and self._context.is_sample))

    def _lay_out(self) -> None:
        self.state, self.detail = TextLabel("", "strong"), ElidedLabel("", "hint")
        self._icon = IconLabel("mail", "text2", 24)
        self.top = QWidget()
        line = row(self._icon, spacing=12, parent=self.top)
        line.addLayout(column(self.state, self.detail, spacing=2), 1)
        self.form, self.limit = MailForm(), LimitForm(self._context)
        self.form.hide()
        self.form.save_wanted.connect(self.save)
        self.progress = ProgressStrip()
        self.progress.hide()
        self.progress.stopped.connect(self._stop)
        self.result = MessageStrip("info", "")
        self.result.hide()
        self.set_up_button = button("设置直接发送", "mail-send")
        self.save_button, self.try_button = button("保存", "save-3"), button("试一下", "links")
        self.cancel_button, self.edit_button = button("不保存", "close"), button("修改", "edit")
        self.delete_button, self.off_button = button("删除授权码", "delete-bin"), button("不用直接发送", "close")
        ways = FlowLayout(spacing=8, line_spacing=8)
        for each, act in (
            (self.set_up_button, self.edit),
            (self.save_button, self.save),
            (self.try_button, self.try_out),
            (self.cancel_button, self.cancel),
            (self.edit_button, self.edit),
            (self.delete_button, self.delete_code),
            (self.off_button, self.turn_off),
        ):
            each.clicked.connect(lambda _checked=False, act=act: act())
            ways.addWidget(each)
        self.body.addWidget(WrapLabel(OPTIONAL, "hint"))
        for each in (self.top, self.form, self.progress, self.result):
            self.body.addWidget(each)
        self.body.addLayout(ways)
        if self._context.is_sample:
            self.body.addWidget(WrapLabel(NO_SAMPLE, "hint"))
        self.body.addWidget(self.limit)


def _described(account: MailAccount) -> str:
    provider = account.provider.name if account.provider else "其他邮箱"
    security = "SSL/TLS" if account.security == Security.TLS else "STARTTLS"
    return f"{provider}　{account.host}　端口 {account.port}　{security}"


def _raise(error: Exception) -> None:
    raise error
