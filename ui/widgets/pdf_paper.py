"""Pages of a PDF one under another, scrolled and zoomed, of which only those in sight are rendered.

Loading this module loads QtPdf: import it where the first page is shown, not at the start.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui import theme
from ui.widgets.base import paint_frame
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.pdf_sheet import Fit, Sheet

STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
REFIT = 2  # pixels by which a page may miss its rendered size before it is rendered again
NOTCH = 120  # Qt's measure of one notch of a wheel; touch pads send parts of it
WORDS: dict[Fit, str] = {"page": "适合整页", "width": "适合页宽"}


class PdfPaper(QAbstractScrollArea):
    """Opens at 适合整页 and stays at the same place when the document is replaced.

    Page Up, Page Down, Home and End turn pages, Ctrl and the wheel zoom at the pointer.
    """

    page_changed = Signal(int, int)  # page counted from 1, pages
    zoom_changed = Signal(str)  # as shown between − and +

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = PdfPages(self)
        self.pages.ready.connect(self.viewport().update)
        self.pages.sizes_changed.connect(self._relayout)
        self._sheet = Sheet()
        self._zoom: float | Fit = "page"
        self._wheel = 0  # parts of a notch not yet used
        self._told_page = (0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("报表预览")
        self.viewport().setMouseTracking(True)
        theme.changed.connect(self.viewport().update)

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
        """适合整页, 适合页宽 or the percentage."""
        return WORDS[self._zoom] if isinstance(self._zoom, str) else f"{round(self._zoom * 100)}%"

    def fit_page(self) -> None:
        """Show pages whole from now on."""
        self._set_zoom("page")

    def fit_width(self) -> None:
        """Show pages as wide as there is room for from now on."""
        self._set_zoom("width")

    def zoom_in(self) -> None:
        self._set_zoom(self._next_step(1))

    def zoom_out(self) -> None:
        self._set_zoom(self._next_step(-1))

    def _next_step(self, direction: int) -> float:
        if direction > 0:
            return next((step for step in STEPS if step > self._share() + 0.01), STEPS[-1])
        return next((step for step in reversed(STEPS) if step < self._share() - 0.01), STEPS[0])

    def _set_zoom(self, zoom: float | Fit, at: QPointF | None = None) -> None:
        self._zoom = zoom
        self._relayout(at)
        self.zoom_changed.emit(self.zoom_text())

    def _share(self) -> float:
        """The present zoom as a share of natural size."""
        return self._sheet.scale / self._natural()

    def _natural(self) -> float:
        """Pixels for a point at 100 %."""
        return self.logicalDpiX() / 72

    def _relayout(self, at: QPointF | None = None) -> None:
        """Lay the pages out anew; what stood at the point `at` of the view, or at its top, stays there."""
        view = self.viewport().size()
        at = at or QPointF(view.width() / 2, 0)
        anchor = self._sheet.anchor_at(self._top() + at.y())
        across = (self._left() + at.x()) / (self._sheet.width or 1)
        self._sheet = Sheet.of(self.pages.sizes(), view, self._zoom, self._natural())
        for bar, whole, seen in (
            (self.verticalScrollBar(), self._sheet.height, view.height()),
            (self.horizontalScrollBar(), self._sheet.width, view.width()),
        ):
            bar.setRange(0, max(0, int(whole - seen)))
            bar.setPageStep(seen)
            bar.setSingleStep(theme.px(36))
        self.verticalScrollBar().setValue(int(self._sheet.position_of(anchor) - at.y()))
        self.horizontalScrollBar().setValue(int(across * self._sheet.width - at.x()))
        self._tell_page()
        self.viewport().update()

    def _tell_page(self) -> None:
        now = (self.page(), len(self._sheet.frames))
        if now != self._told_page:
            self._told_page = now
            self.page_changed.emit(*now)

    # ─── where things are ───

    def _left(self) -> float:
        return self.horizontalScrollBar().value() - max(0.0, (self.viewport().width() - self._sheet.width) / 2)

    def _top(self) -> float:
        return self.verticalScrollBar().value() - max(0.0, (self.viewport().height() - self._sheet.height) / 2)

    def _on_sheet(self, number: int, area: QRectF) -> QRectF:
        """Where an area of a page, in points from its top left corner, is on the whole sheet, in pixels."""
        frame, scale = self._sheet.frames[number], self._sheet.scale
        return QRectF(
            frame.left() + area.left() * scale,
            frame.top() + area.top() * scale,
            area.width() * scale,
            area.height() * scale,
        )

    def _bring_into_sight(self, area: QRectF) -> None:
        """Scroll no further than it takes to see an area of the sheet."""
        for bar, first, last, start, seen in (
            (self.verticalScrollBar(), area.top(), area.bottom(), self._top(), self.viewport().height()),
            (self.horizontalScrollBar(), area.left(), area.right(), self._left(), self.viewport().width()),
        ):
            margin = min(theme.px(24), seen / 4)
            if first < start + margin or last - first > seen - 2 * margin:
                bar.setValue(int(first - margin))
            elif last > start + seen - margin:
                bar.setValue(int(last - seen + margin))

    # ─── events ───

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.show_page(self.page() + (1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.show_page(1 if key == Qt.Key.Key_Home else len(self._sheet.frames))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        while abs(self._wheel) >= NOTCH:
            direction = 1 if self._wheel > 0 else -1
            self._wheel -= direction * NOTCH
            self._set_zoom(self._next_step(direction), event.position())

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
            self._paint_on_page(painter, number)
        for number in {first - 1, last + 1} & set(range(len(self._sheet.frames))):
            self._picture(number)  # the next to come into sight are ready when they do
        self.pages.keep(range(first, last + 1))
        if self.hasFocus() and self._focus_is_on_the_whole():
            painter.resetTransform()
            paint_frame(painter, self.viewport().rect(), "focus", radius=0)

    def _paint_on_page(self, painter: QPainter, number: int) -> None:
        """What else is painted on a page, in coordinates of the sheet."""

    def _focus_is_on_the_whole(self) -> bool:
        """Whether nothing smaller shows where the keyboard is."""
        return True

    def _paint_page(self, painter: QPainter, number: int) -> None:
        frame = self._sheet.frames[number].toRect()
        painter.fillRect(frame, theme.color("paper"))
        picture = self._picture(number)
        if picture is not None:
            exact = abs(picture.width() - frame.width() * self.devicePixelRatioF()) < REFIT
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
            painter.drawImage(QRect(frame), picture)
        painter.setPen(theme.color("edge"))
        painter.drawRect(frame.adjusted(-1, -1, 0, 0))

    def _picture(self, number: int) -> QImage | None:
        size = self._sheet.frames[number].toRect().size()
        return self.pages.picture(number, size, self.devicePixelRatioF())
