"""What the hands of a person do: keys, an input method, the wheel."""

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot


def type_with_input_method(widget: QWidget, text: str) -> None:
    """What a Chinese input method does: first a preview, then the chosen words (keyClicks cannot type Chinese)."""
    QCoreApplication.sendEvent(widget, QInputMethodEvent("lao", []))
    commit = QInputMethodEvent("", [])
    commit.setCommitString(text)
    QCoreApplication.sendEvent(widget, commit)


def press(qtbot: QtBot, key: Qt.Key, widget: QWidget | None = None) -> None:
    """Press a key where the keyboard focus is."""
    target = widget or QApplication.focusWidget()
    assert target is not None
    qtbot.keyClick(target, key)


def turn_wheel(receiver: QObject, over: QWidget) -> None:
    """Turn the wheel one notch towards oneself with the pointer in the middle of `over`."""
    inside = QPointF(over.rect().center())
    event = QWheelEvent(
        inside,
        QPointF(over.mapToGlobal(inside.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QCoreApplication.sendEvent(receiver, event)
