"""The list of photos: arrow keys, selection, dragging to another place, dropping files and pasting on it."""

from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from ui import theme
from ui.widgets.photo_delegate import PhotoDelegate, cell_size
from ui.widgets.photo_model import PhotoModel
from ui.widgets.photo_sources import has_sources
from ui.widgets.photo_thumbnails import Thumbnails

ROWS_MIME = "application/x-xuanjiao-photos"
MOST_LINES, MOST_HEIGHT = 3, 420  # more than that scroll inside; pixels at any text scale, as screens do not grow
KEYS = "方向键选择，Enter 放大看，F2 写说明，Delete 移除，Ctrl 加方向键调整顺序，Ctrl+V 粘贴"
EDGE = 24  # dragging this near to an edge scrolls

_Select = QItemSelectionModel.SelectionFlag


class PhotoGrid(QListView):
    """Photos from left to right. It changes nothing by itself: each wish is a signal with rows of its model."""

    opened = Signal(int)
    caption_wanted = Signal(int)
    remove_wanted = Signal(list)
    move_wanted = Signal(list, int)  # rows, and the row before which they go
    add_wanted = Signal()
    paste_wanted = Signal()
    dropped = Signal(object)  # QMimeData

    def __init__(self, model: PhotoModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails
        self._mark = -1  # before which photo a dragged one would go
        self._over = False  # files are held over it
        self.setModel(model)
        self.setItemDelegate(PhotoDelegate(thumbnails, self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("照片")
        self.setAccessibleDescription(KEYS)
        self.setStyleSheet("QListView { background: transparent }")  # it lies on a card or on the page itself
        self.doubleClicked.connect(self._double_clicked)
        self.clicked.connect(lambda index: self._clicked(index.row()))
        thumbnails.ready.connect(self.viewport().update)
        theme.changed.connect(self._measure)
        model.modelReset.connect(self._fit)
        self._measure()

    def selected_rows(self) -> list[int]:
        """The rows of the selected photos, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def select(self, row: int) -> None:
        """Make one photo (or the tile) the current and only selected one, and bring it into sight."""
        index = self._model.index(row)
        self.selectionModel().setCurrentIndex(index, _Select.ClearAndSelect)
        self.scrollTo(index)

    def columns(self) -> int:
        """How many photos stand beside each other."""
        return max(1, self._room() // cell_size().width())

    def _room(self) -> int:
        return self.viewport().width() - 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._select_range(0, len(self._model.photos) - 1)
        elif (steps := self._steps(key)) is not None:
            if control:
                self._move_selected(steps)
            else:
                self._go(row, steps, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif (key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control) or key == Qt.Key.Key_Space:
            self._open(row)
        elif key == Qt.Key.Key_F2 and self._model.photo(row):
            self.caption_wanted.emit(row)
        elif key == Qt.Key.Key_Delete and self.selected_rows():
            self.remove_wanted.emit(self.selected_rows())
        else:
            event.ignore()  # Tab, Esc, shortcuts of the page; letters search nothing here

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.select(0)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).isValid():
            super().mousePressEvent(event)
        else:
            self.setFocus(Qt.FocusReason.MouseFocusReason)  # the selection stays, and with it the caption box

    def startDrag(self, _supported: Qt.DropAction) -> None:
        rows = self.selected_rows()
        if not rows:
            return
        drag = QDrag(self)
        data = QMimeData()
        data.setData(ROWS_MIME, " ".join(map(str, rows)).encode())
        drag.setMimeData(data)
        cell = self.visualRect(self._model.index(rows[0]))
        drag.setPixmap(self.viewport().grab(cell))
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._hold(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._hold(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_target(-1, False)

    def dropEvent(self, event: QDropEvent) -> None:
        rows = self._dragged_rows(event)
        target = self._place_at(event.position().toPoint())
        self._show_target(-1, False)
        if rows:
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
            self.move_wanted.emit(rows, target)
        elif has_sources(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.dropped.emit(event.mimeData())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self._over:
            painter.setPen(QPen(theme.color("info"), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(self.viewport().rect().adjusted(2, 2, -3, -3), 4, 4)
        if self._mark >= 0:
            painter.fillRect(self._mark_rect(), theme.color("focus"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_model"):
            self._measure()

    def minimumSizeHint(self) -> QSize:
        return QSize(cell_size().width() + theme.px(16), cell_size().height())

    def _measure(self) -> None:
        self.setGridSize(cell_size())
        self.verticalScrollBar().setSingleStep(cell_size().height() // 2)
        self._fit()

    def _fit(self) -> None:
        """As high as its lines, so that a page scrolls as one; a great many scroll in here."""
        columns = max(1, (self.width() - 1) // cell_size().width())
        lines = -(-(len(self._model.photos) + 1) // columns)
        most = min(MOST_LINES, max(1, MOST_HEIGHT // cell_size().height()))
        wanted = min(lines, most) * cell_size().height() + 2
        always = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if lines > most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() != always:
            self.setVerticalScrollBarPolicy(always)
        if self.minimumHeight() != wanted or self.maximumHeight() != wanted:
            self.setFixedHeight(wanted)

    def _steps(self, key: int) -> int | None:
        """How far a key goes, in photos; None for a key that goes nowhere."""
        page = self.columns() * max(1, self.viewport().height() // cell_size().height())
        count = self._model.rowCount()
        return {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self.columns(),
            Qt.Key.Key_Down: self.columns(),
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -count,
            Qt.Key.Key_End: count,
        }.get(cast("Qt.Key", key))

    def _go(self, row: int, steps: int, *, extend: bool) -> None:
        last = self._model.rowCount() - 1
        target = min(max(row + steps, 0), last)
        if not extend:
            self.select(target)
            return
        chosen = self.selected_rows() or [row]
        anchor = chosen[-1] if row == chosen[0] and len(chosen) > 1 else chosen[0]
        self._select_range(anchor, min(target, len(self._model.photos) - 1))

    def _select_range(self, anchor: int, end: int) -> None:
        if end < 0:
            return
        low, high = sorted((anchor, end))
        self.selectionModel().setCurrentIndex(self._model.index(end), _Select.NoUpdate)
        span = QItemSelection(self._model.index(low), self._model.index(high))
        self.selectionModel().select(span, _Select.ClearAndSelect)
        self.scrollTo(self._model.index(end))

    def _move_selected(self, steps: int) -> None:
        rows = self.selected_rows()
        if not rows:
            return
        first = min(max(rows[0] + steps, 0), len(self._model.photos) - len(rows))
        target = first if steps < 0 else first + len(rows)
        self.move_wanted.emit(rows, target)

    def _open(self, row: int) -> None:
        if self._model.photo(row):
            self.opened.emit(row)
        elif row >= 0:
            self.add_wanted.emit()

    def _double_clicked(self, index: QModelIndex) -> None:
        if self._model.photo(index.row()):  # the tile acts on the first click
            self.opened.emit(index.row())

    def _clicked(self, row: int) -> None:
        if row >= 0 and self._model.photo(row) is None:
            self.add_wanted.emit()

    def _hold(self, event: QDragMoveEvent) -> None:
        """Something is held over the list: say whether it may be dropped, and where it would go."""
        rows, place = self._dragged_rows(event), event.position().toPoint()
        if rows:
            self._show_target(self._place_at(place), False)
            event.setDropAction(Qt.DropAction.MoveAction)
            event.accept()
        elif has_sources(event.mimeData()):
            self._show_target(-1, True)
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()
            return
        bar = self.verticalScrollBar()
        if place.y() < EDGE:
            bar.setValue(bar.value() - EDGE)
        elif place.y() > self.viewport().height() - EDGE:
            bar.setValue(bar.value() + EDGE)

    def _dragged_rows(self, event: QDropEvent) -> list[int]:
        """The photos of this list that are being dragged; those of another strip are none of its own."""
        source = event.source()
        if source is not None and source is not self:
            return []
        return [int(row) for row in bytes(event.mimeData().data(ROWS_MIME).data()).split()]

    def _place_at(self, point: QPoint) -> int:
        index = self.indexAt(point)
        if not index.isValid():
            return len(self._model.photos)
        after = point.x() > self.visualRect(index).center().x()
        return min(index.row() + int(after), len(self._model.photos))

    def _mark_rect(self) -> QRect:
        cell = self.visualRect(self._model.index(self._mark))
        return QRect(max(0, cell.x() - 1), cell.y() + 4, 3, cell_size().height() - 8)

    def _show_target(self, mark: int, over: bool) -> None:
        if (mark, over) != (self._mark, self._over):
            self._mark, self._over = mark, over
            self.viewport().update()
