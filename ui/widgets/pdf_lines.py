"""Lines and totals of the printed pages that can be pointed at, chosen with the keyboard and opened."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.base import announce, plain_tip
from ui.widgets.pdf_paper import PdfPaper

if TYPE_CHECKING:
    from exporters.pdf import PdfDocument, Place

PAPER = theme.LIGHT  # paper stays white in both themes, and so does what is painted on it


class PdfLines(PdfPaper):
    """Hovering tints a line; Up and Down choose one, Enter and double click open it.

    `describe` says what a place holds, for the tool tip and screen readers.
    """

    line_opened = Signal(str)  # uid of the record
    sum_opened = Signal(object)  # uids of the records behind a total

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.describe: Callable[[Place], str] = lambda _place: ""
        self._places: list[Place] = []
        self._current = self._hovered = -1  # index of a place

    def show_document(self, document: "PdfDocument") -> None:
        """Show another document at the same place, zoom and chosen line."""
        chosen = self.chosen_uid()
        self.pages.load(document.data)
        self._places = _in_order(document.places)
        self._hovered = -1
        self._current = next((i for i, place in enumerate(self._places) if chosen and place.uid == chosen), -1)
        self._relayout()

    def clear(self) -> None:
        """Show nothing."""
        self.pages.clear()
        self._places, self._current, self._hovered = [], -1, -1
        self._relayout()

    def chosen_uid(self) -> str:
        """Uid of the record whose line is chosen, or empty."""
        return self._places[self._current].uid if self._current >= 0 else ""

    def choose(self, uid: str) -> None:
        """Choose the line of a record and bring it into sight; does nothing if no page shows it."""
        index = next((i for i, place in enumerate(self._places) if place.uid == uid), -1)
        if index >= 0:
            self._choose(index)

    def _choose(self, index: int) -> None:
        self._current = index
        area = self._area_of(self._places[index])
        area.setWidth(min(area.width(), self.viewport().width() / 2))  # the beginning of a line is enough
        self._bring_into_sight(area)
        announce(self, self.describe(self._places[index]))
        self.viewport().update()

    def _step(self, by: int) -> None:
        if not self._places:
            return
        if self._current >= 0:
            self._choose(max(0, min(self._current + by, len(self._places) - 1)))
            return
        on_page = [i for i, place in enumerate(self._places) if place.page >= self.page() - 1]
        self._choose(on_page[0] if on_page else len(self._places) - 1)

    def _open(self, index: int) -> None:
        if index >= 0 and self._places[index].uid:
            self.line_opened.emit(self._places[index].uid)
        elif index >= 0:
            self.sum_opened.emit(self._places[index].sources)

    def _area_of(self, place: "Place") -> QRectF:
        """Where a place is on the whole sheet, in pixels."""
        return self._on_sheet(place.page, QRectF(place.left, place.top, place.width, place.height))

    def _place_at(self, point: QPointF) -> int:
        """The place under a point of the view, a single number before the line it stands in; -1 for none."""
        at = point + QPointF(self._left(), self._top())
        first, last = self._places_on(self._sheet.page_at(at.y()))
        found = [i for i in range(first, last) if self._area_of(self._places[i]).contains(at)]
        return min(found, key=lambda i: (bool(self._places[i].uid), i), default=-1)

    def _places_on(self, page: int) -> tuple[int, int]:
        """First index of a page's places, and the one after its last."""
        first, last = (cut(self._places, page, key=lambda place: place.page) for cut in (bisect_left, bisect_right))
        return first, last

    # ─── events ───

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._current)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self._place_at(event.position())
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().setToolTip(plain_tip(self.describe(self._places[hovered])) if hovered >= 0 else "")
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._current = self._place_at(event.position())
            self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._open(self._place_at(event.position()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self._hovered >= 0:
            self._hovered = -1
            self.viewport().update()
        return super().viewportEvent(event)

    # ─── painting ───

    def _paint_on_page(self, painter: QPainter, number: int) -> None:
        for index in {self._hovered, self._current} - {-1}:
            if self._places[index].page == number:
                self._paint_place(painter, self._area_of(self._places[index]), framed=index == self._current)

    def _focus_is_on_the_whole(self) -> bool:
        return self._current < 0

    def _paint_place(self, painter: QPainter, area: QRectF, *, framed: bool) -> None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(area, QColor(PAPER.info_ground if not framed else PAPER.selection))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if framed and self.hasFocus():
            painter.setPen(QPen(QColor(PAPER.focus), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))


def _in_order(places: "Sequence[Place]") -> "list[Place]":
    """What can be pointed at, page by page: lines first, then totals, each as they are read. There may be 60,000."""
    reading = attrgetter("page", "top", "left")
    lines = sorted((place for place in places if place.uid), key=reading)
    totals = sorted((place for place in places if place.sources and not place.uid), key=reading)
    return sorted([*lines, *totals], key=attrgetter("page"))
