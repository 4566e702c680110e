"""逻辑检查 of an open editor: what the rules say about its record, and which of that is shown yet."""

from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from models.checks.findings import Finding, Severity
from models.errors import UserError
from ui.context import Context
from ui.pages.form_trail import TypedAnswers

QUIET_MS = 250  # after the last change; leaving a field checks at once
UNREAD = "unread"  # stands for the rule id where text cannot be read

State = TypeVar("State", bound=TypedAnswers)


class EditorChecks(QObject, Generic[State]):
    """Findings about what stands in the editor, by `order` of its fields. `changed` follows every check.

    Nothing is shown about a field before it was left once, unless it held something when the editor was opened or 定稿
    was asked for.
    """

    changed = Signal()

    def __init__(
        self, context: Context, state: State, parent: QObject | None = None, *, order: Mapping[str, int]
    ) -> None:
        super().__init__(parent)
        self._context, self._state, self._order = context, state, order
        self._seen: set[str] = set()
        self._insisted = False
        self._complaint = ""
        self.findings: list[Finding] = []
        self.enabled = False  # while no record is in the editor there is nothing to check
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.run)

    def start(self, seen: Iterable[str]) -> None:
        """Another record is in the editor; `seen` are the fields that may speak up at once."""
        self._seen, self._insisted, self.enabled = set(seen), False, True
        self.reload()

    def stop(self) -> None:
        """No record is in the editor any more."""
        self._timer.stop()
        self.enabled = False

    def reload(self) -> None:
        """The record was opened, saved or changed elsewhere: check it anew."""
        self.run()

    def schedule(self) -> None:
        """Check soon: something was typed."""
        self._timer.start()

    def leave(self, name: str) -> None:
        """The keyboard left a field: from now on it may show what is wrong with it."""
        if name not in self._seen or self._timer.isActive():
            self._seen.add(name)
            self.run()

    def insist(self) -> None:
        """定稿 was asked for: show everything."""
        self._insisted = True
        self.run()

    def run(self) -> None:
        """Check now."""
        self._timer.stop()
        if not self.enabled:
            return
        record = self._state.record()
        try:
            found = self._find(record)
        except UserError as error:
            self._complain(error)
            return
        self._complaint = ""
        unread, uid = self._state.unread(), self._state.uid
        self.findings = [finding for finding in found if finding.field not in unread]
        self.findings += [Finding(UNREAD, Severity.HARD, uid, name, value.reason) for name, value in unread.items()]
        self.findings.sort(key=lambda finding: self._order.get(finding.field, len(self._order)))
        self._conclude(record)
        self.changed.emit()

    @property
    def hard(self) -> list[Finding]:
        """What stands in the way of 定稿, in the order of the editor."""
        return [finding for finding in self.findings if finding.severity is Severity.HARD]

    @property
    def soft(self) -> list[Finding]:
        """Hints that nobody has answered yet."""
        return [finding for finding in self.findings if finding.severity is Severity.SOFT and finding.open]

    @property
    def open(self) -> list[Finding]:
        """Everything left to do, in the order of the editor."""
        return [finding for finding in self.findings if finding.open]

    def speaks_about(self, name: str) -> bool:
        """Whether what is wrong with a field may be shown by now."""
        return self._insisted or name in self._seen

    def shown(self, name: str) -> list[Finding]:
        """What is shown under a field now; answered hints included, so that the answer can be mended."""
        return [finding for finding in self.findings if finding.field == name] if self.speaks_about(name) else []

    def anything_shown(self) -> bool:
        """Whether an error is shown anywhere (then the footer may be red too)."""
        return any(self.speaks_about(finding.field) for finding in self.hard)

    def _find(self, record: Any) -> list[Finding]:
        """What the rules say about the record as it stands. Raises UserError when the ledger cannot be read."""
        raise NotImplementedError

    def _conclude(self, record: Any) -> None:
        """What follows from the findings about the record, before anybody hears of them."""

    def _complain(self, error: UserError) -> None:
        if error.message != self._complaint:  # once, not at every key
            self._complaint = error.message
            self._context.went_wrong.emit(error.message)
