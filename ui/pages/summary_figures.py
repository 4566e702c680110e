"""The figures of one period as the ledger has them now, for everything in the editor of its summary."""

from PySide6.QtCore import QObject, Signal

from models.periods import Period
from models.reports.basis import ReportBasis
from models.summary import Summary
from models.summary_drafting import draft_summary
from models.summary_figures import Figure, Figures, figures_of, value_of
from models.summary_recording import StaleFigure, stale_figures
from ui.context import Context


class LiveFigures(QObject):
    """`changed` follows every new reading, and every change between live and frozen (定稿)."""

    changed = Signal()

    def __init__(self, context: Context, period: Period, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self.period = context, period
        self._shown = Summary()
        self.figures: Figures = {}
        self._basis = self.new_basis()

    def read(self) -> None:
        """Count again. Raises UserError when the ledger cannot be read."""
        self._basis = self.new_basis()
        self.figures = figures_of(self._basis)
        self.changed.emit()

    def show(self, summary: Summary) -> None:
        """This summary is in the editor: at 定稿 its figures stay as they were."""
        kept = Summary(finalised=summary.finalised, figures=summary.figures)
        if kept != self._shown:
            self._shown = kept
            self.changed.emit()

    def value(self, name: str) -> str | None:
        """What a figure reads; None for one that the ledger does not give."""
        return value_of(self._shown, self.figures)(name)

    def get(self, name: str) -> Figure | None:
        """The figure with what it is called and how it is counted."""
        return self.figures.get(name)

    def draft(self) -> Summary:
        """The summary as it would be drafted now."""
        return draft_summary(self._basis, self.figures)

    def stale(self, summary: Summary) -> list[StaleFigure]:
        """What the ledger says differently since 定稿."""
        return stale_figures(summary, self._basis, self.figures)

    def new_basis(self) -> ReportBasis:
        """The records of the period, read anew when asked for."""
        context = self._context
        return ReportBasis(context.ledger, context.notice, self.period, context.clock().date())
