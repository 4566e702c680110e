"""The text of an official document and the rules of its layout that PDF and Word share (GB/T 9704-2012)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from models.report import MISSING_TEXT, Paragraph, Passage

COLUMNS, ROWS = 28, 22  # of the page's grid
INDENT = 2  # cells, of a paragraph's first line
BELOW_TITLE = 1  # empty lines
ABOVE_ATTACHMENTS = 1
ABOVE_CLOSING = 2  # a seal on name and date begins within a line of the text
CLOSING_RIGHT = 4  # cells to the right of the date
MOST_KEPT_ATTACHMENTS = 6  # lines of a list of attachments that stay with the closing

_ATTACHMENT = re.compile(r"(附件[：:][ \u3000]*)?((?:\d+[.．、][ \u3000]*|[（(]\d+[）)])(?!\d))?")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A paragraph without line feeds: its characters and the passage that each belongs to."""

    paragraph: Paragraph
    text: str
    passages: tuple[Passage, ...]


def plain_texts(paragraph: Paragraph, clean: Callable[[str], str]) -> Iterator[PlainText]:
    """The paragraph cut at its line feeds, without spaces round it; nothing for an empty one.

    `clean` takes away what the file cannot show (exporters/text.py). A missing passage without words says 未填.
    """
    text, passages = "", list[Passage]()
    for passage in paragraph.passages:
        shown = clean(passage.text or (MISSING_TEXT if passage.missing else ""))
        text += shown
        passages += [passage] * len(shown)
    start = 0
    for line in text.split("\n"):
        first = start + len(line) - len(line.lstrip())
        shown = line.strip()
        if shown:
            yield PlainText(paragraph, shown, tuple(passages[first : first + len(shown)]))
        start += len(line) + 1


def placed(text: str, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each line with its place in `text`: between two lines only spaces are left out."""
    position = 0
    for line in lines:
        position = text.index(line, position)
        yield position, line
        position += len(line)


def attachment_head(text: str) -> tuple[str, str]:
    """What stands before the name of an attachment: 附件： (or nothing) and its number (or nothing)."""
    found = _ATTACHMENT.match(text)
    assert found is not None  # it matches nothing, too
    return found[1] or "", found[2] or ""
