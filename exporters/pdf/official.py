"""An official document (公文) on paper: the page of GB/T 9704-2012 with its grid, page numbers and places."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from exporters.official_text import ROWS
from exporters.pdf.fonts import FontSet
from exporters.pdf.frame import A4
from exporters.pdf.justify import HEIGHT as TYPE_HEIGHT
from exporters.pdf.justify import LEADING, LEFT, MM, PITCH, TOP, WIDTH, parts
from exporters.pdf.official_lines import Line, Setter, missing_style
from exporters.pdf.paint import Painter, TextStyle
from exporters.pdf.result import FIELD, Place
from exporters.text import printable
from models.report import Document, Report

PAGE_NUMBER_SIZE = 14.0  # 4号
PAGE_NUMBER_BELOW = 7 * MM  # from the type area to the dashes beside the number
DASH = 0.36  # of the type size, height of a dash above the baseline


class OfficialLayout:
    """A report whose one block is a `Document`, ready to draw. Drawing fills `places`."""

    def __init__(self, report: Report, fonts: FontSet) -> None:
        [document] = report.blocks
        assert isinstance(document, Document)
        self._title = printable(report.title).replace("\n", "")
        self._number = TextStyle(fonts.chain("page_number"), PAGE_NUMBER_SIZE, PAGE_NUMBER_SIZE)
        self._pages = list(paginate(Setter(fonts).lines(document))) or [[]]
        self._level = -1  # of the last outline entry
        self.places: list[Place] = []

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the paper in points: these documents are always upright."""
        return A4

    @property
    def page_count(self) -> int:
        """How many pages it takes."""
        return len(self._pages)

    def draw(self, painter: Painter) -> None:
        """Draw all pages, one after the other."""
        if not any(line.outline and line.outline[0] == 0 for line in self._pages[0]):
            self._add_outline(painter, 0, self._title)
        for page, lines in enumerate(self._pages):
            for row, line in enumerate(lines):
                if line.outline is not None:
                    self._add_outline(painter, *line.outline)
                if line.style is not None:
                    _draw_line(painter, line, line.style, TOP + row * LEADING)
            self.places += _field_places(page, lines)
            self.places += _figure_places(page, lines)
            self._draw_number(painter, page + 1)
            painter.end_page()

    def _add_outline(self, painter: Painter, level: int, text: str) -> None:
        """A level may be at most one below the last: a reader program shows no gaps."""
        self._level = min(level, self._level + 1)
        painter.outline(text, self._level)

    def _draw_number(self, painter: Painter, number: int) -> None:
        """— 1 —, one character from the outer edge: to the right on odd pages, to the left on even ones."""
        text = f"— {number} —"
        left = LEFT + (WIDTH - PITCH - self._number.width(text) if number % 2 else PITCH)
        baseline = TOP + TYPE_HEIGHT + PAGE_NUMBER_BELOW + DASH * PAGE_NUMBER_SIZE
        painter.text(self._number, left, baseline, text)


def paginate(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines of each page: 22, fewer where what belongs together would be torn; none begins with an empty line."""
    start = 0
    while start < len(lines):
        end = min(start + ROWS, len(lines))
        if end < len(lines):
            fits = next((index for index in range(end, start, -1) if not lines[index].keep), end)
            end = fits if fits > start else end
        yield lines[start:end]
        start = end
        while start < len(lines) and not lines[start].text:
            start += 1


def _draw_line(painter: Painter, line: Line, style: TextStyle, top: float) -> None:
    baseline = top + style.baseline()
    left, start = LEFT + line.left, 0
    for is_missing, run in groupby(line.passages, key=lambda passage: passage.missing):
        end = start + sum(1 for _ in run)
        text, steps = line.text[start:end], line.steps[start:end]
        look = missing_style(style) if is_missing else style
        painter.spread_text(look, left, baseline, parts(text, steps, look.chain.widths, look.size))
        left, start = left + sum(steps), end


def _field_places(page: int, lines: Sequence[Line]) -> Iterator[Place]:
    """For each stretch of lines that one field of the record fills, where it stands."""
    row = 0
    for field, group in groupby(lines, key=lambda line: line.field):
        count = sum(1 for _ in group)
        if field:
            yield Place(page, LEFT, TOP + row * LEADING, WIDTH, count * LEADING, uid=f"{FIELD}{field}")
        row += count


def _figure_places(page: int, lines: Sequence[Line]) -> Iterator[Place]:
    """Where each computed figure stands; one that is broken over two lines has two places."""
    for row, line in enumerate(lines):
        start = 0
        for _, run in groupby(line.passages, key=id):
            passages = list(run)
            end = start + len(passages)
            sources = passages[0].sources
            if sources:
                left, width = LEFT + line.left + sum(line.steps[:start]), sum(line.steps[start:end])
                yield Place(page, left, TOP + row * LEADING, width, LEADING, sources=sources)
            start = end
