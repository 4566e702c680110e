"""Make the files of a submission: forms, cases for Word, photos, data, and the list that comes back signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from exporters.names import attachment_name, report_file_name
from exporters.progress import ExportCancelled, Progress
from exporters.report_files import formats_of
from exporters.submission_volumes import PackageFile, PackageLabel, names_of
from models.receipt_code import content_digest, receipt_code
from models.report import Report
from models.reports.table10 import CODE as COVER
from models.reports.table10 import ListedFile, build_table10
from models.storage_faults import storage_faults
from models.submission_content import COVER_FORM, PackageContent
from models.submission_data import FILE_NAME

if TYPE_CHECKING:
    from exporters.pdf.fonts import FontSet

PHOTO_TITLE, DATA_TITLE = "照片", "数据"
_SHARE = 100  # steps that each file counts in the progress


@dataclass(frozen=True, slots=True)
class BuiltPackage:
    """The files of a submission in the order of the package, 表10 first if it was asked for.

    `digest` is the digest of the content and `receipt_code` the code that follows from it: 表10 prints the code and
    is therefore not part of the content. `replaced` names the fonts of a union office that this computer lacks.
    """

    content: PackageContent
    files: tuple[PackageFile, ...]
    digest: str
    receipt_code: str
    replaced: tuple[str, ...] = ()

    @property
    def label(self) -> PackageLabel:
        """What the zips and their manifest say about the package."""
        return PackageLabel(package_stem(self.content), self.receipt_code, self.digest, self.content.made_at.date())

    @property
    def byte_count(self) -> int:
        """The size of all files together."""
        return sum(file.byte_count for file in self.files)


def package_stem(content: PackageContent) -> str:
    """JZGH_410803_A12345_2025Q3_v1: the name of the zips, in ASCII for the sake of webmail."""
    unit = content.basis.unit
    return attachment_name(
        area_code=unit.area,
        unit_code=unit.code,
        unit_uid=unit.uid,
        period_code=content.basis.period.code,
        version=content.version,
        suffix="",
    )


def build_package(
    content: PackageContent, progress: Progress | None = None, fonts: "FontSet | None" = None
) -> BuiltPackage:
    """Render everything, in memory. The same content gives the same bytes on the same computer.

    Raises UserError for a character that nobody can print and for a photo whose file has gone, ExportCancelled
    when `progress` returns False.
    """
    from exporters.pdf.fonts import font_set
    from exporters.pdf.replacements import replaced_fonts

    chosen = fonts or font_set()
    files: list[PackageFile] = []
    replaced: dict[str, None] = {}
    jobs = [(report, format) for report in content.reports for format in _formats_of(report)]
    for index, (report, format) in enumerate(jobs):
        file, used = _rendered(report, format, chosen)
        files.append(file)
        replaced |= dict.fromkeys(replaced_fonts(report, used, chosen) if used else ())
        if progress is not None and not progress((index + 1) * _SHARE, (len(jobs) + 1) * _SHARE):
            raise ExportCancelled
    files.append(PackageFile(FILE_NAME, DATA_TITLE, content.data))
    files += (PackageFile(photo.name, PHOTO_TITLE, photo.path) for photo in content.photos)
    digest = content_digest(names_of(files))
    code = receipt_code(digest)
    if COVER_FORM in content.forms:
        cover, _used = _rendered(_cover(content, files, code), "pdf", chosen)
        files.insert(0, cover)
    if progress is not None and not progress((len(jobs) + 1) * _SHARE, (len(jobs) + 1) * _SHARE):
        raise ExportCancelled
    return BuiltPackage(content, tuple(files), digest, code, tuple(replaced))


def _formats_of(report: Report) -> list[str]:
    """PDF to look at, and one to work with: Word for running text, Excel for tables."""
    formats = formats_of(report)
    return [format for format in formats if format != "xlsx" or "docx" not in formats]


def _rendered(report: Report, format: str, fonts: "FontSet") -> tuple[PackageFile, tuple[str, ...]]:
    """One form in one format, and the fonts it was printed with."""
    name = report_file_name(report, f".{format}")
    if format == "pdf":
        from exporters.pdf import render_pdf

        document = render_pdf(report, fonts=fonts)
        return PackageFile(name, report.code, document.data, f"{document.pages}页"), document.fonts
    with storage_faults(Path("临时文件夹")), TemporaryDirectory() as folder:
        path = Path(folder, Path(name).name)
        if format == "xlsx":
            from exporters.xlsx import write_xlsx

            write_xlsx([report], path)
        else:
            from exporters.docx import write_docx

            write_docx(report, path)
        content = path.read_bytes()
    rows = sum(len(table.rows) for sheet in report.sheets for table in sheet.tables)
    return PackageFile(name, report.code, content, f"{rows}行" if format == "xlsx" else ""), ()


def _called(file: PackageFile, titles: Mapping[str, str]) -> str:
    """What a file holds, unless its folder says so: photos are many, and the cover is to stay on one page."""
    return titles.get(file.title) or ("" if file.name.startswith(f"{file.title}/") else file.title)


def _cover(content: PackageContent, files: Sequence[PackageFile], code: str) -> Report:
    titles = {report.code: report.title for report in content.reports}
    listed = [ListedFile(file.name, _called(file, titles), file.extent, file.byte_count, file.digest) for file in files]
    cover = build_table10(
        content.basis,
        listed,
        version=content.version,
        receipt_code=code,
        checks=content.checks,
        differences=content.differences,
    )
    return replace(cover, code=COVER)
