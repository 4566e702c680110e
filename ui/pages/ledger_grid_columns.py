"""The columns of the grid: which ones, in which order, how wide – as the clerk left them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from models.errors import UserError
from models.settings import get_setting, save_setting
from ui import theme
from ui.context import Context
from ui.pages.ledger_grid_cells import SPOKEN, TITLES, Column
from ui.widgets.chips import chip_width

if TYPE_CHECKING:
    from models.ledger import Ledger

KEY = "activity_columns"
SIDE = 8
LEAST, MOST, STEP = 40, 600, 16  # widths in pixels at 100 % text
TITLE_LEAST = 160

USUAL = (
    Column.CHECK,
    Column.TITLE,
    Column.DATE,
    Column.FORM,
    Column.FOCUS,
    Column.OFFLINE,
    Column.ONLINE,
    Column.PHOTOS,
    Column.STAGE,
)
USUAL_ORDER = (*USUAL, *(column for column in Column if column not in USUAL))
ALWAYS = (Column.CHECK, Column.TITLE)  # a line without them could not be told from another

# Least width for the columns to be shown with them, in pixels at 100 % text; the first to go stands first.
SHOWN_FROM = {Column.PHOTOS: 720, Column.FOCUS: 700, Column.FORM: 590, Column.ONLINE: 520}
SAMPLE_TEXTS = {
    Column.DATE: "2025-12-30",
    Column.FORM: "活动形式 ↓",
    Column.FOCUS: "突出先进性、",
    Column.OFFLINE: "1000000",
    Column.ONLINE: "1000000",
    Column.PLACE: "职工文化活动中心",
    Column.LEADER: "欧阳建国",
    Column.NUMBER: "HD-2025-00000",
    Column.ITEM: "劳模工匠进校园宣讲",
    Column.CARRIER: "产业工人大讲堂",
    Column.SESSIONS: "场次 ",
    Column.MODE: "线上线下融合",
    Column.ROLE: "联合主办",
    Column.MODIFIED: "2025-12-30 00:00",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Order of all columns, those shown, and widths that were dragged (pixels at 100 % text)."""

    order: tuple[Column, ...] = USUAL_ORDER
    shown: frozenset[Column] = frozenset(USUAL)
    widths: dict[Column, int] = field(default_factory=dict[Column, int])


class GridColumns(QObject):
    """Keeps the header of a grid as the clerk wants it, by mouse, by keys and by the menu of the 列 button."""

    def __init__(self, grid: QTableView, context: Context) -> None:
        super().__init__(grid)
        self._grid, self._context = grid, context
        self._busy = False
        self.layout = load_layout(context.ledger)
        self._keeping = QTimer(self, singleShot=True, interval=400)
        self._keeping.timeout.connect(self.keep)
        self._prepare()
        self._add_keys()
        self._put_in_order()

    @property
    def _header(self) -> QHeaderView:
        """Asked for each time: what Python remembers of it may outlive it while a window is taken down."""
        return self._grid.horizontalHeader()

    def fit(self) -> None:
        """Give each column its width and hide what a narrow window has no room for, unless it was asked for."""
        if self._busy:
            return
        self._busy = True
        narrow = self._grid.viewport().width() / theme.current().scale
        as_usual = self.layout.shown == frozenset(USUAL)
        taken = 0
        for column in Column:
            hidden = column not in self.layout.shown or (as_usual and narrow < SHOWN_FROM.get(column, 0))
            self._grid.setColumnHidden(column, hidden)
            if not hidden and column != Column.TITLE:
                self._grid.setColumnWidth(column, width := self._width(column))
                taken += width
        self._grid.setColumnWidth(Column.TITLE, max(theme.px(TITLE_LEAST), self._grid.viewport().width() - taken))
        self._busy = False

    def toggle(self, column: Column) -> None:
        """Show a column that was hidden, and the other way round."""
        self._change(Layout(self.layout.order, self.layout.shown ^ {column}, self.layout.widths))

    def reset(self) -> None:
        """The columns as the program has them."""
        self._change(Layout())
        self._put_in_order()

    def move(self, column: Column, step: int) -> None:
        """Move a column one place to the left (-1) or to the right (1) among those that are shown."""
        visible = self.visible()
        place = visible.index(column) + step
        if column == Column.CHECK or not 1 <= place < len(visible):
            return
        header = self._header
        header.moveSection(header.visualIndex(column), header.visualIndex(visible[place]))

    def widen(self, column: Column, step: int) -> None:
        """Make a column wider or narrower by one step."""
        if column not in (Column.TITLE, *SPOKEN):
            self._grid.setColumnWidth(column, self._grid.columnWidth(column) + step * theme.px(STEP))

    def visible(self) -> list[Column]:
        """The columns that are seen, from left to right."""
        logical = [Column(self._header.logicalIndex(place)) for place in range(self._header.count())]
        return [column for column in logical if not self._grid.isColumnHidden(column)]

    def fill_menu(self, menu: QMenu) -> None:
        """The choice of columns, and the moves for the column in which the keyboard is."""
        menu.clear()
        for column in USUAL_ORDER:
            if column in ALWAYS:
                continue
            action = menu.addAction(TITLES[column] or SPOKEN[column])
            action.setCheckable(True)
            action.setChecked(column in self.layout.shown)
            action.triggered.connect(lambda _on=False, column=column: self.toggle(column))
        menu.addSeparator()
        for words, step in (("当前列左移　Ctrl+Shift+←", -1), ("当前列右移　Ctrl+Shift+→", 1)):
            menu.addAction(words).triggered.connect(lambda _on=False, step=step: self._move_current(step))
        for words, step in (("当前列变宽　Alt+Shift+→", 1), ("当前列变窄　Alt+Shift+←", -1)):
            menu.addAction(words).triggered.connect(lambda _on=False, step=step: self._widen_current(step))
        menu.addSeparator()
        menu.addAction("恢复默认的列").triggered.connect(self.reset)

    def keep(self) -> None:
        """Remember the columns with the ledger. What cannot be written is said, and the window goes on."""
        self._keeping.stop()
        try:
            save_layout(self._context.ledger, self.layout)
        except UserError as error:
            self._context.went_wrong.emit(error.message)

    def keep_pending(self) -> None:
        """Write what was dragged a moment ago, because the window is about to close."""
        if self._keeping.isActive():
            self.keep()

    def _prepare(self) -> None:
        header = self._header
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column in (Column.TITLE, *SPOKEN):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(theme.px(24))
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_menu)
        header.sectionMoved.connect(self._take_order)
        header.sectionResized.connect(self._take_width)

    def _add_keys(self) -> None:
        for keys, act in (
            ("Ctrl+Shift+Left", lambda: self._move_current(-1)),
            ("Ctrl+Shift+Right", lambda: self._move_current(1)),
            ("Alt+Shift+Left", lambda: self._widen_current(-1)),
            ("Alt+Shift+Right", lambda: self._widen_current(1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self._grid, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)

    def _move_current(self, step: int) -> None:
        if self._grid.currentIndex().isValid():
            self.move(Column(self._grid.currentIndex().column()), step)
            self._grid.scrollTo(self._grid.currentIndex())

    def _widen_current(self, step: int) -> None:
        if self._grid.currentIndex().isValid():
            self.widen(Column(self._grid.currentIndex().column()), step)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self._header)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu)
        menu.popup(self._header.mapToGlobal(place))

    def _change(self, layout: Layout) -> None:
        self.layout = layout
        self.fit()
        self.keep()

    def _put_in_order(self) -> None:
        self._busy = True
        for place, column in enumerate(self.layout.order):
            self._header.moveSection(self._header.visualIndex(column), place)
        self._busy = False

    def _take_order(self) -> None:
        if not self._busy:
            order = tuple(Column(self._header.logicalIndex(place)) for place in range(self._header.count()))
            self.layout = Layout(order, self.layout.shown, self.layout.widths)
            self._keeping.start()

    def _take_width(self, section: int, _old: int, new: int) -> None:
        if not self._busy and new:
            width = min(MOST, max(LEAST, round(new / theme.current().scale)))
            widths = {**self.layout.widths, Column(section): width}
            self.layout = Layout(self.layout.order, self.layout.shown, widths)
            self.fit()
            self._keeping.start()

    def _width(self, column: Column) -> int:
        if column in self.layout.widths:
            return theme.px(self.layout.widths[column])
        if column == Column.CHECK:
            return theme.px(38)
        if column == Column.PHOTOS:
            return theme.px(34)
        if column == Column.STAGE:
            return chip_width("已完成", None, "done") + 2 * theme.px(SIDE)
        return self._header.fontMetrics().horizontalAdvance(SAMPLE_TEXTS[column]) + 2 * theme.px(SIDE)


def load_layout(ledger: "Ledger") -> Layout:
    """The columns as they were left; the usual ones where nothing, or nothing sensible, was kept."""
    stored = get_setting(ledger, KEY, {})
    if not isinstance(stored, dict):
        return Layout()
    order = list(dict.fromkeys(_columns(stored.get("order"))))
    shown = frozenset(_columns(stored.get("shown"))) | set(ALWAYS) if "shown" in stored else frozenset(USUAL)
    widths = stored.get("widths")
    sane = {
        _NAMES[name]: width
        for name, width in (widths.items() if isinstance(widths, dict) else ())
        if name in _NAMES and isinstance(width, int) and LEAST <= width <= MOST
    }
    rest = [column for column in USUAL_ORDER if column not in order]
    whole = [Column.CHECK, *(column for column in (*order, *rest) if column != Column.CHECK)]
    return Layout(tuple(whole), shown, sane)


def save_layout(ledger: "Ledger", layout: Layout) -> None:
    """Keep the columns under their names, so that a later version with others can read them."""
    save_setting(
        ledger,
        KEY,
        {
            "order": [column.name for column in layout.order],
            "shown": [column.name for column in layout.order if column in layout.shown],
            "widths": {column.name: width for column, width in layout.widths.items()},
        },
    )


_NAMES = {column.name: column for column in Column}


def _columns(names: Any) -> list[Column]:
    return [_NAMES[name] for name in names if name in _NAMES] if isinstance(names, list) else []
