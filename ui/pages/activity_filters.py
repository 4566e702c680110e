"""The two lines above the grid: search and four filters, then the counts that are asked for most."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QWidget

from models import activity_repository
from models.activity import STAGE_LABELS, Stage
from models.activity_query import ActivityQuery
from models.errors import UserError
from models.ledger import Ledger
from models.periods import Period, choices_around, parse_period, quarter_of
from models.saved_filters import ALL_TIME as NO_PERIOD
from models.saved_filters import THIS_PERIOD, SavedFilter
from ui import theme, workers
from ui.context import Context
from ui.pages.activity_filters_saved import SavedPills
from ui.widgets.buttons import Pill, button
from ui.widgets.choices import ChoiceBox
from ui.widgets.edits import SearchEdit
from ui.widgets.layouts import FlowLayout, column, row

ALL_TIME = "全部时间"
ANY = ""
UNFINISHED = (Stage.DRAFT, Stage.DONE)


class ActivityFilters(QWidget):
    """Turns what is typed and chosen into a query; `changed` follows every change."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._job: workers.Job | None = None
        self._without_people = False
        self.search = SearchEdit("名称、简述，或拼音首字母 dszk")
        self.search.setAccessibleName("搜索活动")
        notice = context.notice
        self._periods: dict[str, Period] = {}
        self.period = _box("时间", [(ANY, ALL_TIME)])
        self.form = _box("活动形式", [(ANY, "全部形式"), *((each.code, each.brief) for each in notice.forms)])
        self.focus = _box("宣传教育重点", [(ANY, "全部重点"), *((each.code, each.label) for each in notice.focuses)])
        self.stage = _box("状态", [(ANY, "全部状态"), *STAGE_LABELS.items()])
        self.pills = {
            "all": Pill("全部"),
            "period": Pill("本期"),
            "people": Pill("待补人次"),
            "unfinished": Pill("未定稿"),
        }
        self.columns_button = button("列", "layout-column", small=True)
        self.columns_button.setAccessibleName("选择表格的列")
        self.saved = SavedPills(context, self.captured, self.apply, self.clear)
        self.saved.pills_changed.connect(self.recount)
        self.changed.connect(self.saved.show_current)
        self._lay_out()
        self.search.textChanged.connect(self.changed)
        for box in (self.period, self.form, self.focus, self.stage):
            box.value_changed.connect(self._choose)
        for name, pill in self.pills.items():
            pill.clicked.connect(lambda _on, name=name: self._press(name))
        self.reload_periods()

    def query(self, base: ActivityQuery) -> ActivityQuery:
        """What is asked for, in the order that `base` has."""
        period = self.chosen_period()
        stage = self.stage.value() or ANY
        return replace(
            base,
            text=self.search.text(),
            start=period.start if period else None,
            end=period.end if period else None,
            form=self.form.value() or ANY,
            focus=self.focus.value() or ANY,
            stages=UNFINISHED if self.pills["unfinished"].isChecked() else ((stage,) if stage else ()),
            without_people=self._without_people,
        )

    def chosen_period(self) -> Period | None:
        """The period filtered by, None for all time."""
        return self._periods.get(self.period.value() or ANY)

    def captured(self) -> SavedFilter:
        """What the boxes hold now, as it can be kept under a name."""
        period, today = self.chosen_period(), self._context.clock().date()
        code = NO_PERIOD if period is None else THIS_PERIOD if period == quarter_of(today) else period.code
        return SavedFilter(
            "",
            text=" ".join(self.search.text().split()),
            period=code,
            form=self.form.value() or ANY,
            focus=self.focus.value() or ANY,
            stage=self.stage.value() or ANY,
            unfinished=self.pills["unfinished"].isChecked(),
            without_people=self._without_people,
        )

    def apply(self, wanted: SavedFilter) -> None:
        """Ask for what a saved filter asks for. A choice that the notice no longer has is shown under its code."""
        blockers = [QSignalBlocker(widget) for widget in (self.search, self.form, self.focus, self.stage)]
        self.search.setText(wanted.text)
        for box, value in ((self.form, wanted.form), (self.focus, wanted.focus), (self.stage, wanted.stage)):
            box.set_value(value)
        del blockers
        self._without_people = wanted.without_people
        self.pills["unfinished"].setChecked(wanted.unfinished)
        period = period_of(wanted, self._context.clock().date())
        if period:
            self._context.set_period(period)
        self.show_period(period)
        self.changed.emit()

    def clear(self) -> None:
        """Ask for everything in the chosen period again."""
        blockers = [QSignalBlocker(widget) for widget in (self.search, self.form, self.focus, self.stage)]
        self.search.setText("")
        for box in (self.form, self.focus, self.stage):
            box.set_value(ANY)
        del blockers
        self._without_people = False
        self._show_pills(unfinished=False)
        self.changed.emit()

    def show_period(self, period: Period | None) -> None:
        """Filter by a period (None: all time) without announcing it."""
        with QSignalBlocker(self.period):
            if period and period.code not in self._periods:
                self._periods[period.code] = period
                self.period.addItem(period.label, period.code)
            self.period.set_value(period.code if period else ANY)
        self._show_pills(unfinished=self.pills["unfinished"].isChecked())

    def reload_periods(self) -> None:
        """Offer the periods for which there are records, keeping the choice."""
        chosen = self.chosen_period()
        days = activity_repository.first_and_last_day(self._context.ledger)
        first, last = days or (None, None)
        offered = choices_around(self._context.clock().date(), first, last)
        self._periods = {period.code: period for period in offered}
        with QSignalBlocker(self.period):
            self.period.set_options(
                [(ANY, ALL_TIME), *((code, period.label) for code, period in self._periods.items())]
            )
        self.show_period(chosen)

    def recount(self) -> None:
        """Count for the pills, in a worker: the list itself is not kept waiting for it."""
        if self._job:
            self._job.cancel()
        queries = {**self._pill_queries(), **self.saved.queries(self._query_of)}
        ledger = self._context.ledger
        self._job = workers.start(lambda _job: _count(ledger, queries), self._take_counts, lambda _error: None)

    def _pill_queries(self) -> dict[str, ActivityQuery]:
        own = self._context.period
        period = ActivityQuery(start=own.start, end=own.end)
        shown = self.chosen_period()
        scope = ActivityQuery(start=shown.start, end=shown.end) if shown else ActivityQuery()
        return {
            "all": ActivityQuery(),
            "period": period,
            "people": replace(scope, without_people=True),
            "unfinished": replace(scope, stages=UNFINISHED),
        }

    def _take_counts(self, counts: dict[str, int]) -> None:
        self._job = None
        for name, count in counts.items():
            if name in self.pills:
                self.pills[name].set_count(count)
        self.saved.show_counts(counts)

    def _query_of(self, wanted: SavedFilter) -> ActivityQuery:
        period = period_of(wanted, self._context.clock().date())
        return ActivityQuery(
            text=wanted.text,
            start=period.start if period else None,
            end=period.end if period else None,
            form=wanted.form,
            focus=wanted.focus,
            stages=UNFINISHED if wanted.unfinished else ((wanted.stage,) if wanted.stage else ()),
            without_people=wanted.without_people,
        )

    def _choose(self) -> None:
        period = self.chosen_period()
        if self.sender() is self.stage:
            self.pills["unfinished"].setChecked(False)
        self._show_pills(unfinished=self.pills["unfinished"].isChecked())
        if period and period != self._context.period:
            self._context.set_period(period)
        self.changed.emit()

    def _press(self, name: str) -> None:
        if name in ("all", "period"):
            self.show_period(None if name == "all" else self._context.period)
        elif name == "people":
            self._without_people = not self._without_people
        elif self.pills["unfinished"].isChecked():
            with QSignalBlocker(self.stage):
                self.stage.set_value(ANY)
        self._show_pills(unfinished=self.pills["unfinished"].isChecked())
        self.changed.emit()

    def _show_pills(self, *, unfinished: bool) -> None:
        """The pills say which of them holds now, also when a box was used instead."""
        period = self.chosen_period()
        on = {
            "all": period is None,
            "period": period == self._context.period,
            "people": self._without_people,
            "unfinished": unfinished,
        }
        for name, pill in self.pills.items():
            with QSignalBlocker(pill):
                pill.setChecked(on[name])

    def _lay_out(self) -> None:
        self.search.setMinimumWidth(theme.px(120))
        boxes = row(self.search, self.period, self.form, self.focus, self.stage)
        boxes.setStretch(0, 1)
        pills = FlowLayout(spacing=8)
        for pill in self.pills.values():
            pills.addWidget(pill)
        self.saved.put_into(pills, self.pills["unfinished"])
        line = row(pills, self.columns_button)
        line.setStretch(0, 1)
        line.setAlignment(self.columns_button, Qt.AlignmentFlag.AlignTop)
        column(boxes, line, self.saved.naming, margins=(16, 12, 16, 10), parent=self)
        self.saved.follow_in_tab_order()


def period_of(wanted: SavedFilter, today: date) -> Period | None:
    """The period a saved filter means today, None for all time, also when its code is none (a hand-edited file)."""
    if wanted.period == THIS_PERIOD:
        return quarter_of(today)
    try:
        return parse_period(wanted.period) if wanted.period else None
    except UserError:
        return None


def _box(name: str, entries: list[tuple[str, str]]) -> ChoiceBox:
    box = ChoiceBox(entries)
    box.set_value(ANY)
    box.setAccessibleName(name)
    return box


def _count(ledger: Ledger, queries: dict[str, ActivityQuery]) -> dict[str, int]:
    with ledger.reader() as reader:
        return {name: activity_repository.count(reader, query) for name, query in queries.items()}
