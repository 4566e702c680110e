"""From one report to the files a clerk keeps, prints or sends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.file_set import FileSet, file_set
from exporters.names import attachment_name, book_name, report_file_name
from exporters.progress import Progress
from models.errors import UserError
from models.letters import Letter
from models.notice import Notice
from models.report import Document, MonthGrid, Report, YearGrid
from models.storage_faults import storage_faults
from models.unit import Unit

if TYPE_CHECKING:
    from exporters.eml import Attachment

FORMATS = ("pdf", "xlsx", "docx")
CASE_FORM = "表3"
MAIL_FORMATS = ("pdf", "xlsx")  # what a mail carries of 表2
_SHARE = 1000  # steps that each file counts in the progress of several


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file that was written: the forms in it, and how long it is (“2页”, “14行”, empty when nothing tells)."""

    path: Path
    reports: tuple[Report, ...]
    extent: str = ""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written, in the order asked for. `fonts` are those that the PDFs print with, `replaced` says in words
    which fonts of a union office were not on this computer and what was printed instead.
    """

    written: tuple[WrittenFile, ...]
    fonts: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    pages: int = 0

    @property
    def files(self) -> tuple[Path, ...]:
        """The paths."""
        return tuple(each.path for each in self.written)


def formats_of(report: Report) -> tuple[str, ...]:
    """The formats that make sense for a form.

    Calendar sheets and forms to fill in by hand are for paper only. 表9 is running text; it and 表3 are also
    made for Word, because the city union edits and re-publishes them. Tables are for Excel.
    """
    if report.qr_text or any(isinstance(block, MonthGrid | YearGrid) for block in report.blocks):
        return ("pdf",)
    if any(isinstance(block, Document) for block in report.blocks):
        return ("pdf", "docx")
    return FORMATS if report.code == CASE_FORM else ("pdf", "xlsx")


def export_report(
    report: Report, folder: Path, formats: Sequence[str] = MAIL_FORMATS, progress: Progress | None = None
) -> ExportResult:
    """Write one form into `folder` (made if needed) under its Chinese names, in each of `formats`.

    As `export_reports`, but every format asked for must make sense for the form: UserError otherwise.
    """
    refused = [format for format in formats if format not in formats_of(report)]
    if refused:
        possible = "、".join(formats_of(report))
        raise UserError(f"“{report.title}”不能导出成“{refused[0]}”。可用的有：{possible}。")
    return export_reports([report], folder, formats, progress)


def export_reports(
    reports: Sequence[Report],
    folder: Path,
    formats: Sequence[str] = MAIL_FORMATS,
    progress: Progress | None = None,
    cover: Callable[[Sequence[WrittenFile]], Report] | None = None,
) -> ExportResult:
    """Write several forms into `folder` (made if needed): a PDF for each, one Excel workbook for all of them together,
    a Word file for each case and summary. A form is left out of a format that makes no sense for it.

    `cover` makes one more form (表10) from what was written; it is written last, as PDF. The files appear all
    together when the last one is finished; older ones of the same names are replaced. Raises UserError for a disk
    that refuses, a character that nobody can print and an unknown format, ExportCancelled when `progress` returns
    False: then nothing has changed in the folder.
    """
    unknown = [format for format in formats if format not in FORMATS]
    if unknown:
        raise UserError(f"不能导出成“{unknown[0]}”。可用的有：{'、'.join(FORMATS)}。")
    with storage_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with file_set(folder) as files:
            jobs = _jobs(reports, formats)
            written: list[_Written] = []
            count = len(jobs) + (cover is not None)
            for index, job in enumerate(jobs):
                written.append(_write(job, files, _part_of(progress, index, count)))
            if cover is not None:
                last = cover(tuple(each.file for each in written))
                written.append(_write(_Job("pdf", (last,)), files, _part_of(progress, count - 1, count)))
    return _result(written, folder)


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to write."""

    format: str
    reports: tuple[Report, ...]

    @property
    def name(self) -> str:
        suffix = f".{self.format}"
        return report_file_name(self.reports[0], suffix) if len(self.reports) == 1 else book_name(self.reports, suffix)


@dataclass(frozen=True, slots=True)
class _Written:
    file: WrittenFile
    fonts: tuple[str, ...] = ()
    pages: int = 0


def _jobs(reports: Sequence[Report], formats: Sequence[str]) -> list[_Job]:
    jobs: list[_Job] = []
    for format in dict.fromkeys(formats):
        fitting = tuple(report for report in reports if format in formats_of(report))
        if format == "xlsx":
            jobs += [_Job(format, fitting)] if fitting else []
        elif format == "docx":
            jobs += (_Job(format, (replace(sheet, following=()),)) for report in fitting for sheet in report.sheets)
        else:
            jobs += (_Job(format, (report,)) for report in fitting)
    return jobs


def _write(job: _Job, files: FileSet, progress: Progress | None) -> _Written:
    path = files.path_for(job.name)
    match job.format:
        case "pdf":
            from exporters.pdf import write_pdf

            done = write_pdf(job.reports[0], path, progress=progress)
            return _Written(WrittenFile(path, job.reports, f"{done.pages}页"), done.fonts, done.pages)
        case "xlsx":
            from exporters.xlsx import write_xlsx

            write_xlsx(job.reports, path, progress=progress)
            sheets = [sheet for report in job.reports for sheet in report.sheets]
            rows = sum(len(table.rows) for sheet in sheets for table in sheet.tables)
            return _Written(WrittenFile(path, job.reports, f"{rows}行"))
        case _:
            from exporters.docx import write_docx

            write_docx(job.reports[0], path, progress=progress)
            return _Written(WrittenFile(path, job.reports))


def _result(written: Sequence[_Written], folder: Path) -> ExportResult:
    fonts = tuple(dict.fromkeys(font for each in written for font in each.fonts))
    replaced: dict[str, None] = {}
    if fonts:
        from exporters.pdf.replacements import replaced_fonts

        for each in written:
            if each.fonts:
                replaced |= dict.fromkeys(replaced_fonts(each.file.reports[0], each.fonts))
    return ExportResult(
        tuple(replace(each.file, path=folder / each.file.path.name) for each in written),
        fonts,
        tuple(replaced),
        sum(each.pages for each in written),
    )


def attachment_names(report: Report, unit: Unit, formats: Sequence[str] = MAIL_FORMATS) -> tuple[str, ...]:
    """What the files of a report are called in a mail: ASCII, because webmail garbles the rest."""
    return tuple(
        attachment_name(
            area_code=unit.area,
            unit_code=unit.code,
            unit_uid=unit.uid,
            period_code=report.period_code,
            version=report.version,
            suffix=f".{format}",
        )
        for format in formats
    )


def export_letter(
    letter: Letter, report: Report, unit: Unit, notice: Notice, folder: Path, *, progress: Progress | None = None
) -> Path:
    """Write the mail draft (.eml) with the report's PDF and Excel file attached, and return its path.

    The two attachments are written beside it under the names the letter lists, for webmail, where they are
    dragged into the page. Raises UserError as `export_report`, and for an address that is none (H13).
    """
    from exporters.eml import Draft, write_eml
    from models.checks import Severity
    from models.letters import check_recipient

    problem = check_recipient(letter.recipient, notice)
    if problem and problem.severity is Severity.HARD:
        raise UserError(problem.message)
    attached = _write_attachments(report, unit, folder, progress)
    path = folder / report_file_name(report, ".eml")
    write_eml(Draft(letter.recipient, letter.sender, letter.subject, letter.body, attached), path)
    return path


def _write_attachments(report: Report, unit: Unit, folder: Path, progress: Progress | None) -> tuple["Attachment", ...]:
    from exporters.eml import Attachment
    from exporters.pdf import write_pdf
    from exporters.xlsx import write_xlsx

    with storage_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
    pdf, xlsx = (folder / name for name in attachment_names(report, unit))
    write_pdf(report, pdf, progress=_part_of(progress, 0, 2))
    write_xlsx([report], xlsx, progress=_part_of(progress, 1, 2))
    return Attachment.from_file(pdf), Attachment.from_file(xlsx)


def _part_of(progress: Progress | None, index: int, count: int) -> Progress | None:
    """The progress of file `index` of `count`, told as progress of the whole."""
    if progress is None:
        return None
    tell: Callable[[int, int], bool] = progress
    return lambda done, total: tell(index * _SHARE + done * _SHARE // total, count * _SHARE)
