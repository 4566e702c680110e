"""Running the check off the window's thread and sorting what it found by record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models import activity_repository
from models.case_repository import CASES
from models.checks import CheckResult, Finding, check_period
from models.checks.findings import CASE
from models.ledger import Ledger
from models.notice import Notice
from models.periods import Period

MOST = 60  # records shown of each kind; the rest follow when these are done


@dataclass(frozen=True, slots=True)
class Group:
    """The findings about one record, or about the unit card (then `uid` is empty)."""

    uid: str
    title: str
    number: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A check, and what it found by record. `hidden_*` counts the records that are not shown."""

    result: CheckResult
    hard: tuple[Group, ...]
    soft: tuple[Group, ...]
    hidden_hard: int = 0
    hidden_soft: int = 0


def run_check(ledger: Ledger, notice: Notice, period: Period, today: date) -> Outcome:
    """Check a period with a reading connection of its own, for a worker thread."""
    reader = ledger.reader()
    try:
        result = check_period(reader, notice, period, today)
        hard, soft = _by_record(result.hard), _by_record(result.soft)
        return Outcome(
            result,
            tuple(_group(reader, findings) for findings in hard[:MOST]),
            tuple(_group(reader, findings) for findings in soft[:MOST]),
            max(0, len(hard) - MOST),
            max(0, len(soft) - MOST),
        )
    finally:
        reader.close()


def _by_record(findings: Iterable[Finding]) -> list[list[Finding]]:
    """In the order of the check; the findings of a record stand together."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.uid, finding.title), []).append(finding)
    return list(groups.values())


def _group(ledger: Ledger, findings: list[Finding]) -> Group:
    first = findings[0]
    find = CASES.get if first.record_kind == CASE else activity_repository.get_activity
    record = find(ledger, first.uid) if first.uid else None
    return Group(first.uid, first.title, record.number if record else "", tuple(findings))
