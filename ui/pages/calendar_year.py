"""年度计划: twelve painted months, and the plan of the chosen one beside them."""

from datetime import date

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from models.calendar_query import MonthOfYear, months_of_year
from models.plan_item import MEETING, PLAN
from models.planning import PLAN_STATE_LABELS, PlanRow, plan_of_year
from ui.context import Context
from ui.pages.calendar_plan import MonthPlan, month_rows
from ui.widgets.calendar_popup import month_later
from ui.widgets.calendar_year_view import MonthFace, PlanFace, YearView
from ui.widgets.layouts import column

GAP = 16  # kept free above and below the chosen month where the year has to be scrolled


class YearPlan(QObject):
    """The year view and its pane; `area` and `plan` are the widgets the page puts in place."""

    month_wanted = Signal(object)  # date
    plan_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        today = context.clock().date()
        self._day = today
        self._held: tuple[tuple[int, date], tuple[MonthOfYear, ...], list[PlanRow]] | None = None
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
        # where the month is, is only known once there is room for it
        self.area.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._bring_in_sight())
        self.grid.month_chosen.connect(self._choose)
        self.grid.month_opened.connect(lambda _month: self.plan_wanted.emit())

    def show_year(self, day: date) -> None:
        """Read and show the year of a day, with the month of that day chosen."""
        self._day = day
        today = self._context.clock().date()
        months, rows = self._read(day.year, today)
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
            for each in months
        ]
        self.grid.show_year(faces, today.month if day.year == today.year else 0)
        self.grid.set_month(day.month)
        self.plan.show_month(day.year, day.month, month_rows(rows, day.month))
        self._bring_in_sight()

    def _bring_in_sight(self) -> None:
        cell = self.grid.cell(self._day.month).translated(self.grid.pos())
        for edge in (cell.bottom(), cell.top()):
            self.area.ensureVisible(cell.center().x(), edge, 0, GAP)

    def forget(self) -> None:
        """Something was written: read activities and plan again."""
        self._held = None

    def _read(self, year: int, today: date) -> tuple[tuple[MonthOfYear, ...], list[PlanRow]]:
        """The activities by month and the lines of the plan, read again only after a change or on another day."""
        if self._held is None or self._held[0] != (year, today):
            ledger = self._context.ledger
            rows = [row for kind in (MEETING, PLAN) for row in plan_of_year(ledger, year, today, kind=kind)]
            self._held = ((year, today), months_of_year(ledger, year), rows)
        return self._held[1:]

    def _choose(self, month: int) -> None:
        if month != self._day.month:
            self.month_wanted.emit(month_later(self._day, month - self._day.month))
