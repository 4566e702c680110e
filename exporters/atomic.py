"""Write a file completely or not at all.

The new content goes to a temporary name in the same folder, reaches the disk, and only then takes the
final name in one step. Whatever fails on the way, the old file is untouched and nothing is left behind.
"""

import contextlib
import errno
import os
import secrets
from collections.abc import Generator
from pathlib import Path
from typing import BinaryIO

from models.errors import UserError

_WINDOWS_IN_USE = {32, 33}  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_WINDOWS_ACCESS_DENIED = 5  # what replacing a file that Excel holds open answers

_IN_USE = ("文件正被其他程序打开", "请先在Excel、WPS或阅读器里关闭它")
_FULL = ("磁盘空间不够", "请清理磁盘或换一个位置")
_FORBIDDEN = ("没有写入这个文件夹的权限", "请换一个位置")
_GONE = ("找不到要保存的文件夹", "请检查U盘是否还插着、文件夹是否还在")
_OTHER = ("写文件时出错", "请换一个位置")
_BY_NUMBER = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: ("这个盘是只读的", "请换一个位置"),
    errno.EISDIR: ("同名的文件夹已经存在", "请换一个文件名"),
    errno.ENAMETOOLONG: ("文件名太长", "请改短文件名"),
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.ENODEV: _GONE,
    errno.ENXIO: _GONE,
    errno.EIO: _GONE,
}
"""Error number → what happened, what to do."""


@contextlib.contextmanager
def atomic_file(path: str | os.PathLike[str]) -> Generator[BinaryIO]:
    """A binary file to write to; it becomes `path` when the block ends without an exception.

    Any OSError, in the block or here, is raised as a UserError that names the file and says what to
    do. Other exceptions pass through unchanged. Both leave the old file as it was.
    """
    target = Path(os.path.realpath(path))  # a link keeps pointing at its file, as in every other program
    # A short name of its own: 80 Chinese characters already fill the 255 bytes a name may have.
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    replacing = False
    try:
        with _create(temporary) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        replacing = True
        os.replace(temporary, target)
        sync_folder(target.parent)
    except OSError as error:
        raise sentence_of(error, target.name, replacing=replacing) from error
    finally:
        # After success the name is gone already. When removing fails too, the first error is the one to tell.
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Put `data` under `path`, completely or not at all (see `atomic_file`)."""
    with atomic_file(path) as file:
        file.write(data)


def _create(path: Path) -> BinaryIO:
    # Not tempfile: its files are readable by the owner only, an exported file is an ordinary one.
    return open(path, "xb")


def sync_folder(folder: Path) -> None:
    """Make the rename itself durable. Windows has no such call, some network drives refuse it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def sentence_of(error: OSError, name: str, *, replacing: bool) -> UserError:
    """What the refusal of the disk means for the file `name`; `replacing` while it takes the place of an older one."""
    windows_code = getattr(error, "winerror", None)
    if windows_code in _WINDOWS_IN_USE or (replacing and windows_code == _WINDOWS_ACCESS_DENIED):
        happened, remedy = _IN_USE
    else:
        happened, remedy = _BY_NUMBER.get(error.errno or 0, _OTHER)
    sentence = f"{happened}，“{name}”没有保存。{remedy}，再导出一次。"
    return UserError(sentence, detail=f"{type(error).__name__}: {error}")
