"""A date that is typed freely or picked from a month."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from models.errors import UserError
from ui import theme
from ui.widgets.buttons import icon_button
from ui.widgets.edits import Edit

UNREADABLE = "看不懂这个日期，可写成 2025-10-9、10-9 或 10月9日。"


def long_date(day: date) -> str:
    """2025年10月9日"""
    return f"{day.year}年{day.month}月{day.day}日"


class DateEdit(Edit):
    """An optional date.

    `parse` turns what was typed into a day (None: nothing typed, or unreadable) or raises UserError.
    On leaving, a date that was understood is written as 2025年10月9日; anything else stays as typed and is explained by
    `problem()`. Alt+↓ or the button opens a month.
    """

    def __init__(
        self,
        parse: Callable[[str], date | None],
        placeholder: str = "",
        *,
        written: Callable[[date], str] = long_date,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        self._parse, self._written, self._today = parse, written, today
        self._date: date | None = None
        self._problem = ""
        super().__init__(7, placeholder, parent)
        self._button = icon_button("calendar-2", "选日期", shortcut_text="Alt+↓", small=True, parent=self)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+↓ does the same; one Tab stop is enough
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        self._button.clicked.connect(self.open_calendar)

    def value(self) -> date | None:
        """The day, or None when the box is empty or holds something unreadable (then `problem` is not empty)."""
        return self._date

    def set_value(self, value: date | None) -> None:
        self.setText("" if value is None else self._written(value))
        if value != self._date:  # `parse` need not understand what `written` writes
            self._take(value, "")

    def problem(self) -> str:
        """Why what is typed is no date; empty if it is one or nothing is typed."""
        return self._problem

    def open_calendar(self) -> None:
        from ui.widgets.calendar_popup import CalendarPopup

        today = self._today()
        popup = CalendarPopup(self._date or today, today, self)
        popup.picked.connect(self.set_value)
        popup.open_under(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if (alt_down or event.key() == Qt.Key.Key_F4) and not self.isReadOnly():
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.tidy()
        super().focusOutEvent(event)

    def tidy(self) -> None:
        """Write a date that was understood in full, as leaving the box does."""
        day = self._date
        if day is not None and self.text() != self._written(day):
            self.setText(self._written(day))
            if day != self._date:
                self._take(day, "")

    def setReadOnly(self, read_only: bool) -> None:
        super().setReadOnly(read_only)
        self._button.setVisible(not read_only)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        widest = self.fontMetrics().horizontalAdvance(self._written(date(2000, 12, 28)))
        return QSize(widest + self._inside_right() + theme.px(28), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self._button.sizeHint()
        self._button.setGeometry(
            QRect(self.width() - size.width() - 4, (self.height() - size.height()) // 2, size.width(), size.height())
        )

    def _inside_right(self) -> int:
        return theme.height(28)

    def _read(self, text: str) -> None:
        try:
            day = self._parse(text)
            problem = UNREADABLE if day is None and text.strip() else ""
        except UserError as error:
            day, problem = None, error.message
        self._take(day, problem)

    def _take(self, day: date | None, problem: str) -> None:
        self._problem = problem
        if day != self._date:
            self._date = day
            self.value_changed.emit(day)
