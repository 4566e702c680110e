"""Small pictures of all pages beside a preview; only those in sight are made."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme
from ui.widgets.base import keyboard_on, paint_frame
from ui.widgets.pdf_pages import PdfPages

LIMIT = 8 << 20  # bytes of small pictures out of sight
AROUND = 12  # pixels at 100 % beside a picture
NUMBER = 24  # pixels at 100 % for the number below it
FINE = 2  # rendered larger and shrunk, or the lines of a table would be as thick as its words
LONGEST = 1.6  # height of a picture by its width, however long the page
Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()


class ThumbnailModel(QAbstractListModel):
    """A row for each page."""

    def __init__(self, pages: PdfPages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._pages = pages
        pages.document_changed.connect(self._recount)
        self._recount()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"第 {index.row() + 1} 页"
        return None

    def _recount(self) -> None:
        """Rows come and go at the end, so that the chosen page and the place stay."""
        count = len(self._pages.sizes())
        if count > self._count:
            self.beginInsertRows(NO_INDEX, self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(NO_INDEX, count, self._count - 1)
            self._count = count
            self.endRemoveRows()


class ThumbnailDelegate(QStyledItemDelegate):
    """A page, its edge, and its number below."""

    def __init__(self, pages: PdfPages, parent: QListView) -> None:
        super().__init__(parent)
        self._pages, self._view = pages, parent
        self.pictures = pages.others(LIMIT)
        self.pictures.ready.connect(parent.viewport().update)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The same for all pages: Qt then need not ask for each of hundreds."""
        wide = max(1, self._view.viewport().width() - 2 * theme.px(AROUND))
        longest = max((size.height() / size.width() for size in self._pages.sizes()), default=1.0)
        high = round(wide * min(longest, LONGEST))
        return QSize(self._view.viewport().width(), high + theme.px(NUMBER) + theme.px(AROUND))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(area, theme.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("hover"))
        frame = self._frame(area, index.row())
        painter.fillRect(frame, theme.color("paper"))
        picture = self.pictures.picture(index.row(), frame.size(), FINE * self._view.devicePixelRatioF())
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(frame, picture)
        painter.setPen(theme.color("focus" if chosen else "edge"))
        painter.drawRect(frame.adjusted(-1, -1, 0, 0))
        painter.setPen(theme.color("text" if chosen else "text2"))
        painter.setFont(theme.font(13, chosen))
        below = QRect(area.left(), frame.bottom(), area.width(), area.bottom() - frame.bottom())
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), str(index.row() + 1))
        if chosen and keyboard_on(self._view):
            paint_frame(painter, area, "focus", radius=0)

    def _frame(self, area: QRect, number: int) -> QRect:
        """Where the page is painted: as large as fits, in the middle."""
        page = self._pages.sizes()[number]
        around, below = theme.px(AROUND), theme.px(NUMBER)
        room = area.adjusted(around, around, -around, -below)
        size = page.scaled(room.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio).toSize()
        frame = QRect(room.topLeft(), size)
        frame.moveCenter(room.center())
        return frame


class Thumbnails(QListView):
    """Choosing a page, with the keyboard or a click, asks for it with `page_wanted` (from 1)."""

    page_wanted = Signal(int)

    def __init__(self, pages: PdfPages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = False
        self.setAccessibleName("页面缩略图")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else widths would depend on it
        self.setMouseTracking(True)
        self.setModel(ThumbnailModel(pages, self))
        self._delegate = ThumbnailDelegate(pages, self)
        self.setItemDelegate(self._delegate)
        self.pictures = self._delegate.pictures
        pages.document_changed.connect(self._measure)
        pages.sizes_changed.connect(self._measure)
        theme.changed.connect(self._measure)
        self._measure()

    def show_page(self, number: int) -> None:
        """Mark a page (from 1) as the one that is looked at, without asking for it."""
        index = self.model().index(number - 1, 0)
        if index.isValid() and index.row() != self.currentIndex().row():
            self._told = True
            self.setCurrentIndex(index)
            self._told = False

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._told:
            self.page_wanted.emit(current.row() + 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the page that is current already leads to its top again."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.page_wanted.emit(index.row() + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        seen = self.viewport().rect()
        first, last = self.indexAt(seen.topLeft()), self.indexAt(seen.bottomLeft())
        end = last.row() + 1 if last.isValid() else self.model().rowCount()
        self.pictures.keep(range(max(0, first.row()), end))

    def _measure(self) -> None:
        """Lay out anew when the pages, the width or the text size have changed."""
        self.verticalScrollBar().setSingleStep(theme.px(36))
        self.doItemsLayout()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
