"""Verified backups: copied while the ledger is in use, opened again, checked and counted before they count.

    backups/台账备份_2025-10-10_0831.db      the ledger file    photos/ab/abcd….jpg   photos, once for all backups
    backups/台账备份_2025-10-10_0831.json    what was verified  files/ab/abcd…        notices and submissions, likewise

The list of what was verified is written before the backup gets its name, so whatever has that name is complete.
"""

import contextlib
import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from models import backup_files
from models.backup_files import PHOTOS, copy_checked, digest_of, find_blob, list_others, stored
from models.backup_query import SOUND, Blob, Facts, Report, StoppedError, copy_database, look_into
from models.backup_thinning import superfluous
from models.errors import UserError
from models.ledger import Ledger
from models.storage_faults import storage_faults

log = logging.getLogger(__name__)

PREFIX, BEFORE_UPGRADE = "台账备份_", "升级前_"
KEEP_UPGRADE = timedelta(days=365)
_PAGES = 100  # of the progress, what the ledger file counts for; each photo counts one
SPARE = 10 << 20  # bytes that must stay free on the disk of the backups


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was verified about a backup. `files` maps other files of the ledger folder to their SHA-256."""

    made_at: str = ""
    schema: int = 0
    unit: str = ""
    unit_uid: str = ""
    digest: str = ""
    counts: dict[str, int] = field(default_factory=dict[str, int])
    blobs: int = 0
    missing: int = 0
    files: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file as the folder lists it. `verified` says that it was when it was made."""

    path: Path
    made_at: datetime
    manifest: Manifest

    @property
    def verified(self) -> bool:
        return bool(self.manifest.digest)


def go_on(_done: int, _total: int) -> bool:
    """A report for callers who neither show progress nor stop."""
    return True


def default_folder(ledger_folder: Path) -> Path:
    """Where backups lie unless the clerk has chosen another disk."""
    return ledger_folder / "backups"


def back_up(ledger: Ledger, folder: Path, now: datetime, report: Report = go_on) -> Backup:
    """Make and verify a backup of an open ledger in `folder`; may run in any thread.

    Raises UserError when the disk is full, gone or the copy does not read back clean, StoppedError when `report`
    says so. In every case all older backups stay as they are.
    """
    with storage_faults(folder):
        _make_folder(folder)
        _sweep(folder)
        target = _free_name(folder, now)
        partial = target.with_name(target.name + ".part")
        try:
            with ledger.reader() as reader:
                _need_room(folder, ledger.file.stat().st_size)
                copy_database(reader.connection, partial, lambda done, total: report(done * _PAGES // total, _PAGES))
            facts = _verified(partial)
            missing = _copy_photos(ledger.folder / PHOTOS, folder / PHOTOS, facts.blobs, report)
            manifest = Manifest(
                now.isoformat(timespec="seconds"),
                facts.schema,
                facts.unit,
                facts.unit_uid,
                digest_of(partial),
                facts.counts,
                len(facts.blobs),
                missing,
                _copy_others(ledger.folder, folder),
            )
            _write_manifest(target, manifest)
            partial.replace(target)
        finally:
            for path in (partial, partial.with_name(partial.name + "-journal")):
                with contextlib.suppress(OSError):  # the disk may be gone; what is left is swept away next time
                    path.unlink(missing_ok=True)
    return Backup(target, now, manifest)


def list_backups(folder: Path) -> list[Backup]:
    """The backups in a folder, the newest first. A folder that is not there has none."""
    with storage_faults(folder):
        paths = [path for path in folder.glob("*.db") if path.name.startswith((PREFIX, BEFORE_UPGRADE))]
        found = [Backup(path, *_made_at(path, read_manifest(path))) for path in paths if path.is_file()]
    return sorted(found, key=lambda each: (each.made_at, len(each.path.name), each.path.name), reverse=True)


def thin_out(folder: Path, now: datetime, unit_uid: str) -> list[Path]:
    """Delete the backups of this unit that are no longer needed (7 days, 4 weeks, 12 months); returns which."""
    ours = [each for each in list_backups(folder) if each.verified and each.manifest.unit_uid == unit_uid]
    gone = superfluous([each.made_at for each in ours], now)
    doomed = [each.path for each in ours if each.made_at in gone]
    upgrades = [each for each in list_backups(folder) if each.path.name.startswith(BEFORE_UPGRADE)]
    doomed += [each.path for each in upgrades[1:] if each.made_at < now - KEEP_UPGRADE]
    with storage_faults(folder):
        for path in doomed:
            path.unlink(missing_ok=True)
            manifest_path(path).unlink(missing_ok=True)
    return doomed


def manifest_path(backup: Path) -> Path:
    """The list of what was verified about a backup."""
    return backup.with_suffix(".json")


def read_manifest(backup: Path) -> Manifest:
    """What was verified when the backup was made; an empty one when nothing readable says so."""
    try:
        return manifest_from(manifest_path(backup).read_text("utf-8"))
    except FileNotFoundError:
        return Manifest()
    except (OSError, ValueError, TypeError) as error:
        log.warning("the list beside %s is not readable: %r", backup.name, error)
        return Manifest()


def manifest_from(text: str) -> Manifest:
    """A manifest from JSON that anybody may have written. ValueError or TypeError when it is none."""
    try:
        return _manifest_of(json.loads(text))
    except (RecursionError, OverflowError) as error:  # thousands of brackets, Infinity
        raise ValueError("no manifest") from error


def _manifest_of(stored_values: object) -> Manifest:
    if not isinstance(stored_values, dict):
        raise ValueError("a manifest is one JSON object")
    values = cast("dict[str, Any]", stored_values)
    plain = {name: kind(values.get(name, kind())) for name, kind in _PLAIN.items()}
    counts = {str(name): int(count) for name, count in dict(values.get("counts", {})).items()}
    files = {str(name): str(digest) for name, digest in dict(values.get("files", {})).items()}
    if plain["made_at"]:
        datetime.fromisoformat(plain["made_at"])
    return Manifest(**plain, counts=counts, files=files)


def manifest_text(manifest: Manifest) -> str:
    """As it is kept beside a backup and inside a package."""
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=1)


_PLAIN: dict[str, Callable[..., Any]] = {
    "made_at": str,
    "schema": int,
    "unit": str,
    "unit_uid": str,
    "digest": str,
    "blobs": int,
    "missing": int,
}


def _verified(copy: Path) -> Facts:
    """Open the copy again. Raises UserError unless all of it reads back clean."""
    facts = look_into(copy)
    if facts.state != SOUND:
        raise UserError(
            "备份没有通过检查，没有保留，原来的备份都还在。台账文件可能已经损坏，请先在“设置”里从备份恢复。",
            detail=facts.detail,
        )
    return facts


def _copy_photos(source: Path, target: Path, blobs: tuple[Blob, ...], report: Report) -> int:
    """Bring over what the backup folder lacks; returns how many are missing or broken in the ledger itself."""
    missing = 0
    total = _PAGES + len(blobs)
    for number, blob in enumerate(blobs):
        if not report(_PAGES + number, total):
            raise StoppedError
        if find_blob(target, blob):
            continue
        original = find_blob(source, blob)
        if original is None:
            missing += 1
            continue
        _need_room(target, original.stat().st_size)
        if not copy_checked(original, target / blob.digest[:2] / original.name, blob.digest):
            missing += 1
    report(total, total)
    return missing


def _copy_others(source: Path, backups: Path) -> dict[str, str]:
    files: dict[str, str] = {}
    for path in list_others(source):
        digest = files[path.as_posix()] = digest_of(source / path)
        if not stored(backups, digest).exists():
            copy_checked(source / path, stored(backups, digest), digest)
    return files


def _write_manifest(target: Path, manifest: Manifest) -> None:
    path = manifest_path(target)
    partial = path.with_name(path.name + ".part")
    partial.write_text(manifest_text(manifest), "utf-8")
    partial.replace(path)


def _make_folder(folder: Path) -> None:
    """A chosen disk that is not plugged in must not be replaced by a folder where it would be."""
    if not folder.parent.is_dir():
        raise UserError(f"找不到备份文件夹“{folder}”。请检查U盘或移动硬盘是否插好，或在“设置”里换一个备份文件夹。")
    folder.mkdir(exist_ok=True)


def _need_room(folder: Path, wanted: int) -> None:
    if backup_files.free_bytes(folder) < wanted + SPARE:
        raise UserError(
            f"“{folder}”所在的磁盘放不下这次备份，没有备份，原来的备份都还在。请清理出一些空间，或换一个备份文件夹。"
        )


def _sweep(folder: Path) -> None:
    """Take away what an interrupted backup left half-made."""
    for path in folder.glob(f"{PREFIX}*.part*"):
        path.unlink(missing_ok=True)


def _free_name(folder: Path, now: datetime) -> Path:
    stem = f"{PREFIX}{now:%Y-%m-%d_%H%M}"
    target, number = folder / f"{stem}.db", 2
    while target.exists():
        target, number = folder / f"{stem}-{number}.db", number + 1
    return target


def _made_at(path: Path, manifest: Manifest) -> tuple[datetime, Manifest]:
    moment = manifest.made_at and datetime.fromisoformat(manifest.made_at).replace(tzinfo=None)
    return moment or datetime.fromtimestamp(path.stat().st_mtime), manifest
