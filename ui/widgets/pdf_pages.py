"""Pictures of the pages of a PDF, made by QtPdf in a thread of its own and kept as long as they are in sight."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QObject, QSize, QSizeF, Signal
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer

LARGEST = 6000  # pixels of a side: beyond that a picture is stretched, not rendered


@dataclass(frozen=True, slots=True)
class _Picture:
    generation: int
    image: QImage


class PdfPages(QObject):
    """One document at a time. Pictures of the one before stay until there are new ones, so nothing flickers."""

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.pageRendered.connect(self._take)
        self._document: QPdfDocument | None = None
        self._sizes: list[QSizeF] = []
        self._pictures: dict[int, _Picture] = {}
        self._asked: dict[int, int] = {}  # request id → generation it was asked in
        self._generation = 0

    def load(self, data: bytes) -> None:
        """Take another document; what is still being rendered of the old one is dropped."""
        document = QPdfDocument(self)
        buffer = QBuffer(document)
        buffer.setData(QByteArray(data))
        buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        document.load(buffer)  # from memory: done when this returns
        self._replace(document)
        self._sizes = [document.pagePointSize(number) for number in range(document.pageCount())]
        self.keep(range(len(self._sizes)))

    def clear(self) -> None:
        """Have no document."""
        self._replace(None)
        self._sizes, self._pictures = [], {}

    def sizes(self) -> list[QSizeF]:
        """Sizes of the pages, in points."""
        return self._sizes

    def picture(self, number: int, size: QSize, ratio: float) -> QImage | None:
        """The page as it can be shown now; asks for a sharper picture if this one is old or of another size.

        `size` in logical pixels, `ratio` device pixels for one. `ready` is emitted when there is a new picture.
        """
        wanted = QSize(round(size.width() * ratio), round(size.height() * ratio)).boundedTo(QSize(LARGEST, LARGEST))
        found = self._pictures.get(number)
        if found is None or found.generation != self._generation or found.image.size() != wanted:
            self._ask(number, wanted)
        return found.image if found else None

    def is_current(self, number: int) -> bool:
        """Whether there is a picture of this page of the present document."""
        found = self._pictures.get(number)
        return found is not None and found.generation == self._generation

    def keep(self, numbers: Iterable[int]) -> None:
        """Forget the pictures of all other pages."""
        wanted = set(numbers)
        for number in [number for number in self._pictures if number not in wanted]:
            del self._pictures[number]

    def _replace(self, document: QPdfDocument | None) -> None:
        old, self._document = self._document, document
        self._generation += 1
        self._renderer.setDocument(document)  # pyright: ignore[reportArgumentType] - None is how to have no document
        if old is not None:
            old.close()
            old.deleteLater()

    def _ask(self, number: int, size: QSize) -> None:
        # Qt answers the id of a request that is still under way for the same page and size. It may be one for the
        # document before; it then keeps its old generation, its result is dropped, and painting asks once more.
        self._asked.setdefault(self._renderer.requestPage(number, size), self._generation)

    def _take(self, number: int, _size: QSize, image: QImage, _options: object, request: int) -> None:
        generation = self._asked.pop(request, -1)
        if generation == self._generation and not image.isNull():
            self._pictures[number] = _Picture(generation, image)
        self.ready.emit()
