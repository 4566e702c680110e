"""What the steps 报送期 and 选内容 show: how much there is, how large it will be, and what was reported before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.case import Case
from models.errors import UserError
from models.ledger import Ledger
from models.notice import Notice
from models.overview_query import Sums, sums_between
from models.periods import Period, parse_period
from models.reports.basis import ReportBasis
from models.submission_content import data_of
from models.submission_photos import photos_of_cases
from models.submission_repository import LoggedSubmission, list_submissions
from ui.pages.report_amounts import Amount, amounts_of
from ui.pages.report_forms import Form
from ui.pages.submit_state import Wish

# Measured: what a form takes as PDF with Excel, each line of one (mostly for the characters in it, which repeat before
# long), a case as PDF with Word, and what is fixed.
FORM_BYTES, LINE_BYTES, MOST_OF_LINES, CASE_BYTES, FIXED_BYTES = 72_000, 5_000, 250_000, 130_000, 10_000


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of the period, with what its photos weigh."""

    case: Case
    photos: int
    photo_bytes: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the last submission of the same kind of period held."""

    period: Period
    activities: int
    people: int


@dataclass(frozen=True, slots=True)
class Look:
    """A period as it can be reported. `same` is its newest version so far, `earlier` the last one of the kind."""

    period: Period
    amounts: Mapping[str, Amount]
    cases: tuple[CaseLine, ...]
    sums: Sums
    same: LoggedSubmission | None
    earlier: Earlier | None

    @property
    def version(self) -> int:
        """The version that would be made now."""
        return self.same.submission.version + 1 if self.same else 1

    def sent(self, wish: Wish) -> tuple[CaseLine, ...]:
        """The cases that go along."""
        return tuple(line for line in self.cases if "表3" in wish.forms and wish.is_sent(line.case))

    def bytes(self, wish: Wish) -> int:
        """About how large the package becomes."""
        forms = [code for code in wish.forms if code != "表3" and code in self.amounts]
        lines = sum(min(LINE_BYTES * self.amounts[code].count, MOST_OF_LINES) for code in forms if code != "表10")
        sent = self.sent(wish)
        photos = sum(line.photo_bytes for line in sent) if wish.with_photos else 0
        return FIXED_BYTES + FORM_BYTES * len(forms) + lines + CASE_BYTES * len(sent) + photos


def look_at(ledger: Ledger, notice: Notice, period: Period, today: date, forms: Sequence[Form]) -> Look:
    """Read all of it with a connection of its own, for a worker thread."""
    with ledger.reader() as reader:
        basis = ReportBasis(reader, notice, period, today)
        photos = {case.uid: photos_of_cases(reader, [case]) for case in basis.cases}
        logged = list_submissions(reader)
        same = next((each for each in logged if each.submission.period == period.code), None)
        return Look(
            period,
            amounts_of(basis, forms),
            tuple(
                CaseLine(case, len(photos[case.uid]), sum(photo.byte_count for photo in photos[case.uid]))
                for case in basis.cases
            ),
            sums_between(reader, period.start, period.end),
            same,
            _earlier(reader, logged, period),
        )


def _earlier(ledger: Ledger, logged: Sequence[LoggedSubmission], period: Period) -> Earlier | None:
    """The newest version of the latest period of the same kind before this one."""
    found = [(parse_period(each.submission.period), each.submission) for each in logged]
    before = [pair for pair in found if pair[0].kind == period.kind and pair[0].start < period.start]
    if not before:
        return None
    latest, submission = max(before, key=lambda pair: (pair[0].start, pair[1].version))
    try:
        data = data_of(ledger, submission)
    except UserError:
        return Earlier(latest, submission.activities, -1)  # its file has gone: the number in the log is still there
    return Earlier(latest, submission.activities, _people(data))


def _people(data: Mapping[str, Any]) -> int:
    activities = data.get("activities")
    total = 0
    for each in activities if isinstance(activities, list) else ():
        numbers = (each.get("people_offline"), each.get("people_online")) if isinstance(each, dict) else ()
        total += sum(number for number in numbers if isinstance(number, int))
    return total
