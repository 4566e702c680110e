"""表2 主题宣传教育活动台账: one line per activity that took place (焦工文〔2025〕33号 三；总工办发〔2025〕7号 三)."""

from functools import cache

from models.activity import MODE_LABELS, ROLE_LABELS, STAGE_LABELS, Activity, Codes, Role
from models.activity_row import stage_of
from models.checks import is_complete
from models.checks.findings import CheckContext
from models.dates import format_range
from models.notice import Notice
from models.periods import Period
from models.report import Cell, Column, Report, Row, Table
from models.reports import activity_words, counting
from models.reports.basis import ReportBasis
from models.reports.quick_cells import new_cell, new_row

CODE = "表2"
FILE_STEM = "活动台账"

COLUMNS = (
    Column("序号", 9.5, "center"),
    Column("活动名称", 35),
    Column("活动时间", 19, "center"),
    Column("地点", 17),
    Column("活动形式", 21),
    Column("宣传教育\n重点", 18.5, "center"),
    Column("开展方式", 15.2, "center"),
    Column("场次", 9.5, "right"),
    Column("线下人次", 13, "right"),
    Column("线上人次", 13, "right"),
    Column("主要内容及成效", 87),
    Column("备注", 18),
    Column("记录编号", 26, hidden=True),
    Column("版本", 8, "right", hidden=True),
    Column("状态", 12, hidden=True),
)


def build(basis: ReportBasis) -> Report:
    """The ledger of a period: activities that started in it, oldest first; plans and cancelled ones left out."""
    activities = basis.activities
    context = CheckContext(basis.notice, basis.unit, basis.today, basis.period)
    words = _Words(basis.notice, basis.period)
    rows = tuple([_row(number, activity, context, words) for number, activity in enumerate(activities, 1)])
    table = Table(COLUMNS, rows, _total(activities), _notes(activities))
    return basis.report(CODE, FILE_STEM, "landscape", [table], measure="场、人次")


def _row(number: int, activity: Activity, context: CheckContext, words: "_Words") -> Row:
    own = (activity.uid,)
    nobody = activity.people == 0
    stage = stage_of(activity, complete=is_complete(activity, context))
    shared = words.shared
    cells = (
        new_cell(number),
        new_cell(activity.title, own, not activity.title),
        shared(words.days(activity)),
        shared(activity.place),
        shared(activity_words.form(activity, context.notice), not activity.form),
        shared(words.focuses(activity.focus), not activity.focus),
        shared(MODE_LABELS.get(activity.held_mode, "")),
        new_cell(activity.sessions or 0, own),
        new_cell(activity.people_offline or 0, own, nobody),
        new_cell(activity.people_online or 0, own, nobody),
        new_cell(_content(activity), own),
        shared(_remark(activity)),
        new_cell(activity.number, own),
        shared(activity.revision),
        shared(STAGE_LABELS[stage]),
    )
    return new_row(cells, activity.uid)


class _Words:
    """How days and choices read in the ledger of a period.

    Most lines say the same about most things: such a cell is made once and stands in all of them, without a source
    of its own. Whose it is, the line's uid tells.
    """

    def __init__(self, notice: Notice, period: Period) -> None:
        self._notice, self._year = notice, period.start.year
        self.shared = cache(_shared)
        self.focuses = cache(self._focuses)

    def days(self, activity: Activity) -> str:
        """When it took place; the year only where it is not the period's."""
        return format_range(activity.start, activity.end, self._year) if activity.start else ""

    def _focuses(self, codes: Codes) -> str:
        return "\n".join([self._notice.label("focus", code) for code in codes])


def _shared(value: str | int, missing: bool = False) -> Cell:
    return Cell(value, (), missing)


def _content(activity: Activity) -> str:
    """What was done and what came of it."""
    summary, effect = activity.summary.strip(), activity.effect.strip()
    return f"{summary}\n{effect}" if summary and effect else summary or effect


def _remark(activity: Activity) -> str:
    """The role unless it is the usual one, with whom, and the clerk's own note."""
    role = "" if activity.role == Role.HOST else ROLE_LABELS.get(activity.role, "")
    who = f"{role}：{activity.partner_units}" if role and activity.partner_units else role or activity.partner_units
    return f"{who}\n{activity.note}" if who and activity.note else who or activity.note


def _total(activities: list[Activity]) -> Row:
    sums = {
        7: counting.hosted_sessions(activities),
        8: counting.people_offline(activities),
        9: counting.people_online(activities),
    }
    cells = [sums[index].cell() if index in sums else Cell() for index in range(len(COLUMNS))]
    cells[1] = Cell("合　计")
    return Row(tuple(cells))


def _notes(activities: list[Activity]) -> tuple[str, ...]:
    return (f"口径：{counting.NOTE_PEOPLE}{counting.note_on_sessions(activities)}",)
