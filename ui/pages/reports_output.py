"""What leaves the 报表 page: PDF, Excel, the mail draft, paper. Each is one piece of background work with 停止."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from models.errors import UserError
from models.letters import Letter, compose_letter
from models.periods import Period
from models.report import Report
from ui import workers
from ui.context import Context
from ui.pages.reports_folder import remember_folder, remembered_folder

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
    complained = Signal(str)
    progressed = Signal(str, int, int)
    ended = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._job: workers.Job | None = None
        self._words, self._done, self._total = "", 0, 0
        self._slow = QTimer(self, singleShot=True, interval=SHOW_PROGRESS_AFTER)
        self._slow.timeout.connect(self._tell)
        self.ask_folder: Callable[[Path], Path | None] = self._ask_with_dialog

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._job is not None

    def choose_folder(self) -> Path | None:
        """Ask where files shall go from now on; None when the question was left unanswered."""
        folder = self.ask_folder(remembered_folder() or self._context.ledger.folder.parent)
        if folder is not None:
            remember_folder(folder)
        return folder

    def export(self, report: Report, formats: tuple[str, ...]) -> None:
        """Write the report in the formats asked for."""

        def work(job: workers.Job, folder: Path) -> tuple[Path, ...]:
            from exporters.report_files import export_report

            return export_report(report, folder, formats, progress=job.report).files

        self._start("正在导出" + "、".join(NAMES[each] for each in formats), work, self.exported.emit)

    def draft_letter(self, report: Report, period: Period) -> None:
        """Write the mail draft with both files attached."""
        unit, notice = self._context.unit(), self._context.notice

        def work(job: workers.Job, folder: Path) -> Draft:
            from exporters.report_files import attachment_names, export_letter

            names = attachment_names(report, unit)
            letter = compose_letter(notice, unit, period, [report], names)
            file = export_letter(letter, report, unit, notice, folder, progress=job.report)
            return Draft(letter, file, tuple(folder / name for name in names))

        self._start("正在生成邮件草稿", work, self.drafted.emit)

    def stop(self) -> None:
        """Give up what is being written; files already complete stay."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    def _start(self, words: str, work: Callable[[workers.Job, Path], Any], done: Callable[[Any], None]) -> None:
        folder = None if self.busy else remembered_folder() or self.choose_folder()
        if folder is None:
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
        chosen = QFileDialog.getExistingDirectory(self._page, "导出到哪个文件夹", str(start))
        return Path(chosen) if chosen else None


def open_in_desktop(path: Path) -> bool:
    """Open a file with its program, or a folder; False when the system has nothing for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
