"""Reports as PDF: every character printed or refused beforehand, every font embedded.

reportlab is loaded by the first call, not by this import: the window must open before it.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.pdf.result import PdfDocument, PdfResult, Place
from exporters.progress import Progress
from models.report import Report

if TYPE_CHECKING:
    from exporters.pdf.characters import MissingCharacter
    from exporters.pdf.fonts import FontSet

__all__ = ["PdfDocument", "PdfResult", "Place", "missing_characters", "render_pdf", "write_pdf"]


def render_pdf(report: Report, *, progress: Progress | None = None, fonts: "FontSet | None" = None) -> PdfDocument:
    """The form as a PDF in memory, with the places of its records, for the preview.

    Raises UserError when the report holds characters that no font can print, ExportCancelled when
    `progress` returns False. `fonts` default to those of this computer and the bundled ones.
    """
    from exporters.pdf.document import render
    from exporters.pdf.fonts import font_set

    return render(report, fonts or font_set(), progress)


def write_pdf(
    report: Report,
    path: str | os.PathLike[str],
    *,
    progress: Progress | None = None,
    fonts: "FontSet | None" = None,
) -> PdfResult:
    """Write the form to `path`, completely or not at all. Errors as `render_pdf`, and UserError for the disk."""
    from exporters.atomic import write_bytes

    document = render_pdf(report, progress=progress, fonts=fonts)
    write_bytes(path, document.data)
    return PdfResult(Path(path), document.pages, document.fonts)


def missing_characters(report: Report, *, fonts: "FontSet | None" = None) -> "list[MissingCharacter]":
    """The characters that cannot be printed and where they are; empty when the report can be exported."""
    from exporters.pdf.characters import find_missing
    from exporters.pdf.fonts import font_set

    return find_missing(report, fonts or font_set())
