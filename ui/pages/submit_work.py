"""The background work of the 报送 wizard: look, check, make the files, put them into mails. One piece at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from models import activity_repository
from models.case_repository import CASES, list_cases_in_period
from models.checks import Finding
from models.checks.findings import CASE
from models.ledger import Ledger
from models.submission_content import PackageContent, collect
from ui import workers
from ui.context import Context
from ui.pages.check_panel_outcome import Group
from ui.pages.report_forms import Form
from ui.pages.submit_look import Look, look_at
from ui.pages.submit_state import Wish

PROGRESS_AFTER = 700  # milliseconds


@dataclass(frozen=True, slots=True)
class Collected:
    """What would be submitted, checked, with the findings by record. `key` tells what it was read from."""

    key: object
    content: PackageContent
    hard: tuple[Group, ...]
    soft: tuple[Group, ...]


class SubmitWork(QObject):
    """`looked`, `collected` and `built` carry what was made, `failed` the error.

    `progressed` (a sentence, done, total) is emitted only for work that lasts; `ended` follows in any case.
    """

    looked = Signal(object)  # Look
    collected = Signal(object)  # Collected
    built = Signal(object)  # Parcel
    failed = Signal(object)
    progressed = Signal(str, int, int)
    ended = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: workers.Job | None = None
        self._looking: workers.Job | None = None
        self._told: tuple[str, int, int] = ("", 0, 0)
        self._words: Callable[[int, int], str] = lambda _done, _total: ""
        self._slow = QTimer(self, singleShot=True, interval=PROGRESS_AFTER)
        self._slow.timeout.connect(self._tell)

    @property
    def busy(self) -> bool:
        """Whether something is under way that the clerk waits for."""
        return self._job is not None

    def look(self, wish: Wish, forms: Sequence[Form]) -> None:
        """Find out what there is in the period."""
        if self._looking is not None:
            self._looking.cancel()
        context, period, today = self._context, wish.stretch, self._context.clock().date()

        def read(_job: workers.Job) -> Look:
            return look_at(context.ledger, context.notice, period, today, forms)

        self._looking = workers.start(read, self.looked.emit, self.failed.emit)

    def key(self, wish: Wish) -> object:
        """What a collection depends on: as long as it stays the same nothing need be read again."""
        today, digest = self._context.clock().date(), self._context.notice.digest
        cases = tuple(sorted(wish.cases.items()))
        return wish.period, wish.forms, cases, wish.with_photos, today, digest, self._context.ledger.last_change()

    def collect(self, wish: Wish) -> None:
        """Read and check what is to be submitted."""
        context, key, now = self._context, self.key(wish), self._context.clock()

        def read(_job: workers.Job) -> Collected:
            with context.ledger.reader() as reader:
                return _collected(reader, context, wish, now, key)

        self._start(lambda _done, _total: "正在检查", read, self.collected.emit)

    def build(self, content: PackageContent, recipient: str, limit: int) -> None:
        """Make the files as the receiver will get them."""
        from ui.pages.submit_mail import make_parcel

        self._start(_making, lambda job: make_parcel(content, recipient, limit, job.report), self.built.emit)

    def run(self, words: str, work: Callable[[workers.Job], Any], done: Callable[[Any], None]) -> None:
        """Anything else that takes its time; `words` say what it is, `done` gets the result."""
        self._start(lambda _done, _total: words, work, done)

    def cancel(self) -> None:
        """Nobody waits for what is under way any more."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    def _start(
        self, words: Callable[[int, int], str], work: Callable[[workers.Job], Any], done: Callable[[Any], None]
    ) -> None:
        self.cancel()
        self._words, self._told = words, (words(0, 0), 0, 0)
        self._slow.start()

        def guarded(job: workers.Job) -> Any:
            from exporters.progress import ExportCancelled

            try:
                return work(job)
            except ExportCancelled:
                return None  # nobody waits for it any more

        def finished(result: Any) -> None:
            if job is self._job:
                self._end()
                done(result)

        def missed(error: Exception) -> None:
            if job is self._job:
                self._end()
                self.failed.emit(error)

        def follow(at: int, total: int) -> None:
            if job is self._job:
                self._told = (self._words(at, total), at, total)
                if not self._slow.isActive():
                    self._tell()

        job = self._job = workers.start(guarded, finished, missed, follow)

    def _tell(self) -> None:
        self.progressed.emit(*self._told)

    def _end(self) -> None:
        self._job = None
        self._slow.stop()
        self.ended.emit()


def _collected(reader: Ledger, context: Context, wish: Wish, now: datetime, key: object) -> Collected:
    cases = wish.cases_of(list_cases_in_period(reader, wish.stretch))
    content = collect(
        reader, context.notice, wish.stretch, now, forms=wish.forms, cases=cases, with_photos=wish.with_photos
    )
    checks = content.checks
    return Collected(key, content, grouped(reader, checks.hard), grouped(reader, checks.soft))


def grouped(ledger: Ledger, findings: Iterable[Finding]) -> tuple[Group, ...]:
    """The findings of each record together, in the order of the check."""
    records: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        records.setdefault((finding.uid, finding.title), []).append(finding)
    return tuple(Group(uid, title, _number(ledger, each[0]), tuple(each)) for (uid, title), each in records.items())


def _number(ledger: Ledger, finding: Finding) -> str:
    find = CASES.get if finding.record_kind == CASE else activity_repository.get_activity
    record = find(ledger, finding.uid) if finding.uid else None
    return record.number if record else ""


def _making(done: int, total: int) -> str:
    share = total // 100  # each file counts a hundred steps
    return f"正在排版，第 {min(done // 100 + 1, share)} / {share} 份" if share > 1 else "正在排版"
