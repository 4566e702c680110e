"""The window: rail, the page in front, status bar; pages are built when they are first shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from ui import operations, theme
from ui.context import Context, Place
from ui.rail import Entry, Rail
from ui.status_bar import StatusBar
from ui.widgets.base import tab_stops
from ui.widgets.complaints import Complaints
from ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ui.queue_offer import QueueOffer

MINIMUM = (1024, 560)
FIRST = "home"


@dataclass(frozen=True, slots=True)
class Page:
    """How to make a page, and its entry in the rail (None for pages that are only opened from others). `under` is the
    page that it belongs to, whose entry is the current one then; without one it stays as it was.
    """

    make: Callable[[Context], QWidget]
    entry: Entry | None
    under: str = ""


def _home(context: Context) -> QWidget:
    from ui.pages.home import HomePage

    return HomePage(context)


def _calendar(context: Context) -> QWidget:
    from ui.pages.calendar import CalendarPage

    return CalendarPage(context)


def _activities(context: Context) -> QWidget:
    from ui.pages.activities import ActivitiesPage

    return ActivitiesPage(context)


def _cases(context: Context) -> QWidget:
    from ui.pages.cases import CasesPage

    return CasesPage(context)


def _reports(context: Context) -> QWidget:
    from ui.pages.reports import ReportsPage

    return ReportsPage(context)


def _submissions(context: Context) -> QWidget:
    from ui.pages.submissions import SubmissionsPage

    return SubmissionsPage(context)


def _submit(context: Context) -> QWidget:
    from ui.pages.submit import SubmitPage

    return SubmitPage(context)


def _checks(context: Context) -> QWidget:
    from ui.pages.check_panel import CheckPanel

    return CheckPanel(context)


def _clauses(context: Context) -> QWidget:
    from ui.pages.clauses import ClausesPage

    return ClausesPage(context)


def _history(context: Context) -> QWidget:
    from ui.pages.history_page import HistoryPage

    return HistoryPage(context)


def _manual(context: Context) -> QWidget:
    from ui.pages.manual import ManualPage

    return ManualPage(context)


def _settings(context: Context) -> QWidget:
    from ui.pages.settings import SettingsPage

    return SettingsPage(context)


PAGES = {
    "home": Page(_home, Entry("home", "首页", "home-5")),
    "calendar": Page(_calendar, Entry("calendar", "日历", "calendar-2")),
    "activities": Page(_activities, Entry("activities", "活动", "file-list-3")),
    "cases": Page(_cases, Entry("cases", "案例", "lightbulb")),
    "reports": Page(_reports, Entry("reports", "报表", "file-chart")),
    "submit": Page(_submit, Entry("submit", "报送", "mail-send")),
    "submissions": Page(_submissions, None, under="submit"),
    "checks": Page(_checks, None),
    "clauses": Page(_clauses, None),
    "history": Page(_history, None),
    "manual": Page(_manual, None),
    "settings": Page(_settings, Entry("settings", "设置", "settings-3", at_bottom=True)),
}


class MainWindow(QMainWindow):
    """One ledger, open. `look_changed` asks the application to remember theme and text size."""

    look_changed = Signal(str, int)  # theme (system, light, dark), text size in percent
    other_ledger_wanted = Signal()

    def __init__(self, context: Context, first: str = FIRST) -> None:
        super().__init__()
        self.context = context
        self.setWindowTitle("宣教台账")
        self.setMinimumSize(*MINIMUM)
        entries = [page.entry for page in PAGES.values() if page.entry]
        self.rail = Rail(entries)
        self.rail.chosen.connect(lambda name: self.show_place(Place(name)))
        self.stack = QStackedWidget()
        self.status = StatusBar(context)
        self.queue_offer: QueueOffer | None = None
        self._pages: dict[str, QWidget] = {}
        self._before = self._under_manual = first
        self._lay_out()
        self.toast = Toast(self.stack)
        self._connect()
        self._add_shortcuts([entry.page for entry in entries])
        self.show_place(Place(first))

    def page(self, name: str) -> QWidget:
        """A page by name, built on first use."""
        if name not in self._pages:
            made = PAGES[name].make(self.context)
            self._pages[name] = made
            self.stack.addWidget(made)
            for signal, act in (
                ("look_changed", self._change_look),
                ("closed", self._go_back),
                ("other_ledger_wanted", self.other_ledger_wanted),
            ):
                if hasattr(made, signal):
                    getattr(made, signal).connect(act)
        return self._pages[name]

    def show_place(self, place: Place) -> None:
        """Bring a page to the front, at the record or field the place names."""
        current = self.current_page()
        if place.page != current and current and PAGES[current].entry:
            self._before = current
        if place.page == "manual" and current and current != "manual":
            self._under_manual = current
        page = self.page(place.page)
        self.stack.setCurrentWidget(page)
        self.rail.show_current(PAGES[place.page].under or place.page)
        self.strips.hide_all()
        self._quieten()
        if current and place != Place(current):
            self.toast.hide_if_seen()  # what it offers to undo is not what is in front any more
        if hasattr(page, "show_place"):
            page.show_place(place, came_from=current)  # pyright: ignore[reportAttributeAccessIssue]
        self._bring_keyboard(page)

    def _bring_keyboard(self, page: QWidget) -> None:
        """Have the keyboard follow to the page, to where it was there last; else keys would go to what was left."""
        focused = self.focusWidget()
        if focused is not None and not page.isAncestorOf(focused):
            stops = tab_stops(page)
            before = [each for each in (page.focusWidget(),) if each in stops]
            usable = [each for each in (*before, *stops) if each.isVisible() and each.isEnabled()]
            if usable:
                usable[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_keyboard_back(self) -> None:
        """What stood above the page and had it goes away."""
        self._bring_keyboard(self.page(self.current_page()))

    def current_page(self) -> str:
        """The name of the page in front, empty before the first one is shown."""
        return next((name for name, page in self._pages.items() if page is self.stack.currentWidget()), "")

    def set_text_size(self, percent: int) -> None:
        """Change the size of all text and remember it."""
        self._change_look(self.context.preferences.theme, percent)

    def offer_what_waits(self) -> None:
        """Look whether a submission waits to be sent, and offer it once there is a network."""
        from ui.queue_offer import QueueOffer

        if self.queue_offer is None:
            self.queue_offer = QueueOffer(self.context)
            self.queue_offer.put_off.connect(self._give_keyboard_back)
            self._right.insertWidget(1, self.queue_offer)
            self._quieten()

    def _quieten(self) -> None:
        if self.queue_offer is not None:
            self.queue_offer.set_quiet(self.current_page() in ("submit", "submissions"))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.keep_everything_typed() or self._leave_without_saving():
            super().closeEvent(event)
        else:
            event.ignore()

    def keep_everything_typed(self) -> bool:
        """Have every page keep what is typed and not saved; False when one of them could not."""
        keepers = [keep for page in self._pages.values() if (keep := getattr(page, "keep_unsaved", None))]
        return all([keep() is not False for keep in keepers])

    def _leave_without_saving(self) -> bool:
        from ui.widgets.confirm import confirm

        question = "有内容没能保存，仍然退出吗？"
        consequence = "磁盘写不进去，刚才填的只在窗口里。可以先清理磁盘，或在表单下方点“另存到…”，再退出。"
        return confirm(self, question, consequence, "仍然退出", "不退出")

    def _connect(self) -> None:
        self.context.go_to.connect(self.show_place)
        self.status.text_size_chosen.connect(self.set_text_size)
        self.context.went_well.connect(self._show_toast)
        self.context.went_wrong.connect(self.strips.show_error)
        self.strips.read.connect(self._give_keyboard_back)

    def _show_toast(self, text: str, undoable: bool) -> None:
        if undoable:
            self.toast.show_message(text, "撤销", lambda: operations.undo(self.context), shortcut="Ctrl+Z")
        else:
            self.toast.show_message(text)

    def _change_look(self, theme_name: str, percent: int) -> None:
        self.look_changed.emit(theme_name, percent)

    def _go_back(self) -> None:
        if self.current_page() == "manual":
            self._put_manual_away()
        else:
            self.show_place(Place(self._before))

    def _put_manual_away(self) -> None:
        """What was in front when F1 was pressed comes back as it was, at no new place."""
        page = self.page(self._under_manual)
        self.stack.setCurrentWidget(page)
        self.rail.show_current(PAGES[self._under_manual].under or self._under_manual)
        self._bring_keyboard(page)

    def _add_shortcuts(self, pages: list[str]) -> None:
        shortcuts: list[tuple[QKeySequence | str, Callable[[], None]]] = [
            ("Ctrl+N", lambda: self.show_place(Place("activities", action="new"))),
            ("F1", lambda: self.show_place(Place("manual"))),
            ("F9", lambda: self.show_place(Place("checks"))),
            (QKeySequence(QKeySequence.StandardKey.Undo), lambda: operations.undo(self.context)),
            ("Ctrl+Alt+Z", lambda: self.show_place(Place("history", action="steps"))),
            ("Ctrl+Y", lambda: operations.redo(self.context)),
            ("Ctrl+Shift+Z", lambda: operations.redo(self.context)),
        ]
        shortcuts += [
            (f"Ctrl+{number}", lambda name=name: self.show_place(Place(name))) for number, name in enumerate(pages, 1)
        ]
        for keys, act in shortcuts:
            QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WindowShortcut).activated.connect(act)

    def _lay_out(self) -> None:
        self.strips = Complaints()
        right = self._right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.strips)
        right.addWidget(self.stack, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.rail)
        upper.addLayout(right, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        theme.changed.connect(whole.update)
