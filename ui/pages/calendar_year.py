"""年度计划: twelve painted months, and the plan of the chosen one beside them."""

from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from models.calendar_query import MonthOfYear, months_of_year
from models.plan_item import MEETING, PLAN
from models.planning import PLAN_STATE_LABELS, plan_of_year
from ui.context import Context
from ui.pages.calendar_plan import MonthPlan, month_rows
from ui.widgets.calendar_popup import month_later
from ui.widgets.calendar_year_view import MonthFace, PlanFace, YearView
from ui.widgets.layouts import column


class YearPlan(QObject):
    """The year view and its pane; `area` and `plan` are the widgets the page puts in place."""

    month_wanted = Signal(object)  # date
    plan_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        today = context.clock().date()
        self._day = today
        self._read_year = 0  # whose activities are in _months
        self._months: tuple[MonthOfYear, ...] = ()
        self.grid = YearView(today.month, today.month)
        self.plan = MonthPlan(context)
        inside = QWidget()
        inside.setProperty("clear", "true")
        column(self.grid, margins=(24, 16), parent=inside)
        self.area = QScrollArea()
        self.area.setAccessibleName("年度计划")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        self.grid.month_chosen.connect(self._choose)
        self.grid.month_opened.connect(lambda _month: self.plan_wanted.emit())

    def show_year(self, day: date) -> None:
        """Read and show the year of a day, with the month of that day chosen."""
        self._day = day
        today, ledger = self._context.clock().date(), self._context.ledger
        rows = plan_of_year(ledger, day.year, today, kind=MEETING) + plan_of_year(ledger, day.year, today, kind=PLAN)
        faces = [
            MonthFace(
                each.month,
                tuple(
                    PlanFace(
                        row.item.uid,
                        row.item.title or row.item.topic,
                        row.state,
                        PLAN_STATE_LABELS[row.state],
                        row.item.kind == MEETING,
                    )
                    for row in month_rows(rows, each.month)
                ),
                each.planned,
                each.done,
            )
            for each in self._read_months(day.year)
        ]
        self.grid.show_year(faces, today.month if day.year == today.year else 0)
        self.grid.set_month(day.month)
        self.plan.show_month(day.year, day.month, month_rows(rows, day.month))
        cell = self.grid.cell(day.month)
        self.area.ensureVisible(cell.center().x(), cell.bottom())

    def forget(self) -> None:
        """Something was written: read the activities again."""
        self._read_year = 0

    def _read_months(self, year: int) -> tuple[MonthOfYear, ...]:
        """The activities by month, read again only after a change."""
        if year != self._read_year:
            self._read_year, self._months = year, months_of_year(self._context.ledger, year)
        return self._months

    def _choose(self, month: int) -> None:
        if month != self._day.month:
            self.month_wanted.emit(month_later(self._day, month - self._day.month))
