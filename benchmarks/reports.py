"""P8: what the reports and 首页 compute for a year with 5,000 activities, next to reading the same rows."""

from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.generate import LAST_DAY
from benchmarks.ledgers import generated_ledger
from benchmarks.measure import Action, Figure, Sample, in_turns
from models import overview, reports
from models.activity_row import sort_id_range
from models.ledger import Ledger
from models.notice import builtin_notice
from models.periods import Period, year_of

ROUNDS = 7
ACTIVITIES, YEARS = 50_000, 10  # evenly over the years
SHEETS = "表1"  # a sheet for each activity: every record over again, so it is measured alone


def measure(_big: Path) -> list[Figure]:
    """All of a year's reports, and each alone; the floor is one SELECT of the same rows, fetched."""
    year = year_of(LAST_DAY)
    with Ledger.open(generated_ledger(ACTIVITIES), exclusive=False) as ledger:
        actions: dict[str, Action] = {form: partial(_report, ledger, form, year) for form in reports.BUILDERS}
        actions["首页"] = partial(_home, ledger)
        count = len(_scan(ledger, year))
        *each, together, floor = in_turns(
            *actions.values(), lambda: _all(ledger, year), lambda: _scan(ledger, year), rounds=ROUNDS
        )
    sample = Sample(f"SELECT of {count} rows", floor)
    figures = [Figure("P8", "all reports of a year but 表1, and 首页, computed", Sample("ours", together), sample, 5)]
    figures += [
        Figure("P8", f"… of it {name}", Sample("ours", times), sample, None)
        for name, times in zip(actions, each, strict=True)
    ]
    return figures


def _all(ledger: Ledger, year: Period) -> None:
    """All forms from one reading of the records, as several are exported together, and 首页."""
    list(
        reports.build_all(
            [code for code in reports.BUILDERS if code != SHEETS], ledger, builtin_notice(), year, LAST_DAY
        )
    )
    _home(ledger)


def _report(ledger: Ledger, form: str, year: Period) -> None:
    reports.build(form, ledger, builtin_notice(), year, LAST_DAY)


def _home(ledger: Ledger) -> None:
    """The year's figures on 首页 and 条文对照."""
    overview.year_overview(ledger, LAST_DAY)
    overview.clause_coverage(ledger, builtin_notice(), LAST_DAY.year)


def _scan(ledger: Ledger, year: Period) -> list[tuple[object, ...]]:
    first, last = date(year.start.year, 1, 1), year.end
    return ledger.query(
        "SELECT * FROM activity WHERE deleted_at IS NULL AND sort_id BETWEEN ? AND ?", sort_id_range(first, last)
    )
