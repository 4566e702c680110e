"""Links, text and preview side by side; where the width ends, the preview becomes a tab, then the links too."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

from ui import theme
from ui.pages.case_links import WIDTH as LINKS_WIDTH
from ui.widgets.frames import Bar
from ui.widgets.layouts import column, row

TEXT, LINKS, PREVIEW = "text", "links", "preview"
WORDS = {TEXT: "正文", LINKS: "关联与成效", PREVIEW: "打印预览"}
ALL_FROM, LINKS_FROM = 1100, 740  # width ÷ text scale from which all three, or links and text, stand side by side
PREVIEW_WIDTH = 420
EDITOR_WIDTH = 480


class CasePanes(QWidget):
    """`arranged` follows every change of what is side by side, `large_changed` when the preview takes all the width."""

    arranged = Signal()
    large_changed = Signal(bool)

    def __init__(self, links: QWidget, text: QWidget, preview: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._front = TEXT
        self._large = False
        self.arrangement = ""  # all, links or none: what stands beside the text
        self.left, self.right = Bar("list"), Bar("detail")
        column(links, spacing=0, parent=self.left)
        column(preview, spacing=0, parent=self.right)
        self.panes: dict[str, QWidget] = {LINKS: self.left, TEXT: text, PREVIEW: self.right}
        self.tabs = _Tabs()
        self.tabs.setAccessibleName("编辑案例的各部分")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.currentChanged.connect(self._choose)
        self._bar = Bar("tools")
        row(self.tabs, None, margins=(12, 0), parent=self._bar)
        self._row = row(*self.panes.values(), spacing=0)
        whole = column(self._bar, spacing=0, parent=self)
        whole.addLayout(self._row, 1)
        theme.changed.connect(self.arrange)

    def show_pane(self, name: str) -> None:
        """Bring a pane into sight, if it is behind another."""
        self._front = name
        if self._large and name != PREVIEW:
            self._large = False
            self.large_changed.emit(False)
        self.arrange(force=True)

    def toggle_large(self) -> bool:
        """Give the preview all the width, or take it back. Returns whether it is large now."""
        self._large = not self._large
        self._front = PREVIEW if self._large else TEXT
        self.arrange(force=True)
        self.large_changed.emit(self._large)
        return self._large

    @property
    def large(self) -> bool:
        """Whether the preview has all the width by request."""
        return self._large

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self, *, force: bool = False) -> None:
        """Show side by side what there is room for."""
        width = self.width() / theme.current().scale
        arrangement = "all" if width >= ALL_FROM else "links" if width >= LINKS_FROM else "none"
        changed = arrangement != self.arrangement
        self.left.setMinimumWidth(theme.px(LINKS_WIDTH) if arrangement != "none" else 0)
        self.left.setMaximumWidth(theme.px(LINKS_WIDTH) if arrangement != "none" else 16_777_215)
        beside = {"all": [LINKS, TEXT, PREVIEW], "links": [LINKS], "none": []}[arrangement]
        wide = self.width() - theme.px(LINKS_WIDTH) - theme.px(EDITOR_WIDTH)
        fixed = arrangement == "all" and not self._large
        self.right.setMinimumWidth(min(theme.px(PREVIEW_WIDTH), max(theme.px(300), wide)) if fixed else 0)
        self.right.setMaximumWidth(max(theme.px(PREVIEW_WIDTH), self.width() // 3) if fixed else 16_777_215)
        if changed or force:
            self.arrangement = arrangement
            self._fill_tabs([name for name in WORDS if name not in beside])
            self._show(beside)
        self._row.setStretch(1, 1)
        if changed:
            self.arranged.emit()

    def _show(self, beside: list[str]) -> None:
        front = self._front if self._front not in beside or self._large else TEXT
        if beside and front == LINKS:
            front = TEXT
        for name, pane in self.panes.items():
            pane.setVisible(name == front if self._large else name in beside or name == front)
        if not self._large and len(beside) == len(WORDS):
            for pane in self.panes.values():
                pane.show()

    def _fill_tabs(self, names: list[str]) -> None:
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for name in names:
            self.tabs.setTabData(self.tabs.addTab(WORDS[name]), name)
        front = self._front if self._front in names else TEXT
        if names:
            self.tabs.setCurrentIndex(names.index(front) if front in names else 0)
        self.tabs.blockSignals(False)
        self._bar.setVisible(bool(names) and not self._large)

    def _choose(self, index: int) -> None:
        name = self.tabs.tabData(index)
        if name:
            self._front = name
            self.arrange(force=True)


class _Tabs(QTabBar):
    """Arrow keys change the tab, Enter and Down go into it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)
