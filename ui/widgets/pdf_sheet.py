"""Where the pages of a document lie when they are shown one under another."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, QSizeF

MARGIN, GAP = 8, 12  # pixels around the pages and between two of them
LARGEST = 2.0  # 适合整页 and 适合页宽 never show a page larger than this share of its natural size
SMALLEST = 0.05  # pixels for a point

Anchor = tuple[int, float]  # page from 0, share of its height
Fit = Literal["page", "width"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Frames of the pages in pixels from the top left corner of the whole; `scale` is pixels for a point."""

    frames: tuple[QRectF, ...] = ()
    scale: float = 1.0
    width: float = 0.0
    height: float = 0.0
    margin: int = MARGIN

    @classmethod
    def of(cls, sizes: Sequence[QSizeF], view: QSize, zoom: float | Fit, natural: float) -> "Sheet":
        """Pages of `sizes` (points) at `zoom`, a share of natural size or what is to fit into `view`.

        `natural` is pixels for a point at natural size.
        """
        if not sizes:
            return cls()
        widest, highest = max(size.width() for size in sizes), max(size.height() for size in sizes)
        scale = _fitting(widest, highest, view, zoom, natural) if isinstance(zoom, str) else zoom * natural
        width = widest * scale + 2 * MARGIN
        top, frames = float(MARGIN), list[QRectF]()
        for size in sizes:
            wide, high = round(size.width() * scale), round(size.height() * scale)
            frames.append(QRectF((width - wide) / 2, top, wide, high))
            top += high + GAP
        return cls(tuple(frames), scale, width, top - GAP + MARGIN)

    def page_at(self, y: float) -> int:
        """The page at a height, from 0; the nearest one between pages; -1 without pages."""
        above = bisect_right(self.frames, y, key=lambda frame: frame.bottom() + GAP / 2)
        return min(above, len(self.frames) - 1)

    def visible(self, top: float, height: float) -> tuple[int, int]:
        """First and last page of which something lies in a view; an empty range without pages."""
        first = bisect_right(self.frames, top, key=lambda frame: frame.bottom())
        last = bisect_right(self.frames, top + height, key=lambda frame: frame.top()) - 1
        return (first, last) if first <= last else (0, -1)

    def anchor_at(self, y: float) -> Anchor:
        """What lies at a height, so that it can be found again at another scale."""
        number = self.page_at(y)
        if number < 0:
            return 0, -1.0  # the very beginning, margin included
        frame = self.frames[number]
        return number, (y - frame.top()) / frame.height()

    def position_of(self, anchor: Anchor) -> float:
        """The height at which an anchor lies now; the end if its page is gone."""
        number, share = anchor
        if not self.frames:
            return 0.0
        if number >= len(self.frames):
            return self.height
        return self.frames[number].top() + share * self.frames[number].height()


def _fitting(widest: float, highest: float, view: QSize, fit: Fit, natural: float) -> float:
    room = [(view.width() - 2 * MARGIN) / widest]
    if fit == "page":
        room.append((view.height() - 2 * MARGIN) / highest)
    return max(SMALLEST, min(*room, natural * LARGEST))
