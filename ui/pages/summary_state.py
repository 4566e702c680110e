"""The answers of an open summary: title, address and the five parts, with undo until they are saved."""

from collections.abc import Mapping
from dataclasses import replace
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject

from models.summary import Summary
from models.summary_recording import TYPED
from ui.pages.case_state import PAUSE, STOPS
from ui.pages.form_trail import Step, TypedAnswers, Values


class SummaryState(TypedAnswers):
    """The answers of a summary. A pause in typing, or a whole sentence, ends a step; saving ends them all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.open(Summary(), stored=False)

    def open(self, base: Summary, *, stored: bool, typed: Values | None = None) -> None:
        """Start from a summary (`stored`: it is in the ledger) and what a draft kept of it. No step, no signal."""
        self.base, self.stored = base, stored
        self._begin(values_of(base), typed)
        self._typed_at, self._paused = 0.0, True

    def rebase(self, base: Summary, *, stored: bool) -> None:
        """The summary was changed elsewhere: what was not touched here follows, what was typed here stays."""
        self.base, self.stored = base, stored
        self._trail.undone.clear()  # 重做 is that of the ledger now
        self._follow(values_of(base))

    @property
    def uid(self) -> str:
        return self.base.uid

    def unread(self) -> Mapping[str, Any]:
        """Every text can be read."""
        return {}

    def record(self) -> Summary:
        """The summary as it stands in the editor."""
        return replace(self.base, **self._values)

    def draft(self) -> Values:
        """What a draft keeps: the title, and what differs from what the editor was opened with."""
        return {name: self._values[name] for name in TYPED if name in self.touched | {"title"}}

    def after_saving(self, saved: Summary) -> None:
        """The summary is in the ledger: from here on 撤销 is that of the ledger."""
        before = self._values
        self.open(saved, stored=True)
        self.changed.emit(frozenset(name for name in TYPED if self._values[name] != before[name]))

    def _remember(self, step: Step) -> None:
        now = monotonic()
        self._paused, self._typed_at = now - self._typed_at >= PAUSE, now
        super()._remember(step)

    def _goes_on(self, last: Step, step: Step) -> bool:
        ended = str(last.after.get(step.key, "")).endswith(tuple(STOPS))
        return super()._goes_on(last, step) and not self._paused and not ended


def values_of(summary: Summary) -> Values:
    """The texts by field name."""
    return {name: getattr(summary, name) for name in TYPED}


def typed_in(draft: Mapping[str, Any]) -> Values:
    """The texts of a draft; what a damaged draft holds beside them is left out."""
    return {name: draft[name] for name in TYPED if isinstance(draft.get(name), str)}
