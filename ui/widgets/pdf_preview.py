"""The preview of a form: its pages, small pictures of them at the left, and a bar to find words.

Loading this module loads QtPdf: import it where the first page is shown, not at the start.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.pdf_find_bar import FindBar
from ui.widgets.pdf_finder import Hit, PdfFinder
from ui.widgets.pdf_lines import PAPER, PdfLines
from ui.widgets.pdf_thumbnails import Thumbnails

USUAL_WIDTH, LEAST_WIDTH = 148, 96  # of the small pictures, pixels at 100 %
GRIP = 5  # pixels to take hold of between them and the pages
MOST_SHARE = 0.5  # of the preview that the small pictures may take


class PdfPreview(PdfLines):
    """Shows a `PdfDocument`; the small pictures and the bar are made when first wanted.

    Ctrl+F opens the bar, F3 and Shift+F3 go from one hit to the next, Esc closes it.
    """

    thumbnails_changed = Signal(bool, int)  # shown, width in pixels at 100 %: what to remember

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.thumbnails: Thumbnails | None = None
        self.find_bar: FindBar | None = None
        self.finder: PdfFinder | None = None
        self._grip: _Grip | None = None
        self._thumbnail_width = USUAL_WIDTH

    # ─── small pictures ───

    def thumbnails_visible(self) -> bool:
        """Whether the small pictures are shown."""
        return self.thumbnails is not None and not self.thumbnails.isHidden()

    def set_thumbnails_visible(self, on: bool) -> None:
        """Show or hide the small pictures."""
        if on == self.thumbnails_visible():
            return
        thumbnails, grip = self._side()
        had_keyboard = thumbnails.hasFocus()
        for part in (thumbnails, grip):
            part.setVisible(on)
        if had_keyboard:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._arrange()
        thumbnails.show_page(self.page())
        self.thumbnails_changed.emit(on, self._thumbnail_width)

    def thumbnail_width(self) -> int:
        """Width of the small pictures in pixels at 100 %."""
        return self._thumbnail_width

    def set_thumbnail_width(self, width: int) -> None:
        """Make the small pictures as wide as they were, in pixels at 100 %; within reason."""
        self._thumbnail_width = max(LEAST_WIDTH, width)
        self._arrange()

    def _side(self) -> "tuple[Thumbnails, _Grip]":
        if self.thumbnails is None or self._grip is None:
            self.thumbnails, self._grip = Thumbnails(self.pages, self), _Grip(self)
            self.thumbnails.page_wanted.connect(self.show_page)
            self.page_changed.connect(lambda page, _pages: self._follow(page))
            self.thumbnails.hide()
            self._grip.hide()
            theme.changed.connect(self._arrange)
        return self.thumbnails, self._grip

    def _follow(self, page: int) -> None:
        if self.thumbnails is not None and self.thumbnails_visible():
            self.thumbnails.show_page(page)

    def drag_grip(self, x: int) -> None:
        """The edge between small pictures and pages was dragged to `x`."""
        scale = theme.current().scale
        most = self.width() * MOST_SHARE / scale
        self._thumbnail_width = round(max(LEAST_WIDTH, min(x / scale, most)))
        self._arrange()
        self.thumbnails_changed.emit(True, self._thumbnail_width)

    # ─── finding ───

    def open_find(self) -> None:
        """Open the bar, or go back to it; what is in it is selected, to be replaced by typing."""
        bar = self._bar()
        if bar.isHidden():
            bar.show()
            self._arrange()
            self._look_for(bar.edit.text())
        bar.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        bar.edit.selectAll()

    def close_find(self) -> None:
        """Close the bar; the keyboard is on the pages again."""
        if self.find_bar is None or self.find_bar.isHidden():
            return
        inside = self.find_bar.isAncestorOf(self.window().focusWidget() or self)
        self.find_bar.hide()
        self._arrange()
        if self.finder:
            self.finder.stop()
        if inside:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_next(self) -> None:
        """The next hit; opens the bar if there is nothing to find yet."""
        self._step_hit(1)

    def find_previous(self) -> None:
        """The hit before."""
        self._step_hit(-1)

    def _step_hit(self, by: int) -> None:
        if self.find_bar is None or self.find_bar.isHidden() or not self.find_bar.edit.text():
            self.open_find()
        elif self.finder:
            self.finder.step(by)

    def _bar(self) -> FindBar:
        if self.find_bar is None:
            bar = self.find_bar = FindBar(self)
            finder = self.finder = PdfFinder(self.pages, self)
            bar.hide()
            bar.wanted.connect(self._look_for)
            bar.stepped.connect(self._step_hit)
            bar.closed.connect(self.close_find)
            finder.changed.connect(self._show_hits)
            finder.arrived.connect(self._go_to_hit)
            theme.changed.connect(self._arrange)  # after the bar's own: it has measured itself by then
        return self.find_bar

    def _look_for(self, text: str) -> None:
        if self.finder:
            self.finder.look_for(text, max(0, self.page() - 1))

    def _show_hits(self) -> None:
        if self.finder and self.find_bar:
            self.find_bar.show_count(self.finder.words(), len(self.finder.hits))
        self.viewport().update()

    def _go_to_hit(self, hit: Hit) -> None:
        areas = self.finder.areas(hit) if self.finder else []
        if areas and hit.page < len(self._sheet.frames):
            whole = QRectF(areas[0])
            for area in areas[1:]:
                whole = whole.united(area)
            self._bring_into_sight(self._on_sheet(hit.page, whole))
        self.viewport().update()

    # ─── events ───

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if key == Qt.Key.Key_F and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.open_find()
        elif key == Qt.Key.Key_F3:
            self._step_hit(-1 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key == Qt.Key.Key_Escape and self.find_bar is not None and not self.find_bar.isHidden():
            self.close_find()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        """Give the bar the upper edge and the small pictures the left one."""
        high = self.find_bar.height() if self.find_bar is not None and not self.find_bar.isHidden() else 0
        wide = min(theme.px(self._thumbnail_width), int(self.width() * MOST_SHARE)) if self.thumbnails_visible() else 0
        if self.find_bar is not None and high:
            self.find_bar.setGeometry(QRect(0, 0, self.width(), high))
        if self.thumbnails is not None and self._grip is not None and wide:
            self.thumbnails.setGeometry(QRect(0, high, wide, self.height() - high))
            self._grip.setGeometry(QRect(wide, high, GRIP, self.height() - high))
        self.setViewportMargins(wide + GRIP if wide else 0, high, 0, 0)

    # ─── painting ───

    def _paint_on_page(self, painter: QPainter, number: int) -> None:
        super()._paint_on_page(painter, number)
        if self.finder is None:
            return
        current = self.finder.hit()
        for hit in self.finder.hits_on(number):
            outline = QPainterPath()
            for area in self.finder.areas(hit):
                outline.addRect(self._on_sheet(number, area))
            self._paint_hit(painter, outline.simplified(), current=hit == current)

    def _paint_hit(self, painter: QPainter, outline: QPainterPath, *, current: bool) -> None:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillPath(outline, QColor(PAPER.warn_line if current else PAPER.warn_ground))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.strokePath(outline, QPen(QColor(PAPER.warn if current else PAPER.warn_line), 1.5 if current else 1))


class _Grip(QWidget):
    """The edge between small pictures and pages, to be dragged."""

    def __init__(self, preview: PdfPreview) -> None:
        super().__init__(preview)
        self._preview = preview
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setToolTip("拖动改变缩略图宽度")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._preview.drag_grip(self.mapToParent(event.position() - QPointF(GRIP / 2, 0)).toPoint().x())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("canvas"))
        painter.fillRect(self.rect().adjusted(0, 0, 1 - self.width(), 0), theme.color("line"))
