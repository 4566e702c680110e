"""The standard forms: records in, `Report` out. One module per form."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from models.errors import UserError
from models.ledger import Ledger
from models.notice import Notice
from models.periods import Period
from models.report import Report
from models.reports import (
    month_sheet,
    table1,
    table2,
    table3,
    table4,
    table5,
    table6,
    table7,
    table8,
    table9,
    table10,
    year_sheet,
)
from models.reports.basis import ReportBasis

Builder = Callable[[ReportBasis], Report]

# Form code → its builder, in the order of the list on the 报表 page.
BUILDERS: Mapping[str, Builder] = {
    "表1": table1.build,
    "表2": table2.build,
    "表3": table3.build,
    "表4": table4.build,
    "表5": table5.build,
    "表6": table6.build,
    "表7": table7.build,
    "表8": table8.build,
    "表9": table9.build,
    "表10": table10.build,
}

# The sheets for the wall, beside the forms: name → builder. They are made for paper and have no Excel file.
CALENDAR_SHEETS: Mapping[str, Builder] = {"月历": month_sheet.build, "年历": year_sheet.build}


def build(code: str, ledger: Ledger, notice: Notice, period: Period, today: date) -> Report:
    """Fill a standard form from the ledger. Raises UserError for a form code that does not exist."""
    [report] = build_all([code], ledger, notice, period, today)
    return report


def build_all(codes: Sequence[str], ledger: Ledger, notice: Notice, period: Period, today: date) -> Iterator[Report]:
    """Fill several forms of a period, one after the other; records are read once. UserError as for `build`."""
    for code in codes:
        if code not in BUILDERS:
            raise UserError(f"没有“{code}”这张表。可用的有：{'、'.join(BUILDERS)}。")
    basis = ReportBasis(ledger, notice, period, today)
    return (BUILDERS[code](basis) for code in codes)
