"""表2 with as many rows as a benchmark asks for."""

from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from benchmarks.generate import LAST_DAY
from models import reports
from models.ledger import Ledger
from models.notice import builtin_notice
from models.periods import span
from models.report import Report


def table2(ledger_folder: Path, rows: int) -> Report:
    """The form filled with the latest records, cut to so many rows; a small ledger gives its rows again and again."""
    first = date(LAST_DAY.year - 1, 1, 1)
    with Ledger.open(ledger_folder, exclusive=False) as ledger:
        report = reports.build("表2", ledger, builtin_notice(), span(first, LAST_DAY), LAST_DAY)
    (table,) = report.tables
    return replace(report, blocks=(replace(table, rows=tuple(islice(cycle(table.rows), rows))),))
