"""How much there is for a form in a period, told without making the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from models.case_links import day_of
from models.case_repository import CASES, linked_activities
from models.ledger import Ledger
from models.overview_query import sums_between
from models.periods import Period, span, statistical_year_of, year_of
from models.plan_query import planned_or_cancelled
from models.planning import plan_of_year
from models.publicity_period import exemplars_in_period, works_in_period
from models.reports.basis import ReportBasis
from models.reports.table8 import plan_year
from models.summary_repository import find_summary
from ui.pages.report_forms import FORMS, Form

NOTHING = "本期无记录"


@dataclass(frozen=True, slots=True)
class Amount:
    """`count` records stand behind the form; `state` says more than a number can (草稿). Without either: nothing."""

    count: int = 0
    state: str = ""

    @property
    def has(self) -> bool:
        """Whether the form has something to say about the period."""
        return self.count > 0 or bool(self.state)

    def hint(self, form: Form) -> str:
        """What stands under the form's name in the list: 横版 · 14 条."""
        if form.section != FORMS:
            return form.layout
        counted = f"{self.count} {form.unit}" if form.unit and self.count else ""
        words = (self.state or counted) if self.has else NOTHING
        return " · ".join(part for part in (form.layout, words) if part)


class Amounts:
    """Reads what it is asked about, and what does not depend on the period once. Made anew after each change."""

    def __init__(self, ledger: Ledger, today: date) -> None:
        self._ledger, self._today = ledger, today

    def of(self, form: Form, period: Period) -> Amount:
        """What there is for a form."""
        if form.section != FORMS:
            return Amount(1)
        match form.code:
            case "表3" | "表4":
                return Amount(sum(period.contains(day) for day in self._case_days))
            case "表5":
                return Amount(self._done(_to_date(period)))
            case "表7":
                return Amount(self._publicity(period))
            case "表8":
                return Amount(self._planned(plan_year(period)))
            case "表9":
                return self._summary(period)
            case _:
                return Amount(self._done(period))

    def _done(self, period: Period) -> int:
        return sums_between(self._ledger, period.start, period.end).done

    def _publicity(self, period: Period) -> int:
        works, exemplars = works_in_period(self._ledger, period), exemplars_in_period(self._ledger, period)
        return len(works.records) + len(exemplars.records)

    def _planned(self, year: int) -> int:
        """Lines of the plan, and activities planned or cancelled that have none."""
        rows = plan_of_year(self._ledger, year, self._today)
        own = {row.activity.uid for row in rows if row.activity}
        return len(rows) + sum(each.uid not in own for each in planned_or_cancelled(self._ledger, year))

    def _summary(self, period: Period) -> Amount:
        written, done = find_summary(self._ledger, period.code), self._done(period)
        if written is not None:
            return Amount(done, "定稿" if written.finalised else "草稿")
        return Amount(done, "未起草" if done else "")

    @cached_property
    def _case_days(self) -> list[date | None]:
        return [day_of(case, linked_activities(self._ledger, case)) for case in CASES.list_all(self._ledger)]


def amounts_of(basis: ReportBasis, forms: Sequence[Form]) -> dict[str, Amount]:
    """What there is for each form in the basis' period, by key."""
    amounts = Amounts(basis.ledger, basis.today)
    return {form.key: amounts.of(form, basis.period) for form in forms}


def _to_date(period: Period) -> Period:
    """The year up to the end of the period, as 本年累计 counts (see ReportBasis.year_to_date)."""
    whole = (statistical_year_of if period.kind == "statistical_year" else year_of)(period.end)
    return span(min(whole.start, period.start), period.end)
