"""Killed while what was submitted is sent, registered or exported again: nothing that was noted is lost or untrue."""

import os
from collections import Counter
from pathlib import Path

import pytest
import pyzipper  # pyright: ignore[reportMissingTypeStubs]

from models import periods
from models.case import CaseStage
from models.case_repository import CASES
from models.ledger import Ledger
from models.photos import Pasted
from models.submission import EventKind, SubmissionState
from models.submission_repository import LoggedSubmission, list_submissions
from tests.models.killed_submitting import ENDS, PASSWORD, WORDS
from tests.models.photo_samples import encoded, noise
from tests.models.submitted import THIRD, a_ready_ledger, add_captioned_photo, explain_everything, submitted
from tests.models.test_killed_daily_work import Kill, assert_whole, kill, of_kind

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked, for speed"),
]
__all__ = ["kill"]  # the fixture
# What a step may have noted: all of one of these, or nothing.
NOTED: dict[str, set[tuple[str, ...]]] = {
    "begin": {("attempt",)},
    "went_out": {("queued",), ("sent",)},
    "arrived": {("queued",), ("sent",)},
    "failed": {("failed",)},
    "lost": {("failed",)},
    "later": {("failed",), ("failed", "queued")},
    "sent": {("sent",)},
    "received": {("received",), ("sent", "received")},
    "returned": {("returned",), ("sent", "returned")},
    "withdrawn": {("cancelled",)},
    "": set(),
}


def test_sending_registering_and_exporting_again(kill: Kill, tmp_path: Path) -> None:
    """What was noted stays noted, in its order; what was not is noted whole or not at all; a zip has its name when it
    is finished.
    """
    folder = tmp_path / "台账"
    with a_ready_ledger(folder) as ledger:
        [case] = CASES.list_all(ledger)
        for number in range(3):
            picture = encoded(noise(900, 500 + number), quality=90)
            add_captioned_photo(ledger, case.uid, Pasted("现场.jpg", lambda picture=picture: picture))
        for period in (THIRD, periods.half(2025, 2), periods.year(2025), periods.month(2025, 9)):
            explain_everything(ledger, period)
            submitted(ledger, sent=False, period=period)
    known: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for seed in range(70):
        said = kill("reporting", folder, seed)
        counts.update(words[2] if words[0] == "will" else words[0] for words in said)
        known |= {words[0]: words[1:] for words in of_kind(said, "done")}
        unsure = {said[-1][1]: said[-1][2]} if said and said[-1][0] == "will" else {}
        with assert_whole(folder, seed) as ledger:
            for each in list_submissions(ledger):
                assert_noted(each, known.get(each.submission.uid, []), unsure.get(each.submission.uid, ""))
            known = {each.submission.uid: [event.uid for event in each.events] for each in list_submissions(ledger)}
            assert_fate(ledger)
        assert_zips_whole(tmp_path / "再")
    assert counts["exported"] > 30 and counts["done"] > 100 and min(counts[end] for end in (*ENDS, *WORDS)) > 0
    assert len({path.name for path in (tmp_path / "再").glob("*.zip")}) > 4, "several zips of several submissions"


def assert_noted(logged: LoggedSubmission, acknowledged: list[str], unsure: str) -> None:
    """`unsure` is what was being noted when the child was killed: all of it is there or none."""
    uids, kinds = [event.uid for event in logged.events], [event.kind for event in logged.events]
    assert uids[: len(acknowledged)] == acknowledged
    more = tuple(kinds[len(acknowledged) or 1 :])
    assert more == () or more in NOTED[unsure], (unsure, more)
    if not more and kinds[-1] == EventKind.ATTEMPT:
        assert logged.state == SubmissionState.SENDING, "nobody knows, and nothing says otherwise"
    assert logged.state == SubmissionState.QUEUED or not more or unsure != "later"
    if logged.state in (SubmissionState.SENT, SubmissionState.RECEIVED, SubmissionState.RETURNED):
        assert EventKind.SENT in kinds


def assert_fate(ledger: Ledger) -> None:
    """The case is marked as the last thing that happened to a submission with it says."""
    [case] = CASES.list_all(ledger)
    rows = ledger.query("SELECT kind FROM submission_event WHERE kind IN ('sent', 'returned') ORDER BY rowid")
    last = rows[-1][0] if rows else ""
    assert case.fate == {"": "", "sent": CaseStage.SUBMITTED, "returned": CaseStage.RETURNED}[last]


def assert_zips_whole(folder: Path) -> None:
    for path in folder.glob("*.zip"):
        with pyzipper.AESZipFile(path) as archive:
            archive.setpassword(PASSWORD.encode())
            assert archive.testzip() is None and len(archive.namelist()) > 1
