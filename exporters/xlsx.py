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
from models.report import MonthGrid, Report

CREATOR = "宣教台账"
LONGEST_NAME = 31  # of a sheet
RESERVED_NAMES = ("来源", "history")  # our hidden sheet; a name that Excel keeps for itself
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
NO_DATE = date(2000, 1, 1)


def write_xlsx(reports: Sequence[Report], path: str | os.PathLike[str], *, progress: Progress | None = None) -> None:
    """Write the reports, at least one, to `path`, completely or not at all.

    The same reports give the same bytes. Raises UserError when the disk refuses and for a calendar sheet, which
    is made for paper only, ExportCancelled when `progress` returns False.
    """
    for report in reports:
        if any(isinstance(block, MonthGrid) for block in report.blocks):
            raise UserError(f"“{report.title}”是打印用的日历，没有Excel格式。请导出PDF。")
    from exporters.xlsx_book import Book
    from exporters.xlsx_sheet import FormSheet
    from exporters.xlsx_sources import write_sources

    meter = ProgressMeter(progress, sum(len(table.rows) for report in reports for table in report.tables))
    filled_on = reports[0].signature.filled_on or NO_DATE
    with atomic_file(path) as file, Book(filled_on) as book:
        book.describe(title=storable(reports[0].title), author=storable(reports[0].unit_name), program=CREATOR)
        sheets = [
            FormSheet(book, report, name, meter) for report, name in zip(reports, sheet_names(reports), strict=True)
        ]
        for sheet in sheets:
            sheet.write()
        write_sources(book, [sheet.sources for sheet in sheets])
        book.save(file)
        meter.finish()


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
