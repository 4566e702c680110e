"""The answers of an open editor and the trail of its changes: every change is a step, a stretch of typing is one step.

Undo inside the editor is apart from 撤销 of the ledger: it takes back what nobody has saved yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal

Values = dict[str, Any]


@dataclass(slots=True)
class Step:
    """One change. `key` names the box while typing in it may still be added to this step."""

    before: Values
    after: Values
    key: str = ""


@dataclass(slots=True)
class _Trail:
    done: list[Step] = field(default_factory=list[Step])
    undone: list[Step] = field(default_factory=list[Step])


class TypedAnswers(QObject):
    """Values by field name. `changed` carries the names whose values are new, after every change, undo and redo."""

    changed = Signal(frozenset)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stored = False  # whether the record that is open is in the ledger
        self._opened: Values = {}
        self._values: Values = {}
        self._trail = _Trail()

    def value(self, name: str) -> Any:
        """What stands in a box, an `Unread` if it cannot be read."""
        return self._values[name]

    @property
    def values(self) -> Mapping[str, Any]:
        """Every answer by field name."""
        return self._values

    def set(self, name: str, value: Any, *, typing: bool = False) -> None:
        """One box has a new value. `typing` adds to the step before if that was typing in the same box."""
        self.change({name: value}, key=name if typing else "")

    def change(self, news: Values, *, key: str = "") -> None:
        """Several boxes at once, as one step."""
        before = {name: self._values[name] for name, value in news.items() if self._values[name] != value}
        if before:
            after = {name: news[name] for name in before}
            self._remember(Step(before, after, key))
            self._take(after)

    def end_typing(self) -> None:
        """The keyboard left the box: typing in it again is a new step."""
        if self._trail.done:
            self._trail.done[-1].key = ""

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._trail.done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to do again."""
        return bool(self._trail.undone)

    def undo(self) -> frozenset[str]:
        """Take the latest step back; returns the fields it was about, empty when there is none."""
        return self._play(self._trail.done, self._trail.undone, backwards=True)

    def redo(self) -> frozenset[str]:
        """Do the step undone last again."""
        return self._play(self._trail.undone, self._trail.done, backwards=False)

    def give_up(self) -> None:
        """Back to what the editor was opened with, as a step that can be undone."""
        self.change(dict(self._opened))

    @property
    def touched(self) -> frozenset[str]:
        """The fields that differ from what the editor was opened with."""
        return frozenset(name for name, value in self._values.items() if value != self._opened[name])

    @property
    def dirty(self) -> bool:
        """Whether there is something to save."""
        return bool(self.touched)

    @property
    def uid(self) -> str:
        """Which record is open."""
        raise NotImplementedError

    def unread(self) -> Mapping[str, Any]:
        """The boxes whose text cannot be read."""
        raise NotImplementedError

    def record(self) -> Any:
        """The record as saving would store it now."""
        raise NotImplementedError

    def draft(self) -> Values:
        """What a draft keeps, as JSON can hold it."""
        raise NotImplementedError

    def after_saving(self, saved: Any) -> None:
        """The record is in the ledger as `saved` now."""
        raise NotImplementedError

    def _begin(self, opened: Values, typed: Values | None) -> None:
        """Another record is in the editor, with what was typed into it before. No step, no signal."""
        self._opened, self._values = opened, {**opened, **(typed or {})}
        self._trail = _Trail()

    def _follow(self, fresh: Values) -> None:
        """The record was changed elsewhere: what was not touched here follows, what was typed here stays."""
        news = {name: value for name, value in fresh.items() if self._values[name] == self._opened[name] != value}
        self._opened.update(fresh)
        self._take(news)

    def _reopen(self, opened: Values, kept: Values) -> None:
        """The record is saved and `opened` now, but for the boxes in `kept`. Undo still reaches back before it."""
        before = self._values
        self._opened, self._values = opened, {**opened, **kept}
        self.changed.emit(frozenset(name for name, value in self._values.items() if value != before[name]))

    def _goes_on(self, last: Step, step: Step) -> bool:
        """Whether `step` is only more typing in the box of the step before."""
        return bool(step.key) and last.key == step.key

    def _remember(self, step: Step) -> None:
        self._trail.undone.clear()
        last = self._trail.done[-1] if self._trail.done else None
        if last is None or not self._goes_on(last, step):
            self._trail.done.append(step)
            return
        last.before = {**step.before, **last.before}
        last.after = {**last.after, **step.after}
        if last.before == last.after:  # typed and rubbed out again: nothing to undo
            self._trail.done.pop()

    def _play(self, source: list[Step], target: list[Step], *, backwards: bool) -> frozenset[str]:
        if not source:
            return frozenset()
        step = source.pop()
        step.key = ""
        target.append(step)
        news = step.before if backwards else step.after
        self._take(news)
        return frozenset(news)

    def _take(self, news: Values) -> None:
        self._values.update(news)
        self.changed.emit(frozenset(news))
