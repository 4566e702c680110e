"""Messages above the form: what was put back, a plan whose day has passed, a change to one of several repetitions."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from models.activity import Status
from ui.pages.activity_form_state import FormState
from ui.widgets.layouts import column
from ui.widgets.strips import Links, MessageStrip

REPEATED = "这是重复活动中的一次，刚才只改了这一次。其他各次也要这样改吗？"
OVERDUE = "计划的日子已经过了。办完了就登记结果，没办的请改期或取消。"


class FormNotes(QWidget):
    """Nothing while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.restored: MessageStrip | None = None
        self.overdue: MessageStrip | None = None
        self.series: MessageStrip | None = None
        self._column = column(spacing=8, parent=self)
        self.hide()

    def show_restored(self, saved_at: datetime, now: datetime, give_up: Callable[[], object]) -> None:
        """Unsaved content of `saved_at` is on screen again."""
        moment = (
            f"{saved_at:%H:%M}"
            if saved_at.date() == now.date()
            else f"{saved_at.month}月{saved_at.day}日 {saved_at:%H:%M}"
        )
        self.hide_restored()
        self.restored = self._add(
            "info", f"已恢复上次没有保存的内容（{moment}）", [("放弃这些改动", give_up)], closable=True
        )

    def hide_restored(self) -> None:
        self.restored = self._remove(self.restored)

    def show_series(self, links: Links) -> None:
        """Offer to change the other repetitions in the same way."""
        self.hide_series()
        self.series = self._add("info", REPEATED, links, closable=True)

    def hide_series(self) -> None:
        self.series = self._remove(self.series)

    def show_overdue(self, state: FormState, links: Links) -> None:
        """Ask for the result of a planned activity of the ledger whose last day lies before today."""
        record = state.record()
        due = (
            state.stored
            and record.status == Status.PLANNED
            and record.last_day is not None
            and record.last_day < state.today
        )
        if due and self.overdue is None:
            self.overdue = self._add("info", OVERDUE, links)
        elif not due:
            self.overdue = self._remove(self.overdue)

    def _add(self, kind: str, text: str, links: Links, *, closable: bool = False) -> MessageStrip:
        strip = MessageStrip(kind, text, links, closable=closable)
        self._column.addWidget(strip)
        self.show()
        return strip

    def _remove(self, strip: MessageStrip | None) -> None:
        if strip is not None:
            self._column.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self.setVisible(any(each and each is not strip for each in (self.restored, self.overdue, self.series)))
