"""Calendar files: what is shown goes out as .ics, and what a phone or Outlook wrote comes in after a look at it."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from models.activity_list_repository import list_by_uids
from models.calendar_query import list_between, same_day_titles
from models.errors import UserError
from models.recording import record_many
from ui import operations, workers
from ui.context import Context
from ui.pages.calendar_files import ask_where
from ui.pages.reports_folder import remembered_folder

if TYPE_CHECKING:
    from importers.ics import IcsEvent, IcsImport

FILTER = "日历文件 (*.ics)"


class CalendarExchange(QObject):
    """One export or import; asks for the file by `ask_save` and `ask_open`."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self.ask_save: Callable[[Path], Path | None] = self._save_dialog
        self.ask_open: Callable[[], Path | None] = self._open_dialog

    def export(self, view: str, day: date) -> Path | None:
        """Write the activities of the month (week, or in 列表 and 年度计划 year) of a day; returns the file."""
        first, last, name = _span(view, day)
        ledger = self._context.ledger
        start = (remembered_folder() or ledger.folder.parent) / f"宣教活动_{name}.ics"
        file = self.ask_save(start)
        if file is None:
            return None
        from exporters.ics import write_ics

        uids = [entry.uid for entry in list_between(ledger, first, last)]
        activities = list_by_uids(ledger, uids)
        try:
            write_ics(file, activities, self._context.notice, now=self._context.clock(), name=f"宣教台账 {name}")
        except UserError as error:
            self._context.went_wrong.emit(error.message)
            return None
        self._context.went_well.emit(f"已导出 {len(activities)} 项活动到 {file.name}", False)
        return file

    def ask_and_import(self) -> None:
        """Ask for a file, read it in the background, and show what is in it."""
        file = self.ask_open()
        if file is None:
            return
        today = self._context.clock().date()

        def work(_job: workers.Job) -> "IcsImport":
            from importers.ics import read_ics

            return read_ics(file, today)

        workers.start(work, self._show, self._fail)

    def known(self, events: "tuple[IcsEvent, ...]") -> list[str]:
        """For each event why it should not be taken by itself: it was exported from here, or is there already."""
        days = [event.activity.start for event in events if event.activity.start]
        ledger = self._context.ledger
        titles = same_day_titles(ledger, min(days), max(days)) if days else {}
        own = {one.uid for one in list_by_uids(ledger, [event.own_uid for event in events if event.own_uid])}
        reasons: list[str] = []
        for event in events:
            there = event.activity.start and (event.activity.start, event.activity.title) in titles
            reasons.append("台账里已有" if event.own_uid in own or there else "")
        return reasons

    def take(self, events: "list[IcsEvent]") -> int:
        """Save the chosen drafts as one step; returns how many."""
        context = self._context
        count = operations.run(
            context,
            lambda: record_many(
                context.ledger, [each.activity for each in events], context.clerk(), f"导入日历文件，{len(events)} 项"
            ),
            lambda number: f"已导入 {number} 项活动",
        )
        return count or 0

    def _show(self, found: "IcsImport") -> None:
        from ui.pages.calendar_import import ImportDialog

        dialog = ImportDialog(self._page, found, self.known(found.events))
        if dialog.exec():
            self.take(dialog.chosen())
        dialog.deleteLater()
        self.deleteLater()

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._context.went_wrong.emit(error.message)
        self.deleteLater()

    def _save_dialog(self, start: Path) -> Path | None:
        return ask_where(self._page, "导出日历文件", start, FILTER, ".ics")

    def _open_dialog(self) -> Path | None:
        start = remembered_folder() or self._context.ledger.folder.parent
        name, _ = QFileDialog.getOpenFileName(self._page, "导入日历文件", str(start), FILTER)
        return Path(name) if name else None


def _span(view: str, day: date) -> tuple[date, date, str]:
    if view == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6), f"{first.year}年{first.month}月{first.day}日一周"
    if view == "month":
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return first, last, f"{day.year}年{day.month}月"
    return date(day.year, 1, 1), date(day.year, 12, 31), f"{day.year}年"
