"""What was typed and not saved, offered above a list and on 首页 with the way back to it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.drafts import CASE_KIND, Draft, delete_draft
from ui import operations
from ui.context import Context
from ui.widgets.layouts import clear, column
from ui.widgets.strips import MessageStrip

MOST = 3  # offered at once; the others follow when these are done

WRITTEN = (CASE_KIND, "summary")  # prose is written, forms are filled in


def draft_title(draft: Draft) -> str:
    """What the draft is called on screen."""
    return str(draft.values.get("title") or draft.values.get("name") or "未填名称")


def draft_words(draft: Draft) -> str:
    """That it is there, and since when."""
    moment = f"{draft.saved_at.month}月{draft.saved_at.day}日 {draft.saved_at:%H:%M}"
    doing = "写" if draft.kind in WRITTEN else "填"
    return f"“{draft_title(draft)}”还没有保存，{moment} {doing}到一半。"


def go_on_words(draft: Draft) -> str:
    """What the link back to it says."""
    return "继续写" if draft.kind in WRITTEN else "继续填写"


class DraftStrips(QWidget):
    """One strip for each draft; nothing while there is none. `resumed` carries the key of the one to go on with."""

    resumed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.stops: list[QWidget] = []  # where Tab stops in here, in reading order
        self._column = column(margins=(16, 12, 16, 0), parent=self)
        self.hide()

    def show_drafts(self, drafts: Sequence[Draft]) -> None:
        """Offer these, the latest first."""
        clear(self._column)
        self.stops = []
        for draft in drafts[:MOST]:
            strip = MessageStrip("info", draft_words(draft), self._ways(draft))
            self._column.addWidget(strip)
            self.stops += strip.links()
        self.setVisible(bool(drafts))

    def _ways(self, draft: Draft) -> list[tuple[str, Callable[[], object]]]:
        return [(go_on_words(draft), lambda: self.resumed.emit(draft.key)), ("放弃", lambda: self._give_up(draft))]

    def _give_up(self, draft: Draft) -> None:
        from ui.widgets.confirm import confirm

        question = f"放弃“{draft_title(draft)}”没有保存的内容？"
        if confirm(self, question, "放弃后不能恢复。已经保存过的记录不受影响。", "放弃", "不放弃"):
            operations.run(self._context, lambda: delete_draft(self._context.ledger, draft.key))
