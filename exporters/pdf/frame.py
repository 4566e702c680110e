"""What surrounds the tables on every page: title, information line, small print, page number."""

from collections.abc import Sequence
from dataclasses import dataclass

from exporters.pdf.fonts import FontSet
from exporters.pdf.linebreak import wrap, wrap_balanced
from exporters.pdf.paint import GREY, Painter, TextStyle
from exporters.pdf.qr import qr_rectangles
from exporters.text import printable
from exporters.wording import basis_line, continuation_items, info_items, page_number
from models.report import FieldGrid, Orientation, Prose, Report

A4 = (595.28, 841.89)


@dataclass(frozen=True, slots=True)
class Margins:
    """The empty border of a page, left and right alike, and the gaps below and above the information line.

    `top` is that of the second and later pages; the first one begins with the title.
    """

    side: float
    top: float
    bottom: float
    below_info: float
    above_info: float = 0.0


TITLE_TOP: dict[Orientation, float] = {"portrait": 45.0, "landscape": 24.0}  # one place for the titles of all forms
TIGHT = Margins(36, 24, 18, 2)  # tables need every millimetre
READING = Margins(62, 45, 36, 6)  # running text reads better in shorter lines
RECORD = Margins(51, 45, 34, 4, 6)  # a sheet about one record, which is filed and stamped
BY_HAND = Margins(42, 28, 22, 4, 4)  # room to write in, and none to waste
QR_SIZE = 64.0  # points, 22.6 mm with its white border
FOOT_GAP = 6.0  # between the table and the small print, at least
ELLIPSIS = "…"
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
        margins = _margins(report)
        self.left = margins.side
        self._top = margins.top
        self._title_top = TITLE_TOP[report.orientation]
        self.room = self.width - 2 * margins.side
        chain = fonts.chain("table")
        self._title = TextStyle(fonts.chain("title"), 20, 27)
        self._small = TextStyle(chain, 8, 11, colour=GREY)
        info = TextStyle(chain, 9, 14)
        self._qr_text = report.qr_text
        beside = self.room - (QR_SIZE + ITEM_GAP if report.qr_text else 0)  # what the QR code leaves
        title_room = (2 * beside - self.room) / self._title.size * 1000
        self._title_lines = wrap_balanced(printable(report.title), self._title.chain.widths, title_room)
        self._info = SpreadLines(info_items(report), info, beside)
        self._continuation = SpreadLines(_next_items(report, info, self.room), info, self.room)
        self._basis_lines = self._wrap_basis(printable(basis_line(report)))

        self._info_top = self._title_top + len(self._title_lines) * self._title.leading + margins.above_info
        below_qr = self._top + QR_SIZE if report.qr_text else 0.0
        self.first_top = max(self._info_top + self._info.height, below_qr) + margins.below_info
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
        top = self._title_top
        for line in self._title_lines:
            left = (self.width - self._title.width(line)) / 2
            painter.text(self._title, left, top + self._title.baseline(), line)
            top += self._title.leading
        self._info.draw(painter, self.left, self._info_top)
        if self._qr_text:
            painter.fill(qr_rectangles(self._qr_text, self.width - self.left - QR_SIZE, self._top, QR_SIZE))

    def _wrap_basis(self, text: str) -> list[str]:
        room = self.room - self._small.width(WIDEST_PAGE_NUMBER) - ITEM_GAP
        return wrap(text, self._small.chain.widths, room / self._small.size * 1000)


def _margins(report: Report) -> Margins:
    if report.qr_text:
        return BY_HAND
    if any(isinstance(block, Prose) for block in report.blocks):
        return READING
    return RECORD if any(isinstance(block, FieldGrid) for block in report.blocks) else TIGHT


def _next_items(report: Report, style: TextStyle, room: float) -> Sequence[str]:
    """The head of the second and later pages. That of a form about one record is one line, with nothing cut off in it:
    the unit is left out before the record's name, and for a name that has no room its number stands.
    """
    items = continuation_items(report)
    if report.info is None:
        return items
    title, *others = map(_in_a_line, items)
    for shown in (others, others[1:], [_in_a_line(item) for item in report.info[-1:]]):
        is_cut = any(item.endswith(ELLIPSIS) for item in shown)
        if not is_cut and sum(map(style.width, (title, *shown))) + ITEM_GAP * len(shown) <= room:
            return (title, *shown)
    return (title,)


def _in_a_line(text: str) -> str:
    return printable(text).replace("\n", " ")
