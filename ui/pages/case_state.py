"""The answers of the open case, with undo inside the editor: a change is a step, a stretch of typing is one step."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject

from models.case import CASE_TYPED_FIELDS, Case, Effect
from models.dates import parse_date
from models.errors import UserError
from ui.pages.form_trail import Step, TypedAnswers, Values

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


class CaseState(TypedAnswers):
    """The answers of a case. A pause in typing, or a whole sentence, ends a step too."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.open(Case(), stored=False)

    def open(self, base: Case, *, stored: bool, typed: Values | None = None) -> None:
        """Start from a case (`stored`: it is in the ledger) and what a draft kept of it. No step, no signal."""
        self.base, self.stored = base, stored
        self._begin(_values_of(base), typed)
        self._typed_at, self._paused = 0.0, True

    def rebase(self, base: Case, *, stored: bool) -> None:
        """The case was changed elsewhere: what was not touched here follows, what was typed here stays."""
        self.base, self.stored = base, stored
        self._follow(_values_of(base))

    @property
    def uid(self) -> str:
        return self.base.uid

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
        self.base, self.stored = saved, True
        self._reopen(_values_of(saved), self.unread())

    def _remember(self, step: Step) -> None:
        now = monotonic()
        self._paused, self._typed_at = now - self._typed_at >= PAUSE, now
        super()._remember(step)

    def _goes_on(self, last: Step, step: Step) -> bool:
        return super()._goes_on(last, step) and not self._paused and not _is_sentence(last.after.get(step.key))


def _values_of(case: Case) -> Values:
    return {name: getattr(case, name) for name in TYPED}


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
