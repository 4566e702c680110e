"""A thousand photos in one go, in the real window: they show how far they are, can be stopped, nothing stands still.

No moment is measured against a clock of ours: the longest the window stood still is compared with the work itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models import file_store
from tests.factories import an_activity
from tests.models.photo_samples import a_photo_file, a_picture, noise
from tests.ui.driver import a_window, settle
from ui import operations
from ui.context import Place
from ui.main_window import MainWindow
from ui.pages.activities import ActivitiesPage
from ui.widgets.photo_strip import PhotoStrip

pytestmark = pytest.mark.slow
MANY = 1000
PATIENCE_MS = 120_000  # before a test gives up


class Watch:
    """How long the event loop was away, turn by turn, and what the progress said meanwhile."""

    def __init__(self, strip: PhotoStrip) -> None:
        self.gaps: list[float] = []
        self.said: list[str] = []
        self._strip, self.started = strip, time.perf_counter()
        self._last = self.started
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._turn)
        self._timer.start()

    def _turn(self) -> None:
        now = time.perf_counter()
        self.gaps.append(now - self._last)
        self._last = now
        words = self._strip.progress.text()
        if self._strip.progress.isVisible() and words not in self.said[-1:]:
            self.said.append(words)

    @property
    def took(self) -> float:
        return self._last - self.started

    def wait(self, qtbot: QtBot, until: Callable[[], bool]) -> None:
        """Until that holds, and one more turn after it."""
        qtbot.waitUntil(until, timeout=PATIENCE_MS)
        turns = len(self.gaps)
        qtbot.waitUntil(lambda: len(self.gaps) > turns + 1, timeout=PATIENCE_MS)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    window = a_window(qtbot, tmp_path / "台账", an_activity())
    window.show_place(Place("home"))  # pages that follow every change are part of the burden
    settle()
    return window


@pytest.fixture
def strip(window: MainWindow) -> PhotoStrip:
    uid = window.context.ledger.query("SELECT uid FROM activity")[0][0]
    window.show_place(Place("activities", uid=uid))
    page = window.page("activities")
    assert isinstance(page, ActivitiesPage)
    page.form().extras.open_group("pictures")
    settle()
    strip = page.form().findChild(PhotoStrip)
    assert isinstance(strip, QWidget)
    return strip


def test_a_thousand_big_photos_show_progress_and_are_stopped(
    window: MainWindow, strip: PhotoStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    big = a_photo_file(tmp_path, "大.jpg", noise(4000, 3000))
    watch = Watch(strip)
    strip.add([big] * MANY)
    watch.wait(qtbot, lambda: len(watch.said) >= 12)
    assert watch.said[0] == f"正在添加照片，第 1 / {MANY} 张" and f"正在添加照片，第 9 / {MANY} 张" in watch.said
    one_picture = watch.took / len(watch.said)
    assert max(watch.gaps) < 2 * one_picture, "the window stood still longer than two pictures take"
    strip.progress.stop_button.click()
    watch.wait(qtbot, lambda: not strip.adding.busy)
    ready = len(strip.photos())
    assert 0 < ready < 50
    assert window.toast.text() == f"已停止，已加好的 {ready} 张照片留下了，其余 {MANY - ready} 张照片没有添加"
    assert file_store.missing(window.context.ledger) == []


def test_a_thousand_photos_come_and_go_as_one_step(
    window: MainWindow, strip: PhotoStrip, tmp_path: Path, qtbot: QtBot
) -> None:
    small = a_photo_file(tmp_path, "小.jpg", a_picture(320, 240))
    watch = Watch(strip)
    strip.add([small] * MANY)
    watch.wait(qtbot, lambda: not strip.adding.busy)
    assert len(strip.photos()) == MANY
    assert max(watch.gaps) < watch.took / 4, "writing a thousand rows must not be what takes the time"
    operations.undo(window.context)
    assert strip.photos() == []
    operations.redo(window.context)
    assert len(strip.photos()) == MANY and file_store.missing(window.context.ledger) == []
