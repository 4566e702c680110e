"""What the forms of a period are filled from: every kind of record read once, however many forms use it."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from models import activity_repository
from models.activity import Activity
from models.case import Case
from models.case_repository import list_cases_in_period
from models.ledger import Ledger
from models.notice import Notice
from models.periods import Period, span, statistical_year_of, year_of
from models.publicity import Exemplar, Work
from models.publicity_period import PeriodRecords, exemplars_in_period, works_in_period
from models.report import Block, Orientation, Report, Signature
from models.reports import counting
from models.unit import Unit
from models.unit_repository import get_unit


class ReportBasis:
    """The records of `period` as seen on `today`. Nothing is read before a form asks for it, nothing twice."""

    def __init__(self, ledger: Ledger, notice: Notice, period: Period, today: date) -> None:
        self.ledger, self.notice, self.period, self.today = ledger, notice, period, today

    @cached_property
    def unit(self) -> Unit:
        """The unit card."""
        return get_unit(self.ledger)

    @cached_property
    def year_to_date(self) -> Period:
        """本年累计: from 1 January to the end of the period; from 1 October for a period of the statistics year."""
        whole = (statistical_year_of if self.period.kind == "statistical_year" else year_of)(self.period.end)
        return span(min(whole.start, self.period.start), self.period.end)

    @cached_property
    def year_activities(self) -> list[Activity]:
        """What took place in `year_to_date`, oldest first; plans and cancelled activities are left out."""
        return counting.counted(activity_repository.list_in_period(self.ledger, self.year_to_date))

    @cached_property
    def activities(self) -> list[Activity]:
        """What took place in the period, oldest first; plans and cancelled activities are left out."""
        return [activity for activity in self.year_activities if self.period.contains(activity.start)]

    @cached_property
    def cases(self) -> list[Case]:
        """The cases that belong to the period, by number."""
        return list_cases_in_period(self.ledger, self.period)

    @cached_property
    def works(self) -> PeriodRecords[Work]:
        """The 作品/报道 of the period."""
        return works_in_period(self.ledger, self.period)

    @cached_property
    def exemplars(self) -> PeriodRecords[Exemplar]:
        """The 先进典型 of the period."""
        return exemplars_in_period(self.ledger, self.period)

    def report(
        self,
        code: str,
        file_stem: str,
        orientation: Orientation,
        blocks: Iterable[Block],
        *,
        measure: str = "",
        period: Period | None = None,
        title: str = "",
    ) -> Report:
        """A form of this unit and period (or of another `period`) with the usual head and signing line.

        The notice names the standard forms; others bring their `title`.
        """
        shown = period or self.period
        return Report(
            code=code,
            title=title or self.notice.report_titles[code],
            file_stem=file_stem,
            unit_name=self.unit.name,
            unit_code=self.unit.code,
            period_text=shown.range_text,
            period_code=shown.code,
            orientation=orientation,
            blocks=tuple(blocks),
            signature=Signature(filler=self.unit.contact, phone=self.unit.phone, filled_on=self.today),
            basis=self.notice.basis,
            form_version=self.notice.form_version,
            measure=measure,
        )
