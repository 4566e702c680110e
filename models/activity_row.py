"""How an activity is laid out as one row of the ledger."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any, cast

from models.activity import Activity, Codes, Stage, Status
from models.errors import UserError
from models.quick_records import maker_of

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

_POSITIONS = {name: index for index, name in enumerate(NAMES)}
_DEFAULTS = {index: field.default for index, field in enumerate(fields(Activity))}
_TEXTS = tuple(index for index, field in enumerate(fields(Activity)) if field.type is str)
_get_texts = cast("Callable[[Sequence[Any]], tuple[Any, ...]]", itemgetter(*_TEXTS))
_get_values: Callable[[Activity], tuple[Any, ...]] = attrgetter(*NAMES)

_new_activity = maker_of(Activity)


@lru_cache(maxsize=4096)
def _codes_of(text: str) -> Codes:
    """The same few choices stand in most records."""
    return tuple(text.split())


def _moment_text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


# How a kind of field is read from its column, and written to it. An empty column is the field's default.
_KINDS: dict[Any, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    Codes: (_codes_of, " ".join),
    date | None: (date.fromisoformat, date.isoformat),
    datetime | None: (datetime.fromisoformat, _moment_text),
    bool: (bool, int),
}
_CONVERTED = [
    (index, *_KINDS[field.type], field.default) for index, field in enumerate(fields(Activity)) if field.type in _KINDS
]


def from_row(row: Sequence[Any]) -> Activity:
    """The activity in a row selected with `COLUMNS`.

    Raises UserError when a day or a time in it is none: another program has written to the file, or the disk has.
    """
    values = list(row)
    for index, read, _write, default in _CONVERTED:
        value = values[index]
        try:
            values[index] = read(value) if value else default
        except ValueError as error:
            raise _unreadable(values[_POSITIONS["number"]], str(value)) from error
    if None in _get_texts(values):
        _fill_empty(values)
    return _new_activity(*values)


def _fill_empty(values: list[Any]) -> None:
    """This program stores an empty text as such; one that says nothing at all is the same."""
    for index in _TEXTS:
        if values[index] is None:
            values[index] = _DEFAULTS[index]


def _unreadable(number: str | None, text: str) -> UserError:
    return UserError(
        f"台账里编号“{number or '空'}”的活动，有个日期或时间写成了“{text[:30]}”，读不出来。"
        "台账文件可能被别的程序改过，请用 backups 文件夹里最近的备份恢复，或联系上级工会。"
    )


def to_values(activity: Activity) -> list[Any]:
    """The values of `NAMES` in order, ready to bind."""
    values = list(_get_values(activity))
    for index, _read, write, _default in _CONVERTED:
        value = values[index]
        if value is not None:
            values[index] = write(value)
    return values


def changed(activity: Activity, **values: Any) -> Activity:
    """`dataclasses.replace` for the way of every save, in a third of its time."""
    fields_in_order = list(_get_values(activity))
    for name, value in values.items():
        fields_in_order[_POSITIONS[name]] = value
    return _new_activity(*fields_in_order)


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
