"""A PDF in memory and the pictures of its pages."""

from time import perf_counter

from PySide6.QtCore import QBuffer, QByteArray, QObject, QSizeF, QTimer, Signal
from PySide6.QtPdf import QPdfDocument

from ui.widgets.pdf_pictures import PdfPictures

LIMIT = 48 << 20  # bytes for pages out of sight: about 12 of them at 100 %
AT_FIRST = 200  # pages measured at once; QtPdf takes a second for those of a year of 表1
SLICE = 0.008  # seconds of measuring before the window has its turn again


class PdfPages(PdfPictures):
    """The document that is shown, its sizes and its pictures. `document_changed` comes before the old one goes.

    Of a long document the pages behind the first ones are taken to be as large as the last one measured, until they
    are measured too; `sizes_changed` follows when one of them is not.
    """

    document_changed = Signal()
    sizes_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(LIMIT, parent)
        self.document: QPdfDocument | None = None
        self._sizes: list[QSizeF] = []
        self._measured = 0  # pages
        self._differs = False
        self._rest = QTimer(self, interval=0)
        self._rest.timeout.connect(self._measure_on)

    def load(self, data: bytes) -> None:
        """Take another document."""
        document = QPdfDocument(self)
        buffer = QBuffer(document)
        buffer.setData(QByteArray(data))
        buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        document.load(buffer)  # from memory: done when this returns
        count = document.pageCount()
        sizes = [document.pagePointSize(number) for number in range(min(count, AT_FIRST))]
        self._replace(document, sizes + sizes[-1:] * (count - len(sizes)), len(sizes))

    def clear(self) -> None:
        """Have no document."""
        self._replace(None, [], 0)

    def others(self, limit: int) -> PdfPictures:
        """Pictures of the same document in another size, always of the document shown."""
        made = PdfPictures(limit, self._renderers)
        made.use(self.document)
        self.document_changed.connect(lambda: made.use(self.document))
        return made

    def sizes(self) -> list[QSizeF]:
        """Sizes of the pages, in points."""
        return self._sizes

    def _measure_on(self) -> None:
        """Measure a few pages more."""
        until = perf_counter() + SLICE
        while self.document and self._measured < len(self._sizes) and perf_counter() < until:
            size = self.document.pagePointSize(self._measured)
            self._differs = self._differs or size != self._sizes[self._measured]
            self._sizes[self._measured] = size
            self._measured += 1
        if self._measured == len(self._sizes):
            self._rest.stop()
            if self._differs:
                self.sizes_changed.emit()

    def _replace(self, document: QPdfDocument | None, sizes: list[QSizeF], measured: int) -> None:
        old, self.document, self._sizes = self.document, document, sizes
        self._measured, self._differs = measured, False
        if measured < len(sizes):
            self._rest.start()
        else:
            self._rest.stop()
        self.use(document)
        self.document_changed.emit()
        if old is not None:
            old.deleteLater()  # not closed at once: renderers that are about to go may still look at it
