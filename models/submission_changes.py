"""更正: which records are no longer as they were submitted. Saving a record again as it was is no change."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from models.case import Case
from models.errors import UserError
from models.ledger import Ledger
from models.notice import Notice
from models.periods import Period, parse_period
from models.reports.basis import ReportBasis
from models.submission import Submission
from models.submission_content import CASE_FORM, data_of
from models.submission_data import submission_data
from models.submission_differences import CHANGED, Differences, RecordChange, differences
from models.submission_log_repository import RECORD_TABLES, last_sent, touched_items
from models.submission_photos import PackagePhoto, photos_of_cases
from models.submission_repository import get_submission, list_items

RECENT = 8  # periods that are compared: nobody corrects what was submitted years ago


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """What has changed in the ledger since `submission`, the latest version of its period that was sent."""

    submission: Submission
    found: Differences

    @property
    def count(self) -> int:
        """How many records are not as they were submitted: changed, new or gone."""
        return len(self.found.changes)


@dataclass(frozen=True, slots=True)
class Mark:
    """Why a submitted record asks for 更正报送: the submission it was in, and what has changed in it."""

    submission: Submission
    change: RecordChange


def changed_since_submission(ledger: Ledger, notice: Notice, period: Period, today: date) -> ChangedSince | None:
    """What differs from the last sent version of a period; None when none was sent.

    Any thread, with a reading connection. Raises UserError when the file with what was submitted has gone.
    """
    logged = get_submission(ledger, last_sent(ledger).get(period.code, ""))
    if logged is None:
        return None
    submission = logged.submission
    old = data_of(ledger, submission)
    basis = ReportBasis(ledger, notice, period, today)
    cases = _cases(ledger, basis, submission)
    photos = _photos(ledger, cases, {str(each.get("sha256")) for each in old.get("photos", ())}, submission.made_at)
    new = submission_data(basis, submission.version, submission.forms, cases, photos)
    return ChangedSince(submission, differences(old, new, notice))


def counts_since(ledger: Ledger, notice: Notice, today: date) -> dict[str, int]:
    """Submission uid → how many records are not as they were submitted, for the last sent versions of the periods
    that were submitted most recently, the latest first.

    Those that nothing was changed in, and those whose files have gone, are left out.
    """
    found: dict[str, int] = {}
    for code, uid in islice(last_sent(ledger).items(), RECENT):
        with contextlib.suppress(UserError):
            changed = changed_since_submission(ledger, notice, parse_period(code), today)
            if changed and changed.count:
                found[uid] = changed.count
    return found


def marks(ledger: Ledger, notice: Notice, today: date) -> dict[str, Mark]:
    """Record uid → mark, for every submitted record that was changed since and is still there.

    Only periods in which a submitted record was touched are compared at all. A submission whose files have gone is
    left out: 报送记录 says so.
    """
    found: dict[str, Mark] = {}
    for code, uid in islice(last_sent(ledger).items(), RECENT):
        if not touched_items(ledger, uid):
            continue
        try:
            changed = changed_since_submission(ledger, notice, parse_period(code), today)
        except UserError:
            continue
        for change in changed.found.changes if changed else ():
            if changed and change.change == CHANGED and change.kind in RECORD_TABLES:
                found.setdefault(change.uid, Mark(changed.submission, change))
    return found


def _cases(ledger: Ledger, basis: ReportBasis, submission: Submission) -> list[Case]:
    """The cases that were sent, and those that are new since. What was left out then is no addition now."""
    if CASE_FORM not in submission.forms:
        return []
    sent = {item.record_uid for item in list_items(ledger, submission.uid)}
    return [case for case in basis.cases if case.uid in sent or _is_new(case.created_at, submission.made_at)]


def _photos(ledger: Ledger, cases: Sequence[Case], sent: set[str], made_at: datetime) -> list[PackagePhoto]:
    """Likewise their photos."""
    photos = photos_of_cases(ledger, cases)
    return [each for each in photos if each.digest in sent or _is_new(each.attachment.created_at, made_at)]


def _is_new(created_at: datetime | None, made_at: datetime) -> bool:
    return created_at is not None and created_at > made_at
