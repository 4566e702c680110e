"""Two long versions of a text, cut so that what differs is among what is seen."""

from itertools import takewhile

BEFORE = 10  # characters that show where in the text the difference is
LAYOUT_ONLY = "（只改了分段、空格）"


def one_line(text: str) -> str:
    """Line breaks and runs of spaces as one space."""
    return " ".join(text.split())


def shown_apart(old: str, new: str, longest: int) -> tuple[str, str]:
    """Both on one line and of at most `longest` characters; a long common beginning is left out of both.

    Where nothing but line breaks or spaces differs, the second says so instead of repeating the first.
    """
    before, after = one_line(old), one_line(new)
    if before == after:
        return _short(before, longest), LAYOUT_ONLY if old != new else _short(after, longest)
    common = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    if max(len(before), len(after)) > longest and common > longest // 2:
        before, after = (f"…{text[common - BEFORE :]}" for text in (before, after))
    return _short(before, longest), _short(after, longest)


def _short(line: str, longest: int) -> str:
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
