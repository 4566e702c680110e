"""P5: saving one activity durably, next to the least that any program on SQLite must do for that."""

import contextlib
import itertools
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.generate import RECORDED_AT, generate
from benchmarks.ledgers import scratch_copy
from benchmarks.measure import Figure, Sample, in_turns
from models import recording
from models.activity import Activity
from models.ledger import FILE_NAME, Ledger
from models.notice import builtin_notice
from models.recording import Clerk
from models.samples import sample_unit

ROUNDS = 400


def measure(ledger_folder: Path) -> list[Figure]:
    """A new record and a changed one through `recording.record`; the floor is one INSERT of the same columns."""
    with scratch_copy(ledger_folder) as folder, Ledger.open(folder) as ledger, _bare_table(ledger) as bare:
        clerk = Clerk(builtin_notice(), RECORDED_AT, sample_unit().contact)
        typed = _typed_activities(2 * (ROUNDS + 1))
        saved = [recording.record(ledger, next(typed), clerk) for _ in range(ROUNDS + 1)]
        changed = (replace(each, people_offline=77, note=f"补记第 {n} 次") for n, each in enumerate(saved))
        rows = iter([_stored_row(ledger, each) for each in saved])
        statement = f"INSERT INTO activity VALUES ({', '.join('?' * len(_stored_row(ledger, saved[0])))})"

        def insert() -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute(statement, next(rows))
            bare.execute("COMMIT")

        new, changes, floor = in_turns(
            lambda: recording.record(ledger, next(typed), clerk),
            lambda: recording.record(ledger, next(changed), clerk),
            insert,
            rounds=ROUNDS,
        )
    sample = Sample("bare INSERT", floor)
    return [
        Figure("P5", "save a new activity, durable, with log and search index", Sample("record", new), sample, 2),
        Figure("P5", "save a changed activity", Sample("record", changes), sample, 2),
    ]


def _typed_activities(count: int) -> Iterator[Activity]:
    """Records of the last days, as the form hands them over."""
    notice = builtin_notice()
    latest = list(itertools.islice(generate(count * 20, seed=2), count * 19, None))
    return (replace(each, notice_id=notice.id, form_version=notice.form_version) for each in latest)


def _stored_row(ledger: Ledger, activity: Activity) -> tuple[object, ...]:
    return ledger.query("SELECT * FROM activity WHERE uid = ?", (activity.uid,))[0]


@contextlib.contextmanager
def _bare_table(ledger: Ledger) -> Iterator[sqlite3.Connection]:
    """Another file beside the ledger with the same records in one table: no index, no log, no search."""
    with contextlib.closing(sqlite3.connect(ledger.folder / "bare.db", isolation_level=None)) as bare:
        for pragma in ("page_size", "journal_mode", "synchronous", "foreign_keys"):
            bare.execute(f"PRAGMA {pragma} = {ledger.query(f'PRAGMA {pragma}')[0][0]}")
        columns = ledger.query("SELECT name, type, pk FROM pragma_table_info('activity')")
        definitions = (f'"{name}" {kind}{" PRIMARY KEY" if key else ""}' for name, kind, key in columns)
        bare.execute(f"CREATE TABLE activity({', '.join(definitions)}) STRICT")
        bare.execute("ATTACH ? AS ledger", (str(ledger.folder / FILE_NAME),))
        bare.execute("INSERT INTO activity SELECT * FROM ledger.activity")
        bare.execute("DETACH ledger")
        bare.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        yield bare
