"""表2 主题宣传教育活动台账: one line per activity that took place (焦工文〔2025〕33号 三；总工办发〔2025〕7号 三)."""

from models.activity import MODE_LABELS, ROLE_LABELS, STAGE_LABELS, Activity, Role
from models.activity_row import stage_of
from models.checks import is_complete
from models.checks.findings import CheckContext
from models.dates import format_range
from models.notice import Notice
from models.periods import Period
from models.report import Cell, Column, Report, Row, Table
from models.reports import counting
from models.reports.basis import ReportBasis

CODE = "表2"
FILE_STEM = "活动台账"

COLUMNS = (
    Column("序号", 9, "center"),
    Column("活动名称", 41),
    Column("活动时间", 18, "center"),
    Column("地点", 18),
    Column("活动形式", 33),
    Column("宣传教育重点", 18, "center"),
    Column("开展方式", 16, "center"),
    Column("场次", 10, "right"),
    Column("线下人次", 12, "right"),
    Column("线上人次", 12, "right"),
    Column("主要内容及成效", 60),
    Column("备注", 20),
    Column("记录编号", 26, hidden=True),
    Column("版本", 8, "right", hidden=True),
    Column("状态", 12, hidden=True),
)


def build(basis: ReportBasis) -> Report:
    """The ledger of a period: activities that started in it, oldest first; plans and cancelled ones left out."""
    activities = basis.activities
    context = CheckContext(basis.notice, basis.unit, basis.today, basis.period)
    rows = tuple(_row(number, activity, context, basis.period) for number, activity in enumerate(activities, 1))
    table = Table(COLUMNS, rows, _total(activities), _notes(activities))
    return basis.report(CODE, FILE_STEM, "landscape", [table], measure="场、人次")


def _row(number: int, activity: Activity, context: CheckContext, period: Period) -> Row:
    notice = context.notice
    own = (activity.uid,)
    nobody = activity.people == 0

    def cell(value: str | int | None, *, missing: bool = False) -> Cell:
        return Cell(value, own, missing)

    cells = (
        cell(number),
        cell(activity.title, missing=not activity.title),
        cell(
            format_range(activity.start, activity.last_day, period.start.year)
            if activity.start and activity.last_day
            else ""
        ),
        cell(activity.place),
        cell(_form(activity, notice), missing=not activity.form),
        cell("、".join(notice.label("focus", code) for code in activity.focus), missing=not activity.focus),
        cell(MODE_LABELS.get(activity.held_mode, "")),
        cell(activity.sessions or 0),
        cell(activity.people_offline or 0, missing=nobody),
        cell(activity.people_online or 0, missing=nobody),
        cell("\n".join(text.strip() for text in (activity.summary, activity.effect) if text.strip())),
        cell(_remark(activity)),
        cell(activity.number),
        cell(activity.revision),
        cell(STAGE_LABELS[stage_of(activity, complete=is_complete(activity, context))]),
    )
    return Row(cells, activity.uid)


def _form(activity: Activity, notice: Notice) -> str:
    form = notice.form(activity.form)
    printed = form.printed if form else activity.form
    return f"{printed}：{activity.form_other}" if activity.form_other else printed


def _remark(activity: Activity) -> str:
    """The role unless it is the usual one, with whom, and the clerk's own note."""
    role = "" if activity.role == Role.HOST else ROLE_LABELS.get(activity.role, "")
    who = "：".join(part for part in (role, activity.partner_units) if part)
    return "\n".join(part for part in (who, activity.note) if part)


def _total(activities: list[Activity]) -> Row:
    sums = {
        7: counting.hosted_sessions(activities),
        8: counting.people_offline(activities),
        9: counting.people_online(activities),
    }
    cells = [Cell(sums[index].value, sums[index].sources) if index in sums else Cell() for index in range(len(COLUMNS))]
    cells[1] = Cell("合　计")
    return Row(tuple(cells))


def _notes(activities: list[Activity]) -> tuple[str, ...]:
    others = counting.other_sessions(activities).value
    extra = f"，另有协办、组织参加 {others} 场" if others else ""
    return (f"口径：{counting.NOTE_PEOPLE}场次合计只计主办和联合主办{extra}。",)
