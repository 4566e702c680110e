"""日历: month, week, list and the plan of the year. Views are painted from data of the visible days only."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.calendar_query import CalendarEntry, list_between, list_overdue
from ui.context import Context, Place
from ui.pages.calendar_actions import CalendarActions
from ui.pages.calendar_data import Shown, read_days
from ui.pages.calendar_day_list import DayList, panel_width
from ui.pages.calendar_entry import entry_menu
from ui.pages.calendar_header import LIST, MEDIUM, MONTH, WEEK, WIDE, YEAR, CalendarHeader, room_of
from ui.pages.calendar_legend import CalendarLegend
from ui.pages.calendar_list import CalendarList
from ui.pages.calendar_wiring import connect
from ui.widgets.calendar_popup import month_later
from ui.widgets.layouts import column, row
from ui.widgets.month_grid import MonthGrid
from ui.widgets.month_grid_layout import weeks_of

if TYPE_CHECKING:
    from ui.pages.calendar_plan import MonthPlan
    from ui.pages.calendar_year import YearPlan


class CalendarPage(QWidget):
    """One current day for all views; the side shows it, or the plan of its month."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setAccessibleName("日历")
        self._day = self.today()
        self._view = ""
        self._chosen_view = False
        self._stale, self._side_wanted = True, False
        self._listed: tuple[date | int, ...] = ()  # what the list shows: year, today; empty after a change
        self.shown: Shown | None = None
        self.acts = CalendarActions(context, self)
        self.header = CalendarHeader()
        self.grid = MonthGrid(self._day, self._day)
        self.list = CalendarList(self._day)
        self.legend = CalendarLegend()
        self.side = DayList(self._day)
        self._build()
        connect(self)

    # ─── what the window asks ───

    def show_place(self, place: Place, came_from: str = "") -> None:
        """Show a day (`field` as 2025-10-16), an activity (`uid`) or a view (`action` month, week, list, year).

        `action` complete opens the boxes for the activity's figures, move asks for its new date, overdue leads to
        the oldest overdue plan.
        """
        if place.action in (MONTH, WEEK, LIST, YEAR):
            self.show_view(place.action)
        if place.field:
            self.go_to(date.fromisoformat(place.field))
        if place.action == "overdue":
            overdue = list_overdue(self.context.ledger, self.today())
            if overdue:
                self.open_side(overdue[0].start)
        elif place.action == "complete":
            self.register(place.uid)
        elif entry := self._entry(place.uid):
            self._show_entry(entry)
            if place.action == "move":  # asked once the calendar is in front
                QTimer.singleShot(0, self, lambda: self.ask_day(place.uid))

    def today(self) -> date:
        """The day on which the clerk works."""
        return self.context.clock().date()

    def day(self) -> date:
        """The current day."""
        return self._day

    def view(self) -> str:
        """month, week, list or year."""
        return self._view

    # ─── moving ───

    def go_to(self, day: date) -> None:
        """Make a day current in every view, showing it if it is not."""
        if not 1990 <= day.year <= 2100 or day == self._day:
            return
        before, self._day = self._day, day
        self.grid.set_day(day)
        if self._view == YEAR:
            self._show_year()
        elif self._view == LIST:
            self._show_list() if before.year != day.year else self.list.go_to(day)
        elif self.shown is None or self._range() != (self.shown.first, self.shown.last, self._day.month):
            self._show_grid()
        self._show_header()
        self._show_side()

    def step(self, direction: int) -> None:
        """The next (1) or previous (−1) month, week or year."""
        if self._view == WEEK:
            self.go_to(self._day + timedelta(days=7 * direction))
        else:
            self.go_to(month_later(self._day, direction * (12 if self._view == YEAR else 1)))

    def show_view(self, view: str) -> None:
        """Bring another view to the front, on the same day."""
        self._view, self._chosen_view = view, True
        if room_of(self) < MEDIUM:
            self._side_wanted = False  # it would stand in front of the view
        if view == YEAR:
            self.year_plan()
        self.views.setCurrentWidget(
            self._year.area if view == YEAR and self._year else self.list if view == LIST else self._grid_page
        )
        self.reload()
        self.fit()

    def reload(self) -> None:
        """Read what is in front anew."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        today = self.today()
        self.grid.set_today(today)
        if self._view == LIST:
            self._show_list()
        elif self._view == YEAR:
            self._show_year()
        else:
            self._show_grid()
        self._show_header()
        self._show_side()

    def keep_unsaved(self) -> None:
        """Keep the line of the plan that is being written; it is put back with its month."""
        if self._year is not None:
            self._year.plan.keep_unsaved()

    def follow_change(self) -> None:
        """Something was written: what was read before no longer counts."""
        self._listed = ()
        if self._year is not None:
            self._year.forget()
        self.reload()

    def open_side(self, day: date | None = None) -> None:
        """Show the day's activities, also where the window is too narrow to keep them open."""
        if day is not None:
            self.go_to(day)
        self._side_wanted = True
        self.fit()
        if room_of(self) < WIDE:
            self._side_in_front().close_button.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._view:
            self._view = LIST if room_of(self) < MEDIUM else MONTH
            self.show_view(self._view)
            self._chosen_view = False
            self._keyboard_home()
        elif self._stale:
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    # ─── showing ───

    def _range(self) -> tuple[date, date, int]:
        """First and last day of the grid and the month that is not pale."""
        if self._view == WEEK:
            first = self._day - timedelta(days=self._day.weekday())
            return first, first + timedelta(days=6), self._day.month
        first, weeks = weeks_of(self._day)
        return first, first + timedelta(days=7 * weeks - 1), self._day.month

    def _show_grid(self) -> None:
        first, last, month = self._range()
        self.shown = shown = read_days(self.context, first, last)
        week = self._view == WEEK
        weeks = ((last - first).days + 1) // 7
        self.grid.show_days(first, weeks, 0 if week else month, shown.faces, shown.events, 2 if week else 1)

    def _show_list(self) -> None:
        year, today = self._day.year, self.today()
        state = (year, today)
        if state == self._listed:
            self.list.go_to(self._day)
            return
        self._listed = state
        entries = list_between(self.context.ledger, date(year, 1, 1), date(year, 12, 31))
        current = self.list.current()
        self.list.blockSignals(True)
        self.list.show_entries(entries, self._day, today, current.uid if current else "")
        self.list.blockSignals(False)

    def _show_year(self) -> None:
        self.year_plan().show_year(self._day)

    def _show_header(self) -> None:
        self.header.show_view(self._view or MONTH, self._day, self.today())
        self.legend.setVisible(self._view in (MONTH, WEEK))

    def _show_side(self) -> None:
        if self._view == YEAR:
            return
        shown = self.shown
        if shown is None or not shown.first <= self._day <= shown.last or self._view == LIST:
            shown = read_days(self.context, self._day, self._day)
        overdue = list_overdue(self.context.ledger, self.today())
        entries = shown.entries.get(self._day, ())
        here = {each.uid for each in entries}
        self.side.show_day(
            shown.faces[self._day], entries, [each for each in overdue if each.uid not in here], self.today()
        )

    def _entry(self, uid: str) -> CalendarEntry | None:
        from models.calendar_query import entry_of

        return entry_of(self.context.ledger, uid) if uid else None

    def show_menu(self, uid: str, place: QPoint) -> None:
        """What can be done with an activity."""
        entry = self._entry(uid)
        if entry is not None:
            entry_menu(self.side, entry, self).popup(place)

    def _show_entry(self, entry: CalendarEntry) -> None:
        """Show an activity and give it the keyboard, in a view that has single activities."""
        self._leave_year()
        if room_of(self) < MEDIUM:  # the day would stand in front of it
            self._side_wanted = False
            self.fit()
        self.go_to(entry.start)
        self.list.choose(entry.uid) if self._view == LIST else self.grid.choose_event(entry.uid)
        self._keyboard_home()

    def _leave_year(self) -> None:
        if self._view == YEAR:
            self.show_view(MONTH if room_of(self) >= MEDIUM else LIST)

    def register(self, uid: str) -> None:
        """Boxes for the figures, in the day list of the activity's day."""
        entry = self._entry(uid)
        if entry is None:
            return
        self._leave_year()
        self.open_side(self._day if entry.start <= self._day <= entry.last_day else entry.start)
        self.side.register(uid)

    # ─── wiring ───

    def move_event(self, uid: str, origin: date, target: date) -> None:
        """An event was dropped or pasted on another day."""
        if self.acts.move(uid, origin, target):
            self.go_to(target)
            self.grid.choose_event(uid)

    def ask_day(self, uid: str) -> None:
        """Ask for another day of an activity, and follow it there."""
        if self.acts.ask_day(uid) and (entry := self._entry(uid)):
            self._show_entry(entry)

    def follow_list(self, day: date) -> None:
        """The list was moved by its own keys: the rest follows, but not the list."""
        self._day = day
        self.grid.set_day(day)
        self._show_header()
        self._show_side()

    def choose_from_menu(self, name: str) -> None:
        """Calendar files, and the word on a day."""
        if name == "mark":
            from ui.pages.calendar_marks import mark_day

            mark_day(self.context, self, self._day)
            return
        from ui.pages.calendar_exchange import CalendarExchange

        exchange = CalendarExchange(self.context, self)
        exchange.export(self._view, self._day) if name == "export" else exchange.ask_and_import()

    def offer_printing(self) -> None:
        """The month, or the plan of the year, on paper."""
        from ui.pages.calendar_print import CalendarPrint

        printing = CalendarPrint(self.context, self)
        printing.offer(self.header.print_button, self._day, year=self._view == YEAR)

    # ─── space ───

    def toggle_side(self) -> None:
        """这一天: open the pane, or close it."""
        self.close_side() if self._side_in_front().isVisible() else self.open_side()

    def close_side(self) -> None:
        """Back to the view, with the keyboard."""
        self._side_wanted = False
        self.fit()
        self._keyboard_home()

    def _keyboard_home(self) -> None:
        front = self.list if self._view == LIST else self._year.grid if self._view == YEAR and self._year else self.grid
        front.setFocus(Qt.FocusReason.OtherFocusReason)

    def _side_in_front(self) -> "DayList | MonthPlan":
        return self._year.plan if self._view == YEAR and self._year else self.side

    def fit(self) -> None:
        """Side pane where there is room; else it is opened by 这一天, and in a narrow window takes the whole page."""
        room = room_of(self)
        wide, front = room >= WIDE, self._side_in_front()
        shown = wide or self._side_wanted
        alone = shown and room < MEDIUM
        for each in (self.side, *([self._year.plan] if self._year else [])):
            each.setVisible(shown and each is front)
            each.close_button.setVisible(not wide)
            if alone:
                each.setMinimumWidth(0)
                each.setMaximumWidth(16777215)
            else:
                each.setFixedWidth(panel_width())
        self._main.setVisible(not alone)
        self.header.fit(room, side_open=shown)
        if not self._chosen_view and self._view and self.isVisible():
            wanted = LIST if room < MEDIUM else MONTH
            if wanted != self._view:
                self.show_view(wanted)
                self._chosen_view = False

    def year_plan(self) -> "YearPlan":
        """The plan of the year, built when it is first shown."""
        from ui.pages.calendar_year import YearPlan

        if self._year is None:
            made = self._year = YearPlan(self.context)
            made.month_wanted.connect(self.go_to)
            made.plan_wanted.connect(self.open_side)
            made.grid.turned.connect(self.step)
            made.grid.today_wanted.connect(lambda: self.go_to(self.today()))
            made.plan.closed.connect(self.close_side)
            made.plan.register_wanted.connect(self.register)
            self.views.addWidget(made.area)
            self._body.addWidget(made.plan)
        return self._year

    def _build(self) -> None:
        self._year: YearPlan | None = None
        self._grid_page = QWidget()
        whole = column(self.grid, self.legend, spacing=8, margins=(24, 12, 16, 8), parent=self._grid_page)
        whole.setStretch(0, 1)
        self.views = QStackedWidget()
        self.views.addWidget(self._grid_page)
        self.views.addWidget(self.list)
        self._main = QWidget()
        column(self.views, spacing=0, parent=self._main)
        self._body = row(self._main, self.side, spacing=0)
        self._body.setStretch(0, 1)
        outer = column(self.header, self._body, spacing=0, parent=self)
        outer.setStretch(1, 1)
