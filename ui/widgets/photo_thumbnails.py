"""Small pictures of photos: decoded in a worker when somebody looks at them, the last few hundred kept."""

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from models import file_store
from models.attachment import Attachment
from ui import workers

KEPT = 240  # at 112 × 84 pixels some 9 MB
WAITING = 48  # what was scrolled past is not decoded any more
AT_ONCE = 4
MOST_PIXELS, LONGEST = 40_000_000, 6000  # Qt refuses to decode more than 256 MB

Key = tuple[str, int, int]


class Thumbnails(QObject):
    """Asks for what is missing by itself: `find` returns what there is, `ready` says when there is more."""

    ready = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._kept: OrderedDict[Key, QPixmap] = OrderedDict()
        self._waiting: OrderedDict[Key, Path] = OrderedDict()
        self._busy = False

    def find(self, photo: Attachment, size: QSize) -> QPixmap | None:
        """The picture cropped to `size` (device pixels); None while it is being made, a null one if it cannot be."""
        key = (photo.digest, size.width(), size.height())
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._waiting[key] = self._place_of(photo)
        self._waiting.move_to_end(key)
        while len(self._waiting) > WAITING:
            self._waiting.popitem(last=False)
        self._begin()
        return None

    def _place_of(self, photo: Attachment) -> Path:
        try:
            return file_store.path_of(self._folder, photo.digest, photo.suffix)
        except ValueError:  # the ledger file was written to by others; there is no such picture
            return self._folder / "missing"

    def _begin(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy = True
        work = [self._waiting.popitem() for _ in range(min(AT_ONCE, len(self._waiting)))]  # the latest asked first
        workers.start(lambda _job: [(key, load_cropped(path, _size(key))) for key, path in work], self._take, _fail)

    def _take(self, made: list[tuple[Key, QImage]]) -> None:
        self._busy = False
        for key, image in made:
            self._kept[key] = QPixmap.fromImage(image) if not image.isNull() else QPixmap()
            self._waiting.pop(key, None)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.ready.emit()
        self._begin()


def _size(key: Key) -> QSize:
    return QSize(key[1], key[2])


def load_cropped(path: Path, size: QSize) -> QImage:
    """The picture in a file, scaled and cropped to fill `size`; a null image when there is none. Any thread."""
    if not path.is_file():
        return QImage()
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    covering = reader.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    reader.setScaledSize(covering)
    left, top = (covering.width() - size.width()) // 2, (covering.height() - size.height()) // 2
    reader.setScaledClipRect(QRect(left, top, size.width(), size.height()))
    return reader.read()


def load_whole(path: Path) -> QImage:
    """The picture in a file in its own size, huge ones smaller; a null image when there is none. Any thread."""
    if not path.is_file():
        return QImage()
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() * size.height() > MOST_PIXELS:
        reader.setScaledSize(size.scaled(LONGEST, LONGEST, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _fail(error: Exception) -> None:
    raise error
