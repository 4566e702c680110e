"""报表: a form and a period chosen, its printed page in sight, and the ways out: paper, PDF, Excel, Word, mail."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from models import activity_repository
from models.errors import UserError
from models.periods import Period, choices_around, parse_period
from ui.context import Context, Place
from ui.pages import reports_wiring
from ui.pages.report_amounts import Amount
from ui.pages.report_empty import EDIT_SUMMARY, words_for
from ui.pages.report_forms import BLANK, FORMS
from ui.pages.report_messages import ReportMessages
from ui.pages.report_options import ReportOptions
from ui.pages.report_several import SeveralForms
from ui.pages.report_side import ReportSide
from ui.pages.report_summary import SummaryPlace
from ui.pages.report_work import ReportWork
from ui.pages.reports_frame import ReportsFrame
from ui.pages.reports_output import ReportOutput
from ui.pages.reports_preview import SUMMARY, WITH_PHOTOS, Preview, Wanted
from ui.pages.reports_printing import PrintSheet, ReportPrinting

FOLLOW_AFTER = 400  # milliseconds after the last change in the ledger


class ReportsPage(ReportsFrame):
    """Follows the ledger while it is visible; shows the last form again at once when it is come back to."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.shown: Preview | None = None
        self.amounts: Mapping[str, Amount] = {}
        self.work = ReportWork(context, self)
        self.output = ReportOutput(context, self)
        self.printing = ReportPrinting(context, self)
        self.messages_of = ReportMessages(self)
        self.side = ReportSide(self)
        self.several = SeveralForms(self)
        self.summary = SummaryPlace(self)
        self.options = ReportOptions(self)
        self._stale = self._uncounted = True
        self._follow = QTimer(self, singleShot=True, interval=FOLLOW_AFTER)
        self._follow.timeout.connect(self.refresh)
        reports_wiring.connect(self)
        self.offer_periods()
        self.show_parts()

    @property
    def busy(self) -> bool:
        """Whether something is being written or printed."""
        return self.output.busy or self.printing.busy

    def keep_unsaved(self) -> bool:
        """Called when the window closes: an export still running is given up, what is typed is kept."""
        self.output.stop()
        self.printing.stop()
        self.options.save_look()
        return self.summary.keep_unsaved()

    def show_place(self, place: Place, came_from: str = "") -> None:
        """Come to the page; `place.uid` brings the line of a record into sight, `place.action` is a form to show."""
        if place.action in self.offered:
            self.choose_form(place.action)
        elif place.action == EDIT_SUMMARY:
            self.open_summary(place.uid, place.field)
        elif place.uid:
            self.preview.choose(place.uid)

    def open_summary(self, period_code: str = "", field: str = "") -> None:
        """Open the summary of a period (of the one that is chosen, when none is named), at a part of it."""
        period = self._period_called(period_code)
        if self.summary.period not in (None, period) and not self.summary.leave():
            return
        self.context.set_period(period)
        if self.form.key != SUMMARY:
            self.choose_form(SUMMARY)
        self.summary.open(field)

    def take_keyboard(self) -> None:
        """The keyboard goes to what leads on from the form in front: 编辑总结, the pages, or the choice of form."""
        line = self.forms.entry(self.form.key)
        wanted = (self.tools.edit_button, self.preview, self.empty.button, line, self.form_box)
        usable = (each for each in wanted if each.isVisible() and each.isEnabled())
        next(usable, self).setFocus(Qt.FocusReason.OtherFocusReason)

    # ─── choosing ───

    def choose_form(self, key: str) -> None:
        """Show another form."""
        if key != self.form.key and not self.summary.leave():
            key = SUMMARY
        self.summary.came_back = False
        if key != self.form.key:
            self.side.close()
            self.messages_of.drop_letter()
        if self.several.open:
            self.show_preview()
        self.form = self.offered[key]
        self.forms.choose(key)
        self.form_box.set_value(key)
        self.offer_periods()
        self.refresh()

    def offer_periods(self) -> None:
        """Put the periods that may be wanted into the list; those without anything for the form are marked."""
        days = activity_repository.first_and_last_day(self.context.ledger) or (None, None)
        self.period.offer(choices_around(self._today(), *days))

    def follow_change(self) -> None:
        """The records have changed."""
        self.forget_amounts()
        self._uncounted = True
        self.offer_periods()
        self._follow.start()

    def follow_period(self) -> None:
        """Another period was chosen, here or on another page."""
        if not self.summary.leave():
            assert self.summary.period
            self.period.set_period(self.summary.period)
            return  # what is typed cannot be kept anywhere: it stays in front with its own period, and says so
        self.side.close()
        self.period.set_period(self.context.period)
        self.messages_of.hide_done()
        self.messages_of.drop_letter()
        self._uncounted = True
        self.refresh()

    def refresh(self) -> None:
        """Fill the form anew in the background; what is shown stays until then, unless it is another form."""
        self._follow.stop()
        if not self.isVisible() or self.summary.editor is not None:
            self._stale = True
            return
        self._stale = False
        wanted = self._wanted()
        self.work.make(wanted)
        if self._uncounted:
            self._uncounted = False
            self.work.count(tuple(self.offered.values()), wanted)

    def stop(self) -> None:
        """停止: give up what is under way, be it a file, a print or the preview."""
        if self.busy:
            self.output.stop()
            self.printing.stop()
        elif self.work.running:
            self.work.cancel()
            self.messages_of.hide_progress()
            self.body.setCurrentWidget(self.stopped)
            self.show_parts()
            self.stopped.button.setFocus()

    # ─── the ways out ───

    def print_form(self) -> None:
        """Ask the system for a printer, with the paper and all else preset, and print."""
        if not self.busy and self._form_in_front() and self.shown and self.shown.document:
            self.printing.print_forms([PrintSheet(self.form.key, self.shown.report, self.shown.document)])

    def export(self, *formats: str) -> None:
        """Write the form shown as pdf, xlsx or docx."""
        if self._form_in_front() and self.shown and self.shown.filled:
            self.output.export([self.shown.filled], formats)

    def draft_letter(self) -> None:
        """Write a mail draft with the form attached and open it."""
        if self._form_in_front() and self.shown and self.shown.filled:
            self.output.draft_letter(self.shown.filled, self.period.period())

    def edit_summary(self) -> None:
        """Open the summary of the period in place of its preview."""
        self.open_summary()

    def find_words(self) -> None:
        """Find words in the preview."""
        if self.body.currentWidget() is self.preview:
            if self.canvas.isHidden():  # the panel has taken its place
                self.side.close()
            self.preview.open_find()

    def fill_the_gap(self) -> None:
        """Go to where what the form lacks is entered."""
        place = words_for(self.form, self.period.period()).place
        if place.action == EDIT_SUMMARY:
            self.open_summary()
        else:
            self.context.go_to.emit(place)

    # ─── what is in front ───

    def take(self, made: Preview) -> None:
        """A preview is ready."""
        self.shown, wanted = made, made.wanted
        own_title = made.filled is not None and wanted.form.section != BLANK
        code = f"{wanted.form.code} " if wanted.form.section == FORMS else ""
        self.tools.heading.setText(f"{code}{made.report.title}" if own_title else wanted.form.label)
        self.checks.show_result(made.checks)
        self.preview.describe = made.describe
        self.messages_of.show_problem(made.problem, made.culprit)
        if made.document:
            self.preview.show_document(made.document)
        else:
            self.preview.clear()
        if made.empty:
            words = words_for(wanted.form, wanted.period)
            self.empty.set_words(words.title, words.hint, words.button)
        if not self.several.open:
            self.show_preview()
        if self.summary.came_back:
            self.summary.came_back = False
            self.take_keyboard()
        self.side.follow()

    def take_amounts(self, amounts: Mapping[str, Amount]) -> None:
        """How much there is for each form is known."""
        self.amounts = amounts
        self.forms.show_amounts(amounts)
        if self.several.open:
            self.several.follow_period()

    def come_back(self) -> None:
        """The summary was left: it may be another one now."""
        self.period.set_period(self.context.period)  # it had stayed with its own where it could not be left at once
        self.show_preview()
        self.forget_amounts()
        self._uncounted = True
        self.refresh()

    def show_preview(self) -> None:
        """The form in front, or what is said in its place."""
        made = self.shown
        self.messages_of.show_unsaved(bool(made and made.unsaved))
        self.body.setCurrentWidget(self.waiting if made is None else self.empty if made.empty else self.preview)
        self.show_parts()

    def show_waiting(self) -> None:
        """The form before is taken away when the one that was chosen takes its time."""
        wanted, shown = self._wanted(), self.shown
        other = shown is None or (shown.wanted.form, shown.wanted.period) != (wanted.form, wanted.period)
        if other and not self.several.open:
            self.body.setCurrentWidget(self.waiting)
            self.show_parts()

    def show_parts(self) -> None:
        """Offer what can be done with what is in front."""
        made, front = self.shown, self._form_in_front()
        about_records = self.form.section == FORMS and self.summary.editor is None
        self.checks.setVisible(bool(made and made.checks.records > 0 and about_records))
        self.offer_tools(bool(front and made and made.document))
        self.tools.show_options(photos=self.form.key == WITH_PHOTOS, edit=self.form.key == SUMMARY)
        self.options.offer(made if front else None)
        self.fit()  # another form may have another button, another period a longer name

    def fail(self, error: Exception) -> None:
        """Say what went wrong; what nobody foresaw is not swallowed."""
        if not isinstance(error, UserError):
            raise error
        self.context.went_wrong.emit(error.message)

    def _period_called(self, code: str) -> Period:
        """The period with this code; the one that is chosen when there is none such."""
        try:
            return parse_period(code) if code else self.context.period
        except UserError:
            return self.context.period  # of a draft that somebody has spoilt

    def _form_in_front(self) -> bool:
        return self.body.currentWidget() in (self.preview, self.empty)

    def _wanted(self) -> Wanted:
        photos = self.context.preferences.photos_printed
        return Wanted(self.form, self.period.period(), self.context.notice, self._today(), photos)

    # ─── Qt ───

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight nobody waits for a preview; it is made when the page is come back to."""
        super().hideEvent(event)
        if self.work.running:
            self.work.cancel()
            self._stale = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.sources.isHidden():
            self.side.close()
        else:
            super().keyPressEvent(event)
