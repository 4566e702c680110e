"""报送记录 as a table with painted cells."""

from collections.abc import Mapping, Sequence

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

from models.submission import STATE_LABELS
from models.submission_repository import LoggedSubmission
from ui import icons, theme
from ui.pages.submissions_rows import CHANGED_ROLE, CHIPS, EMPTY, STATE_ROLE, AnyIndex, Column, SubmissionRows
from ui.widgets.base import paint_frame
from ui.widgets.chips import chip_width, paint_chip

ROW, SIDE, BAR, MARK = 36, 8, 3, 18  # pixels at 100 % text

# Least width for a column to be shown with it, in pixels at 100 % text; the first to go stands last.
SHOWN_FROM = {Column.CODE: 420, Column.MADE: 560, Column.WAY: 680, Column.NUMBER: 780, Column.RECIPIENT: 1000}
SAMPLES = {
    Column.NUMBER: "BS-2025-0003",
    Column.VERSION: "第10版",
    Column.MADE: "2025-12-30 10:30",
    Column.WAY: "本程序直接发送",
    Column.CODE: "W4RD-9WTC",
    Column.RECIPIENT: "jzghxjwlb@126.com",
}


class SubmissionsTable(QTableView):
    """`opened` is emitted for Enter and double click, `chosen` whenever another submission is the current one."""

    opened = Signal()
    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = SubmissionRows(self)
        self.setModel(self.rows)
        self.setItemDelegate(_CellPainter(self))
        self.setAccessibleName("报送记录列表")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        side, top = self.verticalHeader(), self.horizontalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        top.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        top.setSectionResizeMode(Column.PERIOD, QHeaderView.ResizeMode.Stretch)
        top.setHighlightSections(False)
        top.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit())
        theme.changed.connect(self._measure)
        self._measure()

    def show_submissions(self, listed: Sequence[LoggedSubmission], changed: Mapping[str, int], keep: str = "") -> None:
        """List these and stay on the current one (or go to `keep`)."""
        current = self.current()
        wanted = keep or (current.submission.uid if current else "")
        self.rows.show(listed, changed)
        if not listed:
            self.chosen.emit()
            return
        index = self.rows.index(max(0, self.rows.line_of(wanted)), Column.PERIOD)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def current(self) -> LoggedSubmission | None:
        """The submission the keyboard is on."""
        return self.rows.submission(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

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
        for column, text in SAMPLES.items():
            self.setColumnWidth(column, metrics.horizontalAdvance(text) + 2 * theme.px(SIDE))
            self.setColumnHidden(column, available < SHOWN_FROM.get(column, 0))
        chips = (chip_width(STATE_LABELS[state], icon, kind) for state, (kind, icon) in CHIPS.items())
        self.setColumnWidth(Column.STATE, max(chips) + 2 * theme.px(SIDE) + theme.px(MARK + 4))


class _CellPainter(QStyledItemDelegate):
    """Paints one cell: ground, words or chip, focus frame. Nothing in a cell is a widget."""

    def __init__(self, table: SubmissionsTable) -> None:
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
        if index.column() == Column.STATE:
            self._paint_state(painter, inner, index)
        else:
            self._paint_words(painter, inner, index, selected=selected)
        if state & QStyle.StateFlag.State_HasFocus and self._table.hasFocus():
            paint_frame(painter, area.adjusted(0, 0, 0, -1), "focus", radius=0)

    def _first_column(self) -> int:
        return next(column for column in Column if not self._table.isColumnHidden(column))

    def _paint_state(self, painter: QPainter, area: QRect, index: AnyIndex) -> None:
        kind, icon = CHIPS[index.data(STATE_ROLE)]
        chip = paint_chip(painter, area, str(index.data()), icon, kind)
        if index.data(CHANGED_ROLE):  # the tool tip says how many
            place = QRect(chip.right() + theme.px(4), area.top(), theme.px(MARK), area.height())
            icons.paint_icon(painter, place, "pencil", "warn")

    def _paint_words(self, painter: QPainter, area: QRect, index: AnyIndex, *, selected: bool) -> None:
        font = theme.font(14)
        text = str(index.data())
        main = index.column() in (Column.PERIOD, Column.CODE) and text != EMPTY
        painter.setFont(font)
        painter.setPen(theme.color("text" if main else "text2" if selected else "hint"))
        words = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(
            area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine, words
        )
