"""打印邮寄: the printer for all pages of a package."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

NOT_PRINTED = "没有打印完。请检查打印机是否打开、有没有纸，再打印一次。"


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
