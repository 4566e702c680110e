"""What every page needs: the open ledger, the notice in force, the clock, and the window's few signals."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.ledger import Ledger
from models.notice import Notice
from models.periods import Period, quarter_of
from models.preferences import Preferences
from models.unit import Unit
from models.unit_repository import get_unit

if TYPE_CHECKING:
    from models.recording import Clerk


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go: a page, and what to show there (a record, a field of it)."""

    page: str
    uid: str = ""
    field: str = ""
    action: str = ""


class Context(QObject):
    """One open ledger and the announcements about it. Pages keep a reference and no state of their own kind twice.

    `changed` follows every write to the records that succeeded, `drafts_changed` every draft kept or dropped.
    `went_well` asks the window for a toast (text, whether 撤销 is offered); `went_wrong` for a message strip.
    `go_to` asks it to show a `Place`.
    """

    changed = Signal()
    drafts_changed = Signal()
    period_changed = Signal()
    went_well = Signal(str, bool)
    went_wrong = Signal(str)
    go_to = Signal(object)

    def __init__(
        self,
        ledger: Ledger,
        notice: Notice,
        preferences: Preferences,
        clock: Callable[[], datetime] = datetime.now,
        parent: QObject | None = None,
        *,
        is_sample: bool = False,
    ) -> None:
        super().__init__(parent)
        self.ledger = ledger
        self.is_sample = is_sample  # thrown away with the window: nobody should keep anything in it unawares
        self.notice = notice
        self.preferences = preferences
        self.clock = clock
        self.session_start = ledger.last_change()  # 撤销 reaches back to here, not into other days
        self._period: Period = quarter_of(clock().date())

    @property
    def period(self) -> Period:
        """The report period that pages start from; one for the whole window, so that they agree."""
        return self._period

    def set_period(self, period: Period) -> None:
        """Choose the period on every page at once."""
        if period != self._period:
            self._period = period
            self.period_changed.emit()

    def clerk(self) -> "Clerk":
        """Who records, now, under which notice."""
        from models.persons import current_person
        from models.recording import Clerk

        return Clerk(self.notice, self.clock(), current_person(self.ledger, self.preferences, self.unit()))

    def unit(self) -> Unit:
        """The unit card as stored."""
        return get_unit(self.ledger)
