"""A submission's files written, read back as the receiver does, and only then under their own names."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from exporters.file_set import file_set
from exporters.progress import Progress
from exporters.submission_mail import MailedPackage, MailFiles, write_mail
from models.errors import UserError
from models.storage_faults import storage_faults
from models.submission_letter import SubmissionLetter

ReadBack = Callable[[Sequence[Path], str], str]
"""Reads zips with a password as the receiver does and returns the content digest of what is in them."""


def write_checked(
    package: MailedPackage,
    folder: Path,
    letter: SubmissionLetter,
    read_back: ReadBack,
    *,
    limit: int,
    password: str = "",
    progress: Progress | None = None,
    confirm: Callable[[], None] | None = None,
) -> MailFiles:
    """Zips, main forms and drafts in `folder`, together or not at all: what does not read back, or what `confirm`
    (which may note it in the ledger) refuses, must not be mistaken for a submission. What a killed run leaves hidden,
    a later one sweeps away.

    Raises UserError for the disk and for what does not read back as it was written, and as `write_mail`, `read_back`
    and `confirm`.
    """
    with storage_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with file_set(folder, confirm) as written:
            mail = write_mail(package, written.folder, letter, limit=limit, password=password, progress=progress)
            zips = [path for path in mail.attachments if path.suffix == ".zip"]
            if read_back(zips, password) != package.label.digest:
                raise UserError("写出的报送包读回来和原来不一样，没有生成。请换一个文件夹再试一次。")
            for path in (*mail.attachments, *(each.draft for each in mail.mails)):
                written.path_for(path.relative_to(written.folder).as_posix())
    return _moved(mail, folder)


def _moved(mail: MailFiles, folder: Path) -> MailFiles:
    def place(path: Path) -> Path:
        return folder / path.relative_to(mail.folder)

    mails = tuple(
        replace(each, attachments=tuple(map(place, each.attachments)), draft=place(each.draft)) for each in mail.mails
    )
    return MailFiles(folder, mail.letter, mails)
