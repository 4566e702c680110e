"""The background work of the 报表 page: the preview that is wanted now, and how much there is for each form."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from models.checks import CheckResult
from models.reports.basis import ReportBasis
from ui import workers
from ui.context import Context
from ui.pages.report_amounts import Amount, amounts_of
from ui.pages.report_forms import Form
from ui.pages.reports_preview import Preview, Wanted, make_preview

LATE_AFTER = 300  # milliseconds until what is shown is no longer what was chosen
PROGRESS_AFTER = 1000


class ReportWork(QObject):
    """Only the newest wish counts: an older preview under way is cancelled.

    `made` carries a `Preview`, `counted` the amounts by form; `late` is emitted when a preview takes its time,
    `progressed` (a sentence, done, total) when it takes long; `ended` follows in any case but a cancelled one.
    """

    made = Signal(object)
    counted = Signal(object)
    failed = Signal(object)
    late = Signal()
    progressed = Signal(str, int, int)
    ended = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: workers.Job | None = None
        self._counting: workers.Job | None = None
        self._told = (0, 0)  # copies laid out, copies
        self._checked: tuple[object, CheckResult] | None = None
        self._late = QTimer(self, singleShot=True, interval=LATE_AFTER)
        self._late.timeout.connect(self.late)
        self._slow = QTimer(self, singleShot=True, interval=PROGRESS_AFTER)
        self._slow.timeout.connect(self._tell)

    @property
    def running(self) -> bool:
        """Whether a preview is being made."""
        return self._job is not None

    def make(self, wanted: Wanted) -> None:
        """Fill and lay out a form in the background. The check is not repeated while nothing it looks at changed."""
        self.cancel()
        ledger, key = self._context.ledger, self._check_key(wanted)
        if self._checked and self._checked[0] == key:
            wanted = replace(wanted, checks=self._checked[1])
        self._told = (0, 0)
        self._late.start()
        self._slow.start()
        job = self._job = workers.start(
            lambda job: make_preview(job, ledger, wanted),
            lambda made: self._take(job, key, made),
            lambda error: self._miss(job, error),
            lambda done, total: self._hear(job, done, total),
        )

    def cancel(self) -> None:
        """Nobody waits for the preview any more."""
        if self._job is not None:
            self._job.cancel()
        self._end()

    def count(self, forms: Sequence[Form], wanted: Wanted) -> None:
        """Find out how much there is for each form in the period."""
        if self._counting is not None:
            self._counting.cancel()
        ledger = self._context.ledger

        def read(_job: workers.Job) -> dict[str, Amount]:
            with ledger.reader() as reader:
                return amounts_of(ReportBasis(reader, wanted.notice, wanted.period, wanted.today), forms)

        self._counting = workers.start(read, self.counted.emit, self.failed.emit)

    def _check_key(self, wanted: Wanted) -> object:
        return wanted.period, wanted.today, wanted.notice.digest, self._context.ledger.last_change()

    def _take(self, job: workers.Job, key: object, made: Preview | None) -> None:
        if job is self._job and made is not None:
            self._end()
            self._checked = (key, made.checks)
            self.made.emit(made)
            self.ended.emit()

    def _miss(self, job: workers.Job, error: Exception) -> None:
        if job is self._job:
            self._end()
            self.ended.emit()
            self.failed.emit(error)

    def _hear(self, job: workers.Job, done: int, total: int) -> None:
        if job is self._job:
            self._told = (done, total)
            if not self._slow.isActive():
                self._tell()

    def _tell(self) -> None:
        done, total = self._told
        several = total > 1
        words = f"正在排版，第 {done} / {total} 份" if several else "正在排版"
        self.progressed.emit(words, done if several else 0, total if several else 0)

    def _end(self) -> None:
        self._job = None
        self._late.stop()
        self._slow.stop()
