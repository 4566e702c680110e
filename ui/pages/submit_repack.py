"""A package that is kept, packed once more: in mails of another size, or with a new password where its files have gone.

What is in it stays as it is; only the zips, the drafts and the letter's list of files are made anew.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models.errors import UserError
from models.mail_limit import LEAST_MB, save_limit_mb
from models.mail_queue import parts_gone
from models.submission import Submission, SubmissionState
from models.submission_repository import LoggedSubmission
from models.submitting import note_new_limit
from ui import operations, workers
from ui.pages.submit_mail import Outgoing, Parcel, divided, is_protected, limit_bytes, pack
from ui.pages.submit_state import PACK, SEND

if TYPE_CHECKING:
    from ui.pages.submit import SubmitPage

_FIXED = (SubmissionState.SENDING, SubmissionState.CORRECTED)


def may_be_divided(logged: LoggedSubmission, outgoing: Outgoing | None) -> bool:
    """Whether other mails can still be made of it: not once some of them have gone, or while nobody knows that."""
    open_to_change = logged.state not in _FIXED and not parts_gone(logged)
    return open_to_change and outgoing is not None and outgoing.byte_count > LEAST_MB << 20


class SubmitRepacking(QObject):
    """Acts for the page in its step 打包, between `begin` and the new files."""

    def __init__(self, page: "SubmitPage") -> None:
        super().__init__(page)
        self._page = page
        self._submission: Submission | None = None
        self._before: Outgoing | None = None  # what lies ready, None when it has gone
        self.limit_mb = 0

    @property
    def active(self) -> bool:
        """Whether the step 打包 is about a package that is kept."""
        return self._submission is not None

    def begin(self, submission: Submission, parcel: Parcel, limit_mb: int, before: Outgoing | None) -> None:
        """Show the step for a submission whose mails may have `limit_mb` now."""
        page = self._page
        self._submission, self._before, self.limit_mb = submission, before, limit_mb
        page.parcel = parcel
        page.keep(step=PACK)
        page.show_parts(PACK)
        page.show_receipt()  # what there is in the period now does not matter any more
        page.pack.password.clear()
        page.pack.fix_password(is_protected(submission))
        page.pack.show_parcel(parcel, limit_mb, page.packing.folder_for(parcel))
        page.judge()
        page.pack.take_keyboard()

    def end(self) -> None:
        """The step is for new packages again."""
        if self._submission is not None:
            self._submission = self._before = None
            self._page.parcel = None
            self._page.pack.fix_password(None)

    def back(self) -> bool:
        """上一步: to what lies ready, if that is so."""
        if self._submission is None or self._before is None:
            return False
        self.end()
        self._page.go(SEND)
        return True

    def change(self) -> bool:
        """Another limit was typed. False when it cannot be read, or when the package does not go into such mails."""
        page, parcel, limit = self._page, self._page.parcel, self._page.pack.limit_mb()
        if parcel is None or limit is None or self._submission is None:
            page.judge()
            return False
        if limit != self.limit_mb:
            try:
                parcel = divided(parcel, limit_bytes(limit), protected=is_protected(self._submission))
            except UserError as error:
                page.context.went_wrong.emit(error.message)
                page.judge()
                return False
            page.parcel, self.limit_mb = parcel, limit
            page.pack.show_parcel(parcel, limit, page.packing.folder_for(parcel))
        page.judge()
        return True

    def pack(self) -> None:
        """Write the zips and drafts anew."""
        page, submission = self._page, self._submission
        if submission is None or not self.change():
            return
        parcel = page.parcel
        assert parcel is not None
        folder, limit, password = page.packing.folder_for(parcel), limit_bytes(self.limit_mb), page.pack.secret()

        def work(job: workers.Job) -> Outgoing:
            return pack(parcel, folder, limit, password, job.report)

        page.packing.under_way(work, lambda made: self._take(submission, parcel, made))

    def _take(self, submission: Submission, parcel: Parcel, made: Outgoing) -> None:
        page, ledger, limit = self._page, self._page.context.ledger, self.limit_mb
        page.pack.set_busy(False)
        page.pack.password.clear()

        def note() -> bool:
            note_new_limit(ledger, submission, limit)
            save_limit_mb(ledger, limit)  # the next one will go the same way
            return True

        if not operations.run(page.context, note):
            return
        self.end()
        page.sending.packed_again(parcel, made)
