"""Recording 作品/报道 and 先进典型: each change is one named step of 撤销."""

from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from models.fields import EXEMPLAR_CHOICES, EXEMPLAR_FIELDS, WORK_CHOICES, WORK_FIELDS, FieldSpec
from models.ledger import Ledger
from models.notice import Notice
from models.publicity import Exemplar, Work
from models.publicity_repository import EXEMPLARS, WORKS
from models.record_repository import RecordTable
from models.recording import Clerk

Kept = TypeVar("Kept", Work, Exemplar)


@dataclass(frozen=True)
class SubRecordKind(Generic[Kept]):
    """What a list of sub-records needs to know: where they are kept, what is asked, how one is called.

    `name_field` is what a record is recognised by; `choices` says which option list of the notice a choice has.
    """

    table: RecordTable[Kept]
    specs: tuple[FieldSpec, ...]
    choices: dict[str, str]
    name_field: str
    noun: str

    def new(self, activity_uid: str) -> Kept:
        """An empty one that belongs to an activity."""
        return self.table.kind(activity_uid=activity_uid)

    def name_of(self, record: Kept) -> str:
        """The record's name as sentences use it."""
        text = str(getattr(record, self.name_field)).strip() or f"未命名的{self.noun}"
        return f"“{text.replace('“', '‘').replace('”', '’')}”"

    def options(self, notice: Notice, field: str) -> list[tuple[str, str]]:
        """What may be chosen in a field: code and wording."""
        return [(each.code, each.label) for each in notice.options(self.choices.get(field, field))]

    def other_codes(self, notice: Notice, field: str) -> frozenset[str]:
        """The codes of a choice that need an explaining text."""
        return notice.other_codes(self.choices.get(field, field))

    def summary(self, record: Kept, notice: Notice) -> str:
        """One line of what is filled in besides the name: 新闻报道 · 焦作日报 · 市级 · 2025年9月3日."""
        words = [self._shown(spec, record, notice) for spec in self.specs if spec.name != self.name_field]
        return " ・ ".join(word for word in words if word)

    def lacking(self, record: Kept) -> list[str]:
        """The labels of required answers that are missing; the record can be kept all the same."""
        return [spec.label for spec in self.specs if spec.required and not getattr(record, spec.name)]

    def _shown(self, spec: FieldSpec, record: Kept, notice: Notice) -> str:
        value: Any = getattr(record, spec.name)
        if value in (None, "") or spec.name == "url":
            return ""
        if spec.name in self.choices:
            return notice.label(self.choices[spec.name], value)
        if spec.name == "day":
            return f"{value.year}年{value.month}月{value.day}日"
        return f"{spec.label} {value}" if isinstance(value, int) else str(value)


WORK_KIND = SubRecordKind(WORKS, WORK_FIELDS, WORK_CHOICES, "title", "作品或报道")
EXEMPLAR_KIND = SubRecordKind(EXEMPLARS, EXEMPLAR_FIELDS, EXEMPLAR_CHOICES, "name", "先进典型")


def save_sub_record(ledger: Ledger, kind: SubRecordKind[Kept], record: Kept, clerk: Clerk) -> Kept:
    """Keep one, with whatever is filled in; text is stored without blanks at its ends."""
    tidy = {spec.name: value.strip() for spec in kind.specs if isinstance(value := getattr(record, spec.name), str)}
    wanted = replace(record, **tidy)
    label = f"{'修改' if record.uid else '添加'}{kind.noun}{kind.name_of(wanted)}"
    with ledger.transaction(label, at=clerk.now, person=clerk.person):
        return kind.table.save(ledger, wanted, now=clerk.now, person=clerk.person)


def delete_sub_record(ledger: Ledger, kind: SubRecordKind[Kept], record: Kept, clerk: Clerk) -> str:
    """Move one to 回收站; returns what was done, as a toast says it."""
    with ledger.transaction(f"删除{kind.noun}{kind.name_of(record)}", at=clerk.now, person=clerk.person):
        kind.table.delete(ledger, [record.uid], now=clerk.now)
    return f"{kind.noun}{kind.name_of(record)}已移到回收站"
