"""计划提醒: plans whose day has passed, with the three ways out, and what comes in the next days."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import operations
from ui.context import Context, Place
from ui.pages.home_cards import rule
from ui.widgets.buttons import button, link
from ui.widgets.cards import Card
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel
from ui.widgets.layouts import FlowLayout, clear, column, row

if TYPE_CHECKING:
    from ui.pages.home_data import PlanLine

OVERDUE_SHOWN, UPCOMING_SHOWN = 2, 4
WEEKDAYS = "一二三四五六日"


class RemindersCard(Card):
    """Plans to answer and plans to come. `place_wanted` leads to a plan or to the whole list."""

    place_wanted = Signal(object)

    def __init__(self, context: Context) -> None:
        self.whole = link("全部计划")
        super().__init__("计划提醒", self.whole)
        self.context = context
        self.whole.clicked.connect(lambda: self.place_wanted.emit(Place("calendar", action="list")))
        self.rows = column(spacing=6)
        self.body.addLayout(self.rows)
        self.body.addStretch(1)

    def show_entries(self, overdue: "Sequence[PlanLine]", upcoming: "Sequence[PlanLine]") -> None:
        """List them anew."""
        today = self.context.clock().date()
        clear(self.rows)
        for plan in overdue[:OVERDUE_SHOWN]:
            self._add(rule())
            self._add(self._overdue(plan, (today - plan.day).days))
        if len(overdue) > OVERDUE_SHOWN:
            more = link(f"另有 {len(overdue) - OVERDUE_SHOWN} 项计划过期没有登记结果")
            more.clicked.connect(lambda: self.place_wanted.emit(Place("calendar", action="overdue")))
            self._add(more)
        self._add(rule())
        self._add(TextLabel("未来 7 天" if upcoming else "未来 7 天没有计划", "hint"))
        for plan in upcoming[:UPCOMING_SHOWN]:
            self._add(self._coming(plan))
        if len(upcoming) > UPCOMING_SHOWN:
            self._add(TextLabel(f"还有 {len(upcoming) - UPCOMING_SHOWN} 项", "hint"))

    def _overdue(self, plan: "PlanLine", days: int) -> QWidget:
        made = QWidget()
        acts = FlowLayout(spacing=8)
        for words, act in (
            ("登记结果", lambda: self.place_wanted.emit(Place("calendar", uid=plan.uid, action="complete"))),
            ("改期", lambda: self.place_wanted.emit(Place("calendar", uid=plan.uid, action="move"))),
            ("取消计划", lambda: self._cancel(plan)),
        ):
            each = button(words, small=True)
            each.setAccessibleName(f"{words}：{plan.title}")
            each.clicked.connect(act)
            acts.addWidget(each)
        title = row(
            IconLabel("alert-fill", "warn"),
            ElidedLabel(plan.title or "未命名的计划"),
            TextLabel(f"已过期 {days} 天", "small", "warn"),
        )
        title.setStretch(1, 1)
        column(title, acts, spacing=4, margins=(0, 2), parent=made)
        return made

    def _coming(self, plan: "PlanLine") -> QWidget:
        made = QWidget()
        day = f"{plan.day.month}-{plan.day.day:02} 周{WEEKDAYS[plan.day.weekday()]}"
        words = link(plan.title or "未命名的计划")
        words.setAccessibleName(f"{day}，{plan.title}")
        words.clicked.connect(lambda: self.place_wanted.emit(Place("calendar", uid=plan.uid)))
        row(TextLabel(day, "note"), 8, words, None, margins=(0, 1), parent=made)
        return made

    def _cancel(self, plan: "PlanLine") -> None:
        from models import activity_repository, recording, scheduling

        ledger, clerk = self.context.ledger, self.context.clerk()
        activity = activity_repository.get_activity(ledger, plan.uid)
        if activity is not None:
            words = f"{recording.quoted(activity)}已取消"
            operations.run(self.context, lambda: scheduling.cancel(ledger, activity, clerk), words)

    def _add(self, widget: QWidget) -> None:
        self.rows.addWidget(widget)
        widget.show()
