"""逻辑检查 of the open case: what the rules say about it, and which of that is shown yet."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from models.case import CaseStage
from models.checks.findings import Finding, Severity
from models.errors import UserError
from ui.context import Context
from ui.pages.case_state import TYPED, CaseState

QUIET_MS = 250  # after the last change; leaving a field checks at once
ORDER = {name: place for place, name in enumerate(TYPED)}
PHOTOS = "photos"  # what a finding about photos is about
NEVER_TYPED = (PHOTOS, "effects", "activities")  # may speak up at once: nobody is in the middle of a word there
UNREAD = "unread"  # stands for the rule id where text cannot be read


class CaseChecks(QObject):
    """Findings about what stands in the editor. `changed` follows every check.

    Nothing is shown about a field before it was left once, unless it held something when the editor was opened or 定稿
    was asked for.
    """

    changed = Signal()

    def __init__(self, context: Context, state: CaseState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._state = context, state
        self._seen: set[str] = set()
        self._insisted = False
        self._complaint = ""
        self.findings: list[Finding] = []
        self.enabled = False  # while no case is in the editor there is nothing to check
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.run)

    def start(self, seen: Iterable[str]) -> None:
        """Another case is in the editor; `seen` are the fields that may speak up at once."""
        self._seen, self._insisted, self.enabled = {*seen, *NEVER_TYPED}, False, True
        self.run()

    def stop(self) -> None:
        """No case is in the editor any more."""
        self._timer.stop()
        self.enabled = False

    def schedule(self) -> None:
        """Check soon: something was typed."""
        self._timer.start()

    def rest(self) -> None:
        """The editor is out of sight: nothing needs to be checked before it is back."""
        self._timer.stop()

    def leave(self, name: str) -> None:
        """The keyboard left a field: from now on it may show what is wrong with it."""
        if self.enabled and (name not in self._seen or self._timer.isActive()):
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
        try:
            found = self._find()
        except UserError as error:
            if error.message != self._complaint:  # once, not at every key
                self._complaint = error.message
                self._context.went_wrong.emit(error.message)
            return
        self._complaint = ""
        unread = self._state.unread()
        self.findings = [finding for finding in found if finding.field not in unread]
        uid = self._state.base.uid
        self.findings += [Finding(UNREAD, Severity.HARD, uid, name, value.reason) for name, value in unread.items()]
        self.findings.sort(key=lambda finding: ORDER.get(finding.field, len(ORDER)))
        self.changed.emit()

    def _find(self) -> list[Finding]:
        from models.checks.case_run import check_one_case

        return check_one_case(self._context.ledger, self._context.notice, self._state.record())

    @property
    def stage(self) -> str:
        """Which chip the case has as it stands now."""
        base = self._state.base
        if not base.finalised or self.hard:
            return CaseStage.DRAFT
        return base.fate or CaseStage.FINAL

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
        """What is shown under a field now."""
        if not self.speaks_about(name):
            return []
        return [finding for finding in self.findings if finding.field == name and finding.open]

    def anything_shown(self) -> bool:
        """Whether an error is shown anywhere (then the footer may be red too)."""
        return any(self.speaks_about(finding.field) for finding in self.hard)
