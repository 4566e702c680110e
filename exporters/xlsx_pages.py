"""Keep the signing line of an Excel sheet together with the last lines of the table when it is printed.

The program that prints decides where its pages end. All row heights are fixed, so we can foresee it, for
either of the two widths that programs give a column, and ask for a break in time.
"""

from collections.abc import Sequence

from exporters.xlsx_book import DIGIT, MARGIN, MARGIN_TOP, PADDING
from models.report import Orientation

A4_POINTS = {"portrait": (595.0, 842.0), "landscape": (842.0, 595.0)}
WIDER_DIGIT = 8  # in Excel with 宋体


def break_before_signature(
    heights: Sequence[float], header: int | None, last: int, widths: Sequence[float], orientation: Orientation
) -> int | None:
    """The row (from 1) to begin a page with, so that row `last` and all below it share a page; None if they do.

    `heights` are those of all rows in points, `header` the row repeated on each page, `widths` pixels.
    """
    if last <= (header or 1) + 1:
        return None
    for digit in (DIGIT, WIDER_DIGIT):
        room = _page_room(widths, digit, orientation)
        pages = _pages(heights, header, room)
        fits_alone = sum(heights[last - 1 :]) + (heights[header - 1] if header else 0) <= room
        if pages[last - 1] != pages[-1] and fits_alone:
            return last
    return None


def _page_room(widths: Sequence[float], digit: int, orientation: Orientation) -> float:
    """Points of row height that a page takes when the sheet is shrunk to one page's width."""
    paper_width, paper_height = A4_POINTS[orientation]
    sheet_width = sum((width - PADDING) / DIGIT * digit + PADDING for width in widths) * 72 / 96
    scale = min((paper_width - 2 * MARGIN * 72) / sheet_width, 1.0)
    return (paper_height - 2 * MARGIN_TOP * 72) / scale


def _pages(heights: Sequence[float], header: int | None, room: float) -> list[int]:
    """The page of each row."""
    pages: list[int] = []
    page, used = 0, 0.0
    for height in heights:
        if used + height > room and used:
            page += 1
            used = heights[header - 1] if header else 0.0
        used += height
        pages.append(page)
    return pages
