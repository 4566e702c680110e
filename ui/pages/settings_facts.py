"""What several cards of 设置 share: names and what they stand for, and the order of Tab."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.widgets.cards import Card
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import scale


def line_up_tab_order(*widgets: QWidget) -> None:
    """Have Tab go through the widgets in this order, though some were made later than others."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


class FactsCard(Card):
    """Names and what they stand for, in two columns."""

    def __init__(self, title: str, aside: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(title, aside, parent=parent)
        self._grid = scale(QGridLayout(), 0, 8)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)

    def add(self, name: str, text: str) -> WrapLabel:
        """A line; returns the label of its text."""
        line = self._grid.rowCount()
        value = WrapLabel(text, "small")
        self._grid.addWidget(TextLabel(name, "hint"), line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, line, 1)
        return value
