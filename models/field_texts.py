"""A field's value in the words a clerk reads: in previews, comparisons and tables that leave the program."""

from collections.abc import Iterable
from typing import Any

from models.activity import MODE_LABELS, ROLE_LABELS, STATUS_LABELS
from models.fields import ACTIVITY_FIELDS, Kind, activity_field
from models.notice import Notice

_OWN_LABELS = {"status": STATUS_LABELS, "role": ROLE_LABELS, "mode": MODE_LABELS}
_EMPTY: dict[Kind, Any] = {
    Kind.DATE: None,
    Kind.INTEGER: None,
    Kind.MONEY: None,
    Kind.MULTI: (),
    Kind.FLAG: False,
}

TEXT_FIELDS = tuple(spec.name for spec in ACTIVITY_FIELDS if spec.kind in (Kind.TEXT, Kind.LONG_TEXT))


def empty_of(name: str) -> Any:
    """What a field holds while nothing is filled in."""
    return _EMPTY.get(activity_field(name).kind, "")


def choices_of(name: str, notice: Notice) -> list[tuple[str, str]]:
    """(code, words) of everything that may be chosen in a field of one or several choices."""
    if name in _OWN_LABELS:
        return list(_OWN_LABELS[name].items())
    if name == "form":
        return [(form.code, form.radio) for form in notice.forms]
    return [(option.code, option.label) for option in notice.options(name)]


def words_of(name: str, value: Any, notice: Notice) -> str:
    """A value in words, empty for one that is not filled in. Choices by their label, days as 2025-10-09."""
    if value == empty_of(name) or value is None:
        return ""
    match activity_field(name).kind:
        case Kind.CHOICE:
            return _OWN_LABELS.get(name, {}).get(value) or notice.label(name, value)
        case Kind.MULTI:
            return "、".join(notice.label(name, code) for code in value)
        case Kind.DATE:
            return value.isoformat()
        case Kind.FLAG:
            return "是"
        case Kind.MONEY:
            yuan, cents = divmod(abs(value), 100)
            return f"{'-' if value < 0 else ''}{yuan}{f'.{cents:02}' if cents else ''}"
        case _:
            return str(value)


def in_pack_order(name: str, codes: Iterable[str], notice: Notice) -> tuple[str, ...]:
    """Codes as the notice lists them, each once; what the notice does not know stays, at the end."""
    known = [code for code, _words in choices_of(name, notice)]
    wanted = list(dict.fromkeys(codes))
    return (*(code for code in known if code in wanted), *(code for code in wanted if code not in known))
