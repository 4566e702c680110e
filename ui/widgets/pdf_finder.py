"""Finding words in the pages that are shown: a little at a time, so that the window never waits for it."""

from bisect import bisect_left
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QObject, QRectF, QTimer, Signal

from ui.widgets.pdf_pages import PdfPages
from ui.widgets.pdf_text import PageText, fold

SLICE = 0.008  # seconds of reading before the window has its turn again


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A place that was found: page from 0, where in the page's text, how long."""

    page: int
    start: int
    length: int


class PdfFinder(QObject):
    """Looks through the document of `pages`, from the front. `changed`: hits were added or another one is current."""

    changed = Signal()
    arrived = Signal(object)  # the Hit that is current now and should be brought into sight

    def __init__(self, pages: PdfPages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        self._texts: list[PageText] = []  # of the pages read so far
        self._searched = 0  # pages in which `_wanted` was looked for
        self._wanted = ""
        self._quiet = False  # whether the pages stay where they are when the first hit is found
        self._from: Hit | None = None  # the first hit at or after this becomes current
        self._rects: dict[Hit, list[QRectF]] = {}
        self.hits: list[Hit] = []
        self.current = -1  # index in hits
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        pages.document_changed.connect(self._start_over)

    def look_for(self, text: str, page: int) -> None:
        """Find `text`, beginning with the first hit on or after `page` (from 0); nothing is found for nothing."""
        kept = self.hit()
        self._from = kept if kept and kept.page == page else Hit(page, 0, 0)
        self._wanted = fold(text)
        self._forget()
        self._go_on()

    def stop(self) -> None:
        """Look for nothing any more and forget the pages' words."""
        self._wanted, self._texts = "", []
        self._forget()
        self._timer.stop()

    def hit(self) -> Hit | None:
        """The current hit."""
        return self.hits[self.current] if self.current >= 0 else None

    def step(self, by: int) -> None:
        """Go to the next hit (1) or the one before (-1), round the ends."""
        if self.hits:
            self.current = (self.current + by) % len(self.hits)
            self.changed.emit()
            self.arrived.emit(self.hit())

    def done(self) -> bool:
        """Whether every page was looked through."""
        return self._searched == len(self._pages.sizes())

    def words(self) -> str:
        """3/17, while pages are still being read 3/17…"""
        if not self._wanted:
            return ""
        more = "" if self.done() else "…"
        return f"{self.current + 1}/{len(self.hits)}{more}" if self.hits else more or "没有找到"

    def hits_on(self, page: int) -> list[Hit]:
        """What was found on a page (from 0)."""
        first, last = (bisect_left(self.hits, number, key=lambda hit: hit.page) for number in (page, page + 1))
        return self.hits[first:last]

    def areas(self, hit: Hit) -> list[QRectF]:
        """Where a hit stands on its page, in points: a rectangle for each line that it runs over."""
        if hit not in self._rects:
            document = self._pages.document
            selection = document.getSelectionAtIndex(hit.page, hit.start, hit.length) if document else None
            polygons = selection.bounds() if selection else []
            self._rects[hit] = [polygon.boundingRect().adjusted(-0.5, -1, 1, 1) for polygon in polygons]
        return self._rects[hit]

    def _start_over(self) -> None:
        """Another document: the same words are looked for, and the current hit stays near its place."""
        if self._wanted:
            self._from = self.hit() or self._from
            self._texts = []
            self._forget(quietly=True)
            self._timer.start()

    def _forget(self, *, quietly: bool = False) -> None:
        self._quiet = quietly
        self.hits, self.current, self._searched = [], -1, 0
        self._rects.clear()
        self.changed.emit()

    def _go_on(self) -> None:
        """Read and look through a few pages more."""
        document, count = self._pages.document, len(self._pages.sizes())
        before, until = len(self.hits), perf_counter() + SLICE
        while document and self._wanted and self._searched < count and perf_counter() < until:
            number = self._searched
            if number == len(self._texts):
                self._texts.append(PageText.of(document.getAllText(number).text()))
            self.hits += (Hit(number, *found) for found in self._texts[number].find(self._wanted))
            self._searched += 1
        self._choose_first()
        if not self._wanted or self._searched >= count:
            self._timer.stop()
            self.changed.emit()
        else:
            self._timer.start()
            if len(self.hits) > before:
                self.changed.emit()

    def _choose_first(self) -> None:
        """Let the first hit from where the eye is be the current one; from the front if there is none behind."""
        if self.current >= 0 or not self.hits:
            return
        at = bisect_left(self.hits, self._from) if self._from else 0
        if at == len(self.hits) and not self.done():
            return
        self.current = at % len(self.hits)
        if not self._quiet:
            self.arrived.emit(self.hit())
