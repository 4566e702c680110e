"""Adding many photos or files without the window waiting: batch after batch, each attached when it is ready."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from models.photo_source import Source
from models.photos import Preparation, Progress
from ui import operations, workers
from ui.context import Context
from ui.widgets.progress import ProgressStrip
from ui.widgets.scrolling import bring_into_sight

PATIENCE = 10  # seconds that closing a page waits for the one picture being worked on

Prepare = Callable[[Path, Sequence[Source], Progress, Callable[[], bool]], Preparation]


@dataclass(eq=False)
class Batch:
    """Sources for one record, and what became of them. `stop` may be set from any thread."""

    owner_kind: str
    owner_uid: str
    sources: Sequence[Source]
    stop: Event = field(default_factory=Event)
    ended: Event = field(default_factory=Event)
    result: Preparation | None = None


class Adding(QObject):
    """`prepare` reads and stores off the window's thread; the rows are written here, as one step of 撤销 a batch.

    It goes on while other records and pages are shown. When the window is closed, what is ready is kept.
    """

    progressed = Signal(int, int)
    finished = Signal(object)  # Preparation, after its rows were written
    idle = Signal()

    def __init__(self, context: Context, prepare: Prepare, noun: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._prepare, self._noun, self._home = context, prepare, noun, parent
        self._queue: deque[Batch] = deque()
        self._job: workers.Job | None = None
        self._stops: set[Event] = set()  # shared with the lambda below, which must not know this object
        stops = self._stops
        self.destroyed.connect(lambda: _set_all(stops))
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether something is being added or waits for its turn."""
        return bool(self._queue)

    def add(self, owner_kind: str, owner_uid: str, sources: Sequence[Source]) -> None:
        """Start with these, or let them wait until those before them are ready."""
        if sources:
            batch = Batch(owner_kind, owner_uid, sources)
            self._queue.append(batch)
            self._stops.add(batch.stop)
            if len(self._queue) == 1:
                self._begin()

    def stop(self) -> None:
        """Add nothing more; what is ready is kept."""
        _set_all(self._stops)

    def finish_now(self) -> None:
        """The window is being closed: stop, and write what is ready, before this returns."""
        while self._queue:
            batch = self._queue[0]
            self.stop()
            if self._job is not None:  # else it waits for its turn, which does not come any more
                batch.ended.wait(PATIENCE)
            self._end(batch)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Close:
            self.finish_now()
        return super().eventFilter(watched, event)

    def _begin(self) -> None:
        self._home.window().installEventFilter(self)  # once more is no more
        batch, folder, prepare = self._queue[0], self._context.ledger.folder, self._prepare

        def work(job: workers.Job) -> Batch:
            try:
                batch.result = prepare(folder, batch.sources, job.report, batch.stop.is_set)
            finally:
                batch.ended.set()
            return batch

        self.progressed.emit(0, len(batch.sources))
        self._job = workers.start(work, self._ready, self._failed, self._report)

    def _report(self, done: int, total: int) -> None:
        if self._queue:  # else it comes too late
            self.progressed.emit(done, total)

    def _ready(self, batch: Batch) -> None:
        if batch in self._queue:  # else `finish_now` was faster
            self._end(batch)
            if self._queue:
                self._begin()

    def _failed(self, error: Exception) -> None:
        self.stop()
        self._queue.clear()
        self._job = None
        self.idle.emit()
        raise error

    def _end(self, batch: Batch) -> None:
        """A batch is over: write its rows and tell; after a fault of the disk those that wait would fare no better."""
        self._queue.popleft()
        self._stops.discard(batch.stop)
        self._job = None
        if batch.result is not None:
            if batch.result.photos:
                self._write(batch, batch.result)
            if batch.result.fault:
                self.stop()
                self._queue.clear()
                self._context.went_wrong.emit(batch.result.fault)
            self.finished.emit(batch.result)
        if not self._queue:
            self._stops.clear()
            self.idle.emit()

    def _write(self, batch: Batch, result: Preparation) -> None:
        from models.attachment_recording import attach

        context = self._context
        operations.run(
            context,
            lambda: attach(context.ledger, batch.owner_kind, batch.owner_uid, result.photos, context.clerk()),
            self._words(result),
        )

    def _words(self, result: Preparation) -> str:
        count, noun = len(result.photos), self._noun
        if result.left_out and not result.fault:
            return f"已停止，已加好的 {count} {noun}留下了，其余 {result.left_out} {noun}没有添加"
        return f"已添加 {count} {noun}"


class AddingProgress(ProgressStrip):
    """The bar while photos or files are added: 正在添加照片，第 6 / 14 张."""

    def __init__(self, doing: str, counter: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doing, self._counter = doing, counter
        self.hide()

    def show_step(self, done: int, total: int) -> None:
        """Say how far it is; the one being worked on counts."""
        if self.isHidden():
            self.start(self._doing)
            bring_into_sight(self)
        self._words.setText(f"{self._doing}，第 {min(done + 1, total)} / {total} {self._counter}")
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setAccessibleName(self._words.text())


def _set_all(stops: set[Event]) -> None:
    for stop in stops:
        stop.set()
