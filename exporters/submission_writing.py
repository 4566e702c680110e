"""A submission's files written, read back as the receiver does, and only then under their own names."""

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from exporters.file_set import file_set
from exporters.progress import Progress
from exporters.submission_mail import MailedPackage, MailFiles, write_mail
from models.errors import UserError
from models.storage_faults import storage_faults
from models.submission_letter import SubmissionLetter

log = logging.getLogger(__name__)

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
    a later one sweeps away. Files of the same package from another division into mails go: they must not be dragged
    into one of these.

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
    moved = _moved(mail, folder)
    _remove_others(moved, package.label.stem)
    return moved


def _remove_others(mail: MailFiles, stem: str) -> None:
    """What an earlier run made of this package and this one did not."""
    own = re.compile(rf"{re.escape(stem)}([_-]\d+)?\.(zip|pdf|xlsx|eml)")
    made = {*mail.attachments, *(each.draft for each in mail.mails)}
    for place in {mail.folder, *(each.draft.parent for each in mail.mails)}:
        for path in set(place.iterdir()) - made:
            if own.fullmatch(path.name) and path.is_file():
                try:
                    path.unlink()
                except OSError as error:  # another program holds it; what was made is whole all the same
                    log.warning("%s of another division stays: %r", path, error)


def _moved(mail: MailFiles, folder: Path) -> MailFiles:
    def place(path: Path) -> Path:
        return folder / path.relative_to(mail.folder)

    mails = tuple(
        replace(each, attachments=tuple(map(place, each.attachments)), draft=place(each.draft)) for each in mail.mails
    )
    return MailFiles(folder, mail.letter, mails)
