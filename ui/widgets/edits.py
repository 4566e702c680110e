"""One-line boxes: the common base, a box that counts characters, and the search box."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui import fonts, icons, theme
from ui.widgets.base import restyle
from ui.widgets.buttons import icon_button

SIDE = 10  # from the border of a box to its text, pixels at 100 %


class Edit(QLineEdit):
    """A one-line box. `chars` Chinese characters wide, or as wide as its place if 0.

    Every field of this package has `value()`, `set_value()`, `value_changed`, `problem()` and `set_state()`.
    """

    value_changed = Signal(object)

    def __init__(self, chars: int = 0, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chars = chars
        if placeholder:
            self.setPlaceholderText(placeholder)
        if chars:
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._read)

    def value(self) -> object:
        """What is in the box: here its text."""
        return self.text()

    def set_value(self, value: Any) -> None:
        """Put a value into the box, from None or from what `value` returns."""
        self.setText(value or "")

    def problem(self) -> str:
        """A sentence saying why what is typed cannot be taken; empty if it can."""
        return ""

    def set_state(self, state: str) -> None:
        """ "error", "warn" or "" for neither."""
        restyle(self, state=state)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self._chars:
            return hint
        text = self.fontMetrics().horizontalAdvance("国") * self._chars
        return QSize(text + self._inside_right() + 2 * SIDE + 4, hint.height())

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(self.sizeHint().width(), hint.width() + self._inside_right()), hint.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._reserve()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reserve()

    def _read(self, text: str) -> None:
        """Called whenever the text has changed."""
        fonts.ensure_glyphs(text)
        self.value_changed.emit(self.value())

    def _inside_right(self) -> int:
        """Width at the right edge that is not for typing."""
        return 0

    def _reserve(self) -> None:
        self.setTextMargins(0, 0, self._inside_right(), 0)
        self.updateGeometry()

    def _paint_inside_right(self, text: str, token: str, size: int = 13) -> None:
        """Paint small type at the right edge, inside the box."""
        painter = QPainter(self)
        painter.setFont(theme.font(size))
        painter.setPen(theme.color(token if self.isEnabled() else "edge"))
        area = self.rect().adjusted(SIDE, 0, -SIDE, 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()


class CounterLineEdit(Edit):
    """Says at its right edge how much is written: 15 / 60 字. More can be typed; the number then turns red."""

    def __init__(
        self,
        limit: int,
        chars: int = 0,
        placeholder: str = "",
        *,
        unit: str = "字",
        count: Callable[[str], int] = len,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(chars, placeholder, parent)
        self._limit, self._unit, self._count = limit, unit, count

    def count(self) -> int:
        """How many characters are written."""
        return self._count(self.text())

    def is_over(self) -> bool:
        return self.count() > self._limit

    def problem(self) -> str:
        return (
            f"最多 {self._limit} {self._unit}，现在多了 {self.count() - self._limit} {self._unit}。"
            if self.is_over()
            else ""
        )

    def counter_text(self) -> str:
        """What the counter says now; shorter in a narrow box, and nothing in one without room."""
        short = f"{self.count()} / {self._limit}"
        room = self.width() - 2 * SIDE - self.fontMetrics().horizontalAdvance("国") * 6
        for text in (f"{short} {self._unit}".rstrip(), short):
            if QFontMetrics(theme.font(13)).horizontalAdvance(text) <= room:
                return text
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isReadOnly():
            self._paint_inside_right(self.counter_text(), "error" if self.is_over() else "hint")

    def _inside_right(self) -> int:
        if self.isReadOnly():
            return 0
        widest = f"{max(self._limit, self.count())} / {self._limit} {self._unit}" if self.counter_text() else ""
        return QFontMetrics(theme.font(13)).horizontalAdvance(widest) + theme.px(8)


class SearchEdit(Edit):
    """A box to search in: a magnifier at the left, ✕ at the right while something is typed. Esc empties it."""

    def __init__(self, placeholder: str, chars: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(chars, placeholder, parent)
        self.setAccessibleName("搜索")
        self._clear = icon_button("close", "清除搜索", small=True, parent=self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does the same; one Tab stop is enough
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self._clear.sizeHint()
        self._clear.setGeometry(
            QRect(self.width() - side.width() - 3, (self.height() - side.height()) // 2, side.width(), side.height())
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        icons.paint_icon(painter, QRect(SIDE + 1, 0, theme.px(18), self.height()), "search", "hint")

    def _inside_right(self) -> int:
        return theme.px(28)

    def _reserve(self) -> None:
        self.setTextMargins(theme.px(26), 0, self._inside_right(), 0)
        self.updateGeometry()
