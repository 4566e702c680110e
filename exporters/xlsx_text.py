"""What a value becomes in Excel, and how much room a text takes there.

Excel measures with its own fonts when it opens the file, so heights are estimated on the safe side: an
ideograph is one em wide, everything else a little more than half.
"""

import re
from datetime import date
from decimal import Decimal

from exporters.text import storable
from exporters.xlsx_book import DATE_FORMAT, PADDING
from models.report import Cell

LONGEST = 32_767  # UTF-16 units in a cell
CUT_MARK = "……（超出Excel单元格的长度，后面从略）"
EXACT_DIGITS = 15  # Excel keeps no more
FIRST_DATE = date(1900, 3, 1)  # before it Excel counts a day that never was
NARROW = 0.55  # em
RAGGED = 0.9  # em that a line may stay short because a word or 、 must go to the next

_LOOKS_LIKE_INPUT = re.compile(r"[\s'=+\-@＝＋－＠\d.(%$¥￥]|TRUE|FALSE", re.IGNORECASE)


def cell_text(text: str) -> str:
    """`text` exactly as typed, less what no cell can hold."""
    text = storable(text)
    if len(text) * 2 > LONGEST and _units(text) > LONGEST:
        while _units(text) > LONGEST - len(CUT_MARK):
            text = text[: len(text) - max((_units(text) - LONGEST + len(CUT_MARK)) // 2, 1)]
        text += CUT_MARK
    return text


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
    return (f"{value:f}", "General") if _is_exact(value) else None


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


def lines_needed(text: str, room: float) -> int:
    """How many lines a text needs in `room` em."""
    if len(text) <= room and "\n" not in text:
        return 1
    usable = room - RAGGED if room > 3 * RAGGED else room
    return sum(1 if (width := ems(line)) <= room else int(-(-width // usable)) for line in text.split("\n"))
