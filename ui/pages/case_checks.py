"""逻辑检查 of the open case: what the rules say about it, and which of that is shown yet."""

from collections.abc import Iterable

from PySide6.QtCore import QObject

from models.case import Case, CaseStage
from models.checks.findings import Finding
from ui.context import Context
from ui.pages.case_state import TYPED, CaseState
from ui.pages.form_checks import EditorChecks

ORDER = {name: place for place, name in enumerate(TYPED)}
PHOTOS = "photos"  # what a finding about photos is about
NEVER_TYPED = (PHOTOS, "effects", "activities")  # may speak up at once: nobody is in the middle of a word there


class CaseChecks(EditorChecks[CaseState]):
    """Findings about what stands in the editor of a case."""

    def __init__(self, context: Context, state: CaseState, parent: QObject | None = None) -> None:
        super().__init__(context, state, parent, order=ORDER)

    def start(self, seen: Iterable[str]) -> None:
        """Another case is in the editor; `seen` are the fields that may speak up at once."""
        super().start({*seen, *NEVER_TYPED})

    def rest(self) -> None:
        """The editor is out of sight: nothing needs to be checked before it is back."""
        self._timer.stop()

    def leave(self, name: str) -> None:
        """The keyboard left a field: from now on it may show what is wrong with it."""
        if self.enabled:
            super().leave(name)

    @property
    def stage(self) -> str:
        """Which chip the case has as it stands now."""
        base = self._state.base
        if not base.finalised or self.hard:
            return CaseStage.DRAFT
        return base.fate or CaseStage.FINAL

    def shown(self, name: str) -> list[Finding]:
        """What is shown under a field now, without the hints that are answered."""
        return [finding for finding in super().shown(name) if finding.open]

    def _find(self, record: Case) -> list[Finding]:
        from models.checks.case_run import check_one_case

        return check_one_case(self._context.ledger, self._context.notice, record)
