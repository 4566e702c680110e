"""报表: a form and a period chosen, its printed page in sight, and the ways out: paper, PDF, Excel, mail."""

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QWidget

from models import activity_repository
from models.activity_query import ActivityQuery
from models.errors import UserError
from models.periods import Period, choices_around
from models.reports import BUILDERS
from ui import theme, workers
from ui.context import Context, Place
from ui.pages.reports_list import FormList
from ui.pages.reports_output import Draft, ReportOutput, open_in_desktop
from ui.pages.reports_preview import Preview, make_preview
from ui.pages.reports_strips import CheckStrip, LetterCard
from ui.widgets.base import plain_menu_text
from ui.widgets.buttons import FULL, ICON_ONLY, NO_SHORTCUT, Button, button, icon_button
from ui.widgets.cards import EmptyState
from ui.widgets.choices import ChoiceBox
from ui.widgets.frames import Bar, Ground
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.layouts import column, row
from ui.widgets.period_picker import PeriodPicker
from ui.widgets.progress import ProgressStrip
from ui.widgets.strips import MessageStrip

FOLLOW_AFTER = 400  # milliseconds after the last change in the ledger
WIDE, NARROW = 1100, 800  # content width ÷ text scale
MANY = 30  # records offered in the menu behind a total


class ReportsPage(QWidget):
    """Follows the ledger while it is visible; shows the last form again at once when it is come back to."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from ui.widgets.pdf_preview import PdfPreview  # loads QtPdf, which only this page needs

        self.context = context
        self.setAccessibleName("报表")
        self.code = next(iter(BUILDERS))
        self.shown: Preview | None = None
        self._stale = True
        self._turn = 0  # of the newest preview asked for; results of earlier ones are dropped
        self._job: workers.Job | None = None
        self.output = ReportOutput(context, self)
        self.preview = PdfPreview()
        self.open_file = open_in_desktop
        self._follow = QTimer(self, singleShot=True, interval=FOLLOW_AFTER)
        self._build()
        self._connect()
        self._add_shortcuts()
        self._fit()

    # ─── what is shown ───

    def show_place(self, place: Place) -> None:
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

    def _take(self, turn: int, made: Preview) -> None:
        if turn != self._turn:
            return
        self._job, self.shown = None, made
        self.heading.setText(f"{made.report.code} {made.report.title}")
        self.forms.describe(made.report)
        self.checks.show_result(made.checks)
        self.checks.setVisible(not made.empty or bool(made.checks.records))
        self.preview.describe = made.describe
        self._show_problem(made)
        self.tools.setVisible(made.document is not None)
        for each in (self.print_button, self.excel_button, self.letter_button, self.pdf_button):
            each.setEnabled(not made.empty)
        if made.document:
            self.preview.show_document(made.document)
            self.body.setCurrentWidget(self.preview)
        elif made.empty:
            self._show_emptiness()
        else:
            self.preview.clear()
            self.body.setCurrentWidget(self.preview)

    def _miss(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        self._job = None
        if not isinstance(error, UserError):
            raise error
        self.context.went_wrong.emit(error.message)

    def _show_emptiness(self) -> None:
        period = self.period.period()
        self.empty.set_words(
            f"{period.label}还没有已完成的活动", f"{period.range_text}。记一条只要五项，不到半分钟", "新建活动"
        )
        self.body.setCurrentWidget(self.empty)

    def _show_problem(self, made: Preview) -> None:
        """A form that cannot be printed says why and leads to the record to mend."""
        self.problem.setVisible(bool(made.problem))
        if made.problem:
            links = [("打开这条活动", lambda: self._open(made.culprit))] if made.culprit else []
            self.problem.set_message("error", made.problem, links)

    # ─── going elsewhere ───

    def _open(self, uid: str) -> None:
        self.context.go_to.emit(Place("activities", uid=uid))

    def _mend(self, finding: object) -> None:
        uid, field = finding.uid, finding.field  # pyright: ignore[reportAttributeAccessIssue]
        if field.startswith("unit."):
            self.context.go_to.emit(Place("settings", field=field.removeprefix("unit.")))
        elif uid:
            self.context.go_to.emit(Place("activities", uid=uid, field=field))
        else:
            self.context.go_to.emit(Place("activities", action="new"))

    def _show_sources(self, uids: object) -> None:
        """The records behind a total, each a way to it."""
        made = self.shown
        if made is None or not isinstance(uids, tuple):
            return
        menu = QMenu(self)
        for uid in uids[:MANY]:
            number, title = made.line_of(uid)
            menu.addAction(plain_menu_text(f"第 {number} 行　{title}")).triggered.connect(lambda _on, uid=uid: self._open(uid))
        if len(uids) > MANY:
            menu.addAction(f"另有 {len(uids) - MANY} 条，请在表里看").setEnabled(False)
        menu.popup(self.preview.mapToGlobal(QPoint(self.preview.width() // 2, self.preview.height() // 2)))

    # ─── ways out ───

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
        made = self.shown
        if made is None or made.document is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog

        from ui.pages.reports_print import printer_for

        printer = printer_for(made.report)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, made.document.pages)
        if dialog.exec():
            self.start_printing(printer)

    def start_printing(self, printer: object) -> None:
        """Send the form shown to a printer that has been chosen."""
        from ui.pages.reports_print import PrintRun

        if self.shown is None or self.shown.document is None:
            return
        run = PrintRun(self.shown.document.data, printer, self)  # pyright: ignore[reportArgumentType]
        run.progressed.connect(lambda page, pages: self.progress.set_progress(f"正在打印，第 {page} / {pages} 页", 0, 0))
        run.finished.connect(lambda done: self._after_printing(run, done=done))
        self.progress.stopped.connect(run.stop)
        self.progress.start("正在打印")
        run.start()

    def _after_printing(self, run: QWidget, *, done: bool) -> None:
        self.progress.hide()
        run.deleteLater()
        if done:
            self.context.went_well.emit("已送到打印机", False)
        else:
            self.context.went_wrong.emit("没有打印完。请检查打印机是否打开、有没有纸，再打印一次。")

    def _after_export(self, files: object) -> None:
        paths = files if isinstance(files, tuple) else ()
        if not paths:
            return
        names = "、".join(path.name for path in paths)
        links = [
            ("打开文件夹", lambda: self._open_path(paths[0].parent)),
            ("打开文件", lambda: self._open_path(paths[0])),
            ("换一个文件夹", self.output.choose_folder),
        ]
        self.done.set_message("ok", f"已导出 {names}", links)
        self.done.show()

    def _after_draft(self, draft: Draft) -> None:
        card = LetterCard(draft.letter, draft.file, draft.attachments)
        card.copied.connect(lambda words: self.context.went_well.emit(words, False))
        card.folder_wanted.connect(lambda: self._open_path(draft.file.parent))
        card.draft_wanted.connect(lambda: self._open_path(draft.file))
        self._put_letter(card)
        self._open_path(draft.file)

    def _open_path(self, path: object) -> None:
        if not self.open_file(path):  # pyright: ignore[reportArgumentType]
            self.context.went_wrong.emit(f"系统没有能打开它的程序，请到文件夹里找：{path}")

    def _put_letter(self, card: LetterCard | None) -> None:
        if self.letter_card is not None:
            self.letter_card.hide()
            self.letter_card.deleteLater()
        self.letter_card = card
        if card is not None:
            self.above.addWidget(card)
            card.destroyed.connect(self._forget_letter)

    def _forget_letter(self) -> None:
        self.letter_card = None
