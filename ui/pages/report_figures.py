"""From a place on the printed page back to what stands there: a number with its rule, a record, a field of one."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.report import Cell, Document, Entry, FieldGrid, Prose, Report, Row, Table

if TYPE_CHECKING:
    from exporters.pdf import Place

NAMED = ("名称", "项目")  # columns that say what a line is about
TITLE_AT = {"表8": 2}  # column of a line's name, where it is not the second


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on a form: what it is, as printed, by which rule, from which records. Label and text may be unknown."""

    sources: tuple[str, ...]
    label: str = ""
    text: str = ""
    rule: str = ""

    @property
    def value(self) -> int | None:
        """The number, where there is exactly one in the text."""
        digits = "".join(character if character.isdecimal() else " " for character in self.text).split()
        return int(digits[0]) if len(digits) == 1 else None


def figure_at(report: Report, places: Sequence["Place"], place: "Place", name_of: Callable[[str], str] = str) -> Figure:
    """The number printed at `place`, one of `places` of the printed `report`.

    Several numbers may come from the same records (场次 and 人次 of a line): they stand on paper in the order in which
    they stand in the form. Where a cut row makes that unsure, only what holds for all of them is told. `name_of` puts
    the names of figures in running text into words.
    """
    lines = [[each for each in line if each.sources == place.sources] for line in _lines(report, name_of)]
    lines = [line for line in lines if line]
    found = [figure for line in lines for figure in line]
    same = sorted((each for each in places if each.sources == place.sources and not each.uid), key=_reading_order)
    beside = [each for each in same if (each.page, each.top) == (place.page, place.top)]
    if len(found) == len(same) and place in same:
        return found[same.index(place)]
    if len(lines) == 1 and place in beside and beside.index(place) < len(lines[0]):
        return lines[0][beside.index(place)]
    rules = list(dict.fromkeys(each.rule for each in found if each.rule))
    alike = len(set(found)) == 1
    return found[0] if alike else Figure(place.sources, rule=rules[0] if len(rules) == 1 else "")


def same_figure(report: Report, figure: Figure, name_of: Callable[[str], str] = str) -> Figure | None:
    """The number of the same name in the form as it is now; None when it is not there or cannot be told by its name."""
    found = [each for line in _lines(report, name_of) for each in line if figure.label and each.label == figure.label]
    return found[0] if len(found) == 1 and found[0].sources else None


def record_at(report: Report, places: Sequence["Place"], place: "Place") -> tuple[str, str]:
    """The uid of the record whose field is printed at `place`, and the field's label; empty texts for none.

    Forms about one record follow one another: each begins where its first field is printed.
    """
    first = _first_entry(report)
    if first is None:
        return "", ""
    starts = sorted({each.page for each in places if each.field == first.field})
    number = bisect_right(starts, place.page) - 1
    if len(starts) != len(report.sheets) or number < 0:
        return "", ""
    sheet = report.sheets[number]
    entry = _first_entry(sheet)
    owners = entry.value.sources if entry else ()
    return (owners[0] if owners else ""), _labels(sheet).get(place.field, "")


def line_of(report: Report, uid: str) -> tuple[int, str]:
    """Number from 1 and name of a record's line; (0, "") if it has none."""
    for table in (table for sheet in report.sheets for table in sheet.tables):
        for number, row in enumerate(table.rows, 1):
            if row.uid == uid:
                at = min(TITLE_AT.get(report.code, 1), len(row.cells) - 1)
                return number, row.cells[at].text
    return 0, ""


def _lines(report: Report, name_of: Callable[[str], str]) -> Iterator[list[Figure]]:
    """The numbers that have a place of their own on paper, line by line, in reading order."""
    for sheet in report.sheets:
        for block in sheet.blocks:
            match block:
                case Table() if not block.field:
                    for row in (*block.rows, *((block.total,) if block.total else ())):
                        yield list(_figures_of(block, row))
                case FieldGrid():
                    for line in block.lines:
                        yield [_of_cell(entry.label, entry.value) for entry in line if not entry.field]
                case Document():
                    for paragraph in block.paragraphs:
                        yield [
                            Figure(passage.sources, name_of(passage.figure), passage.text, passage.rule)
                            for passage in paragraph.passages
                            if passage.sources
                        ]
                case _:
                    pass


def _figures_of(table: Table, row: Row) -> Iterator[Figure]:
    """Those cells that do not just come from the line's own record."""
    line = _name_of_line(table, row)
    name = "".join(line.split())
    for index in table.printed_columns():
        cell = row.cells[index]
        if cell.sources and cell.sources != (row.uid,):
            column = "".join(table.columns[index].title.split())
            label = column if cell.text == line else " · ".join(part for part in (name, column) if part)
            yield _of_cell(label, cell)


def _name_of_line(table: Table, row: Row) -> str:
    """What a line is about: its 名称 or 项目, else its first words."""
    words = [
        (column.title, cell.text)
        for column, cell in zip(table.columns, row.cells, strict=True)
        if isinstance(cell.value, str) and cell.text.strip()
    ]
    named = [text for title, text in words if any(name in title for name in NAMED)]
    return (named or [text for _title, text in words] or [""])[0]


def _of_cell(label: str, cell: Cell) -> Figure:
    return Figure(cell.sources, label, cell.text, cell.rule)


def _reading_order(place: "Place") -> tuple[int, float, float]:
    return place.page, place.top, place.left


def _grids(sheet: Report) -> Iterator[FieldGrid]:
    return (block for block in sheet.blocks if isinstance(block, FieldGrid))


def _first_entry(sheet: Report) -> Entry | None:
    return next((entry for grid in _grids(sheet) for entry in grid.entries() if entry.field), None)


def _labels(sheet: Report) -> dict[str, str]:
    """Field → what it is called on the form."""
    labels = {entry.field: entry.label for grid in _grids(sheet) for entry in grid.entries() if entry.field}
    for block in sheet.blocks:
        if isinstance(block, Prose) and block.field:
            labels[block.field] = block.heading
        elif isinstance(block, Table) and block.field:
            labels[block.field] = block.title
    return labels
