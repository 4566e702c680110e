"""One record in the form, from opening to saving: where it comes from, where its draft is, what becomes of it."""

from PySide6.QtCore import QObject, Signal

from models import activity_repository, drafts, recording
from models.activity import Activity
from models.activity_query import ActivityQuery
from models.drafts import Draft, activity_key
from models.errors import UserError
from ui import operations
from ui.context import Context
from ui.pages import activity_form_saving as saving
from ui.pages.activity_form_checks import FormChecks
from ui.pages.activity_form_drafts import KIND
from ui.pages.activity_form_state import UID, FormState, typed_in
from ui.pages.activity_form_values import empty_value
from ui.pages.form_session import EditorSession

GONE = "这条活动已经不在台账里了。请回到列表看看，也可能在回收站里。"


class FormSession(EditorSession[FormState, FormChecks]):
    """An activity in the form. `series_changed` follows the saving of one of several repeated activities."""

    series_changed = Signal(object, object)  # a repeated activity before and after saving

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        state = FormState(context.notice, context.clock().date())
        super().__init__(context, state, FormChecks(context, state), parent, kind=KIND, key=activity_key, noun="记录")

    def start_copy(self, source: Activity | str) -> bool:
        """A new record that starts from another; one begun before and never saved becomes a 草稿 in the list."""
        return self._open(lambda: self._begin_copy(source))

    def save(self, *, finalise: bool | None = None, done: str = "") -> bool:
        """The record goes to the ledger and stays in the form. False when it could not be saved (and said why)."""
        if finalise is None and not self.state.dirty:
            return True
        before = self.state.base
        with self._alone():
            saved = operations.run(self.context, lambda: saving.save(self.context, self.state, finalise=finalise), done)
        if saved is None:
            self.keeper.touch()
            self.keeper.flush()
            return False
        self._settle(saved)
        if before.series and before.revision and recording.typed_differences(before, saved):
            self.series_changed.emit(before, saved)
        return True

    def ensure_stored(self) -> str:
        """The uid of the record in the ledger, which is saved for that if it is new; "" when it could not be."""
        if not self.state.stored:
            with self._alone():
                saved = operations.run(self.context, lambda: saving.save(self.context, self.state, finalise=None))
            if saved is None:
                return ""
            self._settle(saved)
        return self.state.base.uid

    def file_new(self) -> bool:
        """Before the form takes another record: a new one with something in it becomes a 草稿 in the list."""
        if not self.active or self.state.stored or not self.state.dirty:
            return True
        return self.save(done=f"{recording.quoted(self.state.record())}已存为草稿")

    def delete(self) -> bool:
        """Move the record to 回收站. Unsaved changes go with it, so that taking it out again brings them back."""
        if not self.save():
            return False
        clerk, record = self.context.clerk(), self.state.base
        with self._alone():
            said = operations.run(self.context, lambda: recording.delete(self.context.ledger, [record], clerk), str)
        if said:
            self._forget_draft()
            self.leave()
        return said is not None

    def _begin_new(self) -> None:
        draft = self._new_draft()
        base = saving.begin_new(self.context)
        if draft and isinstance(uid := draft.values.get(UID), str) and uid:
            base = base.with_values(uid=uid)
        self._load(base, stored=False, draft=draft)

    def _begin_edit(self, uid: str) -> None:
        base = self._listed(uid)
        self._load(base, stored=True, draft=drafts.get_draft(self.context.ledger, activity_key(uid)))

    def _begin_copy(self, source: Activity | str) -> None:
        original = self._listed(source) if isinstance(source, str) else source
        left = self._new_draft()
        if left:
            self._file_away(left)
        fresh = saving.begin_new(self.context)
        copied = recording.copy_as_new(original, self.context.clock().date()).with_values(
            uid=fresh.uid, notice_id=fresh.notice_id, form_version=fresh.form_version
        )
        self._load(copied, stored=False)

    def _is_stored(self, uid: str) -> bool:
        return activity_repository.get_activity(self.context.ledger, uid) is not None

    def _is_leftover(self, draft: Draft) -> bool:
        return saving.is_leftover(self.context, draft)

    def _listed(self, uid: str) -> Activity:
        """A record that is in the list; UserError for one in 回收站 or nowhere."""
        ledger = self.context.ledger
        found = activity_repository.get_activity(ledger, uid)
        if found is None or activity_repository.position(ledger, ActivityQuery(), uid) is None:
            raise UserError(GONE)
        return found

    def _file_away(self, draft: Draft) -> str:
        saved = saving.file_away(self.context, draft)
        self.context.changed.emit()
        return saved.uid

    def _load(self, base: Activity, *, stored: bool, draft: Draft | None = None) -> None:
        self.leaving.emit()
        self.state.today = self.context.clock().date()
        self.state.open(base, stored=stored, typed=typed_in(draft.values, self.state.today) if draft else None)
        values = self.state.values
        filled = [name for name, value in values.items() if not name.startswith("_") and value != empty_value(name)]
        self._take_in(draft, filled)

    def _follow_ledger(self) -> None:
        """撤销, 批量修改 or an import may have changed the record that is open here."""
        if not self.active or self._busy or not self.state.stored:
            return
        now = activity_repository.get_activity(self.context.ledger, self.state.base.uid)
        if now == self.state.base:
            return
        with self._alone():
            if now is None:  # its creation was undone: what is on screen can be saved as a new record
                self.state.rebase(self.state.base.with_values(number="", revision=0), stored=False)
            else:
                self.state.rebase(now, stored=True)
        self.checks.reload()
