"""The columns of a sheet that carries several tables, each of which wants columns of its own.

A sheet has one set of columns. Boundaries that nearly meet become one; where they do not, the sheet gets another
column, and a cell of a table reaches over as many as it takes (merged). The block with most columns keeps its own.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

SNAP = 0.25  # of the narrower neighbour: how far a boundary may move


class Wish(NamedTuple):
    """What a block would like: the widths of its columns in pixels, and the least that each can do with."""

    widths: tuple[float, ...]
    least: tuple[float, ...]


class Run(NamedTuple):
    """The sheet's columns from `first` to `last`, both counted in, that make one column of a block."""

    first: int
    last: int


def common_columns(wishes: Sequence[Wish]) -> tuple[list[float], list[tuple[Run, ...]]]:
    """The widths of the sheet's columns, and for each wish the run of columns that each of its own becomes.

    All blocks become as wide as the widest. The work grows with the number of different wishes, so give each once.
    """
    total = max(sum(wish.widths) for wish in wishes)
    lines = [0.0, total]
    chosen: list[list[float]] = [[] for _ in wishes]
    for index in sorted(range(len(wishes)), key=lambda index: -len(wishes[index].widths)):
        chosen[index] = _boundaries(wishes[index], lines, total)
        lines = sorted({*lines, *chosen[index]})
    position = {line: number for number, line in enumerate(lines)}
    runs = [tuple(Run(position[start], position[end] - 1) for start, end in pairwise(marks)) for marks in chosen]
    return [end - start for start, end in pairwise(lines)], runs


def _boundaries(wish: Wish, lines: Sequence[float], total: float) -> list[float]:
    """Where the block's columns begin and end: on one of `lines` where that is near enough, else where they want."""
    scale = total / sum(wish.widths)
    widths = [width * scale for width in wish.widths]
    marks, wanted = [0.0], 0.0
    for index, (left, right) in enumerate(pairwise(widths)):
        wanted += left
        near = min(lines, key=lambda line: abs(line - wanted))
        fits = near - marks[-1] >= wish.least[index] and wanted + right - near >= wish.least[index + 1]
        snaps = abs(near - wanted) <= SNAP * min(left, right) and marks[-1] < near < total and fits
        marks.append(near if snaps else wanted)
    return [*marks, total]
