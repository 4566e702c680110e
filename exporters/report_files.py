"""From one report to the files a clerk keeps, prints or sends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from exporters.names import attachment_name, report_file_name
from exporters.progress import Progress
from models.errors import UserError
from models.letters import Letter
from models.notice import Notice
from models.report import Report
from models.storage_faults import storage_faults
from models.unit import Unit

FORMATS = ("pdf", "xlsx")
_SHARE = 1000  # steps that each file counts in the progress of several


@dataclass(frozen=True, slots=True)
class ExportResult:
    """The files written, in the order of the formats asked for. `fonts` are those that the PDF prints with."""

    files: tuple[Path, ...]
    fonts: tuple[str, ...] = ()
    pages: int = 0


def export_report(
    report: Report, folder: Path, formats: Sequence[str] = FORMATS, progress: Progress | None = None
) -> ExportResult:
    """Write `report` into `folder` (made if needed) under its Chinese names, in each of `formats` (pdf, xlsx).

    Each file is written completely or not at all; an older one of the same name is replaced. Raises UserError
    for a disk that refuses, a character that nobody can print and an unknown format, ExportCancelled when
    `progress` returns False; files already finished then stay.
    """
    names = {format: report_file_name(report, f".{format}") for format in formats}
    return _write(report, folder, names, progress)


def attachment_names(report: Report, unit: Unit, formats: Sequence[str] = FORMATS) -> tuple[str, ...]:
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
    from exporters.eml import Attachment, Draft, write_eml
    from models.checks import Severity
    from models.letters import check_recipient

    problem = check_recipient(letter.recipient, notice)
    if problem and problem.severity is Severity.HARD:
        raise UserError(problem.message)
    names: dict[str, str] = dict(zip(FORMATS, attachment_names(report, unit), strict=True))
    files = _write(report, folder, names, progress).files
    attached = tuple(Attachment.from_file(file) for file in files)
    path = folder / report_file_name(report, ".eml")
    write_eml(Draft(letter.recipient, letter.sender, letter.subject, letter.body, attached), path)
    return path


def _write(report: Report, folder: Path, names: dict[str, str], progress: Progress | None) -> ExportResult:
    with storage_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    fonts: tuple[str, ...] = ()
    pages = 0
    for index, (format, name) in enumerate(names.items()):
        path = folder / name
        part = _part_of(progress, index, len(names))
        if format == "pdf":
            from exporters.pdf import write_pdf

            written = write_pdf(report, path, progress=part)
            fonts, pages = written.fonts, written.pages
        elif format == "xlsx":
            from exporters.xlsx import write_xlsx

            write_xlsx([report], path, progress=part)
        else:
            raise UserError(f"不能导出成“{format}”。可用的有：{'、'.join(FORMATS)}。")
        files.append(path)
    return ExportResult(tuple(files), fonts, pages)


def _part_of(progress: Progress | None, index: int, count: int) -> Progress | None:
    """The progress of file `index` of `count`, told as progress of the whole."""
    if progress is None:
        return None
    tell: Callable[[int, int], bool] = progress
    return lambda done, total: tell(index * _SHARE + done * _SHARE // total, count * _SHARE)
