"""The keys of the form: while it has the keyboard they come before the window's own and before a text box's undo."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ui.widgets.base import application


class FormKeys(QObject):
    """Watches whatever in the form has the keyboard: text boxes have an undo of their own, lists search for letters."""

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        self._acts: dict[QKeyCombination, Callable[[], object]] = {}
        form.installEventFilter(self)
        application().focusChanged.connect(self._watch)

    def add(self, keys: str, act: Callable[[], object]) -> None:
        """Do `act` on these keys, written as in “Ctrl+S”."""
        self._acts[QKeySequence(keys)[0]] = act  # pyright: ignore[reportIndexIssue] - missing in the stubs

    def _watch(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._form.isAncestorOf(new):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not isinstance(event, QKeyEvent):
            return False
        act = self._acts.get(_combination(event))
        if act is None:
            return kind == QEvent.Type.KeyPress and _presses_button(event)
        event.accept()
        if kind == QEvent.Type.KeyPress:
            act()
        return True


def _combination(event: QKeyEvent) -> QKeyCombination:
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    return QKeyCombination(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, key)


def _presses_button(event: QKeyEvent) -> bool:
    """Enter on a button or link presses it, as Space does."""
    focused = QApplication.focusWidget()
    if _combination(event) != QKeyCombination(Qt.Key.Key_Return) or not isinstance(focused, QPushButton):
        return False
    focused.click()
    return True
