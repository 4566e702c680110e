"""列表: the activities of a year under their days. A model without a widget per line, so that any number is fluid."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.calendar_query import CalendarEntry
from ui import fonts, theme
from ui.pages.calendar_data import entry_kind, event_face
from ui.widgets.base import paint_frame
from ui.widgets.calendar_faces import STYLES, short_day
from ui.widgets.chips import chip_width, paint_chip

Line = date | CalendarEntry
AnyIndex = QModelIndex | QPersistentModelIndex
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine
NOTHING = "这一年还没有活动"
CHIPS = {"overdue": ("warn", "已过期", "time")}


class DayLines(QAbstractListModel):
    """Days and the activities under them, in order."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.today = today

    def show(self, entries: Sequence[CalendarEntry], today: date) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.today, self.lines = today, []
        day: date | None = None
        for entry in entries:
            if entry.start != day:
                day = entry.start
                self.lines.append(day)
            self.lines.append(entry)
        fonts.ensure_glyphs("".join(entry.title + entry.place + entry.leader for entry in entries))
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        line = self.lines[index.row()]
        if isinstance(line, date):
            return short_day(line)
        return f"{short_day(line.start)}，{event_face(line, self.today).words}"

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        line = self.lines[index.row()] if index.isValid() else None
        if isinstance(line, CalendarEntry):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.ItemIsEnabled

    def row_of(self, uid: str) -> int:
        """The line of an activity, −1 if it has none."""
        return next(
            (row for row, line in enumerate(self.lines) if isinstance(line, CalendarEntry) and line.uid == uid), -1
        )

    def row_from(self, day: date) -> int:
        """The first line on or after a day; the last one if there is none."""
        for row, line in enumerate(self.lines):
            if isinstance(line, date) and line >= day:
                return row
        return len(self.lines) - 1


class CalendarList(QListView):
    """The lines, moved through by keys. `day_changed` follows the current line."""

    opened = Signal(str)
    deleted = Signal(str)
    dated = Signal(str)
    menu_wanted = Signal(str, object)  # uid, where on the screen
    day_changed = Signal(object)
    today_wanted = Signal()  # T

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = DayLines(today)
        self.setModel(self.rows)
        self.setAccessibleName("活动列表，按日期")
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setItemDelegate(_LineDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().currentChanged.connect(self._follow)
        theme.changed.connect(self.doItemsLayout)

    def show_entries(self, entries: Sequence[CalendarEntry], day: date, today: date, uid: str = "") -> None:
        """Show a year's activities with the first one on or after `day` (or `uid`) current and in sight."""
        self.rows.show(entries, today)
        self.setAccessibleDescription("" if entries else NOTHING)
        row = self.rows.row_of(uid) if uid else -1
        self.go_to(day) if row < 0 else self._make_current(row, top=False)

    def go_to(self, day: date) -> None:
        """Bring a day to the top."""
        row = self.rows.row_from(day)
        if row >= 0:
            self._make_current(min(row + 1, self.rows.rowCount() - 1), top=True)

    def choose(self, uid: str) -> None:
        """Make an activity current, if it is listed."""
        row = self.rows.row_of(uid)
        if row >= 0:
            self._make_current(row, top=False)

    def current(self) -> CalendarEntry | None:
        """The activity that has the keyboard."""
        row = self.currentIndex().row()
        line = self.rows.lines[row] if 0 <= row < len(self.rows.lines) else None
        return line if isinstance(line, CalendarEntry) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry, key = self.current(), event.key()
        if entry and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(entry.uid)
        elif entry and key == Qt.Key.Key_Delete:
            self.deleted.emit(entry.uid)
        elif entry and key == Qt.Key.Key_F2:
            self.dated.emit(entry.uid)
        elif entry and key == Qt.Key.Key_Menu:
            place = self.visualRect(self.currentIndex()).bottomLeft()
            self.menu_wanted.emit(entry.uid, self.viewport().mapToGlobal(place))
        elif key == Qt.Key.Key_T and not event.modifiers():
            self.today_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.rows.lines:
            painter = QPainter(self.viewport())
            painter.setFont(theme.font(15))
            painter.setPen(theme.color("hint"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, NOTHING)

    def _make_current(self, row: int, *, top: bool) -> None:
        index = self.rows.index(row)
        self.setCurrentIndex(index)
        if top:
            self.scrollTo(self.rows.index(max(0, row - 1)), QListView.ScrollHint.PositionAtTop)
        else:
            self.scrollTo(index)

    def _follow(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            line = self.rows.lines[index.row()]
            self.day_changed.emit(line if isinstance(line, date) else line.start)

    def _open(self, row: int) -> None:
        line = self.rows.lines[row]
        if isinstance(line, CalendarEntry):
            self.opened.emit(line.uid)

    def _ask_menu(self, point: QPoint) -> None:
        index = self.indexAt(point)
        line = self.rows.lines[index.row()] if index.isValid() else None
        if isinstance(line, CalendarEntry):
            self.menu_wanted.emit(line.uid, self.viewport().mapToGlobal(point))


class _LineDelegate(QStyledItemDelegate):
    """A day in bold on a raised ground, or an activity: time, name, place, chip."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(theme.px(200), theme.height(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        view = self.parent()
        assert isinstance(view, CalendarList)
        line, area = view.rows.lines[index.row()], QRect(option.rect)  # type: ignore[attr-defined]
        side = theme.px(16)
        if isinstance(line, date):
            painter.fillRect(area, theme.color("raised"))
            painter.setFont(theme.font(14, bold=True))
            painter.setPen(theme.color("accent_text" if line == view.rows.today else "text2"))
            words = short_day(line) + ("　今天" if line == view.rows.today else "")
            painter.drawText(area.adjusted(side, 0, -side, 0), MIDDLE, words)
        else:
            state = option.state  # type: ignore[attr-defined]
            selected = bool(state & QStyle.StateFlag.State_Selected)
            hovered = bool(state & QStyle.StateFlag.State_MouseOver)
            painter.fillRect(area, theme.color("selection" if selected else "hover" if hovered else "surface"))
            if selected:
                painter.fillRect(area.x(), area.y(), theme.px(3), area.height(), theme.color("focus"))
            self._paint_entry(painter, area.adjusted(side, 0, -side, 0), line, view.rows.today, selected)
        painter.fillRect(area.x(), area.bottom(), area.width(), 1, theme.color("line_soft"))
        if view.hasFocus() and index.row() == view.currentIndex().row():
            paint_frame(painter, area, "focus", 2, 0)

    def _paint_entry(self, painter: QPainter, area: QRect, entry: CalendarEntry, today: date, selected: bool) -> None:
        kind = entry_kind(entry, today)
        chip_kind, words, icon = CHIPS.get(kind, (kind, STYLES[kind].word, None))
        wide = chip_width(words, icon, chip_kind)
        paint_chip(painter, QRect(area.right() - wide, area.y(), wide, area.height()), words, icon, chip_kind)
        font = theme.font(14)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme.color("text2" if selected else "hint"))
        time_wide = metrics.horizontalAdvance("00:00") + theme.px(16)
        painter.drawText(area, MIDDLE, entry.start_time or "全天")
        rest = area.adjusted(time_wide, 0, -wide - theme.px(16), 0)
        note = " · ".join(part for part in (entry.place, entry.leader) if part)
        note_wide = min(metrics.horizontalAdvance(note) + theme.px(16), rest.width() // 2) if note else 0
        if note and rest.width() > theme.px(320):
            where = QRect(rest.right() - note_wide, rest.y(), note_wide, rest.height())
            shown = metrics.elidedText(note, Qt.TextElideMode.ElideRight, note_wide)
            painter.drawText(where, MIDDLE | Qt.AlignmentFlag.AlignRight, shown)
            rest.setRight(where.left() - theme.px(8))
        painter.setPen(theme.color("text"))
        title = metrics.elidedText(entry.name, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, MIDDLE, title)
