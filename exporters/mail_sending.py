"""Send a submission: note the attempt, send the mail, note its end, mail after mail.

In a window the three steps belong to different threads, since only the window's may write to the ledger:
`mail_queue.begin` there, `deliver` in a worker, then `mail_queue.went_out` or `note_fault` there again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from exporters.mail_secret import Secret
from exporters.smtp import SendProgress, send
from exporters.smtp_faults import MailError, Outcome
from exporters.submission_mail import Mail, MailFiles
from models import mail_queue
from models.errors import UserError
from models.ledger import Ledger
from models.mail_account import MailAccount
from models.mail_queue import Part


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: for each step of a conversation with the server, and for its last word on a mail."""

    step: float = 30.0
    answer: float = 300.0


USUAL = Patience()


def deliver(
    mail: Mail,
    sending: str,
    account: MailAccount,
    secret: Secret,
    sent_at: datetime,
    *,
    progress: SendProgress | None = None,
    cancelled: Callable[[], bool] | None = None,
    patience: Patience = USUAL,
) -> None:
    """Send one mail of a `sending` (`mail_queue.sending_of`); touches no ledger. Raises MailError, and UserError when
    an attachment cannot be read: then nothing was sent.
    """
    send(
        mail.message(account.address, sent_at, sending),
        account,
        secret,
        recipient=mail.letter.recipient,
        progress=progress,
        cancelled=cancelled,
        timeout=patience.step,
        answer_timeout=patience.answer,
    )


def note_fault(
    ledger: Ledger, submission_uid: str, part: Part, error: UserError, now: datetime, *, person: str = ""
) -> None:
    """Note why a mail was not sent; what may succeed later waits in the queue. When nobody knows whether it was sent,
    nothing is noted: the attempt stays open until a person settles it.
    """
    outcome = error.outcome if isinstance(error, MailError) else Outcome.NOT_SENT
    if outcome is not Outcome.UNKNOWN:
        later = outcome is Outcome.LATER
        mail_queue.did_not_go(ledger, submission_uid, part, error.message, now, person=person, later=later)


def send_rest(
    ledger: Ledger,
    submission_uid: str,
    files: MailFiles,
    account: MailAccount,
    secret: Secret,
    clock: Callable[[], datetime],
    *,
    person: str = "",
    again: bool = False,
    progress: Callable[[Part, int, int], object] | None = None,
    cancelled: Callable[[], bool] | None = None,
    patience: Patience = USUAL,
) -> None:
    """Send the mails that have not gone yet, in the thread that `ledger` belongs to (command line, tests).

    Raises UserError before anything is noted when it may not be sent (`mail_queue.next_part`), and the fault of the
    mail that failed after noting it; those before it have gone and will not be sent again.
    """
    done, sending = False, mail_queue.sending_of(ledger, submission_uid)
    while not done:
        now = clock()
        part = mail_queue.begin(
            ledger, submission_uid, len(files.mails), account.address, now, person=person, again=again
        )
        try:
            deliver(
                files.mails[part.number - 1],
                sending,
                account,
                secret,
                now,
                progress=_with_part(progress, part),
                cancelled=cancelled,
                patience=patience,
            )
        except UserError as error:
            note_fault(ledger, submission_uid, part, error, clock(), person=person)
            raise
        done = mail_queue.went_out(ledger, submission_uid, part, clock(), person=person)


def _with_part(progress: Callable[[Part, int, int], object] | None, part: Part) -> SendProgress | None:
    if progress is None:
        return None
    return lambda sent, total: progress(part, sent, total)
