"""The sample ledger behind “先看看示例数据”: an invented factory union and one year of its activities.

The data is `resources/samples/ledger.toml`, and `records.toml` for all that goes with the activities. It ships with
the program, so a mistake in it is a bug and raises ValueError, never a sentence for the clerk.
"""

import tomllib
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any, Generic, TypeVar, cast, get_args

from models.activity import TYPED_FIELDS, Activity, Codes
from models.case import CASE_TYPED_FIELDS, Case
from models.plan_item import PlanItem
from models.publicity import Exemplar, Work
from models.unit import Unit
from resources import path

FILE = "samples/ledger.toml"
RECORDS = "samples/records.toml"

# The day on which the samples are told: what lies before it was done, what lies after is planned.
SAMPLE_DAY = date(2025, 10, 10)

Kept = TypeVar("Kept", Work, Exemplar, PlanItem)

_UNIT_KINDS = {field.name: field.type for field in fields(Unit) if field.name != "uid"}
_ACTIVITY_KINDS = {field.name: field.type for field in fields(Activity) if field.name in {*TYPED_FIELDS, "finalised"}}
_CASE_FIELDS = {*CASE_TYPED_FIELDS, "finalised", "fate", "fate_note"} - {"effects"}
_CASE_KINDS = {field.name: field.type for field in fields(Case) if field.name in _CASE_FIELDS}
_KEPT = {"uid", "revision", "created_at", "modified_at", "modified_by", "activity_uid", "case_uid"}
# In the file a record names the activity and the case that it belongs to by their titles.
_LINKS: dict[str, Any] = {"activity": str, "case": str}


@dataclass(frozen=True, slots=True)
class Linked(Generic[Kept]):
    """A sample record with the titles of the activity and the case it belongs to, empty for none."""

    record: Kept
    activity: str = ""
    case: str = ""


def sample_unit() -> Unit:
    """The card of the invented union, without a uid."""
    return Unit(**checked_values(_data()["unit"], _UNIT_KINDS))


def sample_activities() -> list[Activity]:
    """Its activities of 2025 as of `SAMPLE_DAY`, without uids and numbers, a few of them faulty on purpose."""
    return [Activity(**checked_values(table, _ACTIVITY_KINDS)) for table in _data()["activity"]]


def sample_cases() -> list[Case]:
    """Its cases: adopted, 定稿, and two drafts. `activities` are titles of sample activities in place of uids."""
    found = [Case(**checked_values(table, _CASE_KINDS)) for table in _records()["case"]]
    return [
        replace(each, problem=each.problem.strip(), practice=each.practice.strip(), insight=each.insight.strip())
        for each in found
    ]


def sample_works() -> list[Linked[Work]]:
    """Its 作品和报道."""
    return _linked("work", Work)


def sample_exemplars() -> list[Linked[Exemplar]]:
    """Its 先进典型."""
    return _linked("exemplar", Exemplar)


def sample_plan_items() -> list[Linked[PlanItem]]:
    """Its plan of the year, and the meetings of its leadership."""
    return _linked("plan", PlanItem)


def _linked(name: str, kind: type[Kept]) -> list[Linked[Kept]]:
    kinds = {field.name: field.type for field in fields(kind) if field.name not in _KEPT}
    found: list[Linked[Kept]] = []
    for table in _records()[name]:
        links = checked_values({key: table[key] for key in _LINKS if key in table}, _LINKS)
        values = checked_values({key: value for key, value in table.items() if key not in _LINKS}, kinds)
        found.append(Linked(kind(**values), **links))
    return found


def checked_values(table: dict[str, Any], kinds: dict[str, Any]) -> dict[str, Any]:
    """The values of one TOML table as a record takes them: lists of codes become tuples.

    ValueError names the first key that the record does not have and the first value of another kind.
    """
    values: dict[str, Any] = {}
    for name, value in table.items():
        if name not in kinds:
            raise ValueError(f"samples: a record has no field {name!r}")
        if not _is_a(kinds[name], value):
            raise ValueError(f"samples: {name} = {value!r} is not {kinds[name]}")
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


@cache
def _records() -> dict[str, Any]:
    with path(RECORDS).open("rb") as file:
        return tomllib.load(file)
