"""Render a report as a PDF: the same bytes every time, with outline and metadata."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from exporters.pdf.characters import require_printable
from exporters.pdf.fonts import PRINTING, FontSet
from exporters.pdf.form import Form
from exporters.pdf.official import OfficialLayout
from exporters.pdf.paint import Metadata, Painter
from exporters.pdf.result import PdfDocument, Place
from exporters.progress import Progress, ProgressMeter
from exporters.text import printable
from models.report import Block, Document, MonthGrid, Report, Table, YearGrid

CREATOR = "宣教台账"
OBJECT_WEIGHT = 10  # of writing an object of the file, in beats of the meter


class Layout(Protocol):
    """A form measured and cut into pages, ready to be drawn. `size` of the paper is width and height in points."""

    @property
    def size(self) -> tuple[float, float]: ...
    @property
    def page_count(self) -> int: ...
    @property
    def places(self) -> Sequence[Place]:
        """Where the records stand, known after drawing; their pages count from 0."""
        ...

    def draw(self, painter: Painter) -> None:
        """Draw all pages, one after the other."""
        ...


def render(report: Report, fonts: FontSet, progress: Progress | None) -> PdfDocument:
    """The PDF of `report` and what follows it. Raises UserError for characters no font has, ExportCancelled when
    told to stop.
    """
    with PRINTING:
        steps = sum(_rows(block) for sheet in report.sheets for block in sheet.blocks) + len(report.following)
        meter = ProgressMeter(progress, 2 * steps)  # measured, then drawn
        require_printable(report, fonts, meter)
        places: list[Place] = []
        pages = 0
        painter: Painter | None = None
        for number, sheet in enumerate(report.sheets):
            layout = _lay_out(sheet, fonts, meter)
            painter = painter or Painter(layout.size, fonts.chain("table"), _metadata(report))
            layout.draw(painter)
            places += (replace(place, page=pages + place.page) for place in layout.places)
            pages += layout.page_count
            if number:  # a form without a table counts for itself
                meter.step()
                meter.step()
        assert painter is not None
        used = tuple(dict.fromkeys(face.label for face in fonts.faces() if painter.has_used(face)))
        data = painter.save(lambda: meter.beat(OBJECT_WEIGHT))
        meter.finish()
    return PdfDocument(data, pages, used, tuple(places))


def _rows(block: Block) -> int:
    """The rows that a block may need; what a calendar cannot show in its cells follows as a list."""
    match block:
        case Table():
            return len(block.rows)
        case MonthGrid():
            return sum(len(day.entries) for day in block.days())
        case YearGrid():
            return sum(len(month.entries) for month in block.months)
        case _:
            return 0


def _lay_out(sheet: Report, fonts: FontSet, meter: ProgressMeter) -> Layout:
    if any(isinstance(block, Document) for block in sheet.blocks):
        return OfficialLayout(sheet, fonts)
    return Form(sheet, fonts, meter)


def _metadata(report: Report) -> Metadata:
    many = f"等{len(report.sheets)}份" if report.following else ""
    version = f"{report.period_text}{many} 第{report.version}版" if report.period_text else "空白表"
    return Metadata(
        title=printable(f"{report.title}（{report.unit_name} {version}）"),
        author=printable(report.unit_name),
        subject=printable(f"{report.code} {report.file_stem}"),
        keywords=printable(f"{report.code} {report.period_code} {report.receipt_code}".strip()),
        creator=CREATOR,
    )
