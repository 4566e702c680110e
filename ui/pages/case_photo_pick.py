"""Photos of the linked activities, to be ticked and taken over into the case."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyleOptionViewItem, QWidget

from models.attachment import Attachment
from ui import icons, theme
from ui.context import Context
from ui.widgets.base import paint_frame
from ui.widgets.buttons import button, link
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column, row
from ui.widgets.photo_delegate import PhotoDelegate, cell_size
from ui.widgets.photo_model import PhotoModel
from ui.widgets.photo_thumbnails import Thumbnails

LINES = 2  # more than that scroll inside

AnyIndex = QModelIndex | QPersistentModelIndex
_INVALID = QModelIndex()


class _Photos(PhotoModel):
    """The photos without the tile for adding."""

    def rowCount(self, parent: AnyIndex = _INVALID) -> int:
        return 0 if parent.isValid() else len(self.photos)


class _Ticked(PhotoDelegate):
    """A photo with a tick in its corner when it is chosen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().paint(painter, option, index)
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        if state & QStyle.StateFlag.State_Selected:
            corner = option.rect.topLeft()  # pyright: ignore[reportAttributeAccessIssue]
            side = theme.px(20)
            box = QRect(corner.x() + theme.px(10), corner.y() + theme.px(10), side, side)
            paint_frame(painter, box, "focus", 1, 4, "focus")
            icons.paint_icon(painter, box.adjusted(1, 1, -1, -1), "check", "on_focus")


class PhotoPick(QFrame):
    """`taken` carries the photos that were ticked, `closed` says that none are wanted."""

    taken = Signal(object)
    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "inset")
        self._model = _Photos(self)
        thumbnails = Thumbnails(context.ledger.folder, self)
        self.list = QListView()
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Ticked(thumbnails, self.list))
        self.list.setFlow(QListView.Flow.LeftToRight)
        self.list.setWrapping(True)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.MultiSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("关联活动的照片")
        self.list.setAccessibleDescription("方向键移动，空格勾选")
        thumbnails.ready.connect(self.list.viewport().update)
        self.take_button = button("取用", small=True)
        self.close_link = link("不用这些照片")
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_count())
        self.take_button.clicked.connect(self._take)
        self.close_link.clicked.connect(self.closed)
        head = row(TextLabel("从关联活动的照片里选，原来的照片不受影响", "note"), None)
        foot = row(self.take_button, self.close_link, None)
        column(head, self.list, foot, margins=(12, 8), spacing=6, parent=self)
        theme.changed.connect(self._fit)

    def show_photos(self, photos: Sequence[Attachment]) -> None:
        """Offer these."""
        self._model.show(photos)
        self._fit()
        self._show_count()
        if photos:
            self.list.selectionModel().setCurrentIndex(
                self._model.index(0), self.list.selectionModel().SelectionFlag.NoUpdate
            )

    def stops(self) -> list[QWidget]:
        """What can have the keyboard, in order."""
        return [self.list, self.take_button, self.close_link]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _take(self) -> None:
        lines = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        self.taken.emit([self._model.photos[line] for line in lines])

    def _show_count(self) -> None:
        count = len(self.list.selectionModel().selectedIndexes())
        self.take_button.setText(f"取用 {count} 张" if count else "取用")
        self.take_button.setEnabled(count > 0)

    def _fit(self) -> None:
        cell: QSize = cell_size()
        across = max(1, (self.width() - theme.px(40)) // max(1, cell.width()))
        lines = min(LINES, -(-len(self._model.photos) // across))
        self.list.setFixedHeight(lines * cell.height() + 4)
