"""The photos that go into a package: those of the cases in it, as full-size files of their own (FORMS.md 2.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from models import file_store
from models.attachment import PHOTO, Attachment
from models.attachment_repository import list_attachments
from models.case import Case
from models.ledger import Ledger
from models.photo_names import copy_name, safe_name

FOLDER = "照片"
LONGEST_STEM = 60  # characters of a photo's name, which its caption may exceed


@dataclass(frozen=True, slots=True)
class PackagePhoto:
    """A photo and what it is called in the package: 照片/AL-2025-001_1_师傅讲安全.jpg. `digest` is that of the
    bytes that are sent: the full-size copy, stripped of EXIF and position, where there is one.
    """

    name: str
    path: Path
    digest: str
    byte_count: int
    attachment: Attachment


def photos_of_cases(ledger: Ledger, cases: Iterable[Case]) -> tuple[PackagePhoto, ...]:
    """The photos of the cases, in the order of the cases and of each case's photos.

    A photo whose file has gone is listed all the same: rule H14 says so before anything is sent.
    """
    found: list[PackagePhoto] = []
    for case in cases:
        photos = (each for each in list_attachments(ledger, case.uid) if each.kind == PHOTO)
        found += (_named(ledger.folder, case, number, photo) for number, photo in enumerate(photos, 1))
    return tuple(found)


def _named(folder: Path, case: Case, number: int, photo: Attachment) -> PackagePhoto:
    caption = safe_name(Path(copy_name(photo)).stem, "照片")[:LONGEST_STEM].rstrip(". ")
    name = f"{FOLDER}/{safe_name(case.number, '案例')}_{number}_{caption}{photo.suffix}"
    digest, size = photo.digest, photo.byte_count
    if photo.full_digest:
        digest, size = photo.full_digest, photo.full_byte_count
    return PackagePhoto(name, file_store.path_of(folder, digest, photo.suffix), digest, size, photo)
