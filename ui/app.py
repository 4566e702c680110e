"""Starting the window: look, ledger or first run, and what happens when the program itself has a fault."""

import gc
import logging
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
from models.preferences import Preferences, documents_folder, load_preferences, save_preferences
from models.unit import Unit
from ui import theme
from ui.backup_keeper import keeper_of
from ui.context import Context
from ui.log_file import log_to_file
from ui.main_window import MainWindow
from ui.recovering import Recovering
from ui.widgets.wheel_guard import install_wheel_guard

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

log = logging.getLogger(__name__)
SIZE, TITLE_BAR = QSize(1366, 768), 40
LOOK_AFTER = 2_000  # milliseconds after a window was shown: by then it says what is due


class Desktop:
    """The running program: at any time it shows the first run, one open ledger, or the way to get one back."""

    def __init__(self, app: QApplication, clock: Callable[[], datetime] = datetime.now) -> None:
        self.app = app
        self.clock = clock
        self.preferences: Preferences = load_preferences()
        self.notice: Notice = builtin_notice()
        self.window: QWidget | None = None
        self.context: Context | None = None
        self._sample: TemporaryDirectory[str] | None = None
        _apply_look(app, self.preferences)
        self.recovering = Recovering(self)

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
            if not self.recovering.offer_if_damaged(wanted, error.message):
                self.begin_first_run(problem=error.message)

    def open_ledger(
        self, folder: Path, *, remember: bool = True, clock: Callable[[], datetime] | None = None
    ) -> MainWindow:
        """Show the ledger in `folder`. Raises UserError and leaves everything as it is when it cannot be opened.

        The sample ledger is neither remembered nor shown on another day than the one its records were written for.
        """
        self.leave_window()
        ledger = Ledger.open(folder)
        if self.context:
            self.preferences = self.context.preferences
        if remember:
            self._remember(replace(self.preferences, ledger=str(folder)))
        self.notice = _notice_of(ledger)
        context = Context(ledger, self.notice, self.preferences, clock or self.clock, is_sample=not remember)
        window = MainWindow(context)
        keeper_of(context).watch()
        window.look_changed.connect(self._change_look)
        window.other_ledger_wanted.connect(self.begin_first_run)
        self.show(window, context)
        QTimer.singleShot(LOOK_AFTER, context, lambda: self._look_after(context))
        return window

    def _look_after(self, context: Context) -> None:
        """What can wait until the window stands there: a look at a big file for damage, at mails that wait
        for a network, and at photos left over."""
        if self.context is not context:
            return
        self.recovering.check_in_background(context)
        if isinstance(self.window, MainWindow):
            self.window.offer_what_waits()
        if not context.is_sample:
            _sweep_in_background(context.ledger)

    def begin_first_run(self, problem: str = "") -> None:
        """Ask for unit, superior and folder; or open another ledger."""
        from ui.pages.first_run import FirstRunPage

        self.leave_window()
        page = FirstRunPage(self.notice, documents_folder(), self.preferences, clock=self.clock)
        page.finished.connect(self._create)
        page.existing_requested.connect(self.open_or_complain)
        page.sample_requested.connect(self.open_sample)
        page.setWindowTitle("宣教台账")
        self.show(page, None)
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
        if self.context:
            keeper_of(self.context).finish_before_closing()
        if self.window:
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
            self.complain(error)

    def open_or_complain(self, folder: Path) -> None:
        """Open a ledger; say why not on the page that is shown, or offer its backups."""
        try:
            self.open_ledger(folder)
        except UserError as error:
            if not self.recovering.offer_if_damaged(folder, error.message):
                self.complain(error)

    def complain(self, error: UserError) -> None:
        """Say it on the page that is shown."""
        log.warning("%s %s", error.message, error.detail)
        show = getattr(self.window, "show_problem", None)
        if show:
            show(error.message)

    def show(self, window: QWidget, context: Context | None) -> None:
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

    def leave_window(self) -> None:
        """Have the present window keep what is being typed. Raises UserError when it cannot: then nothing changes."""
        if isinstance(self.window, MainWindow) and not self.window.keep_everything_typed():
            raise UserError("有内容没能保存，还不能换台账。请先清理磁盘，或在表单下方点“另存到…”。")
        if self.context:
            keeper_of(self.context).finish_before_closing(self.window)

    def _change_look(self, theme_name: str, percent: int) -> None:
        if self.context:  # pages remember things too
            self.preferences = self.context.preferences
        self._remember(replace(self.preferences, theme=theme_name, text_size=percent))
        _apply_look(self.app, self.preferences)

    def _remember(self, preferences: Preferences) -> None:
        known = preferences == self.preferences
        self.preferences = preferences
        if self.context:
            self.context.preferences = preferences
        if not known:
            save_preferences(preferences)


def run(arguments: list[str], folder: Path | None = None) -> int:
    """Show the window and return the exit code when it is closed."""
    app = prepare_application(arguments)
    log_to_file()
    from ui.bug_report import install

    desktop = Desktop(app)
    install(desktop)
    desktop.start(folder)
    QTimer.singleShot(0, _collect_garbage_again)
    code = app.exec()
    QThreadPool.globalInstance().waitForDone()  # what still counts in the background must not outlive Python
    desktop.close()
    return code


def _notice_of(ledger: Ledger) -> Notice:
    """The notice in force; the module for installed ones is only loaded where there are any."""
    if not (ledger.folder / "notices").is_dir():
        return builtin_notice()
    from models.notice_installing import current_notice

    return current_notice(ledger)


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
    app = QApplication([*arguments, "-style", theme.STYLE])  # setting it later takes 6-8 ms more
    app.setProperty(theme.STYLED, True)
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


def _sweep_in_background(ledger: Ledger) -> None:
    """Take away stored photos that nothing refers to any more. By the machine's clock, which file times follow."""
    from ui import workers

    started = datetime.now()

    def sweep(_job: workers.Job) -> object:
        from models import file_store

        with ledger.reader() as reader:
            return file_store.sweep(reader, started)

    workers.start(sweep, lambda _swept: None, lambda error: log.warning("photos could not be swept: %r", error))
