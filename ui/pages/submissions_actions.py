"""What can be done in 报送记录: note a receipt or a return, settle an attempt, take a package or a file out again."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models import mail_queue
from models.errors import UserError
from models.preferences import documents_folder
from models.submission import Submission, SubmissionFile
from models.submitting import register_receipt, register_return
from ui import operations, workers
from ui.context import Place
from ui.pages.reports_output import open_in_desktop

if TYPE_CHECKING:
    from ui.pages.submissions import SubmissionsPage

REPLIES = "上级的回执 (*.json *.eml)"
NOTED_RECEIPT = "已登记：对方收到了，回执码一致"
NOTED_RETURN = "已登记：对方退回"
PLAIN = "。寄出的有密码，这一份没有，请保管好"
NOTED_WITHDRAWN = "已从待发送中取出"
NOTED_SENT, NOTED_UNSENT = "已登记：已经发出", "已登记：没有发出，可以再发"


class SubmissionsActions(QObject):
    """Acts for the page. `open_path`, `ask_folder` and `ask_file` reach the desktop."""

    def __init__(self, page: "SubmissionsPage") -> None:
        super().__init__(page)
        self._page, self._context = page, page.context
        self._job: workers.Job | None = None
        self.open_path: Callable[[Path], bool] = open_in_desktop
        self.ask_folder: Callable[[str, Path], Path | None] = self._ask_folder
        self.ask_file: Callable[[str], Path | None] = self._ask_file
        detail = page.detail
        detail.code_typed.connect(self.take_code)
        detail.return_typed.connect(self.take_return)
        detail.settled.connect(self.settle)
        detail.withdrawn.connect(self.withdraw)
        detail.send_wanted.connect(self.send)
        detail.export_wanted.connect(self.export)
        detail.file_wanted.connect(self.open_file)
        detail.correction_wanted.connect(self.correct)
        page.progress.stopped.connect(self._stop)

    def take_code(self, typed: str) -> None:
        """The code that the superior reads out; a wrong one is said under the box."""
        context, submission, clerk = self._context, self._shown(), self._context.clerk()
        try:
            register_receipt(context.ledger, submission, typed, clerk.now, person=clerk.person)
        except UserError as error:
            self._page.detail.code_entry.show_problem(error.message)
            return
        self._tell(NOTED_RECEIPT)
        self._page.detail.put_entries_away()

    def take_return(self, reason: str) -> None:
        """It came back."""
        context, submission, clerk = self._context, self._shown(), self._context.clerk()
        try:
            register_return(context.ledger, submission, reason, clerk.now, person=clerk.person)
        except UserError as error:
            context.went_wrong.emit(error.message)
            return
        self._tell(NOTED_RETURN)
        self._page.detail.put_entries_away()

    def settle(self, was_sent: bool) -> None:
        """What a person has found out about an attempt that ended nobody knew how."""
        context, submission, clerk = self._context, self._shown(), self._context.clerk()
        try:
            mail_queue.settle(context.ledger, submission.uid, was_sent, clerk.now, person=clerk.person)
        except UserError as error:
            context.went_wrong.emit(error.message)
            return
        self._tell(NOTED_SENT if was_sent else NOTED_UNSENT)
        self._page.detail.take_keyboard()

    def withdraw(self) -> None:
        """It is not to be sent any more, or went another way."""
        context, submission, clerk = self._context, self._shown(), self._context.clerk()
        try:
            mail_queue.withdraw(context.ledger, submission.uid, clerk.now, person=clerk.person)
        except UserError as error:
            context.went_wrong.emit(error.message)
            return
        self._tell(NOTED_WITHDRAWN)
        self._page.detail.take_keyboard()

    def send(self) -> None:
        """To the last step of 报送, with this very package."""
        self._context.go_to.emit(Place("submit", uid=self._shown().uid))

    def correct(self) -> None:
        """To a new version of the same period."""
        self._context.go_to.emit(Place("submit", field=self._shown().period, action="new"))

    def open_file(self, file: SubmissionFile) -> None:
        """Show a read-only copy in the program the system has for it."""
        from exporters.submission_export import copy_for_viewing

        try:
            copy = copy_for_viewing(self._context.ledger, self._shown(), file, _place_for_copies())
        except UserError as error:
            self._context.went_wrong.emit(error.message)
            return
        if not self.open_path(copy):
            self._context.went_wrong.emit(f"这台电脑上没有能打开“{file.name}”的程序。可以导出报送包，到别的电脑上看。")

    def export(self) -> None:
        """Write the zips once more, byte for byte, in the background."""
        submission = self._shown()
        folder = self.ask_folder("报送包导出到哪个文件夹", documents_folder())
        if folder is None or self._job is not None:
            return
        ledger, page = self._context.ledger, self._page

        def work(job: workers.Job) -> tuple[Path, ...] | None:
            from exporters.progress import ExportCancelled
            from exporters.submission_export import export_again

            try:
                with ledger.reader() as reader:
                    return export_again(reader, submission, folder, progress=job.report)
            except ExportCancelled:
                return None

        page.detail.export_button.setEnabled(False)
        self._job = workers.start(work, lambda paths: self._exported(submission, paths), self._missed, self._follow)

    def import_reply(self) -> None:
        """Read the superior's reply and note what it says."""
        path = self.ask_file("选择上级的回执文件或回复邮件")
        if path is None:
            return
        from importers.receipt_reply import read_reply, take_in

        context, clerk = self._context, self._context.clerk()

        def work() -> Submission:
            return take_in(context.ledger, path.name, read_reply(path), clerk.now, person=clerk.person)

        submission = operations.run(context, work)
        if submission is not None:
            self._page.reload()
            self._page.show_submission(submission.uid)
            context.went_well.emit(f"已按“{path.name}”登记：{submission.number}", False)

    def _shown(self) -> Submission:
        logged = self._page.detail.logged
        assert logged is not None, "nothing can be asked for before a submission is shown"
        return logged.submission

    def _tell(self, words: str) -> None:
        self._context.changed.emit()
        self._page.reload()
        self._context.went_well.emit(words, False)

    def _follow(self, done: int, total: int) -> None:
        self._page.progress.show_step("正在导出报送包", done, total)

    def _exported(self, submission: Submission, paths: tuple[Path, ...] | None) -> None:
        from ui.pages.submit_mail import is_protected

        self._end()
        if paths:
            words = paths[0].name if len(paths) == 1 else f"{len(paths)} 个压缩包"
            open_to_all = PLAIN if is_protected(submission) else ""
            self._context.went_well.emit(f"已导出到 {paths[0].parent}：{words}{open_to_all}", False)

    def _missed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, UserError):
            raise error
        self._context.went_wrong.emit(error.message)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._end()

    def _end(self) -> None:
        self._job = None
        self._page.progress.hide()
        self._page.detail.export_button.setEnabled(True)

    def _ask_folder(self, question: str, start: Path) -> Path | None:
        from ui.widgets.folder_dialog import ask_for_folder

        return ask_for_folder(self._page, question, start)

    def _ask_file(self, question: str) -> Path | None:
        from ui.widgets.file_dialog import ask_for_file

        return ask_for_file(self._page, question, str(documents_folder()), REPLIES)


@cache
def _place_for_copies() -> Path:
    """A folder of this run, readable by the clerk alone and gone when the program ends."""
    folder = tempfile.mkdtemp(prefix="xuanjiao-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
