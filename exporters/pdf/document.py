"""Render a report as a PDF: the same bytes every time, with outline and metadata."""

from exporters.pdf.characters import require_printable
from exporters.pdf.fonts import PRINTING, FontSet
from exporters.pdf.form import Form
from exporters.pdf.paint import Metadata, Painter
from exporters.pdf.result import PdfDocument
from exporters.progress import Progress, ProgressMeter
from exporters.text import printable
from models.report import Report

CREATOR = "宣教台账"


def render(report: Report, fonts: FontSet, progress: Progress | None) -> PdfDocument:
    """The PDF of `report`. Raises UserError for characters no font has, ExportCancelled when told to stop."""
    with PRINTING:
        require_printable(report, fonts)
        meter = ProgressMeter(progress, 2 * sum(len(table.rows) for table in report.tables))  # measured, then drawn
        form = Form(report, fonts, meter)
        painter = Painter((form.frame.width, form.frame.height), fonts.chain("table"), _metadata(report))
        form.draw(painter)
        used = tuple(dict.fromkeys(face.label for face in fonts.faces() if painter.has_used(face)))
        data = painter.save()
        meter.finish()
    return PdfDocument(data, len(form.pages), used, tuple(form.places))


def _metadata(report: Report) -> Metadata:
    version = f"{report.period_text} 第{report.version}版"
    return Metadata(
        title=printable(f"{report.title}（{report.unit_name} {version}）"),
        author=printable(report.unit_name),
        subject=printable(f"{report.code} {report.file_stem}"),
        keywords=printable(f"{report.code} {report.period_code} {report.receipt_code}".strip()),
        creator=CREATOR,
    )
