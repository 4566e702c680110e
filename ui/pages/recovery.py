"""Getting a ledger back. Shown instead of the window when a ledger is damaged, and when somebody asks for it."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from models.backup import Backup, list_backups
from models.backup_query import DAMAGED, FOREIGN, MISSING, NEWER
from models.backup_words import count_words
from models.errors import UserError
from models.ledger import FILE_NAME
from models.restore import BackupInfo, Restored, inspect
from ui import theme, workers
from ui.pages.recovery_choices import Choice, choice_of_backup, choice_of_info, restore_or_stop
from ui.pages.settings_facts import line_up_tab_order
from ui.widgets.base import announce
from ui.widgets.buttons import Button, button
from ui.widgets.cards import Card
from ui.widgets.confirm import confirm
from ui.widgets.file_dialog import ask_for_file
from ui.widgets.frames import Bar
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, clear, column, row
from ui.widgets.progress import ProgressStrip
from ui.widgets.strips import MessageStrip

WIDEST = 900
HEADINGS = {
    DAMAGED: "台账文件已损坏",
    FOREIGN: "台账文件已损坏",
    NEWER: "台账是更新版本的程序记录的",
    MISSING: "台账文件不见了",
}
ASSURANCE = "损坏的文件没有改动，恢复以后也会原样留着。备份之后登记的内容要重新登记。"
ASKED = "恢复以后，现在的台账会原样放到旁边的文件夹里，随时可以再换回来。"
ASKED_NEW = "这台电脑上的这个文件夹里还没有台账，恢复以后就用它。"
STOPPED = "已停止，没有改动任何内容。"
NO_BACKUP = "没有找到备份。如果备份在U盘或别的文件夹里，请点“另选备份文件”。"


class RecoveryPage(QWidget):
    """What happened, the verified backups with the newest first, and other ways on.

    `restored` follows a ledger that was brought back; `back_requested` leaves everything as it is, `other_requested`
    asks for another ledger, `quit_requested` ends the program.
    """

    restored = Signal(object, str)  # Restored, what it was restored from
    back_requested = Signal()
    other_requested = Signal()
    quit_requested = Signal()

    def __init__(
        self,
        folder: Path,
        backup_folders: list[Path],
        *,
        trouble: str = "",
        sentence: str = "",
        clock: Callable[[], datetime] = datetime.now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder, self.trouble, self._clock = folder, trouble, clock
        self._backup_folders = backup_folders
        self._job: workers.Job | None = None
        self._stopping = False
        self.setAccessibleName("恢复台账")
        self.ask_file: Callable[[], Path | None] = self._ask_with_dialog
        self.ask_folder: Callable[[], Path | None] = self._ask_folder_with_dialog
        self.restore_buttons: list[Button] = []
        self.choices: list[Choice] = []
        self._sentence = sentence
        self._lay_out()
        self.reload()

    def reload(self) -> None:
        """List the backups that are there now."""
        found: list[Backup] = []
        for folder in dict.fromkeys(self._backup_folders):
            try:
                found += list_backups(folder)
            except UserError as error:
                self.show_problem(error.message)
        found.sort(key=lambda each: each.made_at, reverse=True)  # those of one minute stay as listed
        self.choices = [choice_of_backup(each, self._today()) for each in found]
        self._show_choices()

    def look_at(self, path: Path) -> None:
        """Check a file or folder somebody chose, in the background, and put it at the top of the list."""
        self._work("正在检查", lambda _job: inspect(path), self._add)

    def restore_from(self, choice: Choice) -> None:
        """Ask, then restore in the background."""
        keeps = "损坏的文件" if self.trouble else "现在的台账"
        stays = f"{keeps}会原样留在“{self.folder}”里，不会删除。" if self._is_ledger_there() else ""
        consequence = f"{choice.when}，{choice.what}。{stays}"
        if confirm(self, "恢复这份备份吗？", consequence, "恢复这份备份", "不恢复", danger=False):
            folder, now = self.folder, self._clock()

            def tell(job: workers.Job, done: int, total: int) -> bool:
                return job.report(done, total) and not self._stopping

            self._work(
                "正在恢复，请不要关机",
                lambda job: restore_or_stop(choice.path, folder, now, partial(tell, job)),
                lambda done: self._tell(choice, done),
            )

    def show_problem(self, text: str) -> None:
        """Say why something could not be done; everything is as it was."""
        self.problem.set_message("error", text)
        self.problem.show()

    def keep(self) -> None:
        """Nothing is typed here."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        usable = [each for each in self.restore_buttons if each.isEnabled()]
        (usable[0] if usable else self.file_button).setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("window"))

    # ─── work ───

    def _work(self, words: str, work: Callable[[workers.Job], object], done: Callable[..., None]) -> None:
        if self._job is not None:
            return
        self.problem.hide()
        self._stopping = False
        self._set_busy(True)
        self.progress.start(words)

        def finish(result: object) -> None:
            self._finish()
            if result is None:
                self.show_problem(STOPPED)
            else:
                done(result)

        def show(at: int, total: int) -> None:
            self.progress.set_progress(words, at, total)

        self._job = workers.start(work, finish, self._miss, show)

    def _finish(self) -> None:
        self._job = None
        self.progress.hide()
        self._set_busy(False)

    def _stop(self) -> None:
        """The work looks at this where it can still stop; past that point it goes through and says so."""
        self._stopping = True

    def _miss(self, error: Exception) -> None:
        self._finish()
        if not isinstance(error, UserError):
            raise error
        self.show_problem(error.message)

    def _add(self, info: BackupInfo) -> None:
        if info.problem:
            self.show_problem(info.problem)
            return
        others = [each for each in self.choices if each.path != info.path]
        self.choices = [choice_of_info(info, self._today()), *others]
        self._show_choices()
        self.restore_buttons[0].setFocus()

    def _tell(self, choice: Choice, done: Restored) -> None:
        before = f"恢复前 {count_words(done.before)}，" if done.before is not None else ""
        lost = f"，有 {done.missing} 个附件没有找到" if done.missing else ""
        aside = f"。原来的留在“{done.aside.name}”" if done.aside else ""
        self.restored.emit(done, f"已恢复{choice.when}的备份：{before}恢复后 {count_words(done.after)}{lost}{aside}")

    def _set_busy(self, busy: bool) -> None:
        for each in (*self.restore_buttons, self.file_button, self.folder_button, *self.ways):
            each.setEnabled(not busy)

    def _is_ledger_there(self) -> bool:
        return (self.folder / FILE_NAME).is_file()

    def _today(self) -> date:
        return self._clock().date()

    # ─── building ───

    def _show_choices(self) -> None:
        clear(self.lines)
        self.restore_buttons = []
        if not self.choices:
            self.lines.addWidget(WrapLabel(NO_BACKUP, "hint"))
        for index, choice in enumerate(self.choices):
            self.lines.addWidget(self._line(choice, first=index == 0))
        line_up_tab_order(*self.restore_buttons, self.file_button, self.folder_button, *self.ways)
        announce(self, f"{len(self.choices)} 份备份")

    def _line(self, choice: Choice, *, first: bool) -> QWidget:
        go = button("恢复这份备份", "history", "primary" if first else "plain", small=not first)
        go.setAccessibleName(f"恢复{choice.when}的备份，{choice.what}")
        go.clicked.connect(lambda: self.restore_from(choice))
        self.restore_buttons.append(go)
        words = column(
            row(TextLabel(choice.when, "strong"), TextLabel(choice.note, "hint"), None, spacing=12),
            WrapLabel(choice.what, "small"),
            spacing=2,
        )
        where = ElidedLabel(str(choice.path), "hint")
        words.addWidget(where)
        icon = IconLabel("shield-check" if choice.usable else "time", "ok" if choice.usable else "warn", 20)
        line = row(icon, spacing=12, margins=(0, 8))
        line.addLayout(words, 1)
        line.addWidget(go)
        rule = QFrame()
        rule.setProperty("rule", "soft")
        rule.setVisible(not first)
        holder = QWidget()
        column(rule, line, spacing=0, parent=holder)
        return holder

    def _lay_out(self) -> None:
        header = Bar("header")
        title = HEADINGS.get(self.trouble, "从备份恢复")
        header.setLayout(row(TextLabel("宣教台账", "title"), None, margins=(24, 0)))
        what = Card(title)
        sentence = self._sentence or ("" if self.trouble else ASKED if self._is_ledger_there() else ASKED_NEW)
        if sentence:
            what.body.addWidget(MessageStrip("error" if self.trouble else "info", sentence))
        what.body.addWidget(WrapLabel(f"台账文件夹：{self.folder}", "small"))
        if self.trouble:
            what.body.addWidget(WrapLabel(ASSURANCE, "hint"))
        self.problem = MessageStrip("error", "", closable=True)
        self.problem.hide()
        self.progress = ProgressStrip()
        self.progress.hide()
        self.progress.stopped.connect(self._stop)
        backups = Card("可以恢复的备份", TextLabel("最近的在最上面", "hint"))
        self.lines = column(spacing=0)
        backups.body.addLayout(self.lines)
        self.file_button = button("另选备份文件", "folder-open")
        self.folder_button = button("从另一个台账文件夹恢复", "database-2")
        others = FlowLayout(spacing=8, line_spacing=8)
        for each, act in ((self.file_button, self._choose_file), (self.folder_button, self._choose_folder)):
            each.clicked.connect(act)
            others.addWidget(each)
        backups.body.addLayout(others)
        self.other_button = button("打开别的台账", "database-2")
        self.quit_button = button("退出")
        self.back_button = button("返回", "arrow-left", shortcut_text="Esc")
        self.ways = (self.back_button, self.other_button, self.quit_button)
        self.back_button.setVisible(not self.trouble)
        self.back_button.clicked.connect(self.back_requested)
        self.other_button.clicked.connect(self.other_requested)
        self.quit_button.clicked.connect(self.quit_requested)
        inside = QWidget()
        inside.setLayout(column(what, self.problem, self.progress, backups, None, spacing=16))
        inside.setMaximumWidth(theme.px(WIDEST))
        ground = QWidget()
        ground.setProperty("clear", "true")
        row(margins=(24, 16), spacing=0, parent=ground).addWidget(inside, 1)
        area = QScrollArea()
        area.setAccessibleName("恢复台账内容")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(ground)
        footer = Bar("footer")
        footer.setLayout(row(self.back_button, None, self.other_button, self.quit_button, margins=(24, 0)))
        whole = column(header, spacing=0, parent=self)
        whole.addWidget(area, 1)
        whole.addWidget(footer)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.activated.connect(lambda: self.back_button.isVisible() and self.back_button.click())

    def _choose_file(self) -> None:
        if path := self.ask_file():
            self.look_at(path)

    def _choose_folder(self) -> None:
        if path := self.ask_folder():
            self.look_at(path)

    def _ask_with_dialog(self) -> Path | None:
        start = next((each for each in (*self._backup_folders, *self.folder.parents) if each.is_dir()), Path.home())
        kinds = "备份和搬家包 (*.db *.zip)"
        return ask_for_file(self, "选一份备份或搬家包", str(start), kinds)

    def _ask_folder_with_dialog(self) -> Path | None:
        from ui.widgets.folder_dialog import ask_for_folder

        return ask_for_folder(self, "从哪个台账文件夹恢复", self.folder.parent)
