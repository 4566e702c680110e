"""Choosing one from a list that opens."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy, QWidget

from ui import fonts, theme
from ui.widgets.base import restyle

Options = Sequence[tuple[str, str]]  # (code, label)


class ChoiceBox(QComboBox):
    """One of a list, or None while nothing is chosen. The wheel never changes it."""

    value_changed = Signal(object)  # code or None

    def __init__(
        self,
        options: Options = (),
        placeholder: str = "请选择",
        *,
        optional: bool = False,
        chars: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._optional, self._chars, self._last = optional, chars, None
        self.setPlaceholderText(placeholder)
        self.setView(QListView(self))  # the default view ignores the style sheet's row height
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(12)
        self.set_options(options)
        self.setProperty("empty", True)
        self.currentIndexChanged.connect(self._announce)

    def set_options(self, options: Options) -> None:
        """Replace the list; what was chosen stays chosen, also if the new list does not have it."""
        chosen = self.value()
        blocker = QSignalBlocker(self)
        self.clear()
        if self._optional:
            self.addItem("（不填）", None)
        for code, label in options:
            fonts.ensure_glyphs(label)
            self.addItem(label, code)
        self.setCurrentIndex(-1)
        if chosen is not None:
            self.set_value(chosen)
        blocker.unblock()

    def value(self) -> str | None:
        return self.currentData() if self.currentIndex() >= 0 else None

    def set_value(self, code: str | None) -> None:
        index = -1 if code is None else self.findData(code)
        if code is not None and index < 0:
            self.addItem(code, code)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def set_state(self, state: str) -> None:
        """ "error", "warn" or "" for neither."""
        restyle(self, state=state)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._chars:
            return QSize(self.fontMetrics().horizontalAdvance("国") * self._chars + theme.px(32) + 20, hint.height())
        return hint

    def minimumSizeHint(self) -> QSize:
        return QSize(min(theme.px(96), self.sizeHint().width()), self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # goes on to the page behind

    def _announce(self) -> None:
        if self.currentIndex() >= 0 and self.currentData() is None:
            blocker = QSignalBlocker(self)
            self.setCurrentIndex(-1)
            blocker.unblock()
        restyle(self, empty=self.value() is None)
        if self.value() != self._last:
            self._last = self.value()
            self.value_changed.emit(self._last)
