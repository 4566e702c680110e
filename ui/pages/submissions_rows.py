"""The rows of 报送记录: there are a few dozen a year, so all of them are read and kept in memory."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models.dates import format_short
from models.submission import STATE_LABELS, SubmissionState
from models.submission_log import period_label, way_label, way_of
from models.submission_repository import LoggedSubmission
from ui.fonts import ensure_glyphs

EMPTY = "—"
STATE_ROLE, CHANGED_ROLE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1

AnyIndex = QModelIndex | QPersistentModelIndex
_INVALID = QModelIndex()

# How a state is shown: kind of chip and icon.
CHIPS: dict[str, tuple[str, str]] = {
    SubmissionState.GENERATED: ("draft", "file-zip"),
    SubmissionState.QUEUED: ("warn", "time"),
    SubmissionState.SENDING: ("error", "question"),
    SubmissionState.SENT: ("info", "mail-send"),
    SubmissionState.RECEIVED: ("ok", "mail-check"),
    SubmissionState.RETURNED: ("returned", "arrow-go-back"),
    SubmissionState.CORRECTED: ("neutral", "history"),
}


class Column(IntEnum):
    """The columns, left to right."""

    NUMBER = 0
    PERIOD = 1
    VERSION = 2
    MADE = 3
    WAY = 4
    CODE = 5
    RECIPIENT = 6
    STATE = 7


TITLES = {
    Column.NUMBER: "编号",
    Column.PERIOD: "报送期",
    Column.VERSION: "版本",
    Column.MADE: "生成时间",
    Column.WAY: "方式",
    Column.CODE: "回执码",
    Column.RECIPIENT: "收件人",
    Column.STATE: "状态",
}


class SubmissionRows(QAbstractTableModel):
    """The submissions that are asked for, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._listed: list[LoggedSubmission] = []
        self._changed: Mapping[str, int] = {}

    def show(self, listed: Sequence[LoggedSubmission], changed: Mapping[str, int]) -> None:
        """List these; `changed` says by uid how many records were changed since it was sent."""
        self.beginResetModel()
        self._listed, self._changed = list(listed), changed
        for each in listed:
            ensure_glyphs(each.submission.recipient)
        self.endResetModel()

    def submission(self, line: int) -> LoggedSubmission | None:
        """What stands in a line."""
        return self._listed[line] if 0 <= line < len(self._listed) else None

    def line_of(self, uid: str) -> int:
        """Where a submission stands, -1 if it is not listed."""
        return next((line for line, each in enumerate(self._listed) if each.submission.uid == uid), -1)

    def rowCount(self, parent: AnyIndex = _INVALID) -> int:
        return 0 if parent.isValid() else len(self._listed)

    def columnCount(self, parent: AnyIndex = _INVALID) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return TITLES[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        logged = self.submission(index.row())
        if logged is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(logged, column)
            case Qt.ItemDataRole.ToolTipRole:
                return self._changed_words(logged) or None if column == Column.STATE else None
            case Qt.ItemDataRole.AccessibleTextRole:
                more = self._changed_words(logged) if column == Column.STATE else ""
                return f"{TITLES[column]} {self._text(logged, column)}" + (f"，{more}" if more else "")
            case _ if role == STATE_ROLE:
                return logged.state
            case _ if role == CHANGED_ROLE:
                return bool(self._changed.get(logged.submission.uid))
        return None

    def _changed_words(self, logged: LoggedSubmission) -> str:
        count = self._changed.get(logged.submission.uid, 0)
        return f"报送后改了 {count} 条" if count else ""

    def _text(self, logged: LoggedSubmission, column: Column) -> str:
        own = logged.submission
        match column:
            case Column.NUMBER:
                return own.number
            case Column.PERIOD:
                return period_label(own.period)
            case Column.VERSION:
                return f"第{own.version}版"
            case Column.MADE:
                return f"{format_short(own.made_at.date())} {own.made_at:%H:%M}"
            case Column.WAY:
                return way_label(way_of(logged)) or EMPTY
            case Column.CODE:
                return own.receipt_code
            case Column.RECIPIENT:
                return own.recipient or EMPTY
            case Column.STATE:
                return STATE_LABELS[logged.state]
