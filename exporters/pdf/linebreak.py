"""Break Chinese text into lines: 避头尾, whole Latin words and numbers.

Widths are in 1/1000 of the type size throughout, so a result is good for any size. A break falls where
GB/T 15834 and common typesetting allow it; when a line has no such place (a row of 40 exclamation
marks, a long web address) it is broken where it is full rather than run out of its cell.
"""

import re
from collections.abc import Mapping

NEVER_FIRST = frozenset(
    "!),.:;?]}¢°·ˇˉ―‖’”…‰′″›℃∶—、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠%/‐–々㎡㎥㎏㎜㎝㎞ー℉"
)
NEVER_LAST = frozenset("([{£¥‘“‵〈《「『【〔〖〝﹙﹛﹝＄（［｛￡￥$№#@")

LONG_WORD = 16  # characters: longer than any number or date

_WORD = "0-9A-Za-z\u00aa-\u024f\u0370-\u04ff\u1e00-\u1fff"
_TOKEN = re.compile(
    r"\d{1,4}[年月日时分]"  # part of a date
    rf"|[-+±]?[{_WORD}](?:[{_WORD}.,:/@_\-+?=&#%'’~]*[{_WORD}%‰/])?"  # a word, number, date, address
    r"|——|⸺|……|\.{3,}"
    r"|[\U0001f1e6-\U0001f1ff]{2}"  # the two letters of a flag
    r"|.[\u0300-\u036f\u20d0-\u20ff\U0001f3fb-\U0001f3ff]*",  # a character with its accents or skin tone
    re.DOTALL,
)
_ADDRESS_PART = re.compile(r"[^/?&=._\-@:,]*[/?&=._\-@:,]*")


def wrap(text: str, widths: Mapping[str, float], width: float) -> list[str]:
    """`text` as lines no wider than `width` (one character at least); line feeds always break."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if _measure(paragraph, widths) <= width:
            lines.append(paragraph)
        else:
            lines += _break(paragraph, widths, width)
    return lines


def wrap_balanced(text: str, widths: Mapping[str, float], width: float) -> list[str]:
    """Like `wrap`, with lines of about equal length: for centred titles."""
    lines = wrap(text, widths, width)
    if len(lines) == 1:
        return lines
    narrow = max(sum(_measure(line, widths) for line in lines) / len(lines), width / 2)
    step = width / 50
    while narrow < width:
        balanced = wrap(text, widths, narrow)
        if len(balanced) <= len(lines):
            return balanced
        narrow += step
    return lines


def words(line: str) -> list[str]:
    """A line cut into what is never torn apart: single ideographs, whole words and numbers."""
    return _TOKEN.findall(line)


def text_width(text: str, widths: Mapping[str, float]) -> float:
    """Advance of a line of text in 1/1000 of the type size."""
    return _measure(text, widths)


def _measure(text: str, widths: Mapping[str, float]) -> float:
    return sum(map(widths.__getitem__, text))


def _break(text: str, widths: Mapping[str, float], width: float) -> list[str]:
    tokens, lengths = _tokens(text, widths, width)
    lines: list[str] = []
    start, count = 0, len(tokens)
    while start < count:
        if lines:  # a space at the break belongs to neither line
            while start < count and tokens[start] == " ":
                start += 1
            if start == count:
                break
        filled, end = lengths[start], start + 1
        while end < count and filled + lengths[end] <= width:
            filled += lengths[end]
            end += 1
        if end < count:
            end = _last_allowed(tokens, start, end)
        lines.append("".join(tokens[start:end]))
        start = end
    return lines


def _last_allowed(tokens: list[str], start: int, full: int) -> int:
    """The last place at or before `full` where a line that begins at `start` may end."""
    end = full
    while end > start + 1 and not _may_break(tokens, end):
        end -= 1
    return end if _may_break(tokens, end) else full


def _may_break(tokens: list[str], index: int) -> bool:
    before, after = tokens[index - 1], tokens[index]
    return after[0] not in NEVER_FIRST and before[-1] not in NEVER_LAST


def _tokens(text: str, widths: Mapping[str, float], width: float) -> tuple[list[str], list[float]]:
    tokens: list[str] = []
    lengths: list[float] = []
    for token in _TOKEN.findall(text):
        length = _measure(token, widths)
        # A long address may be cut even where it would fit: whole, it leaves a hole in the line before.
        if length <= width and (len(token) < LONG_WORD or length <= width / 2):
            tokens.append(token)
            lengths.append(length)
            continue
        for piece in _pieces(token, widths, width):
            tokens.append(piece)
            lengths.append(_measure(piece, widths))
    return tokens, lengths


def _pieces(token: str, widths: Mapping[str, float], width: float) -> list[str]:
    """A long word cut behind the separators of an address, and anywhere if that is not enough."""
    pieces: list[str] = []
    for part in filter(None, _ADDRESS_PART.findall(token)):
        pieces += [part] if _measure(part, widths) <= width else list(part)
    return pieces
