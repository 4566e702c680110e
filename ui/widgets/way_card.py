"""One of several ways to do something, as a card with a radio button; the chosen one has a frame."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.base import paint_frame
from ui.widgets.chips import Chip
from ui.widgets.choices import Radio
from ui.widgets.labels import WrapLabel
from ui.widgets.layouts import column, row


class WayCard(QFrame):
    """`body` holds what belongs to the way; `chosen` is emitted when it becomes the chosen one."""

    chosen = Signal()

    def __init__(
        self, title: str, chip: Chip | None, hint: str, group: QButtonGroup, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self.setAccessibleName(title)
        self.radio = Radio(title)
        font = self.radio.font()
        font.setBold(True)
        self.radio.setFont(font)
        group.addButton(self.radio)
        self.radio.toggled.connect(self._toggle)
        self.hint = WrapLabel(hint, "small")
        head = row(self.radio, *([chip] if chip else []), None, spacing=8)
        self.body: QVBoxLayout = column(spacing=6)
        inside = column(self.hint, spacing=6)
        inside.addLayout(self.body)
        self._indent = QSpacerItem(0, 0)
        under = row(spacing=0)
        under.addItem(self._indent)
        under.addLayout(inside, 1)
        column(head, under, margins=(14, 10), spacing=2, parent=self)
        theme.changed.connect(self._measure)
        self._measure()

    def is_chosen(self) -> bool:
        """Whether this is the way that was chosen."""
        return self.radio.isChecked()

    def choose(self) -> None:
        """Make it the chosen way."""
        self.radio.setChecked(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Anywhere on the card chooses it."""
        super().mousePressEvent(event)
        self.choose()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A thicker frame in the colour of focus tells which one is chosen."""
        super().paintEvent(event)
        if self.is_chosen():
            paint_frame(QPainter(self), self.rect(), "focus", 2, 6)

    def _measure(self) -> None:
        """What belongs to the way stands under the words of its title."""
        self._indent.changeSize(self.radio.indent(), 0, QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.updateGeometry()

    def _toggle(self, on: bool) -> None:
        self.update()
        if on:
            self.chosen.emit()
