"""Paragraphs, runs and table cells as WordprocessingML, written as text and parsed once for a whole document."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

from exporters.official_text import PlainText, placed
from exporters.text import storable
from models.report import Align

RED = "C00000"
SHADE = "F2F2F2"
_BREAKS = re.compile("([\n\t])")
_MARKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}
_JUSTIFIED: dict[Align, str] = {"left": "left", "right": "right", "center": "center"}


class Block(Protocol):
    """A paragraph or table of the document's body."""

    def xml(self) -> str:
        """It as WordprocessingML."""
        ...


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: the id of its style, its runs, and what it has different from the style.

    `spacing` and `indent` are attributes of w:spacing and w:ind. `section` is the w:sectPr of the pages that end here.
    """

    style: str
    runs: str
    keep_next: bool = False
    keep_two_lines: bool = False
    page_break_before: bool = False
    spacing: str = ""
    indent: str = ""
    align: str = ""
    section: str = ""

    def xml(self) -> str:
        """It as WordprocessingML; the order of the properties is the schema's."""
        properties = (
            f'<w:pStyle w:val="{self.style}"/>',
            "<w:keepNext/>" if self.keep_next else "",
            "<w:pageBreakBefore/>" if self.page_break_before else "",
            "<w:widowControl/>" if self.keep_two_lines else "",
            f"<w:spacing {self.spacing}/>" if self.spacing else "",
            f"<w:ind {self.indent}/>" if self.indent else "",
            f'<w:jc w:val="{self.align}"/>' if self.align else "",
            self.section,
        )
        return f"<w:p><w:pPr>{''.join(properties)}</w:pPr>{self.runs}</w:p>"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with fixed widths (twips); `rows` are w:tr elements."""

    widths: Sequence[int]
    rows: Sequence[str]
    style: str = "TableGrid"

    def xml(self) -> str:
        """It as WordprocessingML."""
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self.style}"/><w:tblW w:w="{sum(self.widths)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
            f"{''.join(self.rows)}</w:tbl>"
        )


def run(text: str, *, bold: bool = False, missing: bool = False) -> str:
    """`text` exactly as typed, less what XML cannot hold; line feeds and tabs stay. Missing text is bold and red."""
    text = storable(text)
    if not text:
        return ""
    properties = (
        "" if text.isascii() else '<w:rFonts w:hint="eastAsia"/>',  # else quotation marks become Latin ones
        "<w:b/>" if bold or missing else "",
        f'<w:color w:val="{RED}"/>' if missing else "",
    )
    pieces = (
        _MARKS.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in _BREAKS.split(text)
        if piece
    )
    look = "".join(properties)
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{''.join(pieces)}</w:r>"


def passage_runs(text: PlainText, lines: Sequence[str] = ()) -> str:
    """A run for each passage of the paragraph, broken into `lines` if any are given."""
    runs: list[str] = []
    for number, (start, line) in enumerate(placed(text.text, lines or (text.text,))):
        if number:
            runs.append(run("\n"))
        for _, group in groupby(enumerate(text.passages[start : start + len(line)]), key=lambda one: id(one[1])):
            found = list(group)
            (first, passage), last = found[0], found[-1][0]
            runs.append(run(line[first : last + 1], missing=passage.missing))
    return "".join(runs)


def cell(
    width: int,
    text: str,
    align: Align,
    *,
    style: str = "TableText",
    span: int = 1,
    shaded: bool = False,
    bold: bool = False,
    missing: bool = False,
    bottom: bool = False,
    keep_next: bool = False,
) -> str:
    """A w:tc of `width` twips that takes `span` columns of the grid; `keep_next` keeps its row with what follows."""
    inner = Para(style, run(text, bold=bold, missing=missing), keep_next=keep_next, align=_JUSTIFIED[align]).xml()
    return raw_cell(width, inner, span=span, shaded=shaded, bottom=bottom)


def raw_cell(width: int, paragraphs: str, *, span: int = 1, shaded: bool = False, bottom: bool = False) -> str:
    """A w:tc around `paragraphs`."""
    properties = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>',
        f'<w:gridSpan w:val="{span}"/>' if span > 1 else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/>' if shaded else "",
        f'<w:vAlign w:val="{"bottom" if bottom else "center"}"/>',
    )
    return f"<w:tc><w:tcPr>{''.join(properties)}</w:tcPr>{paragraphs}</w:tc>"


def row(cells: Iterable[str], *, header: bool = False, height: int = 0, whole: bool = False) -> str:
    """A w:tr at least `height` twips high. A `header` is repeated on every page; only a `whole` row never breaks."""
    properties = (
        "<w:cantSplit/>" if whole else "",
        f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else "",
        "<w:tblHeader/>" if header else "",
    )
    look = "".join(properties)
    return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{''.join(cells)}</w:tr>"


def attribute(text: str) -> str:
    """`text` as a quoted attribute value."""
    return quoteattr(storable(text))
