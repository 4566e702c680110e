"""逻辑检查 of the open form: what the rules say about it, and which of that is shown yet."""

from PySide6.QtCore import QObject

from models.activity import Activity, Stage
from models.activity_row import stage_of
from models.checks.findings import CheckContext, Explanations, Finding
from models.checks.run import check_activity, context_for_one
from models.errors import UserError
from models.explanation_repository import list_explanations
from models.fields import ACTIVITY_FIELDS
from ui.context import Context
from ui.pages.activity_form_state import FormState
from ui.pages.form_checks import EditorChecks

_ORDER = {spec.name: place for place, spec in enumerate(ACTIVITY_FIELDS)}


class FormChecks(EditorChecks[FormState]):
    """Findings about what stands in the form, and the 核实说明 that answer them."""

    def __init__(self, context: Context, state: FormState, parent: QObject | None = None) -> None:
        super().__init__(context, state, parent, order=_ORDER)
        self._stored: dict[str, tuple[str, str]] = {}
        self._owed = False
        self.stage = Stage.DRAFT

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

    def pause(self) -> None:
        """The form is out of sight, perhaps because the window is being closed, and the ledger after it."""
        self._owed = self._timer.isActive()
        self._timer.stop()

    def resume(self) -> None:
        """The form is in sight again: make up for a check that was due."""
        if self._owed:
            self.schedule()
        self._owed = False

    def explanations(self, record: Activity) -> Explanations:
        """The answers in force: those on record, and those typed here and not saved yet."""
        answers = {**self._stored, **self._state.answers}
        return {(record.uid, rule): answer for rule, answer in answers.items()}

    def _find(self, record: Activity) -> list[Finding]:
        context = context_for_one(self._context.ledger, self._context.notice, self._context.clock().date(), record)
        return check_activity(record, context, self.explanations(record))

    def _conclude(self, record: Activity) -> None:
        self.stage = stage_of(record, complete=not self.hard)


def settle_answers(
    record: Activity, context: CheckContext, answers: dict[str, tuple[str, str]]
) -> list[tuple[Finding, str]]:
    """The explanations typed in the form as the saved record needs them: (finding of today, text)."""
    found = {finding.rule_id: finding for finding in check_activity(record, context)}
    return [(found[rule], text) for rule, (_fingerprint, text) in answers.items() if rule in found]
