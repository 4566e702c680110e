"""Choosing activities: for 案例孵化, or as links of the case in the editor. A page, not a dialog."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from models import activity_repository
from models.activity import Activity, Status
from models.activity_query import ActivityQuery
from ui import theme
from ui.context import Context
from ui.pages.activity_form_keys import FormKeys
from ui.pages.case_pick_list import PickList
from ui.widgets.buttons import FULL, NO_SHORTCUT, button, icon_button
from ui.widgets.cards import EmptyState
from ui.widgets.edits import SearchEdit
from ui.widgets.frames import Bar, Ground
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.layouts import column, row

SHOWN = 200  # as many as one page reads; the search finds the others
WORDS_FROM = 800


@dataclass(frozen=True, slots=True)
class Purpose:
    """What is being chosen for: words on the page, and how many are allowed."""

    title: str
    hint: str
    action: str
    most: int
    least: int = 1
    done_only: bool = True


HATCH = Purpose("从活动生成案例", "挑 1 到 5 项办过的活动，程序按记录写出初稿", "生成初稿", most=5)
LINK = Purpose("选择关联活动", "最多 20 项，数字和实施时间可从这里取", "关联", most=20, least=0, done_only=False)


class CasePicker(QWidget):
    """`picked` carries the uids in the order they were ticked, `closed` asks to go back."""

    picked = Signal(object)
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.purpose = HATCH
        self.list = PickList()
        self.search = SearchEdit("活动名称、简述，或拼音首字母 dszk")
        self.search.setAccessibleName("搜索活动")
        self._searching = QTimer(self, singleShot=True, interval=0)
        self._searching.timeout.connect(self.reload)
        self._lay_out()
        self.search.textChanged.connect(lambda _text: self._searching.start())
        self.list.chosen_changed.connect(self._show_count)
        self.back_button.clicked.connect(self.closed)
        self.empty.triggered.connect(self.search.clear)
        self.go_button.clicked.connect(self.go)
        keys = FormKeys(self)
        for combination, act in (
            ("Ctrl+Return", self.go),
            ("Esc", self._escape),
            ("Ctrl+F", lambda: self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)),
        ):
            keys.add(combination, act)
        down = QShortcut(QKeySequence("Down"), self.search, context=Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(lambda: self.list.setFocus(Qt.FocusReason.ShortcutFocusReason))
        theme.changed.connect(self._fit)

    def begin(self, purpose: Purpose, chosen: Sequence[str] = ()) -> None:
        """Start choosing; `chosen` are ticked already and stand first."""
        self.purpose = purpose
        self.title.setText(purpose.title)
        self.hint.setText(purpose.hint)
        self.go_button.setText(purpose.action)
        self.search.setText("")
        self._searching.stop()
        found = [activity_repository.get_activity(self.context.ledger, uid) for uid in chosen]
        self.list.start([each for each in found if each and self._fits(each)], purpose.most)
        self.reload()
        self._show_count()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read the activities that the search asks for."""
        query = ActivityQuery(text=self.search.text())
        rows = activity_repository.page(self.context.ledger, query, 0, SHOWN)
        self.list.show_found([each.activity for each in rows if self._fits(each.activity)], searched=query.filtered)
        listed = self.list.count() > 0
        self.body.setCurrentIndex(0 if listed else 1)
        if not listed:
            words = ("没有找到", "换一个词再找", "清除搜索") if query.filtered else (
                "还没有办过的活动", "先在“活动”里登记，再来写案例", ""
            )  # fmt: skip
            self.empty.set_words(*words)
        more = len(rows) == SHOWN
        self.more.setText(f"只列出最近 {SHOWN} 项，更早的请搜索" if more else "")

    def go(self) -> None:
        """Take what is ticked."""
        chosen = self.list.chosen()
        if self.purpose.least <= len(chosen) <= self.purpose.most:
            self.picked.emit(tuple(chosen))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fits(self, activity: Activity) -> bool:
        return activity.status == Status.DONE or (not self.purpose.done_only and activity.status != Status.CANCELLED)

    def _escape(self) -> None:
        if self.search.text():
            self.search.clear()
        else:
            self.closed.emit()

    def _show_count(self) -> None:
        count, most = len(self.list.chosen()), self.purpose.most
        self.count.setText(f"已选 {count} 项，最多 {most} 项")
        self.reason.setText("先勾选至少 1 项活动" if count < self.purpose.least else "")
        self.go_button.setEnabled(count >= self.purpose.least)
        self.go_button.setAccessibleDescription(self.reason.text() or "Ctrl+Enter")

    def _fit(self) -> None:
        wide = self.width() / theme.current().scale >= WORDS_FROM
        self.hint.setVisible(wide)
        self.go_button.set_brevity(FULL if wide else NO_SHORTCUT)

    def _lay_out(self) -> None:
        header, footer = Bar("header"), Bar("footer")
        self.back_button = icon_button("arrow-left", "返回", shortcut_text="Esc")
        self.title, self.hint = TextLabel("", "title"), ElidedLabel("", "hint")
        row(self.back_button, self.title, 8, self.hint, None, margins=(24, 0), parent=header)
        self.count, self.reason = TextLabel(role="note"), TextLabel(role="hint")
        self.go_button = button("生成初稿", "checkbox-circle", "primary", "Ctrl+Enter")
        row(self.count, None, self.reason, 8, self.go_button, margins=(24, 0), parent=footer)
        tools = QWidget()
        self.more = TextLabel(role="hint")
        column(self.search, margins=(16, 12, 16, 10), parent=tools)
        empty = Ground("surface")
        self.empty = EmptyState("search", "", "", " ")
        column(self.empty, parent=empty)
        listed = Ground("surface")
        inner = column(spacing=0, parent=listed)
        inner.addWidget(self.list, 1)
        inner.addLayout(row(None, self.more, None, margins=(16, 6)))
        self.body = QStackedWidget()
        self.body.addWidget(listed)
        self.body.addWidget(empty)
        whole = column(header, tools, self.body, footer, spacing=0, parent=self)
        whole.setStretch(2, 1)
