"""A zip from a stranger: opened and read within limits of time and memory, whatever its headers claim."""

import contextlib
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Generator
from pathlib import Path
from typing import cast

from models.errors import UserError

MOST_FILES = 5_000
MOST_BYTES = 64 << 20  # of one file
_LONGEST_LIST = 8 << 20  # bytes of a zip's list of contents; one of a million names takes minutes and gigabytes
_MOST_RATIO, _RATIO_FROM = 200, 10 << 20  # unpacked ÷ packed, where that is worth asking
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others may ask for any memory
_CHUNK = 1 << 20
# What a damaged archive may raise; numbers in it that cannot be overflow, or are too few for what they stand for.
_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError),
    *(ValueError, OverflowError, OSError, RuntimeError),
)


class _TooManyError(ValueError):
    """The list of contents is longer than that of any package."""


class _Archive(io.BufferedReader):
    """A zip file on the disk, of which nobody needs to read much at once but who reads an endless list of contents."""

    def read(self, size: int | None = -1, /) -> bytes:
        """As usual. Raises _TooManyError for more than any list of contents takes."""
        if size is not None and size > _LONGEST_LIST:
            raise _TooManyError(f"{size} bytes at once")
        return super().read(size)


@contextlib.contextmanager
def opened_zip(path: Path, password: str) -> Generator[zipfile.ZipFile]:
    """The zip, its list of contents read. Raises UserError when it is none, or has more files than any package."""
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(_Archive(io.FileIO(path)))
            archive = stack.enter_context(_archive(file, password))
        except _TooManyError as error:
            raise UserError(f"“{path.name}”里的文件太多了，不像报送包，没有读取。", detail=repr(error)) from error
        except _faults(password) as error:
            raise UserError(
                f"“{path.name}”打不开：不是完整的 zip 文件。请让对方重新发送。", detail=repr(error)
            ) from error
        yield archive


def names_in(path: Path, archive: zipfile.ZipFile) -> list[str]:
    """The names in a zip. Refuses one with two files of a name, or with more files than any package has."""
    names = archive.namelist()
    if len(names) > MOST_FILES:
        raise UserError(f"“{path.name}”里有 {len(names)} 个文件，太多了，不像报送包，没有读取。")
    if len(set(names)) != len(names):
        raise UserError(f"“{path.name}”里有两个同名的文件，可能被改动过，没有读取。请让对方重新发送。")
    return names


def content_of(archive: zipfile.ZipFile, path: Path, name: str, most: int = MOST_BYTES) -> bytes:
    """A file of the zip, read no further than `most` bytes whatever its header claims."""
    try:
        entry = archive.getinfo(name)
    except KeyError as error:
        raise UserError(f"“{path.name}”里缺少“{shown(name)}”。请让对方重新发送。", detail=repr(error)) from error
    if entry.flag_bits & 1 and not archive.pwd:
        raise UserError(f"“{path.name}”有密码。请输入对方告诉你的密码后再读取。")
    if entry.file_size > most or _is_bomb(entry):
        raise _too_large(path, name)
    if fault := _harm_of(entry):
        raise _damaged(path, name, fault)
    try:
        return _unpacked(archive, entry, most)
    except _TooLongError as error:
        raise _too_large(path, name) from error
    except _faults("AES" if archive.pwd else "") as error:
        if "password" in str(error).lower():
            raise UserError(f"打开“{path.name}”的密码不对。请核对后再试。", detail=repr(error)) from error
        raise _damaged(path, name, repr(error)) from error


def shown(name: str) -> str:
    """A name from a stranger's file, fit to stand in a sentence."""
    return "".join(letter for letter in name if letter.isprintable())[:60]


class _TooLongError(Exception):
    """A file goes on after the bytes that it may have."""


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > most:
                raise _TooLongError
            parts.append(chunk)
    return b"".join(parts)


def _harm_of(entry: zipfile.ZipInfo) -> str:
    """Why a file must not be unpacked, empty when it may."""
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        return "no ordinary file"
    if entry.compress_type not in _METHODS:
        return "packed in a way that this program never uses"
    return ""


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    """Whether it is packed beyond belief."""
    return entry.file_size > _RATIO_FROM and entry.file_size > _MOST_RATIO * max(1, entry.compress_size)


def _archive(file: io.BufferedReader, password: str) -> zipfile.ZipFile:
    if not password:
        return zipfile.ZipFile(file)
    import pyzipper  # pyright: ignore[reportMissingTypeStubs] - it has none, and is zipfile with AES

    archive = cast("zipfile.ZipFile", pyzipper.AESZipFile(file))
    archive.setpassword(password.encode("utf-8", "replace"))
    return archive


def _faults(password: str) -> tuple[type[Exception], ...]:
    """What a damaged archive may raise; the library that knows passwords has a class of its own for it, and stumbles
    where an encrypted file does not say how it is encrypted.
    """
    if not password:
        return _FAULTS
    import pyzipper  # pyright: ignore[reportMissingTypeStubs]

    return (*_FAULTS, AttributeError, KeyError, cast("type[Exception]", pyzipper.BadZipFile))


def _too_large(path: Path, name: str) -> UserError:
    return UserError(f"“{path.name}”里的“{shown(name)}”太大，没有读取。")


def _damaged(path: Path, name: str, detail: str) -> UserError:
    return UserError(f"“{path.name}”里的“{shown(name)}”已损坏。请让对方重新发送。", detail=detail)
