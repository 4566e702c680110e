"""What stands in the boxes of the activity form: one value per field, readable or not.

A value is what the record would hold (text, whole number, date, code, tuple of codes, flag) or an `Unread`: text that
is no date or no number, kept exactly as typed until somebody mends it. Knows no widgets.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from models.activity import TYPED_FIELDS, Activity
from models.dates import parse_date
from models.errors import UserError
from models.fields import FieldSpec, Kind, activity_field


@dataclass(frozen=True, slots=True)
class Unread:
    """Typed text that could not be read. `reason` is the sentence that stands under the box."""

    text: str
    reason: str


Values = dict[str, Any]

EMPTY: dict[Kind, Any] = {
    Kind.TEXT: "",
    Kind.LONG_TEXT: "",
    Kind.TIME: "",
    Kind.CHOICE: "",
    Kind.DATE: None,
    Kind.INTEGER: None,
    Kind.MONEY: None,
    Kind.MULTI: (),
    Kind.FLAG: False,
}
_TYPED_AS_TEXT = (Kind.DATE, Kind.TIME, Kind.INTEGER, Kind.MONEY)
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"(上午|下午|晚上|中午|早上)?(\d{1,2})[:.点时h]?(?:(半)|(\d{1,2})分?)?")
_SOLID_TIME = re.compile(r"\d{3,4}")
_AMOUNT = re.compile(r"[+-]?(\d{1,13}(\.\d*)?|\.\d+)")
_AFTERNOON = ("下午", "晚上")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))|(?<=\d) (?=\d)")


def empty_value(name: str) -> Any:
    """What a field holds when nothing was filled in."""
    return EMPTY[activity_field(name).kind]


def read(name: str, text: str, today: date) -> Any:
    """What the record would hold for text typed into a box; `Unread` when it is no date, time or number."""
    kind = activity_field(name).kind
    if kind not in _TYPED_AS_TEXT:
        return text
    try:
        return _READERS[kind](activity_field(name), text, today)
    except UserError as error:
        return Unread(text, error.message)


def written(name: str, value: Any) -> str:
    """The text a box shows for a value; unreadable text comes back as it was typed."""
    if isinstance(value, Unread):
        return value.text
    if value is None:
        return ""
    kind = activity_field(name).kind
    if kind is Kind.MONEY:
        yuan, cents = divmod(abs(value), 100)
        return f"{'-' if value < 0 else ''}{yuan}{f'.{cents:02}' if cents else ''}"
    return value.isoformat() if kind is Kind.DATE else str(value)


def values_of(activity: Activity) -> Values:
    """Every typed field of a record."""
    return {name: getattr(activity, name) for name in TYPED_FIELDS}


def record_from(values: Mapping[str, Any], base: Activity, *, stored: bool) -> Activity:
    """The record these values make. A box that cannot be read leaves what the ledger had (`stored`), else nothing."""
    readable = {name: value for name, value in values.items() if not isinstance(value, Unread)}
    missing = {name: empty_value(name) for name in values if name not in readable and not stored}
    return base.with_values(**readable, **missing)


def to_plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, Unread):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def from_plain(name: str, plain: Any, today: date) -> Any:
    """The value `to_plain` was given; anything else that a file may hold becomes the empty value."""
    kind = activity_field(name).kind
    if kind is Kind.DATE and isinstance(plain, str) and _ISO.fullmatch(plain):
        try:
            return date.fromisoformat(plain)
        except ValueError:
            return read(name, plain, today)
    if kind in _TYPED_AS_TEXT and isinstance(plain, str):
        return read(name, plain, today)
    if kind is Kind.MULTI and isinstance(plain, list):
        return tuple(code for code in plain if isinstance(code, str))
    if type(plain) is type(EMPTY[kind]) or (type(plain) is int and EMPTY[kind] is None and kind is not Kind.DATE):
        return plain
    return EMPTY[kind]


def _read_integer(spec: FieldSpec, text: str, _today: date) -> int | None:
    typed = _narrow(text)
    if not typed:
        return None
    plain = _GROUPED.sub("", typed).removesuffix(spec.unit.split("，")[0]).strip()
    if re.fullmatch(r"[+-]?\d{1,15}", plain):
        return int(plain)
    if re.fullmatch(r"[+-]?\d*\.\d+", plain):
        raise UserError(f"“{spec.label}”只能填整数。")
    raise UserError(f"“{_short(text)}”不是数字。“{spec.label}”请填整数，不知道就留空。")


def _read_money(spec: FieldSpec, text: str, _today: date) -> int | None:
    typed = _narrow(text)
    if not typed:
        return None
    plain = _GROUPED.sub("", typed).removeprefix("¥").removesuffix("元").strip()
    number, times = (plain.removesuffix("万"), 1_000_000) if plain.endswith("万") else (plain, 100)
    if not _AMOUNT.fullmatch(number):
        raise UserError(f"“{_short(text)}”不是数字。“{spec.label}”请填元数，如 350 或 350.50。")
    amount = Decimal(number) * times
    if amount != int(amount):
        raise UserError(f"“{spec.label}”最多两位小数，精确到分。")
    return int(amount)


def _read_time(spec: FieldSpec, text: str, _today: date) -> str:
    typed = _narrow(text).replace(" ", "")
    if not typed:
        return ""
    if _SOLID_TIME.fullmatch(typed):
        return _clock(spec, text, int(typed[:-2]), int(typed[-2:]))
    match = _TIME.fullmatch(typed)
    if match is None:
        raise UserError(f"看不懂“{_short(text)}”这个时间，请写成 14:30。")
    part, hours, half, minutes = match.groups()
    hour = int(hours) + (12 if part in _AFTERNOON and int(hours) < 12 else 0)
    return _clock(spec, text, hour, 30 if half else int(minutes or 0))


def _clock(spec: FieldSpec, text: str, hour: int, minute: int) -> str:
    if hour > 23 or minute > 59:
        raise UserError(f"“{spec.label}”没有 {_short(text)} 这个时刻，请写成 14:30。")
    return f"{hour:02}:{minute:02}"


def _read_date(_spec: FieldSpec, text: str, today: date) -> date | None:
    return parse_date(text, today)


def _narrow(text: str) -> str:
    """Full-width figures and signs as their plain forms, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 12 else plain[:12] + "…"


_READERS = {Kind.DATE: _read_date, Kind.TIME: _read_time, Kind.INTEGER: _read_integer, Kind.MONEY: _read_money}
