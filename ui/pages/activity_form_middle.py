"""What lies between header and footer: the scrolled form, and the clause strip beside or over it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui import theme
from ui.pages.clause_strip import ClauseStrip
from ui.widgets.layouts import column, row

FORM_WIDTH = 960


class FormMiddle(QWidget):
    """`parts` are put under each other in the scrolled column."""

    def __init__(self, strip: ClauseStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip = strip
        strip.setParent(self)
        self._beside = True
        self._open = False
        self.scroll = QScrollArea(self)
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = QWidget()
        body.setProperty("clear", True)
        self._sheet = QWidget()
        self._column = column(spacing=12, parent=self._sheet)
        row(self._sheet, None, margins=(24, 12), spacing=0, parent=body).setStretchFactor(self._sheet, 1_000)
        self.scroll.setWidget(body)
        theme.changed.connect(self._arrange)

    def add(self, part: QWidget) -> None:
        self._column.addWidget(part)

    def finish(self) -> None:
        """After the last part: what is left of the height stays empty."""
        self._column.addStretch(1)

    def set_beside(self, beside: bool) -> None:
        """Strip beside the form (there is room), or as a drawer over it."""
        self._beside = beside
        self.strip.set_drawer(not beside)
        self._arrange()

    def set_drawer_open(self, is_open: bool) -> None:
        self._open = is_open
        self._arrange()

    def strip_shown(self) -> bool:
        return self._beside or self._open

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        self._sheet.setMaximumWidth(theme.px(FORM_WIDTH))
        wide = self.strip.sizeHint().width() if not self.strip.minimumWidth() else self.strip.minimumWidth()
        left = self.width() - wide
        self.scroll.setGeometry(0, 0, left if self._beside else self.width(), self.height())
        self.strip.setGeometry(left, 0, wide, self.height())
        self.strip.setVisible(self.strip_shown())
        self.strip.raise_()
