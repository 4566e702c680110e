"""核实说明: one line in which the clerk answers a hint. The only SQL about them."""

from datetime import datetime
from typing import TYPE_CHECKING

from models.identity import new_uid
from models.ledger import Ledger

if TYPE_CHECKING:  # the checks read explanations themselves
    from models.checks.findings import Explanations, Finding

LIMIT = 60  # characters


def list_explanations(ledger: Ledger) -> "Explanations":
    """Every explanation in force by (record uid, rule id), with the values it was given for."""
    rows = ledger.query("SELECT record_uid, rule_id, fingerprint, text FROM explanation WHERE deleted_at IS NULL")
    return {(record, rule): (fingerprint, text) for record, rule, fingerprint, text in rows}


def save_explanation(ledger: Ledger, finding: "Finding", text: str, *, now: datetime, person: str = "") -> None:
    """Answer a hint; an empty text takes the answer back. Needs a transaction."""
    connection = ledger.connection
    row = connection.execute(
        "SELECT uid FROM explanation WHERE record_uid = ? AND rule_id = ?", (finding.uid, finding.rule_id)
    ).fetchone()
    if row:
        connection.execute("DELETE FROM explanation WHERE uid = ?", row)
    if text.strip():
        moment = now.isoformat(timespec="seconds")
        connection.execute(
            "INSERT INTO explanation"
            "(uid, revision, created_at, modified_at, modified_by, record_uid, rule_id, fingerprint, text)"
            " VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?)",
            (new_uid(), moment, moment, person, finding.uid, finding.rule_id, finding.fingerprint, text.strip()),
        )
