"""PDFs sent to a printer as one job, a page per turn of the event loop, so that the window stays alive."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class PrintJob(QObject):
    """The pages of `files` one after the other; of all of them those that the printer's range names. With `turning`
    each lies on its A4 paper as it was made, else the printer's paper is taken as it is set.

    `progressed` (page, pages) before each page, `finished` with whether all pages were sent. One job: what prints into
    a file keeps every page.
    """

    progressed = Signal(int, int)
    finished = Signal(bool)

    def __init__(
        self, files: Sequence[bytes], printer: "QPrinter", parent: QObject | None = None, *, turning: bool = False
    ) -> None:
        super().__init__(parent)
        self._printer, self._painter, self._turning = printer, QPainter(), turning
        documents = [self._opened(data) for data in files]
        every = [(document, page) for document in documents for page in range(document.pageCount())]
        chosen = every[max(printer.fromPage(), 1) - 1 : printer.toPage() or None]
        # A printer that cannot make copies itself is sent the pages as often as they are wanted.
        self._pages = chosen * (1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1))
        self._total = len(self._pages)
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._print_next)

    def start(self) -> None:
        """Begin; `finished(False)` when the printer refuses."""
        if self._pages and self._turning:
            paper = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), self._way_of_next(), QMarginsF(0, 0, 0, 0))
            self._printer.setPageLayout(paper)
            self._printer.setFullPage(True)
        if not self._pages or not self._painter.begin(self._printer):
            self.finished.emit(False)
            return
        self._turn.start()

    def stop(self) -> None:
        """Give up; what the printer has already is printed."""
        if self._painter.isActive():
            self._turn.stop()
            self._printer.abort()
            self._painter.end()
            self.finished.emit(False)

    def _print_next(self) -> None:
        sent = self._total - len(self._pages)
        self.progressed.emit(sent + 1, self._total)
        if sent and self._turning:
            self._printer.setPageOrientation(self._way_of_next())
        if sent and not self._printer.newPage():
            self.stop()
            return
        self._draw(*self._pages.pop(0))
        if self._pages:
            self._turn.start()
        else:
            self.finished.emit(self._painter.end())

    def _way_of_next(self) -> QPageLayout.Orientation:
        document, page = self._pages[0]
        size = document.pagePointSize(page)
        across = size.width() > size.height()
        return QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait

    def _draw(self, document: QPdfDocument, page: int) -> None:
        """The page as large as the paper allows: true to size on the paper it was made for."""
        paper = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        points = document.pagePointSize(page)
        shape = QSize(round(points.width()), round(points.height()))
        size = shape.scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        white = QColor(Qt.GlobalColor.white)
        image = document.render(page, size, format=QImage.Format.Format_RGB32, fillColor=white)
        self._painter.drawImage(QRect(paper.topLeft(), size), image)

    def _opened(self, data: bytes) -> QPdfDocument:
        buffer = QBuffer(self)
        buffer.setData(QByteArray(data))
        buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        document = QPdfDocument(self)
        document.load(buffer)
        return document
