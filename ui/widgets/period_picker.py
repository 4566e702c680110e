"""Choosing the stretch of time that a form is filled for."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from models.dates import parse_date
from models.errors import UserError
from models.periods import Period, parse_period, span
from ui.widgets.buttons import button, icon_button
from ui.widgets.choices import ChoiceBox
from ui.widgets.date_edit import DateEdit
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column, row

OTHER = "other"
OTHER_LABEL = "其他起止日期……"
NO_RECORDS = "（无记录）"


class PeriodPicker(QWidget):
    """A list of periods, steps to the one before and after, and any two days.

    `chosen` is emitted for choices of a person only. `has_records` decides which choices are marked as empty.
    """

    chosen = Signal(object)  # Period

    def __init__(
        self,
        period: Period,
        has_records: Callable[[Period], bool],
        today: Callable[[], date],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._period, self._has_records, self._today = period, has_records, today
        self._offered: list[Period] = []
        self._filling = False
        self.box = ChoiceBox(chars=11)
        self.box.setAccessibleName("报送期")
        self.earlier = icon_button("arrow-left-s", "前一个报送期", "plain")
        self.later = icon_button("arrow-right-s", "后一个报送期", "plain")
        self.days = TextLabel(role="hint")
        self.setLayout(row(self.box, self.earlier, self.later, self.days))
        self.box.value_changed.connect(self._choose_code)
        self.earlier.clicked.connect(lambda: self._choose(self._period.previous()))
        self.later.clicked.connect(lambda: self._choose(self._period.next()))
        self.offer([])

    def period(self) -> Period:
        """The period that is chosen."""
        return self._period

    def set_period(self, period: Period) -> None:
        """Show another period as the chosen one."""
        self._period = period
        self._fill()

    def offer(self, periods: Sequence[Period]) -> None:
        """Put other periods into the list, most likely first; the chosen one is always among them."""
        self._offered = list(periods)
        self._fill()

    def show_days(self, shown: bool) -> None:
        """Show or hide the days beside the list, where there is no room for them."""
        self.days.setVisible(shown)

    def _fill(self) -> None:
        periods = self._offered if self._period in self._offered else [self._period, *self._offered]
        self._filling = True  # not a QSignalBlocker: Qt then goes on painting the choice in the placeholder's grey
        self.box.set_value(None)
        self.box.set_options([*((each.code, self._label(each)) for each in periods), (OTHER, OTHER_LABEL)])
        self.box.set_value(self._period.code)
        self._filling = False
        self.days.setText("" if self._period.kind == "range" else self._period.short_range)

    def _label(self, period: Period) -> str:
        return period.label if self._has_records(period) else period.label + NO_RECORDS

    def _choose_code(self, code: str | None) -> None:
        if self._filling:
            return
        if code == OTHER:
            self._fill()
            self.open_range()
        elif code:
            self._choose(parse_period(code))

    def _choose(self, period: Period) -> None:
        if period != self._period:
            self.set_period(period)
            self.chosen.emit(period)

    def open_range(self) -> None:
        """Ask for two days, under the list."""
        popup = RangePopup(self._period, self._today, self)
        popup.chosen.connect(self._choose)
        popup.move(self.box.mapToGlobal(QPoint(0, self.box.height() + 2)))
        popup.show()
        popup.start.setFocus()
        popup.start.selectAll()


class RangePopup(QFrame):
    """Two days and a button; says what is wrong with them and closes when they are taken."""

    chosen = Signal(object)  # Period

    def __init__(self, period: Period, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("ground", "popup")
        self.start, self.end = (DateEdit(lambda text: parse_date(text, today()), today=today) for _ in range(2))
        self.problem = TextLabel(role="small", tone="error")
        self.problem.hide()
        self.take = button("用这段时间", "check")
        self.take.clicked.connect(self._take)
        for edit, day, name in ((self.start, period.start, "开始日期"), (self.end, period.end, "结束日期")):
            edit.set_value(day)
            edit.setAccessibleName(name)
        days = row(self.start, TextLabel("—"), self.end, self.take)
        self.setLayout(column(days, self.problem, margins=12))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        start, end = self.start.value(), self.end.value()
        problem = self.start.problem() or self.end.problem()
        if not problem and (start is None or end is None):
            problem = "两个日期都要填。"
        if not problem and start and end:
            try:
                period = span(start, end)
            except UserError as error:
                problem = error.message
            else:
                self.chosen.emit(period)
                self.close()
                return
        self.problem.setText(problem)
        self.problem.show()
        self.adjustSize()
