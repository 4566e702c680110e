"""条文对照: which parts of the notice have activities this year and which have none. Private, without any score."""

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QCheckBox, QHeaderView, QTableView, QWidget

from models.notice import Notice
from models.overview import ClauseLine, clause_coverage
from ui import theme
from ui.context import Context, Place
from ui.widgets.buttons import icon_button
from ui.widgets.frames import Bar
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import column, row

HEADS = ("活动形式", "细分项目", "基层怎么做", "活动数")
LEVELS = {"G": "自己开展", "P": "组织职工参加"}
SIDE = 320
WIDE = 900
Index = QModelIndex | QPersistentModelIndex


class ClauseModel(QAbstractTableModel):
    """The lines, in the notice's order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[ClauseLine] = []

    def show_lines(self, lines: list[ClauseLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            count = str(line.count) if line.count else "还没有"
            first = index.row() == 0 or self.lines[index.row() - 1].group != line.group
            group = line.group if first or role == Qt.ItemDataRole.ToolTipRole else ""
            return (group, line.label, LEVELS.get(line.level, ""), count)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 3:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and (index.column() == 2 or (not line.count and index.column() == 3)):
            return theme.color("hint")
        return None


class ClausesPage(QWidget):
    """A page without a rail entry; 首页 opens it, Esc goes back."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setAccessibleName("条文对照")
        self.year = context.clock().date().year
        self.model = ClauseModel(self)
        self.only_missing = QCheckBox("只看还没有活动的")
        self._lay_out()
        self._connect()

    def show_place(self, _place: Place, came_from: str = "") -> None:
        """Show the current figures."""
        self.reload()

    def reload(self) -> None:
        """Count anew, staying on the same line."""
        current = self.table.currentIndex().row()
        lines = clause_coverage(self.context.ledger, self.context.notice, self.year)
        wanted = [line for line in lines if not line.count] if self.only_missing.isChecked() else lines
        self.model.show_lines(wanted)
        self.year_label.setText(f"{self.year}年")
        held = sum(1 for line in lines if line.count)
        self.counts.setText(f"{len(lines)} 项中，有活动的 {held} 项。没有要求项项都做。")
        if wanted:
            self.table.selectRow(min(max(current, 0), len(wanted) - 1))
        self._show_clause()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()
        self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() / theme.current().scale
        beside = room >= WIDE
        self.middle.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.side.setFixedWidth(theme.px(SIDE) if beside else self.width())
        self.private.setVisible(beside)
        self.counts.setVisible(room >= WIDE)
        self.table.setColumnHidden(2, room < WIDE)

    def _measure(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(theme.height(36))

    def _turn(self, by: int) -> None:
        self.year = min(max(self.year + by, date.min.year), 9998)
        self.reload()

    def _show_clause(self) -> None:
        row_number = self.table.currentIndex().row()
        line = self.model.lines[row_number] if 0 <= row_number < len(self.model.lines) else None
        heading, text, guide = clause_words(self.context.notice, line)
        self.heading.setText(heading)
        self.text.setText(text)
        self.guide.setText(guide)

    def _connect(self) -> None:
        self.context.changed.connect(lambda: self.reload() if self.isVisible() else None)
        self.only_missing.toggled.connect(self.reload)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_clause())
        self.before.clicked.connect(lambda: self._turn(-1))
        self.after.clicked.connect(lambda: self._turn(1))
        self.close_button.clicked.connect(self.closed)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=within).activated.connect(self.closed)

    def _lay_out(self) -> None:
        header = Bar("header")
        self.before, self.after = icon_button("arrow-left-s", "上一年"), icon_button("arrow-right-s", "下一年")
        self.year_label = TextLabel(role="heading")
        self.counts = TextLabel(role="hint")
        self.close_button = icon_button("close", "返回", "plain", "Esc")
        year = (self.before, self.year_label, self.after)
        parts = (TextLabel("条文对照", "title"), 8, *year, 8, self.counts, None, self.only_missing, self.close_button)
        header.setLayout(row(*parts, margins=(24, 0)))
        self.table = QTableView()
        self.table.setAccessibleName("条文和活动数")
        self.table.setModel(self.model)
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setProperty("padded", "true")
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.height(36))
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        theme.changed.connect(self._measure)
        self.middle = row(self.table, self._build_side(), spacing=0)
        self.middle.setStretch(0, 1)
        whole = column(header, spacing=0, parent=self)
        whole.addLayout(self.middle, 1)

    def _build_side(self) -> QWidget:
        self.side = Bar("side")
        self.heading = WrapLabel("", "section")
        self.text, self.guide = WrapLabel(""), WrapLabel("", "hint")
        self.private = WrapLabel("这一页只给自己看，不打印、不上报，也不打分。", "hint")
        column(
            self.heading, self.text, 8, self.guide, None, self.private, margins=(20, 16), spacing=8, parent=self.side
        )
        return self.side


def clause_words(notice: Notice, line: ClauseLine | None) -> tuple[str, str, str]:
    """Heading, wording and guide of the clause behind a line; empty when there is none."""
    clause = notice.clauses.get(line.clause) if line else None
    return (clause.heading, clause.text, clause.guide) if clause else ("", "", "")
