"""The lines of an official document: every paragraph broken, indented and justified as GB/T 9704-2012 says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from exporters.official_text import (
    ABOVE_ATTACHMENTS,
    ABOVE_CLOSING,
    BELOW_TITLE,
    CLOSING_RIGHT,
    COLUMNS,
    INDENT,
    MOST_KEPT_ATTACHMENTS,
    PlainText,
    attachment_head,
    placed,
    plain_texts,
)
from exporters.pdf.characters import DOCUMENT_ROLES
from exporters.pdf.fonts import FontSet
from exporters.pdf.justify import CELL, LEADING, PITCH, SIZE, WIDTH, CellWidths, advances
from exporters.pdf.linebreak import wrap
from exporters.pdf.official_title import title_lines
from exporters.pdf.paint import RED, TextStyle
from exporters.text import printable
from models.report import Document, ParagraphStyle, Passage

TITLE_SIZE = 22.0  # 2号
OUTLINE_LEVELS: dict[ParagraphStyle, int] = {"title": 0, "heading1": 1, "heading2": 2, "heading3": 3}
HEADINGS = frozenset[ParagraphStyle](("heading1", "heading2", "heading3"))
_FULL_WIDTH_SPACE = "\u3000"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the grid. `steps` are the points from each character to the next, `passages` whose each one is.

    `left` counts from the type area's edge. A page must not begin with a line that is to `keep` with the one above.
    `outline` is the level of the entry that leads here, if there is one, and its text.
    """

    text: str = ""
    left: float = 0.0
    steps: tuple[float, ...] = ()
    passages: tuple[Passage, ...] = ()
    style: TextStyle | None = None
    field: str = ""
    keep: bool = False
    outline: tuple[int, str] | None = None

    @property
    def width(self) -> float:
        """Points from its first character's left edge to its last one's right edge."""
        return sum(self.steps)


class Setter:
    """Sets the paragraphs of documents in the fonts of `fonts`."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self._looks: dict[ParagraphStyle, tuple[TextStyle, CellWidths]] = {}

    def lines(self, document: Document) -> list[Line]:
        """All lines in their order, empty ones included."""
        lines: list[Line] = []
        after_heading = False
        for _, group in groupby(document.paragraphs, key=lambda paragraph: paragraph.style):
            texts = [text for paragraph in group for text in plain_texts(paragraph, printable)]
            if texts:
                first = len(lines)
                self._add(lines, texts)
                if after_heading:
                    lines[first] = replace(lines[first], keep=True)
                after_heading = texts[0].paragraph.style in HEADINGS
        return lines

    def _add(self, lines: list[Line], texts: Sequence[PlainText]) -> None:
        """Add the paragraphs, all of one style, to `lines`."""
        match texts[0].paragraph.style:
            case "title":
                lines += (line for text in texts for line in self._title(text))
                lines += [Line(keep=True)] * BELOW_TITLE
                return
            case "attachment":
                made = list(self._attachments(texts))
                lines += [Line()] * ABOVE_ATTACHMENTS if lines else ()
                lines += (replace(line, keep=True) if index == 0 else line for index, line in enumerate(made))
            case "closing":
                _keep_with_closing(lines)
                lines += [Line(keep=True)] * ABOVE_CLOSING if lines else ()
                lines += self._closing(texts)
            case _:
                lines += (line for text in texts for line in self._running(text))

    def _look(self, style: ParagraphStyle) -> tuple[TextStyle, CellWidths]:
        if style not in self._looks:
            chain = self._fonts.chain(DOCUMENT_ROLES[style])
            size = TITLE_SIZE if style == "title" else SIZE
            self._looks[style] = TextStyle(chain, size, LEADING), CellWidths(chain.widths)
        return self._looks[style]

    def _title(self, text: PlainText) -> Iterator[Line]:
        style, _ = self._look("title")
        widths = style.chain.widths
        cut = title_lines(text.text, widths, WIDTH / TITLE_SIZE * 1000)
        for index, (start, line) in enumerate(placed(text.text, cut)):
            steps = tuple(widths[character] * TITLE_SIZE / 1000 for character in line)
            yield Line(
                line,
                (WIDTH - sum(steps)) / 2,
                steps,
                text.passages[start : start + len(line)],
                style,
                text.paragraph.field,
                keep=True,
                outline=(0, text.text) if index == 0 else None,
            )

    def _running(self, text: PlainText) -> Iterator[Line]:
        """Text with its first line indented, headings too; whom it is addressed to begins at the edge."""
        style = text.paragraph.style
        indent = 0 if style == "address" else INDENT
        padded = _FULL_WIDTH_SPACE * indent + text.text
        _, widths = self._look(style)
        cut = wrap(padded, widths, COLUMNS * CELL)
        level = OUTLINE_LEVELS.get(style)
        for index, (start, line) in enumerate(placed(padded, cut)):
            skipped = indent if index == 0 else 0
            made = self._line(text, start + skipped - indent, line[skipped:], skipped * PITCH, index == len(cut) - 1)
            if level is not None:
                made = replace(made, keep=index > 0, outline=(level, text.text) if index == 0 else None)
            yield made

    def _attachments(self, texts: Sequence[PlainText]) -> Iterator[Line]:
        """附件：1. … with the numbers below each other and every name hanging on its first character."""
        _, widths = self._look("attachment")
        column = INDENT * PITCH
        for text in texts:
            label, number = attachment_head(text.text)
            label_width, number_width = (sum(advances(part, widths, None)) for part in (label, number))
            left = INDENT * PITCH if label else column
            column = max(column, left + label_width)
            hang = left + label_width + number_width
            start = len(label) + len(number)
            name = text.text[start:]
            cut = wrap(name, widths, (WIDTH - hang) / PITCH * CELL)
            for index, (offset, line) in enumerate(placed(name, cut)):
                is_last = index == len(cut) - 1
                made = self._line(text, start + offset, line, hang, is_last)
                if index == 0:
                    head = tuple(advances(label + number, widths, None))
                    passages = text.passages[:start] + made.passages
                    made = replace(
                        made, text=label + number + line, left=left, steps=head + made.steps, passages=passages
                    )
                yield made

    def _closing(self, texts: Sequence[PlainText]) -> Iterator[Line]:
        """署名 centred over 成文日期, which ends four characters from the edge; nothing leaves the type area."""
        _, widths = self._look("closing")
        cut = [(text, start, line) for text in texts for start, line in placed(text.text, _wrap_all(text, widths))]
        made = [self._line(text, start, line, 0.0, is_last=True) for text, start, line in cut]
        middle = WIDTH - CLOSING_RIGHT * PITCH - made[-1].width / 2
        middle = min(middle, WIDTH - max(line.width for line in made) / 2)
        for line in made:
            yield replace(line, left=max(middle - line.width / 2, 0.0), keep=True)

    def _line(self, text: PlainText, start: int, line: str, left: float, is_last: bool) -> Line:
        """The line that begins with character `start`, filling the width unless it is a paragraph's last."""
        style, widths = self._look(text.paragraph.style)
        shown = line.rstrip(" ")
        steps = tuple(advances(shown, widths, None if is_last else WIDTH - left))
        passages = text.passages[start : start + len(shown)]
        return Line(shown, left, steps, passages, style, text.paragraph.field)


def missing_style(style: TextStyle) -> TextStyle:
    """How a place that still has to be written stands out."""
    return replace(style, bold=True, colour=RED)


def _wrap_all(text: PlainText, widths: CellWidths) -> list[str]:
    return wrap(text.text, widths, COLUMNS * CELL)


def _keep_with_closing(lines: list[Line]) -> None:
    """Let the last two lines of text, and a short list of attachments below them, go with what follows."""
    texts = [index for index, line in enumerate(lines) if line.text]
    if not texts:
        return
    last = texts[-1]
    begin = next((index for index in range(last, -1, -1) if not lines[index].text), -1)
    if begin > 0 and last - begin <= MOST_KEPT_ATTACHMENTS and lines[begin + 1].text.startswith("附件"):
        for index in range(begin, last + 1):
            lines[index] = replace(lines[index], keep=True)
        last = begin - 1
    if last > 0:
        lines[last] = replace(lines[last], keep=True)
