"""The sample ledger behind “先看看示例数据”: an invented factory union and one year of its activities.

The data is `resources/samples/ledger.toml`. It ships with the program, so a mistake in it is a bug and raises
ValueError, never a sentence for the clerk.
"""

import tomllib
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, cast, get_args

from models.activity import TYPED_FIELDS, Activity, Codes
from models.unit import Unit
from resources import path

FILE = "samples/ledger.toml"

# The day on which the samples are told: what lies before it was done, what lies after is planned.
SAMPLE_DAY = date(2025, 10, 10)

_UNIT_KINDS = {field.name: field.type for field in fields(Unit) if field.name != "uid"}
_ACTIVITY_KINDS = {field.name: field.type for field in fields(Activity) if field.name in {*TYPED_FIELDS, "finalised"}}


def sample_unit() -> Unit:
    """The card of the invented union, without a uid."""
    return Unit(**checked_values(_data()["unit"], _UNIT_KINDS))


def sample_activities() -> list[Activity]:
    """Its activities of 2025 as of `SAMPLE_DAY`, without uids and numbers, a few of them faulty on purpose."""
    return [Activity(**checked_values(table, _ACTIVITY_KINDS)) for table in _data()["activity"]]


def checked_values(table: dict[str, Any], kinds: dict[str, Any]) -> dict[str, Any]:
    """The values of one TOML table as a record takes them: lists of codes become tuples.

    ValueError names the first key that the record does not have and the first value of another kind.
    """
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name not in kinds:
            raise ValueError(f"{FILE}: a record has no field {name!r}")
        if not _is_a(kinds[name], value):
            raise ValueError(f"{FILE}: {name} = {value!r} is not {kinds[name]}")
        values[name] = tuple(value) if kinds[name] == Codes else value
    return values


def _is_a(kind: Any, value: Any) -> bool:
    if kind == Codes:
        return type(value) is list and all(type(code) is str for code in cast("list[object]", value))
    return type(value) in (get_args(kind) or (kind,))


@cache
def _data() -> dict[str, Any]:
    with path(FILE).open("rb") as file:
        return tomllib.load(file)
