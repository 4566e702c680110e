"""Work off the window's thread: a function runs in the pool, its result comes back as a signal."""

import gc
import logging
from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThreadPool, Signal

from models.errors import UserError

log = logging.getLogger(__name__)


_running: "set[Job]" = set()  # until its last report has arrived: a signal dies with its sender


class _Signals(QObject):
    finished = Signal(object)
    failed = Signal(object)
    progress = Signal(int, int)
    over = Signal()


class Job:
    """One piece of background work; `cancel` makes it report nothing.

    The work is called with the job itself, so that it can report progress and ask whether to go on.
    """

    def __init__(self, work: Callable[["Job"], Any]) -> None:
        self._work = work
        self._cancelled = Event()
        self.signals = _Signals()

    @property
    def cancelled(self) -> bool:
        """Whether nobody wants the result any more."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; whatever it still produces is dropped."""
        self._cancelled.set()

    def report(self, done: int, total: int) -> bool:
        """Tell how far the work is; False means: stop now."""
        if not self.cancelled:
            self.signals.progress.emit(done, total)
        return not self.cancelled

    def run(self) -> None:
        """Do the work in whatever thread calls this, and report."""
        try:
            result = self._work(self)
        except UserError as error:
            self._emit(self.signals.failed, error)
        except Exception as error:
            log.exception("background work failed")
            self._emit(self.signals.failed, error)
        else:
            self._emit(self.signals.finished, result)
        self.signals.over.emit()

    def _emit(self, signal: Any, value: object) -> None:
        if not self.cancelled:
            signal.emit(value)


def start(
    work: Callable[[Job], Any],
    finished: Callable[[Any], None],
    failed: Callable[[Exception], None],
    progress: Callable[[int, int], None] | None = None,
) -> Job:
    """Run `work` in the pool; unless cancelled, one of `finished` and `failed` is called in the window's thread."""
    job = Job(work)
    job.signals.finished.connect(finished)
    job.signals.failed.connect(failed)
    if progress:
        job.signals.progress.connect(progress)
    # Python looks for garbage in whatever thread happens to run. Widgets that it finds must go in the window's thread:
    # Qt crashes otherwise. So nobody looks while there is work in the pool.
    gc.disable()
    _running.add(job)
    job.signals.over.connect(lambda: _let_go(job))
    QThreadPool.globalInstance().start(job.run)  # as a QRunnable of its own the pool would never let go of it
    return job


def pass_over(error: Exception) -> None:
    """For a look in passing: a ledger that cannot be read any more is told of by whoever works in it. Not for bugs."""
    if not isinstance(error, UserError):
        raise error


def _let_go(job: Job) -> None:
    """Everything was reported: drop the connections, which hold whatever work and receivers refer to."""
    _running.discard(job)
    job.signals.deleteLater()
    if not _running:
        gc.collect(1)  # what waited, here in the window's thread
        gc.enable()
