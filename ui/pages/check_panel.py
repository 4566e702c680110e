"""逻辑检查: everything a period still needs before it can be reported, with the way to each field."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from models import activity_repository, case_recording
from models.activity_query import ActivityQuery
from models.case_repository import CASES
from models.checks import Finding
from models.checks.findings import CASE
from models.errors import UserError
from models.explanation_repository import save_explanation
from models.periods import Period, choices_around
from models.recording import quoted, record
from ui import operations, theme, workers
from ui.context import Context, Place
from ui.pages.check_panel_items import FindingItem, RecordCard
from ui.pages.check_panel_outcome import Group, Outcome, run_check
from ui.pages.check_panel_place import place_of
from ui.widgets.base import announce
from ui.widgets.buttons import FULL, ICON_ONLY, button, icon_button
from ui.widgets.cards import EmptyState
from ui.widgets.frames import Bar
from ui.widgets.keyboard import tab_as_laid_out
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.layouts import clear, column, row
from ui.widgets.period_picker import PeriodPicker

FOLLOW_AFTER = 400  # milliseconds after the last change in the ledger
WIDE = 900  # content width ÷ text scale

Key = tuple[str, str, str, str]  # which finding: record, rule, field, severity


class CheckPanel(QWidget):
    """A page without a rail entry: F9 opens it, Esc goes back. Follows the ledger while it is visible."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setAccessibleName("逻辑检查")
        self.outcome: Outcome | None = None
        self._just_shown = False
        self._turn = 0  # of the newest check; results of earlier ones are dropped
        self._job: workers.Job | None = None
        self._follow = QTimer(self, singleShot=True, interval=FOLLOW_AFTER)
        self.period = PeriodPicker(context.period, self._has_records, lambda: context.clock().date())
        self.again = button("重新检查", "refresh", shortcut_text="F9")
        self.close_button = icon_button("close", "返回", "plain", "Esc")
        self.counts = ElidedLabel(role="second")
        self._lay_out()
        self._connect()
        self._offer_periods()

    def refresh(self) -> None:
        """Check again in the background; what is shown stays until then."""
        self._follow.stop()
        self._turn += 1
        if self._job:
            self._job.cancel()
        turn, context = self._turn, self.context
        period, today = self.period.period(), context.clock().date()
        self._job = workers.start(
            lambda _job: run_check(context.ledger, context.notice, period, today),
            lambda outcome: self._take(turn, outcome),
            lambda error: self._miss(turn, error),
        )

    def show_place(self, _place: Place, came_from: str = "") -> None:
        """F9 on the page itself: check again."""
        if self.isVisible():
            self.refresh()

    def keep_unsaved(self) -> None:
        """Called when the window closes: half-written explanations are kept as they are."""
        for item in list(self.items()):
            item.keep()

    def items(self) -> Iterator[FindingItem]:
        """The findings on screen, in reading order."""
        for card in self.cards:
            yield from card.items

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._just_shown = True
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._follow.stop()  # when it is shown it reads anew; a closed window has no ledger to read
        if self._job:
            self._job.cancel()
            self._turn += 1
            self._job = None

    def focusNextPrevChild(self, forward: bool) -> bool:
        """The findings are made anew by every check: Tab goes as all is laid out."""
        tab_as_laid_out(self)
        return super().focusNextPrevChild(forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() / theme.current().scale
        self.period.show_days(room >= WIDE)
        self.again.set_brevity(FULL if room >= WIDE else ICON_ONLY)

    # ─── what was found ───

    def _take(self, turn: int, outcome: Outcome) -> None:
        if turn != self._turn:
            return
        self._job, self.outcome = None, outcome
        result = outcome.result
        explained = f"（已说明 {len(result.explained)}）" if result.explained else ""
        hints = f"提示 {len(result.soft)}{explained}"
        self.counts.setText(f"必须改 {len(result.hard)}　{hints}　查了 {result.records} 条记录")
        announce(self, self.counts.text())
        self._rebuild(outcome)

    def _miss(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        self._job = None
        if not isinstance(error, UserError):
            raise error
        self.context.went_wrong.emit(error.message)

    def _rebuild(self, outcome: Outcome) -> None:
        """Show the findings anew without losing the place, the keyboard focus or a half-written explanation."""
        place = self.area.verticalScrollBar().value()
        typed = {_key(each.finding): each.reason.text() for each in self.items() if each.reason and _is_edited(each)}
        focused = self.focusWidget() or self
        here = next((_key(each.finding) for each in self.items() if each.isAncestorOf(focused)), None)
        for item in self.items():
            item.forget()
        clear(self.list)
        self.cards = []
        if outcome.result.passed:
            self._show_passed(outcome)
        result = outcome.result
        hard, soft = len(result.hard), len(result.soft)
        self._add_section(f"必须改 {hard} 项", "改好才能报送，随时可以保存退出", outcome.hard, outcome.hidden_hard)
        hint = f"可以改，也可以写一句核实说明后照报　已说明 {len(result.explained)} / {soft}"
        self._add_section(f"提示 {soft} 项", hint, outcome.soft, outcome.hidden_soft)
        self.list.addStretch(1)
        for item in self.items():
            if item.reason and _key(item.finding) in typed:
                item.reason.setText(typed[_key(item.finding)])
            if _key(item.finding) == here:
                (item.reason or item.go_button).setFocus()
        self.area.verticalScrollBar().setValue(0 if self._just_shown else place)
        if self._just_shown:  # the keyboard starts at what is to be done first
            self._just_shown = False
            first = next(self.items(), None)
            (first.go_button if first else self.close_button).setFocus()

    def _show_passed(self, outcome: Outcome) -> None:
        period = self.period.period()
        hint = f"{period.label}（{period.short_range}）查了 {outcome.result.records} 条记录，可以报送。"
        passed = EmptyState("shield-check", "逻辑正确", hint, "生成报送", "mail-send")
        passed.triggered.connect(lambda: self.context.go_to.emit(Place("submit", field=period.code, action="new")))
        self.list.addWidget(passed)
        passed.show()

    def _add_section(self, title: str, hint: str, groups: tuple[Group, ...], hidden: int) -> None:
        if not groups:
            return
        head = row(TextLabel(title, "section"), TextLabel(hint, "hint"), None, spacing=8)
        self.list.addLayout(head)
        for group in groups:
            card = RecordCard(group.title, group.number, group.findings)
            for item in card.items:
                item.go.connect(lambda finding: self.context.go_to.emit(place_of(finding)))
                item.repaired.connect(self._repair)
                item.explained.connect(self._explain)
            self.cards.append(card)
            self.list.addWidget(card)
            card.show()  # at once: what is not visible yet cannot take the keyboard
        if hidden:
            self.list.addWidget(TextLabel(f"另有 {hidden} 条记录，改完上面的再列出来。", "hint"))
        self.list.addSpacing(theme.px(8))

    # ─── mending ───

    def _repair(self, finding: Finding) -> None:
        """Make the change the finding proposes."""
        ledger, repair = self.context.ledger, finding.repair
        if finding.record_kind == CASE:
            self._repair_case(finding)
            return
        activity = activity_repository.get_activity(ledger, finding.uid)
        if repair is None or activity is None:
            return
        mended = activity.with_values(**{repair.field: repair.value})
        clerk = self.context.clerk()
        operations.run(self.context, lambda: record(ledger, mended, clerk), f"{quoted(activity)}已{repair.label}")

    def _repair_case(self, finding: Finding) -> None:
        ledger, repair = self.context.ledger, finding.repair
        case, clerk = CASES.get(ledger, finding.uid), self.context.clerk()
        if repair is None or case is None:
            return
        mended = replace(case, **{repair.field: repair.value})
        words = f"{case_recording.quoted(case)}已{repair.label}"
        operations.run(self.context, lambda: case_recording.record_case(ledger, mended, clerk), words)

    def _explain(self, finding: Finding, text: str) -> None:
        """Keep the clerk's answer to a hint; an empty one takes it back."""
        ledger, clerk = self.context.ledger, self.context.clerk()

        def save() -> None:
            with ledger.transaction("写核实说明" if text else "删去核实说明", at=clerk.now, person=clerk.person):
                save_explanation(ledger, finding, text, now=clerk.now, person=clerk.person)

        operations.run(self.context, save, "核实说明已保存" if text else "核实说明已删去")

    # ─── wiring ───

    def _has_records(self, period: Period) -> bool:
        query = ActivityQuery(start=period.start, end=period.end)
        return bool(activity_repository.page(self.context.ledger, query, 0, 1))

    def _offer_periods(self) -> None:
        days = activity_repository.first_and_last_day(self.context.ledger) or (None, None)
        self.period.offer(choices_around(self.context.clock().date(), *days))

    def _after_change(self) -> None:
        if self.isVisible():
            self._offer_periods()
            self._follow.start()

    def _follow_period(self) -> None:
        self.period.set_period(self.context.period)
        if self.isVisible():
            self.refresh()

    def _connect(self) -> None:
        self.context.changed.connect(self._after_change)
        self.context.period_changed.connect(self._follow_period)
        self._follow.timeout.connect(self.refresh)
        self.period.chosen.connect(self.context.set_period)
        self.again.clicked.connect(self.refresh)
        self.close_button.clicked.connect(self.closed)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    def _lay_out(self) -> None:
        header = Bar("header")
        parts = (TextLabel("逻辑检查", "title"), 8, self.period, None, self.counts, 8, self.again, self.close_button)
        header.setLayout(row(*parts, margins=(24, 0)))
        self.cards: list[RecordCard] = []
        inside = QWidget()
        inside.setProperty("clear", "true")
        self.list = column(margins=(24, 16), spacing=12, parent=inside)
        self.area = QScrollArea()
        self.area.setAccessibleName("逻辑检查结果")
        self.area.setWidgetResizable(True)
        self.area.setWidget(inside)
        whole = column(header, spacing=0, parent=self)
        whole.addWidget(self.area, 1)


def _key(finding: Finding) -> Key:
    return finding.uid, finding.rule_id, finding.field, finding.title


def _is_edited(item: FindingItem) -> bool:
    return item.reason is not None and item.reason.text().strip() != item.finding.explanation
