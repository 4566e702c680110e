"""A submission out of the ledger again, with the very bytes that were packed when it was made."""

from dataclasses import dataclass
from typing import Any, cast

from exporters.names import attachment_name
from exporters.submission_volumes import PackageFile, PackageLabel
from models import file_store
from models.ledger import Ledger
from models.submission import Submission
from models.submission_content import data_of
from models.submission_letter import SubmissionLetter
from models.submission_repository import list_files


@dataclass(frozen=True, slots=True)
class KeptPackage:
    """The files of a submission and what their zips say about it."""

    files: tuple[PackageFile, ...]
    label: PackageLabel


def kept_package(ledger: Ledger, submission: Submission) -> KeptPackage:
    """The package as it was made, whatever happened to the records since: its zips come out with the same bytes.

    Raises UserError when a file of it has gone from the ledger's folder (at the latest when it is read).
    """
    files = tuple(
        PackageFile(file.name, file.title, file_store.path_of(ledger.folder, file.digest, file.suffix), file.extent)
        for file in list_files(ledger, submission.uid)
    )
    unit = cast("dict[str, Any]", data_of(ledger, submission).get("unit") or {})
    stem = attachment_name(
        area_code=str(unit.get("area") or ""),
        unit_code=str(unit.get("code") or ""),
        unit_uid=str(unit.get("uid") or ""),
        period_code=submission.period,
        version=submission.version,
        suffix="",
    )
    label = PackageLabel(stem, submission.receipt_code, submission.digest, submission.made_at.date())
    return KeptPackage(files, label)


def kept_letter(submission: Submission, sender: str = "") -> SubmissionLetter:
    """The letter as it was kept. `sender` is the unit's own address, if a draft is to name it."""
    return SubmissionLetter(submission.recipient, submission.subject, submission.body, sender)
