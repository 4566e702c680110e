"""报表: a form and a period chosen, its printed page in sight, and the ways out: paper, PDF, Excel, mail."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from models import activity_repository
from models.errors import UserError
from models.periods import Period, choices_around
from ui import workers
from ui.context import Context, Place
from ui.pages.check_panel_place import place_of
from ui.pages.reports_frame import ReportsFrame
from ui.pages.reports_output import Draft, ReportOutput, open_in_desktop
from ui.pages.reports_preview import Preview, make_preview
from ui.pages.reports_strips import LetterCard
from ui.widgets.base import plain_menu_text

FOLLOW_AFTER = 400  # milliseconds after the last change in the ledger
MANY = 30  # records offered in the menu behind a total


class ReportsPage(ReportsFrame):
    """Follows the ledger while it is visible; shows the last form again at once when it is come back to."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.code = self.form_box.value() or ""
        self.shown: Preview | None = None
        self.letter_card: LetterCard | None = None
        self.open_file = open_in_desktop
        self.output = ReportOutput(context, self)
        self._stale = True
        self._turn = 0  # of the newest preview asked for; results of earlier ones are dropped
        self._job: workers.Job | None = None
        self._follow = QTimer(self, singleShot=True, interval=FOLLOW_AFTER)
        self._connect()
        self._add_shortcuts()
        self._offer_periods()

    def keep_unsaved(self) -> None:
        """Called when the window closes: an export still running is given up, its old file stays."""
        self.output.stop()

    def show_place(self, place: Place, came_from: str = "") -> None:
        """Come to the page; `place.uid` brings the line of a record into sight."""
        if place.uid:
            self.preview.choose(place.uid)

    def choose_form(self, code: str) -> None:
        """Show another form."""
        self.code = code
        self.forms.choose(code)
        self.form_box.set_value(code)
        self.refresh()

    def refresh(self) -> None:
        """Fill the form anew in the background; what is shown stays until then."""
        self._follow.stop()
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        self._turn += 1
        if self._job:
            self._job.cancel()
        turn, context = self._turn, self.context
        code, period, today = self.code, self.period.period(), context.clock().date()
        self._job = workers.start(
            lambda _job: make_preview(context.ledger, context.notice, code, period, today),
            lambda made: self._take(turn, made),
            lambda error: self._miss(turn, error),
        )

    def export(self, *formats: str) -> None:
        """Write the form shown as pdf or xlsx."""
        if self.shown and not self.shown.empty:
            self.output.export(self.shown.report, formats)

    def draft_letter(self) -> None:
        """Write a mail draft with the form attached and open it."""
        if self.shown and not self.shown.empty:
            self.output.draft_letter(self.shown.report, self.period.period())

    def print_form(self) -> None:
        """Ask the system for a printer, with the paper preset, and print."""
        if self.shown and self.shown.document:
            self.output.print_form(self.shown.report, self.shown.document)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight nobody waits for a preview; it is made when the page is come back to."""
        super().hideEvent(event)
        if self._job:
            self._job.cancel()
            self._turn += 1
            self._job, self._stale = None, True

    # ─── the preview ───

    def _take(self, turn: int, made: Preview) -> None:
        if turn != self._turn:
            return
        self._job, self.shown = None, made
        self.heading.setText(f"{made.report.code} {made.report.title}")
        self.forms.describe(made.report)
        self.checks.show_result(made.checks)
        self.checks.setVisible(made.checks.records > 0)
        self.preview.describe = made.describe
        self._show_problem(made)
        self.tools.setVisible(made.document is not None)
        for each in self.outputs:
            each.setEnabled(not made.empty)
        if made.document:
            self.preview.show_document(made.document)
        else:
            self.preview.clear()
        self.body.setCurrentWidget(self.empty if made.empty else self.preview)
        if made.empty:
            period = self.period.period()
            title = f"{period.label}还没有已完成的活动"
            self.empty.set_words(title, "记一条只要五项，不到半分钟", "新建活动")

    def _miss(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        self._job = None
        if not isinstance(error, UserError):
            raise error
        self.context.went_wrong.emit(error.message)

    def _show_problem(self, made: Preview) -> None:
        """A form that cannot be printed says why and leads to the record to mend."""
        if made.problem:
            links = [("打开这条活动", lambda: self._open(made.culprit))] if made.culprit else []
            self.problem.set_message("error", made.problem, links)
        self.problem.setVisible(bool(made.problem))
        self._show_messages()

    def _show_messages(self) -> None:
        parts = (self.problem, self.progress, self.done, self.letter_card)
        self.messages.setVisible(any(part is not None and not part.isHidden() for part in parts))

    # ─── going elsewhere ───

    def _open(self, uid: str) -> None:
        self.context.go_to.emit(Place("activities", uid=uid))

    def _show_sources(self, uids: tuple[str, ...]) -> None:
        """The records behind a total, each a way to it."""
        if self.shown is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for uid in uids[:MANY]:
            number, title = self.shown.line_of(uid)
            act = menu.addAction(plain_menu_text(f"第 {number} 行　{title}"))
            act.triggered.connect(lambda _on=False, uid=uid: self._open(uid))
        if len(uids) > MANY:
            menu.addAction(f"另有 {len(uids) - MANY} 条，请在表里看").setEnabled(False)
        menu.popup(self.preview.mapToGlobal(QPoint(self.preview.width() // 3, self.preview.height() // 3)))

    # ─── after something went out ───

    def _after_export(self, files: tuple[Path, ...]) -> None:
        names = "、".join(path.name for path in files)
        links = [
            ("打开文件夹", lambda: self._open_path(files[0].parent)),
            ("打开文件", lambda: self._open_path(files[0])),
            ("换文件夹", self.output.choose_folder),
            ("收起", self._hide_done),
        ]
        self.done.set_message("ok", f"已导出 {names}", links)
        self.done.show()
        self._show_messages()

    def _hide_done(self) -> None:
        self.done.hide()
        self._show_messages()

    def _after_draft(self, draft: Draft) -> None:
        self._drop_letter()
        card = self.letter_card = LetterCard(draft.letter, draft.attachments)
        card.copied.connect(lambda words: self.context.went_well.emit(words, False))
        card.folder_wanted.connect(lambda: self._open_path(draft.file.parent))
        card.draft_wanted.connect(lambda: self._open_path(draft.file))
        card.closed.connect(self._drop_letter)
        self.above.addWidget(card)
        card.show()  # else it counts as hidden until the next turn of the event loop
        self._hide_done()  # of an earlier export; the card needs the room
        self.open_file(draft.file)  # where no mail program takes it, the card is the way on

    def _drop_letter(self) -> None:
        if self.letter_card is not None:
            self.letter_card.hide()
            self.letter_card.deleteLater()
            self.letter_card = None
        self._show_messages()

    def _open_path(self, path: Path) -> None:
        if not self.open_file(path):
            self.context.went_wrong.emit(f"系统里没有能打开它的程序，请自己到文件夹里找：{path}")

    def _show_progress(self, words: str, done: int, total: int) -> None:
        if self.progress.isHidden():
            self.progress.start(words)
            self._show_messages()
        self.progress.set_progress(words, done, total)

    def _hide_progress(self) -> None:
        self.progress.hide()
        self._show_messages()

    # ─── wiring ───

    def _offer_periods(self) -> None:
        days = activity_repository.first_and_last_day(self.context.ledger) or (None, None)
        self.period.offer(choices_around(self.context.clock().date(), *days))

    def _after_change(self) -> None:
        self._offer_periods()
        self._follow.start()

    def _follow_period(self) -> None:
        self.period.set_period(self.context.period)
        self._hide_done()
        self._drop_letter()
        self.refresh()

    def _choose_period(self, period: Period) -> None:
        self.context.set_period(period)

    def _connect(self) -> None:
        self.context.changed.connect(self._after_change)
        self.context.period_changed.connect(self._follow_period)
        self._follow.timeout.connect(self.refresh)
        self.period.chosen.connect(self._choose_period)
        self.forms.chosen.connect(self.choose_form)
        self.form_box.activated.connect(lambda _index: self.choose_form(self.form_box.value() or self.code))
        self.checks.mend_wanted.connect(lambda finding: self.context.go_to.emit(place_of(finding)))
        self.checks.all_wanted.connect(lambda: self.context.go_to.emit(Place("checks")))
        self.empty.triggered.connect(lambda: self.context.go_to.emit(Place("activities", action="new")))
        self.print_button.clicked.connect(self.print_form)
        self.excel_button.clicked.connect(lambda: self.export("xlsx"))
        self.pdf_button.clicked.connect(lambda: self.export("pdf"))
        self.letter_button.clicked.connect(self.draft_letter)
        self.output.exported.connect(self._after_export)
        self.output.drafted.connect(self._after_draft)
        self.output.complained.connect(self.context.went_wrong)
        self.output.progressed.connect(self._show_progress)
        self.output.ended.connect(self._hide_progress)
        self.output.printed.connect(lambda: self.context.went_well.emit("已送到打印机", False))
        self.progress.stopped.connect(self.output.stop)
        self._connect_preview()

    def _connect_preview(self) -> None:
        preview = self.preview
        preview.page_changed.connect(lambda page, pages: self.page_label.setText(f"第 {page} / {pages} 页"))
        preview.zoom_changed.connect(self.zoom.setText)
        preview.line_opened.connect(self._open)
        preview.sum_opened.connect(self._show_sources)
        self.page_back.clicked.connect(lambda: preview.show_page(preview.page() - 1))
        self.page_on.clicked.connect(lambda: preview.show_page(preview.page() + 1))
        self.smaller.clicked.connect(preview.zoom_out)
        self.larger.clicked.connect(preview.zoom_in)
        self.zoom.clicked.connect(preview.fit_page)

    def _add_shortcuts(self) -> None:
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Print), self.print_form),
            (QKeySequence("Ctrl++"), self.preview.zoom_in),
            (QKeySequence("Ctrl+="), self.preview.zoom_in),
            (QKeySequence("Ctrl+-"), self.preview.zoom_out),
            (QKeySequence("Ctrl+0"), self.preview.fit_page),
        ):
            QShortcut(keys, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(act)
