"""The summary of a period in its editor, from opening to 定稿: what it starts from, where its draft is."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from models import drafts
from models.errors import UserError
from models.summary import DRAFT_KIND, Summary, summary_key
from models.summary_recording import finalise_summary, named, reopen_summary, save_summary
from models.summary_repository import find_summary
from ui import operations
from ui.context import Context
from ui.pages.form_session import EditorSession
from ui.pages.summary_checks import SummaryChecks
from ui.pages.summary_figures import LiveFigures
from ui.pages.summary_state import SummaryState, typed_in


class SummarySession(EditorSession[SummaryState, SummaryChecks]):
    """One period has one summary: the one in the ledger, or while there is none what the records say by themselves."""

    def __init__(self, context: Context, figures: LiveFigures, parent: QObject | None = None) -> None:
        state = SummaryState()
        checks = SummaryChecks(context, state, figures)
        key = summary_key(figures.period.code)
        super().__init__(context, state, checks, parent, kind=DRAFT_KIND, key=lambda _uid: key, noun="总结")
        self._figures = figures
        self._resting, self._missed = False, False

    def rest(self) -> None:
        """Out of sight: nothing needs to be counted before it is back."""
        self._resting = True

    def wake(self) -> None:
        """In sight again: catch up with the ledger."""
        self._resting = False
        if self._missed:
            self._follow_ledger()

    def start(self) -> bool:
        """Open it, with what was typed and not saved. False, and said why, when the ledger cannot be read."""
        return self._open(self._load)

    def save(self) -> bool:
        """保存; it stays in the editor. False when it could not be saved (and said why)."""
        if self.state.base.finalised or (self.state.stored and not self.state.dirty):
            return True
        ledger, clerk, record = self.context.ledger, self.context.clerk(), self.state.record()
        return self._write(lambda: save_summary(ledger, record, clerk))

    def finalise(self) -> bool:
        """保存, then 定稿 as a step of its own: 撤销 takes that back and never what was written."""
        if not self.save():
            return False
        ledger, clerk, base = self.context.ledger, self.context.clerk(), self.state.base
        done = f"{named(base)}已定稿"
        return self._write(lambda: finalise_summary(ledger, base, self._figures.new_basis(), clerk), done)

    def reopen(self) -> bool:
        """取消定稿: it can be written in again, and its figures follow the ledger."""
        ledger, clerk, base = self.context.ledger, self.context.clerk(), self.state.base
        return self._write(lambda: reopen_summary(ledger, base, clerk), f"{named(base)}已取消定稿")

    def would_lose(self, *names: str) -> bool:
        """Whether drafting these anew replaces words that the draft would not write."""
        fresh = self._figures.draft()
        return any(self.state.value(name).strip() and self.state.value(name) != getattr(fresh, name) for name in names)

    def draft_again(self, *names: str) -> None:
        """重新起草 of these fields, as one step of the editor."""
        fresh = self._figures.draft()
        self.state.change({name: getattr(fresh, name) for name in names})

    def _load(self) -> None:
        self._resting, self._missed = False, False
        self._figures.read()
        found = find_summary(self.context.ledger, self._figures.period.code)
        draft = drafts.get_draft(self.context.ledger, self._key(""))
        self.leaving.emit()
        typed = typed_in(draft.values) if draft and not (found and found.finalised) else None
        self.state.open(found or self._figures.draft(), stored=found is not None, typed=typed)
        self._figures.show(self.state.base)
        self._take_in(draft, [])

    def _write(self, work: Callable[[], Summary], done: str = "") -> bool:
        with self._alone():
            saved = operations.run(self.context, work, done)
        if saved is None:
            if self.state.dirty:
                self.keeper.touch()
                self.keeper.flush()
            return False
        self._settle(saved)
        self._figures.show(saved)
        self.checks.run()
        return True

    def _follow_ledger(self) -> None:
        """撤销, a restored backup or a change of a record: the figures are new, and perhaps the summary itself."""
        self._missed = self._resting
        if not self.active or self._resting:
            return
        try:
            self._figures.read()
            found = find_summary(self.context.ledger, self._figures.period.code)
        except UserError as error:
            self.context.went_wrong.emit(error.message)
            return
        if self._busy:
            return
        base = found or self._figures.draft()
        if base != self.state.base or self.state.stored != (found is not None):
            with self._alone():
                self.state.rebase(base, stored=found is not None)
            self._figures.show(base)
        self.checks.run()
