"""The grid of the 活动 page: fixed rows, painted cells, selection that survives a reload."""

from functools import lru_cache

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from models import activity_repository
from models.activity import Activity
from models.activity_query import ActivityQuery
from ui import icons, theme
from ui.context import Context
from ui.pages.ledger_grid_columns import GridColumns
from ui.pages.ledger_grid_model import NUMBERS, SORTS, Attention, CellRole, Column, LedgerGridModel
from ui.widgets.chips import paint_chip

ROW, HEAD, SIDE, BAR = 36, 36, 8, 3  # pixels at 100 % text

# Which chip a stage is shown as; the chip's kinds know nothing of activities.
CHIPS = {"planned": "plan", "draft": "draft", "done": "done", "final": "final", "cancelled": "cancelled"}
ATTENTION_ICONS = {Attention.HARD: ("error-warning-fill", "error"), Attention.SOFT: ("alert-fill", "warn")}

# What a cell is asked about a hundred times a screenful, as plain numbers: Qt's flags in Python cost more than painting
SELECTED, HOVERED, FOCUSED = (
    flag.value
    for flag in (QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_MouseOver, QStyle.StateFlag.State_HasFocus)
)
_ONE_LINE = Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value
LEFT, RIGHT = _ONE_LINE | Qt.AlignmentFlag.AlignLeft.value, _ONE_LINE | Qt.AlignmentFlag.AlignRight.value

AnyIndex = QModelIndex | QPersistentModelIndex


class LedgerGrid(QTableView):
    """Lines of the ledger.

    `opened` is emitted for Enter and double click, `chosen` whenever another record is the current one; `copying`
    and `pasting` for Ctrl+C and Ctrl+V.
    """

    opened = Signal(str)
    chosen = Signal()
    copying = Signal()
    pasting = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.rows = LedgerGridModel(context, self)
        self.setModel(self.rows)
        self.setItemDelegate(_CellPainter(self))
        self.setAccessibleName("活动台账")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self._prepare_headers()
        self.columns = GridColumns(self, context)
        self.doubleClicked.connect(lambda _index: self._open_current())
        self.selectionModel().currentRowChanged.connect(self._announce)
        theme.changed.connect(self._measure)
        self._measure()

    def show_query(self, query: ActivityQuery, keep: str = "") -> None:
        """List a selection of the ledger. `keep` is the record to stay on (default: the current one)."""
        current = self.current()
        wanted = keep or (current.uid if current else "")
        same_list = query == self.rows.query
        line = max(0, self.currentIndex().row())
        offset = self.verticalScrollBar().value()
        row = activity_repository.position(self._context.ledger, query, wanted) if wanted else None
        self.rows.show(query, row or 0)
        self.rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if row is not None:
            self.rows.make_room_for(row)
            self._select(row)
        if same_list and row is not None:
            self.verticalScrollBar().setValue(offset)
        elif row is None and self.rows.rowCount():
            self._select(min(line, self.rows.rowCount() - 1) if same_list else 0)  # a deleted record's neighbour
        elif row is None:
            self.chosen.emit()

    def current(self) -> Activity | None:
        """The record the keyboard is on."""
        return self.rows.record(self.currentIndex().row())

    def selected(self) -> list[Activity]:
        """Every selected record, from top to bottom."""
        parts = sorted((part.top(), part.height()) for part in self.selectionModel().selection().toList())
        return [record for first, count in parts for record in self.rows.records(first, count)]

    def selected_count(self) -> int:
        """How many lines are selected, without reading them."""
        return sum(part.height() for part in self.selectionModel().selection().toList())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            self._open_current()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copying.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasting.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.fit()

    def _select(self, row: int) -> None:
        index = self.rows.index(row, Column.TITLE)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def _open_current(self) -> None:
        if record := self.current():
            self.opened.emit(record.uid)

    def _announce(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit()

    def _prepare_headers(self) -> None:
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        top = self.horizontalHeader()
        top.setHighlightSections(False)
        top.setSectionsClickable(True)
        top.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top.sectionClicked.connect(self._sort_by)

    def _sort_by(self, section: int) -> None:
        name = SORTS.get(Column(section))
        if name is None:
            return
        query = self.rows.query
        descending = not query.descending if query.sort == name else section in (Column.DATE, *NUMBERS)
        self.sort_by(name, descending=descending)

    def sort_by(self, name: str, *, descending: bool) -> None:
        """Put the list in the order of one column, staying on the current record."""
        from dataclasses import replace

        self.show_query(replace(self.rows.query, sort=name, descending=descending))

    def _measure(self) -> None:
        self.setFont(theme.font(14))
        self.horizontalHeader().setFont(theme.font(14, bold=True))
        self.horizontalHeader().setFixedHeight(theme.height(HEAD))
        side = self.verticalHeader()
        side.setMinimumSectionSize(theme.height(ROW))
        side.setDefaultSectionSize(theme.height(ROW))
        self.columns.fit()


class _CellPainter(QStyledItemDelegate):
    """Paints one cell: ground, words, chip or icon, focus frame. Nothing in a cell is a widget.

    A screenful has a hundred cells and more, so whatever is the same for all of them is worked out once:
    flags as numbers, the font with its metrics, words cut to a width, and chips as pictures.
    """

    def __init__(self, grid: LedgerGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        theme.changed.connect(self.measure)
        self.measure()

    def measure(self) -> None:
        """Take the look that holds now."""
        self._font = theme.font(14)
        self._metrics = QFontMetrics(self._font)
        self._side, self._bar = theme.px(SIDE), theme.px(BAR)
        self._shortened = lru_cache(4096)(self._shorten)
        self._chips: dict[tuple[str, int, int, float], QPixmap] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, theme.height(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        area: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        state: int = option.state.value  # pyright: ignore[reportAttributeAccessIssue]
        column = index.column()
        selected = bool(state & SELECTED)
        painter.fillRect(area, theme.color("selection" if selected else "hover" if state & HOVERED else "surface"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.color("line_soft"))
        if selected and column == Column.CHECK:
            painter.fillRect(area.left(), area.top(), self._bar, area.height(), theme.color("focus"))
        if column == Column.CHECK:
            self._paint_attention(painter, area, index)
        elif column == Column.PHOTOS:
            self._paint_photos(painter, area, index)
        elif column == Column.STAGE:
            self._paint_stage(painter, area.adjusted(self._side, 0, -self._side, 0), index)
        else:
            self._paint_words(painter, area.adjusted(self._side, 0, -self._side, 0), index, selected=selected)
        if state & FOCUSED and self._grid.hasFocus():
            _paint_focus(painter, area)

    def _paint_attention(self, painter: QPainter, area: QRect, index: AnyIndex) -> None:
        attention = self._grid.rows.data(index, CellRole.CHECK)
        if attention in ATTENTION_ICONS:
            side = theme.px(18)
            place = QRect(0, 0, side, side)
            place.moveCenter(area.center())
            icons.paint_icon(painter, place.translated(theme.px(4), 0), *ATTENTION_ICONS[attention])

    def _paint_photos(self, painter: QPainter, area: QRect, index: AnyIndex) -> None:
        if self._grid.rows.data(index, CellRole.PHOTOS):
            place = QRect(0, 0, theme.px(18), theme.px(18))
            place.moveCenter(area.center())
            icons.paint_icon(painter, place, "image", "text2")

    def _paint_stage(self, painter: QPainter, area: QRect, index: AnyIndex) -> None:
        stage = self._grid.rows.data(index, CellRole.STAGE)
        ratio = painter.device().devicePixelRatio()
        key = (stage, area.width(), area.height(), ratio)
        chip = self._chips.get(key)
        if chip is None:
            chip = QPixmap(area.size() * ratio)
            chip.setDevicePixelRatio(ratio)
            chip.fill(Qt.GlobalColor.transparent)
            with QPainter(chip) as own:
                paint_chip(own, QRect(QPoint(), area.size()), self._grid.rows.data(index), None, CHIPS[stage])
            self._chips[key] = chip
        painter.drawPixmap(area.topLeft(), chip)

    def _paint_words(self, painter: QPainter, area: QRect, index: AnyIndex, *, selected: bool) -> None:
        column = index.column()
        text, tone = self._grid.rows.cell(index.row(), column)
        if not text:
            return
        painter.setFont(self._font)
        painter.setPen(theme.color("text2" if selected and tone == "hint" else tone))
        flags = RIGHT if column in NUMBERS else LEFT
        painter.drawText(area, flags, self._shortened(text, area.width()))

    def _shorten(self, text: str, width: int) -> str:
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def _paint_focus(painter: QPainter, area: QRect) -> None:
    from ui.widgets.base import paint_frame

    paint_frame(painter, area.adjusted(0, 0, 0, -1), "focus", radius=0)
