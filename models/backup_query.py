"""What backups and restoring ask of SQLite files. A `Ledger` is never needed here: the file may be damaged."""

import contextlib
import sqlite3
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from pathlib import Path

from models.migrations import APPLICATION_ID, SCHEMA_VERSION, structure_fault

CHUNK_PAGES = 4096  # copied at a stretch: eight megabytes, so that 停止 is heard soon
COUNTED = ("activity", "case_record", "work", "exemplar", "plan_item", "attachment", "submission")
KEPT = frozenset(("submission",))  # nothing is ever deleted from them, so there is no 回收站 to leave out
# Where the digests of stored files stand.
_REFERENCES = (("attachment", "digest"), ("attachment", "full_digest"), ("submission_file", "digest"))
SOUND, DAMAGED, FOREIGN, NEWER, MISSING = "", "damaged", "foreign", "newer", "missing"

Report = Callable[[int, int], bool]  # done, total → whether to go on
_DAMAGE_CODES = (11, 26)  # SQLITE_CORRUPT, SQLITE_NOTADB


class StoppedError(Exception):
    """Somebody pressed 停止. Nothing half-made is left behind."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file of `photos` that a record or a submission refers to, by the SHA-256 that is its name."""

    digest: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a ledger file says about itself. `state` is one of the words above; the rest is only told of a sound one."""

    state: str
    detail: str = ""
    schema: int = 0
    unit: str = ""
    unit_uid: str = ""
    counts: dict[str, int] = field(default_factory=dict[str, int])
    blobs: tuple[Blob, ...] = ()


def copy_database(source: sqlite3.Connection, target: Path, report: Report) -> None:
    """Copy a ledger as it is at this moment while others go on writing to it. Raises StoppedError.

    The copy is a single file without a write-ahead log, so that it can be opened from a read-only disk.
    """
    steady = source.execute("PRAGMA journal_mode").fetchone()[0] == "wal"

    def tell(_status: int, remaining: int, total: int) -> None:
        if not report(total - remaining, total):
            raise StoppedError

    with contextlib.closing(sqlite3.connect(target, isolation_level=None)) as copy:
        if steady:  # what is read stays as it is now, and nobody has to wait for it
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        try:
            source.backup(copy, pages=CHUNK_PAGES, progress=tell, sleep=0)
        finally:
            if steady:
                source.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode = DELETE")


def look_into(file: Path) -> Facts:
    """Check a file whole and count what is in it. Raises OSError or sqlite3 errors only for faults of the disk.

    The file is opened as the program opens it (a write-ahead log that was left beside it is taken into account).
    """
    if not file.is_file():
        return Facts(MISSING)
    try:
        with contextlib.closing(_open(file)) as connection:
            return _facts(connection)
    except UnicodeDecodeError as error:
        return Facts(DAMAGED, repr(error))
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _DAMAGE_CODES or "decode to UTF-8" in str(error):
            return Facts(DAMAGED, repr(error))
        raise


def table_digests(file: Path) -> dict[str, str]:
    """The SHA-256 of every table's content in the order of its rows; equal digests, equal tables."""
    from hashlib import sha256

    digests: dict[str, str] = {}
    with contextlib.closing(_open(file)) as connection:
        made = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            " AND name NOT LIKE 'sqlite_%' ORDER BY name"
        ).fetchall()
        for (table,) in made:
            total = sha256()
            columns = [row[1] for row in connection.execute(f'PRAGMA table_xinfo("{table}")')]
            order = ", ".join(f'"{name}"' for name in columns)
            for row in connection.execute(f'SELECT {order} FROM "{table}" ORDER BY {order}'):
                total.update(repr(row).encode("utf-8", "surrogatepass"))
            digests[table] = total.hexdigest()
    return digests


def count_records(connection: sqlite3.Connection) -> dict[str, int]:
    """How many of each kind there are, 回收站 left out. Kinds that an older ledger does not know yet are left out."""
    there = _tables(connection)
    return {table: _count(connection, table) for table in COUNTED if table in there}


def list_blobs(connection: sqlite3.Connection) -> tuple[Blob, ...]:
    """Every file of `photos` that records (those in 回收站 included) and submissions refer to, each once."""
    there = _tables(connection)
    found: set[tuple[str, str]] = set()
    for table, column in _REFERENCES:
        if table in there:
            rows = connection.execute(f"SELECT DISTINCT {column}, suffix FROM {table} WHERE {column} <> ''")
            found |= {(str(digest), str(suffix or "")) for digest, suffix in rows}
    return tuple(Blob(digest, suffix) for digest, suffix in sorted(found))


def _tables(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _count(connection: sqlite3.Connection, table: str) -> int:
    condition = "" if table in KEPT else " WHERE deleted_at IS NULL"
    return int(connection.execute(f"SELECT count(*) FROM {table}{condition}").fetchone()[0])


def _facts(connection: sqlite3.Connection) -> Facts:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if application != APPLICATION_ID:
        return Facts(FOREIGN, f"application_id {application}")
    if schema > SCHEMA_VERSION:
        return Facts(NEWER, f"schema {schema} > {SCHEMA_VERSION}", schema)
    verdict = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    fault = structure_fault(connection) if verdict == "ok" else verdict
    if fault:
        return Facts(DAMAGED, fault, schema)
    unit = connection.execute("SELECT name, uid FROM unit WHERE deleted_at IS NULL LIMIT 1").fetchone()
    name, uid = unit or ("", "")
    return Facts(SOUND, "", schema, name or "", uid or "", count_records(connection), list_blobs(connection))


def _open(file: Path) -> sqlite3.Connection:
    """For reading. A file that nobody has open is taken as it lies there: no other files appear beside it."""
    alone = not file.with_name(file.name + "-wal").exists() and not file.with_name(file.name + "-journal").exists()
    uri = file.absolute().as_uri() + ("?immutable=1" if alone else "?mode=rw")
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=10)


@contextlib.contextmanager
def opened(file: Path) -> Generator[sqlite3.Connection]:
    """A connection for reading to a ledger file that no window has open."""
    with contextlib.closing(_open(file)) as connection:
        yield connection
