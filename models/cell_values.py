"""Text of a foreign table read as the value of a field: 9月3日, 1.2万人次, “形式一”, 政治性、群众性.

More forgiving than a box of the form, because nobody stands beside a pasted cell to mend it; but a value that
is not certain (约120人, two fitting choices) is refused with the reason, never guessed.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from models.dates import parse_date
from models.errors import UserError
from models.field_texts import choices_of, empty_of, in_pack_order
from models.fields import FieldSpec, Kind, activity_field
from models.notice import Notice
from models.search import normalise

LONGEST = 5000  # characters of a cell

_NUMERALS = "一二三四五六七八九十"
_CLOCK_BEHIND = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?$")  # a date cell that carries a time
_UNITS = re.compile(r"(人次|人民币|[人次名位个场件堂家项条篇部元%天])+$")
_NUMBER = re.compile(r"([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)([万千百]?)")
_GROUPS = re.compile(r"(?<=\d)[, ](?=\d{3}(?!\d))")
_TIMES = {"万": 10_000, "千": 1000, "百": 100, "": 1}
_TIME = re.compile(r"(上午|早上|中午|下午|晚上)?(\d{1,2})(?:[:点时](?:(半)|(\d{1,2}))?)?分?(?::\d{2})?")
_BETWEEN = re.compile(r"[、，,;；/|\n]+")
_YES = frozenset(("是", "有", "对", "已审核", "√", "✓", "1", "y", "yes", "true"))
_NO = frozenset(("否", "无", "没有", "未", "×", "0", "n", "no", "false"))
_NOTHING = frozenset(("", "-", "—", "——", "/", "无", "未填", "待定", "N/A", "n/a"))
_SHORTEST_PART = 2


@dataclass(frozen=True, slots=True)
class CellValue:
    """What a cell means. `problem` is a sentence that says why it cannot be taken; `value` is then the empty one."""

    value: Any
    problem: str = ""


def read_cell(name: str, text: str, notice: Notice, today: date) -> CellValue:
    """The value of the field `name` that a cell's text stands for; an empty cell is the field's empty value."""
    spec = activity_field(name)
    empty = empty_of(name)
    if len(text) > LONGEST:
        return CellValue(empty, f"内容有 {len(text)} 字，一格最多 {LONGEST} 字")
    typed = text.strip()
    if not typed or (spec.kind not in (Kind.TEXT, Kind.LONG_TEXT) and typed in _NOTHING):
        return CellValue(empty)
    try:
        return CellValue(_read(spec, typed, notice, today))
    except UserError as error:
        return CellValue(empty, error.message.rstrip("。"))


def _read(spec: FieldSpec, text: str, notice: Notice, today: date) -> Any:
    match spec.kind:
        case Kind.TEXT:
            return " ".join(text.split())
        case Kind.LONG_TEXT:
            return text.replace("\r\n", "\n").replace("\r", "\n")
        case Kind.DATE:
            return parse_date(_CLOCK_BEHIND.sub("", _narrow(text)), today)
        case Kind.TIME:
            return _read_time(text)
        case Kind.CHOICE:
            return _read_choice(spec.name, text, notice)
        case Kind.MULTI:
            return _read_choices(spec.name, text, notice)
        case Kind.FLAG:
            return _read_flag(text)
        case Kind.INTEGER | Kind.MONEY:
            return _read_amount(spec, text)


def _read_amount(spec: FieldSpec, text: str) -> int:
    """A whole number, or 分. 1.2万 is 12000; a fraction of a person is refused."""
    plain = _GROUPS.sub("", _narrow(text)).removeprefix("¥").replace(" ", "")
    plain = _UNITS.sub("", plain)
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise UserError(f"“{_short(text)}”不是一个确切的数")
    try:
        amount = Decimal(match[1]) * _TIMES[match[2]] * (100 if spec.kind is Kind.MONEY else 1)
    except InvalidOperation as error:
        raise UserError(f"“{_short(text)}”不是一个确切的数") from error
    if amount != int(amount):
        raise UserError("最多两位小数" if spec.kind is Kind.MONEY else f"“{_short(text)}”不是整数")
    if amount < 0:
        raise UserError("不能是负数")
    if spec.limit and amount > spec.limit * (100 if spec.kind is Kind.MONEY else 1):
        raise UserError(f"数字太大，最多 {spec.limit}")
    return int(amount)


def _read_time(text: str) -> str:
    plain = _narrow(text).replace(" ", "")
    match = _TIME.fullmatch(plain)
    if match is None:
        raise UserError(f"“{_short(text)}”不是时间，可写成 14:30")
    part, hours, half, minutes = match.groups()
    hour = int(hours) + (12 if part in ("下午", "晚上") and int(hours) < 12 else 0)
    minute = 30 if half else int(minutes or 0)
    if hour > 23 or minute > 59:
        raise UserError(f"没有“{_short(text)}”这个时刻")
    return f"{hour:02}:{minute:02}"


def _read_flag(text: str) -> bool:
    plain = _narrow(text).casefold()
    if plain in _YES or plain in _NO:
        return plain in _YES
    raise UserError("只能写“是”或“否”")


def _read_choices(name: str, text: str, notice: Notice) -> tuple[str, ...]:
    """Several choices with 、 between them; a wording of the notice that holds a 、 itself is tried whole first."""
    whole = _keys(notice, name).get(normalise(text))
    if whole:
        return (whole,)
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    return in_pack_order(name, [_read_choice(name, part, notice) for part in parts], notice)


def _read_choice(name: str, text: str, notice: Notice) -> str:
    found = _match(name, text, notice)
    if not found:
        offered = [words for _code, words in choices_of(name, notice)]
        shown = "、".join(offered[:4]) + ("等" if len(offered) > 4 else "")
        raise UserError(f"不认识“{_short(text)}”，可写{shown}")
    return found


def _match(name: str, text: str, notice: Notice) -> str:
    """The one choice a text means, empty when none or more than one fits."""
    wanted = normalise(text)
    keys = _keys(notice, name)
    if wanted in keys:
        return keys[wanted]
    if len(wanted) < _SHORTEST_PART:
        return ""
    fitting = {code for key, code in keys.items() if wanted in key or (key in wanted and 2 * len(key) > len(wanted))}
    return fitting.pop() if len(fitting) == 1 else ""


@lru_cache(128)
def _keys(notice: Notice, name: str) -> dict[str, str]:
    """Every way to write a choice → its code. The first choice keeps a wording that two of them share."""
    keys: dict[str, str] = {}
    for number, (code, words) in enumerate(choices_of(name, notice)):
        ways = [code, words]
        if name not in ("status", "role", "mode"):
            ways += [notice.label(name, code), notice.brief(name, code)]
        if name == "form" and (form := notice.form(code)) is not None:
            ways += [form.printed]
            if not form.other and number < len(_NUMERALS):
                ways += [f"形式{_NUMERALS[number]}", _NUMERALS[number], f"形式{number + 1}"]
        for way in ways:
            keys.setdefault(normalise(way), code)
    keys.pop("", None)
    return keys


def _narrow(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 12 else plain[:12] + "…"
