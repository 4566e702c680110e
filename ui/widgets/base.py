"""Small helpers that several widgets share."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme


def restyle(widget: QWidget, **properties: str | bool) -> None:
    """Set dynamic properties that the style sheet looks at, and have it look again if any of them changed."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def plain_tip(text: str) -> str:
    """Text for a tool tip that is shown as typed, though Qt takes tags in tool tips for mark-up."""
    if "<" not in text:
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<p style='white-space:pre-wrap'>{escaped}</p>"


def plain_menu_text(text: str) -> str:
    """Text for a menu entry or action in which & stays an & instead of underlining a letter."""
    return text.replace("&", "&&")


def paint_frame(
    painter: QPainter, rect: QRect | QRectF, token: str, width: int = 2, radius: float = 4, ground: str = ""
) -> None:
    """A rounded frame that lies wholly inside `rect`, filled with the token `ground` if one is given."""
    half = width / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(token), width))
    painter.setBrush(theme.color(ground) if ground else QColor(Qt.GlobalColor.transparent))
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def keyboard_on(widget: QWidget) -> bool:
    """Whether the keyboard focus is on this widget and should be shown."""
    return widget.hasFocus() and widget.isEnabled()


def put_next_in_tab_order(before: QWidget, widgets: Sequence[QWidget]) -> None:
    """Let Tab go from `before` (or the last thing inside it) through `widgets`, which were made too late for that."""
    last = before
    for step in _focus_chain(before):
        if not before.isAncestorOf(step):
            break
        if step.focusPolicy() != Qt.FocusPolicy.NoFocus:  # Qt ignores the order of anything else
            last = step
    for widget in widgets:
        QWidget.setTabOrder(last, widget)
        last = widget


def tab_stops(widget: QWidget) -> list[QWidget]:
    """What Tab can reach inside `widget`, itself included, in the order it does."""
    found = [widget, *(step for step in _focus_chain(widget) if widget.isAncestorOf(step))]
    return [each for each in found if each.focusPolicy() & Qt.FocusPolicy.TabFocus]


def _focus_chain(start: QWidget) -> Iterator[QWidget]:
    """Every widget of the window after `start`, in the order of Tab."""
    step = start.nextInFocusChain()
    while step is not None and step is not start:
        yield step
        step = step.nextInFocusChain()


def announce(widget: QWidget, text: str) -> None:
    """Tell a screen reader that `widget` now says `text`."""
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    widget.setAccessibleName(text)
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))


def application() -> QApplication:
    """The running application."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
