"""Faults of disk and database, said as sentences."""

import contextlib
import errno
import sqlite3
from collections.abc import Generator
from pathlib import Path

from models.errors import UserError

_OS_SENTENCES = {
    errno.ENOSPC: "磁盘已满，没能保存到“{place}”。请清理出一些空间后再试{typed}。",
    errno.EDQUOT: "磁盘配额已满，没能保存到“{place}”。请清理出一些空间后再试{typed}。",
    errno.EFBIG: "文件太大，“{place}”放不下。请换一个磁盘后再试{typed}。",
    errno.EACCES: "没有权限写入“{place}”。请换一个文件夹，或请管理员打开写入权限。",
    errno.EPERM: "没有权限写入“{place}”。请换一个文件夹，或请管理员打开写入权限。",
    errno.EROFS: "“{place}”是只读的，不能保存。请换一个文件夹。",
    errno.ENOENT: "找不到“{place}”。请检查U盘是否拔出，文件夹是否改名。",
    errno.ENOTDIR: "“{place}”不是文件夹。请换一个文件夹。",
    errno.EIO: "读写“{place}”时磁盘出错。请检查磁盘或U盘是否插好。",
}
_TYPED = "，刚才填的内容还在窗口里"
_OTHER_OS_FAULT = "没能读写“{place}”。请检查磁盘是否插好、有没有写入权限。"

_CORRUPT = 11
# SQLite's primary result codes (https://www.sqlite.org/rescode.html)
_SQLITE_SENTENCES = {
    5: "台账正被另一个程序占用，没能保存。请稍等几秒再试。",
    8: "“{place}”是只读的，不能保存。请换一个文件夹，或请管理员打开写入权限。",
    10: "读写“{place}”时磁盘出错。请检查磁盘或U盘是否插好{typed}。",
    _CORRUPT: "“{place}”里的台账文件已损坏，没有改动它。请用 backups 文件夹里最近的备份恢复，或联系上级工会。",
    13: "磁盘已满，没能保存到“{place}”。请清理出一些空间后再试{typed}。",
    14: "打不开“{place}”里的台账文件。请检查U盘是否拔出，或有没有读写权限。",
    26: "“{place}”里的台账文件已损坏，没有改动它。请用 backups 文件夹里最近的备份恢复，或联系上级工会。",
}

_HALF_CHARACTER = "有一处文字里有残缺的字符，没能保存。多半是复制来的表情符号只剩一半，请把它删去后再试。"
_TOO_LARGE = (
    "台账里有大到不可能的数字，算不出来，也没有改动它。台账文件可能被别的程序改过，"
    "请用 backups 文件夹里最近的备份恢复，或联系上级工会。"
)


@contextlib.contextmanager
def storage_faults(place: Path, *, in_window: bool = False) -> Generator[None]:
    """Turn what the disk or SQLite refuses inside the block into a UserError naming `place`.

    So is a value that no column holds: half a character, a number beyond 64 bits. A database error that only a
    mistake of ours can cause (bad SQL, a broken constraint) passes through unchanged: it is a bug. `in_window`: what
    could not be saved was typed into a window and still stands there, which is said where somebody may fear for it.
    """
    words = {"place": str(place), "typed": _TYPED if in_window else ""}
    try:
        yield
    except OSError as error:
        sentence = _OS_SENTENCES.get(error.errno or 0, _OTHER_OS_FAULT)
        raise UserError(sentence.format(**words), detail=repr(error)) from error
    except UnicodeEncodeError as error:
        raise UserError(_HALF_CHARACTER, detail=repr(error)) from error
    except OverflowError as error:
        if "SQLite INTEGER" not in str(error):
            raise
        raise UserError(_TOO_LARGE, detail=repr(error)) from error
    except UnicodeDecodeError as error:  # SQLite complains of damage and quotes the damaged bytes
        raise UserError(_SQLITE_SENTENCES[_CORRUPT].format(**words), detail=repr(error)) from error
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if not code and "decode to UTF-8" in str(error):
            code = _CORRUPT  # found out by Python's sqlite3, which gives no code: SQLite itself never looks
        if str(error) == "integer overflow":  # a sum over figures that another program has written
            raise UserError(_TOO_LARGE, detail=repr(error)) from error
        if code not in _SQLITE_SENTENCES:
            raise
        raise UserError(_SQLITE_SENTENCES[code].format(**words), detail=repr(error)) from error


@contextlib.contextmanager
def content_faults(what: str) -> Generator[None]:
    """Turn stored text that is not what this program writes there (JSON, a moment) into a UserError naming `what`."""
    try:
        yield
    except (ValueError, TypeError, RecursionError) as error:
        raise UserError(
            f"台账里的{what}读不出来，台账文件可能已损坏，或被别的程序改过。"
            "请用 backups 文件夹里最近的备份恢复，或联系上级工会。",
            detail=repr(error),
        ) from error
