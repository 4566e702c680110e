"""The list of cases as a table with painted cells."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from models.case import Case, CaseStage
from models.notice import Notice
from ui import icons, theme
from ui.pages.cases_rows import CHANGED_ROLE, NUMBERS, STAGE_ROLE, TONE_ROLE, AnyIndex, CaseRows, Column
from ui.widgets.base import paint_frame
from ui.widgets.chips import chip_width, paint_chip

ROW, SIDE, BAR, MARK = 36, 8, 3, 18  # pixels at 100 % text

# How a stage is shown: kind of chip and icon (None is the kind's own).
CHIPS: dict[str, tuple[str, str | None]] = {
    CaseStage.DRAFT: ("draft", None),
    CaseStage.FINAL: ("final", None),
    CaseStage.SUBMITTED: ("submitted", None),
    CaseStage.ADOPTED: ("ok", "chat-check"),
    CaseStage.RETURNED: ("returned", None),
}

# Least width for a column to be shown with it, in pixels at 100 % text; the first to go stands last.
SHOWN_FROM = {Column.PHOTOS: 480, Column.NUMBER: 560, Column.MODIFIED: 640, Column.DOMAIN: 760}


class CasesTable(QTableView):
    """`opened` is emitted for Enter and double click, `chosen` whenever another case is the current one."""

    opened = Signal(str)
    chosen = Signal()

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = CaseRows(notice, self)
        self.setModel(self.rows)
        self.setItemDelegate(_CellPainter(self))
        self.setAccessibleName("案例列表")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        top = self.horizontalHeader()
        top.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        top.setSectionResizeMode(Column.TITLE, QHeaderView.ResizeMode.Stretch)
        top.setHighlightSections(False)
        top.setSectionsClickable(True)
        top.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top.sectionClicked.connect(self._sort_by)
        self.doubleClicked.connect(lambda _index: self._open_current())
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit())
        theme.changed.connect(self._measure)
        self._measure()

    def show_cases(self, cases: Sequence[Case], photos: dict[str, int], keep: str = "") -> None:
        """List these cases and stay on the current one (or on `keep`); a deleted one gives way to its neighbour."""
        current = self.current()
        wanted = keep or (current.uid if current else "")
        line = max(0, self.currentIndex().row())
        self.rows.show(cases, photos)
        self._select(self.rows.line_of(wanted) if wanted else -1, line)

    def current(self) -> Case | None:
        """The case the keyboard is on."""
        return self.rows.case(self.currentIndex().row())

    def selected(self) -> list[Case]:
        """Every selected case, from top to bottom."""
        lines = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [case for line in lines if (case := self.rows.case(line))]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self._open_current()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _select(self, row: int, otherwise: int) -> None:
        if not self.rows.rowCount():
            self.chosen.emit()
            return
        index = self.rows.index(row if row >= 0 else min(otherwise, self.rows.rowCount() - 1), Column.TITLE)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def _open_current(self) -> None:
        if case := self.current():
            self.opened.emit(case.uid)

    def _sort_by(self, section: int) -> None:
        column, rows, current = Column(section), self.rows, self.current()
        first = column in (Column.MODIFIED, *NUMBERS)
        rows.order_by(column, descending=not rows.descending if rows.sort_column == column else first)
        self._select(rows.line_of(current.uid) if current else 0, 0)

    def _measure(self) -> None:
        self.setFont(theme.font(14))
        self.horizontalHeader().setFont(theme.font(14, bold=True))
        self.horizontalHeader().setFixedHeight(theme.height(ROW))
        side = self.verticalHeader()
        side.setMinimumSectionSize(theme.height(ROW))
        side.setDefaultSectionSize(theme.height(ROW))
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give each column the width of its text and hide what a narrow window has no room for."""
        available = self.viewport().width() / theme.current().scale
        metrics = QFontMetrics(theme.font(14, bold=True))
        samples = {
            Column.NUMBER: "AL-2025-0003",
            Column.DOMAIN: "产业工人队伍建设改革",
            Column.CHARACTERS: "字数 ↓",
            Column.PHOTOS: "照片 ↓",
            Column.MODIFIED: "2025-12-30 10:30",
        }
        for column, text in samples.items():
            self.setColumnWidth(column, metrics.horizontalAdvance(text) + 2 * theme.px(SIDE))
            self.setColumnHidden(column, available < SHOWN_FROM.get(column, 0))
        self.setColumnWidth(
            Column.STAGE, chip_width("已采用", "chat-check", "ok") + 2 * theme.px(SIDE) + theme.px(MARK + 4)
        )


class _CellPainter(QStyledItemDelegate):
    """Paints one cell: ground, words or chip, focus frame. Nothing in a cell is a widget."""

    def __init__(self, table: CasesTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, theme.height(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        area: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(area, theme.color("selection" if selected else "hover" if hovered else "surface"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.color("line_soft"))
        if selected and index.column() == self._first_column():
            painter.fillRect(area.left(), area.top(), theme.px(BAR), area.height(), theme.color("focus"))
        inner = area.adjusted(theme.px(SIDE), 0, -theme.px(SIDE), 0)
        if index.column() == Column.STAGE:
            kind, icon = CHIPS[index.data(STAGE_ROLE)]
            chip = paint_chip(painter, inner, str(index.data()), icon, kind)
            if index.data(CHANGED_ROLE):  # not as it was submitted; the tool tip says so
                place = QRect(chip.right() + theme.px(4), area.top(), theme.px(MARK), area.height())
                icons.paint_icon(painter, place, "pencil", "warn")
        else:
            self._paint_words(painter, inner, index, selected=selected)
        if state & QStyle.StateFlag.State_HasFocus and self._table.hasFocus():
            paint_frame(painter, area.adjusted(0, 0, 0, -1), "focus", radius=0)

    def _first_column(self) -> int:
        return next(column for column in Column if not self._table.isColumnHidden(column))

    def _paint_words(self, painter: QPainter, area: QRect, index: AnyIndex, *, selected: bool) -> None:
        font = theme.font(14)
        tone = index.data(TONE_ROLE)
        painter.setFont(font)
        painter.setPen(theme.color("text2" if selected and tone == "hint" else tone))
        side = Qt.AlignmentFlag.AlignRight if index.column() in NUMBERS else Qt.AlignmentFlag.AlignLeft
        words = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine, words)
