"""A scrolling middle with a pane at its right, which goes under it where the window is narrow."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QSizePolicy, QWidget

from ui import theme
from ui.widgets.base import application
from ui.widgets.frames import Bar
from ui.widgets.layouts import column, row
from ui.widgets.scrolling import bring_into_sight


class TwoPanes(QWidget):
    """`main` scrolls; `side` is `width` pixels wide at 100 % text, and both may be exchanged in place.

    What the keyboard is put on comes into sight, also when it was not Tab that led there.
    """

    def __init__(self, main: QWidget, side: QWidget, name: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side, self._width, self._wide = side, width, True
        inside = QWidget()
        inside.setProperty("clear", True)
        self._inner = column(main, spacing=0, parent=inside)
        self._inner.addStretch(1)
        self.area = _scroll(inside)
        self.area.setAccessibleName(name)
        self._holder = QWidget()
        self._holder.setProperty("clear", True)
        self._beside = column(side, spacing=0, parent=self._holder)
        self._bar = Bar("side")
        self._bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        beside = _scroll(self._holder)
        self._areas = (self.area, beside)
        column(beside, spacing=0, parent=self._bar)
        whole = row(spacing=0, parent=self)
        whole.addWidget(self.area, 1)
        whole.addWidget(self._bar)
        theme.changed.connect(self._measure)
        application().focusChanged.connect(self._follow)
        self._measure()

    def set_wide(self, wide: bool) -> None:
        """Have the pane at the right, or under the rest."""
        if wide == self._wide:
            return
        self._wide = wide
        if wide:
            self._inner.removeWidget(self._side)
            self._beside.addWidget(self._side)
        else:
            self._beside.removeWidget(self._side)
            self._inner.insertWidget(1, self._side)
        self._bar.setVisible(wide)

    def set_width(self, width: int) -> None:
        """Make the pane so many pixels wide at 100 % text."""
        self._width = width
        self._measure()

    def to_top(self) -> None:
        """Show the beginning."""
        self.area.verticalScrollBar().setValue(0)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            return  # what is being pressed must not move away from under the pointer
        if any(area.isAncestorOf(now) for area in self._areas):
            bring_into_sight(now)

    def _measure(self) -> None:
        self._bar.setFixedWidth(theme.px(self._width))


def _scroll(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what has the keyboard
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area
