"""One ledger: a folder that can be copied to a USB stick whole.

    ledger.db      the SQLite file            backups/     verified copies
    ledger.lock    one program at a time

Only repositories and the few storage modules beside this file write SQL. All writes go through
`Ledger.transaction`, which groups them for undo and translates storage faults into sentences.
"""

import contextlib
import sqlite3
from collections.abc import Generator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from models.disk import is_fixed_local_disk
from models.errors import UserError
from models.lock import FolderLock
from models.migrations import APPLICATION_ID, SCHEMA_VERSION, structure_fault
from models.storage_faults import storage_faults

if TYPE_CHECKING:
    from sqlite_utils import Database

FILE_NAME = "ledger.db"
LOCK_NAME = "ledger.lock"
MINIMUM_SQLITE = (3, 37, 0)  # STRICT tables
_PAGE_BYTES = 2048  # a save touches some twenty pages and writes each whole: small ones make it a sixth faster
QUICK_CHECK_BYTES = 8 << 20  # a file up to this size is checked whole while it is opened


class Ledger:
    """An open ledger folder. Use `create` or `open`; close it with `close` or as a context manager."""

    def __init__(self, folder: Path, connection: sqlite3.Connection, lock: FolderLock | None) -> None:
        self.folder = folder
        self.connection = connection
        self._lock = lock
        self._database: Database | None = None

    @classmethod
    def create(cls, folder: Path, *, exclusive: bool = True) -> Self:
        """Make a new, empty ledger in `folder` (made if needed) and open it.

        Raises UserError when the folder cannot be written or already holds a ledger.
        """
        file = folder / FILE_NAME
        with storage_faults(folder):
            taken = file.exists()
        if taken:
            raise UserError(f"“{folder}”里已经有一个台账，不能再新建。请直接打开它，或换一个文件夹。")
        with storage_faults(folder):
            folder.mkdir(parents=True, exist_ok=True)
            lock = FolderLock(folder / LOCK_NAME) if exclusive else None
            file.touch(mode=0o600)
        ledger = cls(folder, _connect(file), lock)
        try:
            ledger.connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
            ledger._prepare()
            ledger._migrate()
        except BaseException:
            ledger.close()
            file.unlink(missing_ok=True)
            raise
        return ledger

    @classmethod
    def open(cls, folder: Path, *, exclusive: bool = True) -> Self:
        """Open the ledger in `folder`; an older one is backed up and brought up to date first.

        Raises UserError when there is none, when it is damaged, written by a newer version of the
        program, or (with `exclusive`) open in another window. The file is left as it was.
        """
        file = folder / FILE_NAME
        with storage_faults(folder):
            found = file.is_file()
        if not found:
            raise UserError(f"“{folder}”里没有找到台账。请检查文件夹是否选对，U盘是否插好。")
        with storage_faults(folder):
            lock = FolderLock(folder / LOCK_NAME) if exclusive else None
        ledger = cls(folder, _connect(file), lock)
        try:
            ledger._check_version()
            ledger._check_small_file(file)
            ledger._check_structure()
            ledger._prepare()  # the first thing that may write to the file
            if ledger.schema_version < SCHEMA_VERSION:
                ledger.back_up(folder / "backups" / f"升级前_{datetime.now():%Y%m%d-%H%M%S}.db")
                ledger._migrate()
        except BaseException:
            ledger.close()
            raise
        return ledger

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def file(self) -> Path:
        """The SQLite file inside the folder."""
        return self.folder / FILE_NAME

    @property
    def _in_window(self) -> bool:
        """Whether a window has this ledger: only windows keep it for themselves, a command or a reader never does."""
        return self._lock is not None

    @property
    def schema_version(self) -> int:
        """The schema step the file is at (`PRAGMA user_version`)."""
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    @property
    def database(self) -> "Database":
        """The same connection as a sqlite-utils Database; made on first use, since its import is slow."""
        if self._database is None:
            from sqlite_utils import Database

            self._database = Database(self.connection)
        return self._database

    def query(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> list[Any]:
        """All rows of a reading statement. Raises UserError when the file turns out to be damaged or gone."""
        with storage_faults(self.folder, in_window=self._in_window):
            return self.connection.execute(sql, parameters).fetchall()

    @contextlib.contextmanager
    def transaction(self, label: str, *, at: datetime, person: str = "", undoes: int | None = None) -> Generator[int]:
        """All writes inside happen together or not at all, as one step of 撤销 named `label`.

        Yields the id of the change group. A new step makes undone steps impossible to redo. Inside
        another transaction it joins that one's group, so that a composed operation is one step.
        """
        connection = self.connection
        if connection.in_transaction:
            yield int(connection.execute("SELECT max(id) FROM change_group").fetchone()[0])
            return
        with storage_faults(self.folder, in_window=self._in_window):
            connection.execute("BEGIN IMMEDIATE")
            try:
                if undoes is None:
                    connection.execute("UPDATE change_group SET state = 2 WHERE state = 1")
                cursor = connection.execute(
                    "INSERT INTO change_group(label, at, person, undoes, state, first_entry)"
                    " VALUES (?, ?, ?, ?, 0, (SELECT coalesce(max(id), 0) + 1 FROM change_log))",
                    (label, at.isoformat(timespec="seconds"), person, undoes),
                )
                yield int(cursor.lastrowid or 0)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def unlogged_transaction(self) -> Generator[None]:
        """Writes that are no step of 撤销: drafts, settings. Together or not at all."""
        with storage_faults(self.folder, in_window=self._in_window):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def last_change(self) -> int:
        """The newest change group, 0 in an empty ledger. Taken at start, it bounds what 撤销 can reach."""
        return int(self.query("SELECT coalesce(max(id), 0) FROM change_group")[0][0])

    def reader(self) -> "Ledger":
        """A second, read-only connection for a worker thread. It takes no lock; close it after use."""
        with storage_faults(self.folder):
            connection = sqlite3.connect(f"{self.file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
            connection.execute("PRAGMA query_only = ON")
        return Ledger(self.folder, connection, None)

    def back_up(self, target: Path) -> None:
        """Write a whole copy to `target` by SQLite's online backup, then reopen and check the copy.

        Raises UserError when it cannot be written or the copy does not read back clean.
        """
        with storage_faults(target.parent):
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_name(target.name + ".part")
            try:
                with contextlib.closing(sqlite3.connect(partial)) as copy:
                    self.connection.backup(copy)
                    verdict = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
                    if verdict != "ok":
                        raise UserError("备份没有通过检查，没有保留。请换一个文件夹再备份一次。", detail=str(verdict))
                partial.replace(target)
            finally:
                partial.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file and give the folder free. Safe to call twice."""
        self.connection.close()
        if self._lock is not None:
            self._lock.release()

    def _prepare(self) -> None:
        """Connection-wide settings; the journal mode depends on the disk (WAL fails on network shares).

        With recursive triggers, a row that REPLACE would take away counts as deleted: what was submitted stays.
        """
        with storage_faults(self.folder):
            journal = "WAL" if is_fixed_local_disk(self.folder) else "DELETE"
            usual = ("synchronous = FULL", "foreign_keys = ON", "recursive_triggers = ON")
            for pragma in (f"journal_mode = {journal}", *usual):
                self.connection.execute(f"PRAGMA {pragma}")

    def _check_version(self) -> None:
        with storage_faults(self.folder):
            application = self.connection.execute("PRAGMA application_id").fetchone()[0]
            if application != APPLICATION_ID:
                raise UserError(
                    f"“{self.file}”不是宣教台账的数据，没有打开，也没有改动它。请检查文件夹是否选对。",
                    detail=f"application_id {application}",
                )
            if self.schema_version > SCHEMA_VERSION:
                raise UserError(
                    "这个台账是用更新版本的宣教台账记录的，这台电脑上的版本打不开，没有改动它。请先把程序升级。",
                    detail=f"schema {self.schema_version} > {SCHEMA_VERSION}",
                )

    def _check_small_file(self, file: Path) -> None:
        """A file of ordinary size is checked whole; a big one is checked in the background (`find_damage`)."""
        if file.stat().st_size <= QUICK_CHECK_BYTES and (damage := self.find_damage()):
            raise damaged_ledger(self.folder, damage)

    def _check_structure(self) -> None:
        """A file in which tables are missing, or triggers and views are not ours, would fail or lie later on."""
        with storage_faults(self.folder):
            if fault := structure_fault(self.connection):
                raise damaged_ledger(self.folder, fault)

    def find_damage(self) -> str:
        """SQLite's own verdict on the file: empty when sound, else its first complaint (for the log)."""
        verdict = str(self.query("PRAGMA quick_check(1)")[0][0])
        return "" if verdict == "ok" else verdict

    def _migrate(self) -> None:
        from models.migrations import apply_migrations

        with storage_faults(self.folder):
            apply_migrations(self.database)


def damaged_ledger(folder: Path, detail: str) -> UserError:
    """The sentence for a ledger whose file does not read back clean."""
    return UserError(
        f"“{folder}”里的台账文件已损坏，没有改动它。请用 backups 文件夹里最近的备份恢复，或联系上级工会。",
        detail=detail,
    )


def _connect(file: Path) -> sqlite3.Connection:
    if sqlite3.sqlite_version_info < MINIMUM_SQLITE:
        raise UserError(
            "这台电脑上的数据库组件太旧，打不开台账。请安装宣教台账的完整安装包。", detail=sqlite3.sqlite_version
        )
    with storage_faults(file.parent):
        return sqlite3.connect(file, isolation_level=None, timeout=10, cached_statements=256)
