"""修改记录 of one record, and the steps of this session that can be taken back several at once."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from models import history
from models.backup_words import moment_words
from models.errors import UserError
from models.history import Step
from models.history_versions import restore_version
from models.history_words import KINDS, Entry, history_of, title_of
from ui import operations
from ui.context import Context, Place
from ui.pages.history_items import EntryCard, StepLine
from ui.widgets.base import tab_stops
from ui.widgets.buttons import Button, icon_button
from ui.widgets.cards import Card, EmptyState
from ui.widgets.frames import Bar
from ui.widgets.labels import ElidedLabel, TextLabel, WrapLabel
from ui.widgets.layouts import clear, column, row

STEPS = "steps"  # Place.action: the steps of this session instead of one record
MOST = 200  # changes of one record that are listed
UNDO_HINT = "从上到下，越上面越新。点“撤销到这里”，这一步和它上面的都会撤销，随后可以逐步重做。"


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the page shows: a record, or with an empty uid the steps of this session."""

    uid: str = ""


class HistoryPage(QWidget):
    """A page without a rail entry. `Place("history", uid=…)` shows a record, without uid the steps. Esc goes back."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setAccessibleName("修改记录")
        self._subject = _Subject()
        self.entries: list[Entry] = []
        self.steps: list[Step] = []
        self.restore_buttons: list[Button] = []
        self.undo_buttons: list[Button] = []
        self._lay_out()
        context.changed.connect(self._follow)

    def show_place(self, place: Place, came_from: str = "") -> None:
        """Show the record the place names, or the steps of this session."""
        self._subject = _Subject("" if place.action == STEPS else place.uid)
        self.reload()
        self.area.verticalScrollBar().setValue(0)

    def reload(self) -> None:
        """Show what the log holds now; the keyboard stays where it was."""
        focused = self.focusWidget()
        stops = tab_stops(self)
        place = stops.index(focused) if focused in stops else -1
        clear(self.list)
        self.restore_buttons, self.undo_buttons = [], []
        try:
            if self._subject.uid:
                self._show_record()
            else:
                self._show_steps()
        except UserError as error:
            self.list.addWidget(EmptyState("alert-fill", "修改记录读不出来", error.message))
        self.list.addStretch(1)
        if place >= 0 and (now := tab_stops(self)):
            now[min(place, len(now) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()

    # ─── one record ───

    def _show_record(self) -> None:
        self.entries = history_of(self.context.ledger, self._subject.uid, self.context.notice)
        kind = KINDS.get(self.entries[0].change.table, "记录") if self.entries else "记录"
        self.heading.setText("修改记录")
        self.about.setText(f"{kind}　{title_of(self.entries)}　共 {len(self.entries)} 次修改" if self.entries else "")
        self.setAccessibleName(f"修改记录，{self.about.text()}")
        if not self.entries:
            self.list.addWidget(EmptyState("history", "还没有修改记录", "保存以后，每次修改都会记在这里。"))
        today = self.context.clock().date()
        for entry in self.entries[:MOST]:
            card = EntryCard(entry, moment_words(entry.change.at, today))
            if card.restore_button is not None:
                card.restore_button.clicked.connect(lambda _on=False, entry=entry: self._restore(entry))
                self.restore_buttons.append(card.restore_button)
            self.list.addWidget(card)
            card.show()
        if len(self.entries) > MOST:
            self.list.addWidget(TextLabel(f"只列出最近 {MOST} 次修改。", "hint"))

    def _restore(self, entry: Entry) -> None:
        clerk = self.context.clerk()
        when = moment_words(entry.change.at, clerk.today)
        operations.run(
            self.context,
            lambda: restore_version(self.context.ledger, entry.change, clerk),
            f"已恢复成{when}的版本",
        )

    # ─── the steps of this session ───

    def _show_steps(self) -> None:
        self.steps = history.list_steps(self.context.ledger, self.context.session_start)
        self.heading.setText("撤销多步")
        self.about.setText(f"打开台账以来的 {len(self.steps)} 步" if self.steps else "")
        self.setAccessibleName("撤销多步")
        if not self.steps:
            hint = "打开台账以后做的每一步都会列在这里。"
            self.list.addWidget(EmptyState("arrow-go-back", "没有可以撤销的操作", hint))
            return
        card = Card()
        card.body.addWidget(WrapLabel(UNDO_HINT, "hint"))
        today = self.context.clock().date()
        for number, step in enumerate(self.steps, 1):
            when = moment_words(datetime.fromisoformat(step.at), today) if step.at else ""
            line = StepLine(step.label, when, number)
            line.undo_button.clicked.connect(lambda _on=False, step=step: self._undo_back_to(step))
            self.undo_buttons.append(line.undo_button)
            card.body.addWidget(line)
        self.list.addWidget(card)
        card.show()

    def _undo_back_to(self, step: Step) -> None:
        context, clerk = self.context, self.context.clerk()
        undone = operations.run(
            context,
            lambda: history.undo_back_to(
                context.ledger, step, now=clerk.now, person=clerk.person, since=context.session_start
            ),
        )
        if undone:
            words = undone[0].label if len(undone) == 1 else f"{len(undone)} 步"
            context.went_well.emit(f"已撤销：{words}", False)

    # ─── wiring ───

    def _follow(self) -> None:
        if self.isVisible():
            self.reload()

    def _lay_out(self) -> None:
        self.heading, self.about = TextLabel("修改记录", "title"), ElidedLabel(role="second")
        self.close_button = icon_button("close", "返回", "plain", "Esc")
        self.close_button.clicked.connect(self.closed)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)
        header = Bar("header")
        line = row(self.heading, 8, margins=(24, 0))
        line.addWidget(self.about, 1)
        line.addWidget(self.close_button)
        header.setLayout(line)
        inside = QWidget()
        inside.setProperty("clear", "true")
        self.list = column(margins=(24, 16), spacing=12, parent=inside)
        self.area = QScrollArea()
        self.area.setAccessibleName("修改记录内容")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        whole = column(header, spacing=0, parent=self)
        whole.addWidget(self.area, 1)
