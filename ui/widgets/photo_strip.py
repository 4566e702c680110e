"""The photos of one record: add, describe, put in order, remove, look at. Forms put one in and tell it whose it is."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from models import attachment_recording as recording
from models.attachment import OF_CASE, PHOTO, Attachment
from models.attachment_repository import list_attachments
from models.photo_source import Source
from models.photos import Preparation, Progress, prepare_all
from ui import operations, theme
from ui.context import Context
from ui.widgets.buttons import link
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, column, row
from ui.widgets.photo_adding import Adding, AddingProgress
from ui.widgets.photo_grid import PhotoGrid
from ui.widgets.photo_model import PhotoModel
from ui.widgets.photo_sources import choose_files, has_sources, photo_kinds, sources_in
from ui.widgets.photo_thumbnails import Thumbnails
from ui.widgets.photo_view import PhotoView
from ui.widgets.photo_words import PhotoWords
from ui.widgets.scrolling import bring_into_sight
from ui.widgets.strips import MessageStrip

NOTHING_PASTED = "剪贴板里没有图片。请先在文件夹里复制照片文件，或在别的程序里复制图片。"
SHOWN_REFUSALS = 6
Ready = Callable[[], str]


class PhotoStrip(QFrame):
    """Photos of one activity or case, shown as thumbnails. Every change is written at once, as a step of 撤销.

    A record that is not saved yet has no uid: then `ready` is asked to save it when the first photo comes, and
    returns its uid, or "" when that cannot be (the form has said why).
    """

    count_changed = Signal(int)

    def __init__(self, context: Context, owner_kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._kind = context, owner_kind
        self._owner, self._ready, self._stale = "", None, False
        self._model = PhotoModel(self)
        self._thumbnails = Thumbnails(context.ledger.folder, self)
        self.add_button = link("添加", "image-add", self)
        self.consent_button = link("全部已征得同意", "check", self)
        self.grid = PhotoGrid(self._model, self._thumbnails, self)
        self.words = PhotoWords(self)
        self.adding = Adding(context, self._prepare_with(owner_kind == OF_CASE), "张照片", self)
        self.progress = AddingProgress("正在添加照片", "张", self)
        self.refusals = MessageStrip("warn", " ", closable=True, parent=self)
        self.title = TextLabel("照片", "strong", parent=self)
        self.hint = WrapLabel("", "hint", parent=self)
        self.view: PhotoView | None = None
        self._build()
        self._connect()
        self._tell()

    def show_owner(self, uid: str, *, ready: Ready | None = None) -> None:
        """Show the photos of this record ("" for one that is not saved yet)."""
        self.words.keep()
        same = uid == self._owner
        self._owner, self._ready = uid, ready
        if not same:
            self.refusals.hide()
            self.words.forget()
        self._reload()

    def photos(self) -> list[Attachment]:
        """What is shown, in order."""
        return list(self._model.photos)

    def add(self, sources: Sequence[Source]) -> None:
        """Add these pictures, off the window's thread; an unsaved record is saved first."""
        if not sources:
            return
        owner = self._saved_owner()
        if owner:
            self.refusals.hide()
            self.adding.add(self._kind, owner, sources)

    def choose(self) -> None:
        """Ask for files."""
        self.add(list[Source](choose_files(self.window(), "选择照片，可以选多张", photo_kinds())))

    def paste(self) -> None:
        """Add what is on the clipboard: files copied in the file manager, or a picture."""
        sources = sources_in(QGuiApplication.clipboard().mimeData())
        if sources:
            self.add(sources)
        else:
            self._context.went_wrong.emit(NOTHING_PASTED)

    def keep_unsaved(self) -> None:
        """The record is being left: keep the words being typed. Photos being added go on by themselves."""
        self.words.keep()

    def open_view(self, at: int) -> None:
        """Show one photo as large as the window."""
        self.words.keep()
        self.view = PhotoView(self.window(), self._context.ledger.folder, self._model.photos, at)
        self.view.closed.connect(self._view_closed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._reload()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_sources(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._dropped(event.mimeData())

    @staticmethod
    def _prepare_with(full: bool) -> Callable[..., Preparation]:
        def prepare(
            folder: Path, sources: Sequence[Source], progress: Progress, cancelled: Callable[[], bool]
        ) -> Preparation:
            return prepare_all(folder, sources, full=full, progress=progress, cancelled=cancelled)

        return prepare

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.refusals.hide()
        self.add_button.setAccessibleName("添加照片")
        head = FlowLayout(spacing=8, line_spacing=0)
        for part in (self.title, self.hint, self.consent_button):
            head.addWidget(part)
        top = row(spacing=8)
        top.addLayout(head, 1)
        top.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        column(top, self.grid, self.words, self.progress, self.refusals, spacing=4, parent=self)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)  # a box for words pastes words by itself
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        theme.changed.connect(self._level)
        self._level()

    def _level(self) -> None:
        """Bring the words of the first line to the height of its links."""
        for words in (self.title, self.hint):
            words.setMinimumHeight(theme.height(28))

    def _connect(self) -> None:
        grid = self.grid
        self.add_button.clicked.connect(self.choose)
        self.consent_button.clicked.connect(self._consent_to_all)
        grid.add_wanted.connect(self.choose)
        grid.paste_wanted.connect(self.paste)
        grid.dropped.connect(self._dropped)
        grid.opened.connect(self.open_view)
        grid.caption_wanted.connect(lambda _row: self._write_caption())
        grid.remove_wanted.connect(self._remove)
        grid.move_wanted.connect(self._move)
        grid.selectionModel().selectionChanged.connect(lambda *_: self._show_words())
        grid.selectionModel().currentChanged.connect(lambda *_: self._show_words())
        self.words.changed.connect(self._describe)
        self.words.next_wanted.connect(self._next_caption)
        self.words.back_wanted.connect(self.grid.setFocus)
        self.words.view_wanted.connect(lambda: self.open_view(grid.currentIndex().row()))
        self.words.remove_wanted.connect(lambda: self._remove([grid.currentIndex().row()]))
        self.adding.progressed.connect(self.progress.show_step)
        self.adding.finished.connect(self._added)
        self.adding.idle.connect(self.progress.hide)
        self.progress.stopped.connect(self.adding.stop)
        self._context.changed.connect(self._follow)

    def _saved_owner(self) -> str:
        if not self._owner and self._ready:
            ready = self._ready
            uid = ready()
            if uid and not self._owner:  # the form may have shown it already
                self.show_owner(uid, ready=ready)
        return self._owner

    def _follow(self) -> None:
        if self.isVisible():
            self._reload()
        else:
            self._stale = True

    def _reload(self) -> None:
        self._stale = False
        photos = list_attachments(self._context.ledger, self._owner, PHOTO) if self._owner else []
        current, before = self._model.photo(self.grid.currentIndex().row()), len(self._model.photos)
        at, scrolled = self.grid.currentIndex().row(), self.grid.verticalScrollBar().value()
        if self._model.show(photos):
            self.grid.verticalScrollBar().setValue(scrolled)
            found = self._model.row_of(current.uid) if current else -1
            if found >= 0:
                self.grid.select(found)
            elif current and photos:
                self.grid.select(min(at, len(photos) - 1))
        self._show_words()
        self._tell()
        if before != len(photos):
            self.count_changed.emit(len(photos))

    def _show_words(self) -> None:
        selected = self.grid.selected_rows()
        one = selected[0] if len(selected) == 1 else -1
        photo = self._model.photo(one)
        if photo is None and self.words.isVisible():
            self.words.keep()
        self.words.show_photo(photo, one + 1)

    def _tell(self) -> None:
        """Say how many there are, what the forms take, and what is still to be done."""
        photos = self._model.photos
        most = min(self._context.notice.photo_max or 99, recording.MOST_IN_FORM[self._kind])
        case = self._kind == OF_CASE
        self.title.setText(f"照片 {len(photos)}" if photos else "照片")
        said = [f"最多 {most} 张，随案例另附文件" if case else f"选填，登记表印前 {most} 张"]
        if len(photos) > most:
            said = [f"报送只用前 {most} 张" if case else f"表上只印前 {most} 张，可以调整顺序"]
        without = sum(not photo.caption for photo in photos)
        unasked = sum(not photo.consent for photo in photos)
        if without:
            said.append(f"{without} 张缺说明")
        if unasked:
            said.append(f"{unasked} 张没有勾“已征得同意”")
        self.hint.setText("，".join(said))
        self.hint.set_tone("warn" if len(photos) > most else "")
        self.consent_button.setVisible(unasked > 1)

    def _dropped(self, data: QMimeData) -> None:
        self.add(sources_in(data))

    def _added(self, result: Preparation) -> None:
        if result.refused:
            shown = [refused.reason for refused in result.refused[:SHOWN_REFUSALS]]
            more = len(result.refused) - len(shown)
            rest = [f"还有 {more} 个也没有添加。"] if more else []
            lines = [f"有 {len(result.refused)} 个文件没有添加：", *shown, *rest]
            self.refusals.set_message("warn", "\n".join(lines))
            self.refusals.show()
            bring_into_sight(self.refusals)
        if result.photos and self.grid.currentIndex().row() < 0 and self._model.photos:
            self.grid.select(max(0, len(self._model.photos) - len(result.photos)))

    def _describe(self, uid: str, values: dict[str, object]) -> None:
        context = self._context
        operations.run(context, lambda: recording.describe(context.ledger, uid, context.clerk(), **values))

    def _consent_to_all(self) -> None:
        context, photos = self._context, self.photos()
        self.words.keep()
        operations.run(
            context,
            lambda: recording.consent_to_all(context.ledger, photos, context.clerk()),
            lambda count: f"已勾选 {count} 张照片已征得同意",
        )
        self.grid.setFocus()

    def _remove(self, rows: Sequence[int]) -> None:
        context = self._context
        gone = [photo for at in rows if (photo := self._model.photo(at))]
        if gone:
            self.words.keep()
            self.words.forget()
            operations.run(context, lambda: recording.remove(context.ledger, gone, context.clerk()), str)
            self.grid.setFocus()

    def _move(self, rows: Sequence[int], target: int) -> None:
        """Put the photos in these rows before the one in row `target`."""
        context, photos = self._context, self._model.photos
        moving = [photos[at] for at in rows if at < len(photos)]
        rest_before = [photo for at, photo in enumerate(photos) if at < target and at not in set(rows)]
        rest_after = [photo for at, photo in enumerate(photos) if at >= target and at not in set(rows)]
        order = [photo.uid for photo in (*rest_before, *moving, *rest_after)]
        if order != [photo.uid for photo in photos]:
            self.words.keep()
            owner = self._owner
            operations.run(context, lambda: recording.reorder(context.ledger, owner, PHOTO, order, context.clerk()), "")

    def _write_caption(self) -> None:
        if self.words.isVisible():
            self.words.caption.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.words.caption.selectAll()

    def _next_caption(self) -> None:
        """Enter in the caption: to the next photo's, after the last one back to the photos."""
        at = self.grid.currentIndex().row()
        if at + 1 < len(self._model.photos):
            self.grid.select(at + 1)
            self._write_caption()
        else:
            self.grid.setFocus()

    def _view_closed(self, at: int) -> None:
        self.view = None
        if self._model.photo(at):
            self.grid.select(at)
        self.grid.setFocus()
