"""Steps 4 and 5 at work: the files are made, looked at, and put into what is sent; then the ledger keeps them."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from exporters.submission_package import BuiltPackage
from models.errors import UserError
from models.mail_limit import limit_mb, save_limit_mb
from models.preferences import documents_folder
from models.settings import get_setting, save_setting
from models.storage_faults import storage_faults
from models.submission import Submission
from models.submitting import keep_submission
from ui import operations, workers
from ui.pages.submit_mail import Outgoing, Parcel, addressed, limit_bytes, pack
from ui.pages.submit_state import PACK, VIEW

if TYPE_CHECKING:
    from ui.pages.submit import SubmitPage

FOLDER_SETTING = "submission-folder"
FOLDER_NAME = "宣教台账报送"


class SubmitPacking(QObject):
    """Acts for the page; says nothing by itself but what went wrong."""

    def __init__(self, page: "SubmitPage") -> None:
        super().__init__(page)
        self._page = page
        page.work.built.connect(self._take)
        page.view.recipient_typed.connect(self._address)
        page.view.open_wanted.connect(self.open_file)
        page.pack.changed.connect(self._change)
        page.pack.typed.connect(page.judge)
        page.pack.folder_wanted.connect(self._choose_folder)

    # ─── the files ───

    def recipient(self) -> str:
        """To whom it goes."""
        wish = self._page.wish
        typed = wish.recipient if wish else None
        return self._page.context.notice.recipient.email if typed is None else typed

    def limit_mb(self) -> int:
        """How much one mail may carry."""
        return limit_mb(self._page.context.ledger, self._page.context.notice)

    def build(self) -> None:
        """Make the files of what was collected."""
        page = self._page
        if page.collected is None:
            return
        page.view.show_waiting()
        page.work.build(page.collected.content, self.recipient(), limit_bytes(self.limit_mb()))
        page.judge()

    def stop(self) -> None:
        """停止: give up what is under way; nothing of it is left."""
        self._page.work.cancel()
        self._page.onward = False
        self._page.pack.set_busy(False)
        if self._page.wish is not None and self._page.wish.step == VIEW and self._page.parcel is None:
            self._page.go(VIEW - 1)
        self._page.judge()

    def _take(self, parcel: Parcel) -> None:
        page = self._page
        if page.wish is None or page.collected is None:
            return
        page.parcel = parcel
        page.view.show_parcel(parcel, self.recipient(), page.collected.content.checks)
        self._show_pack()
        page.judge()
        page.take_keyboard()

    def _show_pack(self) -> None:
        parcel = self._page.parcel
        if parcel is not None:
            self._page.pack.show_parcel(parcel, self.limit_mb(), self.folder_for(parcel))

    def _address(self, address: str) -> None:
        page = self._page
        wanted = page.context.notice.recipient.email
        page.keep(recipient=None if address.strip() == wanted else address)
        self._again()

    def _change(self) -> None:
        """The limit or the password: the letter says which files there are. A limit into which this package does not
        go is not remembered: the next one would not even come as far as this step.
        """
        page = self._page
        if page.repacking.active:
            page.repacking.change()
            return
        limit = page.pack.limit_mb()
        if page.wish is None or page.parcel is None or limit is None:
            page.judge()
        elif limit == self.limit_mb():
            self._again()
        elif self._again(limit):
            ledger = page.context.ledger
            operations.run(page.context, lambda: save_limit_mb(ledger, limit))

    def _again(self, megabytes: int = 0) -> bool:
        """The same files with another letter, in mails of at most so many `megabytes`. False when they do not fit."""
        page, parcel = self._page, self._page.parcel
        if parcel is None or page.collected is None or not isinstance(parcel.package, BuiltPackage):
            page.judge()
            return True
        megabytes = megabytes or self.limit_mb()
        protected = bool(page.pack.secret())
        try:
            made = addressed(parcel.package, self.recipient(), limit_bytes(megabytes), protected=protected)
        except UserError as error:
            page.context.went_wrong.emit(error.message)
            page.judge()
            return False
        page.parcel = made
        page.view.show_parcel(made, self.recipient(), page.collected.content.checks)
        page.pack.show_parcel(made, megabytes, self.folder_for(made))
        page.judge()
        return True

    # ─── packing ───

    def folder_for(self, parcel: Parcel) -> Path:
        """Where the files of a package go."""
        return self.base_folder() / parcel.package.label.stem

    def base_folder(self) -> Path:
        """The folder of all packages: the one chosen last, if it is there, else one among the documents."""
        chosen = get_setting(self._page.context.ledger, FOLDER_SETTING)
        if isinstance(chosen, str) and chosen and Path(chosen).is_dir():
            return Path(chosen)
        return documents_folder().parent / FOLDER_NAME

    def pack(self) -> None:
        """Write, read back, keep."""
        page = self._page
        if page.work.busy or page.pack.problem():
            return
        if page.repacking.active:
            page.repacking.pack()
            return
        if page.pack.limit_mb() != self.limit_mb():
            self._change()
        parcel = page.parcel
        if parcel is None or page.pack.limit_mb() != self.limit_mb():
            return
        folder, limit, password = self.folder_for(parcel), limit_bytes(self.limit_mb()), page.pack.secret()

        def work(job: workers.Job) -> Outgoing:
            return pack(parcel, folder, limit, password, job.report)

        self.under_way(work, lambda made: self._keep(parcel, made))

    def under_way(self, work: Callable[[workers.Job], Outgoing], done: Callable[[Outgoing], None]) -> None:
        """Pack in the background; nothing can be changed meanwhile."""
        page = self._page
        page.pack.set_busy(True)
        page.work.run("正在打包，打好以后读回来核对", work, done)
        page.judge()
        page.pack.setFocus()  # the button cannot have it any more, and a key pressed now should lead nowhere else

    def drop(self) -> None:
        """Somebody went to another step meanwhile: what is being made for this one is not wanted any more."""
        if self._page.work.busy:
            self._page.work.cancel()
            self._page.pack.set_busy(False)

    def _keep(self, parcel: Parcel, made: Outgoing) -> None:
        page, content = self._page, parcel.content
        page.pack.set_busy(False)
        page.pack.password.clear()
        assert content is not None, "one that is kept is packed by SubmitRepacking"
        package, context = parcel.package, page.context

        def store() -> Submission:
            person = context.clerk().person
            label = package.label
            return keep_submission(
                context.ledger,
                content,
                package.files,
                digest=label.digest,
                receipt_code=label.receipt_code,
                letter=parcel.letter,
                person=person,
                limit_mb=self.limit_mb(),
            )

        submission = operations.run(context, store)
        if submission is None:
            _remove(made)
            page.collected = page.parcel = None
            page.go(PACK - 2)
            return
        page.sending.begin(submission, made)

    def open_file(self, name: str) -> None:
        """Open a file of the package with the system's program, from a copy."""
        parcel = self._page.parcel
        file = next((each for each in parcel.package.files if each.name == name), None) if parcel else None
        if file is None:
            return
        try:
            with storage_faults(Path(tempfile.gettempdir())):
                path = _place_for_copies() / Path(name).name
                path.write_bytes(file.read())
        except UserError as error:
            self._page.context.went_wrong.emit(error.message)
            return
        if not self._page.sending.open_path(path):
            self._page.context.went_wrong.emit("系统里没有能打开这种文件的程序。")

    def _choose_folder(self) -> None:
        page = self._page
        folder = page.sending.ask_folder("报送文件放到哪个文件夹", self.base_folder())
        if folder is None:
            return
        operations.run(page.context, lambda: save_setting(page.context.ledger, FOLDER_SETTING, str(folder)))
        self._show_pack()


@cache
def _place_for_copies() -> Path:
    """A folder of this run, readable by the clerk alone and gone when the program ends."""
    folder = tempfile.mkdtemp(prefix="xuanjiao-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _remove(made: Outgoing) -> None:
    """What was written is no submission: nobody should send it."""
    for path in (*made.files.attachments, *(mail.draft for mail in made.files.mails)):
        path.unlink(missing_ok=True)
