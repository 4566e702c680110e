"""逻辑检查 of the open form: what the rules say about it, and which of that is shown yet."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from models.activity import Activity, Stage
from models.activity_row import stage_of
from models.checks.findings import CheckContext, Explanations, Finding, Severity
from models.checks.run import check_activity, context_for_one
from models.errors import UserError
from models.explanation_repository import list_explanations
from models.fields import ACTIVITY_FIELDS
from ui.context import Context
from ui.pages.activity_form_state import FormState

QUIET_MS = 250  # after the last change; leaving a field checks at once

_ORDER = {spec.name: place for place, spec in enumerate(ACTIVITY_FIELDS)}
UNREAD = "unread"  # stands for the rule id where text cannot be read


class FormChecks(QObject):
    """Findings about what stands in the form. `changed` follows every check.

    Nothing is shown about a field before it was left once, unless it held something when the form was opened or 定稿
    was asked for.
    """

    changed = Signal()

    def __init__(self, context: Context, state: FormState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._state = context, state
        self._stored: dict[str, tuple[str, str]] = {}
        self._seen: set[str] = set()
        self._insisted = False
        self._complaint = ""
        self.findings: list[Finding] = []
        self.stage = Stage.DRAFT
        self._owed = False
        self.enabled = False  # while no record is in the form there is nothing to check
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.run)

    def start(self, seen: Iterable[str]) -> None:
        """Another record is in the form; `seen` are the fields that may speak up at once."""
        self._seen, self._insisted, self.enabled = set(seen), False, True
        self.reload()

    def stop(self) -> None:
        """No record is in the form any more."""
        self._timer.stop()
        self.enabled = False

    def reload(self) -> None:
        """Look up the explanations on record again, then check."""
        uid = self._state.base.uid
        try:
            known = list_explanations(self._context.ledger) if uid and self._state.stored else {}
        except UserError as error:
            self._complain(error)
            known = {}
        self._stored = {rule: answer for (record, rule), answer in known.items() if record == uid}
        self.run()

    def schedule(self) -> None:
        """Check soon: something was typed."""
        self._timer.start()

    def pause(self) -> None:
        """The form is out of sight, perhaps because the window is being closed, and the ledger after it."""
        self._owed = self._timer.isActive()
        self._timer.stop()

    def resume(self) -> None:
        """The form is in sight again: make up for a check that was due."""
        if self._owed:
            self.schedule()
        self._owed = False

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
            context = context_for_one(self._context.ledger, self._context.notice, self._context.clock().date(), record)
            found = check_activity(record, context, self.explanations(record))
        except UserError as error:
            self._complain(error)
            return
        self._complaint = ""
        unread = self._state.unread()
        self.findings = [finding for finding in found if finding.field not in unread]
        self.findings += [
            Finding(UNREAD, Severity.HARD, record.uid, name, value.reason) for name, value in unread.items()
        ]
        self.findings.sort(key=lambda finding: _ORDER[finding.field])
        self.stage = stage_of(record, complete=not self.hard)
        self.changed.emit()

    def explanations(self, record: Activity) -> Explanations:
        """The answers in force: those on record, and those typed here and not saved yet."""
        answers = {**self._stored, **self._state.answers}
        return {(record.uid, rule): answer for rule, answer in answers.items()}

    @property
    def hard(self) -> list[Finding]:
        """What stands in the way of 定稿, in the order of the form."""
        return [finding for finding in self.findings if finding.severity is Severity.HARD]

    @property
    def soft(self) -> list[Finding]:
        """Hints that nobody has answered yet."""
        return [finding for finding in self.findings if finding.severity is Severity.SOFT and finding.open]

    @property
    def open(self) -> list[Finding]:
        """Everything left to do, in the order of the form."""
        return [finding for finding in self.findings if finding.open]

    def shown(self, name: str) -> list[Finding]:
        """What is shown under a field now; answered hints included, so that the answer can be mended."""
        if not (self._insisted or name in self._seen):
            return []
        return [finding for finding in self.findings if finding.field == name]

    def anything_shown(self) -> bool:
        """Whether the form shows an error anywhere (then the footer may be red too)."""
        return any(self._insisted or finding.field in self._seen for finding in self.hard)

    def _complain(self, error: UserError) -> None:
        if error.message != self._complaint:  # once, not at every key
            self._complaint = error.message
            self._context.went_wrong.emit(error.message)


def settle_answers(
    record: Activity, context: CheckContext, answers: dict[str, tuple[str, str]]
) -> list[tuple[Finding, str]]:
    """The explanations typed in the form as the saved record needs them: (finding of today, text)."""
    found = {finding.rule_id: finding for finding in check_activity(record, context)}
    return [(found[rule], text) for rule, (_fingerprint, text) in answers.items() if rule in found]
