"""Takes the pictures of all forms: as the sample ledger fills them, and in the cases that break forms.

    python packaging/form_pictures.py              writes docs/forms/*.png and docs/forms/README.md
    python packaging/form_pictures.py table2 …     only files whose names begin so; the index stays as it is

Only the fonts of this program are used, so that the pictures change with the program alone. What is shown is made in
packaging/form_samples.py.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.update(QT_QPA_PLATFORM="offscreen", TZ="CST-8")

from form_samples import FormSample, sections  # noqa: E402
from PIL import Image  # noqa: E402
from PySide6.QtCore import QBuffer, QByteArray, QSize  # noqa: E402
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter  # noqa: E402
from PySide6.QtPdf import QPdfDocument  # noqa: E402

from exporters.pdf import PdfDocument, render_pdf  # noqa: E402
from exporters.pdf.fonts import font_set  # noqa: E402
from models.notice import builtin_notice  # noqa: E402

OUT = ROOT / "docs" / "forms"
HIGH = 900  # pixels of a picture
GREYS, COLOURS = 16, 8
VIVID = 24  # difference of the channels from which on a pixel is not grey
MOST = 2  # pages of a form from its beginning; the last one is always shown
HEAD = """# 各表的样子

这些图由 `python packaging/form_pictures.py` 用示例台账生成，只用程序自带的字体；改了表样就重新生成一次。
页数多的表只放前两页和最后一页。

"""


def main(wanted: list[str]) -> int:
    """Take the pictures; prints the files it wrote."""
    app = QGuiApplication([])
    OUT.mkdir(parents=True, exist_ok=True)
    index, written = [HEAD], set[str]()
    for heading, samples in sections(builtin_notice()):
        index.append(f"## {heading}\n\n")
        for sample in samples:
            if not wanted or any(sample.name.startswith(each) for each in wanted):
                names = list(take(sample))
                written.update(names)
                index.append(f"**{sample.caption}**\n\n{''.join(shown(name) for name in names)}\n")
    if not wanted:
        (OUT / "README.md").write_text("".join(index).rstrip() + "\n", "utf-8")
        for old in OUT.glob("*.png"):
            if old.name not in written:
                old.unlink()
    print(f"{len(written)} pictures, {sum(file.stat().st_size for file in OUT.iterdir()) / 1024:,.0f} KB in all")
    del app
    return 0


def take(sample: FormSample) -> Iterator[str]:
    """Write pictures of the pages of a form and yield the names of the files."""
    document = render_pdf(sample.report, fonts=font_set(()))
    numbers = sorted({*range(min(MOST, document.pages)), document.pages - 1})
    pages = opened(document)
    for number in numbers:
        name = f"{sample.name}-{number + 1}.png" if document.pages > 1 else f"{sample.name}.png"
        save(picture(pages, number), OUT / name)
        print(name, f"{number + 1}/{document.pages}")
        yield name


def shown(name: str) -> str:
    """The picture in the index."""
    page = name.removesuffix(".png")
    return f"![{page}]({name})\n"


def opened(document: PdfDocument) -> QPdfDocument:
    """The PDF, to be looked at."""
    pages = QPdfDocument()
    buffer = QBuffer(pages)
    buffer.setData(QByteArray(document.data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    pages.load(buffer)
    return pages


def picture(pages: QPdfDocument, number: int) -> QImage:
    """A page on white paper, drawn twice as large and shrunk, so that thin lines stay thin."""
    size = pages.pagePointSize(number)
    small = QSize(round(HIGH * size.width() / size.height()), HIGH)
    drawn = pages.render(number, small * 2)
    paper = QImage(drawn.size(), QImage.Format.Format_RGB32)
    paper.fill(QColor("white"))
    painter = QPainter(paper)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return paper


def save(paper: QImage, file: Path) -> None:
    """Half as large, in sixteen greys and the colours that are most of what is not grey."""
    size = paper.width(), paper.height()
    image = Image.frombytes("RGB", size, paper.constBits(), "raw", "BGRX", paper.bytesPerLine())
    image = image.resize((size[0] // 2, size[1] // 2), Image.Resampling.BOX)
    colours = [level for grey in range(0, 256, 255 // (GREYS - 1)) for level in (grey,) * 3] + coloured(image)
    palette = Image.new("P", (1, 1))
    palette.putpalette(colours)
    image.quantize(palette=palette, dither=Image.Dither.NONE).save(file, optimize=True)


def coloured(image: Image.Image) -> list[int]:
    """The channels of a few colours for what is neither black, white nor grey: 未填, a day off."""
    found = image.getcolors(image.width * image.height) or []
    vivid = [(count, rgb) for count, rgb in found if isinstance(rgb, tuple) and max(rgb) - min(rgb) > VIVID]
    if not vivid:
        return []
    strip = Image.new("RGB", (sum(count for count, _ in vivid), 1))
    strip.putdata([rgb for count, rgb in vivid for _ in range(count)])
    return (strip.quantize(COLOURS, method=Image.Quantize.MEDIANCUT).getpalette() or [])[: COLOURS * 3]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
