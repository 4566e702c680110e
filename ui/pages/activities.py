"""活动: the ledger grid with its filters, the detail pane, and the form in which records are typed."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from models import activity_repository, drafts
from models.activity_query import ActivityQuery
from models.activity_repository import Totals
from ui import operations, theme
from ui.context import Context, Place
from ui.pages.activities_tools import ActivitiesTools
from ui.pages.activity_filters import ActivityFilters
from ui.pages.draft_strips import DraftStrips
from ui.pages.ledger_grid import LedgerGrid
from ui.widgets.buttons import FULL, ICON_ONLY, NO_SHORTCUT, button, icon_button
from ui.widgets.cards import EmptyState
from ui.widgets.frames import Bar, Ground
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column, row

if TYPE_CHECKING:
    from ui.pages.activity_detail import ActivityDetail
    from ui.pages.activity_form import ActivityFormPage

DETAIL_FROM = 1100  # content width ÷ text scale from which the detail pane stays open
SHORTCUTS_FROM, WORDS_FROM = 980, 800
MOST_HATCHED = 5  # records a case is drafted from
NOTHING_FOUND = ("没有找到", "换一个词，或放宽筛选条件", "清除筛选", "search")
NOTHING_YET = ("这段时间还没有活动", "记一条只要五项，不到半分钟", "新建活动", "file-list-3")


class ActivitiesPage(QStackedWidget):
    """The list, and in front of it the form while a record is open. Leaving the page leaves both as they are."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._totals = Totals()
        self._stale = True
        self._detail_wanted = True
        self._form: ActivityFormPage | None = None
        self._return_to = ""
        self.filters = ActivityFilters(context)
        self.grid = LedgerGrid(context)
        self.tools = ActivitiesTools(self)
        self._detail: ActivityDetail | None = None
        # a page of key presses through the list shows one record, not each on the way; and the list is painted first
        self._detail_due = QTimer(self, singleShot=True, interval=0)
        self._detail_due.timeout.connect(self._show_detail)
        self.draft_strip = DraftStrips(context)
        self._list = self._build_list()
        self.addWidget(self._list)
        self._connect()
        self._add_shortcuts()
        self._start_with_period()

    def show_place(self, place: Place, came_from: str = "") -> None:
        """Open a record at a field, start a new one, or just come back to the list.

        Who was sent to a record from another page returns there when the record is closed.
        """
        if place.uid:
            self._return_to = came_from if came_from != "activities" else ""
        action, _, rest = place.action.partition(":")
        if action == "new":
            self.new_activity(_day_of(rest))
        elif action == "duplicates":
            self.tools.find_duplicates()
        elif place.uid:
            self.open_activity(place.uid, place.field)
        elif self.currentIndex() == 0 and not self.isAncestorOf(self.window().focusWidget() or self):
            self.take_keyboard()

    def new_activity(self, day: date | None = None) -> None:
        """Open the form for a new record (or go on with the one that was begun and never saved).

        With a `day` it is a record of that day; what was begun before becomes a 草稿 in the list.
        """
        self._return_to = ""
        form = self.form()
        self._bring_forward(form)
        form.new()
        if day and form.state.dirty:
            form.start_another()
        if day and not form.state.dirty:
            form.state.set("start", day)

    def open_activity(self, uid: str, field: str = "") -> None:
        """Open the form for a record, with the keyboard in `field`."""
        form = self.form()
        self._bring_forward(form)
        form.edit(uid, field)

    def copy_activity(self, uid: str) -> None:
        """Open the form for a new record that starts from this one."""
        form = self.form()
        self._bring_forward(form)
        form.copy(uid)

    def form(self) -> "ActivityFormPage":
        """The form page, built when it is first needed."""
        if self._form is None:
            from ui.pages.activity_form import ActivityFormPage

            made = self._form = ActivityFormPage(self.context)
            made.closed.connect(self._close_form)
            made.saved.connect(self._after_saving)
            self.addWidget(made)
        return self._form

    def detail(self) -> "ActivityDetail":
        """The pane beside the list, built when it is first shown."""
        if self._detail is None:
            from ui.pages.activity_detail import ActivityDetail

            made = self._detail = ActivityDetail(self.context)
            made.opened.connect(self.open_activity)
            made.copied.connect(self.copy_activity)
            made.deleted.connect(self.delete_selected)
            made.hatched.connect(self.hatch_case)
            made.closed.connect(self._close_detail)
            self._middle.addWidget(made)
        return self._detail

    def hatch_case(self) -> None:
        """Have a case drafted from the selected records, five at most."""
        uids = [activity.uid for activity in self.grid.selected()[:MOST_HATCHED]]
        if uids:
            self.context.go_to.emit(Place("cases", action=f"hatch:{' '.join(uids)}"))

    def keep_unsaved(self) -> bool:
        """Write what is being typed to the drafts, because the window is about to close. False when that failed."""
        self.grid.columns.keep_pending()
        return self._form is None or self._form.keep_unsaved()

    def delete_selected(self) -> None:
        """Move the selected records to 回收站; a toast offers to take it back."""
        from models import recording

        chosen = self.grid.selected()
        if chosen:
            clerk = self.context.clerk()
            operations.run(
                self.context, lambda: recording.delete(self.context.ledger, chosen, clerk), lambda done: done
            )

    def reload(self) -> None:
        """Read the list anew, staying on the same record."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        self.grid.show_query(self.filters.query(self.grid.rows.query))
        self.filters.recount()
        self._show_drafts()
        self._show_header()
        self._show_emptiness()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()
            self.take_keyboard()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _connect(self) -> None:
        self.context.changed.connect(self._after_change)
        self.context.period_changed.connect(self._follow_period)
        self.filters.changed.connect(self._search)
        self.grid.chosen.connect(self._detail_due.start)
        self.grid.opened.connect(self.open_activity)
        self.grid.selectionModel().selectionChanged.connect(lambda *_: self._show_foot(self._totals))
        self.grid.copying.connect(self.tools.copy)
        self.grid.pasting.connect(self.tools.paste)
        self.filters.columns_button.clicked.connect(self.tools.show_columns)
        self.grid.rows.totals_changed.connect(self._show_foot)
        self.draft_strip.resumed.connect(self._resume)
        theme.changed.connect(self._fit)

    def _add_shortcuts(self) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, owner, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._list, self._focus_search),
            (QKeySequence("Ctrl+D"), self._list, self._copy_current),
            (QKeySequence("Ctrl+H"), self._list, self.tools.find_and_replace),
            (QKeySequence("Ctrl+B"), self._list, self.tools.edit_in_bulk),
            (QKeySequence(QKeySequence.StandardKey.Delete), self.grid, self.delete_selected),
        ):
            QShortcut(keys, owner, context=within).activated.connect(act)

    def _start_with_period(self) -> None:
        """Begin with the saved filter used last; else with the current period if it has records, or everything."""
        if self.filters.saved.apply_last():
            return
        period = self.context.period
        own = ActivityQuery(start=period.start, end=period.end)
        has_own = bool(activity_repository.page(self.context.ledger, own, 0, 1))
        self.filters.show_period(period if has_own else None)

    def _follow_period(self) -> None:
        if self.filters.chosen_period() is not None:
            self.filters.show_period(self.context.period)
        self.reload()

    def _after_change(self) -> None:
        self.filters.reload_periods()
        self.reload()

    def _search(self) -> None:
        self.grid.show_query(self.filters.query(self.grid.rows.query))
        self._show_header()
        self._show_emptiness()

    def _focus_search(self) -> None:
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def _copy_current(self) -> None:
        if record := self.grid.current():
            self.copy_activity(record.uid)

    def _show_detail(self) -> None:
        if self._detail or self._detail_fits():
            self.detail().show_record(self.grid.current())
        self._fit()

    def _close_detail(self) -> None:
        self._detail_wanted = False
        self._fit()
        self.grid.setFocus()

    def _bring_forward(self, form: QWidget) -> None:
        self.setCurrentWidget(form)

    def _close_form(self) -> None:
        self.show_list()
        if not self._go_back():
            self.take_keyboard()

    def show_list(self) -> None:
        """The list in front, as the ledger is now."""
        self.setCurrentIndex(0)
        self.reload()

    def _go_back(self) -> bool:
        """Return to the page from which the record was opened, if it was another one."""
        page, self._return_to = self._return_to, ""
        if page:
            self.context.go_to.emit(Place(page))
        return bool(page)

    def take_keyboard(self) -> None:
        """Have the keyboard in the list, or on the next step that an empty list offers."""
        (self.empty.button if self.body.currentIndex() else self.grid).setFocus(Qt.FocusReason.OtherFocusReason)

    def _after_saving(self, uid: str) -> None:
        """Back to the list, on the record; if the filters hide it, they give way so that it can be seen."""
        activity = activity_repository.get_activity(self.context.ledger, uid)
        query = self.filters.query(self.grid.rows.query)
        if activity and activity_repository.position(self.context.ledger, query, uid) is None:
            self.filters.clear()
            self.filters.show_period(None)
        self.setCurrentIndex(0)
        self.reload()
        self.grid.show_query(self.filters.query(self.grid.rows.query), keep=uid)
        if not self._go_back():
            self.grid.setFocus()

    def _show_header(self) -> None:
        period = self.filters.chosen_period()
        self.subtitle.setText(f"{period.label}（{period.short_range}）" if period else "全部时间")

    def _show_emptiness(self) -> None:
        """An empty list says why it is empty and offers the next step."""
        if self.grid.rows.rowCount():
            self.body.setCurrentIndex(0)
            return
        if self.body.count() == 1:
            self.body.addWidget(self._build_empty())
        self.empty.set_words(*(NOTHING_FOUND if self.grid.rows.query.filtered else NOTHING_YET))
        had_keyboard = self.grid.hasFocus()
        self.body.setCurrentIndex(1)
        if had_keyboard:  # left alone, Qt looks for another place all over the window, hidden pages included
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_foot(self, totals: Totals) -> None:
        self._totals = totals
        selected = self.grid.selected_count()
        self.bulk_button.setEnabled(selected > 1)
        self.count_label.setText(f"共 {totals.count} 项" + (f"，已选 {selected} 项" if selected else ""))
        others = f"，另协办、组织参加 {totals.other_sessions}" if totals.other_sessions else ""
        self.sum_label.setText(
            f"合计　场次 {totals.sessions}{others}　线下 {totals.people_offline}　线上 {totals.people_online}"
        )

    def _show_drafts(self) -> None:
        """What was typed and never saved is offered above the list."""
        kept = drafts.list_drafts(self.context.ledger)
        self.draft_strip.show_drafts([draft for draft in kept if draft.kind == "activity"])

    def _resume(self, key: str) -> None:
        form = self.form()
        self._bring_forward(form)
        form.restore_draft(key)

    def _detail_fits(self) -> bool:
        wide = self.width() / theme.current().scale >= DETAIL_FROM
        return wide and self._detail_wanted and self.grid.current() is not None

    def _fit(self) -> None:
        """Show what the width has room for."""
        width = self.width() / theme.current().scale
        if self._detail:
            self._detail.setVisible(self._detail_fits())
        self.new_button.set_brevity(FULL if width >= WORDS_FROM else NO_SHORTCUT)
        for each in (self.check_button, self.bulk_button):
            each.set_brevity(FULL if width >= SHORTCUTS_FROM else NO_SHORTCUT if width >= WORDS_FROM else ICON_ONLY)
        self.export_button.setVisible(width >= WORDS_FROM)

    def _build_list(self) -> QWidget:
        page = QWidget()
        page.setAccessibleName("活动")
        self._middle = row(self._build_middle(), spacing=0)
        self._middle.setStretch(0, 1)
        outer = column(self._build_header(), self._middle, spacing=0, parent=page)
        outer.setStretch(1, 1)
        return page

    def _build_header(self) -> QWidget:
        header = Bar("header")
        self.subtitle = TextLabel(role="hint")
        self.check_button = button("逻辑检查", "shield-check", shortcut_text="F9")
        self.check_button.clicked.connect(lambda: self.context.go_to.emit(Place("checks")))
        self.export_button = button("导出", "download-2")
        self.export_button.clicked.connect(lambda: self.context.go_to.emit(Place("reports")))
        self.bulk_button = button("批量修改", "edit-box", shortcut_text="Ctrl+B")
        self.bulk_button.setEnabled(False)
        self.bulk_button.clicked.connect(self.tools.edit_in_bulk)
        self.more_button = icon_button("more", "更多：查找替换、粘贴表格、查重", kind="plain")
        self.more_button.clicked.connect(self.tools.show_menu)
        self.new_button = button("新建活动", "add", "primary", "Ctrl+N")
        self.new_button.clicked.connect(lambda _on=False: self.new_activity())
        buttons = (self.check_button, self.bulk_button, self.export_button, self.more_button, self.new_button)
        row(TextLabel("活动", "title"), 8, self.subtitle, None, *buttons, margins=(24, 0), parent=header)
        return header

    def _build_middle(self) -> QWidget:
        middle = QWidget()
        self.body = QStackedWidget()
        self.body.addWidget(self.grid)
        whole = column(self.draft_strip, self.filters, self.body, self._build_foot(), spacing=0, parent=middle)
        whole.setStretch(2, 1)
        return middle

    def _build_empty(self) -> QWidget:
        empty = Ground("surface")
        self.empty = EmptyState("search", "", "", " ")
        self.empty.triggered.connect(self._leave_emptiness)
        column(self.empty, parent=empty)
        return empty

    def _leave_emptiness(self) -> None:
        """What the button of the empty list does: widen the search, or begin with the first record."""
        if self.grid.rows.query.filtered:
            self.filters.clear()
        else:
            self.new_activity()

    def _build_foot(self) -> QWidget:
        foot = Bar("totals")
        self.count_label = TextLabel(role="note")
        self.sum_label = TextLabel(role="note")
        row(self.count_label, None, self.sum_label, margins=(16, 8), parent=foot)
        return foot


def _day_of(text: str) -> date | None:
    """The day in a place's action such as new:2025-10-16; None when there is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
