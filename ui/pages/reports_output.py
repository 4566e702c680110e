"""What leaves the 报表 page: PDF, Excel, the mail draft, paper. Each is one piece of background work with 停止."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from models.errors import UserError
from models.letters import Letter, compose_letter
from models.periods import Period
from models.preferences import documents_folder
from models.report import Report
from ui import workers
from ui.context import Context
from ui.pages.reports_folder import changed_by_others, remember_folder, remember_written, remembered_folder

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from exporters.pdf import PdfDocument
    from ui.pages.reports_print import PrintRun

SHOW_PROGRESS_AFTER = 1000  # milliseconds
NAMES = {"pdf": "PDF", "xlsx": "Excel"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail draft that was written, with what it says and what is attached."""

    letter: Letter
    file: Path
    attachments: tuple[Path, ...]


class ReportOutput(QObject):
    """Writes files one job at a time.

    `exported` carries the files, `drafted` a `Draft`, `complained` a sentence. `progressed` (words, done, total) is
    emitted only for work that lasts; `ended` follows in any case.
    """

    exported = Signal(object)  # tuple of Path
    drafted = Signal(object)
    printed = Signal()
    complained = Signal(str)
    progressed = Signal(str, int, int)
    ended = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._job: workers.Job | None = None
        self._run: PrintRun | None = None
        self._words, self._done, self._total = "", 0, 0
        self._slow = QTimer(self, singleShot=True, interval=SHOW_PROGRESS_AFTER)
        self._slow.timeout.connect(self._tell)
        self.ask_folder: Callable[[Path], Path | None] = self._ask_with_dialog

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._job is not None or self._run is not None

    def choose_folder(self) -> Path | None:
        """Ask where files shall go from now on; None when the question was left unanswered."""
        folder = self.ask_folder(remembered_folder() or self._first_folder())
        if folder is not None:
            remember_folder(folder)
        return folder

    def _first_folder(self) -> Path:
        """Beside the ledger; but what is put beside the sample would be thrown away with it."""
        beside = self._context.ledger.folder.parent
        return documents_folder().parent if self._context.is_sample else beside

    def export(self, report: Report, formats: tuple[str, ...]) -> None:
        """Write the report in the formats asked for."""
        from exporters.names import report_file_name

        def work(job: workers.Job, folder: Path) -> tuple[Path, ...]:
            from exporters.report_files import export_report

            return export_report(report, folder, formats, progress=job.report).files

        def done(files: tuple[Path, ...]) -> None:
            remember_written(files)
            self.exported.emit(files)

        words = "正在导出" + "、".join(NAMES[each] for each in formats)
        self._start(words, [report_file_name(report, f".{each}") for each in formats], work, done)

    def draft_letter(self, report: Report, period: Period) -> None:
        """Write the mail draft with both files attached."""
        from exporters.names import report_file_name
        from exporters.report_files import attachment_names

        unit, notice = self._context.unit(), self._context.notice
        names = attachment_names(report, unit)
        letter = compose_letter(notice, unit, period, [report], names)

        def work(job: workers.Job, folder: Path) -> Draft:
            from exporters.report_files import export_letter

            file = export_letter(letter, report, unit, notice, folder, progress=job.report)
            return Draft(letter, file, tuple(folder / name for name in names))

        def done(draft: Draft) -> None:
            remember_written((draft.file, *draft.attachments))
            self.drafted.emit(draft)

        self._start("正在生成邮件草稿", [report_file_name(report, ".eml"), *names], work, done)

    def stop(self) -> None:
        """Give up what is being written; files already complete stay."""
        if self._job is not None:
            self._job.cancel()
            self._end()
        elif self._run is not None:
            self._run.stop()

    def print_form(self, report: Report, document: "PdfDocument") -> None:
        """Ask the system for a printer, with the paper preset, and print."""
        if self.busy:
            return
        from PySide6.QtPrintSupport import QPrintDialog

        from ui.pages.reports_print import printer_for

        printer = printer_for(report)
        dialog = QPrintDialog(printer, self._page)
        dialog.setMinMax(1, document.pages)
        if dialog.exec():
            self.start_printing(document, printer)

    def start_printing(self, document: "PdfDocument", printer: "QPrinter") -> None:
        """Send a form to a printer that has been chosen."""
        from ui.pages.reports_print import PrintRun

        run = self._run = PrintRun(document.data, printer, self)
        run.progressed.connect(lambda page, pages: self.progressed.emit(f"正在打印，第 {page} / {pages} 页", 0, 0))
        run.finished.connect(self._after_printing)
        run.start()

    def _after_printing(self, done: bool) -> None:
        if self._run is not None:
            self._run.deleteLater()
            self._run = None
        self.ended.emit()
        if done:
            self.printed.emit()
        else:
            self.complained.emit("没有打印完。请检查打印机是否打开、有没有纸，再打印一次。")

    def _start(
        self, words: str, names: Sequence[str], work: Callable[[workers.Job, Path], Any], done: Callable[[Any], None]
    ) -> None:
        """Find the folder, make sure that nothing of somebody else's is replaced, and set the work going."""
        folder = None if self.busy else remembered_folder() or self.choose_folder()
        if folder is None or not self._may_replace(changed_by_others(folder / name for name in names)):
            return
        self._words, self._done, self._total = words, 0, 0
        self._slow.start()

        def guarded(job: workers.Job) -> Any:
            from exporters.progress import ExportCancelled

            try:
                return work(job, folder)
            except ExportCancelled:
                return None  # nobody waits for it any more

        def finished(result: Any) -> None:
            self._end()
            done(result)

        self._job = workers.start(guarded, finished, self._fail, self._follow)

    def _may_replace(self, files: Sequence[Path]) -> bool:
        """Whether files that somebody has worked on may be replaced; asks only if there are any."""
        if not files:
            return True
        from ui.widgets.confirm import confirm

        names = "、".join(f"“{file.name}”" for file in files)
        consequence = f"{names}导出以后又改过。替换后，改过的内容就没有了。"
        return confirm(self._page, "替换文件夹里改过的文件？", consequence, "替换", "不替换")

    def _follow(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        if self.busy and not self._slow.isActive():
            self._tell()

    def _tell(self) -> None:
        self.progressed.emit(self._words, self._done, self._total)

    def _fail(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, UserError):
            raise error
        self.complained.emit(error.message)

    def _end(self) -> None:
        self._job = None
        self._slow.stop()
        self.ended.emit()

    def _ask_with_dialog(self, start: Path) -> Path | None:
        from ui.widgets.folder_dialog import ask_for_folder

        return ask_for_folder(self._page, "导出到哪个文件夹", start)


def open_in_desktop(path: Path) -> bool:
    """Open a file with its program, or a folder; False when the system has nothing for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
