"""The month that opens under a date box.

Painted here and not a QCalendarWidget, which writes “十月 2025”, colours week-ends red and knows no “清空”.
"""

from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ui import theme
from ui.widgets.base import announce, keyboard_on, paint_frame
from ui.widgets.buttons import icon_button, link
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column, row

WEEK = "一二三四五六日"
LINES, CELL, HEAD = 6, 34, 28
KEYS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


def month_later(day: date, months: int) -> date:
    """The same day some months later (or earlier), or the month's last day if it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


class MonthGrid(QWidget):
    """Six weeks from Monday to Sunday around the month of one marked day. Arrow keys and PgUp/PgDn move the mark."""

    picked = Signal(object)  # date
    moved = Signal(object)  # date

    def __init__(self, day: date, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day, self._today = day, today
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_day(day)

    def day(self) -> date:
        return self._day

    def set_day(self, day: date) -> None:
        """Mark a day and show its month."""
        self._day = day
        announce(self, f"{day.year}年{day.month}月{day.day}日 周{WEEK[day.weekday()]}")
        self.moved.emit(day)
        self.update()

    def first_shown(self) -> date:
        """The Monday in the upper left corner."""
        first = self._day.replace(day=1)
        return first - timedelta(days=first.weekday())

    def cell_of(self, day: date) -> QRect:
        """Where a day of the six weeks shown is painted."""
        line, place = divmod((day - self.first_shown()).days, 7)
        side = self._side()
        return QRect(place * side, self._head() + line * side, side, side)

    def sizeHint(self) -> QSize:
        return QSize(7 * self._side(), self._head() + LINES * self._side())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in KEYS:
            self.set_day(self._day + timedelta(days=KEYS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.set_day(month_later(self._day, -1 if key == Qt.Key.Key_PageUp else 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self._day)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        for index in range(7 * LINES):
            day = self.first_shown() + timedelta(days=index)
            if self.cell_of(day).contains(place):
                self.set_day(day)
                self.picked.emit(day)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("hint"))
        for place, name in enumerate(WEEK):
            area = QRect(place * self._side(), 0, self._side(), self._head())
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), name)
        for index in range(7 * LINES):
            self._paint_day(painter, self.first_shown() + timedelta(days=index))

    def _paint_day(self, painter: QPainter, day: date) -> None:
        cell, marked = self.cell_of(day), day == self._day
        ink = "text" if day.month == self._day.month else "hint"
        if marked:
            paint_frame(painter, cell.adjusted(2, 2, -2, -2), "focus", 1, 4, "focus")
            ink = "on_focus"
        elif day == self._today:
            ink = "accent_text"
        if marked and keyboard_on(self):
            paint_frame(painter, cell, "focus", 2, 6)
        painter.setFont(theme.font(14, bold=day == self._today))
        painter.setPen(theme.color(ink))
        painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), str(day.day))

    def _side(self) -> int:
        return theme.px(CELL)

    def _head(self) -> int:
        return theme.height(HEAD)


class CalendarPopup(QFrame):
    """A month to pick a day from. Enter takes the marked day, Esc closes."""

    picked = Signal(object)  # date, or None for “清空”

    def __init__(self, day: date, today: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "popup")
        self._title = TextLabel("", "strong", parent=self)
        self.grid = MonthGrid(day, today, self)
        self.grid.moved.connect(self._show_title)
        self.grid.picked.connect(self._finish)
        earlier = icon_button("arrow-left-s", "上个月", small=True, parent=self)
        later = icon_button("arrow-right-s", "下个月", small=True, parent=self)
        earlier.clicked.connect(lambda: self.grid.set_day(month_later(self.grid.day(), -1)))
        later.clicked.connect(lambda: self.grid.set_day(month_later(self.grid.day(), 1)))
        on_today = link(f"今天 {today.month}月{today.day}日", parent=self)
        on_today.clicked.connect(lambda: self._finish(today))
        clear = link("清空", parent=self)
        clear.clicked.connect(lambda: self._finish(None))
        head = row(6, self._title, None, earlier, later, spacing=4)
        column(head, self.grid, row(on_today, None, clear), margins=8, spacing=4, parent=self)
        self._show_title(day)

    def open_under(self, box: QWidget) -> None:
        """Show below `box`, or above it where the screen ends."""
        self.adjustSize()
        place = box.mapToGlobal(QPoint(0, box.height() + 2))
        screen = box.screen().availableGeometry()
        if place.y() + self.height() > screen.bottom():
            place = box.mapToGlobal(QPoint(0, -self.height() - 2))
        place.setX(max(screen.left(), min(place.x(), screen.right() - self.width())))
        self.move(place)
        self.show()
        self.grid.setFocus()

    def _show_title(self, day: date) -> None:
        self._title.setText(f"{day.year}年{day.month}月")

    def _finish(self, day: date | None) -> None:
        self.picked.emit(day)
        self.close()
