"""Which records are no longer as they were submitted, for every page that shows records; found in the background."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui import workers
from ui.context import Context

if TYPE_CHECKING:
    from models.submission_changes import Mark

FOLLOW_AFTER = 400  # milliseconds after the last change


class SubmissionMarks(QObject):
    """`marks` is read by record uid; `changed` says that it is another one now. Follows the ledger."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self.marks: Mapping[str, Mark] = {}
        self._turn = 0
        self._follow = QTimer(self, singleShot=True, interval=FOLLOW_AFTER)
        self._follow.timeout.connect(self.look)
        context.changed.connect(self._follow.start)
        self._follow.start(0)

    def look(self) -> None:
        """Compare what was submitted with what there is now."""
        self._turn += 1
        turn, context, today = self._turn, self._context, self._context.clock().date()

        def read(_job: workers.Job) -> "dict[str, Mark]":
            from models.submission_log_repository import last_event_at

            with context.ledger.reader() as reader:
                if last_event_at(reader) is None:
                    return {}  # nothing was ever submitted: the forms need not be loaded
                from models.submission_changes import marks

                return marks(reader, context.notice, today)

        workers.start(read, lambda found: self._take(turn, found), workers.pass_over)

    def _take(self, turn: int, found: "dict[str, Mark]") -> None:
        if turn == self._turn and found != self.marks:
            self.marks = found
            self.changed.emit()


def marks_of(context: Context) -> SubmissionMarks:
    """The marks of an open ledger."""
    return context.findChild(SubmissionMarks) or SubmissionMarks(context)
