"""Files beside the ledger file that belong to it: photos, installed notices, what was sent. Copying and finding them.

A backup folder keeps each of them once for all its backups, under the SHA-256 of its bytes. They are copied, not
linked: a link would share whatever happens to the original.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from models.backup_query import Blob

PHOTOS = "photos"
STORE = "files"  # in a backup folder: other files, by digest
OTHER_FOLDERS = ("notices", "submissions")
_BLOCK = 1 << 20
_DIGEST_LENGTH = 64


def digest_of(file: Path) -> str:
    """SHA-256 of a file, in hex."""
    from hashlib import sha256

    total = sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            total.update(block)
    return total.hexdigest()


def blob_name(blob: Blob) -> str:
    """The path under which a ledger looks for a file, inside its `photos`: ab/abcd….jpg."""
    return f"{blob.digest[:2]}/{blob.digest}{blob.suffix}"


def find_blob(photos: Path, blob: Blob) -> Path | None:
    """Where a photo or file lies, None when it does not. Names are ab/abcd….jpg."""
    if len(blob.digest) != _DIGEST_LENGTH or not blob.digest.isalnum():
        return None
    folder = photos / blob.digest[:2]
    exact = folder / f"{blob.digest}{blob.suffix}"
    if exact.is_file():
        return exact
    return next((path for path in sorted(folder.glob(f"{blob.digest}.*")) if path.suffix != ".part"), None)


def copy_checked(source: Path, target: Path, digest: str) -> bool:
    """Copy durably under a temporary name, and rename only if the bytes are those of `digest`; else False."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".part")
    try:
        with source.open("rb") as incoming, partial.open("wb") as outgoing:
            copied = copy_stream(incoming, outgoing)
        if copied != digest:
            return False
        partial.replace(target)
        return True
    finally:
        partial.unlink(missing_ok=True)


def copy_stream(incoming: IO[bytes], outgoing: IO[bytes], most: int = 1 << 62) -> str:
    """Copy at most `most` bytes and put them on the disk; the SHA-256 of what was copied, empty when there was more."""
    from hashlib import sha256

    total, count = sha256(), 0
    while block := incoming.read(_BLOCK):
        count += len(block)
        if count > most:
            return ""
        total.update(block)
        outgoing.write(block)
    outgoing.flush()
    os.fsync(outgoing.fileno())
    return total.hexdigest()


def list_others(folder: Path) -> Iterator[Path]:
    """The files of a ledger folder that are neither the ledger nor photos, as paths inside it, in order."""
    for name in OTHER_FOLDERS:
        for path in sorted((folder / name).rglob("*")):
            if path.is_file() and not path.is_symlink() and path.suffix != ".part":
                yield path.relative_to(folder)


def stored(backups: Path, digest: str) -> Path:
    """Where a backup folder keeps a file of that content."""
    return backups / STORE / digest[:2] / digest


def missing_blobs(photos: Iterable[Path], blobs: Iterable[Blob]) -> int:
    """How many of the blobs lie in none of the folders."""
    folders = list(photos)
    return sum(not any(find_blob(folder, blob) for folder in folders) for blob in blobs)


def free_bytes(folder: Path) -> int:
    """Room on the disk of a folder that may not exist yet."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return shutil.disk_usage(there).free
