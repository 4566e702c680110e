"""Put text and rules on a reportlab canvas, with coordinates that run down from the top left corner.

reportlab's own text object measures every string again and looks its characters up one by one. Forms
repeat the same strings all the time, so here each string is encoded once a document.
"""

# reportlab carries no types, so the checker is told to trust this module's own annotations.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
# pyright: reportPrivateUsage=false, reportArgumentType=false

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from exporters.pdf.faces import Face, FontChain
from exporters.pdf.jpeg import Jpeg, place_jpeg
from exporters.pdf.linebreak import text_width

# A switch of the whole process (nothing else here uses reportlab): without it every page is wrapped in
# base 85, which costs a third of the time and a quarter of the file.
rl_config.useA85 = 0

BLACK = (0.0, 0.0, 0.0)
RED = (0.75, 0.12, 0.1)
GREY = (0.35, 0.35, 0.35)
SHADE = 0.945  # of the table header: visible on the screen, harmless on a copier
BOLD_STROKE = 0.035  # the outline that makes a face look bold if it is not, as a share of its size
FILL, FILL_AND_STROKE = "0 Tr", "2 Tr"
ASCENT = 0.86  # baseline below the top of a line as high as its type, for the ideographs of all our faces


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a piece of text looks. `leading` is the distance of two baselines, in points like `size`.

    `chain` is the one to measure and draw with: given any role's chain, a bold style takes its bold one.
    """

    chain: FontChain
    size: float
    leading: float
    bold: bool = False
    colour: tuple[float, float, float] = BLACK

    def __post_init__(self) -> None:
        if self.bold:
            object.__setattr__(self, "chain", self.chain.bold)

    def width(self, text: str) -> float:
        """Width of one line in points."""
        return text_width(text, self.chain.widths) * self.size / 1000

    def baseline(self) -> float:
        """Distance from the top of a line's slot to its baseline."""
        return (self.leading - self.size) / 2 + self.size * ASCENT

    def operators(self) -> str:
        """PDF operators that switch to this look (the font, and how to fill it, is chosen with each string)."""
        red, green, blue = self.colour
        fill = f"{red:g} {green:g} {blue:g}"
        if not self.bold:
            return f"{FILL} {fill} rg"
        return f"{fill} rg {fill} RG {self.size * BOLD_STROKE:.3f} w"

    def font_operators(self, font: str, face: Face) -> str:
        """PDF operators that switch to a subset of `face`: light faces in a bold style get a thicker outline."""
        if not self.bold:
            return f"{font} {self.size:g} Tf"
        return f"{font} {self.size:g} Tf {FILL if face.bold else FILL_AND_STROKE}"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the reader program shows in the file's properties."""

    title: str
    author: str
    subject: str
    keywords: str
    creator: str


class _WatchedOffsets(dict[str, int]):
    """Where each object begins in the file. reportlab notes it when one is written, which is all one hears of that."""

    def __init__(self, beat: Callable[[], None]) -> None:
        super().__init__()
        self._beat = beat

    def __setitem__(self, name: str, offset: int) -> None:
        super().__setitem__(name, offset)
        self._beat()


class Painter:
    """Draws one document, page after page. Sizes and places in points."""

    def __init__(self, size: tuple[float, float], first_chain: FontChain, metadata: Metadata) -> None:
        self._height = size[1]
        self._buffer = BytesIO()
        self._canvas = Canvas(
            self._buffer,
            pagesize=size,
            pageCompression=1,
            invariant=True,  # no clock, no random ids: the same report gives the same bytes
            initialFontName=first_chain.registered_name(),  # else reportlab refers to Helvetica
            pdfVersion=(1, 5),  # the first with a language mark is 1.4
            lang="zh-CN",
        )
        self._document = self._canvas._doc  # what fonts are embedded in
        self._set_metadata(metadata)
        self._encoded: dict[tuple[FontChain, str], tuple[tuple[Face, str, str], ...]] = {}
        self._entries = 0
        self._text: list[str] = []
        self._style: TextStyle | None = None
        self._font = ""

    def text(self, style: TextStyle, left: float, baseline: float, text: str) -> None:
        """One line of text, its baseline `baseline` points below the top of the page."""
        self._start_line(style, left, baseline)
        self._show(style, text)

    def spread_text(self, style: TextStyle, left: float, baseline: float, parts: Iterable[tuple[str, float]]) -> None:
        """One line of text whose parts have so much space (points) behind each of their characters."""
        self._start_line(style, left, baseline)
        for text, space in parts:
            self._text.append(f"{space:.3f} Tc")
            self._show(style, text)
        self._text.append("0 Tc")

    def shade(self, left: float, top: float, width: float, height: float, grey: float = SHADE) -> None:
        """A light grey rectangle."""
        self._canvas.setFillGray(grey)
        self._canvas.rect(left, self._height - top - height, width, height, stroke=0, fill=1)

    def fill(self, rectangles: Iterable[tuple[float, float, float, float]]) -> None:
        """Black rectangles (left, top, width, height)."""
        self._canvas.setFillGray(0)
        for left, top, width, height in rectangles:
            self._canvas.rect(left, self._height - top - height, width, height, stroke=0, fill=1)

    def picture(self, jpeg: Jpeg, left: float, top: float, width: float, height: float) -> None:
        """A photo stretched to a rectangle."""
        place_jpeg(self._canvas, jpeg, left, self._height - top - height, width, height)

    def rules(self, lines: Iterable[tuple[float, float, float, float]], width: float, grey: float = 0.0) -> None:
        """Straight lines (left, top, right, bottom), black or in a lighter `grey`."""
        self._canvas.setStrokeGray(grey)
        self._canvas.setLineWidth(width)
        height = self._height
        self._canvas.lines([(x1, height - y1, x2, height - y2) for x1, y1, x2, y2 in lines])

    def end_page(self) -> None:
        """Lay the page's text over its shades and rules and go on to a new page."""
        self._canvas.drawText(self)  # it only asks for getCode()
        self._canvas.showPage()
        self._text, self._style, self._font = [], None, ""

    def getCode(self) -> str:  # noqa: N802 - reportlab's name
        """The page's text as PDF operators."""
        return "\n".join(("q BT", *self._text, "ET Q"))

    def outline(self, text: str, level: int) -> None:
        """An entry of the outline, below the last one of a lower level, that leads to the current page."""
        key = f"entry{self._entries}"  # reportlab merges entries of one key
        self._entries += 1
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(text, key, level=level)

    def has_used(self, face: Face) -> bool:
        """Whether something was drawn with `face`; ask before `save`."""
        return face.used_in(self._document)

    def save(self, beat: Callable[[], None] | None = None) -> bytes:
        """The finished PDF; the painter is used up. `beat` is called for each object of the file and may raise."""
        if beat is not None:
            self._document.idToOffset = _WatchedOffsets(beat)
        self._canvas.save()
        return self._buffer.getvalue()

    def _start_line(self, style: TextStyle, left: float, baseline: float) -> None:
        if style is not self._style:
            self._text.append(style.operators())
            self._style, self._font = style, ""
        self._text.append(f"1 0 0 1 {left:.2f} {self._height - baseline:.2f} Tm")

    def _show(self, style: TextStyle, text: str) -> None:
        """Go on in the current line."""
        for face, font, data in self._encoded.get((style.chain, text)) or self._encode(style.chain, text):
            if font != self._font:
                self._text.append(style.font_operators(font, face))
                self._font = font
            self._text.append(f"({data}) Tj")

    def _set_metadata(self, metadata: Metadata) -> None:
        canvas = self._canvas
        canvas.setTitle(metadata.title)
        canvas.setAuthor(metadata.author)
        canvas.setSubject(metadata.subject)
        canvas.setKeywords(metadata.keywords)
        canvas.setCreator(metadata.creator)
        canvas.setProducer(metadata.creator)
        canvas.setViewerPreference("DisplayDocTitle", "true")

    def _encode(self, chain: FontChain, text: str) -> tuple[tuple[Face, str, str], ...]:
        runs = tuple(
            (face, name, self._canvas._escape(codes))
            for face, run in chain.runs(text)
            for name, codes in face.encode(run, self._document)
        )
        self._encoded[chain, text] = runs
        return runs
