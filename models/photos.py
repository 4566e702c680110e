"""Photos of activities and cases, from a file somewhere to a row of the ledger.

In two steps, so that a window stays alive: `prepare_all` reads, slims and stores the pictures in a worker thread and
touches no row; `attach` makes the rows in the window's thread, as one step of 撤销. What was stored and never attached
is swept away later (models/file_store.py).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models import file_store
from models.attachment import OF_CASE, PHOTO, Attachment
from models.attachment_recording import attach
from models.errors import UserError
from models.ledger import Ledger
from models.photo_names import safe_name
from models.photo_slimming import SUFFIX, PreparedPhoto, prepare_photo
from models.photo_source import Pasted, Source, source_name
from models.recording import Clerk

__all__ = (
    "Pasted",
    "Preparation",
    "PreparedPhoto",
    "Refusal",
    "Source",
    "add_photos",
    "attach",
    "copy_photos",
    "prepare_all",
    "prepare_photo",
    "store_photo",
)

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One file that could not be taken, with the sentence that says why (it names the file)."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Preparation:
    """What became of a batch: photos (or files) that are stored and wait for `attach`, files refused by name, and how
    many were not looked at any more, because the clerk stopped it or the disk failed (`fault` says how)."""

    photos: tuple[Attachment, ...] = ()
    refused: tuple[Refusal, ...] = ()
    left_out: int = 0
    fault: str = ""


def store_photo(folder: Path, prepared: PreparedPhoto) -> Attachment:
    """Keep a prepared picture in the ledger folder; returns a photo without an owner. Any thread."""
    full_digest = file_store.store(folder, prepared.full, SUFFIX) if prepared.full else ""
    return Attachment(
        kind=PHOTO,
        digest=file_store.store(folder, prepared.slim, SUFFIX),
        suffix=SUFFIX,
        byte_count=len(prepared.slim),
        full_digest=full_digest,
        full_byte_count=len(prepared.full),
        width=prepared.width,
        height=prepared.height,
        file_name=safe_name(prepared.name),
    )


def prepare_all(
    folder: Path,
    sources: Sequence[Source],
    *,
    full: bool = False,
    progress: Progress = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Preparation:
    """Slim and store pictures one after the other; memory holds one at a time. Made for a worker thread.

    `progress(done, total)` is called before the first and after each. When `cancelled` says so, what is ready is
    kept. A picture that cannot be taken is refused by name and the others go on; when the ledger's disk is full or
    gone no other would fare better, so that ends it, with what is ready kept as well.
    """
    photos: list[Attachment] = []
    refused: list[Refusal] = []
    total = len(sources)
    progress(0, total)
    for done, source in enumerate(sources):
        if cancelled():
            return Preparation(tuple(photos), tuple(refused), total - done)
        try:
            prepared = prepare_photo(source, full=full)
        except UserError as error:
            refused.append(Refusal(source_name(source), error.message))
            progress(done + 1, total)
            continue
        try:
            photos.append(store_photo(folder, prepared))
        except UserError as error:
            return Preparation(tuple(photos), tuple(refused), total - done, error.message)
        progress(done + 1, total)
    return Preparation(tuple(photos), tuple(refused))


def add_photos(
    ledger: Ledger,
    owner_kind: str,
    owner_uid: str,
    sources: Sequence[Source],
    clerk: Clerk,
    progress: Progress = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[list[Attachment], Preparation]:
    """Both steps at once, for callers without a window. Cases get the full-size copies as well."""
    prepared = prepare_all(ledger.folder, sources, full=owner_kind == OF_CASE, progress=progress, cancelled=cancelled)
    return attach(ledger, owner_kind, owner_uid, prepared.photos, clerk), prepared


def copy_photos(ledger: Ledger, photos: Iterable[Attachment], case_uid: str, clerk: Clerk) -> list[Attachment]:
    """Give a case photos of activities: the same stored files, with their words. Joins a running transaction.

    Activities keep no full-size copy, so the case gets the slimmed one, and the full one where there is one.
    """
    fresh = [
        replace(photo, uid="", revision=0, created_at=None, modified_at=None, modified_by="")
        for photo in photos
        if photo.kind == PHOTO
    ]
    return attach(ledger, OF_CASE, case_uid, fresh, clerk)
