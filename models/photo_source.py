"""Reading a picture or file that a clerk hands over, from any place and in any state. The original is only read."""

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.errors import UserError
from models.photo_names import shown_name

_SENTENCES = {
    errno.ENOENT: "“{name}”已经不在原来的地方了，可能刚被移动、改名，或U盘已拔出。",
    errno.ENOTDIR: "“{name}”已经不在原来的地方了，可能刚被移动、改名，或U盘已拔出。",
    errno.EACCES: "没有权限读取“{name}”。请先把它复制到桌面再添加。",
    errno.EPERM: "没有权限读取“{name}”。请先把它复制到桌面再添加。",
    errno.ELOOP: "“{name}”是一个指向自己的链接，找不到真正的文件。",
    errno.ENAMETOOLONG: "“{name}”所在的路径太长，读不到。请先把它复制到桌面再添加。",
    errno.EIO: "读“{name}”时磁盘出错。请检查U盘或存储卡是否插好。",
}


@dataclass(frozen=True, slots=True)
class Pasted:
    """Content that is no file: what was on the clipboard. `read` is called in the thread that prepares it."""

    name: str
    read: Callable[[], bytes]


Source = Path | Pasted


def source_name(source: Source) -> str:
    """How sentences call it."""
    return source.name if isinstance(source, Pasted) else shown_name(source)


def read_source(source: Source, most: int) -> bytes:
    """The whole content, at most `most` bytes (whole MiB). Raises UserError, by name, when it cannot be had."""
    name = source_name(source)
    if isinstance(source, Pasted):
        content = source.read()
    else:
        try:
            content = _read_file(source, name, most)
        except OSError as error:
            sentence = _SENTENCES.get(error.errno or 0, "“{name}”读不出来。请先把它复制到桌面再添加。")
            raise UserError(sentence.format(name=name), detail=repr(error)) from error
        except ValueError as error:  # a NUL in the path
            raise UserError(f"“{name}”的名称里有不能用的字符，读不到。", detail=repr(error)) from error
    if not content:
        raise UserError(f"“{name}”是空文件，里面没有内容。")
    if len(content) > most:
        raise _too_big(name, len(content), most)
    return content


def _read_file(path: Path, name: str, most: int) -> bytes:
    status = os.stat(path)
    if stat.S_ISDIR(status.st_mode):
        raise UserError(f"“{name}”是文件夹。请打开它，选里面的文件。")
    if not stat.S_ISREG(status.st_mode):
        raise UserError(f"“{name}”不是普通文件，不能添加。")
    if status.st_size > most:
        raise _too_big(name, status.st_size, most)
    with open(path, "rb") as file:
        return file.read(most + 1)


def _too_big(name: str, byte_count: int, most: int) -> UserError:
    return UserError(
        f"“{name}”有 {max(byte_count, most + 1) / (1 << 20):.1f} MB，超过 {most >> 20} MB 的上限，没有添加。"
    )
