"""Messages above the editor: what was put back, and why a case came back."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from models.case import Case, CaseStage
from ui.widgets.base import put_next_in_tab_order
from ui.widgets.layouts import column
from ui.widgets.strips import Links, MessageStrip


class CaseNotes(QWidget):
    """Nothing while there is nothing to say."""

    def __init__(self, after: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._after = after  # what Tab comes from
        self.restored: MessageStrip | None = None
        self.returned: MessageStrip | None = None
        self._column = column(spacing=8, margins=(16, 8), parent=self)
        self.hide()

    def start(self, case: Case) -> None:
        """Another case is in the editor."""
        self.hide_restored()
        self.show_fate(case)

    def show_restored(self, saved_at: datetime, now: datetime, give_up: Callable[[], object]) -> None:
        """Unsaved content of `saved_at` is on screen again."""
        today = saved_at.date() == now.date()
        moment = f"{saved_at:%H:%M}" if today else f"{saved_at.month}月{saved_at.day}日 {saved_at:%H:%M}"
        self.hide_restored()
        text = f"已恢复上次没有保存的内容（{moment}）"
        self.restored = self._add("info", text, [("放弃这些改动", give_up)], closable=True)

    def hide_restored(self) -> None:
        self.restored = self._remove(self.restored)

    def show_fate(self, case: Case) -> None:
        """A returned case says what the superior wrote."""
        why = f"退回的原因：{case.fate_note}" if case.fate_note else "这个案例被退回了。"
        text = f"{why}　改好后重新定稿。" if case.fate == CaseStage.RETURNED else ""
        if text != (self.returned.text() if self.returned else ""):
            self.returned = self._remove(self.returned)
            if text:
                self.returned = self._add("warn", text, [])

    def _add(self, kind: str, text: str, links: Links, *, closable: bool = False) -> MessageStrip:
        strip = MessageStrip(kind, text, links, closable=closable)
        self._column.addWidget(strip)
        self.show()
        put_next_in_tab_order(self._after, strip.links())
        return strip

    def _remove(self, strip: MessageStrip | None) -> None:
        if strip is not None:
            self._column.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self.setVisible(any(each is not None and each is not strip for each in (self.restored, self.returned)))
