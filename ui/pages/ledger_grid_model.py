"""The ledger as a table model that holds only the pages of rows that have been looked at."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from enum import Enum, IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from models import activity_repository
from models.activity import STAGE_LABELS, Activity, Stage
from models.activity_query import ActivityQuery
from models.activity_repository import GridRow, Totals
from models.dates import format_short
from models.ledger import Ledger
from ui import workers
from ui.context import Context
from ui.fonts import ensure_glyphs
from ui.pages.ledger_grid_cells import (
    MISSING,
    NUMBERS,
    SORTS,
    SPOKEN,
    TITLES,
    Column,
    further_text,
    people_text,
    tone_of,
)

PAGE_ROWS = 64
KEPT_PAGES = 24

AnyIndex = QModelIndex | QPersistentModelIndex
_INVALID = QModelIndex()


class CellRole(IntEnum):
    """What the delegate asks for beside the text."""

    STAGE = Qt.ItemDataRole.UserRole
    TONE = Qt.ItemDataRole.UserRole + 1  # colour token of the text
    CHECK = Qt.ItemDataRole.UserRole + 2  # Attention
    PHOTOS = Qt.ItemDataRole.UserRole + 3  # how many


class Attention(Enum):
    """What the check has to say about a line, at a glance."""

    NONE = ""
    SOFT = "有提示"
    HARD = "还有必填项没有填好"


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
        self._photos: dict[str, int] = {}
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

    def show(self, query: ActivityQuery, around: int = 0) -> None:
        """List another selection, or the same one anew after a change of the ledger.

        `around` is the line that will be looked at first: only its rows are read at once.
        """
        if self._job:
            self._job.cancel()
        self._job = None
        self._counting.stop()
        number = around // PAGE_ROWS
        first = activity_repository.page(self._context.ledger, query, number * PAGE_ROWS, PAGE_ROWS)
        self.beginResetModel()
        self._query = query
        self._pages.clear()
        self._attention.clear()
        self._photos.clear()
        self._judge = None
        self._unjudged.clear()
        self._pages[number] = first
        self._rows = number * PAGE_ROWS + len(first)
        self.endResetModel()
        if not number and len(first) < PAGE_ROWS:
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

    def records(self, first: int, count: int) -> list[Activity]:
        """The records of so many lines, read at one go; lines outside the list left out."""
        if count <= PAGE_ROWS:
            return [record for row in range(first, first + count) if (record := self.record(row))]
        lines = activity_repository.page(self._context.ledger, self._query, first, count)
        return [line.activity for line in lines]

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
            return self._title(Column(section)) or SPOKEN[Column(section)]
        if role == Qt.ItemDataRole.ToolTipRole and Column(section) in SORTS:
            return f"按{TITLES[Column(section)]}排序"
        if role == Qt.ItemDataRole.ToolTipRole:
            return SPOKEN.get(Column(section))
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
            return tone_of(line, column)
        if role == CellRole.STAGE:
            return line.stage
        if role == CellRole.CHECK:
            return self._attention_at(index.row(), line.activity)
        if role == CellRole.PHOTOS:
            return self._photos.get(line.activity.uid, 0)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(index.row(), line, column)
        return None

    def cell(self, row: int, column: int) -> tuple[str, str]:
        """Words and colour token of a cell in one go, for the painter: it asks for a hundred of them a screenful."""
        line = self._row(row)
        return (self._text(row, line, column, spoken=False), tone_of(line, column)) if line else ("", "text")

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
                text = activity.title or "（未填名称）"
            case Column.DATE:
                text = self._day(activity.start)
            case Column.FORM:
                text = notice.brief("form", activity.form) if activity.form else MISSING
            case Column.FOCUS:
                text = "、".join(notice.label("focus", code) for code in activity.focus) or MISSING
            case Column.OFFLINE:
                text = people_text(activity, activity.people_offline)
            case Column.ONLINE:
                text = people_text(activity, activity.people_online)
            case Column.STAGE:
                text = STAGE_LABELS.get(line.stage, line.stage)
            case Column.PHOTOS:
                count = self._photos.get(activity.uid, 0)
                text = f"{count} 张照片" if spoken and count else ""
            case _:
                text = further_text(activity, column, notice)
        return text

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
        if column == Column.PHOTOS:
            return self._text(row, line, column, spoken=True) or None
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
        self._count_photos(rows)
        for row in rows:
            activity = self.record(row)
            if activity and activity.uid not in self._attention:
                self._attention[activity.uid] = self._judge(activity)
        if rows:
            self.dataChanged.emit(self.index(min(rows), Column.CHECK), self.index(max(rows), Column.CHECK))

    def _count_photos(self, rows: list[int]) -> None:
        from models.attachment_repository import count_photos

        found = count_photos(self._context.ledger, [record.uid for row in rows if (record := self.record(row))])
        self._photos.update(found)
        if found:
            self.dataChanged.emit(self.index(min(rows), Column.PHOTOS), self.index(max(rows), Column.PHOTOS))

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
