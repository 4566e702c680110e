"""Filling a form and laying it out, off the window's thread."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from models.checks import CheckResult, check_period
from models.drafts import get_draft
from models.errors import UserError
from models.ledger import Ledger
from models.notice import Notice
from models.periods import Period
from models.report import Report
from models.reports.basis import ReportBasis
from models.reports.table1 import build_registration
from models.summary import summary_key
from ui import workers
from ui.pages.report_amounts import Amount, Amounts
from ui.pages.report_figures import Figure, figure_at, line_of, record_at, same_figure
from ui.pages.report_forms import Form

if TYPE_CHECKING:
    from exporters.pdf import PdfDocument, Place


WITH_PHOTOS = "表1"  # the form that may have photos behind it
SUMMARY = "表9"  # the form whose text is edited in place of its preview


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be shown. `checks` is the outcome of the check when nothing has changed since, None to check anew."""

    form: Form
    period: Period
    notice: Notice
    today: date
    photos: bool = True
    checks: CheckResult | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """A filled form, what the check says about its period, and how it looks.

    `report` is None when the period holds nothing for it, `document` also when it cannot be printed; `problem` then
    says why, and `culprit` is the record to mend.
    """

    wanted: Wanted
    amount: Amount
    checks: CheckResult
    filled: Report | None = None
    document: "PdfDocument | None" = None
    problem: str = ""
    culprit: str = ""
    unsaved: bool = False  # a summary was typed in and not saved: the form does not have that

    @property
    def empty(self) -> bool:
        """Whether the period holds nothing for the form."""
        return self.filled is None and not self.problem

    @property
    def report(self) -> Report:
        """The filled form; only asked for when it is not empty."""
        assert self.filled is not None
        return self.filled

    def describe(self, place: "Place") -> str:
        """What a place on the form holds, as tool tip and for a screen reader."""
        if place.field and self.wanted.form.key == SUMMARY:
            return "点一下或按 Enter 编辑这一段"
        if place.field:
            uid, field = self.record_at(place)
            return f"{field}　点一下或按 Enter 回到填写处" if uid else ""
        if place.uid:
            number, title = line_of(self.report, place.uid)
            return f"第 {number} 行　{title}　双击或按 Enter 打开" if number else "双击或按 Enter 打开"
        figure = self.figure_at(place)
        named = f"{figure.label}：" if figure.label else ""
        return f"{named}由 {len(place.sources)} 条记录得出，点一下或按 Enter 看是哪几条"

    def figure_at(self, place: "Place") -> Figure:
        """The number that is printed at a place."""
        return figure_at(self.report, self.document.places if self.document else (), place, self._name_of)

    def same_figure(self, figure: Figure) -> Figure | None:
        """A number of an earlier filling as it is now."""
        return same_figure(self.report, figure, self._name_of)

    def record_at(self, place: "Place") -> tuple[str, str]:
        """The record and the label of the field that is printed at a place, on a form about one record."""
        return record_at(self.report, self.document.places if self.document else (), place)

    def _name_of(self, figure: str) -> str:
        from models.summary_names import words_for

        return words_for(figure, self.wanted.notice)


def fill(form: Form, basis: ReportBasis, *, photos: bool) -> Report:
    """Fill a form; without `photos` the 照片附页 of 表1 are left out. Raises UserError for what cannot be made."""
    if form.key == WITH_PHOTOS and not photos:
        return build_registration(basis, basis.activities, photos=False)
    return form.builder(basis)


def make_preview(job: workers.Job, ledger: Ledger, wanted: Wanted) -> Preview | None:
    """Fill, check and lay out one form with a reading connection of its own, for a worker thread.

    Reports (copies laid out, copies) to the job. None when the job was cancelled meanwhile.
    """
    with ledger.reader() as reader:
        notice, period, today = wanted.notice, wanted.period, wanted.today
        checks = wanted.checks or check_period(reader, notice, period, today)
        made = Preview(wanted, Amounts(reader, today).of(wanted.form, period), checks)
        if job.cancelled or not made.amount.has:
            return made
        try:
            report = fill(wanted.form, ReportBasis(reader, notice, period, today), photos=wanted.photos)
        except UserError as error:
            return replace(made, problem=error.message)
        if wanted.form.key == SUMMARY:
            made = replace(made, unsaved=get_draft(reader, summary_key(period.code)) is not None)
    return None if job.cancelled else _laid_out(job, replace(made, filled=report))


def _laid_out(job: workers.Job, made: Preview) -> Preview | None:
    from exporters.pdf import render_pdf
    from exporters.progress import ExportCancelled

    copies = len(made.report.sheets)

    def tell(done: int, total: int) -> bool:
        return job.report(min(done * copies // total + 1, copies), copies)

    try:
        return replace(made, document=render_pdf(made.report, progress=tell))
    except ExportCancelled:
        return None
    except UserError as error:
        return replace(made, problem=error.message, culprit=_culprit_of(made.report))


def _culprit_of(report: Report) -> str:
    """The record with a character that nobody can print, empty if it stands outside the tables."""
    from exporters.pdf import missing_characters

    missing = {each.character for each in missing_characters(report)}
    for table in (table for sheet in report.sheets for table in sheet.tables):
        for row in table.rows:
            if any(missing & set(cell.text) for cell in row.cells):
                return row.uid
    return ""
