"""The grid of official documents (GB/T 9704-2012): 28 characters on each of 22 lines, flush on both sides.

Ideographs and full-width punctuation take one cell each; a word or number takes what its letters need. What a
line then lacks is spread between its cells and words, never inside a word.
"""

from collections.abc import Mapping, Sequence

from exporters.official_text import COLUMNS, ROWS
from exporters.pdf.linebreak import words

MM = 72 / 25.4
LEFT, TOP = 28 * MM, 37 * MM  # 订口, 天头
WIDTH, HEIGHT = 156 * MM, 225 * MM  # 版心
PITCH, LEADING = WIDTH / COLUMNS, HEIGHT / ROWS  # 15.79 and 28.99 points
SIZE = 16.0  # 3号; 28 of them are 2 mm wider than the page has room, so they stand 0.2 points closer

CELL = 1000.0  # width of a cell in its own unit, as `wrap` counts
WIDEST_SPREAD = 0.5  # em between two characters; a line that needs more stays ragged
_CLOSE_MARKS = frozenset(".,:;?!/&=-_)]%")
_TOLERANCE = 10.0  # of 1/1000 em, in which the ideographs of one font or another differ


class CellWidths(dict[str, float]):
    """Character → 1/1000 of a cell that it takes, given its advance in 1/1000 of the type size."""

    def __init__(self, widths: Mapping[str, float]) -> None:
        super().__init__()
        self._widths = widths

    def __missing__(self, character: str) -> float:
        width = self._widths[character]
        taken = self[character] = CELL if abs(width - CELL) < _TOLERANCE else width * SIZE / PITCH
        return taken


def advances(line: str, widths: CellWidths, room: float | None) -> list[float]:
    """Points from each character of `line` to the next one; the sum is `room` points when the line can fill them.

    Without `room`, and when its characters would stand too far apart, the line keeps its own width.
    """
    taken = [widths[character] * PITCH / CELL for character in line]
    tokens = _close_words(line)
    if room is None or len(tokens) < 2:
        return taken
    space = max(room - sum(taken), 0.0) / (len(tokens) - 1)
    if space > WIDEST_SPREAD * SIZE:
        return taken
    end = -1
    for token in tokens[:-1]:
        end += len(token)
        taken[end] += space
    return taken


def _close_words(line: str) -> list[str]:
    """The words of a line, each with the Latin mark behind it: a web address may be cut before its end."""
    found: list[str] = []
    for token in words(line):
        if found and token in _CLOSE_MARKS and found[-1][-1].isascii():
            found[-1] += token
        else:
            found.append(token)
    return found


def parts(line: str, steps: Sequence[float], natural: Mapping[str, float], size: float) -> list[tuple[str, float]]:
    """`line` cut where the space behind a character changes: what `Painter.spread_text` takes.

    `steps` are the points from each character to the next, `natural` the advances in 1/1000 of `size`.
    """
    found: list[tuple[str, float]] = []
    for character, step in zip(line, steps, strict=True):
        space = round(step - natural[character] * size / 1000, 3)
        if found and found[-1][1] == space:
            found[-1] = (found[-1][0] + character, space)
        else:
            found.append((character, space))
    return found
