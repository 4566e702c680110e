"""The bar to find words in a preview: what is looked for, 3/17, on and back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.base import announce, restyle
from ui.widgets.buttons import icon_button
from ui.widgets.edits import Edit
from ui.widgets.frames import Bar
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import row

EDIT_CHARS = 14  # Chinese characters that the box shows; it gives way in a narrow preview
LEAST_EDIT = 120  # pixels at 100 %


class FindBar(Bar):
    """Enter and F3 go on, Shift with either goes back, Esc closes."""

    wanted = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("tools", parent)
        self.setAccessibleName("在预览中查找")
        self.edit = Edit(placeholder="在预览中查找")
        self.edit.setAccessibleName("在预览中查找")
        self.count = TextLabel("", "second")
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.back = icon_button("arrow-up-s", "上一处", "flat", "Shift+F3", small=True)
        self.on = icon_button("arrow-down-s", "下一处", "flat", "F3", small=True)
        self.shut = icon_button("close", "关闭查找", "flat", "Esc", small=True)
        line = row(margins=(16, 0), spacing=4, parent=self)
        line.addStretch(1)
        line.addWidget(self.edit, 2)
        for part in (self.count, self.back, self.on, self.shut):
            line.addWidget(part)
        self.edit.textChanged.connect(self.wanted)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        self.shut.clicked.connect(self.closed)
        theme.changed.connect(self._measure_parts)
        self._measure_parts()

    def show_count(self, words: str, hits: int) -> None:
        """Say how many there are, to screen readers too when they have settled."""
        self.count.setText(words)
        restyle(self.edit, state="warn" if self.edit.text() and not hits and "…" not in words else "")
        for each in (self.back, self.on):
            each.setEnabled(hits > 0)
        if words and "…" not in words and not self.isHidden():
            at, _, of = words.partition("/")
            announce(self.count, f"第 {at} 处，共 {of} 处" if of else words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            self.stepped.emit(-1 if shift else 1)
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # the pages turn, and Ctrl+F is theirs as well
        else:
            event.accept()  # arrows that the box has no use for do not choose lines below it

    def _measure_parts(self) -> None:
        self.edit.setMinimumWidth(theme.px(LEAST_EDIT))
        self.edit.setMaximumWidth(self.edit.fontMetrics().horizontalAdvance("国") * EDIT_CHARS + theme.px(24))
        self.count.setMinimumWidth(self.count.fontMetrics().horizontalAdvance("没有找到"))
        self.setFixedHeight(theme.height(34) + 8)
