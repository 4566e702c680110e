"""What went wrong last, above a page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.strips import MessageStrip


class Complaints(QWidget):
    """Stays until it is closed or the clerk goes elsewhere. `read` when it is closed: the keyboard, which was on its
    link, belongs to the page again.
    """

    read = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 8, 16, 8)
        self.message = ""
        self.hide()

    def show_error(self, text: str) -> None:
        """Show a sentence; an earlier one makes room."""
        self.hide_all()
        self.message = text
        self._layout.addWidget(MessageStrip("error", text, [("知道了", self._close)]))
        self.show()

    def _close(self) -> None:
        self.read.emit()
        self.hide_all()

    def hide_all(self) -> None:
        """Nothing is wrong any more."""
        self.message = ""
        while (item := self._layout.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.hide()
