"""The ledger as a table model that holds only the pages of rows that have been looked at."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from enum import Enum, IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from models import activity_repository
from models.activity import STAGE_LABELS, Activity, Stage, Status
from models.activity_query import ActivityQuery
from models.activity_repository import GridRow, Totals
from models.dates import format_short
from models.ledger import Ledger
from ui import workers
from ui.context import Context
from ui.fonts import ensure_glyphs

PAGE_ROWS = 64
KEPT_PAGES = 24
EMPTY = "—"
MISSING = "未填"

AnyIndex = QModelIndex | QPersistentModelIndex
_INVALID = QModelIndex()


class Column(IntEnum):
    """The columns of the grid, left to right."""

    CHECK = 0
    TITLE = 1
    DATE = 2
    FORM = 3
    FOCUS = 4
    OFFLINE = 5
    ONLINE = 6
    STAGE = 7


class CellRole(IntEnum):
    """What the delegate asks for beside the text."""

    STAGE = Qt.ItemDataRole.UserRole
    TONE = Qt.ItemDataRole.UserRole + 1  # colour token of the text
    CHECK = Qt.ItemDataRole.UserRole + 2  # Attention


class Attention(Enum):
    """What the check has to say about a line, at a glance."""

    NONE = ""
    SOFT = "有提示"
    HARD = "还有必填项没有填好"


TITLES = {
    Column.CHECK: "",
    Column.TITLE: "活动名称",
    Column.DATE: "日期",
    Column.FORM: "活动形式",
    Column.FOCUS: "重点",
    Column.OFFLINE: "线下",
    Column.ONLINE: "线上",
    Column.STAGE: "状态",
}
SORTS = {
    Column.TITLE: "title",
    Column.DATE: "date",
    Column.FORM: "form",
    Column.FOCUS: "focus",
    Column.OFFLINE: "people_offline",
    Column.ONLINE: "people_online",
    Column.STAGE: "stage",
}
NUMBERS = (Column.OFFLINE, Column.ONLINE)


class LedgerGridModel(QAbstractTableModel):
    """Rows of one query. The first page is read at once; the count and the sums follow from a worker.

    `totals_changed` carries the sums of the whole list as soon as they are known.
    """

    totals_changed = Signal(object)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._query = ActivityQuery()
        self._pages: OrderedDict[int, list[GridRow]] = OrderedDict()
        self._attention: dict[str, Attention] = {}
        self._judge: Callable[[Activity], Attention] | None = None
        self._unjudged: list[int] = []
        self._judging = QTimer(self, singleShot=True, interval=0)
        self._judging.timeout.connect(self._judge_shown)
        self._counting = QTimer(self, singleShot=True, interval=0)
        self._counting.timeout.connect(self._count)
        self._rows = 0
        self._job: workers.Job | None = None

    @property
    def query(self) -> ActivityQuery:
        """What the rows are a list of."""
        return self._query

    def show(self, query: ActivityQuery) -> None:
        """List another selection, or the same one anew after a change of the ledger."""
        if self._job:
            self._job.cancel()
        self._job = None
        self._counting.stop()
        first = activity_repository.page(self._context.ledger, query, 0, PAGE_ROWS)
        self.beginResetModel()
        self._query = query
        self._pages.clear()
        self._attention.clear()
        self._judge = None
        self._unjudged.clear()
        self._pages[0] = first
        self._rows = len(first)
        self.endResetModel()
        if len(first) < PAGE_ROWS:
            self.totals_changed.emit(_sums(first))
        else:
            self._counting.start()

    def _count(self) -> None:
        """Have the list counted and summed, once it has been painted: the rows come first."""
        ledger, query = self._context.ledger, self._query
        self._job = workers.start(lambda job: _read_totals(ledger, query), self._take_totals, self._miss_totals)

    def make_room_for(self, row: int) -> None:
        """Let the list reach at least to `row` before its count has come (to select a record far down)."""
        if row >= self._rows:
            self._grow(row + 1)

    def record(self, row: int) -> Activity | None:
        """The record shown in a line, None outside the list."""
        found = self._row(row)
        return found.activity if found else None

    def rowCount(self, parent: AnyIndex = _INVALID) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: AnyIndex = _INVALID) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(Column(section))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._title(Column(section)) or "检查结果"
        if role == Qt.ItemDataRole.ToolTipRole and Column(section) in SORTS:
            return f"按{TITLES[Column(section)]}排序"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._row(index.row())
        if line is None:
            return None
        column = index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(index.row(), line, column, spoken=role == Qt.ItemDataRole.AccessibleTextRole)
        if role == CellRole.TONE:
            return _tone(line, column)
        if role == CellRole.STAGE:
            return line.stage
        if role == CellRole.CHECK:
            return self._attention_at(index.row(), line.activity)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(index.row(), line, column)
        return None

    def _title(self, column: Column) -> str:
        """The column's word, with an arrow behind it when the list is in its order."""
        if SORTS.get(column) != self._query.sort:
            return TITLES[column]
        return f"{TITLES[column]} {'↓' if self._query.descending else '↑'}"

    def _row(self, row: int) -> GridRow | None:
        if not 0 <= row < self._rows:
            return None
        number, offset = divmod(row, PAGE_ROWS)
        lines = self._pages.get(number)
        if lines is None:
            lines = activity_repository.page(self._context.ledger, self._query, number * PAGE_ROWS, PAGE_ROWS)
            self._pages[number] = lines
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        return lines[offset] if offset < len(lines) else None

    def _text(self, row: int, line: GridRow, column: int, *, spoken: bool) -> str:
        activity, notice = line.activity, self._context.notice
        match column:
            case Column.CHECK:
                return self._attention_at(row, activity).value if spoken else ""
            case Column.TITLE:
                ensure_glyphs(activity.title)
                return activity.title or "（未填名称）"
            case Column.DATE:
                return self._day(activity.start)
            case Column.FORM:
                return notice.brief("form", activity.form) if activity.form else MISSING
            case Column.FOCUS:
                return "、".join(notice.label("focus", code) for code in activity.focus) or MISSING
            case Column.OFFLINE:
                return _people(activity, activity.people_offline)
            case Column.ONLINE:
                return _people(activity, activity.people_online)
            case _:
                return STAGE_LABELS.get(line.stage, line.stage)

    def _day(self, day: date | None) -> str:
        """9-03; with the year when it is not this year's."""
        if day is None:
            return MISSING
        return format_short(day) if day.year == self._context.clock().year else f"{day.year}-{format_short(day)}"

    def _tip(self, row: int, line: GridRow, column: int) -> str | None:
        if column == Column.CHECK:
            return self._attention_at(row, line.activity).value or None
        if column == Column.DATE and line.activity.start:
            return line.activity.start.isoformat()
        return None

    def _attention_at(self, row: int, activity: Activity) -> Attention:
        """What the check says of a line. A line not judged yet has nothing to say; it is judged after being painted."""
        found = self._attention.get(activity.uid)
        if found is None:
            self._unjudged.append(row)
            self._judging.start()
        return found or Attention.NONE

    def _judge_shown(self) -> None:
        """Judge the lines that were painted without, and have their first cell painted again."""
        if self._judge is None:
            self._judge = judge_in(self._context)
        rows, self._unjudged = self._unjudged, []
        for row in rows:
            activity = self.record(row)
            if activity and activity.uid not in self._attention:
                self._attention[activity.uid] = self._judge(activity)
        if rows:
            self.dataChanged.emit(self.index(min(rows), Column.CHECK), self.index(max(rows), Column.CHECK))

    def _take_totals(self, totals: Totals) -> None:
        self._job = None
        if totals.count > self._rows:
            self._grow(totals.count)
        self.totals_changed.emit(totals)

    def _miss_totals(self, error: Exception) -> None:
        self._job = None
        self._context.went_wrong.emit(str(error))

    def _grow(self, rows: int) -> None:
        self.beginInsertRows(QModelIndex(), self._rows, rows - 1)
        self._rows = rows
        self.endInsertRows()


def judge_in(context: Context) -> Callable[[Activity], Attention]:
    """A judgement of single records as things stand now; unit card and explanations are read once, not once a line."""
    from models.checks import Severity, check_activity
    from models.checks.findings import CheckContext
    from models.explanation_repository import list_explanations

    checks = CheckContext(context.notice, context.unit(), context.clock().date())
    explanations = list_explanations(context.ledger)

    def judge(activity: Activity) -> Attention:
        findings = check_activity(activity, checks, explanations)
        if any(finding.severity is Severity.HARD for finding in findings):
            return Attention.HARD
        return Attention.SOFT if any(finding.open for finding in findings) else Attention.NONE

    return judge


def _read_totals(ledger: Ledger, query: ActivityQuery) -> Totals:
    with ledger.reader() as reader:
        return activity_repository.totals(reader, query)


def _sums(lines: list[GridRow]) -> Totals:
    """The same sums as the repository's, for a list that is in memory whole."""
    counted = [line.activity for line in lines if line.stage not in (Stage.PLANNED, Stage.CANCELLED)]
    return Totals(
        len(lines),
        sum(activity.sessions or 0 for activity in counted if activity.hosted),
        sum(activity.sessions or 0 for activity in counted if not activity.hosted),
        sum(activity.people_offline or 0 for activity in counted),
        sum(activity.people_online or 0 for activity in counted),
    )


def _people(activity: Activity, value: int | None) -> str:
    if activity.status == Status.DONE and not activity.people:
        return MISSING
    if value:
        return str(value)
    return EMPTY if activity.status == Status.DONE else ""


def _tone(line: GridRow, column: int) -> str:
    activity = line.activity
    if activity.status == Status.CANCELLED:
        return "hint"
    if _is_missing(activity, column):
        return "error"
    return "text2" if column == Column.DATE else "text"


def _is_missing(activity: Activity, column: int) -> bool:
    match column:
        case Column.TITLE:
            return not activity.title
        case Column.DATE:
            return activity.start is None
        case Column.FORM:
            return not activity.form
        case Column.FOCUS:
            return not activity.focus
        case Column.OFFLINE | Column.ONLINE:
            return activity.status == Status.DONE and not activity.people
        case _:
            return False
