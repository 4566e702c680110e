"""What a click on the page leads to: the panel with the records behind a number, a record, a field."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui import workers
from ui.context import Place
from ui.pages.report_figures import Figure
from ui.pages.report_sources import SourceRecord, place_of_record, read_sources

if TYPE_CHECKING:
    from exporters.pdf import Place as PrintedPlace
    from ui.pages.reports import ReportsPage


class ReportSide(QObject):
    """Opens what is clicked, and keeps the panel true while the form is filled anew."""

    def __init__(self, page: "ReportsPage") -> None:
        super().__init__(page)
        self._page = page
        self._figure: Figure | None = None
        self._job: workers.Job | None = None

    def open(self, printed: "PrintedPlace") -> None:
        """Follow a place on paper."""
        shown = self._page.shown
        if shown is None:
            return
        if printed.field and self._page.form.key == "表9":
            self._page.summary.open(printed.field)
        elif printed.field:
            uid, _label = shown.record_at(printed)
            self.open_record(uid, printed.field)
        elif printed.uid:
            self.open_record(printed.uid)
        else:
            self._show(shown.figure_at(printed), take_keyboard=True)

    def open_record(self, uid: str, field: str = "") -> None:
        """Go to a record of any kind."""
        found = place_of_record(self._page.context.ledger, uid) if uid else None
        if found is not None:
            self._page.context.go_to.emit(Place(found.page, found.uid, field or found.field, found.action))

    def follow(self) -> None:
        """The form was filled anew: show the same number as it is now, or nothing if it is gone."""
        if self._figure is None or self._page.sources.isHidden():
            return
        shown = self._page.shown
        same = shown.same_figure(self._figure) if shown and shown.filled else None
        if same is None:
            self.close()
        else:
            self._show(same, take_keyboard=False)

    def close(self) -> None:
        """Put the panel away; the keyboard goes back to the page if it was in the panel."""
        page = self._page
        inside = page.sources.isAncestorOf(page.window().focusWidget() or page)
        self._figure = None
        if self._job:
            self._job.cancel()
            self._job = None
        page.sources.hide()
        page.fit()
        if inside:
            page.preview.setFocus()

    def _show(self, figure: Figure, *, take_keyboard: bool) -> None:
        page, ledger = self._page, self._page.context.ledger
        self._figure = figure
        page.sources.show_figure(figure)
        page.sources.show()
        page.fit()
        if take_keyboard:
            page.sources.take_keyboard()
        if self._job:
            self._job.cancel()

        def read(_job: workers.Job) -> list[SourceRecord]:
            with ledger.reader() as reader:
                return read_sources(reader, figure)

        self._job = workers.start(read, lambda records: self._list(figure, records), page.fail)

    def _list(self, figure: Figure, records: list[SourceRecord]) -> None:
        self._job = None
        self._page.sources.show_records(figure, records)
