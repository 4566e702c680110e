"""表8 年度活动计划及完成情况表: what was planned for a year and what became of it (焦工文〔2025〕33号 一)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.activity import Status
from models.calendar_query import CalendarEntry
from models.dates import format_range
from models.ledger import Ledger
from models.notice import Notice
from models.periods import Period
from models.periods import year as whole_year
from models.plan_query import planned_or_cancelled
from models.planning import PLAN_STATE_LABELS, PlanRow, PlanState, plan_of_year
from models.report import Cell, Column, Report, Row, Table
from models.reports.basis import ReportBasis

CODE = "表8"
FILE_STEM = "年度计划"
COLUMNS = (
    Column("序号", 10, "center"),
    Column("月份", 14, "center"),
    Column("计划内容", 70),
    Column("活动形式", 42),
    Column("责任人", 20, "center"),
    Column("计划时间", 30, "center"),
    Column("实际完成时间", 30, "center"),
    Column("完成情况", 20, "center"),
    Column("对应活动编号", 32, "center"),
)
STATE_COLUMN = 7


# What the words under 完成情况 mean; also what the record list behind a line says about it.
RULES = {
    PlanState.DONE: "对应活动已经举办，完成时间是活动的时间",
    PlanState.PENDING: "计划的日子或月份还没有过去",
    PlanState.OVERDUE: "计划的日子或月份已经过去，还没有登记结果",
    PlanState.CANCELLED: "计划或对应的活动已经取消",
}
_RULES_BY_LABEL = {PLAN_STATE_LABELS[state]: f"{PLAN_STATE_LABELS[state]}：{words}。" for state, words in RULES.items()}


@dataclass(frozen=True, slots=True)
class _Line:
    """A line before it has its number; `when` orders the lines of a month."""

    month: int
    when: date | None
    title: str
    form: str
    leader: str
    planned: str
    held: str
    state: str
    activity: CalendarEntry | None
    sources: tuple[str, ...]


def plan_year(period: Period) -> int:
    """The calendar year whose plan belongs to a period: that of its first day, of its last for a statistics year."""
    return (period.end if period.kind == "statistical_year" else period.start).year


def build(basis: ReportBasis) -> Report:
    """The plan of the calendar year in which the period begins: its lines with what they became, and the activities
    still planned without a line.

    An activity that was planned as such and is done has no line: nothing tells it any more from one entered
    afterwards. Cancelled ones stay on the form and are counted apart.
    """
    year, today = plan_year(basis.period), basis.today
    rows = plan_of_year(basis.ledger, year, today)
    own = {row.activity.uid for row in rows if row.activity}
    lines = [_of_plan(row, year) for row in rows]
    others = planned_or_cancelled(basis.ledger, year)
    lines += [_of_activity(entry, year, today) for entry in others if entry.uid not in own]
    lines.sort(key=lambda line: (line.month, line.when or date.max))
    table = Table(COLUMNS, _rows(lines, basis.notice), notes=_notes(lines), empty_text=f"{year}年还没有计划")
    return basis.report(CODE, FILE_STEM, "landscape", [table], measure="项", period=whole_year(year))


def build_table8(ledger: Ledger, notice: Notice, year: int, today: date) -> Report:
    """The plan of a calendar year."""
    return build(ReportBasis(ledger, notice, whole_year(year), today))


def _of_plan(row: PlanRow, year: int) -> _Line:
    item, activity = row.item, row.activity
    day = item.day or (activity.start if activity and row.state != PlanState.DONE else None)
    done = activity if activity and row.state == PlanState.DONE else None
    # What is cancelled before it had a month of its own still needs its place in the year.
    month = int(item.month[5:7]) if item.month[5:7].isdecimal() else (day or date(year, 1, 1)).month
    return _Line(
        month=month,
        when=day or (activity.start if activity else None),
        title=item.title,
        form=item.form or (activity.form if activity else ""),
        leader=item.leader or (activity.leader if activity else ""),
        planned=format_range(day, year=year) if day else f"{month}月",
        held=format_range(done.start, done.last_day, year) if done else "",
        state=PLAN_STATE_LABELS[row.state],
        activity=activity,
        sources=(item.uid, activity.uid) if activity else (item.uid,),
    )


def _of_activity(entry: CalendarEntry, year: int, today: date) -> _Line:
    state = PlanState.CANCELLED
    if entry.status == Status.PLANNED:
        state = PlanState.OVERDUE if entry.is_overdue(today) else PlanState.PENDING
    return _Line(
        month=entry.start.month,
        when=entry.start,
        title=entry.name,
        form=entry.form,
        leader=entry.leader,
        planned=format_range(entry.start, entry.last_day, year),
        held="",
        state=PLAN_STATE_LABELS[state],
        activity=entry,
        sources=(entry.uid,),
    )


def _rows(lines: Sequence[_Line], notice: Notice) -> tuple[Row, ...]:
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        form = notice.form(line.form)
        values: tuple[str | int, ...] = (
            number,
            f"{line.month}月",
            line.title,
            form.printed if form else line.form,
            line.leader,
            line.planned,
            line.held,
            line.state,
            line.activity.number if line.activity else "",
        )
        # Only an activity can be opened from its line; a mere line of the plan has its uid among the sources.
        uid = line.activity.uid if line.activity else ""
        cells = [Cell(value, line.sources) for value in values]
        cells[STATE_COLUMN] = Cell(line.state, line.sources, rule=_RULES_BY_LABEL[line.state])
        rows.append(Row(tuple(cells), uid))
    return tuple(rows)


def _notes(lines: Sequence[_Line]) -> tuple[str, ...]:
    if not lines:
        return ()
    counts = {label: sum(line.state == label for line in lines) for label in PLAN_STATE_LABELS.values()}
    words = "、".join(f"{label} {count} 项" for label, count in counts.items() if count)
    return (
        f"共 {len(lines)} 项：{words}。取消的计划不计入活动数和人次。",
        "口径：列入全年的计划，以及没有列入计划、尚未举办或已取消的活动；直接登记的已举办活动见活动台账。",
    )
