"""What the tools of the 活动 page share: a page in front of the list, its action at the foot, and a preview table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui import fonts, theme
from ui.context import Context
from ui.widgets.base import paint_frame, plain_tip, tab_stops
from ui.widgets.buttons import FULL, NO_SHORTCUT, button, icon_button
from ui.widgets.frames import Bar
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.layouts import column, row

ROW, SIDE = 32, 8  # pixels at 100 % text
SHORT = 7  # characters: numbers and words of which a part says nothing
LAST, LEAST_SHARE = 10, 0.55  # characters for a last column; from which part of their width on columns are squeezed
TIGHT_BELOW = 800  # content width ÷ text scale under which buttons lose their shortcuts

AnyIndex = QModelIndex | QPersistentModelIndex
_INVALID = QModelIndex()


class ToolPage(QWidget):
    """Header with the way back, `middle` for the content, and a footer: summary at the left, the one action at the
    right. `closed` asks for the list again; Esc does the same."""

    closed = Signal()

    def __init__(self, context: Context, title: str, action: str, icon: str = "check") -> None:
        super().__init__()
        self.context = context
        self.setAccessibleName(title)
        self.back_button = icon_button("arrow-left", "返回列表", shortcut_text="Esc")
        self.back_button.clicked.connect(self.leave)
        self.subtitle = ElidedLabel(role="hint")
        head, foot = Bar("header"), Bar("footer")
        self.header = row(self.back_button, TextLabel(title, "title"), 8, margins=(16, 0), parent=head)
        self.header.addWidget(self.subtitle, 1)
        self.summary = ElidedLabel(role="second")
        self.cancel_button = button("取消", shortcut_text="Esc")
        self.cancel_button.clicked.connect(self.leave)
        self.act_button = button(action, icon, "primary", "Ctrl+Enter")
        self.act_button.clicked.connect(self.act)
        self.footer = row(margins=(24, 0), parent=foot)
        self.footer.addWidget(self.summary, 1)
        self.footer.addWidget(self.cancel_button)
        self.footer.addWidget(self.act_button)
        self.middle = column(margins=(24, 16, 24, 12), spacing=12)
        whole = column(head, spacing=0, parent=self)
        whole.addLayout(self.middle, 1)
        whole.addWidget(foot)
        self._foot = foot
        for keys, act in (("Esc", self.leave), ("Ctrl+Return", self._act_by_key), ("Ctrl+Enter", self._act_by_key)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def act(self) -> None:
        """What the primary button does."""
        raise NotImplementedError

    def leave(self) -> None:
        """Back to the list; nothing was written."""
        self.closed.emit()

    def say(self, summary: str, action: str, *, possible: bool) -> None:
        """What would happen, at the foot; without anything to do the button rests and the summary is the reason."""
        self.summary.setText(summary)
        self.act_button.setText(action)
        self.act_button.setEnabled(possible)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        stops = tab_stops(self)
        last = [each for each in stops if self._foot.isAncestorOf(each)]  # they were made before the middle
        for before, after in pairwise([*[each for each in stops if each not in last][-1:], *last]):
            QWidget.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tight = self.width() / theme.current().scale < TIGHT_BELOW
        for each in (self.cancel_button, self.act_button):
            each.set_brevity(NO_SHORTCUT if tight else FULL)

    def _act_by_key(self) -> None:
        if self.act_button.isEnabled():
            self.act()


@dataclass(slots=True)
class PreviewRow:
    """A line of a preview. `tones` are colour tokens, one a cell. The first cell of a line with a tick is the tick."""

    cells: Sequence[str]
    tones: Sequence[str] = ()
    ticked: bool | None = None
    tips: dict[int, str] = field(default_factory=dict[int, str])


class PreviewModel(QAbstractTableModel):
    """Plain lines under heads. `ticks_changed` follows every tick; `edit` makes cells editable (row, column, text)."""

    ticks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heads: Sequence[str] = ()
        self.lines: list[PreviewRow] = []
        self.edited: Callable[[int, int, str], None] | None = None
        self.editable: Callable[[int, int], str | None] = lambda _row, _column: None

    def show(self, heads: Sequence[str], lines: list[PreviewRow]) -> None:
        """Replace everything."""
        self.beginResetModel()
        self.heads, self.lines = heads, lines
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _INVALID) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = _INVALID) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, at = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.AccessibleTextRole and at == 0 and line.ticked is not None:
            return "已勾选" if line.ticked else "未勾选"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            text = " ".join(line.cells[at].split("\n"))
            fonts.ensure_glyphs(text)
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(line.tips.get(at) or line.cells[at]) or None
        if role == Qt.ItemDataRole.EditRole:
            return self.editable(index.row(), at)
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == Qt.ItemDataRole.EditRole and self.edited and self.editable(index.row(), index.column()) != value:
            self.edited(index.row(), index.column(), str(value))
            return True
        return False

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.edited and self.editable(index.row(), index.column()) is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def tick(self, rows: Sequence[int], on: bool) -> bool:
        """Tick lines that can be ticked, or untick them. Whether any could."""
        changing = [place for place in rows if self.lines[place].ticked is not None]
        for place in changing:
            self.lines[place].ticked = on
        if changing:
            self.dataChanged.emit(self.index(min(changing), 0), self.index(max(changing), 0))
            self.ticks_changed.emit()
        return bool(changing)

    def ticked(self) -> list[int]:
        """The lines that are ticked."""
        return [row for row, line in enumerate(self.lines) if line.ticked]


class PreviewTable(QTableView):
    """A preview that is walked with the arrow keys; Space ticks the selected lines, F2 edits a cell that can be."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preview = PreviewModel(self)
        self.setModel(self.preview)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_CellPainter(self))
        self.clicked.connect(self._click)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self._chars: Sequence[int] = ()
        theme.changed.connect(self._measure)
        self._measure()

    def show_lines(self, heads: Sequence[str], lines: list[PreviewRow], chars: Sequence[int]) -> None:
        """Show these lines; `chars` is the width of each column in Chinese characters, the last takes what is left."""
        place = (self.currentIndex().row(), self.currentIndex().column())
        same = tuple(heads) == tuple(self.preview.heads)
        scrolled = self.verticalScrollBar().value()
        self._chars = chars
        self.preview.show(heads, lines)
        if same:
            self.verticalScrollBar().setValue(scrolled)
        else:
            self._fit()
        if lines:
            row, at = (min(max(0, place[0]), len(lines) - 1), max(0, place[1])) if same else (0, 0)
            self.setCurrentIndex(self.preview.index(row, at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        if event.key() == Qt.Key.Key_Space and rows and self.preview.lines[rows[0]].ticked is not None:
            self.preview.tick(rows, not self.preview.lines[self.currentIndex().row()].ticked)
        else:
            super().keyPressEvent(event)

    def _click(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.preview.tick([index.row()], not self.preview.lines[index.row()].ticked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _measure(self) -> None:
        self.setFont(theme.font(14))
        self.horizontalHeader().setFont(theme.font(14, bold=True))
        self.verticalHeader().setMinimumSectionSize(theme.height(ROW))
        self.verticalHeader().setDefaultSectionSize(theme.height(ROW))
        self._fit()

    def _fit(self) -> None:
        """Columns as wide as asked for; where that is too much by a little, the longer ones a little narrower."""
        wide, sides = self.fontMetrics().horizontalAdvance("国"), 2 * theme.px(SIDE)
        fixed = sum(count * wide for count in self._chars if 0 < count <= SHORT) + sides * len(self._chars)
        asked = sum((count or LAST) * wide for count in self._chars if not 0 < count <= SHORT) or 1
        share = (self.viewport().width() - fixed) / asked
        squeezed = int(wide * share) if LEAST_SHARE <= share < 1 else wide
        for place, count in enumerate(self._chars):
            if count:
                self.setColumnWidth(place, count * (wide if count <= SHORT else squeezed) + sides)


class _CellPainter(QStyledItemDelegate):
    """Paints ground, words or tick, and the focus frame; ticks look like the check boxes of the program."""

    def __init__(self, table: PreviewTable) -> None:
        super().__init__(table)
        self._table = table
        self._box = QCheckBox(table)  # never shown: the style sheet knows ticks as part of a check box
        self._box.hide()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        area: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(area, theme.color("selection" if selected else "surface"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.color("line_soft"))
        line = self._table.preview.lines[index.row()]
        if index.column() == 0 and line.ticked is not None:
            self._paint_tick(painter, area, ticked=line.ticked)
        else:
            tone = line.tones[index.column()] if index.column() < len(line.tones) else "text"
            painter.setFont(self._table.font())
            painter.setPen(theme.color("text2" if selected and tone == "hint" else tone))
            inner = area.adjusted(theme.px(SIDE), 0, -theme.px(SIDE), 0)
            words = self._table.fontMetrics().elidedText(index.data() or "", Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine, words)
        if state & QStyle.StateFlag.State_HasFocus and self._table.hasFocus():
            paint_frame(painter, area.adjusted(0, 0, 0, -1), "focus", radius=0)

    def _paint_tick(self, painter: QPainter, area: QRect, *, ticked: bool) -> None:
        box = QStyleOptionButton()
        place = QRect(0, 0, theme.px(18), theme.px(18))
        place.moveCenter(area.center())
        box.rect = place  # pyright: ignore[reportAttributeAccessIssue]
        box.state = QStyle.StateFlag.State_Enabled | (  # pyright: ignore[reportAttributeAccessIssue]
            QStyle.StateFlag.State_On if ticked else QStyle.StateFlag.State_Off
        )
        self._box.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, box, painter, self._box)
