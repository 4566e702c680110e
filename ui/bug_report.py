"""When the program itself has a fault: log it, keep the data, offer a text to copy. Never a traceback on screen."""

import logging
import platform
import sys
import traceback
from types import TracebackType
from typing import TYPE_CHECKING

from models.errors import UserError

if TYPE_CHECKING:
    from ui.app import Desktop

log = logging.getLogger(__name__)


def install(desktop: "Desktop") -> None:
    """Have every exception that nobody handled end in `report` instead of on a console."""

    def handle(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, UserError) and desktop.context:
            desktop.context.went_wrong.emit(error.message)
            return
        log.critical("unhandled", exc_info=(kind, error, trace))
        report(desktop, "".join(traceback.format_exception(kind, error, trace)))

    sys.excepthook = handle


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
