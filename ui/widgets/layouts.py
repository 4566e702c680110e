"""Rows, columns and a flow, with spacing that follows the text scale."""

from contextlib import suppress
from typing import TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QLayoutItem, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from ui import theme

Margins = int | tuple[int, int] | tuple[int, int, int, int]  # every side · sides, ends · left, top, right, bottom
AnyLayout = TypeVar("AnyLayout", bound=QLayout)
AnyBox = TypeVar("AnyBox", bound=QBoxLayout)
_scaled: WeakKeyDictionary[QLayout, tuple[Margins, int]] = WeakKeyDictionary()


def row(
    *items: QWidget | QLayout | int | None, margins: Margins = 0, spacing: int = 8, parent: QWidget | None = None
) -> QHBoxLayout:
    """A row of widgets and layouts; an int is a gap of so many pixels more, None takes up what is left."""
    return _fill(scale(QHBoxLayout(parent) if parent else QHBoxLayout(), margins, spacing), items)


def column(
    *items: QWidget | QLayout | int | None, margins: Margins = 0, spacing: int = 8, parent: QWidget | None = None
) -> QVBoxLayout:
    """A column of widgets and layouts; an int is a gap of so many pixels more, None takes up what is left."""
    return _fill(scale(QVBoxLayout(parent) if parent else QVBoxLayout(), margins, spacing), items)


def scale(layout: AnyLayout, margins: Margins = 0, spacing: int = 8) -> AnyLayout:
    """Give a layout margins and spacing in pixels at 100 % and keep them at the text scale from then on."""
    _scaled[layout] = (margins, spacing)
    _set(layout, margins, spacing)
    return layout


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete the widgets that were in it."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            clear(inner)
            inner.deleteLater()
        elif widget is not None:
            widget.hide()
            widget.deleteLater()


def _fill(layout: AnyBox, items: tuple[QWidget | QLayout | int | None, ...]) -> AnyBox:
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(theme.px(item))
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)
    return layout


def _set(layout: QLayout, margins: Margins, spacing: int) -> None:
    sides = (margins,) * 4 if isinstance(margins, int) else margins * 2 if len(margins) == 2 else margins
    layout.setContentsMargins(*(theme.px(side) for side in sides))
    layout.setSpacing(theme.px(spacing))


def _rescale() -> None:
    for layout, (margins, spacing) in list(_scaled.items()):
        if Shiboken.isValid(layout):
            with suppress(RuntimeError):  # the collector may take a closed window away between these two lines
                _set(layout, margins, spacing)


theme.changed.connect(_rescale)


class FlowLayout(QLayout):
    """Items from left to right, as many lines as the width needs. `columns` > 0 lines them up under each other."""

    def __init__(
        self, parent: QWidget | None = None, spacing: int = 8, line_spacing: int = 4, columns: int = 0
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap, self._columns = spacing, line_spacing, columns
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """Everything in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        gaps = theme.px(self._gap) * max(0, len(hints) - 1)
        wide = (
            sum(hint.width() for hint in hints)
            if not self._columns
            else max((hint.width() for hint in hints), default=0) * min(self._columns, len(hints))
        )
        margins = self.contentsMargins()
        high = max((hint.height() for hint in hints), default=0)
        return QSize(wide + gaps + margins.left() + margins.right(), high + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Lay the items out in `rect` (or only measure) and return the height they take."""
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        gap, items = theme.px(self._gap), self._shown()
        cell = self._cell_width(items, area.width(), gap)
        x, y, line = area.x(), area.y(), 0
        for item in items:
            size = _fitted(item, area.width())
            if x > area.x() and x + size.width() > area.x() + area.width():
                x, y, line = area.x(), y + line + theme.px(self._line_gap), 0
            if item.expandingDirections() & Qt.Orientation.Horizontal:
                size.setWidth(area.x() + area.width() - x)
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += (cell or size.width()) + gap
            line = max(line, size.height())
        return y + line - rect.y() + margins.bottom()

    def _cell_width(self, items: list[QLayoutItem], width: int, gap: int) -> int:
        """Width of a column: as many as asked for, fewer if the widest item would not fit; 0 without columns."""
        if not self._columns or not items:
            return 0
        widest = max(item.sizeHint().width() for item in items)
        columns = max(1, min(self._columns, (width + gap) // (widest + gap)))
        return (width + gap) // columns - gap


def _fitted(item: QLayoutItem, width: int) -> QSize:
    """The size an item wants if it may be no wider than `width`."""
    size = item.sizeHint()
    if size.width() > width:
        size.setWidth(max(width, item.minimumSize().width()))
        if item.hasHeightForWidth():
            size.setHeight(item.heightForWidth(size.width()))
    return size
