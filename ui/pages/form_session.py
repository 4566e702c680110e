"""One record in an editor, from opening to saving: what a case and an activity have in common.

A session sees to it that nothing typed is lost: it is kept as a draft within seconds, and before another record takes
its place.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from models import drafts
from models.drafts import Draft
from models.errors import UserError
from ui.context import Context
from ui.pages.activity_form_drafts import DraftKeeper, Keeping
from ui.pages.form_checks import EditorChecks
from ui.pages.form_trail import TypedAnswers

State = TypeVar("State", bound=TypedAnswers)
Checks = TypeVar("Checks", bound=EditorChecks[Any])


class EditorSession(QObject, Generic[State, Checks]):
    """The record that is open, where it comes from and where its draft is. `state` and `checks` become its children.

    `kind` and `key` are those of its drafts (`key("")` is the one of a new record); `noun` is what a clerk calls it.
    `leaving` comes before another record takes the place of this one. `loaded` carries the draft that was put back (or
    None). `active` is False once the record was left or finalised: what is on screen does not matter then, and the
    editor is filled anew when it is next asked for.
    """

    leaving = Signal()
    loaded = Signal(object)

    def __init__(
        self,
        context: Context,
        state: State,
        checks: Checks,
        parent: QObject | None = None,
        *,
        kind: str,
        key: Callable[[str], str],
        noun: str,
    ) -> None:
        super().__init__(parent)
        self.context, self.state, self.checks = context, state, checks
        self._key, self._noun = key, noun
        state.setParent(self)
        checks.setParent(self)
        self.keeper = DraftKeeper(context, self._draft, self, kind=kind)
        self._busy = False
        state.changed.connect(self._after_change)
        context.changed.connect(self._follow_ledger)

    @property
    def active(self) -> bool:
        """Whether a record is in the editor."""
        return self.checks.enabled

    def leave(self) -> None:
        """The record was left, finalised or thrown away; what is on screen does not matter any more."""
        self.checks.stop()

    def holds(self, uid: str) -> bool:
        """Whether this record ("" for a new one) is in the editor now."""
        return self.active and (self.state.uid == uid if uid else not self.state.stored)

    def start_new(self) -> bool:
        """A new record; what was begun and never saved is put back. False, and said why, when that is impossible."""
        return self._open(self._begin_new)

    def start_edit(self, uid: str) -> bool:
        """A record of the ledger; changes not saved last time are put back. False, and said why, as above."""
        return self._open(lambda: self._begin_edit(uid))

    def start_draft(self, key: str) -> bool:
        """What was kept under this key."""
        return self._open(lambda: self._begin_draft(key))

    def put_away(self) -> bool:
        """Keep what is pending. False when it cannot be kept anywhere: then it must stay on screen."""
        if not self.active or self.keeper.flush():
            return True
        self.context.went_wrong.emit(f"刚才填的内容还没能存下来，先不换别的{self._noun}。{self.keeper.complaint}")
        return False

    def give_up(self) -> None:
        """Back to what is in the ledger, as a step that 撤销 takes back."""
        self.state.give_up()
        self.keeper.flush()

    def _begin_new(self) -> None:
        raise NotImplementedError

    def _begin_edit(self, uid: str) -> None:
        raise NotImplementedError

    def _is_stored(self, uid: str) -> bool:
        """Whether the ledger knows this record, be it in 回收站."""
        raise NotImplementedError

    def _is_leftover(self, draft: Draft) -> bool:
        """Whether the new record that this draft is about was saved after all."""
        raise NotImplementedError

    def _file_away(self, draft: Draft) -> str:
        """Make a 草稿 in the list of a draft that has no record, because its place is needed; returns its uid."""
        raise NotImplementedError

    def _follow_ledger(self) -> None:
        """The record that is open may have been changed elsewhere."""
        raise NotImplementedError

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While the session writes by itself, what it hears about that is no news."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    def _open(self, begin: Callable[[], None]) -> bool:
        if not self.put_away():
            return False
        try:
            begin()
        except UserError as error:
            self.context.went_wrong.emit(error.message)
            return False
        return True

    def _begin_draft(self, key: str) -> None:
        draft = drafts.get_draft(self.context.ledger, key)
        if draft is None or not draft.record_uid:
            self._begin_new()
        elif self._is_stored(draft.record_uid):
            self._begin_edit(draft.record_uid)
        else:
            self._begin_edit(self._file_away(draft))  # the record was undone, what was typed was not

    def _take_in(self, draft: Draft | None, filled: list[str]) -> None:
        """`state` holds the record, with the draft in it: say where that is, and let the `filled` fields speak up."""
        stored = self.state.stored
        restored = draft if self.state.dirty else None
        key = self._key(self.state.uid if stored else "")
        if restored:
            self.keeper.start(key, Keeping.KEPT, restored.saved_at)
        else:
            self.keeper.start(key, Keeping.SAVED if stored else Keeping.NOTHING)
        if draft and not restored:
            self._forget_draft()  # everything in it is in the record already
        self.checks.start(filled if stored or restored else ())
        self.loaded.emit(restored)

    def _new_draft(self) -> Draft | None:
        """The draft of a new record, unless that record was saved after all."""
        draft = drafts.get_draft(self.context.ledger, self._key(""))
        if draft and self._is_leftover(draft):
            drafts.delete_draft(self.context.ledger, draft.key)
            return None
        return draft

    def _draft(self) -> tuple[str, str, dict[str, Any]] | None:
        if not self.state.dirty:
            return None
        uid = self.state.uid if self.state.stored else ""
        return self._key(uid), uid, self.state.draft()

    def _settle(self, saved: Any) -> None:
        """The record is in the ledger: its draft has done its work, but for text that could not be read."""
        self._forget_draft()
        with self._alone():
            self.state.after_saving(saved)
        self.keeper.start(self._key(self.state.uid), Keeping.SAVED, self.context.clock())
        if self.state.unread():
            self.keeper.touch()
            self.keeper.flush()
        self.checks.reload()

    def _forget_draft(self) -> None:
        try:
            self.keeper.forget()
        except UserError as error:  # the record is safe; its draft is recognised as outdated when it turns up again
            self.context.went_wrong.emit(error.message)

    def _after_change(self) -> None:
        if self.active and not self._busy:
            self.keeper.touch()
            self.checks.schedule()
