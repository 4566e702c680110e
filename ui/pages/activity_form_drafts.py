"""Keeping what is typed: one second after the last change, at most every three seconds while typing goes on."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from models.drafts import delete_draft, save_draft
from models.errors import UserError
from ui.context import Context

KIND = "activity"
QUIET_MS = 1000  # after the last change
LATEST_MS = 3000  # after the first change that is not kept yet; also the pause before another try


class Keeping(Enum):
    """Where the typed text is."""

    NOTHING = "nothing to keep"
    WAITING = "on screen only"
    KEPT = "kept as a draft"
    SAVED = "saved as a record"
    FAILED = "could not be kept"


class DraftKeeper(QObject):
    """Writes the draft of the open form. `changed` follows every change of `state`, `at` and `complaint`.

    `collect` gives (draft key, uid of the stored record or "", values as JSON), or None while there is nothing to keep.
    `kind` marks its drafts: `KIND` is that of activities.
    What cannot be written stays on screen and is tried again until it is.
    """

    changed = Signal()

    def __init__(
        self,
        context: Context,
        collect: Callable[[], tuple[str, str, dict[str, Any]] | None],
        parent: QObject | None = None,
        *,
        kind: str,
    ) -> None:
        super().__init__(parent)
        self._context, self._collect, self._kind = context, collect, kind
        self._key = ""
        self.state, self.complaint = Keeping.NOTHING, ""
        self.at: datetime | None = None
        self.quiet = self._timer(QUIET_MS)
        self.latest = self._timer(LATEST_MS)

    def start(self, key: str, state: Keeping, at: datetime | None = None) -> None:
        """Another record is in the form; `state` and `at` say how it came there."""
        self._stop()
        self._key = key
        self._show(state, at)

    def touch(self) -> None:
        """Something was typed."""
        self.quiet.start()
        if not self.latest.isActive():
            self.latest.start()
        if self.state is not Keeping.FAILED:
            self._show(Keeping.WAITING, self.at)

    @property
    def pending(self) -> bool:
        """Whether something on screen is nowhere else."""
        return self.state in (Keeping.WAITING, Keeping.FAILED)

    def flush(self) -> bool:
        """Keep what is pending now. False when it could not be: then it is still only on screen."""
        if not self.pending:
            return True
        self._stop()
        try:
            kept = self._write()
            self._context.drafts_changed.emit()
        except UserError as error:
            self.latest.start()  # try again, also if nothing more is typed
            self._show(Keeping.FAILED, self.at, error.message)
            return False
        self._show(Keeping.KEPT if kept else Keeping.NOTHING, self._context.clock())
        return True

    def forget(self) -> None:
        """Delete the draft: its content is a record now, or was given up. Raises UserError when that fails."""
        self._stop()
        if self._key:
            delete_draft(self._context.ledger, self._key)
            self._context.drafts_changed.emit()

    def _write(self) -> bool:
        found = self._collect()
        if found is None:
            delete_draft(self._context.ledger, self._key)
            return False
        self._key, uid, values = found
        save_draft(self._context.ledger, self._key, self._kind, uid, values, self._context.clock())
        return True

    def _show(self, state: Keeping, at: datetime | None, complaint: str = "") -> None:
        fails = (self.state is Keeping.FAILED, state is Keeping.FAILED)
        self.state, self.at, self.complaint = state, at, complaint
        self.changed.emit()
        if fails[0] != fails[1]:
            self._context.drafts_changed.emit()  # the status bar must not say that all is saved, or that it is not

    def _stop(self) -> None:
        self.quiet.stop()
        self.latest.stop()

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(self.flush)
        return timer
