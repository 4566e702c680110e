"""Several forms at once: the panel in place of the preview, and the work it asks for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models.drafts import get_draft
from models.summary import summary_key
from ui.pages.report_batch_work import Batch, Filled, fill_batch, print_batch
from ui.pages.reports_output import names_of
from ui.pages.reports_printing import PrintSheet

if TYPE_CHECKING:
    from ui.pages.reports import ReportsPage

NO_FILES = "勾选的表不能做成勾选的文件：总结没有 Excel，日历和空白表只有 PDF，Word 只有案例和总结。请再勾上 PDF。"


class SeveralForms(QObject):
    """Opens and closes the panel, fills what is ticked, and hands it to the files or the printer."""

    def __init__(self, page: "ReportsPage") -> None:
        super().__init__(page)
        self._page = page

    @property
    def open(self) -> bool:
        """Whether the panel is in front."""
        return self._page.body.currentWidget() is self._page.batch

    def show(self) -> None:
        """Bring the panel to the front."""
        page = self._page
        if not page.summary.leave():
            return
        page.side.close()
        page.body.setCurrentWidget(page.batch)
        page.show_parts()
        self._tell_of_summary()
        page.batch.begin(page.period.period(), page.amounts, page.output.folder())

    def close(self) -> None:
        """Back to the form."""
        self._page.show_preview()
        self._page.preview.setFocus()

    def follow_period(self) -> None:
        """Another period was chosen, or the records have changed: what is ticked stays."""
        page = self._page
        page.batch.show_period(page.period.period())
        page.batch.show_amounts(page.amounts)
        self._tell_of_summary()

    def change_folder(self) -> None:
        """Ask where files shall go."""
        self._page.output.choose_folder()
        self._page.batch.show_folder(self._page.output.folder())

    def export(self) -> None:
        """Write what is ticked into one folder."""
        page, formats = self._page, self._page.batch.chosen_formats()
        if page.busy or not (page.output.folder() or page.output.choose_folder()):
            return
        page.batch.show_folder(page.output.folder())
        batch = self._batch()

        def write(filled: Filled) -> None:
            if names_of(filled.reports, formats) or filled.cover:
                page.output.export(filled.reports, formats, filled.cover)
            else:
                page.context.went_wrong.emit(NO_FILES)
            self.follow_work()

        page.messages_of.hide_done()
        page.output.prepare(lambda job: fill_batch(job, batch), write, _filling)
        self.follow_work()

    def print(self) -> None:
        """Send what is ticked to the printer, one form after another."""
        page, batch = self._page, self._batch()
        if page.busy:
            return

        def send(sheets: list[PrintSheet]) -> None:
            page.printing.print_forms(sheets)
            self.follow_work()

        page.output.prepare(lambda job: print_batch(job, batch), send, _filling)
        self.follow_work()

    def follow_work(self) -> None:
        """Nothing else can be started while something is under way."""
        self._page.batch.set_busy(self._page.busy)

    def _tell_of_summary(self) -> None:
        """What was typed into the summary and not saved will not be in its file."""
        page = self._page
        waiting = get_draft(page.context.ledger, summary_key(page.period.period().code)) is not None
        page.messages_of.show_unsaved(waiting)

    def _batch(self) -> Batch:
        page, context = self._page, self._page.context
        today, photos = context.clock().date(), context.preferences.photos_printed
        return Batch(page.batch.chosen(), context.ledger, context.notice, page.period.period(), today, photos)


def _filling(done: int, total: int) -> str:
    return f"正在汇总和排版，第 {min(done + 1, total)} / {total} 张表" if total else "正在汇总"
