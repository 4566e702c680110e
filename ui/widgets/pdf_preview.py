"""Pages of a PDF one under another, rendered in the background, whose lines can be pointed at and opened.

Loading this module loads QtPdf: import it where the first page is shown, not at the start.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui import theme
from ui.widgets.base import announce, plain_tip
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.pdf_sheet import Sheet

if TYPE_CHECKING:
    from exporters.pdf import PdfDocument, Place

PAPER = theme.LIGHT  # paper stays white in both themes, and so does what is painted on it
STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
REFIT = 2  # pixels by which a page may miss its rendered size before it is rendered again


class PdfPreview(QAbstractScrollArea):
    """Shows a `PdfDocument`; opens at 适合整页 and stays at the same place when the document is replaced.

    Hovering tints a line; Up and Down choose one, Enter and double click open it. `describe` says what a place
    holds, for the tool tip and screen readers. Page Up, Page Down, Home and End turn pages.
    """

    page_changed = Signal(int, int)  # page counted from 1, pages
    zoom_changed = Signal(str)  # as shown between − and +
    line_opened = Signal(str)  # uid of the record
    sum_opened = Signal(object)  # uids of the records behind a total

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.describe: Callable[[Place], str] = lambda _place: ""
        self.pages = PdfPages(self)
        self.pages.ready.connect(self.viewport().update)
        self._sheet = Sheet()
        self._zoom: float | None = None  # None is 适合整页
        self._places: list[Place] = []
        self._current = self._hovered = -1  # index of a place
        self._told_page = (0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("报表预览")
        self.viewport().setMouseTracking(True)
        theme.changed.connect(self.viewport().update)

    # ─── what is shown ───

    def show_document(self, document: "PdfDocument") -> None:
        """Show another document at the same place, zoom and chosen line."""
        chosen = self.chosen_uid()
        self.pages.load(document.data)
        self._places = sorted(document.places, key=lambda place: (place.page, not place.uid, place.top, place.left))
        self._places = [place for place in self._places if place.uid or place.sources]
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

    def page(self) -> int:
        """The page in the middle of the view, counted from 1; 0 without pages."""
        return self._sheet.page_at(self._top() + self.viewport().height() / 2) + 1

    def show_page(self, number: int) -> None:
        """Go to a page, counted from 1; a number outside the document goes to its nearest page."""
        if self._sheet.frames:
            frame = self._sheet.frames[max(0, min(number - 1, len(self._sheet.frames) - 1))]
            self.verticalScrollBar().setValue(int(frame.top() - self._sheet.margin))

    # ─── zoom ───

    def zoom_text(self) -> str:
        """适合整页 or the percentage."""
        return "适合整页" if self._zoom is None else f"{round(self._zoom * 100)}%"

    def fit_page(self) -> None:
        self._set_zoom(None)

    def zoom_in(self) -> None:
        self._set_zoom(next((step for step in STEPS if step > self._share() + 0.01), STEPS[-1]))

    def zoom_out(self) -> None:
        self._set_zoom(next((step for step in reversed(STEPS) if step < self._share() - 0.01), STEPS[0]))

    def _set_zoom(self, zoom: float | None) -> None:
        self._zoom = zoom
        self._relayout()
        self.zoom_changed.emit(self.zoom_text())

    def _share(self) -> float:
        """The present zoom as a share of natural size."""
        return self._sheet.scale / self._natural()

    def _natural(self) -> float:
        """Pixels for a point at 100 %."""
        return self.logicalDpiX() / 72

    def _relayout(self) -> None:
        """Lay the pages out anew; what stood at the top of the view stays there."""
        anchor = self._sheet.anchor_at(self._top())
        centre = (self._left() + self.viewport().width() / 2) / (self._sheet.width or 1)
        view = self.viewport().size()
        scale = None if self._zoom is None else self._zoom * self._natural()
        self._sheet = Sheet.of(self.pages.sizes(), view, scale, self._natural())
        for bar, whole, seen in (
            (self.verticalScrollBar(), self._sheet.height, view.height()),
            (self.horizontalScrollBar(), self._sheet.width, view.width()),
        ):
            bar.setRange(0, max(0, int(whole - seen)))
            bar.setPageStep(seen)
            bar.setSingleStep(theme.px(36))
        self.verticalScrollBar().setValue(int(self._sheet.position_of(anchor)))
        self.horizontalScrollBar().setValue(int(centre * self._sheet.width - view.width() / 2))
        self._tell_page()
        self.viewport().update()

    def _tell_page(self) -> None:
        now = (self.page(), len(self._sheet.frames))
        if now != self._told_page:
            self._told_page = now
            self.page_changed.emit(*now)

    # ─── choosing a line ───

    def _choose(self, index: int) -> None:
        self._current = index
        area = self._area_of(self._places[index])
        bar, margin = self.verticalScrollBar(), theme.px(24)
        if area.top() < self._top() + margin:
            bar.setValue(int(area.top()) - margin)
        elif area.bottom() > self._top() + self.viewport().height() - margin:
            bar.setValue(int(area.bottom()) - self.viewport().height() + margin)
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
        frame, scale = self._sheet.frames[place.page], self._sheet.scale
        return QRectF(
            frame.left() + place.left * scale,
            frame.top() + place.top * scale,
            place.width * scale,
            place.height * scale,
        )

    def _place_at(self, point: QPointF) -> int:
        """The place under a point of the view, a single number before the line it stands in; -1 for none."""
        at = point + QPointF(self._left(), self._top())
        page = self._sheet.page_at(at.y())
        first, last = (cut(self._places, page, key=lambda place: place.page) for cut in (bisect_left, bisect_right))
        found = [i for i in range(first, last) if self._area_of(self._places[i]).contains(at)]
        return min(found, key=lambda i: (bool(self._places[i].uid), i), default=-1)

    def _left(self) -> float:
        return self.horizontalScrollBar().value() - max(0.0, (self.viewport().width() - self._sheet.width) / 2)

    def _top(self) -> float:
        return self.verticalScrollBar().value() - max(0.0, (self.viewport().height() - self._sheet.height) / 2)

    # ─── events ───

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, pages = event.key(), len(self._sheet.frames)
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._current)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.show_page(self.page() + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.show_page(1 if key == Qt.Key.Key_Home else pages)
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

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self._hovered >= 0:
            self._hovered = -1
            self.viewport().update()
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relayout()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        self._tell_page()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # ─── painting ───

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.color("canvas"))
        painter.translate(-self._left(), -self._top())
        first, last = self._sheet.visible(self._top(), self.viewport().height())
        for number in range(first, last + 1):
            self._paint_page(painter, number)
        self.pages.keep(range(first - 1, last + 2))
        for index in {self._hovered, self._current} - {-1}:
            if first <= self._places[index].page <= last:
                self._paint_place(painter, self._area_of(self._places[index]), framed=index == self._current)
        if self.hasFocus() and self._current < 0:
            painter.resetTransform()
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _paint_page(self, painter: QPainter, number: int) -> None:
        frame = self._sheet.frames[number].toRect()
        painter.fillRect(frame, theme.color("paper"))
        picture = self.pages.picture(number, frame.size(), self.devicePixelRatioF())
        if picture is not None:
            exact = abs(picture.width() - frame.width() * self.devicePixelRatioF()) < REFIT
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
            painter.drawImage(QRect(frame), picture)
        painter.setPen(theme.color("edge"))
        painter.drawRect(frame.adjusted(-1, -1, 0, 0))

    def _paint_place(self, painter: QPainter, area: QRectF, *, framed: bool) -> None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(area, PAPER.info_ground if not framed else PAPER.selection)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if framed and self.hasFocus():
            painter.setPen(QPen(theme.QColor(PAPER.focus), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
