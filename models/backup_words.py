"""What is remembered about the last backup, and backups in the words a clerk reads."""

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from models.ledger import Ledger
from models.settings import get_setting, save_setting
from models.submission_log_repository import last_event_at

if TYPE_CHECKING:
    from models.backup import Backup

log = logging.getLogger(__name__)

KEY = "last_backup"
_NOUNS = (
    ("activity", "条活动"),
    ("case_record", "篇案例"),
    ("work", "条作品和报道"),
    ("exemplar", "个先进典型"),
    ("plan_item", "项计划"),
    ("attachment", "个附件"),
    ("submission", "次报送"),
)
_NO_RECORDS = ("attachment", "submission")


@dataclass(frozen=True, slots=True)
class LastBackup:
    """The newest verified backup of a ledger; `group` is the change it reaches to, `problem` why a later one failed."""

    at: str = ""
    path: str = ""
    records: int = 0
    group: int = 0
    problem: str = ""

    @property
    def moment(self) -> datetime | None:
        """When it was made."""
        return datetime.fromisoformat(self.at) if self.at else None


def last_backup(ledger: Ledger) -> LastBackup:
    """What the ledger remembers; an empty one before the first backup."""
    stored = get_setting(ledger, KEY, {})
    try:
        values = cast("dict[str, Any]", stored)
        last = LastBackup(
            str(values.get("at", "")),
            str(values.get("path", "")),
            int(values.get("records", 0)),
            int(values.get("group", 0)),
            str(values.get("problem", "")),
        )
        _ = last.moment
    except (AttributeError, TypeError, ValueError) as error:
        log.warning("what is remembered of the last backup is not readable: %r", error)
        return LastBackup()
    return last


def remember_backup(ledger: Ledger, backup: "Backup", group: int) -> None:
    """Note a backup that was verified; `group` is `ledger.last_change()` from before it began."""
    manifest = backup.manifest
    last = LastBackup(manifest.made_at, str(backup.path), record_count(manifest.counts), group)
    save_setting(ledger, KEY, asdict(last))


def remember_problem(ledger: Ledger, problem: str) -> None:
    """Note why the last attempt failed; the backup before it stays the last one."""
    save_setting(ledger, KEY, {**asdict(last_backup(ledger)), "problem": problem})


def forget_if_gone(ledger: Ledger) -> None:
    """A ledger that came from another computer remembers a backup over there; here there is none yet."""
    last = last_backup(ledger)
    if last.path and not _is_there(last.path):
        save_setting(ledger, KEY, asdict(LastBackup()))


def is_backup_due(ledger: Ledger, today: date) -> bool:
    """Whether there are changes that no verified backup holds, and none was made today."""
    last = last_backup(ledger)
    return has_changes(ledger) and not (last.moment and last.moment.date() == today)


def has_changes(ledger: Ledger) -> bool:
    """Whether something was changed or submitted since the last verified backup, or that backup is gone."""
    last, group = last_backup(ledger), ledger.last_change()
    return group > 0 and (group != last.group or not _is_there(last.path) or _submitted_since(ledger, last))


def _submitted_since(ledger: Ledger, last: LastBackup) -> bool:
    """Whether something was noted about a submission since, which is no change of a record."""
    at = last_event_at(ledger)
    return at is not None and (last.moment is None or at >= last.moment)


def last_backup_lines(ledger: Ledger, today: date) -> tuple[str, ...] | None:
    """备份已验证 · 今天 08:31 · 186 条记录 · where it lies; None before the first one."""
    last = last_backup(ledger)
    if not last.moment:
        return None
    return "备份已验证", f"{moment_words(last.moment, today)} · {last.records} 条记录", last.path


def moment_words(moment: datetime, today: date) -> str:
    """今天 08:31, 昨天 17:02, 10月8日 09:00, or with its year."""
    day, clock = moment.date(), f"{moment:%H:%M}"
    if day == today:
        return f"今天 {clock}"
    if day == today - timedelta(days=1):
        return f"昨天 {clock}"
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日 {clock}"


def count_words(counts: Mapping[str, int]) -> str:
    """186 条活动、3 篇案例、12 个附件; kinds of which there are none are left out."""
    told = [f"{counts[name]} {noun}" for name, noun in _NOUNS if counts.get(name)]
    return "、".join(told) or "没有记录"


def record_count(counts: Mapping[str, int]) -> int:
    """All records together; attachments and submissions are none."""
    return sum(count for name, count in counts.items() if name not in _NO_RECORDS)


def _is_there(path: str) -> bool:
    try:
        return bool(path) and Path(path).is_file()
    except OSError:
        return False
