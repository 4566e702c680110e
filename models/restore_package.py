"""换电脑: a whole ledger as one .zip file, and reading such a file from somebody who may mean harm."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath

from models.backup import Manifest, go_on, manifest_from, manifest_text
from models.backup_files import (
    OTHER_FOLDERS,
    PHOTOS,
    blob_name,
    copy_stream,
    digest_of,
    find_blob,
    free_bytes,
    list_others,
)
from models.backup_query import SOUND, Report, StoppedError, copy_database, look_into
from models.errors import UserError
from models.ledger import FILE_NAME, Ledger
from models.storage_faults import storage_faults

MANIFEST = "manifest.json"
NAME = "台账搬家包_"
MAX_MEMBERS = 200_000
MAX_BYTES = 50 << 30
MAX_RATIO = 200  # unpacked ÷ packed; a ledger file packs to a tenth
_RATIO_FROM = 10 << 20
_MAX_MANIFEST = 64 << 20
_MAX_NAME = 240


def write_package(ledger: Ledger, target: Path, now: datetime, report: Report = go_on) -> Manifest:
    """Write the open ledger with photos, notices and submissions into one .zip, then read all of it again.

    Returns what is in it. Raises UserError when it cannot be written or does not read back, StoppedError when `report`
    says so; an older file of that name then stays as it is.
    """
    partial = target.with_name(target.name + ".part")
    copy = target.with_name(target.name + ".db.part")
    with storage_faults(target.parent):
        if not target.parent.is_dir():
            raise FileNotFoundError(2, "no such folder", str(target.parent))
        try:
            with ledger.reader() as reader:
                copy_database(reader.connection, copy, lambda _done, _total: report(0, 0))
            facts = look_into(copy)
            if facts.state != SOUND:
                raise UserError("台账文件没有通过检查，没有生成搬家包。请先在“设置”里从备份恢复。", detail=facts.detail)
            found = {blob: find_blob(ledger.folder / PHOTOS, blob) for blob in facts.blobs}
            others = {path.as_posix(): digest_of(ledger.folder / path) for path in list_others(ledger.folder)}
            manifest = Manifest(
                now.isoformat(timespec="seconds"),
                facts.schema,
                facts.unit,
                facts.unit_uid,
                digest_of(copy),
                facts.counts,
                len(facts.blobs),
                sum(path is None for path in found.values()),
                others,
            )
            photos = [(path, f"{PHOTOS}/{blob_name(blob)}") for blob, path in found.items() if path]
            total = 2 * (len(photos) + len(others) + 1)
            with zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED) as package:
                package.writestr(MANIFEST, manifest_text(manifest), zipfile.ZIP_DEFLATED)
                package.write(copy, FILE_NAME, zipfile.ZIP_DEFLATED)
                for done, (path, name) in enumerate([*photos, *((ledger.folder / name, name) for name in others)]):
                    if not report(done, total):
                        raise StoppedError
                    package.write(path, name)
            _read_again(partial, total, report)
            partial.replace(target)
        finally:
            for path in (partial, copy, copy.with_name(copy.name + "-journal")):
                path.unlink(missing_ok=True)
    return manifest


@contextmanager
def opened_package(path: Path) -> Generator[zipfile.ZipFile]:
    """A package whose list of contents is harmless. Raises UserError for anything that is no package of ours."""
    with storage_faults(path):
        try:
            with zipfile.ZipFile(path) as package:
                _refuse_harm(path, package)
                yield package
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, zlib.error, struct.error) as error:
            raise _no_package(path, repr(error)) from error
        except (RuntimeError, ValueError, OverflowError) as error:  # a password; places in the file that cannot be
            raise _no_package(path, repr(error)) from error


def package_manifest(path: Path, package: zipfile.ZipFile) -> Manifest:
    """What the package says was verified when it was made."""
    if package.getinfo(MANIFEST).file_size > _MAX_MANIFEST:
        raise _no_package(path, "the manifest is too long")
    try:
        return manifest_from(package.read(MANIFEST).decode("utf-8"))
    except (ValueError, TypeError) as error:
        raise _no_package(path, repr(error)) from error


def unpack(path: Path, target: Path, report: Report = go_on) -> None:
    """Unpack a whole package into an empty folder. Raises UserError, or StoppedError when `report` says so."""
    with opened_package(path) as package:
        members = package.infolist()
        wanted = sum(member.file_size for member in members)
        if free_bytes(target) < wanted:
            raise UserError(f"“{target.parent}”所在的磁盘放不下这个搬家包里的内容。请清理出一些空间，或换一个磁盘。")
        for done, member in enumerate(members):
            if not report(done, len(members)):
                raise StoppedError
            unpack_member(path, package, member.filename, target.joinpath(*PurePosixPath(member.filename).parts))


def unpack_member(path: Path, package: zipfile.ZipFile, name: str, target: Path) -> None:
    """Unpack one file; it may not become larger than the list of contents says."""
    target.parent.mkdir(parents=True, exist_ok=True)
    size = package.getinfo(name).file_size
    with package.open(name) as incoming, target.open("xb") as outgoing:
        if not copy_stream(incoming, outgoing, size):
            raise _no_package(path, f"{name} is longer than it says")


def _read_again(partial: Path, total: int, report: Report) -> None:
    """Read every file of a package that was just written; each carries a checksum."""
    with opened_package(partial) as package:
        for done, member in enumerate(package.infolist()):
            if not report(min(total // 2 + done, total), total):
                raise StoppedError
            with package.open(member) as stream:
                while stream.read(1 << 20):
                    pass
    report(total, total)


def _refuse_harm(path: Path, package: zipfile.ZipFile) -> None:
    members = package.infolist()
    names = [member.filename for member in members]
    folded = {name.casefold() for name in names}
    if FILE_NAME not in names or MANIFEST not in names:
        raise _no_package(path, "no ledger in it")
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_BYTES:
        raise _no_package(path, "too much in it")
    if len(folded) != len(names):
        raise _no_package(path, "a name stands in it twice")
    for member in members:
        if fault := _harm_of(member):
            raise _no_package(path, f"{member.filename!r}: {fault}")


def _harm_of(member: zipfile.ZipInfo) -> str:
    """Why a file must not be unpacked, empty when it may."""
    name, kind = member.filename, stat.S_IFMT(member.external_attr >> 16)
    parts = name.split("/")
    if kind not in (0, stat.S_IFREG) or member.is_dir():
        return "no ordinary file"
    if member.flag_bits & 1:
        return "has a password"
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "packed in a way that this program never uses"  # and that may ask for gigabytes of memory
    strange = any(character in name for character in '\\:*?"<>|') or not name.isprintable()
    if strange or len(name) > _MAX_NAME or any(part in ("", ".", "..") or part.endswith((" ", ".")) for part in parts):
        return "a name that leads elsewhere"
    if name not in (FILE_NAME, MANIFEST) and (len(parts) < 2 or parts[0] not in (PHOTOS, *OTHER_FOLDERS)):
        return "does not belong to a ledger"
    if member.file_size > _RATIO_FROM and member.file_size > MAX_RATIO * max(1, member.compress_size):
        return "packed beyond belief"
    return ""


def _no_package(path: Path, detail: str) -> UserError:
    return UserError(
        f"“{path.name}”不是完好的台账搬家包，没有打开，也没有改动任何内容。请在原来的电脑上重新生成一个，再拷过来。",
        detail=detail,
    )
