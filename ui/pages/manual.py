"""使用手册: F1 opens it at the chapter of the page one was on, Esc goes back there."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from ui import theme
from ui.context import Context, Place
from ui.pages.manual_text import CHAPTERS, manual_text
from ui.pages.manual_view import ManualView
from ui.widgets.base import announce
from ui.widgets.buttons import icon_button
from ui.widgets.edits import SearchEdit
from ui.widgets.frames import Bar
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column, row

CONTENTS = 250  # width of the contents, pixels at 100 %
SHARE = 0.27  # but never more of the page than this
NUMBER = Qt.ItemDataRole.UserRole


class ManualPage(QWidget):
    """A page without a rail entry. Contents at the left, the text at the right, a box to search above."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setAccessibleName("使用手册")
        self.search = SearchEdit("在手册里找", 12)
        self.search.setAccessibleName("在手册里找")
        self.before = icon_button("arrow-up-s", "上一处", "plain", "Shift+F3")
        self.after = icon_button("arrow-down-s", "下一处", "plain", "F3")
        self.count = TextLabel(role="hint")
        self.close_button = icon_button("close", "返回", "plain", "Esc")
        self.view = ManualView(manual_text())
        self.contents = QTreeWidget()
        self._entries: list[QTreeWidgetItem] = []
        self._lay_out()
        self._fill_contents()
        self._connect()
        self._measure()

    def show_place(self, place: Place, came_from: str = "") -> None:
        """Open at the chapter `field` names, else at that of the page the reader came from.

        Coming from nowhere, or from the manual itself, it stays where it was.
        """
        number = self.view.heading_of(place.field or CHAPTERS.get(came_from, ""))
        if number >= 0:
            self.view.show_heading(number)
            self._follow_reading(number)
        self.view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    # ─── contents ───

    def _fill_contents(self) -> None:
        with QSignalBlocker(self.contents):
            self.contents.clear()
            self._entries = []
            chapter: QTreeWidgetItem | None = None
            for number, heading in enumerate(self.view.headings):
                parent = self.contents if heading.level == 2 or chapter is None else chapter
                entry = QTreeWidgetItem(parent, [heading.text])
                entry.setData(0, NUMBER, number)
                entry.setToolTip(0, heading.text)
                if heading.level == 2:
                    chapter = entry
                self._entries.append(entry)

    def _go(self, entry: QTreeWidgetItem | None) -> None:
        """Show what an entry of the contents names, and open its chapter."""
        if entry is not None:
            reading = QSignalBlocker(self.view)
            self.view.show_heading(int(entry.data(0, NUMBER)))
            reading.unblock()
            self._open_chapter(entry)

    def _follow_reading(self, number: int) -> None:
        """Mark the heading that is being read, without scrolling to it."""
        with QSignalBlocker(self.contents):
            entry = self._entries[number]
            self._open_chapter(entry)
            self.contents.setCurrentItem(entry)

    def _open_chapter(self, entry: QTreeWidgetItem) -> None:
        chapter = entry.parent() or entry
        for number in range(self.contents.topLevelItemCount()):
            each = self.contents.topLevelItem(number)
            if each is not None:
                each.setExpanded(each is chapter)

    # ─── searching ───

    def _search(self) -> None:
        self._tell(self.view.search(self.search.text().strip()))

    def _step(self, by: int) -> None:
        if self.search.text().strip():
            self._tell(self.view.next_hit(by))
        else:
            self.search.setFocus()

    def _tell(self, found: tuple[int, int]) -> None:
        words = self.search.text().strip()
        self.count.setText("" if not words else f"{found[0]} / {found[1]}" if found[1] else "没有找到")
        if words:
            announce(self.count, f"第 {found[0]} 处，共 {found[1]} 处" if found[1] else "没有找到")

    def _start_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _escape(self) -> None:
        """The key empties the box first; only then it leaves."""
        if self.search.hasFocus() and self.search.text():
            self.search.clear()
        else:
            self.closed.emit()

    # ─── wiring ───

    def _measure(self) -> None:
        wide = min(theme.px(CONTENTS), int(self.width() * SHARE))
        self.contents.setFixedWidth(max(wide, theme.px(120)))
        self.count.setMinimumWidth(QFontMetrics(theme.font(14)).horizontalAdvance("没有找到"))
        self.contents.setIndentation(theme.px(14))
        self.contents.setStyleSheet(f"QTreeView::item {{ padding: {theme.px(4)}px {theme.px(10)}px }}")

    def _dress(self) -> None:
        self._measure()
        self.contents.setFont(theme.font(14))
        self._search()

    def _connect(self) -> None:
        self.contents.currentItemChanged.connect(lambda entry, _before: self._go(entry))
        self.contents.itemActivated.connect(lambda entry, _column: (self._go(entry), self.view.setFocus()))
        self.view.reading.connect(self._follow_reading)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(lambda: self._step(1))
        self.before.clicked.connect(lambda: self._step(-1))
        self.after.clicked.connect(lambda: self._step(1))
        self.close_button.clicked.connect(self.closed)
        theme.changed.connect(self._dress)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (
            ("Esc", self._escape),
            ("Ctrl+F", self._start_search),
            ("F3", lambda: self._step(1)),
            ("Shift+F3", lambda: self._step(-1)),
        ):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(act)

    def _lay_out(self) -> None:
        header = Bar("header")
        finding = (self.search, self.count, self.before, self.after)
        header.setLayout(row(TextLabel("使用手册", "title"), None, *finding, 8, self.close_button, margins=(24, 0)))
        side = Bar("list")
        self.contents.setAccessibleName("目录")
        self.contents.setHeaderHidden(True)
        self.contents.setRootIsDecorated(False)
        self.contents.setFont(theme.font(14))
        self.contents.setExpandsOnDoubleClick(False)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column(self.contents, margins=(0, 8), parent=side)
        middle = row(side, spacing=0)
        middle.addWidget(self.view, 1)
        whole = column(header, spacing=0, parent=self)
        whole.addLayout(middle, 1)
