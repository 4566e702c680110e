"""A box for several lines that grows with its text and counts it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from ui import fonts, theme
from ui.widgets.base import restyle
from ui.widgets.labels import TextLabel

LINE_HEIGHT = 1.55  # of the type size, whatever the typeface's own line height is


class CounterTextEdit(QTextEdit):
    """Plain text of several lines. Grows from `min_lines` to `max_lines`, then scrolls. Tab goes to the next field.

    `limit` > 0 shows “237 / 2000 字” below the text; more can be typed, the number then turns red.
    """

    value_changed = Signal(object)
    count_changed = Signal(int)

    def __init__(
        self,
        limit: int = 0,
        min_lines: int = 3,
        max_lines: int = 12,
        placeholder: str = "",
        *,
        unit: str = "字",
        count: Callable[[str], int] = len,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._limit, self._unit, self._count = limit, unit, count
        self._lines = (min_lines, max_lines)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._counter = TextLabel("", "tiny", parent=self)
        self._counter.setVisible(limit > 0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.updateGeometry())
        self.textChanged.connect(self._recount)
        self.textChanged.connect(lambda: self.value_changed.emit(self.toPlainText()))
        self._fit()

    def value(self) -> str:
        """What is written, line breaks as \\n."""
        return self.toPlainText()

    def set_value(self, value: str | None) -> None:
        """Replace everything; cannot be undone with Ctrl+Z. Does nothing if the text is the same."""
        if (value or "") != self.toPlainText():
            self.setPlainText(value or "")
            self._fit()

    def text(self) -> str:
        return self.toPlainText()

    def setText(self, text: str) -> None:  # Qt's own would take tags in the text for mark-up
        self.set_value(text)

    def problem(self) -> str:
        """A sentence when there is too much text; empty otherwise."""
        over = self.count() - self._limit
        return f"最多 {self._limit} {self._unit}，现在多了 {over} {self._unit}。" if self.is_over() else ""

    def set_state(self, state: str) -> None:
        """ "error", "warn" or "" for neither."""
        restyle(self, state=state)

    def count(self) -> int:
        """How many characters are written."""
        return self._count(self.toPlainText())

    def is_over(self) -> bool:
        return 0 < self._limit < self.count()

    def sizeHint(self) -> QSize:
        line = theme.px(theme.BODY * LINE_HEIGHT)
        least, most = (line * lines for lines in self._lines)
        wanted = int(self.document().size().height() - 2 * self.document().documentMargin() + 0.5)
        around = 2 * int(self.document().documentMargin()) + 4 + self._counter_height()
        return QSize(theme.px(240), max(least, min(most, wanted)) + around)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins a line. In an empty line with a line height Qt's own Enter only takes the line height away."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and not self.isReadOnly():
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_counter()

    def _fit(self) -> None:
        """Give every line the same height and the text its distance from the border, outside of the undo history."""
        document = self.document()
        document.setDocumentMargin(theme.px(7))
        document.setUndoRedoEnabled(False)
        spacing = QTextBlockFormat()
        spacing.setLineHeight(theme.px(theme.BODY * LINE_HEIGHT), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        document.setUndoRedoEnabled(True)
        self.setViewportMargins(0, 0, 0, self._counter_height())
        self._recount()

    def _counter_height(self) -> int:
        return theme.height(22) if self._limit else 0

    def _recount(self) -> None:
        text = self.toPlainText()
        fonts.ensure_glyphs(text)
        number = self._count(text)
        if self._limit:
            self._counter.setText(f"{number} / {self._limit} {self._unit}")
            self._counter.set_tone("error" if number > self._limit else "")
            self._place_counter()
        self.count_changed.emit(number)

    def _place_counter(self) -> None:
        size = self._counter.sizeHint()
        self._counter.setGeometry(
            self.width() - size.width() - theme.px(10), self.height() - size.height() - 4, size.width(), size.height()
        )
