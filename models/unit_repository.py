"""The only SQL about the unit card. A ledger has one."""

from dataclasses import fields, replace
from datetime import datetime

from models.identity import new_uid
from models.ledger import Ledger
from models.unit import Unit

_NAMES = tuple(field.name for field in fields(Unit))


def get_unit(ledger: Ledger) -> Unit:
    """The unit card; an empty one while nothing has been filled in."""
    rows = ledger.query(f"SELECT {', '.join(_NAMES)} FROM unit WHERE deleted_at IS NULL LIMIT 1")
    values = zip(_NAMES, rows[0], strict=True) if rows else ()
    return replace(Unit(), **{name: value for name, value in values if value is not None})


def save_unit(ledger: Ledger, unit: Unit, *, now: datetime, person: str = "") -> Unit:
    """Store the card and return it with its uid. Needs a transaction."""
    saved = replace(unit, uid=unit.uid or get_unit(ledger).uid or new_uid())
    moment = now.isoformat(timespec="seconds")
    stored = (*_NAMES, "modified_at", "modified_by")
    taken_over = ", ".join(f"{name} = excluded.{name}" for name in stored)
    ledger.connection.execute(
        f"INSERT INTO unit({', '.join(stored)}, created_at, revision) VALUES ({', '.join('?' * len(stored))}, ?, 1)"
        f" ON CONFLICT(uid) DO UPDATE SET revision = revision + 1, {taken_over}",
        (*(getattr(saved, name) for name in _NAMES), moment, person, moment),
    )
    return saved
