"""What a value becomes in Excel, and how much room a text takes there.

Excel measures with its own fonts when it opens the file, so heights are estimated on the safe side: an
ideograph is one em wide, everything else a little more than half.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from exporters.text import storable
from exporters.xlsx_book import DATE_FORMAT, PADDING
from models.report import Cell

LONGEST = 32_767  # UTF-16 units in a cell
CUT_MARK = "……（超出Excel单元格的长度，后面从略）"
MOST_PLACES = 6
EXACT_DIGITS = 15  # Excel keeps no more
SENTENCE_ENDS = "\n。！？；"
FIRST_DATE = date(1900, 3, 1)  # before it Excel counts a day that never was
NARROW = 0.55  # em
RAGGED = 0.9  # em that a line may stay short because a word or 、 must go to the next
BODY = 10.0  # type size
LINE = 1.45  # height of a line, as a share of the type size: 1.2 with the 宋体 of Windows, 1.45 with Noto
ROW_PADDING = 5.0  # points
HIGHEST = 409.0  # points; Excel refuses higher rows
MOST_LINES = int((HIGHEST - 9 - ROW_PADDING) / (BODY * LINE))  # of a row of text

# Excel reads _x0041_ in a cell as A (ECMA-376, ST_Xstring); a text that says so has its underscore written that way.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNDERSCORE = "_x005F_"

_LOOKS_LIKE_INPUT = re.compile(r"[\s'=+\-@＝＋－＠\d.(%$¥￥]|TRUE|FALSE", re.IGNORECASE)


def cell_text(text: str) -> str:
    """`text` as the file holds it: exactly as typed, less what no cell can hold."""
    text = storable(text)
    if len(text) * 2 > LONGEST and _units(text) > LONGEST:
        while _units(text) > LONGEST - len(CUT_MARK):
            text = text[: len(text) - max((_units(text) - LONGEST + len(CUT_MARK)) // 2, 1)]
        text += CUT_MARK
    return _ESCAPE.sub(_UNDERSCORE, text) if "_x" in text else text


def must_be_quoted(text: str) -> bool:
    """Whether Excel would take the text for a formula, number or date when somebody edits the cell."""
    return _LOOKS_LIKE_INPUT.match(text) is not None


def number_text(cell: Cell) -> tuple[str, str] | None:
    """(number as XML holds it, number format) of a cell that holds a number or date; None for text."""
    value = cell.value
    if cell.missing or isinstance(value, str) or value is None:
        return None
    if isinstance(value, date):
        if value < FIRST_DATE:
            return None
        return str((value - date(1899, 12, 30)).days), DATE_FORMAT
    if isinstance(value, int):
        return (str(value), "0") if abs(value) < 10**EXACT_DIGITS else None
    return (f"{value:f}", _decimal_format(value)) if _is_exact(value) else None


def _decimal_format(value: Decimal) -> str:
    """As many places as the form shows: 12.50 stays 12.50."""
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    return "0." + "0" * places if 0 < places <= MOST_PLACES else "General"


def _is_exact(value: Decimal) -> bool:
    return value.is_finite() and len(value.normalize().as_tuple().digits) <= EXACT_DIGITS


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def ems(text: str) -> float:
    """Width of a line of text in em. In UTF-8 an ideograph has two bytes more than ASCII."""
    wide = (len(text.encode()) - len(text)) / 2
    return wide + NARROW * max(len(text) - wide, 0)


def room_in_ems(width: float, size: float) -> float:
    """How many em of type of `size` points a column of `width` pixels takes."""
    return max((width - PADDING - 2) / (size * 96 / 72), 1)


def pixels(width: float, size: float) -> float:
    """How wide a column must be for a line of `width` em: the inverse of `room_in_ems`."""
    return width * size * 96 / 72 + PADDING + 2


def lines_needed(text: str, room: float) -> int:
    """How many lines a text needs in `room` em."""
    if len(text) <= room and "\n" not in text:
        return 1
    usable = room - RAGGED if room > 3 * RAGGED else room
    return sum(1 if (width := ems(line)) <= room else int(-(-width // usable)) for line in text.split("\n"))


def row_height(lines: int, size: float = BODY, padding: float = ROW_PADDING) -> float:
    """Height in points of a row with so many lines of type."""
    return min(lines * size * LINE + padding, HIGHEST)


def row_parts(text: str, room: float) -> Iterator[str]:
    """A text in parts that a row can show in a cell `room` em wide, cut at the end of a sentence if there is one."""
    while lines_needed(text, room) > MOST_LINES:
        most = _most_that_fits(text, room)
        end = max(text.rfind(mark, most * 2 // 3, most) for mark in SENTENCE_ENDS) + 1 or most
        yield text[:end]
        text = text[end:]
    yield text


def _most_that_fits(text: str, room: float) -> int:
    """How many characters of a text that is too long fit into a row."""
    low, high = 1, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        if lines_needed(text[:middle], room) > MOST_LINES:
            high = middle
        else:
            low = middle
    return low
