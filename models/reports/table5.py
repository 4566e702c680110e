"""表5 “百千万亿”工作开展情况统计表: the indicators of the notice, period and year (总工办发〔2025〕7号 三（一）).

National goals are printed for reference only: no percentage of them and no quota is ever worked out for one unit.
"""

from collections.abc import Sequence

from models.activity import Activity
from models.notice import Notice
from models.report import Cell, Chart, Column, Report, Row, Table
from models.reports import counting
from models.reports.basis import ReportBasis
from models.reports.indicators import IndicatorLine, lines_of, sorted_out, unknown_items

CODE = "表5"
FILE_STEM = "百千万亿统计"
COLUMNS = (
    Column("序号", 9, "center"),
    Column("项目", 49),
    Column("计量单位", 16, "center"),
    Column("本期数", 17, "right"),
    Column("本年累计", 17, "right"),
    Column("数据来源\n（活动数）", 20, "right"),
    Column("备注", 46),
)
NOTE_GOALS = "全国目标数仅供参考，不作为基层指标。"


def build(basis: ReportBasis) -> Report:
    """The form for the basis' period. 本年累计 reaches from the start of the year to the end of the period."""
    lines = lines_of(basis.notice)
    of_year = sorted_out(lines, basis.year_activities)
    spans = basis.period.range_text, basis.year_to_date.range_text
    rows: list[Row] = []
    for number, (line, year) in enumerate(zip(lines, of_year, strict=True), 1):
        period = [activity for activity in year if basis.period.contains(activity.start)]
        rows.append(_row(number, line, (period, year), spans))
    chart = Chart("各项目的活动数（本期）", 1, (5,))
    table = Table(COLUMNS, tuple(rows), notes=_notes(basis), charts=(chart,))
    return basis.report(CODE, FILE_STEM, "portrait", [table])


def _row(
    number: int, line: IndicatorLine, activities: tuple[Sequence[Activity], Sequence[Activity]], spans: tuple[str, str]
) -> Row:
    period, year = (line.total(each) for each in activities)
    of_period, of_year = (f"{span}，{line.subject}" for span in spans)
    behind = Cell(len(period.sources), period.sources, rule=f"{of_period}：“本期数”由这些活动算出，一项计 1。")
    cells = (
        Cell(number),
        Cell(line.indicator.label),
        Cell(line.indicator.unit),
        period.cell(of_period),
        year.cell(of_year),
        behind,
        _remark(line, activities[0]),
    )
    return Row(cells)


def _remark(line: IndicatorLine, activities: Sequence[Activity]) -> Cell:
    """The national goal, and the 场次 that the unit only assisted in or took part in."""
    goal = f"全国目标：{line.indicator.goal}" if line.indicator.goal else ""
    if line.indicator.measure != "sessions" or not line.indicator.hosted_only:
        return Cell(goal)
    others = counting.other_sessions(activities)
    if not others.value:
        return Cell(goal)
    text = "；".join(part for part in (goal, f"另有协办、组织参加 {others.value} 场") if part)
    return Cell(text, others.sources, rule=others.rule)


def _notes(basis: ReportBasis) -> tuple[str, ...]:
    notes = [
        f"口径：{counting.NOTE_PEOPLE}成果数只计活动记录里的“成果数量”，{counting.NOTE_SESSIONS}。",
        f"本年累计为{basis.year_to_date.range_text}。数据来源（活动数）是本期数由几项活动算出。",
        NOTE_GOALS,
    ]
    if unknown := _unknown(basis.year_activities, basis.notice):
        notes.append(unknown)
    return tuple(notes)


def _unknown(activities: Sequence[Activity], notice: Notice) -> str:
    """What no line can count, because another notice named it; such people still count with their form."""
    items = unknown_items(activities, notice)
    if not items:
        return ""
    number = sum(items.values())
    return f"本年另有 {number} 项活动的细分项目不在现用通知里（{'、'.join(items)}），其成果数没有计入上表。"
