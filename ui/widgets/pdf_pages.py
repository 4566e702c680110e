"""A PDF in memory and the pictures of its pages."""

from PySide6.QtCore import QBuffer, QByteArray, QObject, QSizeF, Signal
from PySide6.QtPdf import QPdfDocument

from ui.widgets.pdf_pictures import PdfPictures

LIMIT = 48 << 20  # bytes for pages out of sight: about 12 of them at 100 %


class PdfPages(PdfPictures):
    """The document that is shown, its sizes and its pictures. `document_changed` comes before the old one goes."""

    document_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(LIMIT, parent)
        self.document: QPdfDocument | None = None
        self._sizes: list[QSizeF] = []

    def load(self, data: bytes) -> None:
        """Take another document."""
        document = QPdfDocument(self)
        buffer = QBuffer(document)
        buffer.setData(QByteArray(data))
        buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        document.load(buffer)  # from memory: done when this returns
        self._replace(document, [document.pagePointSize(number) for number in range(document.pageCount())])

    def clear(self) -> None:
        """Have no document."""
        self._replace(None, [])

    def others(self, limit: int) -> PdfPictures:
        """Pictures of the same document in another size, always of the document shown."""
        made = PdfPictures(limit, self._renderers)
        made.use(self.document)
        self.document_changed.connect(lambda: made.use(self.document))
        return made

    def sizes(self) -> list[QSizeF]:
        """Sizes of the pages, in points."""
        return self._sizes

    def _replace(self, document: QPdfDocument | None, sizes: list[QSizeF]) -> None:
        old, self.document, self._sizes = self.document, document, sizes
        self.use(document)
        self.document_changed.emit()
        if old is not None:
            old.deleteLater()  # not closed at once: renderers that are about to go may still look at it
