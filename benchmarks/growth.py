"""P10: the keys of P3 and the moves of P4 in a ledger of ten thousand activities and in bigger ones, in turns."""

import random
from pathlib import Path

from benchmarks.grid import jump, sort
from benchmarks.keystrokes import QUERIES, press_last_key
from benchmarks.ledgers import generated_ledger
from benchmarks.measure import Figure, Sample
from benchmarks.window import OpenWindow, open_window
from models.activity_query import DATE, SORT_COLUMNS

SMALL, MILLION = 10_000, 1_000_000
ROUNDS = 6
FLAT = 2  # what is flat may not even double while the ledger grows ten times


def measure(big: Path, *, million: bool = False) -> list[Figure]:
    """Each move in the small and the big ledger one after the other."""
    sizes = [("the big ledger", big)]
    if million:
        sizes.append(("a million", generated_ledger(MILLION)))
    figures: list[Figure] = []
    for name, folder in sizes:
        with open_window(generated_ledger(SMALL)) as small, open_window(folder) as grown:
            figures.append(_keys(name, small, grown))
            for opened in (small, grown):
                opened.search.setText("")
                opened.settle()
            figures.append(_moves(name, small, grown))
    return figures


def _keys(name: str, small: OpenWindow, grown: OpenWindow) -> Figure:
    samples: tuple[list[float], list[float]] = ([], [])
    for text in (text for texts in QUERIES.values() for text in texts):
        for _ in range(ROUNDS):
            for opened, times in zip((grown, small), samples, strict=True):
                times.append(press_last_key(opened, text))
    return _figure(f"a key in the search box, {name}", *samples)


def _moves(name: str, small: OpenWindow, grown: OpenWindow) -> Figure:
    samples: tuple[list[float], list[float]] = ([], [])
    chance = random.Random(10)
    for column in (DATE, *SORT_COLUMNS):
        for number in range(ROUNDS):
            place = chance.random()
            for opened, times in zip((grown, small), samples, strict=True):
                times.append(sort(opened, column, descending=number % 2 == 0))
                times.append(jump(opened, place))
    return _figure(f"sorting and jumping, {name}", *samples)


def _figure(what: str, grown: list[float], small: list[float]) -> Figure:
    return Figure("P10", f"{what} against {SMALL}", Sample("big", grown), Sample("small", small), FLAT, by_p95=True)
