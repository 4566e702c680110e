"""The panel beside the page: what a number is, how it was counted, and the records behind it."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import fonts, theme
from ui.pages.report_figures import Figure
from ui.pages.report_sources import SourceRecord
from ui.widgets.base import announce, paint_frame, plain_tip
from ui.widgets.buttons import icon_button
from ui.widgets.frames import Bar, Ground
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import column, row

WIDTH, SIDE = 320, 16  # pixels at 100 % text
NO_RULE = "由下面的记录算出。"
AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class SourcesPanel(Bar):
    """`opened` carries the `Place` of a record; `closed` follows Esc and the cross."""

    opened = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("detail", parent)
        self.heading = WrapLabel("", "strong")
        self.figure = TextLabel(role="figure")
        self.rule = WrapLabel("", "note")
        self.count = TextLabel(role="hint")
        self.close_button = icon_button("close", "关闭　Esc", small=True)
        self.close_button.clicked.connect(self.closed)
        self.rows = _Records(self)
        self.list = _RecordList(self.rows)
        self.list.chosen.connect(self._open)
        head = Ground("surface")
        title = row(spacing=8)
        title.addWidget(self.heading, 1)
        title.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        how = TextLabel("怎么算的", "hint")
        head.setLayout(
            column(title, self.figure, 4, how, self.rule, 4, self.count, margins=(SIDE, 12, SIDE, 8), spacing=2)
        )
        whole = column(head, self.list, spacing=0, parent=self)
        whole.setStretch(1, 1)
        theme.changed.connect(self._measure)
        self._measure()

    def show_figure(self, figure: Figure) -> None:
        """Say what the number is; its records follow."""
        label = figure.label or "这个数"
        self.heading.setText(label)
        self.figure.setText(figure.text)
        self.figure.setVisible(bool(figure.text))
        self.rule.setText(figure.rule or NO_RULE)
        self.count.setText("正在找是哪几条")
        self.rows.show_records(())
        announce(self, f"{label} {figure.text}。{self.rule.text()}")

    def show_records(self, figure: Figure, records: Sequence[SourceRecord]) -> None:
        """List the records of the number that is shown."""
        gone = len(set(figure.sources)) - len(records)
        self.count.setText(f"共 {len(records)} 条" + (f"，另有 {gone} 条已经删除" if gone else ""))
        self.rows.show_records(records)
        if records:
            self.list.setCurrentIndex(self.rows.index(0))
        self.list.setAccessibleName(f"{self.heading.text()}由这些记录算出，{self.count.text()}")

    def take_keyboard(self) -> None:
        """The keyboard is in the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_wide(self, wide: bool) -> None:
        """Take all the room there is (in place of the page), or just the panel's own width."""
        self._wide = wide
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    _wide = False

    def _measure(self) -> None:
        width = theme.px(WIDTH)
        self.setMinimumWidth(0 if self._wide else width)
        self.setMaximumWidth((1 << 24) - 1 if self._wide else width)

    def _open(self, record: SourceRecord) -> None:
        if record.place is not None:
            self.opened.emit(record.place)


class _Records(QAbstractListModel):
    """The records in the order of the form."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.records: list[SourceRecord] = []

    def show_records(self, records: Sequence[SourceRecord]) -> None:
        self.beginResetModel()
        self.records = list(records)
        for record in records:
            fonts.ensure_glyphs(record.title)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.records)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        record = self.records[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return record.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(record.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(part for part in (record.title, record.number, record.day, record.share) if part)
        return None


class _RecordList(QListView):
    """`chosen` is emitted for Enter and a click."""

    chosen = Signal(object)  # SourceRecord

    def __init__(self, rows: _Records) -> None:
        super().__init__()
        self._rows = rows
        self.setModel(rows)
        self.setItemDelegate(_RecordPainter(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.clicked.connect(self._choose)
        theme.changed.connect(self.doItemsLayout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the panel closes
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self._rows.records[index.row()])


class _RecordPainter(QStyledItemDelegate):
    """Name and what it added on one line, number and day below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        lines = QFontMetrics(theme.font(theme.BODY)).height() + QFontMetrics(theme.font(13)).height()
        return QSize(theme.px(WIDTH) // 2, lines + theme.px(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        view, area = self.parent(), option.rect  # pyright: ignore[reportAttributeAccessIssue]
        assert isinstance(view, QListView)
        rows = index.model()
        assert isinstance(rows, _Records)
        record = rows.records[index.row()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # pyright: ignore[reportAttributeAccessIssue]
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if chosen or hovered:
            painter.fillRect(area, theme.color("selection" if chosen else "hover"))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, theme.color("line_soft"))
        _paint_words(painter, area.adjusted(theme.px(SIDE), 0, -theme.px(12), 0), record, chosen=chosen)
        painter.restore()
        if view.hasFocus() and index == view.currentIndex():
            paint_frame(painter, area, "focus")


def _paint_words(painter: QPainter, area: QRect, record: SourceRecord, *, chosen: bool) -> None:
    big, small = theme.font(theme.BODY), theme.font(13)
    high, low = QFontMetrics(big), QFontMetrics(small)
    top = area.top() + (area.height() - high.height() - low.height()) // 2
    line = QRect(area.left(), top, area.width(), high.height())
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    painter.setFont(big)
    painter.setPen(theme.color("text"))
    taken = high.horizontalAdvance(record.share) + theme.px(8) if record.share else 0
    painter.drawText(line, right, record.share)
    title = high.elidedText(record.title, Qt.TextElideMode.ElideRight, line.width() - taken)
    painter.drawText(line.adjusted(0, 0, -taken, 0), 0, title)
    painter.setFont(small)
    painter.setPen(theme.color("text2" if chosen else "hint"))
    below = QRect(area.left(), top + high.height(), area.width(), low.height())
    words = " · ".join(part for part in (record.number, record.day) if part)
    painter.drawText(below, 0, low.elidedText(words, Qt.TextElideMode.ElideRight, below.width()))
