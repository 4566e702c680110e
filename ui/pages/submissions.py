"""报送记录: every submission as it was sent, what became of it, and the ways back to it."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.errors import UserError
from models.submission import STATE_LABELS, Submission
from models.submission_content import data_of
from models.submission_log import ORDER, corrected_version, count_states, find, timeline
from models.submission_repository import LoggedSubmission, list_files, list_submissions
from ui import theme, workers
from ui.context import Context, Place
from ui.pages.report_progress import StepStrip
from ui.pages.submissions_actions import SubmissionsActions
from ui.pages.submissions_detail import SubmissionDetail
from ui.pages.submissions_table import SubmissionsTable
from ui.widgets.buttons import FULL, ICON_ONLY, Pill, button, icon_button
from ui.widgets.cards import EmptyState
from ui.widgets.edits import SearchEdit
from ui.widgets.frames import Bar, Ground
from ui.widgets.keyboard import tab_as_laid_out
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import FlowLayout, column, row

log = logging.getLogger(__name__)

WIDE = 1000  # content width ÷ text scale: from here on list and pane stand side by side
DETAIL = 440  # pixels at 100 % text
FOLLOW_AFTER = 200  # milliseconds after the last change
NOTHING_FOUND = ("没有找到", "换一个词，或换一种状态", "清除筛选", "search")
NOTHING_YET = ("还没有报送过", "生成的每个报送包都会原样留在这里，随时可以再打开、再寄出。", "生成报送", "mail-send")
ALL = ""


class SubmissionsPage(QWidget):
    """A page without a rail entry. `Place("submissions", uid=…)` shows one submission. Esc goes back."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setAccessibleName("报送记录")
        self._every: list[LoggedSubmission] = []
        self._changed: Mapping[str, int] = {}
        self._turn = 0
        self._narrow = False
        self._in_detail = False  # with room for one of them, whether it is the pane
        self.table = SubmissionsTable()
        self.detail = SubmissionDetail()
        self.search = SearchEdit("编号、报送期、回执码、收件人或退回的原因")
        self.search.setAccessibleName("搜索报送记录")
        self.pills = {ALL: Pill("全部"), **{state: Pill(STATE_LABELS[state]) for state in ORDER}}
        self.progress = StepStrip()
        self.progress.hide()
        self._lay_out()
        self.actions_of_page = SubmissionsActions(self)
        self._follow = QTimer(self, singleShot=True, interval=FOLLOW_AFTER)
        self._connect()
        self._press(ALL)

    def show_place(self, place: Place, came_from: str = "") -> None:
        """Show the submission the place names, else the list."""
        self.reload()
        if place.uid:
            self.show_submission(place.uid)
        else:
            self._show_pane(False)
        if not (self._narrow and self._in_detail):
            self.take_keyboard()

    def show_submission(self, uid: str) -> None:
        """Bring one submission to the front, widening the filters if they hide it."""
        if all(each.submission.uid != uid for each in self._chosen()):
            self.clear_filters()
        self._show(uid)
        self._show_pane(self.table.current() is not None)

    def reload(self) -> None:
        """Read the log anew; how much was changed since is counted in the background."""
        self._follow.stop()
        try:
            self._every = list_submissions(self.context.ledger)
        except UserError as error:
            self.context.went_wrong.emit(error.message)
            return
        self._show()
        self._count()

    def clear_filters(self) -> None:
        """Ask for everything again."""
        with QSignalBlocker(self.search):
            self.search.setText("")
        self._press(ALL)

    def take_keyboard(self) -> None:
        """The keyboard is in the list, or on the next step that an empty list offers."""
        target = self.empty.button if self.body.currentIndex() else self.table
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._follow.stop()  # when it is shown it reads anew; a closed window has no ledger to read

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The pane is made anew for every submission: Tab goes as all is laid out."""
        tab_as_laid_out(self)
        return super().focusNextPrevChild(forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ─── what is shown ───

    def _chosen(self) -> list[LoggedSubmission]:
        state = next((state for state, pill in self.pills.items() if pill.isChecked()), ALL)
        return find(self._every, self.search.text(), state)

    def _show(self, keep: str = "") -> None:
        chosen, counts = self._chosen(), count_states(self._every)
        for state, pill in self.pills.items():
            pill.set_count(counts.get(state, 0) if state else len(self._every))
            pill.setVisible(not state or state in counts or pill.isChecked())
        if not chosen:
            self.empty.set_words(*(NOTHING_FOUND if self._every else NOTHING_YET))
        had = self.body.isAncestorOf(self.window().focusWidget() or self)
        self.body.setCurrentIndex(0 if chosen else 1)
        self.table.show_submissions(chosen, self._changed, keep)
        if had and not chosen:
            self.take_keyboard()
        self.count_label.setText(f"共 {len(chosen)} 次报送")
        self._show_current()

    def _show_current(self) -> None:
        logged = self.table.current()
        self.detail.setVisible(logged is not None and (self._in_detail or not self._narrow))
        if logged is None:
            self._show_pane(False)
            return
        own = logged.submission
        today = self.context.clock().date()
        self.detail.show_submission(
            logged,
            timeline(logged, today),
            list_files(self.context.ledger, own.uid),
            self._changes_of(own),
            self._changed.get(own.uid, 0),
            corrected_version(self._every, own),
        )

    def _changes_of(self, own: Submission) -> Sequence[Any]:
        """What a version changed in the one before; of a package whose files have gone nothing can be told."""
        if own.version == 1 or not own.added + own.changed + own.removed:
            return ()
        try:
            changes = data_of(self.context.ledger, own).get("changes")
        except UserError as error:
            log.warning("the changes of %s cannot be read: %s", own.number, error.message)
            return ()
        return changes if isinstance(changes, list) else ()

    def _count(self) -> None:
        from models.submission_changes import counts_since

        self._turn += 1
        turn, context, today = self._turn, self.context, self.context.clock().date()

        def read(_job: workers.Job) -> dict[str, int]:
            with context.ledger.reader() as reader:
                return counts_since(reader, context.notice, today)

        def take(counts: dict[str, int]) -> None:
            if turn == self._turn and counts != self._changed:
                self._changed = counts
                self._show()

        workers.start(read, take, self._miss)

    def _miss(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.context.went_wrong.emit(error.message)

    # ─── list and pane ───

    def _show_pane(self, shown: bool) -> None:
        """In a narrow window: the pane instead of the list, or back."""
        self._in_detail = shown
        self._fit()
        if self._narrow and self.isVisible():
            self.detail.take_keyboard() if shown else self.take_keyboard()

    def _open_current(self) -> None:
        self._show_pane(True)
        self.detail.take_keyboard()

    def _escape(self) -> None:
        if self.detail.entry_open():
            self.detail.put_entries_away()
        elif self._narrow and self._in_detail:
            self._show_pane(False)
        else:
            self.closed.emit()

    def _fit(self) -> None:
        room = self.width() / theme.current().scale
        self._narrow = room < WIDE
        chosen = self.table.current() is not None
        self.left.setVisible(not (self._narrow and self._in_detail))
        self.detail.setVisible(chosen and (self._in_detail or not self._narrow))
        self.detail.show_back(self._narrow)
        self.detail.setMinimumWidth(0 if self._narrow else theme.px(DETAIL))
        self.detail.setMaximumWidth(16_777_215 if self._narrow else theme.px(DETAIL))
        self.reply_button.set_brevity(FULL if room >= 640 else ICON_ONLY)
        self.subtitle.setVisible(room >= 860)

    def _press(self, state: str) -> None:
        for each, pill in self.pills.items():
            with QSignalBlocker(pill):
                pill.setChecked(each == state)
        self._show()

    def _leave_emptiness(self) -> None:
        if self._every:
            self.clear_filters()
            self.take_keyboard()
        else:
            self.context.go_to.emit(Place("submit", action="new"))

    def _after_change(self) -> None:
        if self.isVisible():
            self._follow.start()

    def _connect(self) -> None:
        self.context.changed.connect(self._after_change)
        self._follow.timeout.connect(lambda: self.reload() if self.isVisible() else None)
        theme.changed.connect(self._fit)
        self.search.textChanged.connect(lambda _text: self._show())
        for state, pill in self.pills.items():
            pill.clicked.connect(lambda _on, state=state: self._press(state))
        self.table.chosen.connect(self._show_current)
        self.table.opened.connect(self._open_current)
        self.detail.closed.connect(lambda: self._show_pane(False))
        self.empty.triggered.connect(self._leave_emptiness)
        self.reply_button.clicked.connect(self.actions_of_page.import_reply)
        self.new_button.clicked.connect(lambda: self.context.go_to.emit(Place("submit", action="new")))
        self.close_button.clicked.connect(self.closed)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, owner, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self, self.search.setFocus),
            (QKeySequence("Down"), self.search, self.table.setFocus),
            (QKeySequence(Qt.Key.Key_Escape), self, self._escape),
        ):
            QShortcut(keys, owner, context=within).activated.connect(act)

    def _lay_out(self) -> None:
        header = Bar("header")
        self.subtitle = TextLabel("寄出的内容已封存，以后的修改动不了它", "hint")
        self.reply_button = button("导入对方回执", "inbox-archive")
        self.new_button = button("生成报送", "mail-send", "primary")
        self.close_button = icon_button("close", "返回", "plain", "Esc")
        row(
            TextLabel("报送记录", "title"), 8, self.subtitle, None, self.reply_button, self.new_button,
            self.close_button, margins=(24, 0), parent=header,
        )  # fmt: skip
        filters = QWidget()
        pills = FlowLayout(spacing=8)
        for pill in self.pills.values():
            pills.addWidget(pill)
        column(self.search, pills, margins=(16, 12, 16, 10), parent=filters)
        self.empty = EmptyState("mail-send", "", "", " ")
        nothing = Ground("surface")
        column(self.empty, parent=nothing)
        self.body = QStackedWidget()
        self.body.addWidget(self.table)
        self.body.addWidget(nothing)
        foot = Bar("totals")
        self.count_label = TextLabel(role="note")
        row(self.count_label, None, margins=(16, 8), parent=foot)
        self.left = QWidget()
        beside = column(filters, self.body, foot, spacing=0, parent=self.left)
        beside.setStretch(1, 1)
        panes = row(spacing=0)
        panes.addWidget(self.left, 1)
        panes.addWidget(self.detail, 1)
        whole = column(header, self.progress, spacing=0, parent=self)
        whole.addLayout(panes, 1)
