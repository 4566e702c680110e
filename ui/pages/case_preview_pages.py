"""The pages of the printed case. Loads QtPdf: import it only when the first page is shown."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent

from ui.widgets.pdf_preview import PdfPreview
from ui.widgets.pdf_sheet import MARGIN

WIDEST = 1.5  # of natural size: wider than that nobody reads better


class CasePages(PdfPreview):
    """One click on a place leads to its field; another place can be pointed at without a word to screen readers."""

    def __init__(self) -> None:
        super().__init__()
        self._pressed = -1
        self.setAccessibleName("打印预览")
        self.setAccessibleDescription("上下键选一处，按 Enter 回到填写处")

    def point_at(self, uid: str, *, go_there: bool = True) -> None:
        """Tint a place and, with `go_there`, have it in sight; nothing is tinted if no page shows it."""
        index = next((i for i, place in enumerate(self._places) if place.uid == uid), -1)
        self._current = index
        self.viewport().update()
        if index >= 0 and go_there:
            area = self._area_of(self._places[index])
            bar, seen = self.verticalScrollBar(), self.viewport().height()
            if area.top() < self._top() or area.top() > self._top() + seen:
                bar.setValue(int(area.top() - seen / 3))

    def fit_width(self) -> None:
        """Show a page as wide as there is room for: 适合整页 would be too small to read in a low window."""
        sizes, room = self.pages.sizes(), self.width() - self.verticalScrollBar().sizeHint().width() - 2 * MARGIN
        if sizes:
            self._set_zoom(min(WIDEST, max(0.25, room / max(size.width() for size in sizes) / self._natural())))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = self._place_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._place_at(event.position()) == self._pressed:
            self._open(self._pressed)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()  # the first click has led away already
