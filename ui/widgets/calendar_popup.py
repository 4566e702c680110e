"""The month that opens under a date box."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QWidget

from ui import icons, theme
from ui.widgets.buttons import Button
from ui.widgets.layouts import column, row


class CalendarPopup(QFrame):
    """A month to pick a day from. Arrow keys move, Enter takes the day, Esc closes."""

    picked = Signal(object)  # date, or None for “清空”

    def __init__(self, day: date, today: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "popup")
        self._calendar = _month(day, self)
        self._calendar.activated.connect(self._take)
        self._calendar.clicked.connect(self._take)
        on_today = Button(f"今天 {today.month}月{today.day}日", kind="link", parent=self)
        on_today.clicked.connect(lambda: self._finish(today))
        clear = Button("清空", kind="link", parent=self)
        clear.clicked.connect(lambda: self._finish(None))
        column(self._calendar, row(on_today, None, clear, margins=(8, 4)), margins=1, spacing=0, parent=self)

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
        self._calendar.setFocus()

    def _take(self, day: QDate) -> None:
        self._finish(date(day.year(), day.month(), day.day()))

    def _finish(self, day: date | None) -> None:
        self.picked.emit(day)
        self.close()


def _month(day: date, parent: QWidget) -> QCalendarWidget:
    """A calendar in Chinese that begins its weeks on Monday and paints no day red."""
    calendar = QCalendarWidget(parent)
    calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
    calendar.setFont(theme.font())
    plain, head = QTextCharFormat(), QTextCharFormat()
    plain.setForeground(theme.color("text"))
    head.setForeground(theme.color("text2"))
    head.setBackground(theme.color("raised"))
    for day_of_week in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day_of_week, plain)
    calendar.setHeaderTextFormat(head)
    for name, icon, label in (
        ("qt_calendar_prevmonth", "arrow-left-s", "上个月"),
        ("qt_calendar_nextmonth", "arrow-right-s", "下个月"),
    ):
        button = calendar.findChild(QToolButton, name)
        if button is not None:
            button.setIcon(icons.icon(icon, "text2"))
            button.setAccessibleName(label)
            button.setToolTip(label)
    calendar.setSelectedDate(QDate(day.year, day.month, day.day))
    columns, rows = 7, 8
    calendar.setMinimumSize(columns * theme.height(34) + theme.px(24), rows * theme.px(32))
    return calendar
