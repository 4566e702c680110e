"""What lies between header and footer: the scrolled form, and the clause strip beside or over it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from ui import theme
from ui.pages.clause_strip import ClauseStrip
from ui.widgets.layouts import column, row

FORM_WIDTH = 960


class FormMiddle(QWidget):
    """`refresh_strip` is called whenever the strip comes into sight; `home` puts the keyboard back into the form."""

    def __init__(
        self,
        strip: ClauseStrip,
        refresh_strip: Callable[[], object],
        home: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.strip, self._refresh_strip, self._home = strip, refresh_strip, home
        self._came_from: QWidget | None = None  # where the keyboard was before F1
        self._beside = True
        self._open = False
        strip.closed.connect(self.leave_strip)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setProperty("clear", True)
        self._sheet = QWidget()
        self._column = column(spacing=12, parent=self._sheet)
        row(self._sheet, None, margins=(24, 12), spacing=0, parent=body).setStretchFactor(self._sheet, 1_000)
        self.area.setWidget(body)
        theme.changed.connect(self._arrange)

    def fill(self, *parts: QWidget) -> None:
        """Put the parts of the form under each other."""
        for part in parts:
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.strip.setParent(self)  # only now, so that Tab comes to it after the form

    def scroll_to_top(self) -> None:
        self.area.verticalScrollBar().setValue(0)

    def set_beside(self, beside: bool) -> None:
        """Strip beside the form (there is room), or as a drawer over it, closed for now."""
        self._beside, self._open = beside, False
        self.strip.set_drawer(not beside)
        self._arrange()

    def strip_shown(self) -> bool:
        return self._beside or self._open

    def drawer_open(self) -> bool:
        """Whether the strip lies over the form."""
        return self._open and not self._beside

    def toggle_strip(self) -> None:
        """F1: the keyboard goes to the clause strip, or back to where it was."""
        focused = QApplication.focusWidget()
        if focused and self.strip.isAncestorOf(focused):
            self.leave_strip()
            return
        self._came_from, self._open = focused, True
        self._arrange()
        self._refresh_strip()
        self.strip.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_strip(self) -> None:
        """Close the drawer, if it is one, and go back to the field."""
        self._open = False
        self._arrange()
        if self._came_from is not None and self._came_from.isVisible() and self.area.isAncestorOf(self._came_from):
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._home()
        self._came_from = None  # it may be deleted before F1 is pressed again

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._sheet.setMaximumWidth(theme.px(FORM_WIDTH))
        left = self.width() - self.strip.minimumWidth()
        self.area.setGeometry(0, 0, left if self._beside else self.width(), self.height())
        self.strip.setGeometry(left, 0, self.strip.minimumWidth(), self.height())
        self.strip.setVisible(self.strip_shown())
        self.strip.raise_()
