"""Cells, rows and entries of large forms, made fast: `Cell(value, sources, missing, rule)` and so on, by position."""

from collections.abc import Callable

from models.quick_records import maker_of
from models.report import Cell, Entry, Row

new_cell: Callable[..., Cell] = maker_of(Cell)
new_entry: Callable[..., Entry] = maker_of(Entry)
new_row: Callable[..., Row] = maker_of(Row)
