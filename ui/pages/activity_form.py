"""新建活动 / 编辑活动: the one form in which activities are typed."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QMenu, QWidget

from models import recording
from models.activity import Activity, Status
from models.drafts import Draft
from models.fields import ACTIVITY_FIELDS, activity_field
from ui import operations, theme
from ui.context import Context, Place
from ui.pages.activity_form_extras import FormExtras
from ui.pages.activity_form_footer import FormFooter
from ui.pages.activity_form_groups import OptionalGroups
from ui.pages.activity_form_header import FormHeader
from ui.pages.activity_form_keys import FormKeys
from ui.pages.activity_form_middle import FormMiddle
from ui.pages.activity_form_notes import FormNotes
from ui.pages.activity_form_required import RequiredSection
from ui.pages.activity_form_section import Desk, FormSection
from ui.pages.activity_form_session import FormSession
from ui.pages.clause_strip import ClauseStrip
from ui.widgets.base import application, plain_menu_text, restyle
from ui.widgets.cards import Card
from ui.widgets.layouts import column, scale

WIDE_FROM, COLUMNS_FROM = 1100, 800  # content width ÷ text scale
_ORDER = [spec.name for spec in ACTIVITY_FIELDS]


class ActivityFormPage(QWidget):
    """A form for one record at a time. `closed`: back to the list; `saved`: the record with this uid was finalised."""

    closed = Signal()
    saved = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.session = FormSession(context, self)
        self.state, self.checks, self.keeper = self.session.state, self.session.checks, self.session.keeper
        self._current = "title"  # the field that has the keyboard, or had it last
        self._layout = ""
        self.keys = FormKeys(self)
        self._build()
        self._connect()
        self._add_keys()

    # what the list asks for

    def new(self) -> None:
        """A new record; what was begun and never saved is put back."""
        self._enter(self.session.holds("") or self.session.start_new())

    def edit(self, uid: str, field: str = "") -> None:
        """A record of the ledger, with the keyboard in `field`; changes not saved last time are put back."""
        self._enter(self.session.holds(uid) or self.session.start_edit(uid), field)

    def copy(self, uid: str) -> None:
        """A new record that starts from one of the ledger."""
        self._enter(self.session.start_copy(uid))

    def restore_draft(self, key: str) -> None:
        """Go on with what was kept under this key."""
        self._enter(self.session.start_draft(key))

    def keep_unsaved(self) -> bool:
        """Keep what is pending as a draft now; False when that failed and it is only on screen."""
        self.extras.keep_unsaved()
        return not self.session.active or self.keeper.flush()

    # what the clerk does

    def save(self) -> None:
        """保存草稿 or 保存; the form stays open."""
        self.session.save()

    def finalise(self) -> None:
        """定稿, or the first thing that stands in its way."""
        self.checks.insist()
        if self.checks.hard:
            self.focus_field(self.checks.hard[0].field)
        elif self._save_and_finalise():
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
        """Take the latest change in this form back and show where it was."""
        self._show_step(self.state.undo())

    def redo(self) -> None:
        """Do it again."""
        self._show_step(self.state.redo())

    def start_another(self) -> None:
        """Ctrl+N: another new record; one that is new already is saved as a 草稿 before."""
        if self.session.file_new():
            self.new()

    def copy_this(self) -> None:
        """Ctrl+D: a new record that starts from what is on screen."""
        source = self.state.record()
        if self.session.file_new():
            self._enter(self.session.start_copy(source))

    def back(self) -> None:
        """Esc: put the drawer away, or return to the list. Unsaved changes stay as a draft."""
        if self.middle.drawer_open():
            self.middle.leave_strip()
        elif self.extras.leave_form():
            pass  # the form of a sub-record was put away
        elif self.session.put_away():
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
        """另存到…: every answer as a plain text file, for when the ledger cannot be written."""
        from ui.pages.activity_form_text import save_as_text

        save_as_text(self, self.context, self.state)

    def focus_field(self, name: str) -> None:
        """Put the keyboard into a field, opening the group in which it stands, in sight together with its message."""
        if name == "photos":
            self.extras.open_group("pictures")
            return
        section = self._section_with(name)
        if not section.row_with(name).isHidden():
            section.focus_name(name)

    # Qt

    def minimumSizeHint(self) -> QSize:
        """Small, because header and footer make room for themselves once they know how little there is."""
        return QSize(400, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep_unsaved()
        self.checks.pause()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.checks.resume()

    # inside

    def _enter(self, opened: bool, field: str = "") -> None:
        """Put the keyboard into the form, or go back to the list when there is nothing in it to type into."""
        if not opened:
            if not self.session.active:
                self.closed.emit()
            return
        if field and field != "photos":
            self.checks.leave(field)  # the clerk was sent here because of what is wrong with it
        self.focus_field(field or "title")

    def _build(self) -> None:
        desk = Desk(self.context, self.state, self.checks)
        self.header, self.footer, self.notes = FormHeader(), FormFooter(), FormNotes()
        self.required, self.groups = RequiredSection(desk), OptionalGroups(desk)
        self.extras = FormExtras(self.context, self.session.ensure_stored)
        self.strip = ClauseStrip(self.context.notice)
        self.middle = FormMiddle(self.strip, self._show_clause, lambda: self.focus_field(self._current))
        self.card = Card()
        self.card.body.addWidget(self.required)
        self.middle.fill(self.notes, self.card, self.groups, self.extras)
        whole = column(self.header, spacing=0, parent=self)
        whole.addWidget(self.middle, 1)
        whole.addWidget(self.footer)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def _connect(self) -> None:
        self.session.leaving.connect(lambda: self.header.back_button.setFocus(Qt.FocusReason.OtherFocusReason))
        self.session.loaded.connect(self._show_loaded)
        self.session.series_changed.connect(self._offer_series)
        self.state.changed.connect(self._show_changes)
        self.checks.changed.connect(self._show_checks)
        self.keeper.changed.connect(lambda: self.footer.show_keeping(self.keeper))
        for signal, act in (
            (self.header.back, self.back),
            (self.header.undo, self.undo),
            (self.header.redo, self.redo),
            (self.header.clauses, self.middle.toggle_strip),
            (self.header.menu_wanted, self._fill_menu),
            (self.footer.save, self.save),
            (self.footer.finalise, self.finalise),
            (self.footer.next_problem, self.next_problem),
            (self.footer.save_elsewhere, self.save_elsewhere),
            (self.required.ended, lambda: self.groups.first_stop().setFocus(Qt.FocusReason.TabFocusReason)),
            (self.groups.ended, lambda: self.footer.save_button.setFocus(Qt.FocusReason.TabFocusReason)),
        ):
            signal.connect(act)
        application().focusChanged.connect(self._follow_focus)
        theme.changed.connect(self._fit)

    def _add_keys(self) -> None:
        for keys, act in (
            ("Ctrl+S", self.save),
            ("Ctrl+Return", self.finalise),
            ("Ctrl+N", self.start_another),
            ("Ctrl+D", self.copy_this),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+Shift+Z", self.redo),
            ("F1", self.middle.toggle_strip),
            ("F8", self.next_problem),
            ("Esc", self.back),
        ):
            self.keys.add(keys, act)

    def _save_and_finalise(self) -> bool:
        """Two steps of 撤销: taking 定稿 back must leave what was typed."""
        done = f"{recording.quoted(self.state.record())}已定稿"
        if not self.session.save():
            return False
        if self.state.base.finalised:
            self.context.went_well.emit(done, True)
            return True
        return self.session.save(finalise=True, done=done)

    def _show_loaded(self, restored: Draft | None) -> None:
        self._current = "title"
        self.notes.hide_restored()
        self.notes.hide_series()
        if restored:
            self.notes.show_restored(restored.saved_at, self.context.clock(), self.give_up)
        for section in (self.required, *self.groups.sections()):
            section.start()
        self.required.refresh()
        self.groups.start()
        self.extras.show_record(self.state.base.uid if self.state.stored else "")
        self.middle.scroll_to_top()
        self._show_changes()
        self._show_checks()

    def _show_changes(self, names: frozenset[str] | None = None) -> None:
        if names:
            self.required.refresh(names)
            self.groups.refresh(names)
        stored, base = self.state.stored, self.state.base
        if stored:
            self.extras.record_saved(base.uid)
        self.header.show_record("编辑活动" if stored else "新建活动", base.number)
        self.header.show_steps(self.state.can_undo, self.state.can_redo)
        self.footer.show_finalised(base.finalised)
        self.notes.show_overdue(
            self.state,
            [
                ("登记结果", self._register_result),
                ("改期", lambda: self.focus_field("start")),
                ("取消活动", self._cancel),
            ],
        )
        self._show_clause()

    def _show_checks(self) -> None:
        self.header.show_stage(self.checks.stage)
        self.footer.show_counts(len(self.checks.hard), len(self.checks.soft), alarmed=self.checks.anything_shown())
        self.required.show_findings()
        self.groups.show_findings()

    def _register_result(self) -> None:
        self.state.set("status", Status.DONE)
        self.focus_field("people_offline")

    def _offer_series(self, before: Activity, after: Activity) -> None:
        """A repeated activity was changed: the others that are still planned may follow."""
        from models import recurrence

        if not recurrence.in_scope(self.context.ledger, before, "all"):
            return

        def follow(scope: Literal["later", "all"]) -> None:
            ledger, clerk = self.context.ledger, self.context.clerk()
            self.notes.hide_series()
            operations.run(
                self.context,
                lambda: recurrence.apply_change(ledger, before, after, scope, clerk),
                lambda count: f"另外 {count - 1} 次也这样改了",
            )

        self.notes.show_series([("以后各次也改", lambda: follow("later")), ("全部都改", lambda: follow("all"))])

    def _cancel(self) -> None:
        self.state.set("status", Status.CANCELLED)

    def _show_step(self, names: frozenset[str]) -> None:
        """After undo and redo the keyboard is where something changed, if that can be seen."""
        fields = [name for name in _ORDER if name in names]
        self.checks.run()
        if fields and self._current not in fields:
            self.focus_field(fields[0])

    def _section_with(self, name: str) -> FormSection:
        return self.groups.section_with(name) if activity_field(name).group else self.required

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isAncestorOf(new):
            return
        for section in (self.required, *self.groups.sections()):
            for editor in section.editors():
                if editor.owns(new):
                    self._current = editor.name
                    self._show_clause()
                    return

    def _show_clause(self) -> None:
        if self.middle.strip_shown():
            self.strip.show_field(self._current, self.state.values)

    def _fill_menu(self, menu: QMenu) -> None:
        base, stored = self.state.base, self.state.stored
        entries: list[tuple[str, Callable[[], object], bool]] = [("复制为新活动\tCtrl+D", self.copy_this, True)]
        if base.finalised:
            back = f"{recording.quoted(base)}已退回草稿"
            entries.append(("退回草稿", lambda: self.session.save(finalise=False, done=back), True))
        history = Place("history", uid=base.uid)
        entries.append(("修改记录", lambda: self.context.go_to.emit(history), stored))
        entries += [("放弃这些改动", self.give_up, self.state.dirty), ("移到回收站", self.delete, stored)]
        for words, act, enabled in entries:
            action = menu.addAction(plain_menu_text(words))
            action.setEnabled(enabled)
            action.triggered.connect(lambda _on=False, act=act: act())

    def _fit(self) -> None:
        """Arrange for the width there is: strip beside the form, strip as a drawer, or everything in one column."""
        width = self.width() / theme.current().scale
        layout = "wide" if width >= WIDE_FROM else "middle" if width >= COLUMNS_FROM else "narrow"
        if layout == self._layout:
            return
        self._layout = layout
        narrow = layout == "narrow"
        self.middle.set_beside(layout == "wide")
        self.header.fit(wide=layout == "wide", narrow=narrow)
        self.footer.fit(narrow=narrow)
        restyle(self.card, ground="" if narrow else "card")  # a sheet of its own would cost width
        scale(self.card.body, 0 if narrow else (24, 16))
        self.required.set_narrow(narrow)
        self.groups.set_narrow(narrow)
        self._show_clause()
