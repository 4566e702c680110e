"""The bytes of photos and files: each content once, under its SHA-256, in the ledger's `photos` folder.

    photos/ab/abcd….jpg      written to a temporary name in the same folder, synced, then renamed

A file is written before any row refers to it, so that a row never points at nothing; what no row ever came to
refer to (a crash in between, a photo removed for good) is swept away at a later start.
"""

import contextlib
import hashlib
import os
import re
import threading
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models.attachment import Attachment
from models.attachment_repository import ATTACHMENTS, digests_in_use
from models.errors import UserError
from models.ledger import Ledger
from models.storage_faults import storage_faults

FOLDER = "photos"
_PARTIAL = ".part"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,10}")
_CHUNK = 1 << 20

# Storing a content that is there already and sweeping it away must not meet: the store says “still wanted” by the
# file's time, which the sweep looks at last. Only one program has a ledger open, so a lock in this process will do.
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep took away."""

    files: int = 0
    byte_count: int = 0


def digest_of(content: bytes) -> str:
    """The SHA-256 of some bytes, which is their name in the store."""
    return hashlib.sha256(content).hexdigest()


def path_of(folder: Path, digest: str, suffix: str) -> Path:
    """Where the ledger in `folder` keeps a content. ValueError unless digest and suffix are ones of the store.

    That is checked because both come out of the ledger file, which others may have written to: neither may lead
    out of the folder.
    """
    if not _DIGEST.fullmatch(digest) or (suffix and not _SUFFIX.fullmatch(suffix)):
        raise ValueError(f"no name of a stored file: {digest!r} {suffix!r}")
    return folder / FOLDER / digest[:2] / f"{digest}{suffix}"


def is_kept(folder: Path, digest: str, suffix: str) -> bool:
    """Whether there is a file of this name; whether its content is sound, `missing` tells."""
    try:
        return path_of(folder, digest, suffix).is_file()
    except (ValueError, OSError):
        return False


def store(folder: Path, content: bytes, suffix: str) -> str:
    """Keep these bytes durably and return their digest. What is there already is not written again.

    Safe in any thread. Raises UserError when the disk is full, gone or read-only; nothing is left behind then.
    """
    digest = digest_of(content)
    target = path_of(folder, digest, suffix)
    with storage_faults(folder / FOLDER):
        if not folder.is_dir():  # a pulled stick: do not make a folder of the same name in its place
            raise FileNotFoundError(2, "no such folder", str(folder))
        for parent in (target.parent.parent, target.parent):
            parent.mkdir(mode=0o700, exist_ok=True)
        with _lock:
            if _holds(target, content):
                os.utime(target)  # wanted again: the sweep leaves it
                return digest
        _write(target, content)
    return digest


def read(folder: Path, attachment: Attachment, *, full: bool = False) -> bytes:
    """The bytes of a photo or file (of the full-size copy with `full`, if there is one).

    Raises UserError when the file is gone or is not what was stored any more.
    """
    digest = (full and attachment.full_digest) or attachment.digest
    name = attachment.file_name or "照片"
    try:
        content = path_of(folder, digest, attachment.suffix).read_bytes()
    except (OSError, ValueError) as error:
        raise UserError(
            f"“{name}”的文件不在台账文件夹里了。请从备份恢复，或把它移除后重新添加。", detail=repr(error)
        ) from error
    if digest_of(content) != digest:
        raise UserError(f"“{name}”的文件已损坏。请从备份恢复，或把它移除后重新添加。", detail=digest)
    return content


def missing(ledger: Ledger, attachments: Iterable[Attachment] | None = None) -> list[Attachment]:
    """The photos and files (of the whole ledger, or of those given) whose file is gone or was changed.

    Reads every byte: for a whole ledger call it off the window's thread, with `Ledger.reader()`.
    """
    wanted = ATTACHMENTS.list_all(ledger) if attachments is None else attachments
    return [attachment for attachment in wanted if not _is_sound(ledger.folder, attachment)]


def sweep(ledger: Ledger, before: datetime) -> Swept:
    """Take away stored files that no row refers to and temporaries left by a crash, if older than `before`.

    `before` is local time and must not be later than the start of this session: what was removed since can come
    back by 撤销. Rows in 回收站 keep their files. A reading connection in a worker thread is enough. Files that
    are none of the store's are left alone, and so is what cannot be deleted now.
    """
    limit, used = before.timestamp(), digests_in_use(ledger)
    files = byte_count = 0
    for file in _stored_files(ledger.folder / FOLDER):
        digest = file.name.lstrip(".").split(".")[0]
        if digest in used and not file.name.endswith(_PARTIAL):
            continue
        with _lock, contextlib.suppress(OSError):
            status = file.stat(follow_symlinks=False)
            if status.st_mtime < limit:
                file.unlink()
                files, byte_count = files + 1, byte_count + status.st_size
    return Swept(files, byte_count)


@contextlib.contextmanager
def replacing(target: Path, mode: int = 0o600) -> Generator[Path]:
    """A temporary name beside `target` to write to; it takes the target's place when the block ends well."""
    partial = target.with_name(f".{target.name[:80]}.{os.urandom(6).hex()}{_PARTIAL}")
    try:
        partial.touch(mode=mode, exist_ok=False)
        yield partial
        partial.replace(target)
        _sync_folder(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def _write(target: Path, content: bytes) -> None:
    with replacing(target) as partial, partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _holds(file: Path, content: bytes) -> bool:
    """Whether the file is there with this very content; a damaged one is written anew."""
    try:
        return file.stat().st_size == len(content) and file.read_bytes() == content
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    """Make a rename durable. Windows has no such call; its file system journals names by itself."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _stored_files(root: Path) -> Iterator[Path]:
    """Everything in the store's sub-folders that has a name the store gives."""
    for folder in sorted(root.glob("[0-9a-f][0-9a-f]")):
        for file in sorted(folder.iterdir()):
            name = file.name.removeprefix(".")
            if _DIGEST.match(name) and name.startswith(folder.name):
                yield file


def _is_sound(folder: Path, attachment: Attachment) -> bool:
    """Whether the stored file, and the full-size copy if there is one, still have the content they are named by."""
    digests = [attachment.digest, *([attachment.full_digest] if attachment.full_digest else [])]
    return all(_matches(folder, digest, attachment.suffix) for digest in digests)


def _matches(folder: Path, digest: str, suffix: str) -> bool:
    found = hashlib.sha256()
    try:
        with path_of(folder, digest, suffix).open("rb") as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
    except (OSError, ValueError):
        return False
    return found.hexdigest() == digest
