"""When the program itself has a fault: log it, keep the data, offer a text to copy. Never a traceback on screen."""

import logging
import platform
import sys
import threading
import traceback
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from models.errors import UserError

if TYPE_CHECKING:
    from ui.app import Desktop

log = logging.getLogger(__name__)


class _Desk(QObject):
    """Takes reports from any thread and shows them in the window's own: a dialog may be opened nowhere else."""

    refused = Signal(str)
    failed = Signal(str)

    def __init__(self, desktop: "Desktop") -> None:
        super().__init__(desktop.app)
        self._desktop = desktop
        self._reporting = False
        self.refused.connect(self._refuse, Qt.ConnectionType.AutoConnection)
        self.failed.connect(self._report, Qt.ConnectionType.AutoConnection)

    def _refuse(self, message: str) -> None:
        if self._desktop.context:
            self._desktop.context.went_wrong.emit(message)

    def _report(self, details: str) -> None:
        if not self._reporting:  # one question at a time; the log has them all
            self._reporting = True
            try:
                report(self._desktop, details)
            finally:
                self._reporting = False


def install(desktop: "Desktop") -> None:
    """Have every exception that nobody handled, in whatever thread, end in `report` instead of on a console."""
    desk = _Desk(desktop)

    def handle(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, UserError) and desktop.context:
            desk.refused.emit(error.message)
            return
        log.critical("unhandled", exc_info=(kind, error, trace))
        desk.failed.emit("".join(traceback.format_exception(kind, error, trace)))

    def handle_thread(happened: threading.ExceptHookArgs) -> None:
        if happened.exc_value is not None:
            handle(happened.exc_type, happened.exc_value, happened.exc_traceback)

    sys.excepthook = handle
    threading.excepthook = handle_thread


def report(desktop: "Desktop", details: str) -> None:
    """Say that something went wrong, that what was typed is kept, and offer the details to be copied."""
    from PySide6.QtWidgets import QApplication

    from ui.widgets.confirm import confirm

    keep_everything_typed(desktop)
    title = "程序出了点问题，刚才那一步没有完成"
    body = "已经保存的记录和正在填的内容都还在，可以继续使用。如果反复出现，请把情况说明复制下来，发给提供软件的人。"
    if confirm(desktop.window, title, body, "复制情况说明", "继续使用", danger=False):
        QApplication.clipboard().setText(
            f"宣教台账 情况说明\n{platform.platform()} Python {platform.python_version()}\n\n{details}"
        )


def keep_everything_typed(desktop: "Desktop") -> None:
    """Write what is being typed to the drafts before anything else can go wrong."""
    keep = getattr(desktop.window, "keep_everything_typed", None) or getattr(desktop.window, "keep", None)
    if keep:
        try:
            keep()
        except Exception:
            log.exception("what was typed could not be kept")
