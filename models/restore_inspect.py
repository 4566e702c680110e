"""What is wrong with a ledger, and what a backup, a 搬家包 or another ledger's folder holds. Nothing is changed."""

import contextlib
import logging
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zipfile import is_zipfile

from models.backup import Manifest, default_folder, list_backups, read_manifest
from models.backup_files import PHOTOS, digest_of, missing_blobs
from models.backup_query import DAMAGED, FOREIGN, MISSING, NEWER, SOUND, Facts, look_into
from models.errors import UserError
from models.ledger import FILE_NAME
from models.restore_package import opened_package, package_manifest, unpack_member
from models.storage_faults import storage_faults

log = logging.getLogger(__name__)

FROM_BACKUP, FROM_PACKAGE, FROM_FOLDER = "backup", "package", "folder"


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """What somebody sees before deciding. `verified`: it was opened and checked just now, and is what it was."""

    path: Path
    kind: str
    verified: bool
    made_at: datetime | None = None
    unit: str = ""
    schema: int = 0
    counts: dict[str, int] = field(default_factory=dict[str, int])
    attachments: int = 0
    missing: int = 0
    problem: str = ""


def trouble_with(folder: Path) -> str:
    """Why a ledger cannot be opened that a backup could bring back: damaged, foreign, newer, missing; else empty."""
    try:
        facts = look_into(folder / FILE_NAME)
    except (OSError, sqlite3.Error) as error:
        log.warning("%s could not be looked into: %r", folder, error)
        return ""
    if facts.state == MISSING:
        with contextlib.suppress(UserError, OSError):
            return MISSING if folder.is_dir() and list_backups(default_folder(folder)) else ""
    return facts.state


def inspect(path: Path) -> BackupInfo:
    """Open and check a backup file, a package or a ledger folder without changing it.

    Something that cannot be restored comes back with `verified` False and the reason in `problem`. UserError only for
    what the disk refuses.
    """
    with storage_faults(path):
        if path.is_dir():
            return _inspect_folder(path)
        if path.suffix.lower() == ".zip" or (path.suffix.lower() != ".db" and is_zipfile(path)):
            return _inspect_package(path)
        if not path.is_file():
            return BackupInfo(path, FROM_BACKUP, False, problem=f"找不到“{path}”。请检查U盘是否拔出，文件是否改名。")
        manifest = read_manifest(path)
        facts = look_into(path)
        missing = missing_blobs([path.parent / PHOTOS], facts.blobs)
        info = _info(path, FROM_BACKUP, facts, manifest, missing)
        if info.verified and manifest.digest and digest_of(path) != manifest.digest:
            return _info(path, FROM_BACKUP, Facts(DAMAGED, "not the digest it had"), manifest, missing)
        return info


def _inspect_folder(path: Path) -> BackupInfo:
    facts = look_into(path / FILE_NAME)
    info = _info(path, FROM_FOLDER, facts, Manifest(), missing_blobs([path / PHOTOS], facts.blobs))
    if facts.state == MISSING:
        return BackupInfo(path, FROM_FOLDER, False, problem=f"“{path}”里没有找到台账。")
    return info


def _inspect_package(path: Path) -> BackupInfo:
    import tempfile

    try:
        with opened_package(path) as package, tempfile.TemporaryDirectory(prefix="xuanjiao-") as scratch:
            manifest = package_manifest(path, package)
            file = Path(scratch) / FILE_NAME
            unpack_member(path, package, FILE_NAME, file)
            facts = look_into(file)
            names = {Path(name).stem for name in package.namelist() if name.startswith(f"{PHOTOS}/")}
            missing = sum(blob.digest not in names for blob in facts.blobs)
            if facts.state == SOUND and digest_of(file) != manifest.digest:
                facts = Facts(DAMAGED, "not the digest it had")
            return _info(path, FROM_PACKAGE, facts, manifest, missing)
    except UserError as error:
        return BackupInfo(path, FROM_PACKAGE, False, problem=error.message)


def _info(path: Path, kind: str, facts: Facts, manifest: Manifest, missing: int) -> BackupInfo:
    made_at = datetime.fromisoformat(manifest.made_at) if manifest.made_at else _changed_at(path, kind)
    problems = {
        SOUND: "",
        DAMAGED: f"“{path.name}”已损坏，不能用来恢复。请选另一份备份。",
        FOREIGN: f"“{path.name}”不是宣教台账的数据。请选另一个文件。",
        NEWER: f"“{path.name}”是用更新版本的宣教台账记录的，这台电脑上的版本读不了。请先把程序升级。",
        MISSING: f"找不到“{path.name}”。",
    }
    return BackupInfo(
        path,
        kind,
        facts.state == SOUND,
        made_at,
        facts.unit or manifest.unit,
        facts.schema or manifest.schema,
        facts.counts or manifest.counts,
        len(facts.blobs),
        missing,
        problems[facts.state],
    )


def _changed_at(path: Path, kind: str) -> datetime | None:
    file = path / FILE_NAME if kind == FROM_FOLDER else path
    return datetime.fromtimestamp(file.stat().st_mtime) if file.is_file() else None
