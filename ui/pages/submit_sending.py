"""Step 6 at work: a package that is kept is opened again, leaves by one of the ways, and its fate is noted."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models.errors import UserError
from models.submission import Submission, SubmissionState, Way
from models.submission_repository import LoggedSubmission, get_submission
from models.submitting import register_receipt, register_sent
from ui import operations, workers
from ui.pages.reports_output import open_in_desktop
from ui.pages.submit_mail import Outgoing, Parcel, find_again, is_protected, kept_parcel, limit_bytes, pack
from ui.pages.submit_print import NOT_PRINTED, asked_printer
from ui.pages.submit_repack import may_be_divided
from ui.pages.submit_smtp import SubmitSmtp
from ui.pages.submit_state import SEND, Wish
from ui.pages.submit_usb import copy_to
from ui.print_job import PrintJob

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from exporters.submission_mail import Mail
    from ui.pages.submit import SubmitPage

BY_PROGRAM = (SubmissionState.QUEUED, SubmissionState.SENDING)  # some of its mails may have gone so
NO_MAIL_PROGRAM = "这台电脑没有能打开邮件草稿的程序。请改用第二种：网页邮箱。"
NEW_PASSWORD = "上次打包的文件已经不在原来的文件夹里。它是有密码的，请再设一次密码，重新打包。"


class SubmitSending(QObject):
    """Acts for the page. `open_path`, `ask_folder` and `ask_printer` reach the desktop."""

    def __init__(self, page: "SubmitPage") -> None:
        super().__init__(page)
        self._page = page
        self.logged: LoggedSubmission | None = None
        self.outgoing: Outgoing | None = None
        self.parcel: Parcel | None = None
        self.open_path: Callable[[Path], bool] = open_in_desktop
        self.ask_folder: Callable[[str, Path], Path | None] = self._ask_with_dialog
        self.ask_printer: Callable[[], QPrinter | None] = lambda: asked_printer(page)
        self.printing: PrintJob | None = None
        self.smtp = SubmitSmtp(page, self)
        send, receipt = page.send, page.receipt
        send.draft_wanted.connect(self._open_draft)
        send.folder_wanted.connect(self._open_folder)
        send.usb_wanted.connect(self._copy_to_usb)
        send.print_wanted.connect(self._print)
        send.resize_wanted.connect(self.divide_anew)
        receipt.sent.connect(lambda: self.note_sent(send.way_by_hand()))
        page.progress.stopped.connect(self._stop_printing)
        receipt.code_typed.connect(self._take_code)

    def version(self) -> int:
        """The version of the submission that is shown, 0 for none."""
        return self.logged.submission.version if self.logged else 0

    def begin(self, submission: Submission, made: Outgoing) -> None:
        """A package was just made and kept."""
        page = self._page
        page.keep(submission=submission.uid, step=SEND)
        self.outgoing, self.parcel = made, page.parcel
        page.send.set_way(Way.DRAFT)
        page.go(SEND)

    def open(self, uid: str, wish: Wish | None = None) -> None:
        """Show a submission out of the ledger; its files are made again where they have gone."""
        page = self._page
        logged = get_submission(page.context.ledger, uid)
        if logged is None:
            page.context.went_wrong.emit("台账里找不到这次报送。")
            return
        if self.logged is None or self.logged.submission.uid != uid:
            self.outgoing = self.parcel = None
            page.send.set_way(Way.SMTP if logged.state in BY_PROGRAM else Way.DRAFT)
        self.logged = logged
        submission = logged.submission
        page.wish = page.wish or wish or Wish(submission.period)
        page.keep(period=submission.period, submission=uid, step=SEND)
        page.go(SEND)
        if self.outgoing is None:
            self._make_again(submission)

    def refresh(self) -> None:
        """Show how far it has come."""
        page = self._page
        uid = page.wish.submission if page.wish else ""
        self.logged = get_submission(page.context.ledger, uid) if uid else None
        if self.logged is None:
            return
        page.receipt.show_submission(self.logged)
        page.send.setEnabled(self.outgoing is not None)
        if self.outgoing is not None:
            page.send.show_outgoing(self.outgoing)
        page.send.resize_link.setVisible(may_be_divided(self.logged, self.outgoing) and not self.smtp.busy)
        self.smtp.refresh(self.logged)
        page.judge()

    def packed_again(self, parcel: Parcel, made: Outgoing) -> None:
        """The files of a submission that is kept lie ready again."""
        self.parcel, self.outgoing = parcel, made
        self._page.go(SEND)

    def note_sent(self, way: str) -> None:
        """我已寄出."""
        page, context = self._page, self._page.context
        if self.logged is None:
            return
        submission, clerk = self.logged.submission, context.clerk()
        done = operations.run(
            context, lambda: register_sent(context.ledger, submission, way, clerk.now, person=clerk.person) or True
        )
        if done:
            context.went_well.emit("已登记：寄出了", False)
        self.refresh()
        page.receipt.received_button.setFocus()

    def finish(self) -> None:
        """完成: what is made stays in the log."""
        self._page.forget()
        self.logged = self.outgoing = self.parcel = None
        self._page.closed.emit()

    def _make_again(self, submission: Submission) -> None:
        page, context = self._page, self._page.context
        base, protected = page.packing.base_folder(), is_protected(submission)

        def work(job: workers.Job) -> tuple[Parcel, int, Outgoing | None]:
            with context.ledger.reader() as reader:
                parcel, megabytes = kept_parcel(reader, submission)
            folder, limit = base / parcel.package.label.stem, limit_bytes(megabytes)
            found = find_again(parcel, folder, limit, protected=protected)
            if found is None and not protected:
                found = pack(parcel, folder, limit, progress=job.report)
            return parcel, megabytes, found

        page.work.run("正在准备附件", work, lambda made: self._take_again(submission, *made))

    def _take_again(self, submission: Submission, parcel: Parcel, megabytes: int, found: Outgoing | None) -> None:
        page = self._page
        self.parcel, self.outgoing = parcel, found
        if found is None:
            page.repacking.begin(submission, parcel, megabytes, None)
            page.context.went_wrong.emit(NEW_PASSWORD)
            return
        self.refresh()
        page.take_keyboard()

    def divide_anew(self) -> None:
        """改附件大小: to the step 打包, with the package as it is kept."""
        page, context, logged, before = self._page, self._page.context, self.logged, self.outgoing
        if logged is None or not may_be_divided(logged, before):
            return
        submission = logged.submission

        def work(_job: workers.Job) -> tuple[Parcel, int]:
            with context.ledger.reader() as reader:
                return kept_parcel(reader, submission)

        def begin(kept: tuple[Parcel, int]) -> None:
            parcel, megabytes = kept
            page.repacking.begin(submission, parcel, megabytes, before)

        page.work.run("正在准备", work, begin)

    # ─── the ways ───

    def _open_draft(self, mail: "Mail") -> None:
        self._page.send.set_way(Way.DRAFT)
        if not self.open_path(mail.draft):
            self._page.context.went_wrong.emit(NO_MAIL_PROGRAM)

    def _open_folder(self) -> None:
        if self.outgoing is not None and not self.open_path(self.outgoing.files.folder):
            where = self.outgoing.files.folder
            self._page.context.went_wrong.emit(f"系统里没有能打开文件夹的程序，请自己到这里找：{where}")

    def _copy_to_usb(self) -> None:
        outgoing, page = self.outgoing, self._page
        if outgoing is None:
            return
        folder = self.ask_folder("存到U盘的哪个文件夹", Path.home())
        if folder is None:
            return

        def done(target: Path) -> None:
            page.send.set_way(Way.USB)
            page.context.went_well.emit(f"已存到 {target}，读回来核对无误", False)

        page.work.run("正在存到U盘", lambda job: copy_to(folder, outgoing.files, job.report), done)

    def _print(self) -> None:
        if self.parcel is None or self.printing is not None:
            return
        printer = self.ask_printer()
        if printer is None:
            return
        page = self._page
        page.send.set_way(Way.PRINT)
        files = [file for file in self.parcel.package.files if file.suffix == ".pdf"]
        self.printing = PrintJob([file.read() for file in files], printer, page, turning=True)
        self.printing.progressed.connect(
            lambda number, pages: page.progress.show_step(f"正在打印，第 {number} / {pages} 页", number - 1, pages)
        )
        self.printing.finished.connect(self._printed)
        self.printing.start()

    def _printed(self, done: bool) -> None:
        page = self._page
        if self.printing is not None:
            self.printing.deleteLater()
        self.printing = None
        page.progress.hide()
        if done:
            page.context.went_well.emit("已交给打印机。寄走以后点“我已寄出”", False)
        else:
            page.context.went_wrong.emit(NOT_PRINTED)

    def _stop_printing(self) -> None:
        if self.printing is not None:
            self.printing.stop()

    def _take_code(self, typed: str) -> None:
        page, context = self._page, self._page.context
        if self.logged is None:
            return
        submission, clerk = self.logged.submission, context.clerk()
        try:
            register_receipt(context.ledger, submission, typed, clerk.now, person=clerk.person)
        except UserError as error:
            page.receipt.show_problem(error.message)
            return
        page.receipt.show_problem("")
        context.changed.emit()
        context.went_well.emit("已登记：对方收到了，回执码一致", False)
        self.refresh()
        page.done_button.setFocus()

    def _ask_with_dialog(self, question: str, start: Path) -> Path | None:
        from ui.widgets.folder_dialog import ask_for_folder

        return ask_for_folder(self._page, question, start)
