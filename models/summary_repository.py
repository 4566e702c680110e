"""The only SQL about summaries: dataclass in, dataclass out."""

import json
from typing import Any, cast

from models.ledger import Ledger
from models.record_repository import RecordTable
from models.summary import Summary


def _figures_from(text: str) -> tuple[tuple[str, str], ...]:
    """The figures kept at 定稿. ValueError or TypeError for anything that `_figures_text` would not have written."""
    pairs = cast("list[list[Any]]", json.loads(text))
    for name, value in pairs:
        "".join((name, value))  # they are texts, both of them
    return tuple((name, value) for name, value in pairs)


def _figures_text(figures: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(figures, ensure_ascii=False)


SUMMARIES = RecordTable("summary", Summary, "总结", (("figures", (_figures_from, _figures_text)),))


def find_summary(ledger: Ledger, period_code: str) -> Summary | None:
    """The summary of the period with this code, None when none was written."""
    found = SUMMARIES.list_where(ledger, period=period_code)
    return found[-1] if found else None
