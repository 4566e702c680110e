"""The printed pages on the 报表 page. Loads QtPdf: import it only when the first page is shown."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.pdf_preview import PdfPreview


class ReportPages(PdfPreview):
    """One click on a number or on a field of a form about one record leads on; lines open with a double click.

    `place_opened` carries the `Place` on paper: a uid alone does not tell which number or which record's field it is.
    """

    place_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed = -1
        self.setAccessibleDescription("上下键选一行或一个数，按 Enter 打开")

    def _open(self, index: int) -> None:
        super()._open(index)
        if index >= 0:
            self.place_opened.emit(self._places[index])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed = self._place_at(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self._place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index == self._pressed and self._takes_one_click(index):
            self._open(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        pointing = self._takes_one_click(self._hovered)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._takes_one_click(self._place_at(event.position())):
            event.accept()  # the first click has led on already
        else:
            super().mouseDoubleClickEvent(event)

    def _takes_one_click(self, index: int) -> bool:
        return index >= 0 and (not self._places[index].uid or bool(self._places[index].field))
