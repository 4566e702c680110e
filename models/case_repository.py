"""The only SQL about cases: dataclass in, dataclass out. Cases are few; the list is read whole."""

import json
from datetime import datetime
from typing import Any, cast

from models.case import Case, Effect
from models.ledger import Ledger
from models.record_repository import RecordTable


def _effects_from(text: str) -> tuple[Effect, ...]:
    lines = cast("list[list[Any]]", json.loads(text))
    return tuple(Effect(str(name), str(value), str(unit), tuple(sources)) for name, value, unit, sources in lines)


def _effects_text(effects: tuple[Effect, ...]) -> str:
    return json.dumps([[each.indicator, each.value, each.unit, each.sources] for each in effects], ensure_ascii=False)


CASES = RecordTable("case_record", Case, "案例", (("effects", (_effects_from, _effects_text)),))


def next_number(ledger: Ledger, year: int) -> str:
    """The next free case number of a year (AL-2025-003); numbers are never given twice, 回收站 included."""
    prefix = f"AL-{year}-"
    rows = ledger.query("SELECT number FROM case_record WHERE number LIKE ?", (f"{prefix}%",))
    taken = [int(tail) for (number,) in rows if (tail := str(number)[len(prefix) :]).isdecimal()]
    return f"{prefix}{max(taken, default=0) + 1:03d}"


def save_case(ledger: Ledger, case: Case, *, now: datetime, person: str = "") -> Case:
    """Insert or update one case; a new one gets its number. Needs a transaction."""
    if not case.number:
        from dataclasses import replace

        case = replace(case, number=next_number(ledger, now.year))
    return CASES.save(ledger, case, now=now, person=person)
