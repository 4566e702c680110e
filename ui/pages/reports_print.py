"""Printing a form: a printer set to its paper, then a page per turn of the event loop."""

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from models.preferences import MOST_COPIES, PrintSetup
from models.report import Report

DPI = 300
DUPLEX = {
    "none": QPrinter.DuplexMode.DuplexNone,
    "auto": QPrinter.DuplexMode.DuplexAuto,
    "long": QPrinter.DuplexMode.DuplexLongSide,
    "short": QPrinter.DuplexMode.DuplexShortSide,
}


def printer_for(report: Report, setup: PrintSetup | None = None) -> QPrinter:
    """A printer set to the form's paper: A4, upright or across, the whole sheet (the form has its own margins).

    `setup` is how the form was printed last; a printer that is not there any more leaves the system's own.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if setup:
        _apply(setup, printer)
    printer.setResolution(DPI)
    across = report.orientation == "landscape"
    orientation = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), orientation, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)
    printer.setDocName(f"{report.code} {report.title}")
    return printer


def setup_of(printer: QPrinter) -> PrintSetup:
    """What is worth remembering of how a printer was set in its dialog."""
    duplex = next((word for word, mode in DUPLEX.items() if mode == printer.duplex()), "none")
    copies = min(max(printer.copyCount(), 1), MOST_COPIES)
    return PrintSetup(printer.printerName(), duplex, copies, printer.colorMode() == QPrinter.ColorMode.Color)


def _apply(setup: PrintSetup, printer: QPrinter) -> None:
    if setup.printer and setup.printer in QPrinterInfo.availablePrinterNames():
        printer.setPrinterName(setup.printer)
    printer.setDuplex(DUPLEX[setup.duplex])
    printer.setCopyCount(setup.copies)
    printer.setColorMode(QPrinter.ColorMode.Color if setup.colour else QPrinter.ColorMode.GrayScale)


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
        # A printer that cannot make copies itself is sent the pages as often as they are wanted.
        copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
        self._pages = list(range(first - 1, last)) * max(copies, 1)
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
