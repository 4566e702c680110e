"""How wide everything on a sheet is: what each table and grid of the forms on it would like, and what comes of it."""

from collections.abc import Iterable, Sequence
from datetime import date

from exporters.xlsx_grid import Run, Wish, common_columns
from exporters.xlsx_text import BODY, MOST_LINES, ems, lines_needed, pixels, room_in_ems
from models.report import FieldGrid, Report, Table

PRINTABLE = {"landscape": 1145.0, "portrait": 740.0}  # pixels; printed one page wide this is 9 to 10 points
WIDEST = 1800  # pixels; beyond it a column is no longer widened
PLAIN_COLUMNS = 4  # of a sheet without any table or grid
LABELS = 0.2  # of the width, at most, for the labels of a grid
NARROWEST = 24.0  # pixels
DATE = "2025年12月31日"

_Key = tuple[float, ...] | int
"""Blocks with the same key stand in the same columns: the widths of a table, the pairs in a line of a grid."""


class Layout:
    """The columns of a sheet with `forms` on it: `widths` in pixels of those that are printed, `hidden` after them."""

    def __init__(self, forms: Sequence[Report]) -> None:
        paper = PRINTABLE[forms[0].orientation]
        blocks = [block for form in forms for block in form.blocks]
        tables = [block for block in blocks if isinstance(block, Table)]
        grids = [block for block in blocks if isinstance(block, FieldGrid)]
        wishes = _table_wishes(tables, paper) | _grid_wishes(grids, paper)
        self.widths: list[float] = [paper / PLAIN_COLUMNS] * PLAIN_COLUMNS
        self._runs: dict[_Key, tuple[Run, ...]] = {}
        if wishes:
            self.widths, runs = common_columns(list(wishes.values()))
            self._runs = dict(zip(wishes, runs, strict=True))
        self.hidden = max((len(table.columns) - len(table.printed_columns()) for table in tables), default=0)

    def table_runs(self, table: Table) -> tuple[Run, ...]:
        """The run of columns of each printed column of a table."""
        return self._runs[_table_key(table)]

    def line_runs(self, pairs: int) -> tuple[Run, ...]:
        """The runs of label, value, label, value… in a grid's line of so many pairs."""
        return self._runs[pairs]

    @property
    def all(self) -> Run:
        """The whole width."""
        return Run(0, len(self.widths) - 1)

    def width(self, run: Run) -> float:
        """Pixels of a run of columns."""
        return sum(self.widths[run.first : run.last + 1])


def _table_key(table: Table) -> tuple[float, ...]:
    return tuple(table.columns[index].width for index in table.printed_columns())


def _table_wishes(tables: Iterable[Table], paper: float) -> dict[_Key, Wish]:
    """Its share of the paper for each column, more if a number or a very long text would not fit into its cell."""
    wishes: dict[_Key, Wish] = {}
    for table in tables:
        key = _table_key(table)
        scale = paper / sum(key)
        known = wishes.get(key) or Wish(tuple(width * scale for width in key), (NARROWEST,) * len(key))
        needs = [
            _column_needs(table, index, width)
            for index, width in zip(table.printed_columns(), known.widths, strict=True)
        ]
        wishes[key] = Wish(
            tuple(width for width, _ in needs),
            tuple(max(before, least) for before, (_, least) in zip(known.least, needs, strict=True)),
        )
    return wishes


def _column_needs(table: Table, index: int, width: float) -> tuple[float, float]:
    """(the width that a column of `width` should get, the least it needs for its numbers)."""
    longest = 0
    rows = table.rows if table.total is None else (*table.rows, table.total)
    for row in rows:
        value = row.cells[index].value
        if isinstance(value, str):
            if len(value) > MOST_LINES:
                width = _wide_enough(width, value)
        elif isinstance(value, date):
            longest = max(longest, len(DATE) + 3)  # three ideographs
        elif value is not None:
            longest = max(longest, len(str(value)))
    least = max(pixels(longest * 0.6, BODY), NARROWEST)
    return max(width, least), least


def _wide_enough(width: float, text: str) -> float:
    while width < WIDEST and lines_needed(text, room_in_ems(width, BODY)) > MOST_LINES:
        width *= 1.1
    return width


def _grid_wishes(grids: Sequence[FieldGrid], paper: float) -> dict[_Key, Wish]:
    """The labels as wide as the widest, the values share the rest; the same for all grids of the sheet."""
    widest = max((ems(entry.label) for grid in grids for entry in grid.entries()), default=0.0)
    label = min(pixels(widest, BODY), paper * LABELS)
    wishes: dict[_Key, Wish] = {}
    for pairs in sorted({len(line) for grid in grids for line in grid.lines if line}, reverse=True):
        value = paper / pairs - label
        wishes[pairs] = Wish((label, value) * pairs, (label, value / 2) * pairs)
    return wishes
