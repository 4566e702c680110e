"""What surrounds the tables on every page: title, information line, small print, page number."""

from collections.abc import Sequence
from dataclasses import dataclass

from exporters.pdf.fonts import FontSet
from exporters.pdf.linebreak import wrap, wrap_balanced
from exporters.pdf.paint import GREY, Painter, TextStyle
from exporters.text import printable
from exporters.wording import basis_line, continuation_items, info_items, page_number
from models.report import Prose, Report

A4 = (595.28, 841.89)


@dataclass(frozen=True, slots=True)
class Margins:
    """The empty border of a page, left and right alike, and the gap below the information line."""

    side: float
    top: float
    bottom: float
    below_info: float


TIGHT = Margins(36, 24, 18, 2)  # tables need every millimetre
READING = Margins(62, 48, 36, 6)  # running text reads better in shorter lines
FOOT_GAP = 6.0  # between the table and the small print, at least
ITEM_GAP = 12.0  # between two items of a line, at least
WIDEST_PAGE_NUMBER = page_number(9999, 9999)


class SpreadLines:
    """Items set on as few lines as they need, those of a line spread over the whole width."""

    def __init__(self, items: Sequence[str], style: TextStyle, room: float) -> None:
        self._style = style
        self._room = room
        limit = room / style.size * 1000
        texts = [line for item in items for line in wrap(printable(item), style.chain.widths, limit)]
        self._lines = [self._positions(line) for line in self._distribute(texts)]
        self.height = len(self._lines) * style.leading

    def draw(self, painter: Painter, left: float, top: float) -> None:
        baseline = top + self._style.baseline()
        for line in self._lines:
            for offset, text in line:
                painter.text(self._style, left + offset, baseline, text)
            baseline += self._style.leading

    def _distribute(self, texts: Sequence[str]) -> list[Sequence[str]]:
        """The texts on as few lines as they need, about equally many on each where that fits."""
        packed: list[Sequence[str]] = []
        if not texts:
            return packed
        for text in texts:
            if packed and self._fits([*packed[-1], text]):
                packed[-1] = [*packed[-1], text]
            else:
                packed.append([text])
        most = -(-len(texts) // len(packed))
        even = [texts[start : start + most] for start in range(0, len(texts), most)]
        return even if all(map(self._fits, even)) else packed

    def _fits(self, texts: Sequence[str]) -> bool:
        return sum(map(self._style.width, texts)) + ITEM_GAP * (len(texts) - 1) <= self._room

    def _positions(self, texts: Sequence[str]) -> list[tuple[float, str]]:
        widths = [self._style.width(text) for text in texts]
        gap = (self._room - sum(widths)) / (len(texts) - 1) if len(texts) > 1 else 0.0
        offset, placed = 0.0, list[tuple[float, str]]()
        for text, width in zip(texts, widths, strict=True):
            placed.append((offset, text))
            offset += width + gap
        return placed


class Frame:
    """The sheet of a report. All measures in points, tops counted from the page's upper edge."""

    def __init__(self, report: Report, fonts: FontSet) -> None:
        self.width, self.height = A4 if report.orientation == "portrait" else A4[::-1]
        margins = READING if any(isinstance(block, Prose) for block in report.blocks) else TIGHT
        self.left = margins.side
        self._top = margins.top
        self.room = self.width - 2 * margins.side
        chain = fonts.chain("table")
        self._title = TextStyle(fonts.chain("title"), 20, 27)
        self._small = TextStyle(chain, 8, 11, colour=GREY)
        info = TextStyle(chain, 9, 14)
        title_room = self.room / self._title.size * 1000
        self._title_lines = wrap_balanced(printable(report.title), self._title.chain.widths, title_room)
        self._info = SpreadLines(info_items(report), info, self.room)
        self._continuation = SpreadLines(continuation_items(report), info, self.room)
        self._basis_lines = self._wrap_basis(printable(basis_line(report)))

        above_info = self._top + len(self._title_lines) * self._title.leading
        self.first_top = above_info + self._info.height + margins.below_info
        self.next_top = self._top + self._continuation.height + margins.below_info
        self._foot_top = self.height - margins.bottom - len(self._basis_lines) * self._small.leading
        self.bottom = self._foot_top - FOOT_GAP

    def draw(self, painter: Painter, number: int, pages: int) -> None:
        """Everything round the tables of page `number`, which counts from 0."""
        if number == 0:
            self._draw_title(painter)
        else:
            self._continuation.draw(painter, self.left, self._top)
        baseline = self._foot_top + self._small.baseline()
        for line in self._basis_lines:
            painter.text(self._small, self.left, baseline, line)
            baseline += self._small.leading
        text = page_number(number + 1, pages)
        left = self.width - self.left - self._small.width(text)
        painter.text(self._small, left, baseline - self._small.leading, text)

    def _draw_title(self, painter: Painter) -> None:
        top = self._top
        for line in self._title_lines:
            left = (self.width - self._title.width(line)) / 2
            painter.text(self._title, left, top + self._title.baseline(), line)
            top += self._title.leading
        self._info.draw(painter, self.left, top)

    def _wrap_basis(self, text: str) -> list[str]:
        room = self.room - self._small.width(WIDEST_PAGE_NUMBER) - ITEM_GAP
        return wrap(text, self._small.chain.widths, room / self._small.size * 1000)
