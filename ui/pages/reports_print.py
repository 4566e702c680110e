"""Printing a form: a printer set to its paper, and what is remembered of it."""

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
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
