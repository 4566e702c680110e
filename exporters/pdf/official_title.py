"""Break the title of an official document: whole words, and lines in the shape of a trapezium or lozenge.

GB/T 9704-2012 7.3.1: 回行时，要做到词意完整，排列对称，长短适宜，间距恰当. There is no dictionary here; the words that
titles of such documents are made of are few.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate, combinations, pairwise

from exporters.pdf.linebreak import NEVER_FIRST, NEVER_LAST, text_width, words, wrap, wrap_balanced

MOST_LINES = 4  # that are shaped; a longer title is merely balanced
MOST_PLACES = 70
_ENDS = re.compile(r"(工会|公司|集团|委员会|办公室|中心|学校|医院|关于|[的和与、，：》”）】]|年度|半年|季度|月|日)$")
_STARTS = re.compile(
    r"关于|主题|宣传|开展|活动|工作|情况|总结|报告|方案|计划|实施|教育|集团|股份|有限|第[一二三四五六七八九十\d]|[“《（【]|\d{4}年"
)
_OPENING, _CLOSING = "“《（【", "”》）】"
_TORN_WORD, _TORN_QUOTE, _LONG_QUOTE = 4.0, 12.0, 3.0
_MORE_LINES = 5.0  # than it needs
_LEAST_SLOPE = 1.5  # em between two lines of a trapezium
_SHORTEST = 0.45  # of the longest line


def title_lines(text: str, widths: Mapping[str, float], room: float) -> list[str]:
    """`text` on as few lines no wider than `room` (1/1000 of the type size) as it needs; its line feeds stay."""
    return [line for part in text.split("\n") for line in _shape(part.strip(), widths, room)]


def _shape(text: str, widths: Mapping[str, float], room: float) -> list[str]:
    fewest = len(wrap(text, widths, room))
    tokens = words(text)
    places = [index for index in range(1, len(tokens)) if _may_break(tokens, index)]
    if fewest == 1 or fewest > MOST_LINES or len(places) > MOST_PLACES:
        return wrap_balanced(text, widths, room)
    harms = {place: _harm("".join(tokens[:place]), "".join(tokens[place:])) for place in places}
    ends = list(accumulate((text_width(token, widths) / 1000 for token in tokens), initial=0.0))
    best, cut = float("inf"), (0, len(tokens))
    for count in range(fewest, MOST_LINES + 1)[:2]:
        for chosen in combinations(places, count - 1):
            edges = (0, *chosen, len(tokens))
            lengths = [ends[end] - ends[start] for start, end in pairwise(edges)]
            if max(lengths) > room / 1000:
                continue
            cost = sum(harms[place] for place in chosen) + _ugliness(lengths) + _MORE_LINES * (count - fewest)
            if cost < best:
                best, cut = cost, edges
    if best == float("inf"):
        return wrap_balanced(text, widths, room)
    return ["".join(tokens[start:end]).strip() for start, end in pairwise(cut)]


def _may_break(tokens: Sequence[str], index: int) -> bool:
    return tokens[index][0] not in NEVER_FIRST and tokens[index - 1][-1] not in NEVER_LAST


def _harm(before: str, after: str) -> float:
    """How much a reader stumbles when the line ends between these two."""
    if any(before.count(left) > before.count(right) for left, right in zip(_OPENING, _CLOSING, strict=True)):
        return _LONG_QUOTE if before.endswith(("\u3000", " ", "——")) or after.startswith("\u3000") else _TORN_QUOTE
    return 0.0 if _ENDS.search(before) or _STARTS.match(after) else _TORN_WORD


def _ugliness(lengths: Sequence[float]) -> float:
    """How far the lines (lengths in em) are from a trapezium or lozenge."""
    longest, shortest = max(lengths), min(lengths)
    harm = max(_SHORTEST * longest - shortest, 0.0) * 2 + (longest - shortest) * 0.1
    if longest - shortest < _LEAST_SLOPE:
        harm += _LEAST_SLOPE - (longest - shortest)  # a block, which the standard does not want
    if len(lengths) > 2 and min(lengths[1:-1]) < min(lengths[0], lengths[-1]):
        harm += 6.0  # an hourglass
    return harm
