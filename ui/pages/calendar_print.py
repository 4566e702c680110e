"""Printing month, year or plan of the year: laid out in the background, then saved as PDF or sent to a printer."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from models.errors import UserError
from models.ledger import Ledger
from models.notice import Notice
from models.report import Report
from ui import workers
from ui.context import Context
from ui.pages.calendar_files import ask_where
from ui.pages.reports_folder import remembered_folder

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from exporters.pdf import PdfDocument
    from ui.print_job import PrintJob

Made = tuple[Report, "PdfDocument"]
MONTH, YEAR, PLAN = "month", "year", "plan"  # the sheets


class CalendarPrint(QObject):
    """One sheet at a time; lives until it is done."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._run: PrintJob | None = None
        self.ask_file: Callable[[Path], Path | None] = self._ask_with_dialog

    def offer(self, near: QWidget, day: date, *, year: bool) -> None:
        """A menu at the button: each sheet as PDF, or printed; what is in view comes first."""
        menu = self.menu(day, year=year)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(near.mapToGlobal(QPoint(0, near.height())))

    def menu(self, day: date, *, year: bool) -> QMenu:
        """The menu of `offer`: month and year, or in the view of the year its calendar and its plan (表8)."""
        menu = QMenu(self._page)
        names = {MONTH: f"{day.year}年{day.month}月日历", YEAR: f"{day.year}年年历", PLAN: f"{day.year}年计划表（表8）"}
        for number, sheet in enumerate((YEAR, PLAN) if year else (MONTH, YEAR)):
            if number:
                menu.addSeparator()
            menu.addAction(f"打印{names[sheet]}……").triggered.connect(partial(self._choose, self.print, day, sheet))
            menu.addAction(f"{names[sheet]}保存为 PDF……").triggered.connect(
                partial(self._choose, self.save, day, sheet)
            )
        return menu

    def _choose(self, act: Callable[[date, str], None], day: date, sheet: str, _checked: bool = False) -> None:
        act(day, sheet)

    def save(self, day: date, sheet: str) -> None:
        """Lay the sheet out and write it where the clerk says."""

        def done(made: Made) -> None:
            report, document = made
            from exporters.names import report_file_name

            start = (remembered_folder() or self._context.ledger.folder.parent) / report_file_name(report, ".pdf")
            file = self.ask_file(start)
            if file is not None:
                self._write(file, document)

        self._make(day, sheet, done)

    def print(self, day: date, sheet: str) -> None:
        """Lay the sheet out and ask for a printer."""

        def done(made: Made) -> None:
            from PySide6.QtPrintSupport import QPrintDialog

            from ui.pages.reports_print import printer_for

            printer = printer_for(made[0])
            dialog = QPrintDialog(printer, self._page)
            dialog.setMinMax(1, made[1].pages)
            if dialog.exec():
                self.start_printing(made[1], printer)

        self._make(day, sheet, done)

    def start_printing(self, document: "PdfDocument", printer: "QPrinter") -> None:
        """Send the sheet to a printer that has been chosen."""
        from ui.print_job import PrintJob

        self._run = PrintJob([document.data], printer, self)
        self._run.finished.connect(self._after_printing)
        self._run.start()

    def _after_printing(self, done: bool) -> None:
        if done:
            self._context.went_well.emit("已送到打印机", False)
        else:
            self._context.went_wrong.emit("没有打印完。请检查打印机是否打开、有没有纸，再打印一次。")
        self.deleteLater()

    def _make(self, day: date, sheet: str, done: Callable[[Made], None]) -> None:
        context, today = self._context, self._context.clock().date()

        def work(_job: workers.Job) -> Made:
            from exporters.pdf import render_pdf

            with context.ledger.reader() as reader:
                report = _build(sheet, reader, context.notice, day, today)
            return report, render_pdf(report)

        workers.start(work, done, self._fail)

    def _write(self, file: Path, document: "PdfDocument") -> None:
        from exporters.atomic import write_bytes

        try:
            write_bytes(file, document.data)
        except UserError as error:
            self._fail(error)
            return
        self._context.went_well.emit(f"已保存到 {file.name}", False)
        self.deleteLater()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._context.went_wrong.emit(error.message)
        self.deleteLater()

    def _ask_with_dialog(self, start: Path) -> Path | None:
        return ask_where(self._page, "保存为 PDF", start, "PDF 文件 (*.pdf)", ".pdf")


def _build(sheet: str, ledger: Ledger, notice: Notice, day: date, today: date) -> Report:
    """The sheet of the day's month or year. The builders are loaded here: no window needs them to open."""
    if sheet == MONTH:
        from models.reports.month_sheet import build_month_sheet

        return build_month_sheet(ledger, notice, day.year, day.month, today)
    if sheet == YEAR:
        from models.reports.year_sheet import build_year_sheet

        return build_year_sheet(ledger, notice, day.year, today)
    from models.reports.table8 import build_table8

    return build_table8(ledger, notice, day.year, today)
