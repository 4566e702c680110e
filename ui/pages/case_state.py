"""The answers of the open case, with undo inside the editor: a change is a step, a stretch of typing is one step."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, Signal

from models.case import CASE_TYPED_FIELDS, Case, Effect
from models.dates import parse_date
from models.errors import UserError

Values = dict[str, Any]

TYPED = CASE_TYPED_FIELDS
DAYS = ("period_start", "period_end")
UID = "_uid"  # in drafts only: the uid the new case will get, so that a draft of a saved case is recognised
PAUSE = 1.5  # seconds without a key after which typing on is a step of its own
STOPS = "。；！？\n"  # so is typing on after a whole sentence
_EMPTY = Case()


@dataclass(frozen=True, slots=True)
class Unread:
    """Typed text that is no date, kept as typed until somebody mends it. `reason` stands under the box."""

    text: str
    reason: str


@dataclass(slots=True)
class _Step:
    before: Values
    after: Values
    key: str = ""


@dataclass(slots=True)
class _Trail:
    done: list[_Step] = field(default_factory=list[_Step])
    undone: list[_Step] = field(default_factory=list[_Step])


class CaseState(QObject):
    """Values by field name. `changed` carries the names whose values are new, after every change, undo and redo."""

    changed = Signal(frozenset)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.open(Case(), stored=False)

    def open(self, base: Case, *, stored: bool, typed: Values | None = None) -> None:
        """Start from a case (`stored`: it is in the ledger) and what a draft kept of it. No step, no signal."""
        self.base, self.stored = base, stored
        self._opened: Values = {name: getattr(base, name) for name in TYPED}
        self._values: Values = {**self._opened, **(typed or {})}
        self._trail, self._typed_at = _Trail(), 0.0

    def rebase(self, base: Case, *, stored: bool) -> None:
        """The case was changed elsewhere: what was not touched here follows, what was typed here stays."""
        fresh = {name: getattr(base, name) for name in TYPED}
        news = {name: value for name, value in fresh.items() if self._values[name] == self._opened[name] != value}
        self.base, self.stored = base, stored
        self._opened.update(fresh)
        self._take(news)

    def value(self, name: str) -> Any:
        """What stands in a box, an `Unread` if it cannot be read."""
        return self._values[name]

    @property
    def values(self) -> Mapping[str, Any]:
        """Every answer by field name."""
        return self._values

    def set(self, name: str, value: Any, *, typing: bool = False) -> None:
        """One box has a new value. `typing` adds to the step before if that was typing in the same box just now."""
        self.change({name: value}, key=name if typing else "")

    def change(self, news: Values, *, key: str = "") -> None:
        """Several boxes at once, as one step."""
        before = {name: self._values[name] for name, value in news.items() if self._values[name] != value}
        if before:
            after = {name: news[name] for name in before}
            self._remember(_Step(before, after, key))
            self._take(after)

    def end_typing(self) -> None:
        """The keyboard left the box: typing in it again is a new step."""
        if self._trail.done:
            self._trail.done[-1].key = ""

    @property
    def can_undo(self) -> bool:
        return bool(self._trail.done)

    @property
    def can_redo(self) -> bool:
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

    def unread(self) -> dict[str, Unread]:
        """The boxes whose text cannot be read."""
        return {name: value for name, value in self._values.items() if isinstance(value, Unread)}

    def record(self) -> Case:
        """The case as it stands in the editor. A day that cannot be read stays as the ledger has it."""
        readable = {
            name: getattr(self.base, name) if isinstance(value, Unread) else value
            for name, value in self._values.items()
        }
        rows = tuple(each for each in readable["effects"] if each != Effect(sources=each.sources))
        return replace(self.base, **{**readable, "effects": rows})

    def draft(self) -> Values:
        """What a draft keeps, as JSON can hold it: all of a new case; of a stored one its name and what changed."""
        names = TYPED if not self.stored else [name for name in TYPED if name in self.touched | {"title"}]
        return {**{name: _to_plain(self._values[name]) for name in names}, UID: self.base.uid}

    def after_saving(self, saved: Case) -> None:
        """The case is in the ledger; what could not be read stays in its box. Undo still reaches back before it."""
        unread, before = self.unread(), dict(self._values)
        self.base, self.stored = saved, True
        self._opened = {name: getattr(saved, name) for name in TYPED}
        self._values = {**self._opened, **unread}
        self.changed.emit(frozenset(name for name, value in self._values.items() if value != before[name]))

    def _remember(self, step: _Step) -> None:
        now, before = monotonic(), self._typed_at
        self._typed_at = now
        self._trail.undone.clear()
        last = self._trail.done[-1] if self._trail.done else None
        goes_on = last is not None and step.key and last.key == step.key and now - before < PAUSE
        if last is None or not goes_on or _is_sentence(last.after.get(step.key)):
            self._trail.done.append(step)
            return
        last.before = {**step.before, **last.before}
        last.after = {**last.after, **step.after}
        if last.before == last.after:  # typed and rubbed out again: nothing to undo
            self._trail.done.pop()

    def _play(self, source: list[_Step], target: list[_Step], *, backwards: bool) -> frozenset[str]:
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


def _is_sentence(text: object) -> bool:
    return isinstance(text, str) and text.endswith(tuple(STOPS))


def read_day(text: str, today: date) -> date | Unread | None:
    """A day typed freely, None for nothing, or the text with the reason why it cannot be read."""
    if not text.strip():
        return None
    try:
        day = parse_date(text, today)
    except UserError as error:
        return Unread(text, error.message)
    return day if day else Unread(text, "看不懂这个日期，可写成 2025-10-9、10-9 或 10月9日。")


def _to_plain(value: Any) -> Any:
    if isinstance(value, Unread):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [
            [each.indicator, each.value, each.unit, list(each.sources)] if isinstance(each, Effect) else each
            for each in value  # pyright: ignore[reportUnknownVariableType]
        ]
    return value


def typed_in(draft: Mapping[str, Any], today: date) -> Values:
    """The values of a draft as the editor takes them; what a damaged draft holds beside them is left out."""
    found: Values = {}
    for name in TYPED:
        if name in draft and (value := _from_plain(name, draft[name], today)) is not None:
            found[name] = value[0]
    return found


def _from_plain(name: str, plain: Any, today: date) -> tuple[Any] | None:
    """The value in a tuple of its own; None when this is no value of the field."""
    if name in DAYS:
        return (read_day(plain, today),) if isinstance(plain, str) else (None,)
    if name == "effects":
        return (tuple(_effects(plain)),) if isinstance(plain, list) else None  # pyright: ignore[reportUnknownArgumentType]
    if name == "activities":
        return (tuple(uid for uid in plain if isinstance(uid, str)),) if isinstance(plain, list) else None  # pyright: ignore[reportUnknownVariableType]
    return (plain,) if type(plain) is type(getattr(_EMPTY, name)) else None


def _effects(plain: list[Any]) -> list[Effect]:
    return [
        Effect(line[0], line[1], line[2], tuple(uid for uid in line[3] if isinstance(uid, str)))
        for line in plain
        if isinstance(line, list)
        and len(line) == 4  # pyright: ignore[reportUnknownArgumentType]
        and all(isinstance(text, str) for text in line[:3])  # pyright: ignore[reportUnknownVariableType]
        and isinstance(line[3], list)
    ]
