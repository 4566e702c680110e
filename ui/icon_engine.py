"""The QIcon for menus and actions. Not in ui/icons.py because what it imports costs 3 ms that a start need not pay."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from ui.icons import paint_icon

_clones: list[
    QIconEngine
] = []  # Qt copies an engine only when a picture is added to its icon, then owns what Python would free


class Engine(QIconEngine):
    """Paints one named icon; dimmed when disabled."""

    def __init__(self, name: str, color: str) -> None:
        super().__init__()
        self._name, self._color = name, color

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_icon(painter, rect, self._name, "edge" if mode == QIcon.Mode.Disabled else self._color)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        copy = Engine(self._name, self._color)
        _clones.append(copy)
        return copy
