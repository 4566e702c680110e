"""Messages above a summary: what was put back, and what the ledger says differently since 定稿."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from models.summary_recording import StaleFigure
from ui.widgets.base import put_next_in_tab_order
from ui.widgets.layouts import column
from ui.widgets.strips import Links, MessageStrip

MOST = 3  # changed figures that are named


class SummaryNotes(QWidget):
    """Nothing while there is nothing to say."""

    def __init__(self, after: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._after = after  # what Tab comes from
        self.restored: MessageStrip | None = None
        self.stale: MessageStrip | None = None
        self._column = column(spacing=8, margins=(16, 8), parent=self)
        self.hide()

    def show_restored(self, saved_at: datetime, now: datetime, give_up: Callable[[], object]) -> None:
        """Unsaved content of `saved_at` is on screen again."""
        today = saved_at.date() == now.date()
        moment = f"{saved_at:%H:%M}" if today else f"{saved_at.month}月{saved_at.day}日 {saved_at:%H:%M}"
        self.hide_restored()
        text = f"已恢复上次没有保存的内容（{moment}）"
        self.restored = self._add("info", text, [("放弃这些改动", give_up)], closable=True)

    def hide_restored(self) -> None:
        self.restored = self._remove(self.restored)

    def show_stale(self, figures: Sequence[StaleFigure], reopen: Callable[[], object]) -> None:
        """Since 定稿 these figures have changed in the ledger; none: nothing is said."""
        text = stale_words(figures)
        if text == (self.stale.text() if self.stale else ""):
            return
        self.stale = self._remove(self.stale)
        if text:
            self.stale = self._add("warn", text, [("取消定稿，按新数字改", reopen)])

    def _add(self, kind: str, text: str, links: Links, *, closable: bool = False) -> MessageStrip:
        strip = MessageStrip(kind, text, links, closable=closable)
        self._column.addWidget(strip)
        strip.show()
        self.show()
        put_next_in_tab_order(self._after, strip.links())
        return strip

    def _remove(self, strip: MessageStrip | None) -> None:
        if strip is not None:
            self._column.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self.setVisible(any(each is not None and each is not strip for each in (self.restored, self.stale)))


def stale_words(figures: Sequence[StaleFigure]) -> str:
    """定稿以后台账有变化：参加人次由 76 变为 100……, empty when nothing has changed."""
    if not figures:
        return ""
    parts = [
        f"{each.label}由 {each.old} 变为 {each.new}" if each.new else f"{each.label} {each.old} 已经没有了"
        for each in figures[:MOST]
    ]
    more = f"，共 {len(figures)} 个数字" if len(figures) > MOST else ""
    return f"定稿以后台账有变化：{'；'.join(parts)}{more}。"
