"""The words of a printed page as they are looked for: line ends, spaces and the width of letters do not matter."""

import re
from dataclasses import dataclass

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # Ａ is found as A, （ as (
_QUOTES = {ord(mark): '"' for mark in "“”„‟"} | {ord(mark): "'" for mark in "‘’‚‛"}
_SAME = _WIDE | _QUOTES
_LATIN = re.compile(r"[A-Za-z0-9]")
_PAST_THE_BASIC_PLANE = 0xFFFF


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page without what does not matter, and for each character where it stands in the page's own text.

    Positions count UTF-16 units, as QtPdf does. The last one is the end of the page.
    """

    folded: str
    positions: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "PageText":
        """Read what QtPdf says a page holds."""
        characters: list[str] = []
        positions: list[int] = []
        position, blank = 0, False
        for character in text:
            if character.isspace():
                blank = True
            else:
                if blank and _parts(characters[-1:], character):
                    characters.append(" ")
                    positions.append(position - 1)
                blank = False
                characters.append(_fold(character))
                positions.append(position)
            position += 2 if ord(character) > _PAST_THE_BASIC_PLANE else 1
        return cls("".join(characters), (*positions, position))

    def find(self, wanted: str) -> list[tuple[int, int]]:
        """Start and length of every place that holds `wanted` (folded), not overlapping."""
        found: list[tuple[int, int]] = []
        at = self.folded.find(wanted) if wanted else -1
        while at >= 0:
            last = at + len(wanted) - 1
            wide = 2 if ord(self.folded[last]) > _PAST_THE_BASIC_PLANE else 1
            found.append((self.positions[at], self.positions[last] + wide - self.positions[at]))
            at = self.folded.find(wanted, last + 1)
        return found


def fold(text: str) -> str:
    """What is looked for, in the same form as the text it is looked for in."""
    return PageText.of(text).folded


def _fold(character: str) -> str:
    small = character.translate(_SAME).lower()
    return small if len(small) == 1 else character


def _parts(before: list[str], after: str) -> bool:
    """Whether a blank between two characters counts: 1 and 26 in neighbouring cells are not 126."""
    return bool(before and _LATIN.match(before[0]) and _LATIN.match(_fold(after)))
