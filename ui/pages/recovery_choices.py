"""What can be restored from, in words, and the restoring that may be stopped."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from models.backup import Backup
from models.backup_query import Report, StoppedError
from models.backup_words import count_words, moment_words
from models.restore import BackupInfo, Restored, restore


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to restore from, and what is known of it."""

    path: Path
    when: str
    what: str
    note: str
    usable: bool = True


def restore_or_stop(source: Path, folder: Path, now: datetime, report: Report) -> Restored | None:
    """None when it was stopped."""
    try:
        return restore(source, folder, now, report)
    except StoppedError:
        return None


def choice_of_backup(backup: Backup, today: date) -> Choice:
    """A backup as its folder lists it."""
    counts = count_words(backup.manifest.counts) if backup.verified else "升级程序前留下的备份"
    note = "已验证" if backup.verified else "恢复前会先检查"
    return Choice(backup.path, moment_words(backup.made_at, today), counts, note, backup.verified)


def choice_of_info(info: BackupInfo, today: date) -> Choice:
    """A file or folder that was checked just now."""
    when = moment_words(info.made_at, today) if info.made_at else "日期不明"
    lost = f"，缺 {info.missing} 个附件" if info.missing else ""
    return Choice(info.path, when, f"{count_words(info.counts)}{lost}", f"刚才检查过　{info.unit}".strip())
