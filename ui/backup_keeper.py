"""Backups without being asked: once a day while the ledger is open, and when it is closed after changes."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QWidget

from models.errors import UserError
from models.ledger import Ledger
from ui import theme, workers
from ui.context import Context

if TYPE_CHECKING:
    from models.backup import Backup

FIRST_LOOK, EVERY = 60_000, 15 * 60_000  # milliseconds after the start, and from then on
SHOW_AFTER = 700  # milliseconds a backup at closing may take before it is shown


@dataclass(frozen=True, slots=True)
class _Made:
    """What a worker brings back: the backup, and why the chosen folder did not take it, empty if it did."""

    backup: "Backup"
    problem: str = ""


class BackupKeeper(QObject):
    """Makes the backups of one open ledger, in a worker thread. `over` follows every attempt, however it went."""

    began = Signal()
    progressed = Signal(int, int)
    over = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._job: workers.Job | None = None
        self._asked_for = False
        self._group = 0
        self._timer, self._first = QTimer(self, interval=EVERY), QTimer(self, interval=FIRST_LOOK, singleShot=True)
        for timer in (self._timer, self._first):
            timer.timeout.connect(self.look)

    @property
    def folder(self) -> Path:
        """Where backups go: the chosen disk, else the ledger's own folder."""
        from models.backup import default_folder

        here = self._context.ledger.folder
        return self._context.preferences.backup_folder(here) or default_folder(here)

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def watch(self) -> None:
        """Begin to look now and then whether a backup is due. The sample ledger needs none."""
        if not self._context.is_sample:
            self._timer.start()
            self._first.start()

    def look(self) -> None:
        """Make today's backup if there is something to back up."""
        from models.backup_words import is_backup_due

        try:
            due = is_backup_due(self._context.ledger, self._context.clock().date())
        except UserError:
            return  # a ledger that cannot be read any more; whoever is working in it has been told
        if due:
            self.start()

    def start(self, *, asked_for: bool = False) -> None:
        """Begin a backup unless one is under way. `asked_for`: somebody waits for the outcome."""
        self._asked_for |= asked_for
        if self._job is not None:
            return
        ledger, folder, now = self._context.ledger, self.folder, self._context.clock()
        self._group = ledger.last_change()
        self._job = workers.start(
            lambda job: _make(ledger, folder, now, job), self._take, self._miss, self.progressed.emit
        )
        self.began.emit()

    def stop(self) -> None:
        """Give up the backup under way; older ones stay."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    def finish_before_closing(self, parent: QWidget | None = None) -> None:
        """Make a backup of unsaved-away changes and wait for it; after a moment a small window shows how far it is."""
        from models.backup_words import has_changes

        for timer in (self._timer, self._first):  # the ledger is about to be closed, and this may outlive it
            timer.stop()
        try:
            if self._context.is_sample or not (self.is_running or has_changes(self._context.ledger)):
                return
        except UserError:
            return
        waiting = QEventLoop()
        self.over.connect(waiting.quit)
        self.start()
        shown = QTimer(singleShot=True, interval=SHOW_AFTER)
        dialogs: list[QDialog] = []
        shown.timeout.connect(lambda: dialogs.append(_closing_dialog(self, parent)))
        shown.start()
        if self.is_running:
            waiting.exec()
        shown.stop()
        for dialog in dialogs:
            dialog.close()
            dialog.deleteLater()

    def _take(self, made: _Made | None) -> None:
        try:
            if made is not None:
                self._note(made)
        except UserError as error:
            self._context.went_wrong.emit(error.message)
        finally:
            self._end()

    def _note(self, made: _Made) -> None:
        from models.backup_words import count_words, remember_backup, remember_problem

        remember_backup(self._context.ledger, made.backup, self._group)
        if made.problem:
            remember_problem(self._context.ledger, made.problem)
        if made.problem and self._asked_for:
            self._context.went_wrong.emit(f"{made.problem}这次先备份到了台账自己的文件夹。")
        elif self._asked_for:
            self._context.went_well.emit(f"备份已验证：{count_words(made.backup.manifest.counts)}", False)

    def _miss(self, error: Exception) -> None:
        from models.backup_words import remember_problem

        try:
            if not isinstance(error, UserError):
                raise error
            if self._asked_for:
                self._context.went_wrong.emit(error.message)
            remember_problem(self._context.ledger, error.message)
        except UserError as second:
            self._context.went_wrong.emit(second.message)
        finally:
            self._end()

    def _end(self) -> None:
        self._job, self._asked_for = None, False
        self.over.emit()


def keeper_of(context: Context) -> BackupKeeper:
    """The one keeper of an open ledger."""
    return context.findChild(BackupKeeper) or BackupKeeper(context)


def _make(ledger: Ledger, folder: Path, now: datetime, job: workers.Job) -> _Made | None:
    """Back up to the chosen folder, or when that fails to the ledger's own: better there than nowhere."""
    from models.backup import back_up, default_folder, thin_out
    from models.backup_query import StoppedError

    problem = ""
    try:
        try:
            made = back_up(ledger, folder, now, job.report)
        except UserError as error:
            if folder == default_folder(ledger.folder):
                raise
            problem, folder = error.message, default_folder(ledger.folder)
            made = back_up(ledger, folder, now, job.report)
        thin_out(folder, now, made.manifest.unit_uid)
    except StoppedError:
        return None
    return _Made(made, problem)


def _closing_dialog(keeper: BackupKeeper, parent: QWidget | None) -> QDialog:
    from ui.widgets.labels import WrapLabel
    from ui.widgets.layouts import column
    from ui.widgets.progress import ProgressStrip

    dialog = QDialog(parent)
    dialog.setWindowTitle("正在备份")
    strip = ProgressStrip(dialog)
    strip.start("正在备份台账和照片")
    strip.stopped.connect(keeper.stop)
    keeper.progressed.connect(lambda done, total: strip.set_progress(f"正在备份，已完成 {done * 100 // total}%", 0, 0))
    dialog.rejected.connect(keeper.stop)
    hint = WrapLabel("备份好就自动关闭。点“停止”就不等了，原来的备份都还在。", "hint", parent=dialog)
    column(WrapLabel("正在备份，请稍等", "strong", parent=dialog), hint, strip, margins=(16, 16), parent=dialog)
    dialog.setMinimumWidth(theme.px(380))
    dialog.show()
    return dialog
