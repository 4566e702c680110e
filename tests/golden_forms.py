"""Every form of the sample ledger as readable text, to be compared with what is kept in tests/golden.

    python -m tests.golden_forms            write them anew, after looking at what changes
    python -m tests.golden_forms 表2 年历    only these

The files hold each cell with the number of records it comes from in braces, then the words of the PDF pages as pypdf
reads them. Only the program's own fonts are used, so that they are the same on every computer.
"""

import sys
import tempfile
from collections.abc import Iterator
from functools import singledispatch
from pathlib import Path

from exporters.pdf import render_pdf
from exporters.pdf.fonts import font_set
from models.notice import builtin_notice
from models.periods import Period, month_of, year_of
from models.report import (
    Block,
    Cell,
    Document,
    FieldGrid,
    MonthGrid,
    PictureSheet,
    Prose,
    Report,
    Row,
    SealBox,
    Table,
    YearGrid,
)
from models.reports import BUILDERS, CALENDAR_SHEETS
from models.reports.basis import ReportBasis
from models.reports.blank_forms import BLANKS
from models.sample_ledger import create_sample_ledger
from models.samples import SAMPLE_DAY
from tests.exporters.pdf_reading import read

GOLDEN = Path(__file__).parent / "golden"
NAMES = (*BUILDERS, *(f"空白{code}" for code in BLANKS), *CALENDAR_SHEETS)


def sample_forms(folder: Path) -> dict[str, Report]:
    """All forms of the sample year, the blank ones, and the calendar of the sample month and year."""
    notice = builtin_notice()
    with create_sample_ledger(folder, notice) as ledger:

        def basis(period: Period) -> ReportBasis:
            return ReportBasis(ledger, notice, period, SAMPLE_DAY)

        whole = basis(year_of(SAMPLE_DAY))
        found = {code: build(whole) for code, build in BUILDERS.items()}
        found |= {f"空白{code}": build(ledger, notice) for code, build in BLANKS.items()}
        for name, build in CALENDAR_SHEETS.items():
            found[name] = build(basis((month_of if name == "月历" else year_of)(SAMPLE_DAY)))
    return found


def golden_text(report: Report) -> str:
    """The form and its pages as text."""
    lines = [line for sheet in report.sheets for line in _sheet_lines(sheet)]
    document = render_pdf(report, fonts=font_set(()))
    for number, page in enumerate(read(document.data).pages, start=1):
        lines += ["", f"==== PDF 第{number}页，共{document.pages}页"]
        # Without spaces: where pypdf puts them differs from one version of it to the next.
        lines += ("".join(line.split()) for line in page.extract_text().splitlines() if line.strip())
    return "\n".join(lines).lstrip("\n") + "\n"


def _sheet_lines(sheet: Report) -> Iterator[str]:
    yield from ("", f"# {sheet.code} {sheet.title}")
    yield f"{sheet.unit_name}｜{sheet.unit_code}｜{sheet.period_text}｜{sheet.period_code}｜第{sheet.version}版"
    yield f"{sheet.orientation}｜{sheet.file_stem}｜{sheet.measure}｜{sheet.basis}｜{sheet.form_version}"
    if sheet.info is not None:
        yield f"表头：{'｜'.join(sheet.info)}"
    if sheet.qr_text:
        yield f"二维码：{sheet.qr_text}"
    for block in sheet.blocks:
        yield ""
        yield from _block_lines(block)
    if sheet.signed:
        signed = sheet.signature
        yield from ("", f"签：{signed.leader}｜{signed.reviewer}｜{signed.filler}｜{signed.phone}｜{signed.filled_on}")


@singledispatch
def _block_lines(block: Block) -> Iterator[str]:
    raise NotImplementedError(f"no words yet for {type(block).__name__}")


@_block_lines.register
def _(block: FieldGrid) -> Iterator[str]:
    yield f"[栏] {block.title}".rstrip()
    for line in block.lines:
        yield "　".join(f"{entry.label}：{_cell(entry.value)}" for entry in line)


@_block_lines.register
def _(block: Prose) -> Iterator[str]:
    yield f"[文] {block.heading}"
    yield from block.printed


@_block_lines.register
def _(block: SealBox) -> Iterator[str]:
    yield f"[章] {block.title}｜{block.text}"


@_block_lines.register
def _(block: PictureSheet) -> Iterator[str]:
    yield f"[照片] {block.title}，每页{block.per_page}张"
    yield from (picture.caption for picture in block.pictures)


@_block_lines.register
def _(block: Document) -> Iterator[str]:
    for paragraph in block.paragraphs:
        yield f"[{paragraph.style}] " + "".join(
            f"{each.text}{{{each.figure}:{len(each.sources)}}}" if each.figure else each.text
            for each in paragraph.passages
        )


@_block_lines.register
def _(block: MonthGrid) -> Iterator[str]:
    for week in block.weeks:
        for day in week:
            entries = "；".join(f"{entry.mark}{entry.title}" for entry in day.entries)
            yield f"{day.day}｜{day.corner}｜{entries}".rstrip("｜")
    yield from block.notes


@_block_lines.register
def _(block: YearGrid) -> Iterator[str]:
    for month in block.months:
        yield f"{month.label}｜{month.corner}"
        yield from (f"  {entry.mark}{entry.when} {entry.title}" for entry in month.entries)
    yield from block.notes


@_block_lines.register
def _(table: Table) -> Iterator[str]:
    yield f"[表] {table.title}".rstrip()
    yield " | ".join(f"({_line(column.title)})" if column.hidden else _line(column.title) for column in table.columns)
    yield from (_row(row) for row in table.rows)
    if not table.rows:
        yield table.empty_text
    if table.total is not None:
        yield f"合计行 {_row(table.total)}"
    yield from (f"注：{note}" for note in table.notes)
    for chart in table.charts:
        yield f"图：{chart.title}，{chart.labels} {chart.values} {chart.rows}"


def _row(row: Row) -> str:
    return " | ".join(_cell(cell, row.uid) for cell in row.cells)


def _cell(cell: Cell, own: str = "") -> str:
    """The text and, in braces, of how many records; nothing where it is the record that the line shows."""
    words = f"<{cell.text}>" if cell.missing else _line(cell.text)
    return words if cell.sources in ((), (own,)) else f"{words}{{{len(cell.sources)}}}"


def _line(text: str) -> str:
    return text.replace("\n", "⏎")


def main(wanted: list[str]) -> int:
    """Write the files."""
    GOLDEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, report in sample_forms(Path(folder) / "示例").items():
            if not wanted or name in wanted:
                (GOLDEN / f"{name}.txt").write_text(golden_text(report), "utf-8", newline="\n")
                print(f"tests/golden/{name}.txt")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
