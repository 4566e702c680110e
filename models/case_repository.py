"""The only SQL about cases: dataclass in, dataclass out. Cases are few; the list is read whole."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from models.activity import Activity
from models.activity_repository import get_activity
from models.case import Case, Effect
from models.case_links import belongs_to
from models.ledger import Ledger
from models.periods import Period
from models.record_repository import RecordTable


def _effects_from(text: str) -> tuple[Effect, ...]:
    """The lines of 量化成效. ValueError or TypeError for anything that `_effects_text` would not have written."""
    lines = cast("list[list[Any]]", json.loads(text))
    for name, value, unit, sources in lines:
        "".join((name, value, unit, *sources))  # they are texts, all of them
    return tuple(Effect(name, value, unit, tuple(sources)) for name, value, unit, sources in lines)


def _effects_text(effects: tuple[Effect, ...]) -> str:
    return json.dumps([[each.indicator, each.value, each.unit, each.sources] for each in effects], ensure_ascii=False)


CASES = RecordTable("case_record", Case, "案例", (("effects", (_effects_from, _effects_text)),))


def linked_activities(ledger: Ledger, case: Case) -> list[Activity]:
    """The activities a case is linked with, in its order; those in 回收站 are left out."""
    if not case.activities:
        return []
    marks = ", ".join("?" * len(case.activities))
    rows = ledger.query(f"SELECT uid FROM activity WHERE deleted_at IS NULL AND uid IN ({marks})", case.activities)
    alive = {uid for (uid,) in rows}
    return [found for uid in case.activities if uid in alive and (found := get_activity(ledger, uid))]


def list_cases_in_period(ledger: Ledger, period: Period) -> list[Case]:
    """The cases reported with a period, by number: those whose 实施时间 ends in it (`case_links.day_of`)."""
    cases = CASES.list_all(ledger, "number, created_at, uid")
    return [case for case in cases if belongs_to(case, linked_activities(ledger, case), period)]


def list_cases_of_activity(ledger: Ledger, activity_uid: str) -> list[Case]:
    """The cases that are linked with an activity."""
    return [case for case in CASES.list_all(ledger, "number, uid") if activity_uid in case.activities]


def next_number(ledger: Ledger, year: int) -> str:
    """The next free case number of a year (AL-2025-003); numbers are never given twice, 回收站 included."""
    prefix = f"AL-{year}-"
    rows = ledger.query("SELECT number FROM case_record WHERE number LIKE ?", (f"{prefix}%",))
    taken = [int(tail) for (number,) in rows if (tail := str(number)[len(prefix) :]).isdecimal()]
    return f"{prefix}{max(taken, default=0) + 1:03d}"


def save_case(ledger: Ledger, case: Case, *, now: datetime, person: str = "") -> Case:
    """Insert or update one case; a new one gets its number. Needs a transaction."""
    if not case.number:
        case = replace(case, number=next_number(ledger, now.year))
    return CASES.save(ledger, case, now=now, person=person)
