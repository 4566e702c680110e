"""How an activity is laid out as one row of the ledger."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from models.activity import Activity, Codes, Stage, Status

NAMES = tuple(field.name for field in fields(Activity))
COLUMNS = ", ".join(f'"{name}"' for name in NAMES)
SERIAL_BITS = 24  # room for 16 million records in the low part of a sort id
_UNDATED = date.max.toordinal()  # records without a day come first in the newest-first order

# Every text that search looks through; the number, so that HD-2025-0007 is found too.
SEARCHED_FIELDS = (
    "title", "number", "place", "summary", "effect", "leader", "partner_units", "note", "safety", "improvement",
    "online_platform", "ai_tool", "form_other", "carrier_other", "local_focus_other", "brand_other",
    "linked_campaigns_other", "partners_other", "ai_use_other", "need_source_other",
)  # fmt: skip

_ANNOTATIONS = {field.name: field.type for field in fields(Activity)}
_CODES = frozenset(name for name, kind in _ANNOTATIONS.items() if kind is Codes)
_DATES = frozenset(name for name, kind in _ANNOTATIONS.items() if kind == date | None)
_MOMENTS = frozenset(name for name, kind in _ANNOTATIONS.items() if kind == datetime | None)
_FLAGS = frozenset(name for name, kind in _ANNOTATIONS.items() if kind is bool)


def _reader(name: str) -> Any:
    if name in _CODES:
        return lambda value: tuple(value.split()) if value else ()
    if name in _DATES:
        return lambda value: date.fromisoformat(value) if value else None
    if name in _MOMENTS:
        return lambda value: datetime.fromisoformat(value) if value else None
    if name in _FLAGS:
        return bool
    return None


_READERS = tuple(_reader(name) for name in NAMES)


def from_row(row: tuple[Any, ...]) -> Activity:
    """The activity in a row selected with `COLUMNS`."""
    return Activity(*[reader(value) if reader else value for reader, value in zip(_READERS, row, strict=True)])


def to_values(activity: Activity) -> list[Any]:
    """The values of `NAMES` in order, ready to bind."""
    values: list[Any] = []
    for name in NAMES:
        value = getattr(activity, name)
        if name in _CODES:
            value = " ".join(value)
        elif name in _DATES:
            value = value.isoformat() if value else None
        elif name in _MOMENTS:
            value = value.isoformat(timespec="seconds") if value else None
        elif name in _FLAGS:
            value = int(value)
        values.append(value)
    return values


def sort_id(day: date | None, serial: int) -> int:
    """The number that orders records by day, then by order of entry; also the full-text row id."""
    return ((day.toordinal() if day else _UNDATED) << SERIAL_BITS) | serial


def sort_id_range(start: date, end: date) -> tuple[int, int]:
    """The first and the last sort id of the days from `start` to `end`, both included."""
    return start.toordinal() << SERIAL_BITS, ((end.toordinal() + 1) << SERIAL_BITS) - 1


def stage_of(activity: Activity, *, complete: bool) -> str:
    """The one state a record is shown with. `complete` tells whether no hard rule is broken."""
    if activity.status == Status.CANCELLED:
        return Stage.CANCELLED
    if activity.finalised and complete:
        return Stage.FINAL
    if activity.status == Status.PLANNED and activity.title and activity.start:
        return Stage.PLANNED
    return Stage.DONE if complete and activity.status == Status.DONE else Stage.DRAFT
