"""Which colour of a chart means what, in words."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme


class Legend(QWidget):
    """Squares in the chart's colours, each with its word."""

    def __init__(self, entries: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._entries = entries
        self.setAccessibleName("图例：" + "、".join(word for _, word in entries))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(14))
        words = sum(metrics.horizontalAdvance(word) for _, word in self._entries)
        return QSize(words + len(self._entries) * theme.px(12 + 6 + 12), metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(14))
        metrics, x = painter.fontMetrics(), 0
        for token, word in self._entries:
            x += theme.px(12)
            side = theme.px(12)
            box = QRect(x, (self.height() - side) // 2, side, side)
            painter.fillRect(box, theme.color(token))
            painter.setPen(theme.color("chart"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            x += side + theme.px(6)
            painter.setPen(theme.color("text2"))
            wide = metrics.horizontalAdvance(word)
            painter.drawText(QRect(x, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
            x += wide
