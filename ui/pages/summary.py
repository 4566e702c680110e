"""编辑总结: 表9 in words of one's own, with the figures of the ledger in its sentences until 定稿."""

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QWidget

from models.drafts import Draft
from models.periods import Period
from models.summary import Summary
from models.summary_length import characters_in, estimated_pages
from models.summary_recording import TYPED
from ui import operations, theme
from ui.context import Context, Place
from ui.pages.activity_form_footer import FormFooter
from ui.pages.activity_form_keys import FormKeys
from ui.pages.summary_bars import FigureLine, SummaryBar
from ui.pages.summary_figures import LiveFigures
from ui.pages.summary_form import SummaryForm
from ui.pages.summary_menu import figure_menu, has_records, records_menu
from ui.pages.summary_notes import SummaryNotes
from ui.pages.summary_session import SummarySession
from ui.widgets.base import application
from ui.widgets.confirm import confirm
from ui.widgets.frames import Ground
from ui.widgets.layouts import column


class SummaryEditor(QWidget):
    """The summary of one period. `closed`: back to the preview; what is not saved stays as a draft."""

    closed = Signal()

    def __init__(self, context: Context, period: Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.period = context, period
        self.figures = LiveFigures(context, period, self)
        self.session = SummarySession(context, self.figures, self)
        self.state, self.checks, self.keeper = self.session.state, self.session.checks, self.session.keeper
        self._current = "overview"  # the field that has the keyboard, or had it last
        self._figure = ""  # the figure at the cursor
        self._wanted = ""  # the field that the keyboard is to go to when the editor is shown
        self._shown = Summary()  # the summary that bars and boxes are set for
        self.keys = FormKeys(self)
        self._build()
        self._connect()
        self._add_keys()
        self.session.start()

    # what the page asks for

    def keep_unsaved(self) -> bool:
        """Keep what is pending as a draft now; False when that failed and it is only on screen."""
        return not self.session.active or self.keeper.flush()

    def put_away(self) -> bool:
        """As `keep_unsaved`, because something else takes its place; says why when that failed."""
        return self.session.put_away()

    def focus_field(self, name: str) -> None:
        """The keyboard goes to this field, also when the editor is only about to be shown."""
        self._wanted = name
        if self.isVisible():
            self.take_keyboard()

    def take_keyboard(self) -> None:
        """The keyboard goes to the field asked for, else to the first place to be written, else to the first part."""
        wanted, self._wanted = self._wanted, ""
        if wanted in self.form.fields():
            self.form.focus(wanted)
        elif self.state.base.finalised:
            self.footer.final_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.form.next_gap():
            self.form.focus("overview")

    # what the clerk does

    def save(self) -> None:
        """保存; the editor stays open."""
        self.session.save()

    def finalise(self) -> None:
        """定稿, or the first thing that stands in its way; at 定稿 取消定稿."""
        if self.state.base.finalised:
            self.session.reopen()
            return
        self.checks.insist()
        if not self.checks.hard:
            self.session.finalise()
            return
        field = self.checks.hard[0].field
        self.form.focus(field)
        if field in self.form.parts:
            self.form.parts[field].edit.select_gap_after(0)

    def next_gap(self) -> None:
        """F8: the next place to be written."""
        if not self.state.value("title").strip():
            self.form.focus("title")
        elif not self.form.next_gap():
            self.context.went_well.emit("没有要补充的了，可以定稿", False)

    def undo(self) -> None:
        """Take the latest change here back; when there is none since saving, the latest step of the ledger."""
        if self.state.can_undo:
            self._show_step(self.state.undo())
        else:
            operations.undo(self.context)

    def redo(self) -> None:
        """Do it again."""
        if self.state.can_redo:
            self._show_step(self.state.redo())
        else:
            operations.redo(self.context)

    def insert_figure(self) -> None:
        """Offer the figures at the cursor of the part that has the keyboard, or had it last."""
        if self.state.base.finalised:
            return
        name = self._current if self._current in self.form.parts else "overview"
        edit = self.form.parts[name].edit
        menu = figure_menu(self.figures.figures, lambda figure: self._insert(name, figure), self)
        menu.setAccessibleName("插入数字")
        place = edit.mapToGlobal(edit.viewport().pos() + edit.cursorRect().bottomLeft())
        inside = self.form.viewport().rect().contains(self.form.viewport().mapFromGlobal(place))
        button = self.bar.insert_button
        menu.popup(place if inside else button.mapToGlobal(QPoint(0, button.height())))

    def draft_again(self, *names: str) -> None:
        """重新起草 of a part, or of everything; 撤销 brings the words back."""
        fields = names or TYPED
        if self.session.would_lose(*fields):
            what = "这一部分" if names else "整篇总结"
            question = f"重新起草{what}，换掉现在写的内容？"
            words = "按台账现在的数字重新起草，你写的话会被换掉。换掉以后还可以撤销。"
            if not confirm(self, question, words, "重新起草", "不换", danger=False):
                return
        self.session.draft_again(*fields)
        self.form.focus(names[0] if names else "overview")

    def draft_all_again(self) -> None:
        """重新起草 of title, address and all parts."""
        self.draft_again()

    def back(self) -> None:
        """Esc: back to the preview. Unsaved changes stay as a draft."""
        if self.session.put_away():
            self.session.leave()
            self.closed.emit()

    def give_up(self) -> None:
        """放弃这些改动; 撤销 brings them back."""
        self.session.give_up()
        self.notes.hide_restored()

    def save_elsewhere(self) -> None:
        """另存到…: the summary as a plain text file, for when the ledger cannot be written."""
        from ui.pages.summary_plain import save_as_text

        save_as_text(self, self.context, self.state.record(), self.form.readings())

    # Qt

    def minimumSizeHint(self) -> QSize:
        """Small, because the bars make room for themselves once they know how little there is."""
        return QSize(400, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep_unsaved()
        self.session.rest()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.session.active:
            self.session.wake()
        else:  # it was left by 返回 and is asked for again
            self.session.start()
        QTimer.singleShot(0, self, self._enter)

    # inside

    def _enter(self) -> None:
        """The editor is in sight: the keyboard goes into it, or stays where it was in it."""
        if self._wanted or not self.form.name_of(self.focusWidget()):
            self.take_keyboard()

    def _build(self) -> None:
        self.bar, self.line, self.footer = SummaryBar(), FigureLine(), FormFooter()
        self.footer.next_link.setToolTip("下一处要补充")
        self.notes = SummaryNotes(self.bar)
        self.form = SummaryForm(self.state, self.checks, self.figures)
        ground = Ground("window")
        inside = column(self.bar, self.notes, self.line, spacing=0, parent=ground)
        inside.addWidget(self.form, 1)
        inside.addWidget(self.footer)
        inside.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        whole = column(ground, spacing=0, parent=self)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._fit()

    def _connect(self) -> None:
        self.session.leaving.connect(lambda: self.bar.back_button.setFocus(Qt.FocusReason.OtherFocusReason))
        self.session.loaded.connect(self._show_loaded)
        self.state.changed.connect(self._show_changes)
        self.checks.changed.connect(self._show_checks)
        self.keeper.changed.connect(lambda: self.footer.show_keeping(self.keeper))
        self.figures.changed.connect(self._show_figures)
        for signal, act in (
            (self.bar.back, self.back),
            (self.bar.insert, self.insert_figure),
            (self.bar.draft, self.draft_all_again),
            (self.bar.undo, self.undo),
            (self.bar.redo, self.redo),
            (self.line.records_wanted, self._offer_records),
            (self.form.figure_chosen, self._show_figure),
            (self.form.draft_wanted, self.draft_again),
            (self.footer.save, self.save),
            (self.footer.finalise, self.finalise),
            (self.footer.next_problem, self.next_gap),
            (self.footer.save_elsewhere, self.save_elsewhere),
        ):
            signal.connect(act)
        application().focusChanged.connect(self._follow_focus)
        theme.changed.connect(self._fit)

    def _add_keys(self) -> None:
        for keys, act in (
            ("Ctrl+S", self.save),
            ("Ctrl+Return", self.finalise),
            ("Ctrl+I", self.insert_figure),
            ("Ctrl+Z", self.undo),
            ("Ctrl+Y", self.redo),
            ("Ctrl+Shift+Z", self.redo),
            ("F8", self.next_gap),
            ("Esc", self.back),
        ):
            self.keys.add(keys, act)

    def _show_loaded(self, restored: Draft | None) -> None:
        self._current = "overview"
        self.notes.hide_restored()
        if restored:
            self.notes.show_restored(restored.saved_at, self.context.clock(), self.give_up)
        self.form.refresh()
        self.form.verticalScrollBar().setValue(0)
        self._shown = self.state.base
        self._show_state()

    def _show_changes(self, names: frozenset[str] | None = None) -> None:
        if names:
            self.form.refresh(names)
        if self.state.base is not self._shown:
            self._shown = self.state.base
            self._show_state()
        self._show_length()

    def _show_state(self) -> None:
        """Draft or 定稿: what can be done with it."""
        final = self.state.base.finalised
        self.bar.show_state(finalised=final)
        self.form.set_locked(final)
        self.footer.show_finalised(True)  # “保存”: a summary is a draft until 定稿 anyway
        self.footer.save_button.setVisible(not final)
        self.footer.final_button.setText("取消定稿" if final else "定稿")
        self.footer.final_button.set_kind("plain" if final else "primary")
        self._show_figures()

    def _show_checks(self) -> None:
        self.footer.show_counts(len(self.checks.hard), 0, alarmed=self.checks.anything_shown())
        self.form.show_findings()

    def _show_figures(self) -> None:
        self.notes.show_stale(self.figures.stale(self.state.base), self.session.reopen)
        self._show_figure(self._figure)
        self._show_length()

    def _show_length(self) -> None:
        texts = self.form.readings()
        title, address = self.state.value("title"), self.state.value("address")
        self.bar.show_length(characters_in((title, *texts)), estimated_pages(title, address, texts))

    def _show_figure(self, name: str) -> None:
        self._figure = name
        figure = self.figures.get(name)
        text = self.figures.value(name)
        if not name:
            self.line.show_nothing(finalised=self.state.base.finalised)
        elif figure is None or text is None:
            self.line.show_lost("没有了的数字")
        else:
            self.line.show_figure(figure, text, records=has_records(self.context.ledger, figure))

    def _show_step(self, names: frozenset[str]) -> None:
        """After undo and redo the keyboard is where something changed."""
        fields = [name for name in TYPED if name in names]
        self.checks.run()
        if fields and self._current not in fields:
            self.form.focus(fields[0])

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        entered = self.form.name_of(new) if self.session.active else ""
        if entered and entered != self._current:
            self.state.end_typing()
            self._current = entered

    def _insert(self, name: str, figure: str) -> None:
        self.state.end_typing()
        edit = self.form.parts[name].edit
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.insert_figure(figure)
        self.state.end_typing()

    def _offer_records(self) -> None:
        figure = self.figures.get(self._figure)
        if figure:
            menu = records_menu(self.context.ledger, figure, self._open, self)
            button = self.line.records_link
            menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _open(self, place: Place) -> None:
        if self.session.put_away():
            self.context.go_to.emit(place)

    def _fit(self) -> None:
        width = self.width() / theme.current().scale
        self.bar.fit(width)
        self.footer.fit(narrow=width < 740)
