"""The mails of a submission: one for each volume, with names that every webmail shows, ready to open or to send.

    JZGH_410803_A12345_2025Q3_v1.zip     the package, or its first volume
    JZGH_410803_A12345_2025Q3_v1.pdf     the main form beside it, to be looked at in a browser
    JZGH_410803_A12345_2025Q3_v1.xlsx
    邮件草稿/JZGH_410803_A12345_2025Q3_v1.eml     the draft with all of these; …_v1_2.eml for the second volume

All that is attached lies in one folder with nothing else, so that it can be dragged into webmail as it is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from exporters.atomic import write_bytes
from exporters.eml import Attachment, Draft, draft_bytes, message_bytes
from exporters.file_set import file_set, known_place
from exporters.progress import Progress
from exporters.submission_package import PHOTO_TITLE, BuiltPackage
from exporters.submission_volumes import PackageFile, PackageLabel, plan_volumes, volume_name, write_volumes
from models.errors import UserError
from models.mail_queue import Part
from models.reports.correction import CODE as CORRECTION
from models.reports.correction import TITLE as CORRECTION_TITLE
from models.storage_faults import storage_faults
from models.submission_content import COVER_FORM, LEDGER_FORM
from models.submission_letter import (
    EnclosedFile,
    SubmissionLetter,
    compose_submission_letter,
    numbered,
    with_enclosures,
)

DRAFTS = "邮件草稿"  # the folder of the drafts, inside that of the attachments
_MEGABYTE = 1 << 20
_USES = {".pdf": "可直接查看、打印", ".xlsx": "核对、汇总用"}


class MailedPackage(Protocol):
    """What is mailed: a package just built, or one kept in the ledger."""

    @property
    def files(self) -> tuple[PackageFile, ...]: ...
    @property
    def label(self) -> PackageLabel: ...


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail: the letter as this one has it, the files that go along, and its draft on the disk."""

    part: Part
    letter: SubmissionLetter
    attachments: tuple[Path, ...]
    draft: Path

    def message(self, sender: str, sent_at: datetime, sending: str) -> bytes:
        """The mail as this program sends it from `sender`. The same mail of the same `sending`
        (`mail_queue.sending_of`) has the same Message-ID whenever it is tried. Raises UserError for an attachment that
        cannot be read.
        """
        letter = self.letter
        attachments = tuple(map(Attachment.from_file, self.attachments))
        key = f"{sending} {self.part.number}/{self.part.count}"
        return message_bytes(Draft(letter.recipient, sender, letter.subject, letter.body, attachments), sent_at, key)


@dataclass(frozen=True, slots=True)
class MailFiles:
    """All mails of a submission. `letter` is what they have in common: what the ledger keeps and the screen shows."""

    folder: Path
    letter: SubmissionLetter
    mails: tuple[Mail, ...]

    @property
    def attachments(self) -> tuple[Path, ...]:
        """All files that go along, the package first."""
        return tuple(path for mail in self.mails for path in mail.attachments)


def mail_limit(attachment_mb: int) -> int:
    """The bytes that the attachments of one mail may have, from the notice's (or the clerk's) megabytes."""
    return attachment_mb * _MEGABYTE


def volume_limit(package: MailedPackage, limit: int, *, protected: bool = False) -> int:
    """How large a zip may be, so that the main forms fit beside it into a mail of `limit` bytes."""
    return limit - sum(file.byte_count for file in _beside(package, limit, protected=protected))


def letter_for(package: BuiltPackage, limit: int, *, protected: bool = False) -> SubmissionLetter:
    """The letter of a package just built, before anything is written: for the preview and for the ledger.

    Raises UserError for a photo that fits into no mail.
    """
    volumes = plan_volumes(package.files, volume_limit(package, limit, protected=protected))
    beside = _beside(package, limit, protected=protected)
    titles = {report.code: report.title for report in package.content.reports}
    enclosed = _enclosed(package, volumes, beside, titles)
    return compose_submission_letter(package.content, package.receipt_code, enclosed, protected=protected)


def letter_again(
    package: MailedPackage, letter: SubmissionLetter, limit: int, *, protected: bool = False
) -> SubmissionLetter:
    """The letter of a package that is kept, for mails of another size than it was written for: the same but for its
    list of files. Errors as `letter_for`.
    """
    volumes = plan_volumes(package.files, volume_limit(package, limit, protected=protected))
    return with_enclosures(letter, _enclosed(package, volumes, _beside(package, limit, protected=protected), {}))


def write_mail(
    package: MailedPackage,
    folder: Path,
    letter: SubmissionLetter,
    *,
    limit: int,
    password: str = "",
    progress: Progress | None = None,
) -> MailFiles:
    """Write the zips of at most the right size and the drafts into `folder`. Errors as `write_volumes`."""
    ceiling = volume_limit(package, limit, protected=bool(password))
    volumes = write_volumes(package.files, package.label, folder, ceiling, password=password, progress=progress)
    return make_mail(package, volumes, folder, letter, limit=limit, protected=bool(password))


def make_mail(
    package: MailedPackage,
    volumes: Sequence[Path],
    folder: Path,
    letter: SubmissionLetter,
    *,
    limit: int,
    protected: bool = False,
) -> MailFiles:
    """The mails for `volumes`, which are written already. Main forms appear in `folder`, and the drafts in a folder of
    their own inside it so that all that lies in `folder` is to be attached, together or not at all. A `protected`
    package goes alone: beside it everybody could read what its password hides.

    Raises UserError for a recipient or subject that no mail can have, and for the disk.
    """
    stem = package.label.stem
    beside = _beside(package, limit, protected=protected)
    with storage_faults(known_place(folder)):
        folder.mkdir(parents=True, exist_ok=True)
        if volumes[0].stat().st_size + sum(file.byte_count for file in beside) > limit:
            beside = ()
        names = _names(stem, beside)
        mails: list[Mail] = []
        with file_set(folder) as written:
            for file, name in zip(beside, names, strict=True):
                write_bytes(written.path_for(name), file.read())
            for number, volume in enumerate(volumes, 1):
                others = tuple(folder / name for name in names) if number == 1 else ()
                own = numbered(letter, number, len(volumes))
                draft = f"{DRAFTS}/{volume_name(stem, number).removesuffix('.zip')}.eml"
                mail = Mail(Part(number, len(volumes)), own, (volume, *others), folder / draft)
                write_bytes(written.path_for(draft), _draft(mail, written.folder, names))
                mails.append(mail)
    return MailFiles(folder, letter, tuple(mails))


def main_files(files: Sequence[PackageFile]) -> tuple[PackageFile, ...]:
    """The PDF and the Excel file of 表2 (of the first form if 表2 is not sent)."""
    forms = [file for file in files if file.suffix in _USES and file.title != COVER_FORM]
    title = next((file.title for file in forms if file.title == LEDGER_FORM), forms[0].title if forms else "")
    return tuple(file for file in forms if file.title == title)


def _beside(package: MailedPackage, limit: int, *, protected: bool) -> tuple[PackageFile, ...]:
    """What goes beside the package: nothing if it is protected, or if the mails would become more because of it."""
    found = () if protected else main_files(package.files)
    room = limit - sum(file.byte_count for file in found)
    try:
        more = len(plan_volumes(package.files, room)) > len(plan_volumes(package.files, limit))
    except UserError:  # a photo that needs a mail for itself
        return ()
    return () if more else found


def _names(stem: str, beside: Sequence[PackageFile]) -> list[str]:
    """ASCII names; where several cases are the main forms, they are counted."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for file in beside:
        seen[file.suffix] += 1
        number = seen[file.suffix]
        names.append(f"{stem}-{number}{file.suffix}" if number > 1 else f"{stem}{file.suffix}")
    return names


def _draft(mail: Mail, working: Path, beside: Sequence[str]) -> bytes:
    """The draft's bytes while the files beside the package still lie in the `working` folder."""
    paths = (working / path.name if path.name in beside else path for path in mail.attachments)
    letter = mail.letter
    return draft_bytes(
        Draft(letter.recipient, letter.sender, letter.subject, letter.body, tuple(map(Attachment.from_file, paths)))
    )


def _enclosed(
    package: MailedPackage,
    volumes: Sequence[Sequence[PackageFile]],
    beside: Sequence[PackageFile],
    titles: Mapping[str, str],
) -> list[EnclosedFile]:
    stem = package.label.stem
    found = [EnclosedFile(volume_name(stem, 1), _contents(volumes[0], "全部材料" if len(volumes) == 1 else "材料"))]
    for name, file in zip(_names(stem, beside), beside, strict=True):
        found.append(EnclosedFile(name, f"{_called(titles.get(file.title), file)}，{_USES[file.suffix]}"))
    for number, members in enumerate(volumes[1:], 2):
        found.append(EnclosedFile(volume_name(stem, number), _contents(members, "材料"), number))
    return found


def _contents(members: Sequence[PackageFile], what: str) -> str:
    """What a zip holds: the forms by their numbers, what a correction changes, the photos by their count."""
    forms = list(dict.fromkeys(file.title for file in members if file.title.startswith("表")))
    photos = sum(file.title == PHOTO_TITLE for file in members)
    corrects = any(file.title == CORRECTION for file in members)
    parts = [*forms, *([CORRECTION_TITLE] if corrects else []), *([f"照片{photos}张"] if photos else [])]
    return f"{what}：{'、'.join(parts)}，下载后解压" if parts else f"{what}，下载后解压"


def _called(title: str | None, file: PackageFile) -> str:
    return f"{file.title}《{title}》" if title else Path(file.name).stem
