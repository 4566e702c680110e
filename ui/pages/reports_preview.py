"""Filling a form and laying it out, off the window's thread."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from models import reports
from models.checks import CheckResult, check_period
from models.errors import UserError
from models.ledger import Ledger
from models.notice import Notice
from models.periods import Period
from models.report import Report

if TYPE_CHECKING:
    from exporters.pdf import PdfDocument, Place


@dataclass(frozen=True, slots=True)
class Preview:
    """A filled form, what the check says about its period, and how it looks.

    `document` is None when there is nothing to show (`empty`) or when it cannot be printed; `problem` then says
    why, and `culprit` is the record to mend.
    """

    report: Report
    checks: CheckResult
    document: "PdfDocument | None"
    problem: str = ""
    culprit: str = ""

    @property
    def empty(self) -> bool:
        """Whether no activity of the period is on the form."""
        return not any(table.rows for table in self.report.tables)

    def describe(self, place: "Place") -> str:
        """What a place on the form holds, as tool tip and for a screen reader."""
        if place.uid:
            number, title = self.line_of(place.uid)
            return f"第 {number} 行　{title}　双击或按 Enter 打开"
        return f"由 {len(place.sources)} 条活动相加，双击或按 Enter 看是哪几条"

    def line_of(self, uid: str) -> tuple[int, str]:
        """Number from 1 and title of a record's line; (0, "") if it has none."""
        for table in self.report.tables:
            for number, row in enumerate(table.rows, 1):
                if row.uid == uid:
                    return number, row.cells[2 if self.report.code == "表8" else 1].text
        return 0, ""


def make_preview(ledger: Ledger, notice: Notice, code: str, period: Period, today: date) -> Preview:
    """Build, check and lay out one form with a reading connection of its own, for a worker thread."""
    from exporters.pdf import render_pdf

    reader = ledger.reader()
    try:
        report = reports.build(code, reader, notice, period, today)
        checks = check_period(reader, notice, period, today)
    finally:
        reader.close()
    if not any(table.rows for table in report.tables):
        return Preview(report, checks, None)
    try:
        return Preview(report, checks, render_pdf(report))
    except UserError as error:
        return Preview(report, checks, None, error.message, _culprit_of(report))


def _culprit_of(report: Report) -> str:
    """The record with a character that nobody can print, empty if it stands outside the table."""
    from exporters.pdf import missing_characters

    missing = {each.character for each in missing_characters(report)}
    for table in report.tables:
        for row in table.rows:
            if any(missing & set(cell.text) for cell in row.cells):
                return row.uid
    return ""
