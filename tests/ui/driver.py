"""Driving the real window: contexts on real ledgers, typing through the input method, waiting without sleeping."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from models.activity import Activity
from models.ledger import Ledger
from models.notice import builtin_notice
from models.preferences import Preferences
from tests.factories import NOW, a_ledger
from ui import theme
from ui.context import Context
from ui.main_window import MainWindow


def a_context(ledger: Ledger, clock: Callable[[], datetime] = lambda: NOW) -> Context:
    """The context of a window on `ledger`, at a fixed moment."""
    return Context(ledger, builtin_notice(), Preferences(), clock)


def a_window(
    qtbot, folder: Path, *activities: Activity, size: tuple[int, int] = (1366, 768), first: str = "activities"
) -> MainWindow:
    """The real main window on a new ledger with the given activities, shown with the page `first` in front."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, theme.LIGHT, 1.0)
    ledger = a_ledger(folder, *activities)
    window = MainWindow(a_context(ledger), first)
    qtbot.addWidget(window, before_close_func=lambda closing: _close(closing, ledger))
    window.resize(*size)
    window.show()
    qtbot.waitExposed(window)
    settle()
    return window


def _close(window: MainWindow, ledger: Ledger) -> None:
    """The window first: it keeps what is being typed."""
    window.close()
    settle()
    ledger.close()


def settle() -> None:
    """Let everything that was started come to its end: background work, its signals, pending deletions."""
    for _ in range(4):
        QThreadPool.globalInstance().waitForDone()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def type_chinese(widget: QWidget | None, text: str) -> None:
    """Commit `text` as an input method does. (QTest.keyClicks with Chinese ends the process.)"""
    assert widget, "nothing has the keyboard"
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(widget, event)


def answer_next_question(words: str) -> None:
    """Click the button with these words in the dialog that is about to open."""

    def click() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog, "no question was asked"
        next(button for button in dialog.findChildren(QAbstractButton) if button.text() == words).click()

    QTimer.singleShot(0, click)
