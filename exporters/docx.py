"""Reports as Word files that can be edited: real paragraphs, styles and tables, no pictures of text.

表9 has the page of GB/T 9704-2012 (28 characters on 22 lines), forms with running text share it, other forms have a
page for their tables. python-docx is loaded by the first call, not by this import.
"""

import os

from exporters.atomic import atomic_file
from exporters.progress import Progress, ProgressMeter
from models.errors import UserError
from models.report import Document, MonthGrid, Report, YearGrid


def write_docx(report: Report, path: str | os.PathLike[str], *, progress: Progress | None = None) -> None:
    """Write the form and those that follow it to `path`, completely or not at all; each begins a page and its numbers.

    The same report gives the same bytes. Give `replace(sheet, following=())` to get a file of its own for each sheet.
    Raises UserError when the disk refuses and for a calendar sheet, which is made for paper only, ExportCancelled when
    `progress` returns False.
    """
    for sheet in report.sheets:
        if any(isinstance(block, MonthGrid | YearGrid) for block in sheet.blocks):
            raise UserError(f"“{sheet.title}”是打印用的日历，没有Word格式。请导出PDF。")
    from exporters.docx_book import WordBook
    from exporters.docx_form import form_body
    from exporters.docx_official import official_body

    rows = sum(len(table.rows) for sheet in report.sheets for table in sheet.tables)
    meter = ProgressMeter(progress, rows + len(report.sheets))
    book = WordBook(report)
    for sheet in report.sheets:
        document = next((block for block in sheet.blocks if isinstance(block, Document)), None)
        book.add(sheet, official_body(document) if document else form_body(sheet, book, meter))
        meter.step()
    with atomic_file(path) as file:
        book.save(file)
        meter.finish()
