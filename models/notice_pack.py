"""The notice pack (通知包): everything a notice names, as data.

`models.notice_loader` makes a `Notice` from a TOML file; it never changes. It is asked for labels by
every row of every grid, so each question is a look-up in a dictionary made once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from models.notice_parts import (
    ActivityForm,
    Anniversary,
    Clause,
    Document,
    Focus,
    FormItem,
    Indicator,
    NoticeDay,
    Option,
    Recipient,
    Thresholds,
)

_NO_CODES: frozenset[str] = frozenset()

Attribute = Literal["label", "brief"]


@dataclass(frozen=True, slots=True, eq=False)
class Notice:
    """One notice. Two packs are the same if their `digest` (SHA-256 of the file, hex) is the same.

    `basis` is the line printed under the forms, `greeting` the salutation of a letter including its
    colon, `deadline` the last day to report or None (焦工文〔2025〕33号 sets none). `refused_addresses`
    maps an e-mail address in lower case to the reason why nothing may be sent there (S18).
    `choices` holds the option lists of activities, cases and publicity by field name; `clauses` is
    in the order of the documents; `words` maps a slip of wording to what it should read, by plain
    replacement (S19); `report_titles` maps 表1 … 表12 to their titles. `days` holds the holidays and worked
    weekends that the notice arranges, by day; it may be empty.
    """

    id: str
    title: str
    campaign: str
    form_version: str
    basis: str
    greeting: str
    documents: tuple[Document, ...]
    recipient: Recipient
    refused_addresses: Mapping[str, str]
    areas: tuple[Option, ...]
    superior_types: tuple[Option, ...]
    org_types: tuple[Option, ...]
    chains: tuple[Option, ...]
    forms: tuple[ActivityForm, ...]
    focuses: tuple[Focus, ...]
    choices: Mapping[str, tuple[Option, ...]]
    indicators: tuple[Indicator, ...]
    clauses: Mapping[str, Clause]
    field_clauses: Mapping[str, str]
    anniversaries: tuple[Anniversary, ...]
    words: Mapping[str, str]
    thresholds: Thresholds
    deadline: date | None
    case_max_chars: int
    photo_max: int
    report_titles: Mapping[str, str]
    content: bytes = field(repr=False)
    days: Mapping[date, NoticeDay] = field(default_factory=lambda: MappingProxyType({}))
    # made once from the above
    _forms: Mapping[str, ActivityForm] = field(init=False, repr=False)
    _items: Mapping[str, FormItem] = field(init=False, repr=False)
    _offered: Mapping[str, tuple[FormItem, ...]] = field(init=False, repr=False)
    _options: Mapping[str, tuple[Option, ...]] = field(init=False, repr=False)
    _labels: Mapping[str, Mapping[str, str]] = field(init=False, repr=False)
    _briefs: Mapping[str, Mapping[str, str]] = field(init=False, repr=False)
    _other: Mapping[str, frozenset[str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        known = _known_options(self)
        offered = {form.code: tuple(item for item in form.items if item.level != "R") for form in self.forms}
        items = {item.code: item for form in self.forms for item in form.items}
        made = {
            "_forms": {form.code: form for form in self.forms},
            "_items": items,
            "_offered": offered,
            "_options": {**known, "item": tuple(_item_option(item) for group in offered.values() for item in group)},
            "_labels": _by_code(known, "label"),
            "_briefs": _by_code(known, "brief"),
            "_other": {name: frozenset(one.code for one in many if one.other) for name, many in known.items()},
        }
        for name, value in made.items():
            object.__setattr__(self, name, value)

    @property
    def digest(self) -> str:
        """SHA-256 of the pack's file, in hex."""
        from hashlib import sha256  # brings OpenSSL along: five megabytes that a start can do without

        return sha256(self.content).hexdigest()

    def options(self, field: str) -> tuple[Option, ...]:
        """What a person may choose in `field`, in the notice's order; empty if the notice offers nothing.

        Fields: form, focus, focus_sub, item (never level R), area, superior_type, org_type, chain and
        every key of `choices`. Any other name is a programming error: KeyError.
        """
        return self._options[field]

    def label(self, field: str, code: str) -> str:
        """The full wording of a code; a code of another notice comes back as it is. KeyError as `options`."""
        return self._labels[field].get(code, code)

    def brief(self, field: str, code: str) -> str:
        """The short wording of a code, for grid columns; otherwise as `label`."""
        return self._briefs[field].get(code, code)

    def other_codes(self, field: str) -> frozenset[str]:
        """The codes of `field` that need a text in `<field>_other` (H09). Empty for any other field."""
        return self._other.get(field, _NO_CODES)

    def form(self, code: str) -> ActivityForm | None:
        """The activity form (活动形式) with this code, or None."""
        return self._forms.get(code)

    def item(self, code: str) -> FormItem | None:
        """The sub-item (细分项目) with this code, level R included, or None."""
        return self._items.get(code)

    def items_of(self, form_code: str) -> tuple[FormItem, ...]:
        """The sub-items a basic union may be asked about under a form; never level R. Unknown form: empty."""
        return self._offered.get(form_code, ())

    def clause_for(self, field: str) -> Clause | None:
        """The clause shown beside a field, or None if the notice says nothing about it."""
        return self.clauses.get(self.field_clauses.get(field, ""))


def _known_options(notice: Notice) -> dict[str, tuple[Option, ...]]:
    """Every list of codes that records may hold, by field name. Level R items are known though never offered."""
    return {
        "form": tuple(Option(one.code, one.label, one.short, one.other, one.clause) for one in notice.forms),
        "item": tuple(_item_option(item) for form in notice.forms for item in form.items),
        "focus": tuple(Option(one.code, one.label, one.short, False, one.clause) for one in notice.focuses),
        "focus_sub": tuple(theme for one in notice.focuses for theme in one.themes),
        "area": notice.areas,
        "superior_type": notice.superior_types,
        "org_type": notice.org_types,
        "chain": notice.chains,
        **notice.choices,
    }


def _item_option(item: FormItem) -> Option:
    return Option(item.code, item.label, clause=item.clause)


def _by_code(known: Mapping[str, Iterable[Option]], attribute: Attribute) -> dict[str, Mapping[str, str]]:
    return {
        name: MappingProxyType({one.code: getattr(one, attribute) for one in options})
        for name, options in known.items()
    }
