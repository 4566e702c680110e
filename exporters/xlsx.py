"""Reports as one Excel workbook: a sheet per form, and a hidden sheet that says where each number comes from.

Values are values: there is not one formula in the file, so no recalculation can change a number.
openpyxl is loaded by the first call, not by this import.
"""

import os
import re
from collections.abc import Sequence
from datetime import date

from exporters.atomic import atomic_file
from exporters.progress import Progress, ProgressMeter
from exporters.text import storable
from models.errors import UserError
from models.report import Document, FieldGrid, PictureSheet, Prose, Report, SealBox, Table

CREATOR = "宣教台账"
WRITABLE = (Table, FieldGrid, Prose, SealBox, PictureSheet)
MOST_FORMS = 500  # of a sheet: Excel knows 1,023 page breaks, and a form may ask for two
FORM_WEIGHT = 5  # of working out a form's columns, in beats of the meter
LONGEST_NAME = 31  # of a sheet
RESERVED_NAMES = ("来源", "history")  # our hidden sheet; a name that Excel keeps for itself
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
NO_DATE = date(2000, 1, 1)


def write_xlsx(reports: Sequence[Report], path: str | os.PathLike[str], *, progress: Progress | None = None) -> None:
    """Write the reports, at least one, to `path`, completely or not at all.

    A report and those that follow it share a sheet; when they are more than Excel has page breaks for, they go on
    in another. The same reports give the same bytes. Raises UserError when the disk refuses and for what is made for
    paper only (a calendar sheet, an official letter), ExportCancelled when `progress` returns False.
    """
    for report in reports:
        _refuse_what_is_no_form(report)
    from exporters.xlsx_book import Book
    from exporters.xlsx_sheet import FormSheet
    from exporters.xlsx_sources import write_sources

    meter = ProgressMeter(progress, sum(_steps(report) for report in reports))
    filled_on = reports[0].signature.filled_on or NO_DATE
    parts = [
        report.sheets[start : start + MOST_FORMS]
        for report in reports
        for start in range(0, len(report.sheets), MOST_FORMS)
    ]
    with atomic_file(path) as file, Book(filled_on) as book:
        book.describe(title=storable(reports[0].title), author=storable(reports[0].unit_name), program=CREATOR)
        names = sheet_names([part[0] for part in parts])
        sheets: list[FormSheet] = []
        for part, name in zip(parts, names, strict=True):
            sheets.append(FormSheet(book, part, name, meter))
            meter.beat(len(part) * FORM_WEIGHT)
        for sheet in sheets:
            sheet.write()
        write_sources(book, [sheet.sources for sheet in sheets], meter)
        book.save(file, meter)
        meter.finish()


def _refuse_what_is_no_form(report: Report) -> None:
    for form in report.sheets:
        for block in form.blocks:
            if isinstance(block, Document):
                raise UserError(f"“{form.title}”是公文，没有Excel格式。请导出PDF或Word。")
            if not isinstance(block, WRITABLE):
                raise UserError(f"“{form.title}”是打印用的日历，没有Excel格式。请导出PDF。")


def _steps(report: Report) -> int:
    return len(report.following) + sum(len(table.rows) for form in report.sheets for table in form.tables)


def sheet_names(reports: Sequence[Report]) -> list[str]:
    """表2活动台账: at most 31 characters, without those that Excel refuses, each only once."""
    names: list[str] = []
    for report in reports:
        name = _FORBIDDEN.sub("", storable(f"{report.code}{report.file_stem}")).strip("' ")[:LONGEST_NAME] or "报表"
        number, wanted = 2, name
        while name.lower() in {*RESERVED_NAMES, *(other.lower() for other in names)}:
            name = f"{wanted[: LONGEST_NAME - 4]}({number})"
            number += 1
        names.append(name)
    return names
