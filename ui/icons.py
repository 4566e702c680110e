"""Icons painted from the program's own small icon font in a colour of the theme.

Names are Remix Icon's; "home-5" means "home-5-line". The font is never registered with Qt: outlines are taken from it directly,
so that the first icon costs a millisecond and the program's font list stays as it is.
"""

import json
from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QIconEngine, QPainter, QPainterPath, QPixmap, QRawFont

from resources import path
from ui import theme

_clones: list[
    QIconEngine
] = []  # Qt copies an engine only when a picture is added to the icon, then owns what Python would free
BOX = 240.0  # side of the square that the outlines are taken in; every glyph fills a square of this side


def icon(name: str, color: str = "text") -> QIcon:
    """A QIcon for menus, tool buttons and actions; `color` is a token, looked up anew at every painting."""
    outline(name)  # a misspelt name fails here and not when it is painted
    return QIcon(_Engine(name, color))


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, color: str | QColor = "text") -> None:
    """Paint an icon as large as fits into `rect`, centred; `color` is a token or a colour."""
    area = QRectF(rect)
    side = min(area.width(), area.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.center().x() - side / 2, area.center().y() - side / 2)
    painter.scale(side / BOX, side / BOX)
    painter.fillPath(outline(name), color if isinstance(color, QColor) else theme.color(color))
    painter.restore()


def has_icon(name: str) -> bool:
    """Whether the font has this icon."""
    return name in _code_points() or f"{name}-line" in _code_points()


@cache
def outline(name: str) -> QPainterPath:
    """The icon's outline in a square of BOX × BOX; an unknown name is a KeyError."""
    code_points = _code_points()
    code = code_points.get(f"{name}-line") or code_points[name]
    font = _font()
    shape = font.pathForGlyph(font.glyphIndexesForString(chr(code))[0])
    shape.translate(0, BOX)  # glyphs stand on the base line, pictures hang from the top
    return shape


@cache
def _code_points() -> dict[str, int]:
    return json.loads(path("icons/ledger-icons.json").read_text(encoding="utf-8"))


@cache
def _font() -> QRawFont:
    return QRawFont(str(path("icons/ledger-icons.ttf")), BOX, QFont.HintingPreference.PreferNoHinting)


class _Engine(QIconEngine):
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
        copy = _Engine(self._name, self._color)
        _clones.append(copy)
        return copy
