"""A fault in any thread is reported in the window's own, once at a time; nothing typed is lost."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from models.errors import UserError
from tests.factories import NOW, a_ledger, an_activity
from tests.ui.driver import settle
from ui import bug_report
from ui.app import Desktop
from ui.main_window import MainWindow


@pytest.fixture
def desktop(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    a_ledger(tmp_path / "台账", an_activity()).close()
    started = Desktop(qapp, lambda: NOW)
    started.start(tmp_path / "台账")
    settle()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # put back afterwards
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    bug_report.install(started)
    yield started
    settle()
    started.close()
    settle()


def in_a_thread(error: Exception) -> None:
    def fail() -> None:
        raise error

    worker = threading.Thread(target=fail)
    worker.start()
    worker.join(10)


def test_a_fault_in_a_worker_is_shown_in_the_windows_thread(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    shown: list[tuple[bool, str]] = []
    monkeypatch.setattr(
        bug_report,
        "report",
        lambda _desktop, details: shown.append((QThread.currentThread() is qapp.thread(), details)),
    )
    in_a_thread(ZeroDivisionError("in a worker"))
    assert shown == [], "nothing is opened from the worker"
    settle()
    [(in_window_thread, details)] = shown
    assert in_window_thread and "ZeroDivisionError: in a worker" in details
    sys.excepthook(ValueError, ValueError("in the window"), None)
    assert len(shown) == 2 and shown[1][0]


def test_faults_in_a_row_ask_once(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(_desktop: object, details: str) -> None:
        asked.append(details)
        sys.excepthook(ValueError, ValueError("again"), None)  # a fault while the question is open

    monkeypatch.setattr(bug_report, "report", ask)
    sys.excepthook(ValueError, ValueError("first"), None)
    assert len(asked) == 1 and "first" in asked[0]


def test_a_sentence_from_a_worker_is_shown_as_a_sentence(desktop: Desktop) -> None:
    in_a_thread(UserError("磁盘已满。"))
    settle()
    assert isinstance(desktop.window, MainWindow) and desktop.window.strips.message == "磁盘已满。"
