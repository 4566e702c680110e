"""A figure in the text of a summary: one shaded chip with the value as it is now, which no key can cut in two."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from models.summary_text import LOST
from ui import theme
from ui.widgets.base import paint_frame

OBJECT = int(QTextFormat.ObjectTypes.UserObject.value) + 9
NAME = int(QTextFormat.Property.UserProperty.value) + 9  # the figure's name, in the format of its character
MARK = "\ufffc"  # the one character that a figure is in the document
SIDE = 3  # pixels at 100 % between the value and the edge of its chip

Value = Callable[[str], str | None]


def chip_format(name: str) -> QTextCharFormat:
    """The format of the character that stands for a figure."""
    made = QTextCharFormat()
    made.setObjectType(OBJECT)
    made.setProperty(NAME, name)
    made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)  # stands on the line as words do
    return made


def name_of(form: QTextCharFormat) -> str:
    """The figure a character with this format stands for, empty for none."""
    return str(form.property(NAME) or "") if form.objectType() == OBJECT else ""


class ChipPainter(QPyTextObject):
    """Measures and paints the figures of one document. `value` says what a figure reads, None for a lost one.

    `current` is the position of the figure that the keyboard is at, -1 for none.
    """

    def __init__(self, document: QTextDocument, value: Value) -> None:
        super().__init__(document)
        self.value = value
        self.current = -1
        document.documentLayout().registerHandler(OBJECT, self)

    def text(self, name: str) -> str:
        """What stands in the chip."""
        found = self.value(name)
        return LOST if found is None else found

    def intrinsicSize(self, doc: QTextDocument, _place: int, format: QTextFormat) -> QSizeF:
        metrics = QFontMetricsF(doc.defaultFont())
        words = self.text(name_of(format.toCharFormat()))
        return QSizeF(metrics.horizontalAdvance(words) + 2 * theme.px(SIDE) + 2, metrics.height())

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, doc: QTextDocument, place: int, format: QTextFormat
    ) -> None:
        name = name_of(format.toCharFormat())
        tone = "warn" if self.value(name) is None else "info"
        chip = QRectF(rect).adjusted(1, 0, -1, 0)
        edge, width = ("focus", 2) if place == self.current else (f"{tone}_line", 1)
        paint_frame(painter, chip, edge, width, 4, f"{tone}_ground")
        painter.save()
        painter.setFont(doc.defaultFont())
        painter.setPen(theme.color("warn" if tone == "warn" else "text"))
        painter.drawText(QRectF(rect), int(Qt.AlignmentFlag.AlignCenter) | Qt.TextFlag.TextSingleLine, self.text(name))
        painter.restore()
