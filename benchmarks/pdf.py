"""P6: 表2 as PDF, next to reportlab's own drawing calls for the same strings, to fpdf2 and to typst."""

import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import resources
from benchmarks.measure import Figure, Sample, in_turns, seconds
from benchmarks.report_of import table2
from exporters.pdf import render_pdf
from exporters.pdf.paint import Painter, TextStyle
from models.report import Report

ROWS, ROUNDS, PEER_ROUNDS = 1000, 9, 3
FONT = "NotoSansSC-Regular.subset.ttf"
FAMILY = "Noto Sans SC"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One string on a page: size of the type, left edge and baseline (from the page's lower edge) in points."""

    size: float
    left: float
    baseline: float
    text: str


def measure(ledger_folder: Path) -> list[Figure]:
    """Ours and the canvas in turns; the peers fewer times, for they are slow."""
    report = table2(ledger_folder, ROWS)
    size, pages = _drawn_by_us(report)
    ours, canvas = in_turns(lambda: render_pdf(report), lambda: _draw(size, pages), rounds=ROUNDS)
    strings = sum(map(len, pages))
    figures = [
        Figure(
            "P6",
            f"表2 as PDF, {ROWS} rows, against the canvas",
            Sample("render_pdf", ours),
            Sample("canvas", canvas),
            1.5,
            notes=[f"{len(pages)} pages, {strings} strings"],
        )
    ]
    for name, module, goal, taken in (("fpdf2", "fpdf", 5, _by_fpdf2), ("typst", "typst", 1, _by_typst)):
        if importlib.util.find_spec(module) is None:
            print(f"P6   {name} is not installed: the dependency group `bench` has it")
            continue
        peer = [taken(report) for _ in range(PEER_ROUNDS)]
        what = f"表2 as PDF, {ROWS} rows, against {name}"
        sample = Sample("render_pdf", ours[-PEER_ROUNDS:])
        figures.append(Figure("P6", what, sample, Sample(name, peer), goal, at_least=True))
    return figures


def _drawn_by_us(report: Report) -> tuple[tuple[float, float], list[list[Drawn]]]:
    """Size of the page, and what stands where on each."""
    pages: list[list[Drawn]] = [[]]
    sizes: list[tuple[float, float]] = []
    draw_text, end_page = Painter.text, Painter.end_page

    def note_text(self: Painter, style: TextStyle, left: float, baseline: float, text: str) -> None:
        pages[-1].append(Drawn(style.size, left, self._height - baseline, text))  # pyright: ignore[reportPrivateUsage]
        draw_text(self, style, left, baseline, text)

    def note_page(self: Painter) -> None:
        pages.append([])
        sizes.append(self._canvas._pagesize)  # pyright: ignore
        end_page(self)

    Painter.text, Painter.end_page = note_text, note_page
    try:
        render_pdf(report)
    finally:
        Painter.text, Painter.end_page = draw_text, end_page
    return sizes[0], pages[:-1]


def _draw(size: tuple[float, float], pages: list[list[Drawn]]) -> bytes:
    """The least a program on reportlab can do: every string drawn by the canvas, one font, no rules."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if FAMILY not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FAMILY, str(_font())))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, pageCompression=1)
    for page in pages:
        type_size = 0.0
        for drawn in page:
            if drawn.size != type_size:
                canvas.setFont(FAMILY, drawn.size)
                type_size = drawn.size
            canvas.drawString(drawn.left, drawn.baseline, drawn.text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _by_fpdf2(report: Report) -> float:
    """Seconds for the same table with fpdf2's own table."""
    from fpdf import FPDF
    from fpdf.fonts import FontFace

    (table,) = report.tables
    printed = table.printed_columns()

    def make() -> None:
        pdf = FPDF(orientation="landscape", unit="mm", format="A4")
        pdf.add_font(FAMILY, fname=_font())
        pdf.set_font(FAMILY, size=9)
        pdf.add_page()
        widths = tuple(table.columns[index].width for index in printed)
        # its annotations ask for whole millimetres, the function does not
        with pdf.table(  # pyright: ignore[reportArgumentType]
            col_widths=widths,  # pyright: ignore[reportArgumentType]
            line_height=4.2,  # pyright: ignore[reportArgumentType]
            headings_style=FontFace(emphasis=None),
        ) as made:
            made.row([table.columns[index].title for index in printed])
            for row in table.rows:
                made.row([row.cells[index].text for index in printed])
        pdf.output()

    return seconds(make)


def _by_typst(report: Report) -> float:
    """Seconds for the same table with typst, which reads the values from a JSON file, has the one font and no cache."""
    (table,) = report.tables
    printed = table.printed_columns()
    widths = ", ".join(f"{table.columns[index].width}fr" for index in printed)
    head = ", ".join(f"[{table.columns[index].title}]" for index in printed)
    texts = [[row.cells[index].text for index in printed] for row in table.rows]
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(_font(), folder)
        Path(folder, "values.json").write_text(json.dumps(texts, ensure_ascii=False), "utf-8")
        document = Path(folder, "table.typ")
        document.write_text(
            f'#set page(paper: "a4", flipped: true)\n#set text(font: "{FAMILY}", size: 9pt)\n'
            f'#table(columns: ({widths}), table.header({head}), ..json("values.json").flatten())\n',
            "utf-8",
        )
        command = [sys.executable, "-m", "benchmarks.typst_once", str(document), folder]
        return float(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def _font() -> Path:
    return resources.path("fonts") / FONT
