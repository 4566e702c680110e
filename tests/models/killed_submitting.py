"""What a child of test_killed_submitting.py does until it is killed: everything that may follow on a submission."""

import contextlib
import random
from collections.abc import Callable
from pathlib import Path

from exporters.submission_export import export_again
from models import mail_queue
from models.errors import UserError
from models.ledger import Ledger
from models.submission import Submission, SubmissionState, Way
from models.submission_repository import get_submission, list_submissions
from models.submitting import register_receipt, register_return, register_sent
from tests.factories import NOW

PASSWORD = "桃李不言下自成蹊"


def reporting(folder: Path, chance: random.Random, say: Callable[..., None]) -> None:
    """What was submitted is sent by this program, registered and exported again, with every end that may have.

    It says what it will do, and after it which events the submission has.
    """
    with Ledger.open(folder) as ledger:
        while True:
            found = chance.choice(list_submissions(ledger))
            own = found.submission
            if chance.random() < 0.3:
                secret = chance.choice(("", PASSWORD))
                export_again(ledger, own, folder.parent / "再", limit_mb=1, password=secret)
                say("exported", own.uid)
                continue
            end = chance.choice(list(ENDS)) if found.state == SubmissionState.SENDING else "begin"
            end = end if chance.random() < 0.8 else chance.choice(list(WORDS))
            say("will", own.uid, end)
            with contextlib.suppress(UserError):  # not everything can follow on everything
                (ENDS | WORDS | {"begin": _begin})[end](ledger, own)
            after = get_submission(ledger, own.uid)
            say("done", own.uid, *(event.uid for event in (after or found).events))


def _begin(ledger: Ledger, own: Submission) -> None:
    mail_queue.begin(ledger, own.uid, 3, "zhaofang@example.org", NOW, again=True)


def _part(ledger: Ledger, own: Submission) -> mail_queue.Part:
    found = get_submission(ledger, own.uid)
    gone = mail_queue.parts_gone(found) if found else ()
    return mail_queue.Part(len(gone) + 1, 3)


ENDS: dict[str, Callable[[Ledger, Submission], object]] = {
    "went_out": lambda ledger, own: mail_queue.went_out(ledger, own.uid, _part(ledger, own), NOW),
    "failed": lambda ledger, own: mail_queue.did_not_go(ledger, own.uid, _part(ledger, own), "退信。", NOW),
    "later": lambda ledger, own: mail_queue.did_not_go(ledger, own.uid, _part(ledger, own), "没网。", NOW, later=True),
    "arrived": lambda ledger, own: mail_queue.settle(ledger, own.uid, True, NOW),
    "lost": lambda ledger, own: mail_queue.settle(ledger, own.uid, False, NOW),
}
WORDS: dict[str, Callable[[Ledger, Submission], object]] = {
    "sent": lambda ledger, own: register_sent(ledger, own, Way.USB, NOW),
    "received": lambda ledger, own: register_receipt(ledger, own, own.receipt_code, NOW),
    "returned": lambda ledger, own: register_return(ledger, own, "缺少盖章页", NOW),
    "withdrawn": lambda ledger, own: mail_queue.withdraw(ledger, own.uid, NOW),
}
