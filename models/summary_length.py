"""How long a summary becomes on paper: characters, and pages of GB/T 9704 (22 lines of 28 characters)."""

from collections.abc import Iterable

from models.case import count_characters

CHARACTERS, LINES = 28, 22
INDENT = 2
TITLE_CHARACTERS = 20  # 2号 type
AROUND = 5  # lines: two below the title, three with unit and day at the end


def characters_in(texts: Iterable[str]) -> int:
    """字数, spaces and line breaks not counted."""
    return sum(count_characters(text) for text in texts)


def estimated_pages(title: str, address: str, parts: Iterable[str]) -> int:
    """About how many pages it takes, at least one. `parts` are the texts as they read, a heading goes above each."""
    lines = AROUND + _lines(len(title), TITLE_CHARACTERS) + (1 if address.strip() else 0)
    for part in parts:
        lines += 1
        lines += sum(_lines(len(line.strip()) + INDENT, CHARACTERS) for line in part.splitlines() if line.strip())
    return max(1, -(-lines // LINES))


def _lines(characters: int, width: int) -> int:
    return -(-characters // width)
