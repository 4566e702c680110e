"""新建案例 / 编辑案例: three parts to write, what they rest on at the left, the printed page at the right."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QWidget

from models.case import PARTS, Case
from models.checks.findings import Finding
from models.drafts import Draft
from ui import operations
from ui.context import Context, Place
from ui.pages.activity_form_footer import FormFooter
from ui.pages.activity_form_keys import FormKeys
from ui.pages.case_checks import PHOTOS
from ui.pages.case_fields import CaseFields
from ui.pages.case_header import CaseHeader
from ui.pages.case_links import CaseLinks
from ui.pages.case_menu import fill_menu
from ui.pages.case_notes import CaseNotes
from ui.pages.case_panes import LINKS, PREVIEW, TEXT, CasePanes
from ui.pages.case_photos import CasePhotos
from ui.pages.case_preview import CasePreview
from ui.pages.case_prompt import copy_prompt
from ui.pages.case_session import CaseSession
from ui.pages.case_state import TYPED
from ui.pages.case_text import CaseText
from ui.widgets.base import application
from ui.widgets.layouts import column

_ORDER = [*TYPED, PHOTOS]


class CaseEditor(QWidget):
    """One case at a time. `closed`: back to the list; `saved`: the case with this uid was finalised.

    `choose_wanted` asks for the list of activities, to link others with the case.
    """

    closed = Signal()
    saved = Signal(str)
    choose_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.session = CaseSession(context, self)
        self.state, self.checks, self.keeper = self.session.state, self.session.checks, self.session.keeper
        self._current = "title"  # the field that has the keyboard, or had it last
        self.keys = FormKeys(self)
        self._build()
        self._connect()
        self._add_keys()

    # what the list asks for

    def new(self) -> None:
        """A new case; what was begun and never saved is put back."""
        self._enter(self.session.holds("") or self.session.start_new())

    def edit(self, uid: str, field: str = "") -> None:
        """A case of the ledger, with the keyboard in `field`; changes not saved last time are put back."""
        self._enter(self.session.holds(uid) or self.session.start_edit(uid), field)

    def copy(self, uid: str) -> None:
        """A new case that starts from one of the ledger."""
        self._enter(self.session.start_copy(uid))

    def start_from(self, make: Callable[[], Case]) -> bool:
        """A new case that is filled already; the keyboard goes to the first thing it does not know."""
        if not self.session.start_from(make):
            return False
        self._enter(True)
        for name in PARTS:
            if self.text.parts[name].edit.select_next_gap():
                self.focus_field(name)
                break
        self.photos.offer()
        return True

    def restore_draft(self, key: str) -> None:
        """Go on with what was kept under this key."""
        self._enter(self.session.start_draft(key))

    def keep_unsaved(self) -> bool:
        """Keep what is pending as a draft now; False when that failed and it is only on screen."""
        self.photos.keep_unsaved()
        return self._keep_typed()

    def _keep_typed(self) -> bool:
        return not self.session.active or self.keeper.flush()

    def link(self, uids: Sequence[str]) -> None:
        """These are the linked activities now."""
        self.state.set("activities", tuple(uids))
        self.panes.show_pane(LINKS)
        self.links.choose_link.setFocus(Qt.FocusReason.OtherFocusReason)

    # what the clerk does

    def save(self) -> None:
        """保存草稿 or 保存; the editor stays open."""
        self.session.save()

    def finalise(self) -> None:
        """定稿, or the first thing that stands in its way."""
        self.checks.insist()
        if self.checks.hard:
            self.focus_field(self.checks.hard[0].field)
        elif self.session.finalise():
            self.session.leave()
            self.saved.emit(self.state.base.uid)

    def next_problem(self) -> None:
        """The next field with something to mend or to answer, round to the first."""
        self.checks.run()
        fields = list(dict.fromkeys(finding.field for finding in self.checks.open))
        here = _ORDER.index(self._current)
        after = [name for name in fields if _ORDER.index(name) > here]
        if fields:
            target = (after or fields)[0]
            self.checks.leave(target)  # so that it says what is wrong
            self.focus_field(target)

    def undo(self) -> None:
        """Take the latest change in this editor back and show where it was; among the photos, the latest step there."""
        if self._current == PHOTOS and self.fields.name_of(self.focusWidget()) == PHOTOS:
            operations.undo(self.context)
            return
        self._show_step(self.state.undo())

    def redo(self) -> None:
        """Do it again."""
        if self._current == PHOTOS and self.fields.name_of(self.focusWidget()) == PHOTOS:
            operations.redo(self.context)
            return
        self._show_step(self.state.redo())

    def start_another(self) -> None:
        """Ctrl+N: another new case; one that is new already is saved as a 草稿 before."""
        if self.session.file_new():
            self.session.leave()
            self.new()

    def copy_this(self) -> None:
        """Ctrl+D: a new case that starts from what is on screen."""
        source = self.state.record()
        if self.session.file_new():
            self._enter(self.session.start_copy(source))

    def back(self) -> None:
        """Esc: make the preview small again, or return to the list. Unsaved changes stay as a draft."""
        if self.panes.large:
            self._toggle_large()
            return
        self.photos.keep_words()
        if self.session.put_away():
            self.session.leave()
            self.closed.emit()

    def give_up(self) -> None:
        """放弃这些改动; 撤销 brings them back."""
        self.session.give_up()
        self.notes.hide_restored()
        self.focus_field("title")

    def delete(self) -> None:
        """移到回收站, with a toast that offers to take it back."""
        if self.session.delete():
            self.closed.emit()

    def save_elsewhere(self) -> None:
        """另存到…: the case as a plain text file, for when the ledger cannot be written."""
        from ui.pages.case_plain import save_as_text

        save_as_text(self, self.context, self.state.record())

    def copy_prompt(self) -> None:
        """复制给 AI 的提示词: to the clipboard, and nowhere else."""
        copy_prompt(self.context, self.state.record())

    def focus_field(self, name: str) -> None:
        """Put the keyboard into a field, in sight together with its message."""
        self.fields.focus(name)

    # Qt

    def minimumSizeHint(self) -> QSize:
        """Small, because header and footer make room for themselves once they know how little there is."""
        return QSize(400, 300)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.photos.keep_words()  # photos that are being added go on
        self._keep_typed()
        self.checks.rest()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.checks.run()

    # inside

    def _enter(self, opened: bool, field: str = "") -> None:
        """Put the keyboard into the editor, or go back to the list when there is nothing in it to write into."""
        if not opened:
            if not self.session.active:
                self.closed.emit()
            return
        if field:
            self.checks.leave(field)  # the clerk was sent here because of what is wrong with it
        self.focus_field(field or "title")

    def _build(self) -> None:
        self.header, self.footer = CaseHeader(), FormFooter()
        self.notes = CaseNotes(self.header)
        self.links = CaseLinks(self.context, self.state, self.checks)
        self.text = CaseText(self.context, self.state, self.checks)
        self.photos = CasePhotos(self.context, self.session)
        self.text.add_below(self.photos)
        for messages in (*self.text.messages.values(), *self.links.messages.values(), self.photos.messages):
            messages.mend, messages.explain = self._mend, self.session.explain
        self.preview = CasePreview(self.context, self.state)
        self.panes = CasePanes(self.links, self.text, self.preview)
        self.fields = CaseFields(self.panes, self.links, self.text, self.photos)
        whole = column(self.header, self.notes, spacing=0, parent=self)
        whole.addWidget(self.panes, 1)
        whole.addWidget(self.footer)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def _connect(self) -> None:
        self.session.leaving.connect(lambda: self.header.back_button.setFocus(Qt.FocusReason.OtherFocusReason))
        self.session.loaded.connect(self._show_loaded)
        self.state.changed.connect(self._show_changes)
        self.checks.changed.connect(self._show_checks)
        self.keeper.changed.connect(lambda: self.footer.show_keeping(self.keeper))
        self.context.changed.connect(self._follow_activities)
        for signal, act in (
            (self.header.back, self.back),
            (self.header.undo, self.undo),
            (self.header.redo, self.redo),
            (self.header.prompt, self.copy_prompt),
            (self.header.menu_wanted, lambda menu: fill_menu(menu, self)),
            (self.footer.save, self.save),
            (self.footer.finalise, self.finalise),
            (self.footer.next_problem, self.next_problem),
            (self.footer.save_elsewhere, self.save_elsewhere),
            (self.links.choose, self.choose_wanted),
            (self.links.activity_opened, self._open_activity),
            (self.preview.field_wanted, self.focus_field),
            (self.preview.large_wanted, self._toggle_large),
            (self.panes.arranged, self._fit),
            (self.panes.large_changed, self.preview.set_large),
        ):
            signal.connect(act)
        application().focusChanged.connect(self._follow_focus)

    def _add_keys(self) -> None:
        for keys, act in (
            ("Ctrl+S", self.save),
            ("Ctrl+Return", self.finalise),
            ("Ctrl+N", self.start_another),
            ("Ctrl+D", self.copy_this),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+Shift+Z", self.redo),
            ("F6", self._next_pane),
            ("F8", self.next_problem),
            ("Esc", self.back),
        ):
            self.keys.add(keys, act)

    def _show_loaded(self, restored: Draft | None) -> None:
        self._current = "title"
        self.notes.start(self.state.base)
        if restored:
            self.notes.show_restored(restored.saved_at, self.context.clock(), self.give_up)
        self.text.refresh()
        self.links.refresh()
        self.links.fold()
        self.photos.start()
        self.text.verticalScrollBar().setValue(0)
        self.links.verticalScrollBar().setValue(0)
        self.panes.show_pane(TEXT)
        self._show_changes()
        self._show_checks()
        self.preview.start()

    def _show_changes(self, names: frozenset[str] | None = None) -> None:
        if names:
            self.text.refresh(names)
            self.links.refresh(names)
            if "activities" in names:
                self.photos.offer()
        stored, base = self.state.stored, self.state.base
        self.header.show_record("编辑案例" if stored else "新建案例", base.number)
        self.header.show_steps(self.state.can_undo, self.state.can_redo)
        self.footer.show_finalised(base.finalised)
        self.notes.show_fate(base)
        self.photos.follow_record()

    def _show_checks(self) -> None:
        self.header.show_stage(self.checks.stage)
        self.footer.show_counts(len(self.checks.hard), len(self.checks.soft), alarmed=self.checks.anything_shown())
        self.text.show_findings()
        self.links.show_findings()
        self.photos.show_findings(self.checks.shown(PHOTOS))

    def _show_step(self, names: frozenset[str]) -> None:
        """After undo and redo the keyboard is where something changed."""
        fields = [name for name in _ORDER if name in names]
        self.checks.run()
        if fields and self._current not in fields:
            self.focus_field(fields[0])

    def _follow_activities(self) -> None:
        """A linked activity may have been changed elsewhere."""
        if self.session.active:
            self.links.refresh(frozenset({"activities"}))
            self.photos.offer()
            self.checks.schedule()
            self.preview.schedule()

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if not self.session.active:
            return
        left, entered = self.fields.name_of(old), self.fields.name_of(new)
        if left and left != entered and (new is None or new.window() is self.window()):
            self.state.end_typing()
            self.checks.leave(left)
        if entered:
            self._current = entered
            self.preview.show_field(entered)

    def _mend(self, finding: Finding) -> None:
        assert finding.repair
        self.state.set(finding.repair.field, finding.repair.value)
        self.checks.run()

    def _open_activity(self, uid: str) -> None:
        if self.session.put_away():
            self.context.go_to.emit(Place("activities", uid=uid))

    def _toggle_large(self) -> None:
        """The keyboard goes where there is something left to do with it."""
        large = self.panes.toggle_large()
        if large:
            self.preview.take_keyboard()
        else:
            self.focus_field(self._current)

    def _next_pane(self) -> None:
        """F6: from links to text to preview and round."""
        focused = self.focusWidget()
        names = [LINKS, TEXT, PREVIEW]
        here = next((name for name in names if focused and self.panes.panes[name].isAncestorOf(focused)), PREVIEW)
        target = names[(names.index(here) + 1) % len(names)]
        self.panes.show_pane(target)
        if target == PREVIEW:
            self.preview.take_keyboard()
        elif target == TEXT:
            self.text.title.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.links.choose_link.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        wide, narrow = self.panes.arrangement == "all", self.panes.arrangement == "none"
        self.header.fit(wide=wide, narrow=narrow)
        self.footer.fit(narrow=narrow)
