"""How a long export reports its progress and learns that it should stop."""

from collections.abc import Callable

Progress = Callable[[int, int], bool]
"""Called with (steps done, steps in all); returns False when the person pressed 取消."""


class ExportCancelled(Exception):  # noqa: N818 - it tells of a wish, not of an error
    """The person stopped the export. No file was written or changed."""


BEATS = 5000  # of work that is no step; about a tenth of a second


class ProgressMeter:
    """Counts steps and passes every `every`-th to the caller, who may cancel.

    Calling back costs more than writing a row, so it is not done for each single one. Long work that is no step (a
    file being compressed) tells its `beat` instead: the caller hears the same figures again and may cancel there too.
    """

    def __init__(self, progress: Progress | None, total: int, *, every: int = 50) -> None:
        self._progress = progress
        self._total = max(total, 1)
        self._every = every
        self._done = 0
        self._beats = 0

    def step(self) -> None:
        """One row is done. Raises ExportCancelled when the caller wants to stop."""
        self._done += 1
        if self._done % self._every == 0 and self._done < self._total:
            self._report(self._done)

    def beat(self, weight: int = 1) -> None:
        """Some work is done, `weight` times about 20 microseconds of it. Raises ExportCancelled as `step`."""
        self._beats += weight
        if self._beats >= BEATS:
            self._report(min(self._done, self._total))

    def finish(self) -> None:
        """All is done but putting the file in its place: the last moment to cancel."""
        self._report(self._total)

    def _report(self, done: int) -> None:
        self._beats = 0
        if self._progress is not None and not self._progress(done, self._total):
            raise ExportCancelled
