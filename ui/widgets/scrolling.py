"""Bringing into sight what has just appeared on a page that scrolls."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from ui import theme

MARGIN = 36  # pixels at 100 % left above or below: room for the label of a box


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the page to `widget`, once the page has made room for it."""

    def scroll() -> None:
        above = widget.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and widget.isVisible():
            above.ensureWidgetVisible(widget, 0, theme.px(MARGIN))

    QTimer.singleShot(0, widget, scroll)
