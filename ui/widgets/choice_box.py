"""Choosing one from a list that opens."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)

from ui import fonts, theme
from ui.widgets.base import plain_tip, restyle

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

    def shown_text(self) -> str:
        """The choice as far as there is room for it."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - 2
        text = self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As Qt does, but words that have no room end in …… instead of in the middle of a sign."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown_text()  # pyright: ignore[reportAttributeAccessIssue]
        if self.currentIndex() < 0:
            palette = option.palette  # pyright: ignore[reportAttributeAccessIssue]
            palette.setBrush(QPalette.ColorRole.ButtonText, palette.placeholderText())
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def event(self, event: QEvent) -> bool:
        """The tool tip is the choice in full where it is cut."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and not self.toolTip():
            cut = self.currentIndex() >= 0 and self.shown_text() != self.currentText()
            QToolTip.showText(event.globalPos(), plain_tip(self.currentText()) if cut else "", self)
            return True
        return super().event(event)

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
