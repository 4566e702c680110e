"""试一下: log in at the mail server off the window's thread, and say what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.mail_account import MailAccount
from ui import workers
from ui.mail_secrets import secret_store

if TYPE_CHECKING:
    from exporters.mail_secret import Secret

WORKS = "登录成功，没有发出任何邮件。"
# What is said of a mail that was not sent, and what is true when none was meant to be.
_REWORDED = (
    ("邮件没有发出，授权码也没有传出去", "授权码没有传出去"),
    ("邮箱拒绝了这封邮件，没有发出", "邮箱拒绝了登录"),
    ("邮箱把这封邮件当成了垃圾邮件，没有发出", "邮箱把这次登录当成了滥发邮件"),
    ("，邮件没有发完，对方不会收到", ""),
    ("，邮件没有发出", ""),
    ("，在“待发送”里再发一次", "，再试一次"),
    ("在“待发送”里再发一次", "再试一次"),
    ("已停止发送，这封邮件没有发出", "已停止"),
)


@dataclass(frozen=True, slots=True)
class Tried:
    """How it ended: `code_found` is False when there was no 授权码 to try with."""

    account: MailAccount
    code_found: bool


def start_trial(
    account: MailAccount,
    typed: "Secret | None",
    finished: Callable[[Tried], None],
    failed: Callable[[Exception], None],
) -> workers.Job:
    """Log in with what is typed, else with what is kept. The only thing on this page that uses the network."""

    def work(job: workers.Job) -> Tried:
        from exporters.smtp_login import try_login

        secret = typed or secret_store().find(account)
        if secret is not None:
            try_login(account, secret, cancelled=lambda: job.cancelled)
        return Tried(account, secret is not None)

    return workers.start(work, finished, failed)


def trial_words(message: str) -> str:
    """A sentence about sending a mail (`exporters.smtp_faults`), as it has to be when only the login was tried."""
    for sent, tried in _REWORDED:
        message = message.replace(sent, tried)
    return message
