"""The photos of a record in the pane beside the list: small, to be looked at; the form is where they are changed."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.attachment import Attachment
from ui import icons, theme
from ui.widgets.photo_thumbnails import Thumbnails

SHOWN = 4  # in one line
GAP, RADIUS = 8, 4


class PhotoLine(QWidget):
    """Up to four photos, 4:3, cropped to fill; “+3” over the last one when there are more."""

    def __init__(self, photos: Sequence[Attachment], thumbnails: Thumbnails) -> None:
        super().__init__()
        self._photos, self._thumbnails = list(photos), thumbnails
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = "、".join(photo.caption or "缺说明" for photo in self._photos[:SHOWN])
        self.setAccessibleName(f"照片 {len(self._photos)} 张：{said}")
        thumbnails.ready.connect(self.update)

    def sizeHint(self) -> QSize:
        side = theme.px(72)
        return QSize(SHOWN * side + (SHOWN - 1) * theme.px(GAP), side * 3 // 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, photo in enumerate(self._photos[:SHOWN]):
            area = self._place(place)
            outline = QPainterPath()
            outline.addRoundedRect(area, RADIUS, RADIUS)
            painter.save()
            painter.setClipPath(outline)
            painter.fillRect(area, theme.color("raised"))
            picture = self._thumbnails.find(photo, area.size() * self.devicePixelRatio())
            if picture is not None and not picture.isNull():
                painter.drawPixmap(area, picture)
            else:
                icons.paint_icon(painter, area, "image", "hint")
            more = len(self._photos) - SHOWN
            if place == SHOWN - 1 and more > 0:
                self._paint_more(painter, area, more)
            painter.restore()

    def _paint_more(self, painter: QPainter, area: QRect, more: int) -> None:
        painter.fillRect(area, theme.color("toast_ground"))
        painter.setPen(theme.color("toast"))
        painter.setFont(theme.font(14, bold=True))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), f"+{more + 1}")

    def _place(self, place: int) -> QRect:
        gap = theme.px(GAP)
        wide = (self.width() - (SHOWN - 1) * gap) // SHOWN
        return QRect(place * (wide + gap), 0, wide, min(self.height(), wide * 3 // 4))
