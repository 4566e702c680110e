"""A submission out of the log again: its files as they were sent, its zips byte for byte.

Nothing but the log and the file store is asked: whatever was edited or deleted since, and whichever notice is in force
now, the same files come out.
"""

import os
import stat
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from exporters.names import safe_name
from exporters.progress import Progress
from exporters.submission_kept import KeptPackage, kept_package
from exporters.submission_mail import mail_limit, volume_limit
from exporters.submission_volumes import PackageFile, write_volumes
from models import file_store
from models.errors import UserError
from models.ledger import Ledger
from models.notice import Notice
from models.notice_installing import list_packs
from models.settings import get_setting
from models.storage_faults import storage_faults
from models.submission import Submission, SubmissionFile
from models.submission_repository import list_files
from models.submitting import LIMIT_KEY, NEW_LIMIT_KEY


def export_again(
    ledger: Ledger,
    submission: Submission,
    folder: Path,
    *,
    limit_mb: int = 0,
    password: str = "",
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write the zips of a submission once more; without a password the same bytes as the first time.

    `limit_mb` is how large a mail may be, 0 for the limit it was packed with. Any thread. Raises UserError, naming the
    file, when one has gone or was changed, and as `write_volumes`.
    """
    kept = sound_package(ledger, submission)
    most = volume_limit(kept, mail_limit(limit_mb or limit_of(ledger, submission)), protected=bool(password))
    return write_volumes(kept.files, kept.label, folder, most, password=password, progress=progress)


def sound_package(ledger: Ledger, submission: Submission) -> KeptPackage:
    """The files of a submission, every byte of which is as it was submitted. Raises UserError when one is not."""
    for file in list_files(ledger, submission.uid):
        checked_file(ledger, submission, file)
    return kept_package(ledger, submission)


def checked_file(ledger: Ledger, submission: Submission, file: SubmissionFile) -> PackageFile:
    """One file with the bytes it had when it was submitted. Raises UserError when they have gone or were changed."""
    fault = f"{submission.number} 里的“{file.name}”"
    try:
        path = file_store.path_of(ledger.folder, file.digest, file.suffix)
        kept = PackageFile(file.name, file.title, path, file.extent)
        digest = kept.digest
    except (UserError, ValueError) as error:
        raise UserError(f"{fault}不在台账文件夹里了。请从备份恢复后再试。", detail=repr(error)) from error
    if digest != file.digest:
        raise UserError(f"{fault}和报送时不一样，已损坏。请从备份恢复后再试。", detail=digest)
    return kept


def limit_of(ledger: Ledger, submission: Submission) -> int:
    """How large each of its mails may be, in MB: what somebody chose later, else as when it was packed."""
    later = get_setting(ledger, NEW_LIMIT_KEY + submission.digest, 0)
    return later if isinstance(later, int) and later > 0 else packed_limit(ledger, submission)


def packed_limit(ledger: Ledger, submission: Submission) -> int:
    """How large a mail might be when it was packed, in MB: what somebody chose, else what its notice says."""
    chosen = get_setting(ledger, LIMIT_KEY + submission.digest, 0)
    usual = notice_of(ledger, submission).thresholds.attachment_mb
    return chosen if isinstance(chosen, int) and chosen > 0 else usual


def notice_of(ledger: Ledger, submission: Submission) -> Notice:
    """The notice that was in force for a submission; if that pack is no longer installed, the one that comes first."""
    packs: Sequence[Notice] = [pack.notice for pack in list_packs(ledger)[0]]
    same = [each for each in packs if each.id == submission.notice_id]
    return next((each for each in same if each.form_version == submission.form_version), (*same, *packs)[0])


def copy_for_viewing(ledger: Ledger, submission: Submission, file: SubmissionFile, place: Path) -> Path:
    """A read-only copy of one file in `place`, for another program to show; what is changed there stays there.

    Each lies in a folder of its own. Raises UserError when the file has gone or was changed.
    """
    content = checked_file(ledger, submission, file).read()
    name = PurePosixPath(file.name)
    with storage_faults(place):
        own = place / os.urandom(4).hex()
        own.mkdir(mode=0o700, parents=True)
        copy = own / safe_name(name.stem, name.suffix)
        copy.write_bytes(content)
        copy.chmod(stat.S_IRUSR)
    return copy
