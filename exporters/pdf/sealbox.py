"""An empty box to write an opinion in and to stamp."""

from collections.abc import Sequence

from exporters.pdf.gridtable import RULE
from exporters.pdf.paint import Painter, TextStyle
from exporters.pdf.result import Place
from exporters.text import printable

HEIGHT = 96.0  # room for a seal of 42 mm, less what may cover the text
PAD = 10.0


class SealDrawing:
    """The box, as wide as the form."""

    def __init__(self, text: str, style: TextStyle, room: float) -> None:
        self.height = HEIGHT
        self._text = printable(text)
        self._style = style
        self._room = room

    def draw(self, painter: Painter, page: int, left: float, top: float) -> Sequence[Place]:
        right, bottom = left + self._room, top + self.height
        painter.rules(((left, top, right, top), (left, bottom, right, bottom)), RULE)
        painter.rules(((left, top, left, bottom), (right, top, right, bottom)), RULE)
        x = right - PAD - self._style.width(self._text)
        painter.text(self._style, x, bottom - PAD - self._style.leading + self._style.baseline(), self._text)
        return ()
