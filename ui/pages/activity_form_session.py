"""One record in the form, from opening to saving: where it comes from, where its draft is, what becomes of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from models import activity_repository, drafts, recording
from models.activity import Activity
from models.activity_query import ActivityQuery
from models.drafts import NEW_ACTIVITY, Draft, activity_key
from models.errors import UserError
from ui import operations
from ui.context import Context
from ui.pages import activity_form_saving as saving
from ui.pages.activity_form_checks import FormChecks
from ui.pages.activity_form_drafts import DraftKeeper, Keeping
from ui.pages.activity_form_state import UID, FormState, typed_in
from ui.pages.activity_form_values import empty_value

GONE = "这条活动已经不在台账里了。请回到列表看看，也可能在回收站里。"


class FormSession(QObject):
    """Nothing typed is lost: it is kept as a draft within seconds, and before another record takes its place.

    `leaving` comes before another record takes the place of this one. `loaded` carries the draft that was put back (or
    None). `active` is False once the record was left or finalised: what is on screen does not matter then, and the form
    is filled anew when it is next asked for. `series_changed` follows the saving of one of several repeated activities.
    """

    leaving = Signal()
    loaded = Signal(object)
    series_changed = Signal(object, object)  # a repeated activity before and after saving

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.state = FormState(context.notice, context.clock().date(), self)
        self.checks = FormChecks(context, self.state, self)
        self.keeper = DraftKeeper(context, self._draft, self)
        self._busy = False
        self.state.changed.connect(self._after_change)
        context.changed.connect(self._follow_ledger)

    @property
    def active(self) -> bool:
        """Whether a record is in the form."""
        return self.checks.enabled

    def leave(self) -> None:
        """The record was left, finalised or thrown away; what is on screen does not matter any more."""
        self.checks.stop()

    def holds(self, uid: str) -> bool:
        """Whether this record ("" for a new one) is in the form now."""
        return self.active and (self.state.base.uid == uid if uid else not self.state.stored)

    def start_new(self) -> bool:
        """A new record; what was begun and never saved is put back. False, and said why, when that is impossible."""
        return self._open(self._begin_new)

    def start_edit(self, uid: str) -> bool:
        """A record of the ledger; changes not saved last time are put back. False, and said why, as above."""
        return self._open(lambda: self._begin_edit(uid))

    def start_copy(self, source: Activity | str) -> bool:
        """A new record that starts from another; one begun before and never saved becomes a 草稿 in the list."""
        return self._open(lambda: self._begin_copy(source))

    def start_draft(self, key: str) -> bool:
        """What was kept under this key."""
        return self._open(lambda: self._begin_draft(key))

    def put_away(self) -> bool:
        """Keep what is pending. False when it cannot be kept anywhere: then it must stay on screen."""
        if not self.active or self.keeper.flush():
            return True
        self.context.went_wrong.emit(f"刚才填的内容还没能存下来，先不换别的记录。{self.keeper.complaint}")
        return False

    def save(self, *, finalise: bool | None = None, done: str = "") -> bool:
        """The record goes to the ledger and stays in the form. False when it could not be saved (and said why)."""
        if finalise is None and not self.state.dirty:
            return True
        self._busy, before = True, self.state.base
        try:
            saved = operations.run(self.context, lambda: saving.save(self.context, self.state, finalise=finalise), done)
        finally:
            self._busy = False
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
            self._busy = True
            try:
                saved = operations.run(self.context, lambda: saving.save(self.context, self.state, finalise=None))
            finally:
                self._busy = False
            if saved is None:
                return ""
            self._settle(saved)
        return self.state.base.uid

    def file_new(self) -> bool:
        """Before the form takes another record: a new one with something in it becomes a 草稿 in the list."""
        if not self.active or self.state.stored or not self.state.dirty:
            return True
        return self.save(done=f"{recording.quoted(self.state.record())}已存为草稿")

    def give_up(self) -> None:
        """Back to what is in the ledger, as a step that 撤销 takes back."""
        self.state.give_up()
        self.keeper.flush()

    def delete(self) -> bool:
        """Move the record to 回收站. Unsaved changes go with it, so that taking it out again brings them back."""
        if not self.save():
            return False
        clerk, record = self.context.clerk(), self.state.base
        self._busy = True
        try:
            said = operations.run(self.context, lambda: recording.delete(self.context.ledger, [record], clerk), str)
        finally:
            self._busy = False
        if said:
            self._forget_draft()
            self.leave()
        return said is not None

    def _open(self, begin: Callable[[], None]) -> bool:
        if not self.put_away():
            return False
        try:
            begin()
        except UserError as error:
            self.context.went_wrong.emit(error.message)
            return False
        return True

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

    def _begin_draft(self, key: str) -> None:
        draft = drafts.get_draft(self.context.ledger, key)
        if draft is None or not draft.record_uid:
            self._begin_new()
        elif activity_repository.get_activity(self.context.ledger, draft.record_uid) is None:
            self._begin_edit(self._file_away(draft).uid)  # the record was undone, what was typed was not
        else:
            self._begin_edit(draft.record_uid)

    def _listed(self, uid: str) -> Activity:
        """A record that is in the list; UserError for one in 回收站 or nowhere."""
        ledger = self.context.ledger
        found = activity_repository.get_activity(ledger, uid)
        if found is None or activity_repository.position(ledger, ActivityQuery(), uid) is None:
            raise UserError(GONE)
        return found

    def _file_away(self, draft: Draft) -> Activity:
        saved = saving.file_away(self.context, draft)
        self.context.changed.emit()
        return saved

    def _load(self, base: Activity, *, stored: bool, draft: Draft | None = None) -> None:
        self.leaving.emit()
        self.state.today = self.context.clock().date()
        self.state.open(base, stored=stored, typed=typed_in(draft.values, self.state.today) if draft else None)
        restored = draft if self.state.dirty else None
        key = activity_key(base.uid if stored else "")
        if restored:
            self.keeper.start(key, Keeping.KEPT, restored.saved_at)
        else:
            self.keeper.start(key, Keeping.SAVED if stored else Keeping.NOTHING)
        if draft and not restored:
            self._forget_draft()  # everything in it is in the record already
        values = self.state.values
        filled = [name for name, value in values.items() if not name.startswith("_") and value != empty_value(name)]
        self.checks.start(filled if stored or restored else ())
        self.loaded.emit(restored)

    def _new_draft(self) -> Draft | None:
        """The draft of a new record, unless that record was saved after all."""
        draft = drafts.get_draft(self.context.ledger, NEW_ACTIVITY)
        if draft and saving.is_leftover(self.context, draft):
            drafts.delete_draft(self.context.ledger, draft.key)
            return None
        return draft

    def _draft(self) -> tuple[str, str, dict[str, object]] | None:
        if not self.state.dirty:
            return None
        uid = self.state.base.uid if self.state.stored else ""
        return activity_key(uid), uid, self.state.draft()

    def _settle(self, saved: Activity) -> None:
        """The record is in the ledger: its draft has done its work, but for text that could not be read."""
        self._forget_draft()
        self._busy = True
        self.state.after_saving(saved)
        self._busy = False
        self.keeper.start(activity_key(saved.uid), Keeping.SAVED, self.context.clock())
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

    def _follow_ledger(self) -> None:
        """撤销, 批量修改 or an import may have changed the record that is open here."""
        if not self.active or self._busy or not self.state.stored:
            return
        now = activity_repository.get_activity(self.context.ledger, self.state.base.uid)
        if now == self.state.base:
            return
        self._busy = True
        if now is None:  # its creation was undone: what is on screen can be saved as a new record
            self.state.rebase(self.state.base.with_values(number="", revision=0), stored=False)
        else:
            self.state.rebase(now, stored=True)
        self._busy = False
        self.checks.reload()
