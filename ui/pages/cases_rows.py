"""The rows of the list of cases: they are few, so all of them are read, and put in order in memory."""

from collections.abc import Collection, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from models.case import CASE_STAGE_LABELS, Case
from models.dates import format_short
from models.notice import Notice
from ui.fonts import ensure_glyphs

EMPTY, UNNAMED = "—", "未填名称"
STAGE_ROLE, TONE_ROLE, CHANGED_ROLE = (Qt.ItemDataRole.UserRole + number for number in range(3))
CHANGED = "已报送，报后有改动。在“报送”里可以更正报送"

AnyIndex = QModelIndex | QPersistentModelIndex
_INVALID = QModelIndex()


class Column(IntEnum):
    """The columns, left to right."""

    NUMBER = 0
    TITLE = 1
    DOMAIN = 2
    CHARACTERS = 3
    PHOTOS = 4
    STAGE = 5
    MODIFIED = 6


TITLES = {
    Column.NUMBER: "编号",
    Column.TITLE: "案例名称",
    Column.DOMAIN: "所属领域",
    Column.CHARACTERS: "字数",
    Column.PHOTOS: "照片",
    Column.STAGE: "状态",
    Column.MODIFIED: "修改时间",
}
NUMBERS = (Column.CHARACTERS, Column.PHOTOS)


class CaseRows(QAbstractTableModel):
    """The cases that are asked for, in the order of one column."""

    def __init__(self, notice: Notice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notice = notice
        self._cases: list[Case] = []
        self._photos: dict[str, int] = {}
        self._changed: Collection[str] = ()
        self.sort_column, self.descending = Column.MODIFIED, True

    def show(self, cases: Sequence[Case], photos: dict[str, int]) -> None:
        """List these cases; `photos` says how many each has."""
        self.beginResetModel()
        self._photos = photos
        self._cases = sorted(cases, key=self._key, reverse=self.descending)
        for case in self._cases:
            ensure_glyphs(case.title)
        self.endResetModel()

    def mark(self, changed: Collection[str]) -> None:
        """Mark those of these uids that are listed: they are not as they were submitted."""
        self._changed = changed
        self.dataChanged.emit(self.index(0, Column.STAGE), self.index(len(self._cases) - 1, Column.STAGE))

    def order_by(self, column: Column, *, descending: bool) -> None:
        """Put the same cases in another order."""
        self.sort_column, self.descending = column, descending
        self.show(self._cases, self._photos)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def case(self, line: int) -> Case | None:
        return self._cases[line] if 0 <= line < len(self._cases) else None

    def line_of(self, uid: str) -> int:
        """Where a case stands, -1 if it is not listed."""
        return next((line for line, case in enumerate(self._cases) if case.uid == uid), -1)

    def rowCount(self, parent: AnyIndex = _INVALID) -> int:
        return 0 if parent.isValid() else len(self._cases)

    def columnCount(self, parent: AnyIndex = _INVALID) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = "" if column != self.sort_column else " ↓" if self.descending else " ↑"
            return f"{TITLES[column]}{arrow}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        case = self.case(index.row())
        if case is None:
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(case, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(case) or None if column == Column.STAGE else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            changed = "，报后有改动" if column == Column.STAGE and case.uid in self._changed else ""
            return f"{TITLES[column]} {self._text(case, column)}{changed}"
        if role == CHANGED_ROLE:
            return case.uid in self._changed
        if role == STAGE_ROLE:
            return case.stage
        if role == TONE_ROLE:
            plain = column in (Column.TITLE, Column.CHARACTERS, Column.PHOTOS) and self._text(case, column) != EMPTY
            return "text" if plain and (case.title or column != Column.TITLE) else "hint" if not plain else "error"
        return None

    def _tip(self, case: Case) -> str:
        return "\n".join(part for part in (case.fate_note, CHANGED if case.uid in self._changed else "") if part)

    def _text(self, case: Case, column: Column) -> str:
        match column:
            case Column.NUMBER:
                return case.number or EMPTY
            case Column.TITLE:
                return case.title or UNNAMED
            case Column.DOMAIN:
                return self._notice.label("case_domain", case.domain).removesuffix("领域") if case.domain else EMPTY
            case Column.CHARACTERS:
                return str(case.characters) if case.characters else EMPTY
            case Column.PHOTOS:
                return str(self._photos.get(case.uid) or EMPTY)
            case Column.STAGE:
                return CASE_STAGE_LABELS[case.stage]
            case Column.MODIFIED:
                at = case.modified_at
                return f"{format_short(at.date())} {at:%H:%M}" if at else EMPTY

    def _key(self, case: Case) -> Any:
        match self.sort_column:
            case Column.CHARACTERS:
                return (case.characters, case.number)
            case Column.PHOTOS:
                return (self._photos.get(case.uid, 0), case.number)
            case Column.STAGE:
                return (list(CASE_STAGE_LABELS).index(case.stage), case.number)
            case Column.MODIFIED:
                return (case.modified_at.isoformat() if case.modified_at else "", case.number)
            case column:
                return (self._text(case, column), case.number)
