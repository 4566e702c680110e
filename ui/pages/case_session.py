"""One case in the editor, from opening to saving: where it comes from, where its draft is, what becomes of it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject

from models import case_recording, drafts
from models.case import Case
from models.case_repository import CASES
from models.checks.findings import Finding
from models.drafts import CASE_KIND as KIND
from models.drafts import Draft, case_key
from models.errors import UserError
from models.explanation_repository import save_explanation
from models.identity import new_uid
from ui import operations
from ui.context import Context
from ui.pages.case_checks import CaseChecks
from ui.pages.case_state import TYPED, UID, CaseState, typed_in
from ui.pages.form_session import EditorSession

GONE = "这个案例已经不在台账里了。请回到列表看看，也可能在回收站里。"
_EMPTY = Case()


class CaseSession(EditorSession[CaseState, CaseChecks]):
    """A case in the editor: new, from the list, a copy, or grown out of activities."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        state = CaseState()
        super().__init__(context, state, CaseChecks(context, state), parent, kind=KIND, key=case_key, noun="案例")

    def start_copy(self, source: Case | str) -> bool:
        """A new case that starts from another."""
        return self._open(lambda: self._begin_copy(source))

    def start_from(self, make: Callable[[], Case]) -> bool:
        """A new case that is filled already, as 案例孵化 makes it. Typed by nobody yet, but kept as if it were."""
        return self._open(lambda: self._begin_from(make()))

    def save(self, *, finalise: bool | None = None, done: str = "") -> bool:
        """The case goes to the ledger and stays in the editor. False when it could not be saved (and said why)."""
        if finalise is None and not self.state.dirty and self.state.stored:
            return True
        ledger, record, clerk = self.context.ledger, self.state.record(), self.context.clerk()
        with self._alone():
            saved = operations.run(
                self.context, lambda: case_recording.record_case(ledger, record, clerk, finalise=finalise), done
            )
        if saved is None:
            self.keeper.touch()
            self.keeper.flush()
            return False
        self._settle(saved)
        return True

    def finalise(self) -> bool:
        """保存, then 定稿 as a step of its own: 撤销 takes that back and never what was written."""
        done = f"{case_recording.quoted(self.state.record())}已定稿"
        if not self.save():
            return False
        if self.state.base.finalised:
            self.context.went_well.emit(done, True)
            return True
        return self.save(finalise=True, done=done)

    def file_new(self) -> bool:
        """Before the editor takes another case: a new one with something in it becomes a 草稿 in the list."""
        if not self.active or self.state.stored or not self.state.dirty:
            return True
        return self.save(done=f"{case_recording.quoted(self.state.record())}已存为草稿")

    def keep_record(self) -> bool:
        """Photos need a case to belong to: a new one is saved as a 草稿 when the first photo comes."""
        return self.state.stored or self.save()

    def explain(self, finding: Finding, text: str) -> None:
        """Record why a hint needs no change (核实说明). It belongs to a record, so what is typed is saved with it."""
        if not self.save():
            return
        clerk, ledger = self.context.clerk(), self.context.ledger
        asked = replace(finding, uid=self.state.base.uid)

        def write() -> None:
            label = f"案例{case_recording.quoted(self.state.base)}的核实说明"
            with ledger.transaction(label, at=clerk.now, person=clerk.person):
                save_explanation(ledger, asked, text, now=clerk.now, person=clerk.person)

        operations.run(self.context, write)
        self.checks.run()

    def delete(self) -> bool:
        """Move the case to 回收站. Unsaved changes go with it, so that taking it out again brings them back."""
        if not self.save():
            return False
        clerk, record = self.context.clerk(), self.state.base
        with self._alone():
            said = operations.run(
                self.context, lambda: case_recording.delete_cases(self.context.ledger, [record], clerk), str
            )
        if said:
            self._forget_draft()
            self.leave()
        return said is not None

    def _blank(self) -> Case:
        """An empty case with its future uid: a draft left over from a crash right after saving is then recognised."""
        return replace(case_recording.new_case(self.context.ledger, self.context.clerk()), uid=new_uid())

    def _begin_new(self) -> None:
        draft = self._new_draft()
        base = self._blank()
        if draft and isinstance(uid := draft.values.get(UID), str) and uid:
            base = replace(base, uid=uid)
        self._load(base, stored=False, draft=draft)

    def _begin_edit(self, uid: str) -> None:
        draft = drafts.get_draft(self.context.ledger, case_key(uid))
        self._load(self._listed(uid), stored=True, draft=draft)

    def _begin_copy(self, source: Case | str) -> None:
        original = self._listed(source) if isinstance(source, str) else source
        self._begin_from(case_recording.copy_as_new(original))

    def _begin_from(self, filled: Case) -> None:
        left = self._new_draft()
        if left:
            self._file_away(left)
        base = self._blank()
        typed = {name: value for name in TYPED if (value := getattr(filled, name)) not in (getattr(_EMPTY, name), None)}
        self._load(base, stored=False, typed=typed)

    def _is_stored(self, uid: str) -> bool:
        return CASES.get(self.context.ledger, uid) is not None

    def _is_leftover(self, draft: Draft) -> bool:
        uid = draft.values.get(UID)
        return isinstance(uid, str) and self._is_stored(uid)

    def _listed(self, uid: str) -> Case:
        """A case that is in the list; UserError for one in 回收站 or nowhere."""
        found = next((case for case in CASES.list_where(self.context.ledger, uid=uid)), None)
        if found is None:
            raise UserError(GONE)
        return found

    def _file_away(self, draft: Draft) -> str:
        state = CaseState()
        typed = typed_in(draft.values, self.context.clock().date())
        state.open(self._blank(), stored=False, typed=typed)
        saved = case_recording.record_case(self.context.ledger, state.record(), self.context.clerk())
        drafts.delete_draft(self.context.ledger, draft.key)
        self.context.changed.emit()
        return saved.uid

    def _load(
        self, base: Case, *, stored: bool, draft: Draft | None = None, typed: dict[str, object] | None = None
    ) -> None:
        self.leaving.emit()
        if draft:
            typed = typed_in(draft.values, self.context.clock().date())
        self.state.open(base, stored=stored, typed=typed)
        self._take_in(draft, [name for name in TYPED if self.state.value(name) != getattr(_EMPTY, name)])
        if typed and not draft:
            self.keeper.touch()

    def _follow_ledger(self) -> None:
        """撤销, a restored backup or a change in the list may have changed the case that is open here."""
        if not self.active or self._busy:
            return
        if not self.state.stored:
            self.checks.schedule()
            return
        found = CASES.list_where(self.context.ledger, uid=self.state.base.uid)
        if found and found[0] == self.state.base:
            return
        with self._alone():
            if found:
                self.state.rebase(found[0], stored=True)
            else:  # its creation was undone, or it was deleted: what is on screen can be saved as a new case
                self.state.rebase(replace(self.state.base, number="", revision=0), stored=False)
        self.checks.run()
