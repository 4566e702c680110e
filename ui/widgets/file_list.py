"""The files of one record (策划方案, 报道剪报 …): add, open, save elsewhere, remove."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from PySide6.QtCore import QMimeData, QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from models import attachment_files
from models import attachment_recording as recording
from models.attachment import FILE, Attachment
from models.attachment_repository import list_attachments
from models.errors import UserError
from models.photo_names import copy_name
from models.photo_source import Source
from models.photos import Preparation, Progress
from ui import operations
from ui.context import Context
from ui.widgets.base import put_next_in_tab_order
from ui.widgets.buttons import Button, link
from ui.widgets.file_dialog import ask_for_target
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import clear, column, row
from ui.widgets.photo_adding import Adding, AddingProgress
from ui.widgets.photo_sources import choose_files, paths_in
from ui.widgets.scrolling import bring_into_sight
from ui.widgets.strips import MessageStrip

_ICONS = {
    ".pdf": "file-pdf", ".doc": "file-word-2", ".docx": "file-word-2", ".wps": "file-word-2",
    ".xls": "file-excel-2", ".xlsx": "file-excel-2", ".et": "file-excel-2", ".csv": "file-excel-2",
    ".zip": "file-zip", ".rar": "file-zip", ".7z": "file-zip", ".txt": "file-text",
}  # fmt: skip
HINT = f"选填，每个不超过 {attachment_files.MOST_BYTES >> 20} MB"
Ready = Callable[[], str]


class FileList(QFrame):
    """Files of one activity or case; few, so that each is a line of its own. Works like PhotoStrip."""

    count_changed = Signal(int)

    def __init__(self, context: Context, owner_kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._kind = context, owner_kind
        self._owner, self._ready, self._stale = "", None, False
        self._files: list[Attachment] = []
        self.adding = Adding(context, _prepare, "个附件", self)
        self.progress = AddingProgress("正在添加附件", "个", self)
        self.refusals = MessageStrip("warn", " ", closable=True, parent=self)
        self.refusals.hide()
        self.title = TextLabel("附件", "strong", parent=self)
        self.add_button = link("添加", "attachment-2", self)
        self.add_button.setAccessibleName("添加附件")
        self._lines = column(spacing=0)
        top = row(spacing=8)
        top.addWidget(self.title)
        top.addWidget(WrapLabel(HINT, "hint", parent=self), 1)
        top.addWidget(self.add_button)
        column(top, self._lines, self.progress, self.refusals, spacing=4, parent=self)
        self.setAcceptDrops(True)
        self.add_button.clicked.connect(self.choose)
        self.adding.progressed.connect(self.progress.show_step)
        self.adding.finished.connect(self._added)
        self.adding.idle.connect(self.progress.hide)
        self.progress.stopped.connect(self.adding.stop)
        context.changed.connect(self._follow)

    def show_owner(self, uid: str, *, ready: Ready | None = None) -> None:
        """Show the files of this record; for one not saved yet ("") `ready` saves it and returns its uid."""
        if uid != self._owner:
            self.refusals.hide()
        self._owner, self._ready = uid, ready
        self._reload()

    def files(self) -> list[Attachment]:
        """What is shown, in order."""
        return list(self._files)

    def buttons(self, at: int) -> dict[str, Button]:
        """打开, 另存为 and 移除 of one line."""
        item = self._lines.itemAt(at)
        line = item.widget() if item else None
        return {each.text(): each for each in line.findChildren(Button)} if line else {}

    def add(self, paths: Sequence[Path]) -> None:
        """Add these files, off the window's thread; an unsaved record is saved first."""
        if not paths:
            return
        if not self._owner and self._ready:
            ready = self._ready
            uid = ready()
            if uid and not self._owner:
                self.show_owner(uid, ready=ready)
        if self._owner:
            self.refusals.hide()
            self.adding.add(self._kind, self._owner, list[Source](paths))

    def choose(self) -> None:
        """Ask for files."""
        self.add(choose_files(self.window(), "选择附件，可以选多个", "所有文件 (*)", _documents_folder()))

    def open(self, file: Attachment) -> None:
        """Show a file in the program the system has for it: a read-only copy, never the ledger's own."""
        try:
            copy = attachment_files.opened_copy(self._context.ledger.folder, file, _place_for_copies())
        except UserError as error:
            self._context.went_wrong.emit(error.message)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            self._context.went_wrong.emit(f"这台电脑上没有能打开“{file.file_name}”的程序。可以另存后拿到别的电脑上看。")

    def save_as(self, file: Attachment, target: Path | None = None) -> None:
        """Write a copy where the clerk says."""
        target = target or self._ask_for_target(file)
        if target is None:
            return
        try:
            attachment_files.export_copy(self._context.ledger.folder, file, target)
        except UserError as error:
            self._context.went_wrong.emit(error.message)
        else:
            self._context.went_well.emit(f"已另存为“{target.name}”", False)

    def remove(self, file: Attachment) -> None:
        """Take a file from the record; 撤销 brings it back."""
        context = self._context
        operations.run(context, lambda: recording.remove(context.ledger, [file], context.clerk()), str)
        self.add_button.setFocus()

    def keep_unsaved(self) -> None:
        """The record is being left. There is nothing to do: files being added go on to their record by themselves."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._reload()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if paths_in(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._dropped(event.mimeData())

    def _dropped(self, data: QMimeData) -> None:
        self.add(paths_in(data))

    def _follow(self) -> None:
        if self.isVisible():
            self._reload()
        else:
            self._stale = True

    def _reload(self) -> None:
        self._stale = False
        files = list_attachments(self._context.ledger, self._owner, FILE) if self._owner else []
        if files == self._files:
            return
        self._files = files
        clear(self._lines)
        before: QWidget = self.add_button
        for file in files:
            line, buttons = self._line(file)
            self._lines.addWidget(line)
            put_next_in_tab_order(before, buttons)
            before = buttons[-1]
        self.title.setText(f"附件 {len(files)}" if files else "附件")
        self.count_changed.emit(len(files))

    def _line(self, file: Attachment) -> tuple[QWidget, list[Button]]:
        line = QFrame(self)
        name = ElidedLabel(file.file_name, parent=line)
        box: QHBoxLayout = row(IconLabel(_ICONS.get(file.suffix, "file-unknow"), parent=line), parent=line)
        box.addWidget(name, 1)
        box.addWidget(TextLabel(size_words(file.byte_count), "hint", parent=line))
        buttons: list[Button] = []
        for words, icon, act in (
            ("打开", "external-link", self.open),
            ("另存为", "save-3", self.save_as),
            ("移除", "delete-bin", self.remove),
        ):
            made = link(words, icon, line)
            made.setAccessibleName(f"{words} {file.file_name}")
            made.clicked.connect(lambda _checked=False, act=act: act(file))
            box.addWidget(made)
            buttons.append(made)
        return line, buttons

    def _added(self, result: Preparation) -> None:
        if result.refused:
            lines = [f"有 {len(result.refused)} 个文件没有添加：", *(refused.reason for refused in result.refused[:6])]
            self.refusals.set_message("warn", "\n".join(lines))
            self.refusals.show()
            bring_into_sight(self.refusals)

    def _ask_for_target(self, file: Attachment) -> Path | None:
        return ask_for_target(self.window(), "另存为", str(Path(_documents_folder()) / copy_name(file)))


def size_words(byte_count: int) -> str:
    """1.5 MB, 286 KB, 12 字节."""
    if byte_count >= 1 << 20:
        return f"{byte_count / (1 << 20):.1f} MB"
    return f"{-(-byte_count // 1024)} KB" if byte_count >= 1024 else f"{byte_count} 字节"


def _prepare(folder: Path, sources: Sequence[Source], progress: Progress, cancelled: Callable[[], bool]) -> Preparation:
    paths = [source for source in sources if isinstance(source, Path)]
    return attachment_files.store_all(folder, paths, progress=progress, cancelled=cancelled)


def _documents_folder() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


@cache
def _place_for_copies() -> Path:
    """A folder of this run, readable by the clerk alone and gone when the program ends."""
    folder = tempfile.mkdtemp(prefix="xuanjiao-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
