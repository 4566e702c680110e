"""The first page of a PDF as a picture on the desk, with the name of the file under it."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import fonts, theme
from ui.widgets.base import keyboard_on, paint_frame, plain_tip
from ui.widgets.pdf_pages import PdfPages

SIDE, FINE = 210, 2  # the longer side of a page at 100 %; rendered finer and shrunk
AROUND = 8


class FirstPage(QAbstractButton):
    """Is clicked to look at the whole file. `shown` is emitted once the picture is there."""

    shown = Signal()

    def __init__(self, name: str, extent: str, data: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fonts.ensure_glyphs(name)
        self.name, self.extent = name, extent
        self._pages = PdfPages(self)
        self._pages.load(data)
        self._pages.ready.connect(self._take)
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(f"{name}，{extent}，按 Enter 打开看")
        self.setToolTip(plain_tip(f"{name}　{extent}"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def is_painted(self) -> bool:
        """Whether the picture of the page is there."""
        return self._pages.is_current(0)

    def page_count(self) -> int:
        """How many pages the file has."""
        return len(self._pages.sizes())

    def sizeHint(self) -> QSize:
        """A square for the page, upright or across, and two lines of words."""
        side = theme.px(SIDE) + 2 * theme.px(AROUND)
        return QSize(side, side + 2 * self._line())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens as a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """The text size may have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Desk, page, words."""
        painter = QPainter(self)
        desk = QRect(0, 0, self.width(), self.height() - 2 * self._line())
        painter.fillRect(desk, theme.color("canvas"))
        page = self._page_rect(desk)
        painter.fillRect(page, theme.color("paper"))
        picture = self._pages.picture(0, page.size(), FINE * self.devicePixelRatioF()) if not page.isEmpty() else None
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(page, picture)
        painter.setPen(theme.color("edge"))
        painter.drawRect(page.adjusted(-1, -1, 0, 0))
        words = QRect(0, desk.bottom() + 1, self.width(), self._line())
        for text, tone in ((self.name, "text"), (self.extent, "hint")):
            painter.setFont(theme.font(13))
            painter.setPen(theme.color(tone))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, words.width() - 4)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), shown)
            words.translate(0, self._line())
        if keyboard_on(self):
            paint_frame(painter, self.rect(), "focus")

    def _page_rect(self, desk: QRect) -> QRect:
        sizes = self._pages.sizes()
        around = theme.px(AROUND)
        room = desk.adjusted(around, around, -around, -around)
        if not sizes:
            return QRect()
        frame = QRect(
            room.topLeft(), sizes[0].scaled(room.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio).toSize()
        )
        frame.moveCenter(room.center())
        return frame

    def _line(self) -> int:
        return theme.height(22)

    def _take(self) -> None:
        self.update()
        self.shown.emit()
