"""打印邮寄: all pages of a package as one print job, each on paper that lies as the page does."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from exporters.submission_volumes import PackageFile

NOT_PRINTED = "没有打印完。请检查打印机是否打开、有没有纸，再打印一次。"


class PackagePrinting(QObject):
    """Prints the PDF files of a package, a page per turn of the event loop. One job: what prints into a file keeps
    every page. `progressed` (page, pages) comes before each page, `finished` tells whether all of them were sent.
    """

    progressed = Signal(int, int)
    finished = Signal(bool)

    def __init__(self, files: "Sequence[PackageFile]", printer: "QPrinter", parent: QObject) -> None:
        super().__init__(parent)
        self._printer, self._painter = printer, QPainter()
        self._documents = [self._opened(file.read()) for file in files]
        once = [(document, page) for document in self._documents for page in range(document.pageCount())]
        # a printer that cannot make copies itself is sent all of it as often as it is wanted
        self._pages = once * (1 if printer.supportsMultipleCopies() else max(printer.copyCount(), 1))
        self._total = len(self._pages)
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._print_next)

    def start(self) -> None:
        """Begin; `finished(False)` when the printer refuses."""
        if self._pages:
            self._printer.setPageLayout(
                QPageLayout(QPageSize(QPageSize.PageSizeId.A4), self._way_of_next(), QMarginsF(0, 0, 0, 0))
            )
            self._printer.setFullPage(True)
        if not self._pages or not self._painter.begin(self._printer):
            self._end(done=False)
            return
        self._turn.start()

    def stop(self) -> None:
        """Give up; what the printer has already is printed."""
        if self._painter.isActive():
            self._turn.stop()
            self._printer.abort()
            self._painter.end()
            self._end(done=False)

    def _print_next(self) -> None:
        sent = self._total - len(self._pages)
        self.progressed.emit(sent + 1, self._total)
        if sent:
            self._printer.setPageOrientation(self._way_of_next())
            if not self._printer.newPage():
                self.stop()
                return
        self._draw(*self._pages.pop(0))
        if self._pages:
            self._turn.start()
        else:
            self._end(done=self._painter.end())

    def _end(self, *, done: bool) -> None:
        self.finished.emit(done)
        self.deleteLater()

    def _way_of_next(self) -> QPageLayout.Orientation:
        document, page = self._pages[0]
        size = document.pagePointSize(page)
        across = size.width() > size.height()
        return QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait

    def _draw(self, document: QPdfDocument, page: int) -> None:
        """The page as large as the paper allows: true to size on A4."""
        paper = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        points = document.pagePointSize(page)
        size = QSize(round(points.width()), round(points.height())).scaled(
            paper.size(), Qt.AspectRatioMode.KeepAspectRatio
        )
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


def asked_printer(page: QWidget) -> "QPrinter | None":
    """The printer that the clerk chooses, None when it is called off."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

    from ui.pages.reports_print import DPI

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)  # a printer's own is four times as fine, which takes sixteen times as long
    printer.setDocName("报送材料")
    dialog = QPrintDialog(printer, page)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, False)
    try:
        return printer if dialog.exec() else None
    finally:
        dialog.deleteLater()
