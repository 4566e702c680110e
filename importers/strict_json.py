"""JSON from a stranger: it means one thing to every program that reads it, or it is not read at all."""

import json
import math
import re
from typing import Any, NoReturn, cast

MOST_PARTS = 1_000_000  # objects and lists, which cost a hundred times their size in memory
_HALF_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F]")


def read_object(content: bytes) -> dict[str, Any]:
    """The object in `content`, UTF-8 with or without a byte order mark.

    Raises ValueError for anything else, and for what programs read differently or cannot keep: a name that stands in
    an object twice, NaN and numbers without end, half characters, nesting and parts without end.
    """
    if content.count(b"[") + content.count(b"{") > MOST_PARTS:
        raise ValueError(f"more than {MOST_PARTS} parts")
    text = content.decode("utf-8-sig")
    try:
        values = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite)
        if _HALF_CHARACTER.search(content):
            json.dumps(values, ensure_ascii=False).encode("utf-8")
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(values, dict):
        raise ValueError(f"a {type(values).__name__}, not an object")
    return cast("dict[str, Any]", values)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a name stands in an object twice")
    return values


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)
