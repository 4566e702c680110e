"""One photo as large as the window: ← → to the next, Esc back. It lies over the page and is no dialog."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from models import file_store
from models.attachment import Attachment
from ui import theme, workers
from ui.widgets.base import announce, tab_stops
from ui.widgets.buttons import button, icon_button
from ui.widgets.frames import Bar, Ground
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import column, row
from ui.widgets.photo_delegate import LOST
from ui.widgets.photo_model import NO_CAPTION
from ui.widgets.photo_thumbnails import load_whole


class PhotoCanvas(QWidget):
    """Paints one picture: fitted into its place, or pixel by pixel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = QPixmap()
        self.words = ""
        self.fits = True

    def set_picture(self, picture: QPixmap, words: str = "") -> None:
        self.picture, self.words = picture, words
        self.updateGeometry()
        self.update()

    def natural_size(self) -> QSize:
        """The picture's size when each of its pixels is one of the screen."""
        return (self.picture.size().toSizeF() / self.devicePixelRatioF()).toSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.picture.isNull():
            painter.setPen(theme.color("hint"))
            painter.setFont(theme.font())
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.words)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self.natural_size()
        if self.fits and not (size.width() <= self.width() and size.height() <= self.height()):
            size.scale(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QPoint((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)
        painter.drawPixmap(QRect(place, size), self.picture)


class PhotoView(Ground):
    """Covers `window` until Esc; `closed` then carries the row that was shown last."""

    closed = Signal(int)

    def __init__(self, window: QWidget, folder: Path, photos: Sequence[Attachment], current: int) -> None:
        super().__init__("canvas", window)
        self._page, self._left = window, False
        self._folder, self._photos, self._row = folder, list(photos), current
        self._drag_from: QPoint | None = None
        self._job: workers.Job | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.which = TextLabel("", "strong", parent=self)
        self.size_button = button("原始大小", "zoom-in", "flat", "1", parent=self)
        self.close_button = button("返回", "close", "flat", "Esc", parent=self)
        self.before_button = icon_button("arrow-left-s", "上一张", shortcut_text="←", parent=self)
        self.after_button = icon_button("arrow-right-s", "下一张", shortcut_text="→", parent=self)
        self.caption = WrapLabel("", parent=self)
        self._canvas = PhotoCanvas()
        self._area = QScrollArea(self)
        self._build()
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus()
        self._show_current()

    @property
    def current(self) -> int:
        """The photo being looked at."""
        return self._row

    def picture_size(self) -> QSize:
        """The pixels of the picture shown; nothing while it is being read."""
        return self._canvas.picture.size()

    def _build(self) -> None:
        header, footer = Bar("header", self), Bar("tools", self)
        column(
            row(self.which, None, self.before_button, self.after_button, self.size_button, self.close_button),
            margins=(16, 0),
            parent=header,
        )
        column(row(self.caption), margins=(24, 10), parent=footer)
        footer.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._area.setWidget(self._canvas)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._canvas.setAutoFillBackground(False)
        column(header, self._area, footer, spacing=0, parent=self).setStretch(1, 1)
        self.close_button.clicked.connect(self.leave)
        self.before_button.clicked.connect(lambda: self.go(-1))
        self.after_button.clicked.connect(lambda: self.go(1))
        self.size_button.clicked.connect(self.toggle_size)
        self._area.viewport().installEventFilter(self)

    def go(self, steps: int) -> None:
        """To another photo; the ends are ends."""
        target = min(max(self._row + steps, 0), len(self._photos) - 1)
        if target != self._row:
            self._row = target
            self._show_current()

    def toggle_size(self) -> None:
        """Between “fits the window” and pixel by pixel."""
        self._set_fits(not self._canvas.fits)

    def leave(self) -> None:
        """Back to the page."""
        if self._job:
            self._job.cancel()
        self._left = True
        self._page.removeEventFilter(self)
        self.closed.emit(self._row)  # whoever listens takes the keyboard back, before this goes
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bar = event.key(), self._area.verticalScrollBar()
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.leave()
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            self.go(1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace):
            self.go(-1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go(len(self._photos) * (1 if key == Qt.Key.Key_End else -1))
        elif key in (Qt.Key.Key_1, Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._set_fits(False)
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Minus):
            self._set_fits(True)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            bar.setValue(bar.value() + theme.px(60) * (1 if key == Qt.Key.Key_Down else -1))
        # Nothing goes on to the page beneath: it is not what one looks at.

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside: the page beneath cannot be seen. Qt asks too when this is being hidden."""
        if self._left or self.isHidden():
            return super().focusNextPrevChild(forward)
        stops = [stop for stop in tab_stops(self) if stop is not self and stop.isVisible() and stop.isEnabled()]
        now = self.focusWidget()
        place = stops.index(now) if now in stops else (-1 if forward else len(stops))
        stops[(place + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._page.rect())
            self._resize_canvas()
        elif watched is self._area.viewport():
            if event.type() == QEvent.Type.Wheel and self._canvas.fits:
                assert isinstance(event, QWheelEvent)
                self.go(-1 if event.angleDelta().y() > 0 else 1)
                return True
            if isinstance(event, QMouseEvent):
                self._pan(event)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()

    def _pan(self, event: QMouseEvent) -> None:
        """Hold the picture and pull it, when it is larger than the window."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self._drag_from = event.globalPosition().toPoint()
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._drag_from = None
        elif event.type() == QEvent.Type.MouseMove and self._drag_from is not None:
            now = event.globalPosition().toPoint()
            across, down = self._area.horizontalScrollBar(), self._area.verticalScrollBar()
            across.setValue(across.value() - now.x() + self._drag_from.x())
            down.setValue(down.value() - now.y() + self._drag_from.y())
            self._drag_from = now

    def _show_current(self) -> None:
        photo = self._photos[self._row]
        self.which.setText(f"第 {self._row + 1} 张，共 {len(self._photos)} 张")
        by = f"　摄影：{photo.photographer}" if photo.photographer else ""
        consent = "　已征得同意" if photo.consent else ""
        self.caption.setText(f"{photo.caption or NO_CAPTION}{by}{consent}")
        self.caption.set_tone("" if photo.caption else "warn")
        self.before_button.setEnabled(self._row > 0)
        self.after_button.setEnabled(self._row < len(self._photos) - 1)
        announce(self, f"{self.which.text()}，{self.caption.text()}")
        self._read(photo)

    def _read(self, photo: Attachment) -> None:
        if self._job:
            self._job.cancel()
        folder = self._folder
        self._job = workers.start(lambda _job: read_photo(folder, photo), self._take, _fail)

    def _take(self, image: QImage) -> None:
        self._canvas.set_picture(QPixmap.fromImage(image), LOST if image.isNull() else "")
        self.size_button.setEnabled(not image.isNull())
        self._resize_canvas()

    def _set_fits(self, fits: bool) -> None:
        self._canvas.fits = fits
        self.size_button.setText("原始大小" if fits else "适合窗口")
        self.size_button.set_icon("zoom-in" if fits else "zoom-out")
        self._resize_canvas()

    def _resize_canvas(self) -> None:
        self._canvas.setMinimumSize(QSize(0, 0) if self._canvas.fits else self._canvas.natural_size())
        self._canvas.update()


def read_photo(folder: Path, photo: Attachment) -> QImage:
    """The full-size copy if there is one, else the slimmed one; null when the file is gone. Any thread."""
    for digest in (photo.full_digest, photo.digest):
        if file_store.is_kept(folder, digest, photo.suffix):
            return load_whole(file_store.path_of(folder, digest, photo.suffix))
    return QImage()


def _fail(error: Exception) -> None:
    raise error
