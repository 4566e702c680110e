"""Reports as one Excel workbook: a sheet per form, and a hidden sheet that says where each number comes from.

Values are values: there is not one formula in the file, so no recalculation can change a number.
openpyxl is loaded by the first call, not by this import.
"""

import os
from collections.abc import Sequence
from datetime import date

from exporters.atomic import atomic_file
from exporters.progress import Progress, ProgressMeter
from exporters.text import storable
from models.report import Report

CREATOR = "宣教台账"
SOURCE_SHEET = "来源"
SOURCE_TITLES = ("工作表", "单元格", "记录的系统编号")
UIDS_PER_CELL = 800  # 37 characters each; a cell holds 32,767
NO_DATE = date(2000, 1, 1)


def write_xlsx(reports: Sequence[Report], path: str | os.PathLike[str], *, progress: Progress | None = None) -> None:
    """Write the reports, at least one, to `path`, completely or not at all.

    The same reports give the same bytes. Raises UserError when the disk refuses, ExportCancelled when
    `progress` returns False.
    """
    from exporters.xlsx_book import Book

    meter = ProgressMeter(progress, sum(len(table.rows) for report in reports for table in report.blocks))
    filled_on = reports[0].signature.filled_on or NO_DATE
    with atomic_file(path) as file, Book(filled_on) as book:
        book.describe(title=storable(reports[0].title), author=storable(reports[0].unit_name), program=CREATOR)
        _fill(book, reports, meter)
        book.save(file)
        meter.finish()
