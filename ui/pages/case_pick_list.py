"""A list of activities to tick: painted rows, Space or Enter or a click ticks."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from models.activity import Activity
from models.dates import format_short
from ui import icons, theme
from ui.fonts import ensure_glyphs
from ui.widgets.base import paint_frame

ROW, SIDE = 40, 16  # pixels at 100 % text
ACTIVITY = Qt.ItemDataRole.UserRole

AnyIndex = QModelIndex | QPersistentModelIndex
_INVALID = QModelIndex()


class _Rows(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.activities: list[Activity] = []
        self.chosen: dict[str, Activity] = {}
        self.most = 0

    def show(self, activities: list[Activity]) -> None:
        self.beginResetModel()
        self.activities = activities
        for each in activities:
            ensure_glyphs(each.title)
        self.endResetModel()

    def toggle(self, line: int) -> bool:
        """Tick or untick; False when there are as many as allowed already."""
        activity = self.activities[line]
        if activity.uid in self.chosen:
            del self.chosen[activity.uid]
        elif len(self.chosen) < self.most:
            self.chosen[activity.uid] = activity
        else:
            return False
        index = self.index(line)
        self.dataChanged.emit(index, index)
        return True

    def rowCount(self, parent: AnyIndex = _INVALID) -> int:
        return 0 if parent.isValid() else len(self.activities)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        activity = self.activities[index.row()]
        if role == ACTIVITY:
            return activity
        if role == Qt.ItemDataRole.DisplayRole:
            return activity.title or "未填名称"
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if activity.uid in self.chosen else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            ticked = "已勾选" if activity.uid in self.chosen else "未勾选"
            return f"{activity.title}，{facts(activity)}，{ticked}"
        return None


class PickList(QListView):
    """`chosen_changed` follows every tick."""

    chosen_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_RowPainter(self))
        self.setAccessibleName("活动")
        self.setAccessibleDescription("空格勾选或取消")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def start(self, chosen: Sequence[Activity], most: int) -> None:
        """Begin with these ticked."""
        self._rows.chosen = {each.uid: each for each in chosen}
        self._rows.most = most

    def show_found(self, activities: Sequence[Activity], *, searched: bool) -> None:
        """List these; while nothing is searched what is ticked stands first."""
        first = [] if searched else list(self._rows.chosen.values())
        held = {each.uid for each in first}
        self._rows.show([*first, *(each for each in activities if each.uid not in held)])
        if self.count():
            self.setCurrentIndex(self._rows.index(0))

    def count(self) -> int:
        return self._rows.rowCount()

    def chosen(self) -> list[str]:
        """The uids that are ticked, in the order they were."""
        return list(self._rows.chosen)

    def toggle(self, line: int) -> None:
        """Tick or untick a row; one too many is not ticked."""
        if 0 <= line < self.count() and self._rows.toggle(line):
            self.chosen_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.toggle(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.toggle(index.row())


def facts(activity: Activity) -> str:
    """Day, people and number in a few words."""
    people = (activity.people_offline or 0) + (activity.people_online or 0)
    day = format_short(activity.start) if activity.start else "未填日期"
    return " ・ ".join([day, *([f"{people} 人次"] if people else [])])


class _RowPainter(QStyledItemDelegate):
    """Tick, name, and at the right the day and how many took part."""

    def __init__(self, view: PickList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, theme.height(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        area: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        ticked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(area, theme.color("selection" if ticked else "hover" if hovered else "surface"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.color("line_soft"))
        inner = area.adjusted(theme.px(SIDE), 0, -theme.px(SIDE), 0)
        side = theme.px(18)
        box = QRect(inner.left(), inner.center().y() - side // 2, side, side)
        paint_frame(painter, box, "focus" if ticked else "edge", 1, 3, "focus" if ticked else "surface")
        if ticked:
            icons.paint_icon(painter, box.adjusted(1, 1, -1, -1), "check", "on_focus")
        words = inner.adjusted(side + theme.px(12), 0, 0, 0)
        flags = int(Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine
        small, right = theme.font(14), facts(index.data(ACTIVITY))
        taken = QFontMetrics(small).horizontalAdvance(right)
        painter.setFont(small)
        painter.setPen(theme.color("text2" if ticked else "hint"))
        painter.drawText(words, flags | int(Qt.AlignmentFlag.AlignRight), right)
        font = theme.font()
        name = QFontMetrics(font).elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, words.width() - taken - theme.px(16)
        )
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(words, flags, name)
        if state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            paint_frame(painter, area.adjusted(0, 0, 0, -1), "focus", radius=0)
