"""Work off the window's thread: one report for each, sentences for what went wrong, nothing kept afterwards."""

import gc
import logging
import weakref
from threading import get_ident

import pytest

from models.errors import UserError
from tests.ui.driver import settle
from ui import workers


class Told:
    """What a job reported."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.progress: list[tuple[int, int]] = []

    def start(self, work) -> workers.Job:
        return workers.start(
            work, self.results.append, self.errors.append, lambda done, total: self.progress.append((done, total))
        )


def test_the_result_comes_back_into_the_windows_thread(qapp) -> None:
    threads: list[int] = []
    job = workers.start(lambda _job: get_ident(), lambda there: threads.extend([there, get_ident()]), print)
    settle()
    there, here = threads
    assert here == get_ident() != there
    assert not job.cancelled


def test_a_refusal_is_told_as_it_is_and_a_fault_is_logged(qapp, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(_job: workers.Job) -> None:
        raise UserError("磁盘已满。")

    told = Told()
    told.start(refuse)
    told.start(lambda _job: 1 // 0)
    with caplog.at_level(logging.ERROR):
        settle()
    assert sorted(type(error).__name__ for error in told.errors) == ["UserError", "ZeroDivisionError"]
    assert told.results == []
    assert "background work failed" in caplog.text


def test_cancelled_work_reports_nothing_and_is_asked_to_stop(qapp) -> None:
    told = Told()
    steps: list[bool] = []

    def work(job: workers.Job) -> str:
        job.cancel()
        steps.append(job.report(1, 2))
        return "dropped"

    told.start(work)
    settle()
    assert steps == [False]
    assert (told.results, told.errors, told.progress) == ([], [], [])


def test_progress_is_told(qapp) -> None:
    told = Told()
    told.start(lambda job: job.report(3, 10))
    settle()
    assert told.progress == [(3, 10)]
    assert told.results == [True]


def test_nothing_of_a_finished_job_stays(qapp) -> None:
    class Content:
        pass

    content = Content()
    kept = weakref.ref(content)
    workers.start(lambda _job, _content=content: None, lambda _result: None, lambda _error: None)
    del content
    settle()
    gc.collect()
    assert kept() is None
