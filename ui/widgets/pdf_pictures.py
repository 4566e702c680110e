"""Pictures of the pages of a PDF, made by QtPdf in a thread of its own; those out of sight are kept up to a limit."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer

LARGEST = 4500  # pixels of a side: beyond that a picture is stretched, not rendered
AT_ONCE = 2  # pages under way: what scrolls by faster than it is rendered is never begun


@dataclass(frozen=True, slots=True)
class _Picture:
    generation: int
    image: QImage


class PdfPictures(QObject):
    """Pictures of one document at a time; those of the one before stay until there are new ones: nothing flickers.

    `limit` is in bytes, for the pages out of sight.
    """

    ready = Signal()

    def __init__(self, limit: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit = limit
        self._renderers = QObject(self)  # made before any document, so that they end first
        self._generation = 0  # counts documents
        self._renderer: QPdfPageRenderer | None = None
        self._pictures: dict[int, _Picture] = {}  # by page, the one asked for last at the end
        self._under_way: set[int] = set()

    def use(self, document: QPdfDocument | None) -> None:
        """Render this document from now on; what is still being rendered of the one before is dropped."""
        if self._renderer is not None:
            self._renderer.deleteLater()
        # One renderer for each document: Qt's forgets to answer what it was asked while it had none.
        self._generation, self._renderer = self._generation + 1, None
        self._under_way.clear()
        if document is None:
            self._pictures.clear()
            return
        renderer = self._renderer = QPdfPageRenderer(self._renderers)
        renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        renderer.setDocument(document)
        generation = self._generation
        renderer.pageRendered.connect(
            lambda number, _size, image, _options, request: self._take(generation, number, image, request)
        )
        for number in [number for number in self._pictures if number >= document.pageCount()]:
            del self._pictures[number]

    def picture(self, number: int, size: QSize, ratio: float) -> QImage | None:
        """The page as it can be shown now; asks for a sharper picture if this one is old or of another size.

        `size` in logical pixels, `ratio` device pixels for one. `ready` is emitted when there is a new picture; ask
        again then, for what nobody asks for any more is not rendered.
        """
        wanted = QSize(round(size.width() * ratio), round(size.height() * ratio))
        if max(wanted.width(), wanted.height()) > LARGEST:
            wanted = wanted.scaled(QSize(LARGEST, LARGEST), Qt.AspectRatioMode.KeepAspectRatio)
        found = self._pictures.pop(number, None)
        if found is not None:
            self._pictures[number] = found
        if found is None or found.generation != self._generation or found.image.size() != wanted:
            self._ask(number, wanted)
        return found.image if found else None

    def is_current(self, number: int) -> bool:
        """Whether there is a picture of this page of the present document."""
        found = self._pictures.get(number)
        return found is not None and found.generation == self._generation

    def keep(self, numbers: Iterable[int]) -> None:
        """Forget the pictures of the other pages that were not asked for lately, down to the limit."""
        wanted, spent = set(numbers), 0
        for number in reversed([number for number in self._pictures if number not in wanted]):
            spent += self._pictures[number].image.sizeInBytes()
            if spent > self._limit:
                del self._pictures[number]

    def bytes(self) -> int:
        """What all pictures take now."""
        return sum(each.image.sizeInBytes() for each in self._pictures.values())

    def _ask(self, number: int, size: QSize) -> None:
        if self._renderer is not None and len(self._under_way) < AT_ONCE and not size.isEmpty():
            self._under_way.add(self._renderer.requestPage(number, size))

    def _take(self, generation: int, number: int, image: QImage, request: int) -> None:
        if generation != self._generation:
            return
        self._under_way.discard(request)
        if not image.isNull():
            self._pictures.pop(number, None)
            self._pictures[number] = _Picture(generation, image)
        self.ready.emit()
