"""Making several forms at once, for files or for paper, off the window's thread."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models.checks import check_period
from models.ledger import Ledger
from models.notice import Notice
from models.periods import Period
from models.report import Report
from models.reports.basis import ReportBasis
from models.reports.table10 import CODE as COVER
from models.reports.table10 import ListedFile, build_table10
from ui import workers
from ui.pages.report_forms import Form
from ui.pages.reports_preview import fill
from ui.pages.reports_printing import PrintSheet

if TYPE_CHECKING:
    from exporters.report_files import WrittenFile


@dataclass(frozen=True, slots=True)
class Batch:
    """Which forms of which period."""

    forms: tuple[Form, ...]
    ledger: Ledger
    notice: Notice
    period: Period
    today: date
    photos: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """表10: as it is without files, and what makes it from the files written (in a worker thread)."""

    empty: Report
    make: "Callable[[Sequence[WrittenFile]], Report]"


@dataclass(frozen=True, slots=True)
class Filled:
    """The forms of a batch, filled; the list of the files apart, because it is made last."""

    reports: tuple[Report, ...]
    cover: Cover | None = None


def fill_batch(job: workers.Job, batch: Batch) -> Filled:
    """Fill the forms for files. Raises ExportCancelled for a cancelled job, UserError for what cannot be made."""
    made = list(zip(batch.forms, _fill_all(job, batch), strict=True))
    empty = next((report for form, report in made if form.key == COVER), None)
    cover = Cover(empty, lambda written: _cover(batch, written)) if empty else None
    return Filled(tuple(report for form, report in made if form.key != COVER), cover)


def print_batch(job: workers.Job, batch: Batch) -> list[PrintSheet]:
    """Fill the forms and lay them out for the printer; errors as above."""
    from exporters.pdf import render_pdf
    from exporters.progress import ExportCancelled

    sheets: list[PrintSheet] = []
    for number, (form, report) in enumerate(zip(batch.forms, _fill_all(job, batch), strict=True)):
        if not job.report(number, len(batch.forms)):
            raise ExportCancelled
        document = render_pdf(report, progress=lambda _done, _total: not job.cancelled)
        sheets.append(PrintSheet(form.key, report, document))
    return sheets


def _fill_all(job: workers.Job, batch: Batch) -> list[Report]:
    from exporters.progress import ExportCancelled

    reports: list[Report] = []
    with batch.ledger.reader() as reader:
        basis = ReportBasis(reader, batch.notice, batch.period, batch.today)
        for number, form in enumerate(batch.forms):
            if not job.report(number, len(batch.forms)):
                raise ExportCancelled
            reports.append(fill(form, basis, photos=batch.photos))
    return reports


def _cover(batch: Batch, written: "Sequence[WrittenFile]") -> Report:
    with batch.ledger.reader() as reader:
        basis = ReportBasis(reader, batch.notice, batch.period, batch.today)
        checks = check_period(reader, batch.notice, batch.period, batch.today)
        return build_table10(basis, [_listed(file) for file in written], checks=checks)


def _listed(file: "WrittenFile") -> ListedFile:
    data = file.path.read_bytes()
    first = file.reports[0]
    title = f"{first.code} {first.title}" if len(file.reports) == 1 else "、".join(each.code for each in file.reports)
    return ListedFile(file.path.name, title, file.extent, len(data), hashlib.sha256(data).hexdigest())
