"""Read the package that a unit submitted, trusting nothing in it: neither names, nor sizes, nor what it says of itself.

Nothing is written to the disk. Every file must be the one that manifest.json lists, byte for byte, and the receipt
code must follow from the files, so that a package that reads back here is the one that was sent.
"""

import contextlib
import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from importers.package_zip import MOST_BYTES, MOST_FILES, content_of, names_in, opened_zip, shown
from importers.strict_json import read_object
from models.errors import UserError
from models.photo_names import UNSEEN
from models.receipt_code import content_digest, receipt_code
from models.submission_data import FILE_NAME as DATA
from models.submission_data import FORMAT as DATA_FORMAT
from models.submission_data import FORMAT_VERSION as DATA_VERSION

MANIFEST, VOLUME = "manifest.json", "volume.json"
MANIFEST_FORMAT, MANIFEST_VERSION = "xuanjiao-ledger-manifest", 1
COVER = "表10"  # its title; it prints the code, so the code cannot come from it
MOST_VOLUMES = 100
MOST_MANIFEST = 8 << 20
MOST_DATA = 32 << 20
MOST_TOTAL = 2 << 30  # of all files together
_PACKAGE = re.compile(r"[0-9A-Za-z_-]{1,200}")


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
        with opened_zip(file.path, self.password) as archive:
            return content_of(archive, file.path, name)


def read_package(paths: Sequence[Path], password: str = "") -> ReadPackage:
    """The package in these zip files, all of its volumes in any order.

    Raises UserError naming the file and what is wrong with it: not a zip, password missing or wrong, a volume
    missing, doubled or of another package, a file missing, too many, changed or too large, a newer format.
    """
    if len(paths) > MOST_VOLUMES:
        raise UserError(f"选了 {len(paths)} 个文件，太多了，没有读取。请只选同一次报送的文件。")
    with contextlib.ExitStack() as stack:
        archives = {path: stack.enter_context(opened_zip(path, password)) for path in paths}
        volumes = {path: names_in(path, archive) for path, archive in archives.items()}
        first = next((path for path, names in volumes.items() if MANIFEST in names), None)
        if first is None:
            shown = paths[0].name if paths else ""
            raise UserError(f"“{shown}”不是报送包的第一个文件，里面没有清单。请把同一次报送的几个文件一起选上。")
        manifest = _manifest(first, archives[first])
        listed = _listed(first, manifest)
        found = _volumes(archives, volumes, first, manifest)
        files = tuple(_verified(archives[found[volume]], found[volume], file) for volume, file in listed)
        _refuse_strangers(volumes, found, listed)
        _check_code(first, manifest, files)
        data = _data(archives[first], first, files)
    return ReadPackage(manifest["package"], manifest["receipt_code"], manifest["digest"], files, data, password)


def _manifest(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    values = _json(path, MANIFEST, content_of(archive, path, MANIFEST, MOST_MANIFEST))
    _check_format(path, MANIFEST, values, MANIFEST_FORMAT, MANIFEST_VERSION)
    texts = [values.get(name) for name in ("package", "receipt_code", "digest")]
    if not all(isinstance(text, str) for text in texts) or not 1 <= _whole(values.get("volumes")) <= MOST_VOLUMES:
        raise _garbled(path, MANIFEST)
    if not _PACKAGE.fullmatch(values["package"]):
        raise UserError(f"“{path.name}”的清单里包的名字不合规，没有读取。请让对方重新发送。")
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
                "size": size,
                "sha256": str(digest),
                "volume": number,
            } if _whole(size) == size and _whole(number) == number:
                listed.append((number, ReadFile(name, title, size, digest, path)))
            case _:
                raise _garbled(path, MANIFEST)
        total += size
        if _leads_out(name) or not 0 <= size <= MOST_BYTES or not 1 <= number <= manifest["volumes"]:
            raise UserError(f"“{path.name}”的清单里有不合规的文件“{shown(name)}”，没有读取。请让对方重新发送。")
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
        if VOLUME in names:
            values = _json(path, VOLUME, content_of(archives[path], path, VOLUME, MOST_MANIFEST))
            number = _whole(values.get("volume"))
        elif MANIFEST in names:  # another first one: of this package, or of another
            values, number = _manifest(path, archives[path]), 1
        else:
            raise UserError(f"“{path.name}”不是这个报送包的一部分。请只选同一次报送的文件。")
        same = all(values.get(name) == manifest[name] for name in ("package", "digest"))
        if not same or not 1 <= number <= manifest["volumes"]:
            raise UserError(f"“{path.name}”是另一次报送的文件。请只选同一次报送的文件。")
        if number in found:
            raise UserError(f"“{path.name}”和“{found[number].name}”是同一个文件的两份。请只选一份。")
        found[number] = path
    missing = [number for number in range(1, manifest["volumes"] + 1) if number not in found]
    if missing:
        raise UserError(f"这次报送共 {manifest['volumes']} 个文件，还缺第 {missing[0]} 个。请把几个文件一起选上。")
    return found


def _verified(archive: zipfile.ZipFile, path: Path, listed: ReadFile) -> ReadFile:
    content = content_of(archive, path, listed.name)
    if len(content) != listed.byte_count or hashlib.sha256(content).hexdigest() != listed.digest:
        raise UserError(f"“{path.name}”里的“{shown(listed.name)}”与清单不符，被改动过或没有传完整。请让对方重新发送。")
    return ReadFile(listed.name, listed.title, listed.byte_count, listed.digest, path)


def _refuse_strangers(
    volumes: dict[Path, list[str]], found: dict[int, Path], listed: Sequence[tuple[int, ReadFile]]
) -> None:
    """Also a file that is listed for another volume: unpacked by hand, it would take the place of the true one."""
    for number, path in found.items():
        known = {file.name for volume, file in listed if volume == number} | {MANIFEST if number == 1 else VOLUME}
        strange = [name for name in volumes[path] if name not in known]
        if strange:
            raise UserError(f"“{path.name}”里多了清单上没有的“{shown(strange[0])}”，没有读取。请让对方重新发送。")


def _check_code(path: Path, manifest: dict[str, Any], files: Sequence[ReadFile]) -> None:
    digest = content_digest((file.name, file.digest) for file in files if file.title != COVER)
    if digest != manifest["digest"] or receipt_code(digest) != manifest["receipt_code"]:
        raise UserError(f"“{path.name}”的回执码与内容不符，被改动过。请让对方重新发送。")


def _data(archive: zipfile.ZipFile, first: Path, files: Sequence[ReadFile]) -> dict[str, Any]:
    if not any(file.name == DATA and file.path == first for file in files):
        raise UserError(f"“{first.name}”里没有 {DATA}，不能汇总。请让对方用宣教台账重新生成报送包。")
    values = _json(first, DATA, content_of(archive, first, DATA, MOST_DATA))
    _check_format(first, DATA, values, DATA_FORMAT, DATA_VERSION)
    return values


def _json(path: Path, name: str, content: bytes) -> dict[str, Any]:
    try:
        return read_object(content)
    except ValueError as error:
        raise _garbled(path, name, repr(error)) from error


def _check_format(path: Path, name: str, values: dict[str, Any], format: str, version: int) -> None:
    if values.get("format") != format or _whole(values.get("format_version")) < 1:
        raise _garbled(path, name)
    if values["format_version"] > version:
        raise UserError(f"“{path.name}”是用更新版本的宣教台账生成的，这台电脑上的版本读不了。请先把程序升级。")


def _garbled(path: Path, name: str, detail: str = "") -> UserError:
    return UserError(
        f"“{path.name}”里的 {name} 读不懂，不是宣教台账生成的报送包，或已损坏。请让对方重新发送。", detail=detail
    )


def _whole(value: Any) -> int:
    """A whole number, -1 for anything else; for Python, true would be one."""
    return value if type(value) is int else -1


def _leads_out(name: str) -> bool:
    """Whether a name could lead out of a folder, on any system, or hides what it is."""
    unseen = any(unicodedata.category(letter) in UNSEEN for letter in name)
    return unseen or "\\" in name or ":" in name or not all(part.strip(" .") for part in name.split("/"))
