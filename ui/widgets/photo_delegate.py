"""How one photo looks in the strip: cropped to 4:3, its caption beneath; and the dashed tile for adding."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from models.attachment import Attachment
from ui import icons, theme
from ui.widgets.base import paint_frame
from ui.widgets.photo_model import NO_CAPTION, PHOTO_ROLE, TILE
from ui.widgets.photo_thumbnails import Thumbnails

WIDTH, HEIGHT, AIR, TEXT = 112, 84, 6, 13  # of the picture and around it, pixels at 100 % text
RADIUS = 4
LOST = "照片文件不在了"

AnyIndex = QModelIndex | QPersistentModelIndex


def cell_size() -> QSize:
    """A picture, its caption, and the air around them."""
    line = QFontMetrics(theme.font(TEXT)).height()
    return QSize(theme.px(WIDTH + 2 * AIR), theme.px(HEIGHT + 2 * AIR + 4) + line)


class PhotoDelegate(QStyledItemDelegate):
    """Paints what is on screen and nothing else: a thousand photos cost no more than the twenty one sees."""

    def __init__(self, thumbnails: Thumbnails, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._thumbnails, self._view = thumbnails, view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return cell_size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        cell = QRect(option.rect.topLeft(), cell_size())  # pyright: ignore[reportAttributeAccessIssue]
        air = theme.px(AIR)
        picture = QRect(cell.x() + air, cell.y() + air, theme.px(WIDTH), theme.px(HEIGHT))
        photo = index.data(PHOTO_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(photo, Attachment):
            state = option.state  # pyright: ignore[reportAttributeAccessIssue]
            selected = bool(state & QStyle.StateFlag.State_Selected)
            if selected:
                paint_frame(painter, cell.adjusted(1, 1, -1, -1), "selection", 1, RADIUS, "selection")
            self._paint_picture(painter, picture, photo)
            self._paint_caption(painter, cell, picture, photo, selected)
        else:
            self._paint_tile(painter, picture)
        if self._view.hasFocus() and self._view.currentIndex() == index:
            paint_frame(painter, cell.adjusted(1, 1, -1, -1), "focus", 2, RADIUS)
        painter.restore()

    def _paint_picture(self, painter: QPainter, area: QRect, photo: Attachment) -> None:
        ratio = self._view.devicePixelRatioF()
        found = self._thumbnails.find(photo, (area.size().toSizeF() * ratio).toSize())
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(area), RADIUS, RADIUS)
        painter.fillPath(outline, theme.color("neutral_ground"))
        if found is None:
            return
        if found.isNull():
            self._paint_lost(painter, area)
            return
        painter.save()
        painter.setClipPath(outline)
        painter.drawPixmap(_centred(area, found, ratio), found)
        painter.restore()

    def _paint_lost(self, painter: QPainter, area: QRect) -> None:
        size = theme.px(24)
        icon = QRect(area.center().x() - size // 2, area.y() + theme.px(14), size, size)
        icons.paint_icon(painter, icon, "error-warning-fill", "error")
        painter.setFont(theme.font(TEXT))
        painter.setPen(theme.color("error"))
        words = area.adjusted(2, icon.bottom() - area.top(), -2, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter) | Qt.TextFlag.TextWordWrap, LOST)

    def _paint_caption(self, painter: QPainter, cell: QRect, picture: QRect, photo: Attachment, selected: bool) -> None:
        painter.setFont(theme.font(TEXT))
        painter.setPen(theme.color("text" if photo.caption and selected else "text2" if photo.caption else "warn"))
        area = QRect(picture.x(), picture.bottom() + theme.px(4), picture.width(), cell.bottom() - picture.bottom())
        text = QFontMetrics(theme.font(TEXT)).elidedText(
            " ".join((photo.caption or NO_CAPTION).split()), Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft) | Qt.TextFlag.TextSingleLine, text)

    def _paint_tile(self, painter: QPainter, area: QRect) -> None:
        painter.setPen(QPen(theme.color("edge"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setFont(theme.font(TEXT))
        painter.setPen(theme.color("hint"))
        painter.drawText(area.adjusted(4, 0, -4, 0), int(Qt.AlignmentFlag.AlignCenter) | Qt.TextFlag.TextWordWrap, TILE)


def _centred(area: QRect, pixmap: QPixmap, ratio: float) -> QRect:
    """Where a picture goes that is about as large as `area`."""
    width, height = round(pixmap.width() / ratio), round(pixmap.height() / ratio)
    return QRect(area.x() + (area.width() - width) // 2, area.y() + (area.height() - height) // 2, width, height)
