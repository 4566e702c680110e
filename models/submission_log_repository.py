"""The SQL behind the log of submissions: several events at once, and what has been touched since it was sent."""

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import astuple, fields, replace
from datetime import datetime

from models.identity import new_uid
from models.ledger import Ledger
from models.storage_faults import content_faults
from models.submission import EventKind, SubmissionEvent

RECORD_TABLES = ("activity", "case_record", "work", "exemplar")  # of which a submission holds records
_COLUMNS = tuple(field.name for field in fields(SubmissionEvent))


def add_events(ledger: Ledger, events: Iterable[SubmissionEvent]) -> None:
    """Note what happened, all of it or nothing; inside a transaction it is part of that."""
    columns, marks = ", ".join(_COLUMNS), ", ".join("?" * len(_COLUMNS))
    with nullcontext() if ledger.connection.in_transaction else ledger.unlogged_transaction():
        for event in events:
            values = dict(zip(_COLUMNS, astuple(replace(event, uid=new_uid())), strict=True))
            values["at"] = event.at.isoformat(timespec="seconds")
            ledger.connection.execute(
                f"INSERT INTO submission_event({columns}) VALUES ({marks})", tuple(values.values())
            )


def last_event_at(ledger: Ledger) -> datetime | None:
    """When something was noted about a submission last; None before the first one."""
    rows = ledger.query("SELECT at FROM submission_event ORDER BY rowid DESC LIMIT 1")
    with content_faults("报送记录"):
        return datetime.fromisoformat(rows[0][0]) if rows else None


def last_sent(ledger: Ledger) -> dict[str, str]:
    """Period code → uid of the highest version that has left this computer, the one made last first."""
    rows = ledger.query(
        "SELECT s.period, s.uid, s.rowid FROM submission s WHERE EXISTS"
        " (SELECT 1 FROM submission_event e WHERE e.submission_uid = s.uid AND e.kind = ?)"
        " ORDER BY s.version",
        (EventKind.SENT,),
    )
    found = {period: (uid, made) for period, uid, made in rows}  # a higher version replaces a lower one
    latest = sorted(found.items(), key=lambda item: item[1][1], reverse=True)
    return {period: uid for period, (uid, _made) in latest}


def touched_items(ledger: Ledger, submission_uid: str) -> set[str]:
    """The records of a submission that were saved again, deleted or purged since, whether anything differs or not."""
    parts = (
        f"SELECT i.record_uid FROM submission_item i LEFT JOIN {table} r ON r.uid = i.record_uid"
        f" WHERE i.submission_uid = :uid AND i.kind = '{table}'"
        " AND (r.uid IS NULL OR r.deleted_at IS NOT NULL OR r.revision <> i.revision)"
        for table in RECORD_TABLES
    )
    return {uid for (uid,) in ledger.query(" UNION ALL ".join(parts), {"uid": submission_uid})}


def last_sent_of(ledger: Ledger, record_uid: str) -> str:
    """The uid of the latest submission with this record that has left this computer; empty when there is none."""
    rows = ledger.query(
        "SELECT i.submission_uid FROM submission_item i JOIN submission s ON s.uid = i.submission_uid"
        " WHERE i.record_uid = ? AND EXISTS"
        " (SELECT 1 FROM submission_event e WHERE e.submission_uid = s.uid AND e.kind = ?)"
        " ORDER BY s.rowid DESC LIMIT 1",
        (record_uid, EventKind.SENT),
    )
    return rows[0][0] if rows else ""
