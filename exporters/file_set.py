"""Several files that appear together or not at all.

They are written into a hidden folder beside their final places. Only when all of them are finished do they take
their names; if one cannot (Excel holds the old file open), those that did give their names back. A program that is
killed leaves the hidden folder behind, never half a file under a name: the next export here sweeps it away.
"""

import contextlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Generator
from pathlib import Path

from exporters.atomic import sentence_of, sync_folder

STALE = 24 * 60 * 60  # seconds after which nobody can still be writing
_OURS = re.compile(r"\.[0-9a-f]{16}\.tmp")  # as here and in exporters/atomic.py


class FileSet:
    """The names given out so far, all of them in `folder`, which is a temporary one until the set is finished.

    A name may lead into a folder inside it (邮件草稿/….eml), which is made when it is not there yet.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: list[str] = []

    def path_for(self, name: str) -> Path:
        """Where to write the file that is to be called `name`; a second one of that name becomes “name(2)”."""
        stem, suffix = os.path.splitext(name)
        number, free = 2, name
        taken = {each.lower() for each in self.names}
        while free.lower() in taken:
            free = f"{stem}({number}){suffix}"
            number += 1
        self.names.append(free)
        path = self.folder / free
        path.parent.mkdir(exist_ok=True)
        return path


@contextlib.contextmanager
def file_set(folder: Path, confirm: Callable[[], None] | None = None) -> Generator[FileSet]:
    """A set of files for `folder` (which exists). They take their names when the block ends without an exception;
    then `confirm` is called, and if it raises, they give them back.

    Raises UserError, naming the file, when one cannot take its name; then no file of the set stays and the older
    ones of the same names are as they were. What an export left here that was killed a day ago or longer is removed.
    """
    sweep(folder)
    working = folder / f".{secrets.token_hex(8)}.tmp"
    working.mkdir()
    try:
        files = FileSet(working)
        yield files
        _publish(files, folder, working, confirm)
    finally:
        shutil.rmtree(working, ignore_errors=True)


def known_place(folder: Path) -> Path:
    """The folder as a person knows it: for a working folder the one that its files are meant for."""
    return folder.parent if _OURS.fullmatch(folder.name) else folder


def sweep(folder: Path) -> None:
    """Remove what killed exports left in `folder`. What cannot be removed stays: it harms nobody."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if _OURS.fullmatch(path.name):
                _remove_stale(path)


def _remove_stale(path: Path) -> None:
    with contextlib.suppress(OSError):
        if time.time() - path.lstat().st_mtime < STALE:
            return
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def _publish(files: FileSet, folder: Path, working: Path, confirm: Callable[[], None] | None) -> None:
    replaced = working / "replaced"
    with contextlib.ExitStack() as undo:
        for name in files.names:
            target, old = folder / name, replaced / name
            try:
                _make_parent(target, undo)
                had_one = os.path.lexists(target)
                if had_one:
                    old.parent.mkdir(parents=True, exist_ok=True)
                    _keep(target, old)
                os.replace(working / name, target)
            except OSError as error:
                raise sentence_of(error, name, replacing=True) from error
            undo.callback(_take_back, target, old if had_one else None)
        for parent in {(folder / name).parent for name in files.names} | {folder}:
            sync_folder(parent)
        if confirm is not None:
            confirm()
        undo.pop_all()


def _make_parent(target: Path, undo: contextlib.ExitStack) -> None:
    """The folder for a file; if it was not there, it goes again with the files in it."""
    if not target.parent.is_dir():
        target.parent.mkdir()
        undo.callback(_remove_folder, target.parent)


def _remove_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # somebody has put something into it meanwhile
        folder.rmdir()


def _keep(target: Path, place: Path) -> None:
    """A second name for the old file, or a copy where the disk knows no second names (USB sticks): its own stays."""
    try:
        os.link(target, place)
    except OSError:
        shutil.copy2(target, place)


def _take_back(target: Path, kept: Path | None) -> None:
    with contextlib.suppress(OSError):  # the others still have to be taken back
        if kept is None:
            target.unlink()
        else:
            os.replace(kept, target)
