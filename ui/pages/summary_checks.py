"""What is still to be written before 定稿, as findings about the fields of a summary."""

from collections.abc import Iterable

from PySide6.QtCore import QObject

from models.checks.findings import Finding, Severity
from models.summary import Summary
from models.summary_recording import TYPED, lacks
from ui.context import Context
from ui.pages.form_checks import EditorChecks
from ui.pages.summary_figures import LiveFigures
from ui.pages.summary_state import SummaryState

RULE = "summary"
ORDER = {name: place for place, name in enumerate(TYPED)}


class SummaryChecks(EditorChecks[SummaryState]):
    """Nothing is said about a field before 定稿 was asked for: what is missing is marked in the text itself."""

    def __init__(
        self, context: Context, state: SummaryState, figures: LiveFigures, parent: QObject | None = None
    ) -> None:
        super().__init__(context, state, parent, order=ORDER)
        self._figures = figures

    def start(self, seen: Iterable[str]) -> None:
        """Another summary is in the editor."""
        super().start(())

    def _find(self, record: Summary) -> list[Finding]:
        if record.finalised:
            return []
        lacking = lacks(record, self._figures.figures)
        return [Finding(RULE, Severity.HARD, record.uid, each.field, each.message) for each in lacking]
