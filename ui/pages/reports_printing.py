"""Sending forms to the printer, one after another, each set as it was printed last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from models.preferences import PrintSetup, save_preferences
from models.report import Report
from ui.context import Context

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from exporters.pdf import PdfDocument
    from ui.print_job import PrintJob


@dataclass(frozen=True, slots=True)
class PrintSheet:
    """A form laid out. `key` is what its way of printing is remembered under."""

    key: str
    report: Report
    document: "PdfDocument"


class ReportPrinting(QObject):
    """One run at a time. The dialog is shown for the first form; the others go to the same printer.

    `progressed` (a sentence, pages done, pages), `printed` with the number of forms, `complained` a sentence; `ended`
    follows in any case.
    """

    progressed = Signal(str, int, int)
    printed = Signal(int)
    complained = Signal(str)
    ended = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._run: PrintJob | None = None
        self._waiting: list[PrintSheet] = []
        self._first: QPrinter | None = None
        self._printer: QPrinter | None = None  # of the form that is being printed
        self._done = self._total = 0
        self.ask_printer: Callable[[QPrinter, int], bool] = self._ask_with_dialog

    @property
    def busy(self) -> bool:
        """Whether something is being printed."""
        return self._run is not None

    def print_forms(self, sheets: Sequence[PrintSheet]) -> None:
        """Ask the system for a printer, with the paper and everything else preset, and print."""
        if self.busy or not sheets:
            return
        from ui.pages.reports_print import printer_for, setup_of

        first = sheets[0]
        printer = printer_for(first.report, self._context.preferences.print_setup(first.key))
        if not self.ask_printer(printer, first.document.pages if len(sheets) == 1 else 0):
            return
        self._remember(first.key, setup_of(printer))
        self._first, self._waiting = printer, list(sheets)
        self._done, self._total = 0, len(sheets)
        self._print_next()

    def stop(self) -> None:
        """Give up; what the printer has already is printed."""
        self._waiting = []
        if self._run is not None:
            self._run.stop()

    def _print_next(self) -> None:
        from ui.print_job import PrintJob

        sheet = self._waiting.pop(0)
        self._printer = self._first if self._done == 0 else self._printer_for(sheet)
        assert self._printer is not None
        run = self._run = PrintJob([sheet.document.data], self._printer, self)
        run.progressed.connect(lambda page, pages: self._tell(sheet, page, pages))
        run.finished.connect(self._after_run)
        run.start()

    def _printer_for(self, sheet: PrintSheet) -> "QPrinter":
        """The printer that was chosen for the first form, set as this one was printed last."""
        from ui.pages.reports_print import printer_for

        first = self._first
        assert first is not None
        printer = printer_for(sheet.report, self._context.preferences.print_setup(sheet.key))
        if first.outputFileName():  # into a file: each form gets one of its own
            file = Path(first.outputFileName())
            printer.setOutputFormat(first.outputFormat())
            printer.setOutputFileName(str(file.with_name(f"{file.stem}_{sheet.key}{file.suffix}")))
        else:
            printer.setPrinterName(first.printerName())
        return printer

    def _tell(self, sheet: PrintSheet, page: int, pages: int) -> None:
        which = f"{sheet.report.code}（第 {self._done + 1} / {self._total} 张表）" if self._total > 1 else ""
        self.progressed.emit(f"正在打印{which}，第 {page} / {pages} 页", page, pages)

    def _after_run(self, done: bool) -> None:
        if self._run is not None:
            self._run.deleteLater()
            self._run = None
        self._done += done
        if done and self._waiting:
            self._print_next()
            return
        self._waiting, self._first, self._printer = [], None, None
        self.ended.emit()
        if done:
            self.printed.emit(self._done)
        else:
            self.complained.emit("没有打印完。请检查打印机是否打开、有没有纸，再打印一次。")

    def _remember(self, key: str, setup: PrintSetup) -> None:
        preferences = self._context.preferences.with_print_setup(key, setup)
        if preferences != self._context.preferences:
            self._context.preferences = preferences
            save_preferences(preferences)

    def _ask_with_dialog(self, printer: "QPrinter", pages: int) -> bool:
        """`pages` 0: which pages cannot be chosen, because it is several forms."""
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

        dialog = QPrintDialog(printer, self._page)
        if pages:
            dialog.setMinMax(1, pages)
        else:
            dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, False)
        try:
            return bool(dialog.exec())
        finally:
            dialog.deleteLater()
