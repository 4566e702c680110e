"""Icons painted from the program's own small icon font in a colour of the theme.

Names are Remix Icon's; "home-5" means "home-5-line". The font is never registered with Qt: outlines are taken from it
directly, so that the first icon costs a millisecond and the program's font list stays as it is.
"""

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QRawFont

from resources import path
from ui import theme

if TYPE_CHECKING:  # at run time QIcon alone costs 3 ms of the start
    from PySide6.QtGui import QIcon

FIRST_CODE_POINT = 0xE000
BOX = 240.0  # side of the square that the outlines are taken in; every glyph fills a square of this side


def icon(name: str, color: str = "text") -> "QIcon":
    """A QIcon for menus, tool buttons and actions; `color` is a token, looked up anew at every painting."""
    from ui.icon_engine import Engine, QIcon

    outline(name)  # a misspelt name fails here and not when it is painted
    return QIcon(Engine(name, color))


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
    names = path("icons/ledger-icons.txt").read_text(encoding="utf-8").split()
    return {name: FIRST_CODE_POINT + index for index, name in enumerate(names)}


@cache
def _font() -> QRawFont:
    return QRawFont(str(path("icons/ledger-icons.ttf")), BOX, QFont.HintingPreference.PreferNoHinting)
