"""The answers of the open form, with undo inside the form: every change is a step, typing in one box is one step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from models.activity import TYPED_FIELDS, Activity, Status
from models.notice import Notice
from models.recording import suggested_status
from ui.pages.activity_form_rules import kept_values, visible_fields
from ui.pages.activity_form_values import Unread, Values, from_plain, record_from, to_plain, values_of

# Beside the fields of the record, and undone like them:
STATUS_TYPED = "_status_typed"  # whether the clerk chose the status himself
ANSWERS = "_explanations"  # 核实说明 not yet saved: rule id → (fingerprint, text)
UID = "_uid"  # in drafts only: the uid the new record will get, so that a draft of a saved record is recognised


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


class FormState(QObject):
    """Values by field name. `changed` carries the names whose values are new, after every change, undo and redo."""

    changed = Signal(frozenset)

    def __init__(self, notice: Notice, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notice, self.today = notice, today
        self._trail = _Trail()
        self._shown: frozenset[str] | None = None  # what `visible` found, until something changes
        self.open(Activity(), stored=False)

    def open(self, base: Activity, *, stored: bool, typed: Values | None = None) -> None:
        """Start from a record (`stored`: it is in the ledger) and what a draft kept of it. No step, no signal."""
        self.base, self.stored = base, stored
        follows = base.status == suggested_status(base.start, self.today)
        self._opened = {**values_of(base), STATUS_TYPED: not follows, ANSWERS: {}}
        self._values = {**self._opened, **(typed or {})}
        self._trail = _Trail()
        self._shown = None

    def rebase(self, base: Activity, *, stored: bool) -> None:
        """The record was changed elsewhere: what was not touched here follows, what was typed here stays."""
        fresh = values_of(base)
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

    @property
    def opened(self) -> Mapping[str, Any]:
        """The answers the form was opened with."""
        return self._opened

    @property
    def answers(self) -> dict[str, tuple[str, str]]:
        """核实说明 typed here and not yet saved: rule id → (fingerprint, text)."""
        return self._values[ANSWERS]

    def set(self, name: str, value: Any, *, typing: bool = False) -> None:
        """One box has a new value. `typing` adds to the step before if that was typing in the same box."""
        self.change({name: value}, key=name if typing else "")

    def answer(self, rule_id: str, fingerprint: str, text: str) -> None:
        """Typing a 核实说明; an empty one takes an answer on record back."""
        self.change({ANSWERS: {**self.answers, rule_id: (fingerprint, text)}}, key=f"answer {rule_id}")

    def change(self, news: Values, *, key: str = "") -> None:
        """Several boxes at once, as one step. The status follows the date until the clerk has chosen it."""
        news = self._with_status(news)
        before = {name: self._values[name] for name, value in news.items() if self._values[name] != value}
        if not before:
            return
        after = {name: news[name] for name in before}
        self._remember(Step(before, after, key))
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
        """Back to what the form was opened with, as a step that can be undone."""
        self.change(dict(self._opened))

    @property
    def touched(self) -> frozenset[str]:
        """The fields that differ from what the form was opened with."""
        return frozenset(name for name, value in self._values.items() if value != self._opened[name])

    @property
    def dirty(self) -> bool:
        """Whether there is something to save."""
        return bool(self.touched - {STATUS_TYPED})

    def visible(self) -> frozenset[str]:
        """The fields that belong to the answers given so far."""
        if self._shown is None:
            self._shown = visible_fields(self._values, self._opened, self._notice)
        return self._shown

    def unread(self) -> dict[str, Unread]:
        """The visible boxes whose text cannot be read."""
        shown = self.visible()
        return {
            name: value for name in TYPED_FIELDS if name in shown and isinstance(value := self._values[name], Unread)
        }

    def record(self) -> Activity:
        """The record as saving would store it now."""
        kept = kept_values({name: self._values[name] for name in TYPED_FIELDS}, self._opened, self._notice)
        return record_from(kept, self.base, stored=self.stored)

    def draft(self) -> Values:
        """What a draft keeps, as JSON can hold it: all of a new record; of a stored one its name and what changed."""
        names = TYPED_FIELDS if not self.stored else [name for name in TYPED_FIELDS if name in self.touched | {"title"}]
        kept = {name: to_plain(self._values[name]) for name in names}
        answers = {rule: list(answer) for rule, answer in self.answers.items()}
        return {**kept, STATUS_TYPED: self._values[STATUS_TYPED], ANSWERS: answers, UID: self.base.uid}

    def after_saving(self, saved: Activity) -> None:
        """The record is in the ledger; what could not be read stays in its box. Undo still reaches back before it."""
        unread = self.unread()
        self.base, self.stored = saved, True
        self._opened = {**values_of(saved), STATUS_TYPED: self._values[STATUS_TYPED], ANSWERS: {}}
        before = dict(self._values)
        self._values = {**self._opened, **unread}
        self._shown = None
        self.changed.emit(frozenset(name for name, value in self._values.items() if value != before[name]))

    def _with_status(self, news: Values) -> Values:
        if "status" in news:
            return {STATUS_TYPED: True, **news}
        day = news.get("start")
        if self._values[STATUS_TYPED] or self._values["status"] == Status.CANCELLED or not isinstance(day, date):
            return news
        return {**news, "status": suggested_status(day, self.today)}

    def _remember(self, step: Step) -> None:
        self._trail.undone.clear()
        last = self._trail.done[-1] if self._trail.done else None
        if last is None or not step.key or last.key != step.key:
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
        self._shown = None
        self.changed.emit(frozenset(news))


def typed_in(draft: Mapping[str, Any], today: date) -> Values:
    """The values of a draft as the form takes them; what a damaged draft holds beside them is left out."""
    typed = {name: from_plain(name, draft[name], today) for name in TYPED_FIELDS if name in draft}
    answers = draft.get(ANSWERS)
    pairs = answers.items() if isinstance(answers, dict) else ()
    typed[ANSWERS] = {
        str(rule): (str(pair[0]), str(pair[1])) for rule, pair in pairs if isinstance(pair, list) and len(pair) == 2
    }
    typed[STATUS_TYPED] = draft.get(STATUS_TYPED) is True
    return typed
