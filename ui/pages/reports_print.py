"""Printing a form: the system's print dialog with the paper preset, then a page per turn of the event loop."""

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from models.report import Report

DPI = 300


def printer_for(report: Report) -> QPrinter:
    """A printer set to the form's paper: A4, upright or across, the whole sheet (the form has its own margins)."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    across = report.orientation == "landscape"
    orientation = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), orientation, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)
    printer.setDocName(f"{report.code} {report.title}")
    return printer


class PrintRun(QObject):
    """Sends the pages of a PDF to a printer, one per turn of the event loop, so that the window stays alive.

    `progressed` (page, pages) before each page, `finished` with whether all pages were sent.
    """

    progressed = Signal(int, int)
    finished = Signal(bool)

    def __init__(self, data: bytes, printer: QPrinter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._printer, self._painter = printer, QPainter()
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._document = QPdfDocument(self)
        self._document.load(self._buffer)
        first = max(printer.fromPage(), 1)
        last = min(printer.toPage() or self._document.pageCount(), self._document.pageCount())
        self._first, self._pages = first, list(range(first - 1, last))
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._print_next)

    def start(self) -> None:
        """Begin; `finished(False)` when the printer refuses."""
        if not self._pages or not self._painter.begin(self._printer):
            self.finished.emit(False)
            return
        self._total = len(self._pages)
        self._turn.start()

    def stop(self) -> None:
        """Give up; what the printer has already is printed."""
        if self._painter.isActive():
            self._turn.stop()
            self._printer.abort()
            self._painter.end()
            self.finished.emit(False)

    def _print_next(self) -> None:
        done = self._total - len(self._pages)
        self.progressed.emit(done + 1, self._total)
        if done and not self._printer.newPage():
            self.stop()
            return
        self._draw(self._pages.pop(0))
        if self._pages:
            self._turn.start()
            return
        self.finished.emit(self._painter.end())

    def _draw(self, number: int) -> None:
        """The page as large as the paper allows: true to size on the paper the form was made for."""
        paper = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        points = self._document.pagePointSize(number)
        shape = QSize(round(points.width()), round(points.height()))
        size = shape.scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        image = self._document.render(
            number, size, format=QImage.Format.Format_RGB32, fillColor=QColor(Qt.GlobalColor.white)
        )
        self._painter.drawImage(QRect(paper.topLeft(), size), image)
