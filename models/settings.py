"""What a ledger remembers about how it is used: saved filters, columns, the folder of backups. No step of 撤销."""

import json
import logging
from typing import Any

from models.ledger import Ledger

log = logging.getLogger(__name__)


def get_setting(ledger: Ledger, key: str, default: Any = None) -> Any:
    """The value kept under `key`, `default` when there is none or it cannot be read."""
    rows = ledger.query("SELECT value FROM setting WHERE key = ?", (key,))
    if not rows:
        return default
    try:
        return json.loads(rows[0][0])
    except (TypeError, ValueError, RecursionError) as error:
        log.warning("setting %s is not readable, using the default: %r", key, error)
        return default


def save_setting(ledger: Ledger, key: str, value: Any) -> None:
    """Keep a value that JSON can hold."""
    with ledger.unlogged_transaction():
        ledger.connection.execute(
            "INSERT OR REPLACE INTO setting(key, value) VALUES (?, ?)", (key, json.dumps(value, ensure_ascii=False))
        )
