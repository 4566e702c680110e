"""A package as zip files that mail servers take: the same bytes every time, none larger than the limit.

    JZGH_410803_A12345_2025Q3_v1.zip      manifest.json, the forms, data.json, and photos as long as they fit
    JZGH_410803_A12345_2025Q3_v1_2.zip    the other photos, with a volume.json that says what it belongs to

Each is an ordinary zip that any program opens. manifest.json lists every file with its size, its SHA-256 and the
volume it lies in (docs/data-format.md).
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from exporters.file_set import file_set, known_place
from exporters.progress import ExportCancelled, Progress
from models.errors import UserError
from models.storage_faults import storage_faults

MANIFEST, VOLUME = "manifest.json", "volume.json"
FORMAT, FORMAT_VERSION = "xuanjiao-ledger-manifest", 1
_OVERHEAD = 512  # bytes that a file costs in a zip beyond its content, at most: its two headers, its name, encryption
_PACKED = frozenset((".jpg", ".jpeg", ".png", ".webp", ".heic", ".zip"))  # deflating them again gains nothing
_READABLE = 0o100644 << 16
_UNIX = 3
_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class PackageFile:
    """One file of a package. `name` is its path inside the zip, `title` what it is (表2, 照片), `extent` how long.

    `content` is its bytes, or the path of a file that holds them and does not change any more.
    """

    name: str
    title: str
    content: bytes | Path
    extent: str = ""

    def read(self) -> bytes:
        """Its bytes. Raises UserError when the file that holds them has gone or cannot be read."""
        if isinstance(self.content, bytes):
            return self.content
        try:
            return self.content.read_bytes()
        except OSError as error:
            raise UserError(
                f"读不出“{self.name}”，报送包没有生成。请检查照片文件是否还在。", detail=repr(error)
            ) from error

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal."""
        return hashlib.sha256(self.read()).hexdigest()

    @cached_property
    def byte_count(self) -> int:
        """Its size."""
        return len(self.read())

    @property
    def suffix(self) -> str:
        """Its type, with the dot."""
        return Path(self.name).suffix.lower()


@dataclass(frozen=True, slots=True)
class PackageLabel:
    """What the manifest says about the package as a whole. `stem` names its zips."""

    stem: str
    receipt_code: str
    digest: str
    made_on: date


def write_volumes(
    files: Sequence[PackageFile],
    label: PackageLabel,
    folder: Path,
    limit: int,
    *,
    password: str = "",
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write the package into `folder`, in as many zips of at most `limit` bytes as it needs; returns their paths.

    They appear all together or not at all. `files` keep their order; a password encrypts each with AES-256. Raises
    UserError for a file that is larger than a volume or cannot be read and for the disk, ExportCancelled when
    `progress` returns False.
    """
    volumes = plan_volumes(files, limit)
    total, done = len(files), 0
    with storage_faults(known_place(folder)):
        folder.mkdir(parents=True, exist_ok=True)
        with file_set(folder) as written:
            for number, members in enumerate(volumes, 1):
                head = _manifest(volumes, label) if number == 1 else _volume(number, len(volumes), label)
                with _open(written.path_for(volume_name(label.stem, number)), password) as archive:
                    for member in (head, *members):
                        _add(archive, member, label.made_on)
                        done += member is not head
                        if progress is not None and not progress(done, total):
                            raise ExportCancelled
            names = tuple(written.names)
    return tuple(folder / name for name in names)


def volume_name(stem: str, number: int) -> str:
    """…_v1.zip for the first, …_v1_2.zip for the second."""
    return f"{stem}.zip" if number == 1 else f"{stem}_{number}.zip"


def plan_volumes(files: Sequence[PackageFile], limit: int) -> list[list[PackageFile]]:
    """The files of each volume, in their order. Raises UserError for a file that no volume can hold."""
    head = _OVERHEAD + sum(_OVERHEAD + 2 * len(file.name.encode()) for file in files)  # the manifest, and some
    volumes: list[list[PackageFile]] = [[]]
    room = limit - head
    for file in files:
        size = file.byte_count + file.byte_count // 1000 + 2 * len(file.name.encode()) + _OVERHEAD
        if size > room and volumes[-1]:
            volumes.append([])
            room = limit - 2 * _OVERHEAD
        if size > room:
            most = f"{limit / _MEGABYTE:.0f} MB"
            raise UserError(
                f"“{file.name}”比一封邮件能带的 {most} 还大，放不进报送包。"
                "请换一张小一点的照片，或在“设置—邮箱”里把每封附件大小调大，再生成一次。"
            )
        volumes[-1].append(file)
        room -= size
    return volumes


def _manifest(volumes: Sequence[Sequence[PackageFile]], label: PackageLabel) -> PackageFile:
    listed = [
        {
            "name": file.name,
            "title": file.title,
            "extent": file.extent,
            "size": file.byte_count,
            "sha256": file.digest,
            "volume": number,
        }
        for number, members in enumerate(volumes, 1)
        for file in members
    ]
    return _described(MANIFEST, label, {"volumes": len(volumes), "files": listed})


def _volume(number: int, count: int, label: PackageLabel) -> PackageFile:
    return _described(VOLUME, label, {"volume": number, "volumes": count})


def _described(name: str, label: PackageLabel, more: dict[str, Any]) -> PackageFile:
    values = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "package": label.stem,
        "receipt_code": label.receipt_code,
        "digest": label.digest,
        "made_on": label.made_on.isoformat(),
        **more,
    }
    return PackageFile(name, "", (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace"))


def _open(path: Path, password: str) -> zipfile.ZipFile:
    if not password:
        return zipfile.ZipFile(path, "x")
    import pyzipper  # pyright: ignore[reportMissingTypeStubs] - it has none, and is zipfile with AES

    archive = cast("zipfile.ZipFile", pyzipper.AESZipFile(path, "x", encryption=pyzipper.WZ_AES))
    archive.setpassword(password.encode("utf-8"))
    return archive


def _add(archive: zipfile.ZipFile, file: PackageFile, day: date) -> None:
    """The file with the same headers whenever and wherever it is written."""
    # pyzipper has an entry class of its own and asks the archive for it
    make = getattr(archive, "zipinfo_cls", zipfile.ZipInfo)
    entry = make(file.name, (day.year, day.month, day.day, 0, 0, 0))
    entry.external_attr, entry.create_system = _READABLE, _UNIX
    entry.compress_type = zipfile.ZIP_STORED if file.suffix in _PACKED else zipfile.ZIP_DEFLATED
    archive.writestr(entry, file.read())


def names_of(files: Sequence[PackageFile]) -> Iterator[tuple[str, str]]:
    """(name, SHA-256) of each file, as models.receipt_code.content_digest takes them."""
    return ((file.name, file.digest) for file in files)
