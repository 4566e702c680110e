"""What leaves the 报表 page as files: PDF, Excel, Word, mail. Each is one piece of background work with 停止."""

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
    from exporters.report_files import ExportResult
    from ui.pages.report_batch_work import Cover

SHOW_PROGRESS_AFTER = 1000  # milliseconds
MOST_NAMED = 5  # files named in the question before they are replaced


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail draft that was written, with what it says and what is attached."""

    letter: Letter
    file: Path
    attachments: tuple[Path, ...]


class ReportOutput(QObject):
    """One job at a time.

    `exported` carries an `ExportResult`, `drafted` a `Draft`, `complained` a sentence. `progressed` (a sentence, done,
    total) is emitted only for work that lasts; `ended` follows in any case.
    """

    exported = Signal(object)
    drafted = Signal(object)
    complained = Signal(str)
    progressed = Signal(str, int, int)
    ended = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._job: workers.Job | None = None
        self._told: tuple[str, int, int] = ("", 0, 0)
        self._words: Callable[[int, int], str] = lambda _done, _total: ""
        self._slow = QTimer(self, singleShot=True, interval=SHOW_PROGRESS_AFTER)
        self._slow.timeout.connect(self._tell)
        self.ask_folder: Callable[[Path], Path | None] = self._ask_with_dialog

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._job is not None

    def folder(self) -> Path | None:
        """Where files go; None when nobody has said so yet, or the folder is not there now."""
        return remembered_folder()

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

    def export(self, reports: Sequence[Report], formats: Sequence[str], cover: "Cover | None" = None) -> None:
        """Write the forms in the formats asked for, as far as these make sense for each; `cover` lists the files."""
        from exporters.names import report_file_name

        names = names_of(reports, formats) + ([report_file_name(cover.empty, ".pdf")] if cover else [])

        def work(job: workers.Job, folder: Path) -> "ExportResult":
            from exporters.report_files import export_reports

            return export_reports(reports, folder, formats, job.report, cover.make if cover else None)

        def done(result: "ExportResult") -> None:
            remember_written(result.files)
            self.exported.emit(result)

        self._start(lambda at, total: _writing(at, total, len(names)), names, work, done)

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

        self._start(lambda _at, _total: "正在生成邮件草稿", [report_file_name(report, ".eml"), *names], work, done)

    def prepare(
        self, work: Callable[[workers.Job], Any], done: Callable[[Any], None], words: Callable[[int, int], str]
    ) -> None:
        """Do what has to be done before forms can be written or printed; `words` makes a sentence of its progress."""
        if not self.busy:
            self._run(work, done, words)

    def stop(self) -> None:
        """Give up what is being written; nothing of it is left."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    def _start(
        self,
        words: Callable[[int, int], str],
        names: Sequence[str],
        work: Callable[[workers.Job, Path], Any],
        done: Callable[[Any], None],
    ) -> None:
        """Find the folder, make sure that nothing of somebody else's is replaced, and set the work going."""
        folder = None if self.busy else remembered_folder() or self.choose_folder()
        if folder is None or not self._may_replace(changed_by_others(folder / name for name in names)):
            return
        self._run(lambda job: work(job, folder), done, words)

    def _run(
        self, work: Callable[[workers.Job], Any], done: Callable[[Any], None], words: Callable[[int, int], str]
    ) -> None:
        self._words, self._told = words, (words(0, 0), 0, 0)
        self._slow.start()

        def guarded(job: workers.Job) -> Any:
            from exporters.progress import ExportCancelled

            try:
                return work(job)
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

        names = "、".join(f"“{file.name}”" for file in files[:MOST_NAMED])
        more = f"等 {len(files)} 个文件" if len(files) > MOST_NAMED else ""
        consequence = f"{names}{more}导出以后又改过。替换后，改过的内容就没有了。"
        return confirm(self._page, "替换文件夹里改过的文件？", consequence, "替换", "不替换")

    def _follow(self, done: int, total: int) -> None:
        self._told = (self._words(done, total), done, total)
        if self.busy and not self._slow.isActive():
            self._tell()

    def _tell(self) -> None:
        self.progressed.emit(*self._told)

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


def names_of(reports: Sequence[Report], formats: Sequence[str]) -> list[str]:
    """What the files will be called that `export_reports` writes."""
    from exporters.names import book_name, report_file_name
    from exporters.report_files import formats_of

    names: list[str] = []
    for format in formats:
        fitting = [report for report in reports if format in formats_of(report)]
        if format == "xlsx" and len(fitting) > 1:
            names.append(book_name(fitting, ".xlsx"))
        elif format == "docx":
            names += (report_file_name(sheet, ".docx") for report in fitting for sheet in report.sheets)
        else:
            names += (report_file_name(report, f".{format}") for report in fitting)
    return names


def replaced_words(replaced: Sequence[str]) -> str:
    """没有仿宋、楷体，用自带字体代替 – from 仿宋（用 FandolFang 代替）; empty when nothing was replaced."""
    names = "、".join(each.partition("（")[0] for each in replaced)
    return f"本机没有{names}，用自带字体代替。" if names else ""


def open_in_desktop(path: Path) -> bool:
    """Open a file with its program, or a folder; False when the system has nothing for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _writing(done: int, total: int, files: int) -> str:
    """正在导出，第 3 / 9 个文件."""
    number = min(done * files // total + 1, files) if total else 1
    return f"正在导出，第 {number} / {files} 个文件" if files > 1 else "正在导出"
