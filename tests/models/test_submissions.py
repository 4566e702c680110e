"""Submissions are kept as they were sent: rows are only added, and the state follows from what happened."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models import history
from models.ledger import Ledger
from models.receipt_code import ALPHABET, content_digest, is_code, receipt_code, same_code
from models.submission import EventKind, Submission, SubmissionEvent, SubmissionFile, SubmissionItem, SubmissionState
from models.submission_repository import (
    add_event,
    add_submission,
    get_submission,
    last_submission_of,
    list_files,
    list_items,
    list_submissions,
)
from tests.factories import NOW, a_ledger

DIGEST = content_digest([("表2.pdf", "ab" * 32), ("data.json", "cd" * 32)])
FIRST = Submission(
    "2025Q3", 1, receipt_code(DIGEST), DIGEST, NOW, "赵芳", "a@b.cn", "主题", "正文", ("表2", "表3"), 14, 1
)
FILES = (
    SubmissionFile("表2_活动台账.pdf", "表2", "2页", "ab" * 32, ".pdf", 3000),
    SubmissionFile("data.json", "数据", "", "cd" * 32, ".json", 900),
)
ITEMS = (SubmissionItem("activity", "a-1", 3), SubmissionItem("case_record", "c-1", 1))


def test_a_submission_is_kept_with_its_files_and_records(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账") as ledger:
        before = history.list_steps(ledger)
        first = add_submission(ledger, FIRST, FILES, ITEMS)
        second = add_submission(ledger, replace(FIRST, version=2, added=1), FILES[:1], ITEMS[:1])
        assert (first.number, second.number) == ("BS-2025-001", "BS-2025-002")
        assert [each.submission for each in list_submissions(ledger)] == [second, first]
        assert [each.submission for each in list_submissions(ledger, "2025Q4")] == []
        assert list_files(ledger, first.uid) == list(FILES)
        assert list_items(ledger, first.uid) == list(ITEMS)
        assert last_submission_of(ledger, "a-1") == (second, 3)
        assert last_submission_of(ledger, "c-1") == (first, 1)
        assert last_submission_of(ledger, "never") is None
        assert history.list_steps(ledger) == before, "nothing of it can be taken back"


@pytest.mark.parametrize("table", ["submission", "submission_file", "submission_item", "submission_event"])
@pytest.mark.parametrize("reopened", [False, True])
def test_nobody_changes_or_deletes_what_was_submitted(tmp_path: Path, table: str, reopened: bool) -> None:
    """Neither by saying so nor by putting another row in its place."""
    ledger = a_ledger(tmp_path / "台账")
    add_submission(ledger, FIRST, FILES, ITEMS)
    if reopened:
        ledger.close()
        ledger = Ledger.open(tmp_path / "台账")
    with ledger:
        columns = [row[0] for row in ledger.query(f"SELECT name FROM pragma_table_info('{table}')")]
        names, before = ", ".join(columns), ledger.query(f"SELECT rowid, * FROM {table}")
        statements = [f"UPDATE {table} SET {columns[0]} = 'x'", f"DELETE FROM {table}"]
        statements += [
            f"{way} INTO {table}(rowid, {names}) SELECT {row}, {names} FROM {table}"
            for way in ("REPLACE", "INSERT OR REPLACE")
            for row in ("rowid", "rowid + 100")
        ]
        for statement in (*statements, f"UPDATE OR REPLACE {table} SET rowid = 1"):
            with pytest.raises(sqlite3.IntegrityError, match="only added to"):
                ledger.connection.execute(statement)
        assert ledger.query(f"SELECT rowid, * FROM {table}") == before


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ([], SubmissionState.GENERATED),
        ([EventKind.QUEUED], SubmissionState.QUEUED),
        ([EventKind.QUEUED, EventKind.CANCELLED], SubmissionState.GENERATED),
        ([EventKind.ATTEMPT], SubmissionState.SENDING),
        ([EventKind.ATTEMPT, EventKind.FAILED], SubmissionState.GENERATED),
        ([EventKind.QUEUED, EventKind.ATTEMPT, EventKind.FAILED], SubmissionState.QUEUED),
        ([EventKind.ATTEMPT, EventKind.SENT], SubmissionState.SENT),
        ([EventKind.SENT, EventKind.ATTEMPT, EventKind.FAILED], SubmissionState.SENT),
        ([EventKind.SENT, EventKind.RECEIVED], SubmissionState.RECEIVED),
        ([EventKind.SENT, EventKind.RETURNED], SubmissionState.RETURNED),
        ([EventKind.SENT, EventKind.RECEIVED, EventKind.CORRECTED], SubmissionState.CORRECTED),
        ([EventKind.QUEUED, EventKind.ATTEMPT, EventKind.SENT], SubmissionState.SENT),
    ],
)
def test_the_state_follows_from_what_happened(tmp_path: Path, kinds: list[str], state: str) -> None:
    with a_ledger(tmp_path / "台账") as ledger:
        saved = add_submission(ledger, FIRST, FILES, ITEMS)
        for minutes, kind in enumerate(kinds):  # also when the clock is set back in between
            add_event(ledger, SubmissionEvent(saved.uid, NOW - timedelta(minutes=minutes), kind, text="535"))
        found = get_submission(ledger, saved.uid)
        assert found is not None and found.state == state
        assert [event.kind for event in found.events] == [EventKind.GENERATED, *kinds]


def test_the_code_is_the_same_on_both_sides_and_readable_over_the_telephone() -> None:
    files = [("照片/一.jpg", "01" * 32), ("表2.pdf", "ab" * 32), ("data.json", "cd" * 32)]
    code = receipt_code(content_digest(files))
    assert code == receipt_code(content_digest(reversed(files)))
    assert code != receipt_code(content_digest([*files[:2], ("data.json", "cd" * 31 + "ce")]))
    assert len(code) == 9 and set(code.replace("-", "")) <= set(ALPHABET) and not set("01IO") & set(code)
    spoken = code.replace("-", " ").lower()
    assert same_code(spoken, code) and same_code(code.replace("-", "—"), code) and is_code(spoken)
    assert not same_code("", code) and not same_code(code[:-1], code) and not is_code("7KQM-4H0T")
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
