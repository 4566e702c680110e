"""What a notice lets people choose: forms with items, focuses, indicators over them, and lists of options."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import cast, get_args

from models.activity import TYPED_FIELDS
from models.notice_lines import KeyPath
from models.notice_parts import ActivityForm, Clause, Focus, FormItem, Indicator, Level, Measure, Option
from models.notice_reader import Table

CHOICES = (
    "carrier",
    "local_focus",
    "brand",
    "linked_campaigns",
    "merge_topics",
    "methods",
    "partners",
    "ai_use",
    "evaluation",
    "cost_source",
    "need_source",
    "tags",
    "case_domain",
    "publicity_kind",
    "publicity_level",
    "publicity_type",
    "exemplar_kind",
    "exemplar_level",
)
SUGGESTIONS = 3  # as many as the title box has room for

Clauses = Mapping[str, Clause]
Taken = dict[str, KeyPath]


def read_forms(pack: Table, clauses: Clauses) -> tuple[ActivityForm, ...]:
    """[[forms]] with their items, not yet marked with the indicators that count them."""
    taken: Taken = {}
    items_taken: Taken = {}
    found: list[ActivityForm] = []
    for table in pack.tables("forms", at_least=1):
        clause = _clause(table, clauses, "")
        form = ActivityForm(
            code=table.code(taken=taken),
            label=table.text("label"),
            short=table.text("short"),
            radio=table.text("radio"),
            printed=table.text("printed"),
            clause=clause,
            suggestions=table.texts("suggestions", at_most=SUGGESTIONS),
            items=tuple(_item(item, items_taken, clauses, clause) for item in table.tables("items")),
            other=table.flag("other", default=False),
        )
        table.finish()
        found.append(form)
    return tuple(found)


def _item(table: Table, taken: Taken, clauses: Clauses, form_clause: str) -> FormItem:
    item = FormItem(
        code=table.code(taken=taken),
        label=table.text("label"),
        level=cast(Level, table.one_of("level", get_args(Level))),
        unit=table.text("unit", default=""),
        hint=table.text("hint", default=""),
        clause=_clause(table, clauses, form_clause),
    )
    table.finish()
    return item


def read_focuses(pack: Table, clauses: Clauses) -> tuple[Focus, ...]:
    """[[focuses]] with their sub-themes."""
    taken: Taken = {}
    themes_taken: Taken = {}
    found: list[Focus] = []
    for table in pack.tables("focuses", at_least=1):
        clause = _clause(table, clauses, "")
        focus = Focus(
            code=table.code(taken=taken),
            label=table.text("label"),
            clause=clause,
            themes=tuple(_option(theme, themes_taken, clauses, clause) for theme in table.tables("themes")),
            short=table.text("short", default=""),
        )
        table.finish()
        found.append(focus)
    return tuple(found)


def read_indicators(pack: Table, forms: tuple[ActivityForm, ...]) -> tuple[Indicator, ...]:
    """[[indicators]]: what they count must exist, and an item counts in one indicator only."""
    taken: Taken = {}
    counted: dict[str, str] = {}
    known_forms = {form.code for form in forms}
    known_items = {item.code for form in forms for item in form.items}
    found: list[Indicator] = []
    for table in pack.tables("indicators"):
        indicator = Indicator(
            code=table.code(taken=taken),
            label=table.text("label"),
            unit=table.text("unit"),
            goal=table.text("goal", default=""),
            measure=cast(Measure, table.one_of("measure", get_args(Measure))),
            items=table.codes("items"),
            forms=table.codes("forms"),
            hosted_only=table.flag("hosted_only"),
            visitors=table.text("visitors", default=""),
        )
        table.finish()
        if not indicator.items and not indicator.forms:
            raise table.fault("items", "和 forms 都是空的，这个指标没有可加的记录。")
        for code in indicator.items:
            if code not in known_items:
                raise table.fault("items", f"写了细分项目‘{code}’，而 forms 里没有这个代码。")
            if code in counted:
                raise table.fault("items", f"写了细分项目‘{code}’，它已经计入指标 {counted[code]}。")
            counted[code] = indicator.code
        for code in indicator.forms:
            if code not in known_forms:
                raise table.fault("forms", f"写了活动形式‘{code}’，而 forms 里没有这个代码。")
        found.append(indicator)
    return tuple(found)


def with_indicators(forms: tuple[ActivityForm, ...], indicators: tuple[Indicator, ...]) -> tuple[ActivityForm, ...]:
    """The forms with each item marked with the indicator that counts it."""
    counted = {code: indicator.code for indicator in indicators for code in indicator.items}
    return tuple(
        replace(
            form,
            items=tuple(
                replace(item, indicator=counted[item.code]) if item.code in counted else item for item in form.items
            ),
        )
        for form in forms
    )


@dataclass(frozen=True, slots=True)
class OptionLists:
    """Reads lists of options. An option that names no clause of its own gets the clause of its field."""

    clauses: Clauses
    field_clauses: Mapping[str, str]

    def read(self, table: Table, key: str, field: str) -> tuple[Option, ...]:
        """The options of `field`, written under `key`; possibly none."""
        taken: Taken = {}
        clause = self.field_clauses.get(field, "")
        explained = f"{field}_other" in TYPED_FIELDS
        return tuple(_option(option, taken, self.clauses, clause, explained) for option in table.tables(key))

    def read_choices(self, pack: Table) -> Mapping[str, tuple[Option, ...]]:
        """[choices]: every list must be there, so that a forgotten one is noticed."""
        table = pack.table("choices")
        found = {name: self.read(table, name, name) for name in CHOICES}
        table.finish()
        return MappingProxyType(found)


def _option(table: Table, taken: Taken, clauses: Clauses, clause: str, explained: bool = False) -> Option:
    """One option; `explained` says whether the record has a text for what `other` means."""
    option = Option(
        code=table.code(taken=taken),
        label=table.text("label"),
        short=table.text("short", default=""),
        other=table.flag("other", default=False),
        clause=_clause(table, clauses, clause),
    )
    if option.other and not explained:
        raise table.fault("other", "不能写 true：程序里没有写明这一项的栏。请删去 other。")
    table.finish()
    return option


def _clause(table: Table, clauses: Clauses, default: str) -> str:
    """The clause an entry names, which must exist, or else `default`."""
    code = table.text("clause", default=default)
    if code and code not in clauses:
        raise table.fault("clause", f"指向条文‘{code}’，而 clauses 里没有这个代码。")
    return code
