"""Print the performance figures: `python -m benchmarks`, or only some: `python -m benchmarks --only P3,P5`.

Each figure is a ratio against a floor or a peer measured in the same run. docs/benchmarks.md says how and why.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.ledgers import generated_ledger
from benchmarks.measure import Figure

RECORDS = 100_000


@dataclass(frozen=True, slots=True)
class Task:
    """What measures some figures. It gets the folder of the big ledger."""

    keys: frozenset[str]
    measure: Callable[[Path], list[Figure]]


def _start(ledger: Path) -> list[Figure]:
    from benchmarks import start

    return start.measure(ledger)


def _keystrokes(ledger: Path) -> list[Figure]:
    from benchmarks import keystrokes

    return keystrokes.measure(ledger)


def _grid(ledger: Path) -> list[Figure]:
    from benchmarks import grid

    return grid.measure(ledger)


def _saving(ledger: Path) -> list[Figure]:
    from benchmarks import saving

    return saving.measure(ledger)


def _pdf(ledger: Path) -> list[Figure]:
    from benchmarks import pdf

    return pdf.measure(ledger)


def _excel(ledger: Path) -> list[Figure]:
    from benchmarks import excel

    return excel.measure(ledger)


def _reports(ledger: Path) -> list[Figure]:
    from benchmarks import reports

    return reports.measure(ledger)


def _calendar(ledger: Path) -> list[Figure]:
    from benchmarks import calendar

    return calendar.measure(ledger)


def _photos(ledger: Path) -> list[Figure]:
    from benchmarks import photos

    return photos.measure(ledger)


def _growth(ledger: Path) -> list[Figure]:
    from benchmarks import growth

    return growth.measure(ledger)


def _growth_to_a_million(ledger: Path) -> list[Figure]:
    from benchmarks import growth

    return growth.measure(ledger, million=True)


TASKS = (
    Task(frozenset({"P1", "P2"}), _start),
    Task(frozenset({"P3"}), _keystrokes),
    Task(frozenset({"P4"}), _grid),
    Task(frozenset({"P5"}), _saving),
    Task(frozenset({"P6"}), _pdf),
    Task(frozenset({"P7"}), _excel),
    Task(frozenset({"P8"}), _reports),
    Task(frozenset({"P11"}), _calendar),
    Task(frozenset({"P12"}), _photos),
    Task(frozenset({"P10"}), _growth),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for and print it; the exit code is 1 if a goal was missed."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    wanted = {key.strip().upper() for key in options.only.split(",") if key.strip()}
    ledger = options.ledger or generated_ledger(options.records)
    missed = False
    tasks = [*TASKS[:-1], Task(frozenset({"P10"}), _growth_to_a_million)] if options.million else TASKS
    for task in tasks:
        if wanted and not wanted & task.keys:
            continue
        for figure in task.measure(ledger):
            if not wanted or figure.key in wanted:
                print(figure, flush=True)
                missed |= figure.holds is False
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Print the performance figures.")
    parser.add_argument("--only", default="", help="figures by their ids, with commas between them: P3,P5")
    parser.add_argument("--records", type=int, default=RECORDS, help="activities in the ledger (%(default)s)")
    parser.add_argument("--ledger", type=Path, help="a ledger made before by benchmarks.generate")
    parser.add_argument(
        "--million", action="store_true", help="let P10 go on to a million activities (makes one first)"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
