"""What can be done with many records of the list at once: each tool is a page in front of it, made when first used."""

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from models import activity_list_repository

if TYPE_CHECKING:
    from ui.pages.activities import ActivitiesPage
    from ui.pages.bulk_frame import ToolPage

Tool = TypeVar("Tool", bound="ToolPage")

LEAST_FOR_BULK = 2


class ActivitiesTools(QObject):
    """The tools of one 活动 page."""

    def __init__(self, page: "ActivitiesPage") -> None:
        super().__init__(page)
        self._page = page
        self._made: dict[type, ToolPage] = {}

    def edit_in_bulk(self) -> None:
        """批量修改 of the selected records, two at least."""
        if self._page.grid.selected_count() >= LEAST_FOR_BULK:
            from ui.pages.bulk_edit import BulkEditPage

            self._bring(BulkEditPage).show_records(self._page.grid.selected())

    def find_and_replace(self) -> None:
        """查找替换 in the records that are listed now."""
        from ui.pages.find_replace_page import FindReplacePage

        rows = self._page.grid.rows
        self._bring(FindReplacePage).begin(rows.query, f"列表里有 {rows.rowCount()} 条活动")

    def find_duplicates(self) -> None:
        """查重 over the whole ledger."""
        from ui.pages.duplicates_page import DuplicatesPage

        self._bring(DuplicatesPage).begin()

    def paste(self) -> None:
        """A block from Excel or WPS, shown before it is written."""
        from ui.pages.paste_page import PastePage

        tool = self._tool(PastePage)
        tool.listed_period = self._page.filters.chosen_period
        if tool.show_text(QGuiApplication.clipboard().text()):
            self._bring(PastePage)
            tool.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy(self) -> None:
        """The selected lines for Excel and WPS, with the columns as they are seen."""
        from ui.pages.ledger_grid_copy import MOST, copied_table

        page, count = self._page, self._page.grid.selected_count()
        if not count:
            return
        if count > MOST:
            page.context.went_wrong.emit(f"一次最多复制 {MOST} 条，现在选了 {count} 条。请用“导出”，或少选一些。")
            return
        records = page.grid.selected()
        stages = activity_list_repository.stages_of(page.context.ledger, [each.uid for each in records])
        lines = [(each, stages.get(each.uid, "")) for each in records]
        data = copied_table(lines, page.grid.columns.visible(), page.context.notice)
        QGuiApplication.clipboard().setMimeData(data)
        page.context.went_well.emit(f"已复制 {count} 条，可以粘贴到 Excel 或 WPS", False)

    def show_menu(self) -> None:
        """Everything that is not on a button of its own."""
        at_least_two = self._page.grid.selected_count() >= LEAST_FOR_BULK
        menu = _menu(self._page)
        for words, act, possible in (
            ("批量修改　Ctrl+B", self.edit_in_bulk, at_least_two),
            ("查找替换　Ctrl+H", self.find_and_replace, True),
            ("粘贴表格　Ctrl+V", self.paste, True),
            ("复制所选　Ctrl+C", self.copy, bool(self._page.grid.selected_count())),
            ("查重", self.find_duplicates, True),
        ):
            action = menu.addAction(words)
            action.setEnabled(possible)
            action.triggered.connect(lambda _on=False, act=act: act())
        menu.popup(self._page.more_button.mapToGlobal(QPoint(0, self._page.more_button.height())))

    def show_columns(self) -> None:
        """The choice of columns under its button."""
        menu, shown = _menu(self._page), self._page.filters.columns_button
        self._page.grid.columns.fill_menu(menu)
        menu.popup(shown.mapToGlobal(QPoint(shown.width() - menu.sizeHint().width(), shown.height())))

    def _bring(self, kind: type[Tool]) -> Tool:
        tool = self._tool(kind)
        self._page.setCurrentWidget(tool)
        return tool

    def _tool(self, kind: type[Tool]) -> Tool:
        made = self._made.get(kind)
        if not isinstance(made, kind):
            made = self._made[kind] = kind(self._page.context)  # pyright: ignore[reportCallIssue]
            made.closed.connect(self._close)
            self._page.addWidget(made)
        return made

    def _close(self) -> None:
        self._page.show_list()
        self._page.take_keyboard()


def _menu(page: "ActivitiesPage") -> QMenu:
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
