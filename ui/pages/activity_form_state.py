"""The answers of the open form, with undo inside the form: every change is a step, typing in one box is one step."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QObject

from models.activity import TYPED_FIELDS, Activity, Status
from models.notice import Notice
from models.recording import suggested_status
from ui.pages.activity_form_rules import kept_values, visible_fields
from ui.pages.activity_form_values import Unread, from_plain, record_from, to_plain, values_of
from ui.pages.form_trail import TypedAnswers, Values

# Beside the fields of the record, and undone like them:
STATUS_TYPED = "_status_typed"  # whether the clerk chose the status himself
ANSWERS = "_explanations"  # 核实说明 not yet saved: rule id → (fingerprint, text)
UID = "_uid"  # in drafts only: the uid the new record will get, so that a draft of a saved record is recognised


class FormState(TypedAnswers):
    """The answers of an activity. Typing in one box is one step until the keyboard leaves it."""

    def __init__(self, notice: Notice, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notice, self.today = notice, today
        self._shown: frozenset[str] | None = None  # what `visible` found, until something changes
        self.open(Activity(), stored=False)

    def open(self, base: Activity, *, stored: bool, typed: Values | None = None) -> None:
        """Start from a record (`stored`: it is in the ledger) and what a draft kept of it. No step, no signal."""
        self.base, self.stored = base, stored
        follows = base.status == suggested_status(base.start, self.today)
        self._begin({**values_of(base), STATUS_TYPED: not follows, ANSWERS: {}}, typed)
        self._shown = None

    def rebase(self, base: Activity, *, stored: bool) -> None:
        """The record was changed elsewhere: what was not touched here follows, what was typed here stays."""
        self.base, self.stored = base, stored
        self._follow(values_of(base))

    @property
    def uid(self) -> str:
        return self.base.uid

    @property
    def opened(self) -> Mapping[str, Any]:
        """The answers the form was opened with."""
        return self._opened

    @property
    def answers(self) -> dict[str, tuple[str, str]]:
        """核实说明 typed here and not yet saved: rule id → (fingerprint, text)."""
        return self._values[ANSWERS]

    def answer(self, rule_id: str, fingerprint: str, text: str) -> None:
        """Typing a 核实说明; an empty one takes an answer on record back."""
        self.change({ANSWERS: {**self.answers, rule_id: (fingerprint, text)}}, key=f"answer {rule_id}")

    def change(self, news: Values, *, key: str = "") -> None:
        """Several boxes at once, as one step. The status follows the date until the clerk has chosen it."""
        super().change(self._with_status(news), key=key)

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
        self._shown = None
        self._reopen({**values_of(saved), STATUS_TYPED: self._values[STATUS_TYPED], ANSWERS: {}}, unread)

    def _with_status(self, news: Values) -> Values:
        if "status" in news:
            return {STATUS_TYPED: True, **news}
        day = news.get("start")
        if self._values[STATUS_TYPED] or self._values["status"] == Status.CANCELLED or not isinstance(day, date):
            return news
        return {**news, "status": suggested_status(day, self.today)}

    def _take(self, news: Values) -> None:
        self._shown = None
        super()._take(news)


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
