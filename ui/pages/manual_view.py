"""The manual's text on screen: it scrolls, follows the look, and asks before anything outside is opened."""

from bisect import bisect_right
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from ui import fonts, theme
from ui.pages import manual_text
from ui.pages.manual_text import Heading
from ui.widgets.confirm import confirm

AIR = 12  # above a heading that was jumped to, pixels at 100 %


class ManualView(QTextBrowser):
    """Renders one text. `reading` names the heading (a number in `headings`) that is at the top, while scrolling."""

    reading = Signal(int)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headings: list[Heading] = []
        self._text = text
        self._hits: list[QTextCursor] = []
        self._hit = -1
        self._fitted = 0  # the width the text was last laid out for
        self.setAccessibleName("使用手册正文")
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # or the width would depend on the height
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(self._follow)
        self.verticalScrollBar().valueChanged.connect(self._tell_place)
        theme.changed.connect(self._dress)
        fonts.ensure_glyphs(text)
        self._dress()

    def show_heading(self, number: int) -> None:
        """Bring a heading to the top."""
        self._show_block(self.headings[number].block)

    def heading_of(self, name: str) -> int:
        """The number of the heading with these words or this link target; -1 if there is none."""
        wanted = manual_text.slug(name)
        return next((n for n, each in enumerate(self.headings) if manual_text.slug(each.text) == wanted), -1)

    def search(self, words: str) -> tuple[int, int]:
        """Mark every place with these words, and go to the first from the top of the screen on.

        Returns its number, from 1, and how many there are; both 0 when there is none.
        """
        self._hits, self._hit = [], -1
        cursor = QTextCursor(self.document())
        while words and not (cursor := self.document().find(words, cursor)).isNull():
            self._hits.append(cursor)
        if self._hits:
            top = self.document().findBlockByNumber(self._first_visible()).position()
            self._hit = next((n for n, hit in enumerate(self._hits) if hit.selectionEnd() >= top), 0)
        return self._show_hit()

    def next_hit(self, by: int) -> tuple[int, int]:
        """Go to the next place found (-1: the one before), round the end; answers as `search`."""
        if self._hits:
            self._hit = (self._hit + by) % len(self._hits)
        return self._show_hit()

    def current_hit(self) -> QTextCursor | None:
        """The place found that is shown now."""
        return self._hits[self._hit] if self._hits else None

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures from docs/ only; nothing else is ever fetched from anywhere."""
        wanted = name.toString() if isinstance(name, QUrl) else name
        if kind != QTextDocument.ResourceType.ImageResource.value or not manual_text.file_of(wanted):
            return None
        return manual_text.picture(wanted, self.devicePixelRatioF())

    def resizeEvent(self, event: QResizeEvent) -> None:
        place = self._place()  # before the text is laid out anew
        super().resizeEvent(event)
        if self.viewport().width() != self._fitted:
            self._fit()
            self._show_block(*place)

    def _dress(self) -> None:
        """Read the text anew in the look of now, staying where the reader is."""
        place = self._place()
        ground, focus = theme.color("surface").name(), theme.color("focus").name()
        self.setStyleSheet(
            f"QTextBrowser {{ border: 2px solid {ground}; border-radius: 0; background: {ground} }}"
            f"QTextBrowser:focus {{ border-color: {focus} }}"
        )
        manual_text.fill(self.document(), self._text)
        self.setTextCursor(QTextCursor(self.document()))  # Qt shows where it stands, and filling has left it at the end
        self.headings = manual_text.headings(self.document())
        self._hits, self._hit = [], -1
        self.setExtraSelections([])
        if self._fitted:
            self._fit()
            self._show_block(*place)

    def _fit(self) -> None:
        self._fitted = self.viewport().width()
        manual_text.fit(self.document(), self._fitted)

    def _block_at(self, y: int) -> int:
        """The number of the last block that begins above `y`, counted from the top of what is on screen."""
        layout, text = self.document().documentLayout(), self.document()
        layout.documentSize()  # lays out everything
        depth = self.verticalScrollBar().value() + y

        def top(number: int) -> float:
            return layout.blockBoundingRect(text.findBlockByNumber(number)).top()

        return max(bisect_right(range(text.blockCount()), depth, key=top) - 1, 0)

    def _first_visible(self) -> int:
        return self._block_at(theme.px(AIR) + 4)

    def _place(self) -> tuple[int, int]:
        """What is at the top: the number of its block, and how far it is scrolled past that block's first line."""
        if not self._fitted:
            return 0, 0
        block = self._first_visible()
        return block, self.verticalScrollBar().value() - self._top_of(block)

    def _top_of(self, number: int) -> int:
        """How far to scroll for a block to be the first."""
        layout = self.document().documentLayout()
        layout.documentSize()  # lays out everything; only then can it scroll that far
        block = self.document().findBlockByNumber(number)
        return round(layout.blockBoundingRect(block).top()) - theme.px(AIR) if number else 0

    def _show_block(self, number: int, past: int = 0) -> None:
        self.verticalScrollBar().setValue(self._top_of(number) + past)
        self._tell_place()  # also when nothing had to be scrolled

    def _show_hit(self) -> tuple[int, int]:
        marks: list[QTextEdit.ExtraSelection] = []
        for number, hit in enumerate(self._hits):
            mark = QTextEdit.ExtraSelection()
            here = number == self._hit
            mark.cursor = hit  # pyright: ignore[reportAttributeAccessIssue]
            mark.format.setBackground(theme.color("focus" if here else "warn_ground"))  # pyright: ignore[reportAttributeAccessIssue]
            mark.format.setForeground(theme.color("on_focus" if here else "text"))  # pyright: ignore[reportAttributeAccessIssue]
            marks.append(mark)
        self.setExtraSelections(marks)
        if not self._hits:
            return 0, 0
        self.document().documentLayout().documentSize()
        area = self.cursorRect(self._hits[self._hit])
        if not self.viewport().rect().contains(area):
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + area.top() - self.viewport().height() // 3)
        return self._hit + 1, len(self._hits)

    def _tell_place(self) -> None:
        """Which heading the reader is under: the last one in the upper sixth of the screen."""
        if not self._fitted:
            return
        spot = self._block_at(self.viewport().height() // 6)
        above = [number for number, each in enumerate(self.headings) if each.block <= spot]
        self.reading.emit(above[-1] if above else 0)

    def _follow(self, link: QUrl) -> None:
        """A heading of the manual at once; an address outside only when the reader says so."""
        if not link.scheme() and link.hasFragment():
            number = self.heading_of(link.fragment(QUrl.ComponentFormattingOption.FullyDecoded))
            if number >= 0:
                self.show_heading(number)
        elif link.scheme() in ("http", "https"):
            words = f"要打开的是 {link.toDisplayString()}。程序自己不联网，网页由浏览器打开。"
            if confirm(self, "用浏览器打开这个网址吗？", words, "打开", "不打开"):
                QDesktopServices.openUrl(link)
