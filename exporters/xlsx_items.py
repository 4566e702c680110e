"""Short items side by side in one row of a sheet: the line under the title, the signing line."""

from collections.abc import Iterator, Sequence

from exporters.xlsx_text import BODY, ems, room_in_ems

SHARES = (1.0, 0.75, 0.5, 0.0)  # how evenly items share the width: as evenly as they fit

Item = tuple[int, int, str]
"""First and last column, both counted in, and the text."""


def arrange(items: Sequence[str], widths: Sequence[float]) -> Iterator[list[Item]]:
    """The items in one row, each over enough of the columns (`widths` in pixels); in two when one is too narrow."""
    if not items:
        return
    attempts = (_share(items, widths, share) for share in SHARES)
    row = next((row for row in attempts if row is not None), None)
    if row is not None:
        yield row
        return
    middle = -(-len(items) // 2)
    yield from arrange(items[:middle], widths)
    yield from arrange(items[middle:], widths)


def _share(items: Sequence[str], widths: Sequence[float], share: float) -> list[Item] | None:
    """Each item over columns that hold it and `share` of its even part of the width; None if that fails."""
    if len(items) == 1:
        return [(0, len(widths) - 1, items[0])]
    row: list[Item] = []
    first, least = 0, sum(widths) / len(items) * share
    for index, item in enumerate(items):
        following = len(items) - index - 1
        last, width = first - 1, 0.0
        for last in range(first, len(widths) - following):
            width += widths[last]
            if following and width >= least and ems(item) <= room_in_ems(width, BODY):
                break
        if last < first or ems(item) > room_in_ems(width, BODY):
            return None
        row.append((first, last, item))
        first = last + 1
    return row
