"""What was just done, with the way back. Never for errors."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from ui import theme
from ui.widgets.base import announce, application
from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel, IconLabel
from ui.widgets.layouts import row

SECONDS = 8
ABOVE_EDGE = 52


class Toast(QFrame):
    """One message at a time at the bottom centre of `host`, gone after 8 seconds.

    It stays while the pointer or the keyboard focus is on it.
    """

    def __init__(self, host: QWidget, above_edge: int = ABOVE_EDGE) -> None:
        super().__init__(host)
        self.setProperty("ground", "toast")
        self._host, self._above_edge = host, above_edge
        self._act: Callable[[], object] | None = None
        self._seen = False
        self._icon = IconLabel("checkbox-circle", "toast", 18, self)
        self._words = ElidedLabel("", parent=self)
        self._button = Button(" ", kind="toast", parent=self)
        self._button.clicked.connect(self._run)
        self._close = Button("关闭", "close", "toast", parent=self)
        self._close.set_brevity(2)
        self._close.clicked.connect(self.hide)
        row(self._icon, self._words, self._button, self._close, margins=(16, 5, 8, 5), spacing=12, parent=self)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._leave)
        host.installEventFilter(self)
        application().focusChanged.connect(self._focus_moved)
        self.hide()

    def show_message(
        self,
        text: str,
        action_text: str = "",
        action: Callable[[], object] | None = None,
        *,
        shortcut: str = "",
        icon: str = "checkbox-circle",
    ) -> None:
        """Say `text`, offering `action` (such as 撤销, with the key that does the same). Replaces what is shown."""
        self._act, self._seen = action, False
        self._icon.set_icon(icon)
        self._words.setText(text)
        self._button.setText(f"{action_text} {shortcut}".strip())
        self._button.setVisible(bool(action_text))
        self._place()  # before it is shown, or the pointer might be on it for a moment
        self.show()
        self.raise_()
        announce(self, text)
        self._count_down()

    def _focus_moved(self, _before: QWidget | None, _now: QWidget | None) -> None:
        self._count_down()

    def text(self) -> str:
        return self._words.text()

    def hide_if_seen(self) -> None:
        """The clerk goes elsewhere. What the act that leads there has said was not on screen yet: it stays."""
        if self._seen:
            self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._seen = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.isVisible():
            self._place()
        return False

    def enterEvent(self, event: QEvent) -> None:  # type: ignore[override]
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        self._count_down()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def remaining(self) -> int:
        """Milliseconds until it goes, −1 while it stays."""
        return self._timer.remainingTime() if self._timer.isActive() else -1

    def _place(self) -> None:
        self.adjustSize()
        width = min(self.sizeHint().width(), self._host.width() - 2 * theme.px(16))
        self.resize(width, self.sizeHint().height())
        self.move((self._host.width() - width) // 2, self._host.height() - self.height() - theme.px(self._above_edge))

    def _run(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()

    def _is_used(self) -> bool:
        focused = QApplication.focusWidget()
        return self.underMouse() or (focused is not None and self.isAncestorOf(focused))

    def _count_down(self) -> None:
        """Start the eight seconds anew, or stop them while somebody is on the message."""
        if self._is_used() or not self.isVisible():
            self._timer.stop()
        else:
            self._timer.start(SECONDS * 1000)

    def _leave(self) -> None:
        if not self._is_used():
            self.hide()
