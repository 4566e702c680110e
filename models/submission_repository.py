"""The only SQL about submissions. Rows are added and read; triggers refuse everything else."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import datetime
from typing import Any

from models.errors import UserError
from models.identity import new_uid
from models.ledger import Ledger
from models.storage_faults import content_faults
from models.submission import (
    EventKind,
    Submission,
    SubmissionEvent,
    SubmissionFile,
    SubmissionItem,
    state_of,
)

_COLUMNS = tuple(field.name for field in fields(Submission))
_FILE_COLUMNS = tuple(field.name for field in fields(SubmissionFile))
_EVENT_COLUMNS = tuple(field.name for field in fields(SubmissionEvent))


@dataclass(frozen=True, slots=True)
class LoggedSubmission:
    """A submission with all that happened to it, the oldest event first."""

    submission: Submission
    events: tuple[SubmissionEvent, ...]

    @property
    def state(self) -> str:
        """How far it has come (models.submission.SubmissionState)."""
        return state_of(self.events)


def add_submission(
    ledger: Ledger,
    submission: Submission,
    files: Sequence[SubmissionFile],
    items: Iterable[SubmissionItem],
) -> Submission:
    """Keep a submission, its files (whose bytes are stored already) and its items, with the event of its making.

    Returns it with uid and number (BS-2025-003). All of it is written or nothing. Raises UserError as
    `require_next_version`, asked once more where no other program can write: storing the files takes its time.
    """
    with ledger.unlogged_transaction():
        require_next_version(ledger, submission.period, submission.version)
        saved = replace(submission, uid=new_uid(), number=_next_number(ledger, submission.made_at.year))
        _insert(ledger, "submission", _COLUMNS, _values(saved))
        for position, file in enumerate(files):
            _insert(
                ledger,
                "submission_file",
                ("submission_uid", "position", *_FILE_COLUMNS),
                (saved.uid, position, *astuple(file)),
            )
        ledger.connection.executemany(
            "INSERT INTO submission_item(submission_uid, kind, record_uid, revision) VALUES (?, ?, ?, ?)",
            ((saved.uid, item.kind, item.record_uid, item.revision) for item in items),
        )
        _insert_event(ledger, SubmissionEvent(saved.uid, saved.made_at, EventKind.GENERATED, person=saved.made_by))
    return saved


def require_next_version(ledger: Ledger, period_code: str, version: int) -> None:
    """Raise a UserError when this version of the period, or a later one, was made already, by another program too."""
    if ledger.query("SELECT 1 FROM submission WHERE period = ? AND version >= ? LIMIT 1", (period_code, version)):
        raise UserError("这个报送期刚刚又生成过一版。请返回上一步，重新生成。")


def add_event(ledger: Ledger, event: SubmissionEvent) -> SubmissionEvent:
    """Note what happened to a submission, durably."""
    with ledger.unlogged_transaction():
        return _insert_event(ledger, event)


def get_submission(ledger: Ledger, uid: str) -> LoggedSubmission | None:
    """One submission, None when there is none of this uid."""
    found = _select(ledger, "uid = ?", (uid,))
    return found[0] if found else None


def list_submissions(ledger: Ledger, period: str = "") -> list[LoggedSubmission]:
    """All submissions (of the period with this code), the latest first."""
    return _select(ledger, "period = ?" if period else "1", (period,) if period else ())


def list_files(ledger: Ledger, submission_uid: str) -> list[SubmissionFile]:
    """The files of a submission in the order of the package."""
    rows = ledger.query(
        f"SELECT {', '.join(_FILE_COLUMNS)} FROM submission_file WHERE submission_uid = ? ORDER BY position",
        (submission_uid,),
    )
    return [SubmissionFile(*row) for row in rows]


def list_items(ledger: Ledger, submission_uid: str) -> list[SubmissionItem]:
    """The records that were in a submission."""
    rows = ledger.query(
        "SELECT kind, record_uid, revision FROM submission_item WHERE submission_uid = ? ORDER BY kind, record_uid",
        (submission_uid,),
    )
    return [SubmissionItem(*row) for row in rows]


def last_submission_of(ledger: Ledger, record_uid: str) -> tuple[Submission, int] | None:
    """The latest submission a record was in, and the revision it had then; None when it never was in one."""
    rows = ledger.query(
        "SELECT s.uid, i.revision FROM submission_item i JOIN submission s ON s.uid = i.submission_uid"
        " WHERE i.record_uid = ? ORDER BY s.rowid DESC LIMIT 1",
        (record_uid,),
    )
    if not rows:
        return None
    found = get_submission(ledger, rows[0][0])
    return (found.submission, int(rows[0][1])) if found else None


def _select(ledger: Ledger, condition: str, parameters: Sequence[object]) -> list[LoggedSubmission]:
    columns = ", ".join(_COLUMNS)
    rows = ledger.query(f"SELECT {columns} FROM submission WHERE {condition} ORDER BY rowid DESC", parameters)
    events: dict[str, list[SubmissionEvent]] = {}
    with content_faults("报送记录"):
        for row in ledger.query(f"SELECT {', '.join(_EVENT_COLUMNS)} FROM submission_event ORDER BY rowid"):
            values: dict[str, Any] = dict(zip(_EVENT_COLUMNS, row, strict=True))
            values["at"] = datetime.fromisoformat(values["at"])
            event = SubmissionEvent(**values)
            events.setdefault(event.submission_uid, []).append(event)
        return [LoggedSubmission(each, tuple(events.get(each.uid, ()))) for each in (_from_row(row) for row in rows)]


def _from_row(row: Sequence[Any]) -> Submission:
    values: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
    values["made_at"] = datetime.fromisoformat(values["made_at"])
    values["forms"] = tuple(values["forms"].split())
    return Submission(**values)


def _values(submission: Submission) -> tuple[Any, ...]:
    made_at = submission.made_at.isoformat(timespec="seconds")
    values = {**dict(zip(_COLUMNS, astuple(submission), strict=True)), "made_at": made_at}
    return tuple({**values, "forms": " ".join(submission.forms)}.values())


def _insert_event(ledger: Ledger, event: SubmissionEvent) -> SubmissionEvent:
    saved = replace(event, uid=new_uid())
    values = {**dict(zip(_EVENT_COLUMNS, astuple(saved), strict=True)), "at": saved.at.isoformat(timespec="seconds")}
    _insert(ledger, "submission_event", _EVENT_COLUMNS, tuple(values.values()))
    return saved


def _insert(ledger: Ledger, table: str, columns: Sequence[str], values: Sequence[object]) -> None:
    ledger.connection.execute(
        f"INSERT INTO {table}({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})", values
    )


def _next_number(ledger: Ledger, year: int) -> str:
    prefix = f"BS-{year}-"
    rows = ledger.query("SELECT number FROM submission WHERE number LIKE ?", (f"{prefix}%",))
    taken = [int(tail) for (number,) in rows if (tail := str(number)[len(prefix) :]).isdecimal()]
    return f"{prefix}{max(taken, default=0) + 1:03d}"
