"""The ways to a ledger that was damaged, or that somebody wants back as it was."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from models.errors import UserError
from models.ledger import FILE_NAME, QUICK_CHECK_BYTES, damaged_ledger
from models.preferences import documents_folder
from ui import workers
from ui.context import Context
from ui.requests import requests

if TYPE_CHECKING:
    from ui.app import Desktop

log = logging.getLogger(__name__)


class Recovering(QObject):
    """Notices damage, shows the page with the backups, and opens what was brought back."""

    def __init__(self, desktop: "Desktop") -> None:
        super().__init__()
        self._desktop = desktop
        requests.reopen.connect(self._reopen, Qt.ConnectionType.QueuedConnection)
        requests.recover.connect(self._offer_here, Qt.ConnectionType.QueuedConnection)

    def offer_if_damaged(self, folder: Path, sentence: str) -> bool:
        """Whether the ledger is one that a backup could bring back; that is then offered."""
        from models.restore import trouble_with

        trouble = trouble_with(folder)
        if trouble:
            self.begin(folder, trouble=trouble, sentence=sentence)
        return bool(trouble)

    def begin(self, folder: Path, *, trouble: str = "", sentence: str = "") -> None:
        """Show the backups of the ledger in `folder`; `trouble` is what is wrong with it, empty if nothing is.

        Raises UserError when what is typed in the window cannot be kept.
        """
        from models.backup import default_folder
        from ui.pages.recovery import RecoveryPage

        desktop = self._desktop
        desktop.leave_window()
        chosen = desktop.preferences.backup_folder(folder)
        folders = [*([chosen] if chosen else []), default_folder(folder)]
        page = RecoveryPage(folder, folders, trouble=trouble, sentence=sentence, clock=desktop.clock)
        page.restored.connect(lambda _restored, words: self._open_restored(folder, words))
        page.back_requested.connect(lambda: self._go_back(folder))
        page.other_requested.connect(desktop.begin_first_run)
        page.quit_requested.connect(desktop.app.quit)
        page.setWindowTitle("宣教台账")
        desktop.show(page, None)

    def check_in_background(self, context: Context) -> None:
        """A big file is checked after the window is there (a small one was, while it was opened)."""
        ledger = context.ledger
        if ledger.file.stat().st_size <= QUICK_CHECK_BYTES:
            return

        def look(_job: workers.Job) -> str:
            with ledger.reader() as reader:
                return reader.find_damage()

        def take(damage: str) -> None:
            if damage:
                log.warning("damage found in the background: %s", damage)
                self._leave(context, damaged_ledger(ledger.folder, damage).message)

        def miss(error: Exception) -> None:
            if not isinstance(error, UserError):
                raise error
            self._leave(context, error.message)

        workers.start(look, take, miss)

    def _leave(self, context: Context, sentence: str) -> None:
        """The ledger in the window turned out to be damaged."""
        from models.backup_query import DAMAGED

        if self._desktop.context is not context:
            return
        try:
            self.begin(context.ledger.folder, trouble=DAMAGED, sentence=sentence)
        except UserError as error:
            context.went_wrong.emit(error.message)

    def _go_back(self, folder: Path) -> None:
        if (folder / FILE_NAME).is_file():
            self._desktop.open_or_complain(folder)
        else:
            self._desktop.begin_first_run()

    def _open_restored(self, folder: Path, words: str) -> None:
        try:
            window = self._desktop.open_ledger(folder)
        except UserError as error:
            self._desktop.complain(error)
        else:
            self._forget_other_backups(window.context)
            window.context.went_well.emit(words, False)

    @staticmethod
    def _forget_other_backups(context: Context) -> None:
        from models.backup_words import forget_if_gone

        try:
            forget_if_gone(context.ledger)
        except UserError as error:
            context.went_wrong.emit(error.message)
        context.changed.emit()

    def _reopen(self) -> None:
        """Close the ledger and open it again: another notice is in force."""
        desktop, context = self._desktop, self._desktop.context
        if context is None or context.is_sample:
            return
        folder = context.ledger.folder
        try:
            desktop.leave_window()
        except UserError as error:
            context.went_wrong.emit(error.message)
            return
        desktop.show(QWidget(), None)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # the window, and with it the ledger
        desktop.start(folder)

    def _offer_here(self) -> None:
        """Somebody asks for a backup, a package or another folder to restore from."""
        context = self._desktop.context
        if context is not None and context.is_sample:
            context.went_wrong.emit("这是示例数据，不用恢复。请先在“设置”里换到自己的台账。")
            return
        try:
            self.begin(context.ledger.folder if context else documents_folder())
        except UserError as error:
            if context:
                context.went_wrong.emit(error.message)
