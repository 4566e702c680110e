"""An official document (公文) in Word: the paragraphs of GB/T 9704-2012 with a style for each kind."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from exporters.docx_page import LINE_PITCH, OFFICIAL, PITCH
from exporters.docx_text import Block, Para, passage_runs
from exporters.official_text import (
    ABOVE_ATTACHMENTS,
    ABOVE_CLOSING,
    CLOSING_RIGHT,
    COLUMNS,
    INDENT,
    MOST_KEPT_ATTACHMENTS,
    ROWS,
    PlainText,
    attachment_head,
    plain_texts,
)
from exporters.pdf.linebreak import wrap
from exporters.pdf.official_title import title_lines
from exporters.text import storable
from exporters.wording import BLANK
from models.report import Document, ParagraphStyle

STYLES: dict[ParagraphStyle, str] = {
    "title": "Title",
    "address": "Addressee",
    "heading1": "Heading1",
    "heading2": "Heading2",
    "heading3": "Heading3",
    "body": "OfficialText",
    "attachment": "AttachmentList",
    "closing": "Closing1",
}
TITLE_SIZE = 22
SHORT = 6  # lines of a paragraph that may as well go to the next page as a whole
LEAST_LINES = 2  # of text on the page of the closing
ROWS_UNSURE = 2  # by which programs may differ in the length of a text


class EmWidths(dict[str, float]):
    """Character → 1/1000 em, as Chinese fonts have it: an ideograph one em, a letter or digit half of one."""

    def __missing__(self, character: str) -> float:
        return 1000.0 if len(character.encode()) > 2 or character in "·×°±" else 500.0


WIDTHS = EmWidths()


def official_body(document: Document) -> list[Block]:
    """The paragraphs of the document."""
    made: list[Para] = []
    made_texts: list[PlainText] = []
    for _, group in groupby(document.paragraphs, key=lambda paragraph: paragraph.style):
        texts = [text for paragraph in group for text in plain_texts(paragraph, storable)]
        if not texts:
            continue
        style = texts[0].paragraph.style
        made_texts += texts if style != "closing" else ()
        if style == "title":
            made += (title_paragraph(text) for text in texts)
        elif style == "attachment":
            made += _attachments(texts)
        elif style == "closing":
            _keep_with_closing(made, len(texts), _rows(made_texts))
            made += _closing(texts, is_first=not made)
        else:
            made += (Para(STYLES[style], passage_runs(text)) for text in texts)
    return list[Block](made)


def title_paragraph(text: PlainText, room: int = OFFICIAL.room) -> Para:
    """A title, its lines ending where the words do. `room` is in twips."""
    return Para("Title", passage_runs(text, title_lines(text.text, WIDTHS, room / 20 / TITLE_SIZE * 1000)))


def _attachments(texts: Sequence[PlainText]) -> Iterator[Para]:
    """附件：1. … with the numbers below each other and every name hanging on its first character."""
    column = float(INDENT)
    for index, text in enumerate(texts):
        label, number = attachment_head(text.text)
        left = INDENT if label else column
        column = max(column, left + ems(label))
        hang = ems(label) + ems(number)
        indent = (
            f'w:leftChars="{round((left + hang) * 100)}" w:left="{round((left + hang) * PITCH)}"'
            f' w:hangingChars="{round(hang * 100)}" w:hanging="{round(hang * PITCH)}"'
        )
        yield Para(
            "AttachmentList", passage_runs(text), spacing="" if index else _above(ABOVE_ATTACHMENTS), indent=indent
        )


def _closing(texts: Sequence[PlainText], *, is_first: bool) -> Iterator[Para]:
    """署名 centred over 成文日期, which ends four characters from the edge; nothing leaves the type area."""
    widths = [min(ems(text.text), COLUMNS) for text in texts]
    middle = max(CLOSING_RIGHT + widths[-1] / 2, max(widths) / 2)
    for index, (text, width) in enumerate(zip(texts, widths, strict=True)):
        right = middle - width / 2
        yield Para(
            "Closing1",
            passage_runs(text),
            keep_next=index < len(texts) - 1,
            spacing="" if index or is_first else _above(ABOVE_CLOSING),
            indent=f'w:rightChars="{round(right * 100)}" w:right="{round(right * PITCH)}"',
        )


def _keep_with_closing(made: list[Para], closing: int, rows: Sequence[int]) -> None:
    """Let the last two lines of text, and a short list of attachments below them, go with what follows.

    `rows` are about the lines that the paragraphs of text take. A long last paragraph is kept only where the page
    ends near the closing: Word keeps two lines of it, but LibreOffice takes the whole to the next page.
    """
    index = len(made)
    while index and made[index - 1].style == "AttachmentList":
        index -= 1
    if len(made) - index > MOST_KEPT_ATTACHMENTS:
        index = len(made)
    on_page = sum(rows) % ROWS
    is_near = on_page <= LEAST_LINES or on_page + ABOVE_CLOSING + closing + ROWS_UNSURE > ROWS
    first, text_rows = index, 0
    while first and text_rows < LEAST_LINES:
        first -= 1
        text_rows += rows[first]
    for kept in range(first, len(made)):
        if is_near or rows[kept] <= SHORT:
            made[kept] = replace(made[kept], keep_next=True, keep_two_lines=True)


def _rows(texts: Sequence[PlainText]) -> list[int]:
    """About how many lines of the page each paragraph takes, with the empty ones round it."""
    return [
        len(wrap(BLANK * INDENT + text.text, WIDTHS, COLUMNS * 1000))
        + (text.paragraph.style == "title" or (text.paragraph.style == "attachment" and text.text.startswith("附件")))
        for text in texts
    ]


def _above(lines: int) -> str:
    return f'w:beforeLines="{lines * 100}" w:before="{lines * LINE_PITCH}"'


def ems(text: str) -> float:
    """Width of a text in Chinese fonts."""
    return sum(WIDTHS[character] for character in text) / 1000
