"""Getting a ledger back: from a backup, from a 搬家包, from another ledger's folder. Nothing is ever overwritten.

Everything is first put together and checked in a folder of its own beside the ledger. What was there before is then
moved aside as a whole, and the checked one takes its place; the ledger file comes last, so that an interruption leaves
a folder without a ledger, never one with half of it.
"""

import contextlib
import logging
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.backup import go_on, read_manifest
from models.backup_files import (
    OTHER_FOLDERS,
    PHOTOS,
    blob_name,
    copy_checked,
    digest_of,
    find_blob,
    list_others,
    stored,
)
from models.backup_query import (
    SOUND,
    Blob,
    Facts,
    Report,
    StoppedError,
    look_into,
    table_digests,
)
from models.errors import UserError
from models.ledger import FILE_NAME, LOCK_NAME
from models.lock import FolderLock
from models.restore_inspect import FROM_FOLDER, FROM_PACKAGE, BackupInfo, inspect, trouble_with
from models.restore_package import MANIFEST, opened_package, package_manifest, unpack
from models.storage_faults import storage_faults

__all__ = ["BackupInfo", "Restored", "inspect", "restore", "trouble_with"]

log = logging.getLogger(__name__)

ASIDE, STAGING = "原来的台账_", ".恢复中"
ASIDE_DAMAGED = "损坏的台账_"
_DATABASE_TAILS = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it. `before` is None when the present ledger could not be read; `aside` is where it lies now."""

    before: dict[str, int] | None
    after: dict[str, int]
    aside: Path | None
    missing: int


def restore(source: Path, folder: Path, now: datetime, report: Report = go_on) -> Restored:
    """Make `folder` hold what `source` (a backup file, a package or a ledger folder) holds; no window may have it open.

    The present content moves into a folder named after the moment. Raises UserError or StoppedError, and then the
    folder is as it was.
    """
    with storage_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(_Lock(folder)):
            staging = folder / STAGING
            _remove(staging)
            staging.mkdir()
            try:
                digests = _bring(source, staging, report)
                after = _checked(staging, digests)
                missing = _complete_photos(folder, staging, after.blobs)
                before = _present(folder)
                aside = _move_aside(folder, now, damaged=before is None)
                try:
                    _put_in_place(staging, folder)
                except OSError:
                    _put_back(folder, aside)
                    raise
            finally:
                _remove(staging)
    return Restored(before.counts if before else None, after.counts, aside, missing)


class _Lock(FolderLock):
    """Nobody may have the ledger open meanwhile."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / LOCK_NAME)

    def close(self) -> None:
        self.release()


# ─── bringing and checking ───


def _bring(source: Path, staging: Path, report: Report) -> dict[str, str]:
    """Put everything of the source into the staging folder; returns the digests of the source's tables."""
    info = inspect(source)
    if not info.verified:
        raise UserError(info.problem)
    if info.kind == FROM_PACKAGE:
        return _bring_package(source, staging, report)
    file = source / FILE_NAME if info.kind == FROM_FOLDER else source
    for tail in _DATABASE_TAILS:
        beside = file.with_name(file.name + tail)
        if beside.is_file() and tail != "-shm":
            shutil.copyfile(beside, staging / (FILE_NAME + tail))
    photos = source / PHOTOS if info.kind == FROM_FOLDER else source.parent / PHOTOS
    blobs = look_into(staging / FILE_NAME).blobs
    for done, blob in enumerate(blobs):
        if not report(done, len(blobs)):
            raise StoppedError
        if found := find_blob(photos, blob):
            copy_checked(found, _place_of(staging, blob), blob.digest)
    if info.kind == FROM_FOLDER:
        for path in list_others(source):
            copy_checked(source / path, staging / path, digest_of(source / path))
    else:
        _bring_others(source, staging)
    return table_digests(file)


def _bring_package(source: Path, staging: Path, report: Report) -> dict[str, str]:
    unpack(source, staging, report)
    (staging / MANIFEST).unlink()
    for path in sorted((staging / PHOTOS).rglob("*")):
        if path.is_file() and path.stem != digest_of(path):
            log.warning("a photo in the package is not what its name says: %s", path.name)
            path.unlink()
    with opened_package(source) as package:
        manifest = package_manifest(source, package)
    for path in list(list_others(staging)):
        if manifest.files.get(path.as_posix()) != digest_of(staging / path):
            (staging / path).unlink()
    if digest_of(staging / FILE_NAME) != manifest.digest:
        raise UserError(f"“{source.name}”里的台账和生成时不一样，没有恢复。请在原来的电脑上重新生成一个。")
    return table_digests(staging / FILE_NAME)


def _bring_others(backup: Path, staging: Path) -> None:
    """Notices and submissions of a backup, by the list of what it had."""
    for name, digest in read_manifest(backup).files.items():
        parts = Path(name).parts
        harmless = parts and parts[0] in OTHER_FOLDERS and ".." not in parts and digest.isalnum()
        if harmless and stored(backup.parent, digest).is_file():
            copy_checked(stored(backup.parent, digest), staging / name, digest)


def _checked(staging: Path, digests: dict[str, str]) -> Facts:
    """What was brought must be sound, and every table the same as it was where it came from."""
    facts = look_into(staging / FILE_NAME)
    if facts.state != SOUND or table_digests(staging / FILE_NAME) != digests:
        raise UserError(
            "恢复出来的台账和备份对不上，没有替换现在的台账。请检查磁盘，或选另一份备份。", detail=facts.detail
        )
    return facts


def _complete_photos(folder: Path, staging: Path, blobs: tuple[Blob, ...]) -> int:
    """Photos that the source lacks may still lie in the present folder; returns how many lie nowhere."""
    missing = 0
    for blob in blobs:
        if find_blob(staging / PHOTOS, blob):
            continue
        here = find_blob(folder / PHOTOS, blob)
        if here is None or not copy_checked(here, _place_of(staging, blob), blob.digest):
            missing += 1
    return missing


def _place_of(staging: Path, blob: Blob) -> Path:
    return staging / PHOTOS / blob_name(blob)


# ─── exchanging ───


def _present(folder: Path) -> Facts | None:
    """What the ledger that is there now holds, None when it cannot be read."""
    try:
        facts = look_into(folder / FILE_NAME)
    except (OSError, sqlite3.Error) as error:
        log.warning("the present ledger could not be looked into: %r", error)
        return None
    return facts if facts.state == SOUND else None


def _move_aside(folder: Path, now: datetime, *, damaged: bool) -> Path | None:
    """Everything that makes up the present ledger, into a folder of its own; None when there is nothing."""
    tails = [FILE_NAME + tail for tail in _DATABASE_TAILS]
    there = [folder / name for name in (*tails, PHOTOS, *OTHER_FOLDERS) if (folder / name).exists()]
    if not there:
        return None
    aside, number = folder / f"{ASIDE_DAMAGED if damaged else ASIDE}{now:%Y-%m-%d_%H%M%S}", 2
    while aside.exists():
        aside, number = aside.with_name(f"{aside.name}-{number}"), number + 1
    aside.mkdir()
    moved: list[Path] = []
    try:
        for path in there:
            path.rename(aside / path.name)
            moved.append(path)
    except OSError:
        for path in moved:
            (aside / path.name).rename(path)
        aside.rmdir()
        raise
    return aside


def _put_in_place(staging: Path, folder: Path) -> None:
    ordered = sorted(staging.iterdir(), key=lambda path: (path.name == FILE_NAME, path.name))
    for path in ordered:
        path.rename(folder / path.name)


def _put_back(folder: Path, aside: Path | None) -> None:
    """The exchange failed half-way: what came in goes, what was there comes back."""
    for name in (FILE_NAME, PHOTOS, *OTHER_FOLDERS):
        new = folder / name
        if aside is None or (aside / name).exists():
            shutil.rmtree(new, ignore_errors=True) if new.is_dir() else new.unlink(missing_ok=True)
    if aside is not None:
        for path in aside.iterdir():
            path.rename(folder / path.name)
        aside.rmdir()


def _remove(staging: Path) -> None:
    shutil.rmtree(staging, ignore_errors=True)
