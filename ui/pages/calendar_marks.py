"""The clerk's own word on a day: 休, 班, an ordinary day, or nothing."""

from datetime import date

from PySide6.QtWidgets import QWidget

from models.calendar_days import clear_day_mark, read_marks, set_day_mark
from ui import operations
from ui.context import Context
from ui.pages.calendar_dialogs import MarkDialog


def mark_day(context: Context, parent: QWidget, day: date) -> None:
    """Ask what a day is, and keep the answer."""
    mark = read_marks(context.ledger).get(day)
    dialog = MarkDialog(parent, day, mark.kind if mark else "", mark.label if mark else "")
    if dialog.exec():
        keep_mark(context, day, dialog.kind(), dialog.label.text())
    dialog.deleteLater()


def keep_mark(context: Context, day: date, kind: str, label: str) -> None:
    """Mark a day, or take its mark off (empty `kind`)."""
    words = f"{day.month}月{day.day}日"
    if kind:
        operations.run(
            context,
            lambda: set_day_mark(context.ledger, day, kind, context.clerk(), label),
            lambda mark: f"已标记{words}",
        )
    else:
        operations.run(
            context,
            lambda: clear_day_mark(context.ledger, day, context.clerk()),
            lambda gone: f"已取消{words}的标记" if gone else "",
        )
