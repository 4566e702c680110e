"""常用筛选 beside the counting pills: apply with a click, name, rename and delete them."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from models import saved_filters
from models.activity_query import ActivityQuery
from models.errors import UserError
from models.saved_filters import LONGEST_NAME, SavedFilter
from ui.context import Context
from ui.widgets.base import plain_menu_text, put_next_in_tab_order
from ui.widgets.buttons import Pill, button, icon_button, link
from ui.widgets.edits import CounterLineEdit
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import FlowLayout, row

MOST_PILLS = 4  # the others are in the menu


class SavedPills(QObject):
    """The saved filters: some as pills, all in a menu, and the line in which a name is typed.

    `captured` tells what the boxes hold, `apply` puts a filter into them, `clear` empties them.
    """

    pills_changed = Signal()

    def __init__(
        self,
        context: Context,
        captured: Callable[[], SavedFilter],
        apply: Callable[[SavedFilter], None],
        clear: Callable[[], None],
    ) -> None:
        super().__init__(context)
        self._context, self._captured, self._apply, self._clear = context, captured, apply, clear
        self._pills: dict[str, Pill] = {}
        self._renaming = ""
        self.save_button = link("存为常用筛选", "add")
        self.save_button.clicked.connect(self.ask_name)
        self.menu_button = icon_button("more", "常用筛选：选用、改名、删除", small=True)
        self.menu_button.clicked.connect(self._show_menu)
        self.naming = QWidget()  # filled when somebody first gives a name
        self.naming.hide()

    def put_into(self, flow: FlowLayout, after: QWidget) -> None:
        """Take a place behind the counting pills, the last of which is `after`."""
        self._line, self._after = flow, after
        self._rebuild()

    def follow_in_tab_order(self) -> None:
        """Have Tab go through the pills where they stand."""
        stops = [*self._pills.values(), self.save_button, self.menu_button]
        if all(stop.window() is self._after.window() for stop in stops):
            put_next_in_tab_order(self._after, stops)

    def filters(self) -> list[SavedFilter]:
        """The saved filters in their order."""
        return saved_filters.list_filters(self._context.ledger)

    def current(self) -> SavedFilter | None:
        """The saved filter that asks for what the boxes hold now."""
        held = self._captured()
        return next((each for each in self.filters() if each.same_choice(held)), None)

    def pill(self, name: str) -> Pill:
        """The pill of a filter, for those that have one."""
        return self._pills[name]

    def queries(self, query_of: Callable[[SavedFilter], ActivityQuery]) -> dict[str, ActivityQuery]:
        """What the pills count."""
        return {_key(each.name): query_of(each) for each in self.filters() if each.name in self._pills}

    def show_counts(self, counts: dict[str, int]) -> None:
        for name, pill in self._pills.items():
            if _key(name) in counts:
                pill.set_count(counts[_key(name)])

    def apply_last(self) -> bool:
        """Ask for what was asked for last time, if that was a saved filter. Whether it was."""
        name = saved_filters.last_used(self._context.ledger)
        wanted = next((each for each in self.filters() if each.name == name), None) if name else None
        if wanted:
            self._apply(wanted)
        return wanted is not None

    def show_current(self) -> None:
        """Check the pill of the filter in force, and remember which one that is."""
        if not self._pills:
            return
        current = self.current()
        for name, pill in self._pills.items():
            with QSignalBlocker(pill):
                pill.setChecked(current is not None and current.name == name)
        self._try(lambda: saved_filters.remember_used(self._context.ledger, current.name if current else ""))

    def ask_name(self, old: str = "") -> None:
        """Open the line for a name: of a new filter, or another one for `old`."""
        if self.naming.layout() is None:
            self._build_naming()
        self._renaming = old if isinstance(old, str) else ""
        self.name_edit.setText(self._renaming)
        self.name_label.setText(f"把“{self._renaming}”改名为" if self._renaming else "常用筛选的名字")
        self.naming.show()
        self.name_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name_edit.selectAll()

    def save(self) -> None:
        """Keep what the boxes hold under the name typed, or give the filter its new name."""
        ledger, name, old = self._context.ledger, self.name_edit.text(), self._renaming
        if not old and any(each.name == " ".join(name.split()) for each in self.filters()):
            from ui.widgets.confirm import confirm

            question = f"已经有一个叫“{' '.join(name.split())}”的常用筛选，替换它吗？"
            if not confirm(self.naming, question, "原来的筛选条件会被现在的代替。", "替换", "不替换", danger=False):
                return
        held = replace(self._captured(), name=name)
        if self._try(
            lambda: saved_filters.rename_filter(ledger, old, name) if old else saved_filters.save_filter(ledger, held)
        ):
            self.leave_naming()
            self._rebuild()
            self.show_current()

    def leave_naming(self) -> None:
        """Put the line for the name away."""
        had_keyboard = self.naming.isAncestorOf(self.naming.window().focusWidget() or self.save_button)
        self.naming.hide()
        if had_keyboard:
            self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def delete(self, name: str) -> None:
        """Forget a filter, after asking."""
        from ui.widgets.confirm import confirm

        question = f"删除常用筛选“{name}”？"
        if confirm(self.save_button, question, "只删去这个筛选条件，活动记录不受影响。", "删除") and self._try(
            lambda: saved_filters.delete_filter(self._context.ledger, name)
        ):
            self._rebuild()
            self.show_current()

    def fill_menu(self, menu: QMenu) -> None:
        """Every saved filter to choose, and what can be done with each."""
        menu.clear()
        current = self.current()
        for each in self.filters():
            action = menu.addAction(plain_menu_text(each.name))
            action.setCheckable(True)
            action.setChecked(current is not None and current.name == each.name)
            action.triggered.connect(lambda _on=False, each=each: self._apply(each))
        menu.addSeparator()
        for words, act in (("改名", self.ask_name), ("删除", self.delete)):
            inner = menu.addMenu(words)
            for each in self.filters():
                inner.addAction(plain_menu_text(each.name)).triggered.connect(
                    lambda _on=False, act=act, name=each.name: act(name)
                )

    def _show_menu(self) -> None:
        menu = QMenu(self.save_button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height())))

    def _rebuild(self) -> None:
        """Make the pills anew: a filter has come, gone, or has another name."""
        for pill in self._pills.values():
            self._line.removeWidget(pill)
            pill.deleteLater()
        for tail in (self.save_button, self.menu_button):
            self._line.removeWidget(tail)
        self._pills = {}
        kept = self.filters()
        for each in kept[:MOST_PILLS]:
            pill = self._pills[each.name] = Pill(each.name)
            pill.clicked.connect(lambda on, each=each: self._apply(each) if on else self._clear())
            self._line.addWidget(pill)
            pill.show()
        self._line.addWidget(self.save_button)
        self._line.addWidget(self.menu_button)
        self.menu_button.setVisible(bool(kept))
        self.follow_in_tab_order()
        self.pills_changed.emit()

    def _try(self, act: Callable[[], object]) -> bool:
        """Write a setting; say why when that is impossible."""
        try:
            act()
        except UserError as error:
            self._context.went_wrong.emit(error.message)
            return False
        return True

    def _build_naming(self) -> None:
        line = self.naming
        self.name_label = TextLabel("常用筛选的名字", "note")
        self.name_edit = CounterLineEdit(LONGEST_NAME, chars=16)
        self.name_edit.setAccessibleName("常用筛选的名字")
        self.name_edit.returnPressed.connect(self.save)
        keep = button("保存", "check", small=True)
        keep.clicked.connect(self.save)
        leave = button("取消", small=True)
        leave.clicked.connect(self.leave_naming)
        row(self.name_label, self.name_edit, keep, leave, None, parent=line)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), line)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave_naming)


def _key(name: str) -> str:
    """How a saved filter's count is told from those of the other pills."""
    return f"saved:{name}"
