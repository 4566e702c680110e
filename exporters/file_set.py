"""Several files that appear together or not at all.

They are written into a hidden folder beside their final places. Only when all of them are finished do they take
their names; if one cannot (Excel holds the old file open), those that did give their names back.
"""

import contextlib
import os
import secrets
import shutil
from collections.abc import Generator
from pathlib import Path

from exporters.atomic import sentence_of


class FileSet:
    """The names given out so far, all of them in `folder`, which is a temporary one until the set is finished."""

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
        return self.folder / free


@contextlib.contextmanager
def file_set(folder: Path) -> Generator[FileSet]:
    """A set of files for `folder` (which exists). They take their names when the block ends without an exception.

    Raises UserError, naming the file, when one cannot take its name; then no file of the set stays and the older
    ones of the same names are as they were.
    """
    working = folder / f".{secrets.token_hex(8)}.tmp"
    working.mkdir()
    try:
        files = FileSet(working)
        yield files
        _publish(files, folder, working)
    finally:
        shutil.rmtree(working, ignore_errors=True)


def _publish(files: FileSet, folder: Path, working: Path) -> None:
    replaced = working / "replaced"
    replaced.mkdir()
    with contextlib.ExitStack() as undo:
        for name in files.names:
            target = folder / name
            try:
                if target.exists():
                    os.replace(target, replaced / name)
                    undo.callback(os.replace, replaced / name, target)
                os.replace(working / name, target)
            except OSError as error:
                raise sentence_of(error, name, replacing=True) from error
            undo.callback(_take_back, target, working / name)
        undo.pop_all()


def _take_back(target: Path, kept: Path) -> None:
    os.replace(target, kept)
