"""What the colours and signs of the calendar mean, in one line below it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons, theme
from ui.widgets.base import paint_frame
from ui.widgets.calendar_faces import BADGES, STYLES

BADGE_WORDS = (("off", "放假"), ("work", "调休上班"))
SHOWN = ("plan", "done", "final", "draft", "overdue", "cancelled", "deadline")
HINT = "双击日期新建，拖动改期，Ctrl+Z 撤销"
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine


class CalendarLegend(QWidget):
    """Painted; as many signs as fit, the hint only if there is room for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        names = [words for _, words in BADGE_WORDS] + [STYLES[kind].word for kind in SHOWN]
        self.setAccessibleName("图例：" + "、".join(names) + "。" + HINT)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(13))
        metrics = QFontMetrics(theme.font(13))
        hint = metrics.horizontalAdvance(HINT)
        side, tall, x = theme.px(18), self.height(), 0
        for badge, words in BADGE_WORDS:
            word, ink, ground = BADGES[badge]
            box = QRect(x, (tall - side) // 2, side, side)
            paint_frame(painter, box, ground, 1, 3, ground)
            painter.setPen(theme.color(ink))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), word)
            x = self._word(painter, x + side, words, "hint", metrics)
        for kind in SHOWN:
            style = STYLES[kind]
            if x + side + metrics.horizontalAdvance(style.word) + theme.px(8) > self.width():
                return
            box = QRect(x, (tall - theme.px(14)) // 2, side, theme.px(14))
            if style.icon:
                icons.paint_icon(painter, box, style.icon, style.ink)
            else:
                paint_frame(painter, box, style.line, 1, 3, style.ground)
                painter.fillRect(box.x(), box.y() + 1, theme.px(3), box.height() - 2, theme.color(style.ink))
            x = self._word(painter, x + side, style.word, style.ink, metrics)
        if x + hint <= self.width():
            painter.setPen(theme.color("hint"))
            painter.drawText(self.rect(), MIDDLE | Qt.AlignmentFlag.AlignRight, HINT)

    def _word(self, painter: QPainter, x: int, words: str, ink: str, metrics: QFontMetrics) -> int:
        """Paint a word after its sign; returns where the next sign begins."""
        painter.setPen(theme.color(ink))
        wide = metrics.horizontalAdvance(words)
        painter.drawText(QRect(x + theme.px(5), 0, wide + 2, self.height()), MIDDLE, words)
        return x + theme.px(5) + wide + theme.px(16)
