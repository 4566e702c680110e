"""Two small charts painted from numbers: months as columns, kinds as bars. One hue, axis from 0 (VISUAL: charts)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui import theme
from ui.widgets.base import announce, plain_tip

GRID_LINES = 3


@dataclass(frozen=True, slots=True)
class ColumnValue:
    """One column: its name below, the lower and the upper part, and whether it is the current one."""

    name: str
    lower: int
    upper: int = 0
    current: bool = False

    @property
    def total(self) -> int:
        """Both parts together."""
        return self.lower + self.upper


def axis_top(largest: int) -> int:
    """A round number at or above `largest` that divides into `GRID_LINES` whole steps; never 0."""
    if largest <= GRID_LINES:
        return GRID_LINES
    step = largest / GRID_LINES
    unit = 10 ** floor(log10(step))
    steps = (nice * unit for nice in (1, 2, 2.5, 3, 4, 5, 6, 8, 10))
    return GRID_LINES * int(next(each for each in steps if each >= step and each == int(each)))


class _Chart(QWidget):
    """Shared by both: a chart is read aloud as the table of its numbers."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._tips: list[tuple[QRect, str]] = []
        theme.changed.connect(self.updateGeometry)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = next((text for area, text in self._tips if area.contains(event.pos())), "")
            QToolTip.showText(event.globalPos(), plain_tip(words), self)
            return True
        return super().event(event)

    def _tell(self, words: str) -> None:
        self.setAccessibleDescription(words)
        announce(self, self.accessibleName())
        self.update()

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)


class ColumnChart(_Chart):
    """Columns over an axis, each of a lower and an upper part (线下 and 线上 by month)."""

    def __init__(self, name: str, lower: str, upper: str) -> None:
        super().__init__(name)
        self._parts = (lower, upper)
        self._values: Sequence[ColumnValue] = ()

    def show_values(self, values: Sequence[ColumnValue]) -> None:
        """Draw these columns from left to right."""
        self._values = values
        lower, upper = self._parts
        self._tell("；".join(f"{each.name}月 {lower} {each.lower}，{upper} {each.upper}" for each in values))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), theme.px(168))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(13))
        metrics = QFontMetrics(painter.font())
        top = axis_top(max((each.total for each in self._values), default=0))
        left = metrics.horizontalAdvance(str(top)) + theme.px(10)
        line = metrics.height()
        area = QRect(left, line // 2 + 2, self.width() - left - 4, self.height() - line // 2 - line - theme.px(10))
        self._paint_axis(painter, area, top, line)
        if self._values:
            self._paint_columns(painter, area, top)
        self._paint_focus(painter)

    def _paint_axis(self, painter: QPainter, area: QRect, top: int, line: int) -> None:
        for step in range(GRID_LINES + 1):
            y = area.bottom() - area.height() * step // GRID_LINES
            painter.setPen(theme.color("edge" if step == 0 else "line_soft"))
            painter.drawLine(area.left(), y, area.right(), y)
            painter.setPen(theme.color("text2"))
            where = QRect(0, y - line // 2, area.left() - theme.px(6), line)
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(top * step // 3))

    def _paint_columns(self, painter: QPainter, area: QRect, top: int) -> None:
        self._tips = []
        slot = area.width() / len(self._values)
        wide = max(4, int(slot * 0.62))
        for number, each in enumerate(self._values):
            x = area.left() + int(slot * number + (slot - wide) / 2)
            low, high = (area.height() * part // top for part in (each.lower, each.upper))
            painter.fillRect(QRect(x, area.bottom() - low, wide, low), theme.color("chart"))
            if high:
                painter.setPen(theme.color("chart"))
                painter.setBrush(theme.color("chart2"))
                painter.drawRect(QRect(x, area.bottom() - low - high, wide - 1, high))
            bold = each.current
            painter.setFont(theme.font(13, bold))
            painter.setPen(theme.color("text" if bold else "text2"))
            below = QRect(int(area.left() + slot * number), area.bottom() + 2, int(slot), self.height() - area.bottom())
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, each.name)
            lower, upper = self._parts
            tip = f"{each.name}月：{lower} {each.lower}，{upper} {each.upper} 人次"
            self._tips.append((QRect(int(area.left() + slot * number), 0, int(slot), self.height()), tip))


class BarList(_Chart):
    """One bar per kind with its number behind it, names at the left."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._values: Sequence[tuple[str, int]] = ()

    def show_values(self, values: Sequence[tuple[str, int]]) -> None:
        """Draw one bar per (name, number), from the top."""
        self._values = values
        self._tell("；".join(f"{name} {number}" for name, number in values))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), self._line() * max(len(self._values), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), self._line() * max(len(self._values), 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(14))
        metrics = QFontMetrics(painter.font())
        names = max((metrics.horizontalAdvance(name) for name, _ in self._values), default=0)
        names = min(names, self.width() // 2)
        largest = max((number for _, number in self._values), default=0) or 1
        numbers = metrics.horizontalAdvance(str(largest)) + theme.px(8)
        left, line, gap = names + theme.px(12), self._line(), theme.px(8)
        room = max(self.width() - left - numbers - gap, 8)
        self._tips = []
        for index, (name, number) in enumerate(self._values):
            top = index * line
            painter.setPen(theme.color("text"))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, names)
            painter.drawText(QRect(0, top, names, line), Qt.AlignmentFlag.AlignVCenter, shown)
            bar = QRect(left, top + line // 4, room, line // 2)
            painter.fillRect(bar, theme.color("raised"))
            painter.fillRect(QRect(bar.left(), bar.top(), room * number // largest, bar.height()), theme.color("chart"))
            painter.setFont(theme.font(14, True))
            where = QRect(bar.right() + 1, top, self.width() - bar.right() - 2, line)
            painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))
            painter.setFont(theme.font(14))
            self._tips.append((QRect(0, top, self.width(), line), f"{name}：{number} 项"))
        self._paint_focus(painter)

    def _line(self) -> int:
        return max(theme.px(29), QFontMetrics(theme.font(14)).height() + 6)
