"""The mouse wheel never changes a closed box, wherever the pointer happens to stop; it scrolls the page instead.

A filter on the application would see every event of the program (2 µs each, several milliseconds of the start). Wheel
events enter through the window, so the filter sits there and sees only what the mouse and the keyboard do.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF
from PySide6.QtGui import QGuiApplication, QWheelEvent, QWindow
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSpinBox, QApplication, QComboBox, QWidget

BOXES = (QComboBox, QAbstractSpinBox)  # date and time edits are spin boxes to Qt


class _WheelGuard(QObject):
    def watch(self, window: QWindow | None) -> None:
        if window is not None and not window.property("wheel_guard"):
            window.setProperty("wheel_guard", True)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel or not isinstance(event, QWheelEvent):
            return False
        box = box_at(event.globalPosition().toPoint())
        return box is not None and scroll_page_behind(box, event)


def install_wheel_guard(app: QApplication) -> None:
    """Guard every box in every window of `app`, those made later too."""
    guard = _WheelGuard(app)
    app.focusWindowChanged.connect(guard.watch)
    for window in QGuiApplication.topLevelWindows():
        guard.watch(window)


def box_at(place: QPoint) -> QWidget | None:
    """The combo, spin or date box at a place on the screen, also when the place is on a part of it."""
    widget = QApplication.widgetAt(place)
    while widget is not None and not widget.isWindow():
        if isinstance(widget, BOXES):
            return widget
        widget = widget.parentWidget()
    return None


def scroll_page_behind(box: QWidget, event: QWheelEvent) -> bool:
    """Give a wheel event that hit `box` to the pages it lies on, the inner first. Always True: the box gets nothing."""
    behind = box.parentWidget()
    while behind is not None:
        if isinstance(behind, QAbstractScrollArea) and _scrolled(behind.viewport(), event):
            break
        behind = behind.parentWidget()
    event.accept()
    return True


def _scrolled(page: QWidget, event: QWheelEvent) -> bool:
    """Whether a page had a use for the wheel; one that is at its end has none."""
    place = QPointF(page.mapFromGlobal(event.globalPosition().toPoint()))
    moved = QWheelEvent(
        place,
        event.globalPosition(),
        event.pixelDelta(),
        event.angleDelta(),
        event.buttons(),
        event.modifiers(),
        event.phase(),
        event.inverted(),
    )
    return QApplication.sendEvent(page, moved) and moved.isAccepted()
