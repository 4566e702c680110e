"""Read the package that a unit submitted, trusting nothing in it: neither names, nor sizes, nor what it says of itself.

Nothing is written to the disk. Every file must be the one that manifest.json lists, byte for byte, and the receipt
code must follow from the files, so that a package that reads back here is the one that was sent.
"""

import contextlib
import hashlib
import json
import zipfile
import zlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from models.errors import UserError
from models.receipt_code import content_digest, receipt_code
from models.submission_data import FILE_NAME as DATA
from models.submission_data import FORMAT as DATA_FORMAT
from models.submission_data import FORMAT_VERSION as DATA_VERSION

MANIFEST, VOLUME = "manifest.json", "volume.json"
MANIFEST_FORMAT, MANIFEST_VERSION = "xuanjiao-ledger-manifest", 1
COVER = "表10"  # its title; it prints the code, so the code cannot come from it
MOST_FILES = 5_000
MOST_VOLUMES = 100
MOST_BYTES = 64 << 20  # of one file
MOST_JSON = 32 << 20
MOST_TOTAL = 2 << 30  # of all files together
_CHUNK = 1 << 20
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file of the package, verified. `path` is the zip it lies in."""

    name: str
    title: str
    byte_count: int
    digest: str
    path: Path


@dataclass(frozen=True, slots=True)
class ReadPackage:
    """A package that is whole and unchanged. `data` is what data.json holds; its records are not checked yet."""

    name: str
    receipt_code: str
    digest: str
    files: tuple[ReadFile, ...]
    data: dict[str, Any]
    password: str = ""

    def read(self, name: str) -> bytes:
        """The bytes of a file by its name in the package; KeyError when there is none of this name."""
        file = next((each for each in self.files if each.name == name), None)
        if file is None:
            raise KeyError(name)
        with _opened(file.path, self.password) as archive:
            return _content(archive, file.path, name, MOST_BYTES)


def read_package(paths: Sequence[Path], password: str = "") -> ReadPackage:
    """The package in these zip files, all of its volumes in any order.

    Raises UserError naming the file and what is wrong with it: not a zip, password missing or wrong, a volume
    missing or of another package, a file missing, too many, changed or too large, a newer format.
    """
    with contextlib.ExitStack() as stack:
        archives = {path: stack.enter_context(_opened(path, password)) for path in paths[:MOST_VOLUMES]}
        volumes = {path: _listing(path, archive) for path, archive in archives.items()}
        first = next((path for path, names in volumes.items() if MANIFEST in names), None)
        if first is None:
            shown = paths[0].name if paths else ""
            raise UserError(f"“{shown}”不是报送包的第一个文件，里面没有清单。请把同一次报送的几个文件一起选上。")
        manifest = _manifest(first, archives[first])
        listed = _listed(first, manifest)
        found = _volumes(archives, volumes, first, manifest)
        files = tuple(_verified(archives[found[volume]], found[volume], file) for volume, file in listed)
        _refuse_strangers(volumes, listed)
        _check_code(first, manifest, files)
        data = _data(archives[first], first, files)
    return ReadPackage(manifest["package"], manifest["receipt_code"], manifest["digest"], files, data, password)


def _listing(path: Path, archive: zipfile.ZipFile) -> list[str]:
    """The names in a zip. Refuses one with two files of a name, or with more files than any package has."""
    names = archive.namelist()
    if len(names) > MOST_FILES:
        raise UserError(f"“{path.name}”里有 {len(names)} 个文件，太多了，不像报送包，没有读取。")
    if len(set(names)) != len(names):
        raise UserError(f"“{path.name}”里有两个同名的文件，可能被改动过，没有读取。请让对方重新发送。")
    return names


@contextlib.contextmanager
def _opened(path: Path, password: str) -> Generator[zipfile.ZipFile]:
    try:
        archive = _archive(path, password)
    except _faults(password) as error:
        raise UserError(f"“{path.name}”打不开：不是完整的 zip 文件。请让对方重新发送。", detail=repr(error)) from error
    with archive:
        yield archive


def _archive(path: Path, password: str) -> zipfile.ZipFile:
    if not password:
        return zipfile.ZipFile(path)
    import pyzipper  # pyright: ignore[reportMissingTypeStubs] - it has none, and is zipfile with AES

    archive = cast("zipfile.ZipFile", pyzipper.AESZipFile(path))
    archive.setpassword(password.encode("utf-8", "replace"))
    return archive


def _faults(password: str) -> tuple[type[Exception], ...]:
    """What a damaged archive may raise; the library that knows passwords has a class of its own for it."""
    if not password:
        return _FAULTS
    import pyzipper  # pyright: ignore[reportMissingTypeStubs]

    return (*_FAULTS, cast("type[Exception]", pyzipper.BadZipFile))


def _content(archive: zipfile.ZipFile, path: Path, name: str, most: int) -> bytes:
    """A file of the zip, read no further than `most` bytes whatever its header claims."""
    try:
        entry = archive.getinfo(name)
        if entry.flag_bits & 1 and not archive.pwd:
            raise UserError(f"“{path.name}”有密码。请输入对方告诉你的密码后再读取。")
        if entry.file_size > most:
            raise UserError(f"“{path.name}”里的“{_shown(name)}”太大，没有读取。")
        parts: list[bytes] = []
        size = 0
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise UserError(f"“{path.name}”里的“{_shown(name)}”太大，没有读取。")
                parts.append(chunk)
    except KeyError as error:
        raise UserError(f"“{path.name}”里缺少“{_shown(name)}”。请让对方重新发送。", detail=repr(error)) from error
    except _faults("AES" if archive.pwd else "") as error:
        if "password" in str(error).lower():
            raise UserError(f"打开“{path.name}”的密码不对。请核对后再试。", detail=repr(error)) from error
        raise UserError(f"“{path.name}”里的“{_shown(name)}”已损坏。请让对方重新发送。", detail=repr(error)) from error
    return b"".join(parts)


def _manifest(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    values = _json(path, MANIFEST, _content(archive, path, MANIFEST, MOST_JSON))
    _check_format(path, MANIFEST, values, MANIFEST_FORMAT, MANIFEST_VERSION)
    texts = (values.get(name) for name in ("package", "receipt_code", "digest"))
    count = values.get("volumes")
    if not all(isinstance(text, str) for text in texts) or not isinstance(count, int) or not 1 <= count <= MOST_VOLUMES:
        raise _garbled(path, MANIFEST)
    return values


def _listed(path: Path, manifest: dict[str, Any]) -> list[tuple[int, ReadFile]]:
    """The files that the manifest lists, with the number of their volume."""
    files = manifest.get("files")
    if not isinstance(files, list) or len(cast("list[Any]", files)) > MOST_FILES:
        raise _garbled(path, MANIFEST)
    listed: list[tuple[int, ReadFile]] = []
    total = 0
    for entry in cast("list[Any]", files):
        match entry:
            case {
                "name": str(name),
                "title": str(title),
                "size": int(size),
                "sha256": str(digest),
                "volume": int(number),
            }:
                listed.append((number, ReadFile(name, title, size, digest, path)))
            case _:
                raise _garbled(path, MANIFEST)
        total += size
        if _leads_out(name) or not 0 <= size <= MOST_BYTES or not 1 <= number <= manifest["volumes"]:
            raise UserError(f"“{path.name}”的清单里有不合规的文件“{_shown(name)}”，没有读取。请让对方重新发送。")
    if total > MOST_TOTAL or len({file.name for _, file in listed}) != len(listed):
        raise _garbled(path, MANIFEST)
    return listed


def _volumes(
    archives: dict[Path, zipfile.ZipFile], volumes: dict[Path, list[str]], first: Path, manifest: dict[str, Any]
) -> dict[int, Path]:
    """Number → zip. Each further one must say that it belongs to this package."""
    found = {1: first}
    for path, names in volumes.items():
        if path == first:
            continue
        if VOLUME not in names:
            raise UserError(f"“{path.name}”不是这个报送包的一部分。请只选同一次报送的文件。")
        values = _json(path, VOLUME, _content(archives[path], path, VOLUME, MOST_JSON))
        number = values.get("volume")
        if any(values.get(name) != manifest[name] for name in ("package", "digest")) or not isinstance(number, int):
            raise UserError(f"“{path.name}”是另一次报送的文件。请只选同一次报送的文件。")
        if number in found:
            raise UserError(f"“{path.name}”和“{found[number].name}”是同一个文件的两份。请只选一份。")
        found[number] = path
    missing = [number for number in range(1, manifest["volumes"] + 1) if number not in found]
    if missing:
        raise UserError(f"这次报送共 {manifest['volumes']} 个文件，还缺第 {missing[0]} 个。请把几个文件一起选上。")
    return found


def _verified(archive: zipfile.ZipFile, path: Path, listed: ReadFile) -> ReadFile:
    content = _content(archive, path, listed.name, MOST_BYTES)
    if len(content) != listed.byte_count or hashlib.sha256(content).hexdigest() != listed.digest:
        raise UserError(f"“{path.name}”里的“{_shown(listed.name)}”与清单不符，被改动过或没有传完整。请让对方重新发送。")
    return ReadFile(listed.name, listed.title, listed.byte_count, listed.digest, path)


def _refuse_strangers(volumes: dict[Path, list[str]], listed: Sequence[tuple[int, ReadFile]]) -> None:
    known = {file.name for _, file in listed} | {MANIFEST, VOLUME}
    for path, names in volumes.items():
        strange = [name for name in names if name not in known]
        if strange:
            raise UserError(f"“{path.name}”里多了清单上没有的“{_shown(strange[0])}”，没有读取。请让对方重新发送。")


def _check_code(path: Path, manifest: dict[str, Any], files: Sequence[ReadFile]) -> None:
    digest = content_digest((file.name, file.digest) for file in files if file.title != COVER)
    if digest != manifest["digest"] or receipt_code(digest) != manifest["receipt_code"]:
        raise UserError(f"“{path.name}”的回执码与内容不符，被改动过。请让对方重新发送。")


def _data(archive: zipfile.ZipFile, first: Path, files: Sequence[ReadFile]) -> dict[str, Any]:
    if not any(file.name == DATA and file.path == first for file in files):
        raise UserError(f"“{first.name}”里没有 {DATA}，不能汇总。请让对方用宣教台账重新生成报送包。")
    values = _json(first, DATA, _content(archive, first, DATA, MOST_JSON))
    _check_format(first, DATA, values, DATA_FORMAT, DATA_VERSION)
    return values


def _json(path: Path, name: str, content: bytes) -> dict[str, Any]:
    try:
        values = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _garbled(path, name) from error
    if not isinstance(values, dict):
        raise _garbled(path, name)
    return cast("dict[str, Any]", values)


def _check_format(path: Path, name: str, values: dict[str, Any], format: str, version: int) -> None:
    if values.get("format") != format or not isinstance(values.get("format_version"), int):
        raise _garbled(path, name)
    if values["format_version"] > version:
        raise UserError(f"“{path.name}”是用更新版本的宣教台账生成的，这台电脑上的版本读不了。请先把程序升级。")


def _garbled(path: Path, name: str) -> UserError:
    return UserError(f"“{path.name}”里的 {name} 读不懂，不是宣教台账生成的报送包，或已损坏。请让对方重新发送。")


def _leads_out(name: str) -> bool:
    """Whether a name could lead out of a folder, on any system, or hides what it is."""
    parts = name.split("/")
    return not name.isprintable() or "\\" in name or ":" in name or not all(part.strip(" .") for part in parts)


def _shown(name: str) -> str:
    """A name from a stranger's file, fit to stand in a sentence."""
    return "".join(letter for letter in name if letter.isprintable())[:60]
