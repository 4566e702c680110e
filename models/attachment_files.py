"""Files that go with a record (策划方案, 报道剪报 …): any type, kept as they are, given back under their own name."""

import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from models import file_store
from models.attachment import FILE, Attachment
from models.attachment_recording import attach
from models.errors import UserError
from models.ledger import Ledger
from models.photo_names import copy_name, shown_name, stored_suffix
from models.photo_source import read_source
from models.photos import Preparation, Progress, Refusal
from models.recording import Clerk
from models.storage_faults import storage_faults

MOST_BYTES = 20 << 20
# What a double-click would run instead of show. They are kept and handed back, but never opened from here.
_PROGRAMS = frozenset(
    """exe com scr bat cmd msi msp pif cpl vbs vbe js jse wsf wsh ps1 hta lnk url reg jar sh desktop app run
    appimage py pyw chm inf iso img html htm svg""".split()  # noqa: SIM905 - a list of words reads better as words
)


def store_file(folder: Path, path: Path) -> Attachment:
    """Keep a file's bytes in the ledger folder; returns an attachment without an owner. Any thread.

    Raises UserError, by name, when it is larger than 20 MB, empty, or cannot be read.
    """
    return _store(folder, shown_name(path), read_source(path, MOST_BYTES))


def _store(folder: Path, name: str, content: bytes) -> Attachment:
    suffix = stored_suffix(name)
    return Attachment(
        kind=FILE,
        digest=file_store.store(folder, content, suffix),
        suffix=suffix,
        byte_count=len(content),
        file_name=name,
    )


def store_all(
    folder: Path,
    paths: Sequence[Path],
    *,
    progress: Progress = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Preparation:
    """`store_file` for several, as `photos.prepare_all` does it: refused by name, stoppable, one at a time."""
    stored: list[Attachment] = []
    refused: list[Refusal] = []
    progress(0, len(paths))
    for done, path in enumerate(paths):
        if cancelled():
            return Preparation(tuple(stored), tuple(refused), len(paths) - done)
        try:
            content = read_source(path, MOST_BYTES)
        except UserError as error:
            refused.append(Refusal(shown_name(path), error.message))
            progress(done + 1, len(paths))
            continue
        try:
            stored.append(_store(folder, shown_name(path), content))
        except UserError as error:
            return Preparation(tuple(stored), tuple(refused), len(paths) - done, error.message)
        progress(done + 1, len(paths))
    return Preparation(tuple(stored), tuple(refused))


def add_file(ledger: Ledger, owner_kind: str, owner_uid: str, path: Path, clerk: Clerk) -> Attachment:
    """Store a file and give it to a record, as one step of 撤销."""
    return attach(ledger, owner_kind, owner_uid, [store_file(ledger.folder, path)], clerk)[0]


def is_program(attachment: Attachment) -> bool:
    """Whether opening the file would run something."""
    return os.path.splitext(attachment.file_name)[1][1:].lower() in _PROGRAMS


def export_copy(folder: Path, attachment: Attachment, target: Path, *, full: bool = False) -> Path:
    """Write a copy of a photo or file to `target`, whole or not at all; with `full` the full-size photo if kept.

    `folder` is the ledger's. Raises UserError when the stored file is gone or damaged, or the target cannot be written.
    """
    content = file_store.read(folder, attachment, full=full)
    with storage_faults(target.parent), file_store.replacing(target, mode=0o644) as partial:
        partial.write_bytes(content)
    return target


def opened_copy(folder: Path, attachment: Attachment, place: Path) -> Path:
    """A read-only copy in `place` for another program to show: what is changed there is not the ledger's.

    Each copy lies in a folder of its own, so that two files of one name do not meet. Raises UserError for programs.
    """
    if is_program(attachment):
        raise UserError(f"“{attachment.file_name}”是程序，不能直接打开。需要时请另存到别处，确认来源可靠后再用。")
    with storage_faults(place):
        own = place / os.urandom(4).hex()
        own.mkdir(mode=0o700, parents=True)
        copy = export_copy(folder, attachment, own / copy_name(attachment))
        copy.chmod(stat.S_IRUSR)
    return copy
