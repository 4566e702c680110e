"""One program at a time per ledger folder."""

import sys
from pathlib import Path
from typing import IO

from models.errors import UserError


class FolderLock:
    """An operating-system lock on a small file in the folder; it vanishes with the process, even after a crash."""

    def __init__(self, file: Path) -> None:
        """Take the lock. Raises UserError when another copy of the program holds it."""
        self._handle: IO[bytes] = open(file, "a+b")  # noqa: SIM115 - held as long as the ledger is open
        try:
            _lock(self._handle)
        except OSError as error:
            self._handle.close()
            raise UserError(
                "这个台账已经在另一个窗口里打开了。请切换到那个窗口继续，或先把它关闭。", detail=str(error)
            ) from error

    def release(self) -> None:
        """Give the folder free. Safe to call twice."""
        self._handle.close()


def _lock(handle: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
