"""Running text: paragraphs with an indent of two characters, set flush on both sides, and their headings."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from exporters.pdf.fonts import FontSet
from exporters.pdf.linebreak import words, wrap
from exporters.pdf.pages import Harm, Piece
from exporters.pdf.paint import RED, Painter, TextStyle
from exporters.pdf.result import FIELD, Place
from exporters.text import printable
from models.report import Prose

SIZE, LEADING = 14, 24  # 四号, as letters of offices have it in forms
HEADING_LEADING = 27
HEADING_GAP = 4.0
INDENT = 2  # characters
WIDEST_SPREAD = 0.5  # em between two characters; a line that needs more stays ragged
LEAST_LINES = 2  # of a paragraph on either side of a page's end
FULL_WIDTH_SPACE = "\u3000"


class ProseLook:
    """The styles of running text."""

    def __init__(self, fonts: FontSet) -> None:
        body = fonts.chain("body")
        self.body = TextStyle(body, SIZE, LEADING)
        self.missing = TextStyle(body, SIZE, LEADING, bold=True, colour=RED)
        self.heading = TextStyle(fonts.chain("heading"), SIZE, HEADING_LEADING)


class ProseLine:
    """One line of a paragraph or heading. `spread` fills the width, `indent` is in points."""

    def __init__(self, text: str, style: TextStyle, room: float, field: str, *, indent: float, spread: bool) -> None:
        self.height = style.leading
        self.is_heading = False
        self.text = text
        self._style = style
        self._room = room
        self._field = field
        self._indent = indent
        self._parts = spread_parts(text, style, room - indent) if spread else ()

    def draw(self, painter: Painter, page: int, left: float, top: float) -> Sequence[Place]:
        baseline = top + self._style.baseline()
        if self._parts:
            painter.spread_text(self._style, left + self._indent, baseline, self._parts)
        elif self.text:
            painter.text(self._style, left + self._indent, baseline, self.text)
        if self.is_heading:
            painter.outline(self.text, level=1)
        return [Place(page, left, top, self._room, self.height, uid=f"{FIELD}{self._field}")] if self._field else ()


def prose_pieces(prose: Prose, look: ProseLook, room: float) -> Iterator[Piece]:
    """The lines of a text. A page may end between two of them where no single line is left behind."""
    heading = list(heading_lines(prose.heading, look, room, prose.field))
    for index, line in enumerate(heading):
        gap = 0.0 if index else HEADING_GAP
        yield Piece("drawn", line.height + gap, Harm.TORN if index else Harm.NONE, item=line)
    style = look.missing if prose.missing else look.body
    for number, paragraph in enumerate(prose.printed):
        lines = list(_paragraph(paragraph, style, room, prose.field))
        for index, line in enumerate(lines):
            if index == 0:
                torn = number == 0 and bool(heading)
            else:
                torn = index < LEAST_LINES or len(lines) - index < LEAST_LINES
            yield Piece("drawn", line.height, Harm.TORN if torn else Harm.NONE, item=line)


def heading_lines(text: str, look: ProseLook, room: float, field: str = "") -> Iterator[ProseLine]:
    """A heading, indented like a paragraph; its first line goes into the outline."""
    indent = INDENT * SIZE
    if not text:
        return
    limit = (room - indent) / SIZE * 1000
    for index, line in enumerate(wrap(printable(text), look.heading.chain.widths, limit)):
        made = ProseLine(line, look.heading, room, field, indent=indent, spread=False)
        made.is_heading = index == 0
        yield made


def _paragraph(text: str, style: TextStyle, room: float, field: str) -> Iterator[ProseLine]:
    indented = FULL_WIDTH_SPACE * INDENT + printable(text).strip()
    lines = wrap(indented, style.chain.widths, room / style.size * 1000)
    last = len(lines) - 1
    for index, line in enumerate(lines):
        shown = line.lstrip(FULL_WIDTH_SPACE) if index == 0 else line
        indent = style.width(line[: len(line) - len(shown)])
        yield ProseLine(shown, style, room, field, indent=indent, spread=index < last)


def spread_parts(line: str, style: TextStyle, room: float) -> tuple[tuple[str, float], ...]:
    """The line in parts with the space behind each character that fills `room`; empty when it cannot be spread.

    Between ideographs and words only: what is inside a word or a number stays close.
    """
    tokens = words(line.rstrip())
    gap = room - style.width("".join(tokens))
    if len(tokens) < 2 or gap <= 0 or gap / (len(tokens) - 1) > WIDEST_SPREAD * style.size:
        return ()
    space = gap / (len(tokens) - 1)
    parts = [part for token in tokens for part in ((token[:-1], 0.0), (token[-1:], space)) if part[0]]
    parts[-1] = (parts[-1][0], 0.0)
    return tuple(("".join(text for text, _ in run), width) for width, run in groupby(parts, key=lambda part: part[1]))
