"""Where the pages of a sheet end when it is printed.

The program that prints decides that. All row heights are fixed, so we can foresee it, for either of the two widths
that programs give a column, and ask for a break in time where something would be torn: the signing line from the
last lines of a table, a heading from what it heads, a small table in two.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from exporters.xlsx_book import DIGIT, MARGIN, MARGIN_TOP, PADDING
from models.report import Orientation

A4_POINTS = {"portrait": (595.0, 842.0), "landscape": (842.0, 595.0)}
WIDER_DIGIT = 8  # in Excel with 宋体, in LibreOffice with Noto
ROUNDED_DOWN = 1.03  # LibreOffice counts rows in whole pixels and gets so much more onto a page
MOST_ROUNDS = 4

Keep = tuple[int, int]
"""First and last row (from 1, both counted in) that are to share a page."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What a form is printed on: columns of `widths` pixels at `scale` percent, None for one page wide."""

    widths: Sequence[float]
    orientation: Orientation
    scale: int | None = None

    def room(self, digit: float) -> float:
        """Points of row height on a page where the digits of the default font are so many pixels wide."""
        shrunk = (self.scale or one_page_wide(self.widths, digit, self.orientation)) / 100
        return (A4_POINTS[self.orientation][1] - 2 * MARGIN_TOP * 72) / shrunk

    def rooms(self) -> tuple[float, ...]:
        """Those that programs may give."""
        return tuple(self.room(digit) * more for digit in (DIGIT, WIDER_DIGIT) for more in (1.0, ROUNDED_DOWN))


def one_page_wide(widths: Sequence[float], digit: float, orientation: Orientation) -> int:
    """The scale in percent at which the columns take one page's width; never more than 100."""
    sheet = sum((width - PADDING) / DIGIT * digit + PADDING for width in widths) * 72 / 96
    return min(int((A4_POINTS[orientation][0] - 2 * MARGIN * 72) / sheet * 100), 100)


def plan_breaks(heights: Sequence[float], header: int | None, keeps: Iterable[Keep], paper: Paper) -> list[int]:
    """The rows (from 1) that pages should begin with, so that none of `keeps` is torn that fits on a page.

    `heights` are those of all rows in points, `header` is the row repeated on each page. Without a torn one there
    are no breaks: the pages then end where the program likes.
    """
    ordered = sorted(keeps)
    breaks: set[int] = set()
    for _ in range(MOST_ROUNDS):  # a break for one width moves the page ends of the other
        before = len(breaks)
        for room in paper.rooms():
            breaks |= _needed(heights, header, ordered, room, breaks)
        if len(breaks) == before:
            break
    return sorted(breaks)


def page_starts(heights: Sequence[float], header: int | None, room: float, breaks: Collection[int] = ()) -> list[int]:
    """The rows that pages begin with, the first one included; `room` points on each, `breaks` asked for."""
    starts, used = [1], 0.0
    for row, height in enumerate(heights, start=1):
        if used and (used + height > room or row in breaks):
            used = heights[header - 1] if header else 0.0
            starts.append(row)
        used += height
    return starts


def _needed(
    heights: Sequence[float], header: int | None, keeps: Sequence[Keep], room: float, breaks: Collection[int]
) -> set[int]:
    """The breaks to add for pages of this room. Goes through the rows once, and through the keeps."""
    tops = [0.0, *accumulate(heights)]  # of row 1, row 2 …
    repeat = heights[header - 1] if header else 0.0
    added: set[int] = set()
    start, used, row = 1, 0.0, 1
    while row <= len(heights):
        asked = row in breaks or row in added
        if used and row != start and (asked or used + heights[row - 1] > room):
            first = row if asked else _start_of_torn(keeps, row, start, tops, room - repeat)
            if first < row:
                added.add(first)
            start, used, row = first, repeat, first
        used += heights[row - 1]
        row += 1
    return added


def _start_of_torn(keeps: Sequence[Keep], row: int, start: int, tops: Sequence[float], room: float) -> int:
    """Where a page must begin that would begin with `row`, `start` being the first row of the page before."""
    first, last = row, row
    for keep_first, keep_last in reversed(keeps):
        if keep_first < first <= keep_last:
            together = max(last, keep_last)
            if keep_first > start and tops[together] - tops[keep_first - 1] <= room:
                first, last = keep_first, together
            elif first < row:
                return row  # it would tear another
    return first
