"""The text of a summary: words with figures in them, read from {name} and written back.

Nothing here is a format string: a text is read from left to right once, and what no figure has is left as it stands.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from models.case import gap, gaps_in

# A brace written twice is a brace; {name} is a figure; any other brace is a brace as well.
_MARK = re.compile(r"\{\{|\}\}|\{([^{}\n]+)\}")
LOST = gap("这里的数字")
"""Stands where a figure was that the records do not give any more; 定稿 insists that somebody puts it right."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: words, or the figure called `figure` (then `text` is empty)."""

    text: str = ""
    figure: str = ""


def pieces_of(text: str) -> list[Piece]:
    """The text in pieces, words joined, in reading order."""
    found: list[Piece] = []
    words: list[str] = []
    end = 0
    for match in _MARK.finditer(text):
        words.append(text[end : match.start()])
        end = match.end()
        if match[1] is None:
            words.append(match[0][0])
            continue
        if joined := "".join(words):
            found.append(Piece(joined))
        words = []
        found.append(Piece(figure=match[1]))
    words.append(text[end:])
    if joined := "".join(words):
        found.append(Piece(joined))
    return found


def text_of(pieces: Iterable[Piece]) -> str:
    """The pieces as a text that `pieces_of` reads back."""
    return "".join(token(piece.figure) if piece.figure else literal(piece.text) for piece in pieces)


def token(name: str) -> str:
    """How the figure with this name stands in a text. ValueError for a name that could not be read back."""
    if not name or re.search(r"[{}\n]", name):
        raise ValueError(name)
    return f"{{{name}}}"


def literal(words: str) -> str:
    """Words as they stand in a text: braces twice."""
    return words.replace("{", "{{").replace("}", "}}")


def names_in(*texts: str) -> tuple[str, ...]:
    """The figures named in these texts, each once, in the order of their first use."""
    return tuple(dict.fromkeys(piece.figure for text in texts for piece in pieces_of(text) if piece.figure))


def shown(text: str, value: Callable[[str], str | None]) -> str:
    """The text as it reads. `value` gives what a figure says, None for one that does not exist (`LOST`)."""
    return "".join(_shown_piece(piece, value) for piece in pieces_of(text))


def gaps_of(text: str) -> list[str]:
    """The marks 〔请补充…〕 in the words of a text."""
    return [mark for piece in pieces_of(text) if not piece.figure for mark in gaps_in(piece.text)]


def split_at_gaps(words: str) -> Iterator[tuple[str, bool]]:
    """The words in order, each stretch with whether it is a mark 〔请补充…〕."""
    end = 0
    for mark in gaps_in(words):
        start = words.index(mark, end)
        if start > end:
            yield words[end:start], False
        yield mark, True
        end = start + len(mark)
    if end < len(words):
        yield words[end:], False


def _shown_piece(piece: Piece, value: Callable[[str], str | None]) -> str:
    if not piece.figure:
        return piece.text
    found = value(piece.figure)
    return LOST if found is None else found
