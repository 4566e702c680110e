"""What has been typed and not yet saved. Kept apart from the records, so that half a form is never lost
and never counted. A draft belongs to the form that is open: one per record, one for a new record."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.ledger import Ledger
from models.storage_faults import content_faults

NEW_ACTIVITY = "activity:new"
NEW_CASE = "case:new"
CASE_KIND = "case"


@dataclass(frozen=True, slots=True)
class Draft:
    """The typed values of a form by field name, as JSON can hold them. `record_uid` is empty for a new record."""

    key: str
    kind: str
    record_uid: str
    values: dict[str, Any]
    saved_at: datetime


def activity_key(uid: str) -> str:
    """The key under which the draft of this record (or of the new one) is kept."""
    return f"activity:{uid}" if uid else NEW_ACTIVITY


def case_key(uid: str) -> str:
    """The key under which the draft of this case (or of the new one) is kept."""
    return f"case:{uid}" if uid else NEW_CASE


def save_draft(ledger: Ledger, key: str, kind: str, record_uid: str, values: dict[str, Any], now: datetime) -> None:
    """Keep what is typed, durably, in place of the former draft of the same key."""
    body = json.dumps(values, ensure_ascii=False)
    with ledger.unlogged_transaction():
        ledger.connection.execute(
            "INSERT OR REPLACE INTO draft(key, kind, record_uid, body, saved_at) VALUES (?, ?, ?, ?, ?)",
            (key, kind, record_uid, body, now.isoformat(timespec="seconds")),
        )


def delete_draft(ledger: Ledger, key: str) -> None:
    """Forget a draft, because its content was saved as a record or given up on purpose."""
    if ledger.query("SELECT 1 FROM draft WHERE key = ?", (key,)):
        with ledger.unlogged_transaction():
            ledger.connection.execute("DELETE FROM draft WHERE key = ?", (key,))


def list_drafts(ledger: Ledger) -> list[Draft]:
    """Everything typed and not saved, the latest first."""
    rows = ledger.query("SELECT key, kind, record_uid, body, saved_at FROM draft ORDER BY saved_at DESC")
    with content_faults("草稿"):
        return [
            Draft(key, kind, uid, json.loads(body), datetime.fromisoformat(at)) for key, kind, uid, body, at in rows
        ]


def get_draft(ledger: Ledger, key: str) -> Draft | None:
    """The draft kept under `key`, None when there is none."""
    return next((draft for draft in list_drafts(ledger) if draft.key == key), None)
