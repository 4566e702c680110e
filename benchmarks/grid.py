"""P4: moving about in the list of all activities and sorting it, until rows are painted, next to the bare SQL."""

import random
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from benchmarks.measure import Figure, Sample, seconds
from benchmarks.window import OpenWindow, open_window
from models.activity_query import DATE, SORT_COLUMNS
from models.ledger import Ledger
from ui.pages.ledger_grid_model import PAGE_ROWS

ROUNDS = 40
SHOWN = "uid, title, start, form, focus, people_offline, people_online, stage"


def measure(ledger_folder: Path) -> list[Figure]:
    """Jumps to anywhere in every order, page after page, and a click on every column's head."""
    with open_window(ledger_folder) as opened, Ledger.open(ledger_folder, exclusive=False) as other:
        return [
            _figure("sort by any column", *_sorts(opened, other)),
            _figure("jump anywhere, in every order", *_jumps(opened, other)),
            _figure("page down", *_pages(opened, other)),
        ]


def sort(opened: OpenWindow, name: str, *, descending: bool) -> float:
    """Seconds until the list, put in another order, has been painted around its current record."""
    took = opened.until_painted(lambda: opened.grid.sort_by(name, descending=descending))
    opened.settle()
    return took


def jump(opened: OpenWindow, place: float) -> float:
    """Seconds until the rows at a place between 0 (first) and 1 (last) have been painted."""
    bar = opened.grid.verticalScrollBar()
    took = opened.until_painted(lambda: bar.setValue(int(bar.maximum() * place)))
    opened.settle()
    return took


def _figure(what: str, ours: list[float], floor: list[float]) -> Figure:
    return Figure("P4", what, Sample("to rows painted", ours), Sample("bare SQL", floor), 3, by_p95=True)


def _sorts(opened: OpenWindow, other: Ledger) -> tuple[list[float], list[float]]:
    ours: list[float] = []
    floor: list[float] = []
    for number in range(ROUNDS):
        for name in (DATE, *SORT_COLUMNS):
            descending = number % 2 == 0
            ours.append(sort(opened, name, descending=descending))
            row = opened.grid.rowAt(0)
            floor.append(seconds(lambda n=name, d=descending, r=row: _page(other, n, d, r)))
    return ours, floor


def _jumps(opened: OpenWindow, other: Ledger) -> tuple[list[float], list[float]]:
    ours: list[float] = []
    floor: list[float] = []
    chance = random.Random(4)
    for name in (DATE, *SORT_COLUMNS):
        opened.grid.sort_by(name, descending=True)
        opened.settle()
        for _ in range(ROUNDS):
            ours.append(jump(opened, chance.random()))
            row = opened.grid.rowAt(0)
            floor.append(seconds(lambda n=name, r=row: _page(other, n, True, r)))
    return ours, floor


def _pages(opened: OpenWindow, other: Ledger) -> tuple[list[float], list[float]]:
    """From the middle of the list downwards with the key, so that every third or fourth needs rows from the file."""
    ours: list[float] = []
    floor: list[float] = []
    grid = opened.grid
    grid.sort_by(DATE, descending=True)
    opened.settle()
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(grid.model().rowCount() // 2, 1))
    opened.settle()
    for _ in range(ROUNDS * 5):
        ours.append(opened.until_painted(lambda: _press(grid, Qt.Key.Key_PageDown)))
        opened.settle()
        row = grid.currentIndex().row()
        floor.append(seconds(lambda r=row: _page(other, DATE, True, r)))
    return ours, floor


def _press(widget: object, key: Qt.Key) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))  # pyright: ignore[reportArgumentType]


def _page(ledger: Ledger, sort: str, descending: bool, offset: int) -> None:
    direction = "DESC" if descending else "ASC"
    column = "" if sort == DATE else f"{SORT_COLUMNS[sort]} {direction}, "
    ledger.query(
        f"SELECT {SHOWN} FROM activity WHERE deleted_at IS NULL ORDER BY {column}sort_id {direction} LIMIT ? OFFSET ?",
        (PAGE_ROWS, offset),
    )
