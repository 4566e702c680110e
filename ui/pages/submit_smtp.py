"""Sending by this program itself: set up once, then mail after mail, each noted before it leaves and after."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models import mail_queue
from models.errors import UserError
from models.mail_account import MailAccount, load_account
from models.mail_queue import Part
from models.submission import EventKind, SubmissionState, Way
from models.submission_repository import LoggedSubmission
from ui import operations, workers
from ui.context import Place
from ui.mail_secrets import secret_store
from ui.pages.submit_receipt import GONE

if TYPE_CHECKING:
    from exporters.mail_secret import Secret
    from exporters.submission_mail import Mail
    from ui.pages.submit import SubmitPage
    from ui.pages.submit_sending import SubmitSending

UNCLEAR = "上一次发送的结果不明，可能已经发出。请看邮箱的“已发送”，或打电话问对方收到没有。"
AGAIN = "这次报送已经寄出过。再发一次，对方会收到两封一样的邮件。"
CORRECTED = "这一版已经被更正的版本代替，不能再发。请发送最新的一版。"
QUEUED = "上次没有发出，在等网络恢复。网络好了以后再按“发送”。"
_MISSED = (EventKind.FAILED, EventKind.QUEUED)  # how an attempt ends that did not reach the server
CODE_GONE = "授权码没有存在系统钥匙串里，关闭程序后要再填一次。"


@dataclass(frozen=True, slots=True)
class _Parcel:
    """What is being sent, whatever the window shows meanwhile: of which submission, its mails, by whose mailbox.
    `sending` is what its mails are recognised by; `again` that somebody wants it sent once more.
    """

    uid: str
    mails: "Sequence[Mail]"
    account: MailAccount
    sending: str
    again: bool


class SubmitSmtp(QObject):
    """One mail at a time. A stop is honoured until the mail is complete; after that only the server can say."""

    def __init__(self, page: "SubmitPage", sending: "SubmitSending") -> None:
        super().__init__(sending)
        self._page, self._sending = page, sending
        self._stop = Event()
        self._busy = False
        self._failed: tuple[str, UserError] | None = None  # which submission, and why it did not go
        send = page.send
        send.settings_link.clicked.connect(self._go_to_settings)
        send.send_wanted.connect(self.send)
        send.stop_button.clicked.connect(self._stop.set)

    @property
    def busy(self) -> bool:
        """Whether a mail is on its way."""
        return self._busy

    def refresh(self, logged: LoggedSubmission) -> None:
        """Show what is set up, and what became of the last attempt."""
        page = self._page
        account = load_account(page.context.ledger)
        page.send.show_account(account.address if account else "")
        page.send.set_sending(self._busy)
        if self._busy:
            return
        if logged.state == SubmissionState.SENDING:
            ways = [("对方收到了", lambda: self._settle(True)), ("没有收到", lambda: self._settle(False))]
            page.send.show_state("warn", UNCLEAR, ways)
        elif self._failed and self._failed[0] == logged.submission.uid and logged.events[-1].kind in _MISSED:
            page.send.show_state("error", self._failed[1].message, [self._way_on(self._failed[1])])
        elif logged.state == SubmissionState.QUEUED:
            gone = mail_queue.parts_gone(logged)
            told = f"已发出 {len(gone)} 封，还有 {gone[-1].count - len(gone)} 封没有发。" if gone else QUEUED
            page.send.show_state("info", told, [])
        else:
            page.send.show_state("", "", [])

    def send(self) -> None:
        """发送: what went already is only sent once more by somebody who knows that."""
        logged = self._sending.logged
        if logged is None or self._busy:
            return
        self._page.send.set_way(Way.SMTP)
        if logged.state == SubmissionState.CORRECTED:
            self._page.send.show_state("error", CORRECTED, [])
        elif logged.state in GONE:
            ways = [("再发一次", self._send_again), ("不发", self._leave_it)]
            self._page.send.show_state("warn", AGAIN, ways)
        else:
            self._start(again=False)

    def _way_on(self, error: UserError) -> tuple[str, Callable[[], object]]:
        """What to do about a mail that did not go."""
        from exporters.smtp_faults import Fault, MailError

        if isinstance(error, MailError) and error.fault is Fault.SIZE:
            return "改附件大小", self._sending.divide_anew
        return "再发一次", self.send

    def _leave_it(self) -> None:
        self._page.send.send_button.setFocus()
        self._sending.refresh()

    def _send_again(self) -> None:
        self._start(again=True)

    def _start(self, *, again: bool) -> None:
        """Find the 授权码, then send what has not gone."""
        context = self._page.context
        account, uid = load_account(context.ledger), self._uid()
        if account is None or self._sending.outgoing is None:
            return
        self._failed = None
        self._stop.clear()
        self._set_busy(True)
        # Taken now: the clerk may open another submission while this one is under way.
        sending = mail_queue.sending_of(context.ledger, uid)
        parcel = _Parcel(uid, self._sending.outgoing.files.mails, account, sending, again)
        workers.start(
            lambda _job: secret_store().find(account), lambda found: self._with_secret(parcel, found), self._fail
        )

    def _with_secret(self, parcel: _Parcel, secret: "Secret | None") -> None:
        if secret is None:
            self._set_busy(False)
            self._page.send.show_state("warn", CODE_GONE, [("去设置", self._go_to_settings)])
            return
        self._begin(parcel, secret)

    def _begin(self, parcel: _Parcel, secret: "Secret") -> None:
        from exporters.mail_sending import deliver

        context, uid, mails, account = self._page.context, parcel.uid, parcel.mails, parcel.account
        clerk = context.clerk()

        def note() -> Part:
            return mail_queue.begin(
                context.ledger, uid, len(mails), account.address, clerk.now, person=clerk.person, again=parcel.again
            )

        part = operations.run(context, note)
        if part is None:
            self._set_busy(False)
            return
        mail, now = mails[part.number - 1], clerk.now

        def work(job: workers.Job) -> None:
            deliver(mail, parcel.sending, account, secret, now, progress=job.report, cancelled=self._stop.is_set)

        workers.start(
            work,
            lambda _none: self._went_out(parcel, secret, part),
            lambda error: self._missed(uid, part, error),
            lambda done, total: self._page.send.show_sending(part.number, part.count, done, total),
        )

    def _went_out(self, parcel: _Parcel, secret: "Secret", part: Part) -> None:
        context, uid, clerk = self._page.context, parcel.uid, self._page.context.clerk()
        done = operations.run(
            context, lambda: (mail_queue.went_out(context.ledger, uid, part, clerk.now, person=clerk.person),)
        )
        if done == (False,):
            self._begin(parcel, secret)  # the next mail
            return
        self._set_busy(False)
        if done:
            context.went_well.emit("已发送，邮件服务器已收下", False)
        self._sending.refresh()

    def _missed(self, uid: str, part: Part, error: Exception) -> None:
        from exporters.mail_sending import note_fault

        context = self._page.context
        self._set_busy(False)
        if not isinstance(error, UserError):
            raise error
        now: datetime = context.clock()
        operations.run(
            context, lambda: note_fault(context.ledger, uid, part, error, now, person=context.clerk().person)
        )
        self._failed = (uid, error)
        self._sending.refresh()

    def _settle(self, arrived: bool) -> None:
        context, uid, clerk = self._page.context, self._uid(), self._page.context.clerk()
        operations.run(context, lambda: mail_queue.settle(context.ledger, uid, arrived, clerk.now, person=clerk.person))
        self._sending.refresh()

    def _go_to_settings(self) -> None:
        self._page.context.go_to.emit(Place("settings", field="mail"))

    def _fail(self, error: Exception) -> None:
        self._set_busy(False)
        self._page.fail(error)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._page.send.set_sending(busy)

    def _uid(self) -> str:
        assert self._sending.logged is not None
        return self._sending.logged.submission.uid
