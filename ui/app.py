"""Starting the window: look, ledger or first run, and what happens when the program itself has a fault."""

import gc
import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QSize, QThreadPool, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from models.errors import UserError
from models.ledger import FILE_NAME, Ledger
from models.notice import Notice, builtin_notice
from models.preferences import Preferences, documents_folder, load_preferences, save_preferences, settings_folder
from models.unit import Unit
from ui import theme
from ui.context import Context
from ui.main_window import MainWindow
from ui.widgets.wheel_guard import install_wheel_guard

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

log = logging.getLogger(__name__)
SIZE, TITLE_BAR = QSize(1366, 768), 40


class Desktop:
    """The running program: at any time it shows either the first run or one open ledger."""

    def __init__(self, app: QApplication, clock: Callable[[], datetime] = datetime.now) -> None:
        self.app = app
        self.clock = clock
        self.preferences: Preferences = load_preferences()
        self.notice: Notice = builtin_notice()
        self.window: QWidget | None = None
        self.context: Context | None = None
        self._sample: TemporaryDirectory[str] | None = None
        _apply_look(app, self.preferences)

    def start(self, folder: Path | None = None) -> None:
        """Open the ledger asked for or used last; without one, begin the first run."""
        wanted = folder or (Path(self.preferences.ledger) if self.preferences.ledger else None)
        if wanted is None:
            self.begin_first_run()
            return
        try:
            self.open_ledger(wanted)
        except UserError as error:
            log.warning("ledger could not be opened: %s %s", error.message, error.detail)
            self.begin_first_run(problem=error.message)

    def open_ledger(
        self, folder: Path, *, remember: bool = True, clock: Callable[[], datetime] | None = None
    ) -> MainWindow:
        """Show the ledger in `folder`. Raises UserError and leaves everything as it is when it cannot be opened.

        The sample ledger is neither remembered nor shown on another day than the one its records were written for.
        """
        self._leave_window()
        ledger = Ledger.open(folder)
        if remember:
            self._remember(replace(self.preferences, ledger=str(folder)))
        context = Context(ledger, self.notice, self.preferences, clock or self.clock, is_sample=not remember)
        window = MainWindow(context)
        window.look_changed.connect(self._change_look)
        window.other_ledger_wanted.connect(self.begin_first_run)
        self._show(window, context)
        return window

    def begin_first_run(self, problem: str = "") -> None:
        """Ask for unit, superior and folder; or open another ledger."""
        from ui.pages.first_run import FirstRunPage

        self._leave_window()
        page = FirstRunPage(self.notice, documents_folder(), self.preferences, clock=self.clock)
        page.finished.connect(self._create)
        page.existing_requested.connect(self._open_or_complain)
        page.sample_requested.connect(self.open_sample)
        page.setWindowTitle("宣教台账")
        self._show(page, None)
        if problem:
            page.show_problem(problem)

    def open_sample(self) -> None:
        """Show a ledger of invented records that is thrown away with the program."""
        from tempfile import TemporaryDirectory

        from models.sample_ledger import create_sample_ledger
        from models.samples import SAMPLE_DAY

        self._sample = TemporaryDirectory(prefix="xuanjiao-sample-", ignore_cleanup_errors=True)
        folder = Path(self._sample.name) / "示例台账"
        create_sample_ledger(folder, self.notice).close()
        self.open_ledger(folder, remember=False, clock=lambda: datetime.combine(SAMPLE_DAY, datetime.now().time()))

    def close(self) -> None:
        """Close the window, keeping what is being typed, then the ledger."""
        if self.window:
            self.window.close()
            Shiboken.delete(self.window)
            self.window = None
        self._put_away(self.context)
        self.context = None

    def _put_away(self, context: Context | None) -> None:
        """Close a ledger that no window shows any more; the sample is thrown away with it."""
        if context is None:
            return
        context.ledger.close()
        if self._sample and context.ledger.folder.is_relative_to(self._sample.name):
            self._sample.cleanup()
            self._sample = None

    def _create(self, folder: Path, unit: Unit) -> None:
        from models.unit_repository import save_unit

        try:
            if (folder / FILE_NAME).exists():
                self.open_ledger(folder)
                return
            ledger = Ledger.create(folder)
            now = self.clock()
            with ledger, ledger.transaction("填写单位档案", at=now, person=unit.contact):
                save_unit(ledger, unit, now=now, person=unit.contact)
            self.open_ledger(folder)
        except UserError as error:
            self._complain(error)

    def _open_or_complain(self, folder: Path) -> None:
        try:
            self.open_ledger(folder)
        except UserError as error:
            self._complain(error)

    def _complain(self, error: UserError) -> None:
        log.warning("%s %s", error.message, error.detail)
        show = getattr(self.window, "show_problem", None)
        if show:
            show(error.message)

    def _show(self, window: QWidget, context: Context | None) -> None:
        """Put another window in the place of the present one, whose ledger is closed when the last of it is gone."""
        before, ledger_before = self.window, self.context
        self.window, self.context = window, context
        if before is None:
            _show_first(window)
            return
        window.setGeometry(before.geometry())
        if before.isMaximized():
            window.showMaximized()
        else:
            window.show()
        before.close()
        before.destroyed.connect(lambda: self._put_away(ledger_before))
        before.deleteLater()

    def _leave_window(self) -> None:
        """Have the present window keep what is being typed. Raises UserError when it cannot: then nothing changes."""
        if isinstance(self.window, MainWindow) and not self.window.keep_everything_typed():
            raise UserError("有内容没能保存，还不能换台账。请先清理磁盘，或在表单下方点“另存到…”。")

    def _change_look(self, theme_name: str, percent: int) -> None:
        self._remember(replace(self.preferences, theme=theme_name, text_size=percent))
        _apply_look(self.app, self.preferences)

    def _remember(self, preferences: Preferences) -> None:
        self.preferences = preferences
        if self.context:
            self.context.preferences = preferences
        save_preferences(preferences)


def run(arguments: list[str], folder: Path | None = None) -> int:
    """Show the window and return the exit code when it is closed."""
    app = prepare_application(arguments)
    _log_to_file()
    from ui.bug_report import install

    desktop = Desktop(app)
    install(desktop)
    desktop.start(folder)
    QTimer.singleShot(0, _collect_garbage_again)
    code = app.exec()
    QThreadPool.globalInstance().waitForDone()  # what still counts in the background must not outlive Python
    desktop.close()
    return code


def _show_first(window: QWidget) -> None:
    """At the size the pages are drawn for, or filling a screen that has no more room than that."""
    room = window.screen().availableSize()
    window.resize(min(SIZE.width(), room.width()), min(SIZE.height(), room.height()))
    if room.height() < SIZE.height() + TITLE_BAR or room.width() < SIZE.width():
        window.showMaximized()
    else:
        window.show()


def _collect_garbage_again() -> None:
    """After the first paint: what was made so far stays for good and need not be looked at again."""
    gc.freeze()
    gc.enable()


def prepare_application(arguments: list[str]) -> QApplication:
    """The QApplication with its name and Chinese texts for Qt's own dialogs."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app = QApplication(arguments)
    app.setApplicationName("xuanjiao-ledger")
    app.setApplicationDisplayName("宣教台账")
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    install_wheel_guard(app)
    return app


def _apply_look(app: QApplication, preferences: Preferences) -> None:
    chosen = {"light": theme.LIGHT, "dark": theme.DARK}.get(preferences.theme)
    theme.apply(app, chosen, preferences.text_size / 100)


class _LogFile(logging.Handler):
    """A small file in the settings folder, made by the first fault; nothing of it leaves this computer."""

    def __init__(self) -> None:
        super().__init__()
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self._file = self._file or _open_log()
        self._file.emit(record)


def _log_to_file() -> None:
    logging.getLogger().addHandler(_LogFile())


def _open_log() -> logging.Handler:
    from logging.handlers import RotatingFileHandler  # brings the network along, so not before it is needed

    folder = settings_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / "program.log", maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    return handler
