"""Between the 报送 wizard and what makes mails: the package before it is written, after that, and out of the ledger."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from exporters.progress import Progress
from exporters.submission_export import limit_of, packed_limit, sound_package
from exporters.submission_kept import KeptPackage, kept_letter
from exporters.submission_mail import (
    MailedPackage,
    MailFiles,
    letter_again,
    letter_for,
    mail_limit,
    main_files,
    volume_limit,
)
from exporters.submission_mail import make_mail as write_drafts
from exporters.submission_package import BuiltPackage, build_package
from exporters.submission_volumes import PackageFile, plan_volumes, volume_name
from exporters.submission_writing import write_checked
from models.errors import UserError
from models.ledger import Ledger
from models.submission import Submission
from models.submission_content import PackageContent
from models.submission_letter import SubmissionLetter

_PROTECTED = "密码由我们另行打电话告知"  # what the letter says of a package with a password


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes along; how large it becomes is `about` so while it is not written yet."""

    name: str
    byte_count: int
    about: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is about to be packed. `content` is what a new package was made of, None for one out of the ledger."""

    package: BuiltPackage | KeptPackage
    letter: SubmissionLetter
    attached: tuple[Attached, ...]
    mails: int
    content: PackageContent | None = None

    @property
    def byte_count(self) -> int:
        """The size of all files together."""
        return sum(file.byte_count for file in self.package.files)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What lies ready in a folder to be sent."""

    files: MailFiles
    byte_count: int


def make_parcel(content: PackageContent, recipient: str, limit: int, progress: Progress | None = None) -> Parcel:
    """Make the files of a submission and its letter. Errors as `build_package`."""
    return addressed(build_package(content, progress), recipient, limit)


def addressed(package: BuiltPackage, recipient: str, limit: int, *, protected: bool = False) -> Parcel:
    """The same package with its letter to `recipient`; `limit` in bytes for each mail."""
    letter = replace(letter_for(package, limit, protected=protected), recipient=recipient.strip())
    return replace(_parcel(package, letter, limit, protected=protected), content=package.content)


def kept_parcel(ledger: Ledger, submission: Submission) -> tuple[Parcel, int]:
    """A submission as it is kept, and the megabytes that each of its mails may have.

    Raises UserError when one of its files has gone from the ledger's folder or was changed.
    """
    package, protected = sound_package(ledger, submission), is_protected(submission)
    megabytes, letter = limit_of(ledger, submission), kept_letter(submission)
    kept = _parcel(package, letter, limit_bytes(megabytes), protected=protected)
    same = megabytes == packed_limit(ledger, submission)
    return kept if same else divided(kept, limit_bytes(megabytes), protected=protected), megabytes


def divided(parcel: Parcel, limit: int, *, protected: bool) -> Parcel:
    """A kept package for mails of another size. Raises UserError for a photo that fits into none."""
    letter = letter_again(parcel.package, parcel.letter, limit, protected=protected)
    return _parcel(parcel.package, letter, limit, protected=protected)


def is_protected(submission: Submission) -> bool:
    """Whether its letter says that the zips have a password."""
    return _PROTECTED in submission.body


def pack(parcel: Parcel, folder: Path, limit: int, password: str = "", progress: Progress | None = None) -> Outgoing:
    """Write zips and drafts into `folder`, and read every file back before anything is believed. Errors as
    `write_checked`, nothing is in the folder then.
    """
    written = write_checked(
        parcel.package, folder, parcel.letter, _read_back, limit=limit, password=password, progress=progress
    )
    return _outgoing(written)


def find_again(parcel: Parcel, folder: Path, limit: int, *, protected: bool) -> Outgoing | None:
    """What was written before, if it is still there and whole; None when it has to be written anew."""
    stem = parcel.package.label.stem
    volumes = [folder / volume_name(stem, number) for number in range(1, parcel.mails + 1)]
    if not all(path.is_file() for path in volumes):
        return None
    if not protected:
        try:
            whole = _read_back(volumes) == parcel.package.label.digest
        except UserError:
            whole = False
        if not whole:
            return None  # somebody changed it: it is made anew
    package = parcel.package
    return _outgoing(write_drafts(package, volumes, folder, parcel.letter, limit=limit, protected=protected))


def _read_back(volumes: Sequence[Path], password: str = "") -> str:
    """As the receiver reads them: the digest of what is in them. Raises UserError."""
    from importers.package_reading import read_package

    return read_package(list(volumes), password).digest


def limit_bytes(megabytes: int) -> int:
    """How much one mail may carry."""
    return mail_limit(megabytes)


def _outgoing(files: MailFiles) -> Outgoing:
    return Outgoing(files, sum(path.stat().st_size for path in files.attachments))


def _parcel(package: BuiltPackage | KeptPackage, letter: SubmissionLetter, limit: int, *, protected: bool) -> Parcel:
    volumes = plan_volumes(package.files, volume_limit(package, limit, protected=protected))
    return Parcel(package, letter, _attached(package, volumes, limit, protected=protected), len(volumes))


def _attached(
    package: MailedPackage, volumes: Sequence[Sequence[PackageFile]], limit: int, *, protected: bool
) -> tuple[Attached, ...]:
    stem = package.label.stem
    zips = [
        Attached(volume_name(stem, number), sum(file.byte_count for file in members), True)
        for number, members in enumerate(volumes, 1)
    ]
    beside: list[Attached] = []
    seen: Counter[str] = Counter()
    if volume_limit(package, limit, protected=protected) < limit:
        for file in main_files(package.files):
            seen[file.suffix] += 1
            number = f"-{seen[file.suffix]}" if seen[file.suffix] > 1 else ""
            beside.append(Attached(f"{stem}{number}{file.suffix}", file.byte_count))
    return (zips[0], *beside, *zips[1:])
