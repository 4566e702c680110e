"""The pages of a Word file, in twips (twentieths of a point).

The 22 lines are the page's grid, the 28 characters come from the spacing in the styles: a grid that asks for characters
closer than their size (negative w:charSpace) is drawn half as dense by LibreOffice, and by Word as the spacing is.
"""

from dataclasses import dataclass

from exporters.official_text import ROWS
from models.report import Document, Prose, Report

MM = 1440 / 25.4
A4_WIDTH, A4_HEIGHT = 11906, 16838


@dataclass(frozen=True, slots=True)
class Page:
    """A page's size and margins; `gridded` has the characters and lines of GB/T 9704-2012."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    gridded: bool

    @property
    def room(self) -> int:
        """Width between the margins."""
        return self.width - self.left - self.right

    def section(self, footers: str) -> str:
        """The w:sectPr of pages like this, their numbers beginning at 1; `footers` are its w:footerReference."""
        turned = ' w:orient="landscape"' if self.width > self.height else ""
        grid = f'<w:docGrid w:type="lines" w:linePitch="{LINE_PITCH}"/>'
        return (
            f'<w:sectPr>{footers}<w:type w:val="nextPage"/><w:pgSz w:w="{self.width}" w:h="{self.height}"{turned}/>'
            f'<w:pgMar w:top="{self.top}" w:right="{self.right}" w:bottom="{self.bottom}" w:left="{self.left}"'
            f' w:header="851" w:footer="{FOOTER}" w:gutter="0"/><w:pgNumType w:start="1"/>'
            f"{grid if self.gridded else ''}</w:sectPr>"
        )


OFFICIAL = Page(A4_WIDTH, A4_HEIGHT, 2098, 1474, 1984, 1587, gridded=True)  # 37, 26, 35 and 28 mm
UPRIGHT = Page(A4_WIDTH, A4_HEIGHT, 1134, 1134, 1361, 1134, gridded=False)
FLAT = Page(A4_HEIGHT, A4_WIDTH, 1134, 1134, 1361, 1134, gridded=False)
CONDENSED = -5  # twips: 28 characters of 3号 are 2 mm wider than the page has room; programs round, so a little more
PITCH = 320 + CONDENSED
LINE_PITCH = (A4_HEIGHT - OFFICIAL.top - OFFICIAL.bottom) // ROWS
FOOTER = round(28 * MM) - 180  # 7 mm below the type area, to the middle of a line of 4号


def page_of(report: Report) -> Page:
    """What a form is printed on."""
    if any(isinstance(block, Document | Prose) for block in report.blocks):
        return OFFICIAL
    return FLAT if report.orientation == "landscape" else UPRIGHT


def table_size(report: Report) -> float:
    """Points of the text in a form's tables."""
    page = page_of(report)
    return 12 if page is OFFICIAL else 9 if page is FLAT else 10.5
