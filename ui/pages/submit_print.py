"""打印邮寄: all pages of a package to one printer, one file after the other."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QMarginsF, QObject
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from exporters.submission_volumes import PackageFile

NOT_PRINTED = "没有打印完。请检查打印机是否打开、有没有纸，再打印一次。"


class PackagePrinting(QObject):
    """Prints the PDF files of a package; lives until the last page is with the printer."""

    def __init__(
        self, files: "Sequence[PackageFile]", printer: "QPrinter", complain: Callable[[str], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._files, self._printer, self._complain = list(files), printer, complain

    def print_next(self) -> None:
        """The next file, on paper that lies as its first page does."""
        from ui.pages.reports_print import PrintRun

        if not self._files:
            self.deleteLater()
            return
        data = self._files.pop(0).read()
        across = _lies_across(data)
        way = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
        self._printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), way, QMarginsF(0, 0, 0, 0)))
        self._printer.setFullPage(True)
        run = PrintRun(data, self._printer, self)
        run.finished.connect(self._after)
        run.start()

    def _after(self, done: bool) -> None:
        if done:
            self.print_next()
        else:
            self._complain(NOT_PRINTED)
            self.deleteLater()


def print_files(page: QWidget, files: "Sequence[PackageFile]", complain: Callable[[str], object]) -> None:
    """Ask for a printer, then print all of it."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("报送材料")
    dialog = QPrintDialog(printer, page)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, False)
    try:
        chosen = bool(dialog.exec())
    finally:
        dialog.deleteLater()
    if chosen:
        PackagePrinting(files, printer, complain, page).print_next()


def _lies_across(data: bytes) -> bool:
    from PySide6.QtPdf import QPdfDocument

    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    size = document.pagePointSize(0)
    document.close()
    return size.width() > size.height()
