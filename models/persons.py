"""录入人 and 审核人: who works with this ledger, and who sits at this computer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from models.errors import UserError
from models.ledger import Ledger
from models.preferences import Preferences
from models.small_record_repository import PERSONS
from models.small_records import Person
from models.unit import Unit

NAME_LIMIT = 20


def list_persons(ledger: Ledger) -> list[Person]:
    """Everybody, in the order they were added."""
    return PERSONS.list_all(ledger)


def recorders(ledger: Ledger) -> list[str]:
    """The names of those who enter records."""
    return [person.name for person in list_persons(ledger) if person.records]


def reviewers(ledger: Ledger) -> list[str]:
    """The names of those who review them."""
    return [person.name for person in list_persons(ledger) if person.reviews]


def current_person(ledger: Ledger, preferences: Preferences, unit: Unit) -> str:
    """Who records at this computer: the 录入人 chosen here if there still is one of that name, else the contact."""
    return preferences.person if preferences.person and preferences.person in recorders(ledger) else unit.contact


def save_person(ledger: Ledger, person: Person, *, now: datetime, by: str = "") -> Person:
    """Add or change one, as one step. Raises UserError for an empty, too long or taken name."""
    name = " ".join(person.name.split())
    if not name:
        raise UserError("姓名还没有填。请填写姓名后再添加。")
    if len(name) > NAME_LIMIT:
        raise UserError(f"姓名最多 {NAME_LIMIT} 个字，现在有 {len(name)} 个。请缩短。")
    if any(each.name == name and each.uid != person.uid for each in list_persons(ledger)):
        raise UserError(f"“{name}”已经在名单里了。")
    label = f"修改人员“{name}”" if person.uid else f"添加人员“{name}”"
    with ledger.transaction(label, at=now, person=by):
        return PERSONS.save(ledger, replace(person, name=name), now=now, person=by)


def remove_persons(ledger: Ledger, persons: Sequence[Person], *, now: datetime, by: str = "") -> None:
    """Take people off the list, as one step; records keep their names."""
    names = "、".join(person.name for person in persons)
    with ledger.transaction(f"删除人员“{names}”", at=now, person=by):
        PERSONS.remove(ledger, [person.uid for person in persons])
