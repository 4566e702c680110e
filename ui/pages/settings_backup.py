"""备份与恢复: when the last backup was verified and where it lies, and the way to another disk or another computer."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from models.backup_query import Report, StoppedError
from models.backup_words import LastBackup, count_words, last_backup, moment_words
from models.errors import UserError
from models.preferences import Preferences, save_preferences
from ui import workers
from ui.backup_keeper import keeper_of
from ui.context import Context
from ui.requests import requests
from ui.widgets.buttons import Button, button
from ui.widgets.cards import Card
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, column, row
from ui.widgets.progress import ProgressStrip
from ui.widgets.strips import MessageStrip

SUBFOLDER = "宣教台账备份"
HINT = "有改动时，每天和每次关闭程序都会自动备份，并重新打开核对。保留最近 7 天、4 周、12 个月的备份。"
SAME_DISK = "备份和台账在同一个文件夹里，电脑坏了会一起丢。最好换到移动硬盘或U盘上。"
MOVING = "换电脑：生成一个搬家包拷到新电脑，在那边第一次打开程序时点“从备份或搬家包恢复”，选这个文件。"
NONE_YET = "还没有备份"


@dataclass(frozen=True, slots=True)
class _Package:
    path: Path
    words: str


class BackupCard(Card):
    """State, folder, 立即备份, 从备份恢复, 生成搬家包."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("备份与恢复", parent=parent)
        self._context, self._keeper = context, keeper_of(context)
        self._job: workers.Job | None = None
        self._stopping = False
        self._back_to: Button | None = None
        self.ask_folder: Callable[[Path], Path | None] = self._ask_with_dialog
        self.ask_target: Callable[[Path], Path | None] = self._ask_for_target
        self._lay_out()
        self._keeper.began.connect(self._backup_began)
        self._keeper.progressed.connect(self._backup_progressed)
        self._keeper.over.connect(self._backup_over)
        self.reload()

    def reload(self) -> None:
        """Show the state as it is now."""
        last = last_backup(self._context.ledger)
        self._show_state(last)
        here = self._context.preferences.backup_folder(self._context.ledger.folder)
        self.folder.setText(str(self._keeper.folder))
        self.folder.setAccessibleName(f"备份文件夹：{self._keeper.folder}")
        self.own_button.setVisible(here is not None)
        self.same_disk.setVisible(here is None and not self._context.is_sample)
        for each in (self.now_button, self.package_button):
            each.setEnabled(not self._keeper.is_running and self._job is None)

    def choose_folder(self) -> None:
        """Ask for another disk; backups get a folder of their own there."""
        chosen = self.ask_folder(self._keeper.folder)
        if chosen is None:
            return
        own = chosen if chosen.name == SUBFOLDER else chosen / SUBFOLDER
        self._remember(self._context.preferences.with_backup_folder(self._context.ledger.folder, own))
        self.reload()
        self._keeper.start(asked_for=True)

    def make_package(self) -> None:
        """Ask where, then write the whole ledger into one file in the background."""
        now, ledger = self._context.clock(), self._context.ledger
        unit = "".join(character for character in self._context.unit().name if character.isalnum()) or "台账"
        target = self.ask_target(Path(f"台账搬家包_{unit}_{now:%Y-%m-%d}.zip"))
        if target is None or self._job is not None:
            return
        if target.suffix.lower() != ".zip":
            target = target.with_name(target.name + ".zip")
        self._show_work("正在生成搬家包")

        def work(job: workers.Job) -> _Package | None:
            from models.restore_package import write_package

            report: Report = lambda done, total: job.report(done, total) and not self._stopping  # noqa: E731
            try:
                made = write_package(ledger, target, now, report)
            except StoppedError:
                return None
            lost = f"，有 {made.missing} 个附件没有找到" if made.missing else ""
            return _Package(target, f"{count_words(made.counts)}{lost}")

        self._job = workers.start(
            work, self._package_made, self._miss, lambda done, total: self._show_progress("正在生成搬家包", done, total)
        )
        self.reload()

    def _show_work(self, words: str) -> None:
        """The button pressed rests meanwhile; the keyboard waits on 停止, not on whatever comes next on the page."""
        self._stopping = False
        self.progress.start(words)
        self._back_to = next((each for each in (self.now_button, self.package_button) if each.hasFocus()), None)
        if self._back_to:
            self.progress.stop_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()

    def _end_work(self) -> None:
        waits = self._back_to if self.progress.stop_button.hasFocus() or self._stopping else None
        self.reload()
        if waits:
            waits.setFocus(Qt.FocusReason.OtherFocusReason)
        self.progress.hide()

    def _package_made(self, made: _Package | None) -> None:
        self._job = None
        self._end_work()
        if made is None:
            self._context.went_well.emit("已停止，没有生成搬家包", False)
        else:
            self._context.went_well.emit(f"搬家包已生成并核对：{made.words}　{made.path}", False)

    def _miss(self, error: Exception) -> None:
        self._job = None
        self._end_work()
        if not isinstance(error, UserError):
            raise error
        self._context.went_wrong.emit(error.message)

    def _backup_began(self) -> None:
        self._show_work("正在备份")

    def _backup_progressed(self, done: int, total: int) -> None:
        self._show_progress("正在备份", done, total)

    def _backup_over(self) -> None:
        self._end_work()

    def _stop(self) -> None:
        self._stopping = True
        self._keeper.stop()

    def _show_progress(self, words: str, done: int, total: int) -> None:
        percent = f"，已完成 {done * 100 // total}%" if total else ""
        self.progress.set_progress(f"{words}{percent}", 0, 0)

    def _show_state(self, last: LastBackup) -> None:
        moment = last.moment
        if moment is None:
            text, where, icon, tone = NONE_YET, "关闭程序时会自动备份", "alert-fill", "warn"
        else:
            when = moment_words(moment, self._context.clock().date())
            text, where = f"备份已验证　{when}　{last.records} 条记录", last.path
            icon, tone = "shield-check", "ok"
        self.state.setText(text)
        self.where.setText(where)
        self._icon.set_icon(icon, tone)
        self.problem.setVisible(bool(last.problem))
        if last.problem:
            self.problem.set_message("warn", f"上次没有备份到这里：{last.problem}")

    def _remember(self, preferences: Preferences) -> None:
        self._context.preferences = preferences
        save_preferences(preferences)

    def _use_own_folder(self) -> None:
        self._remember(self._context.preferences.with_backup_folder(self._context.ledger.folder, None))
        self.reload()

    def _lay_out(self) -> None:
        self.state, self.where = TextLabel("", "strong"), ElidedLabel("", "hint")
        self._icon = IconLabel("shield-check", "ok", 24)
        words = column(self.state, self.where, spacing=2)
        top = row(self._icon, spacing=12)
        top.addLayout(words, 1)
        self.now_button = button("立即备份", "save-3")
        self.now_button.clicked.connect(lambda: self._keeper.start(asked_for=True))
        top.addWidget(self.now_button)
        self.problem = MessageStrip("warn", "")
        self.progress = ProgressStrip()
        self.progress.hide()
        self.progress.stopped.connect(self._stop)
        self.folder = ElidedLabel("")
        self.folder_button = button("换备份文件夹", "hard-drive-2")
        self.own_button = button("放在台账里", "folder")
        self.own_button.setToolTip("备份放在台账自己的文件夹里")
        place = row(TextLabel("备份到", "hint"), spacing=8)
        place.addWidget(self.folder, 1)
        place.addWidget(self.own_button)
        place.addWidget(self.folder_button)
        self.same_disk = WrapLabel(SAME_DISK, "hint", "warn")
        self.restore_button = button("从备份恢复", "history")
        self.package_button = button("生成搬家包", "file-zip")
        self.folder_button.clicked.connect(self.choose_folder)
        self.own_button.clicked.connect(self._use_own_folder)
        self.restore_button.clicked.connect(requests.recover)
        self.package_button.clicked.connect(self.make_package)
        ways = FlowLayout(spacing=8, line_spacing=8)
        for each in (self.restore_button, self.package_button):
            ways.addWidget(each)
        self.body.addLayout(top)
        for each in (self.problem, self.progress):
            self.body.addWidget(each)
        self.body.addLayout(place)
        self.body.addWidget(self.same_disk)
        self.body.addWidget(WrapLabel(HINT, "hint"))
        self.body.addLayout(ways)
        self.body.addWidget(WrapLabel(MOVING, "hint"))

    def _ask_with_dialog(self, start: Path) -> Path | None:
        from ui.widgets.folder_dialog import ask_for_folder

        there = next((each for each in (start, *start.parents) if each.is_dir()), Path.home())
        return ask_for_folder(self, "备份放到哪个文件夹", there)

    def _ask_for_target(self, name: Path) -> Path | None:
        from ui.widgets.file_dialog import ask_for_target

        return ask_for_target(self, "搬家包存到哪里", str(Path.home() / name), "搬家包 (*.zip)")
