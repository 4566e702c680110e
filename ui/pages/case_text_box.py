"""The box of one of the three parts: grows with its text, shows gaps left by 案例孵化, numbers what was done."""

import re

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from models.case import count_characters, gaps_in
from ui import theme
from ui.widgets.text_edit import CounterTextEdit

NUMERALS = "一二三四五六七八九十"
_NUMBERED = re.compile(rf"^\s*([{NUMERALS}])是", re.MULTILINE)
TALLEST = 80  # lines: the page scrolls, not the box


class PartEdit(CounterTextEdit):
    """Plain text whose height follows it. `insert_next_point` begins the next 一是、二是."""

    def __init__(self, lines: int, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(0, lines, TALLEST, placeholder, count=count_characters, parent=parent)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._gaps = _GapPainter(self.document())
        theme.changed.connect(self._gaps.rehighlight)
        self.cursorPositionChanged.connect(self._follow_cursor)

    def show_text(self, text: str) -> None:
        """Put another text into the box, with the cursor behind what is different."""
        old = self.toPlainText()
        if text == old:
            return
        self.set_value(text)
        same = next((i for i, (a, b) in enumerate(zip(reversed(text), reversed(old), strict=False)) if a != b), None)
        tail = min(len(text), len(old)) if same is None else same
        cursor = self.textCursor()
        cursor.setPosition(_units(text[: max(0, len(text) - tail)]))
        self.setTextCursor(cursor)

    def insert_next_point(self) -> None:
        """Begin a line with 一是, or with the number after the last one above the cursor."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if cursor.hasSelection():
            cursor.setPosition(cursor.selectionEnd())
        above = QTextCursor(cursor)
        above.movePosition(QTextCursor.MoveOperation.Start, QTextCursor.MoveMode.KeepAnchor)
        found = _NUMBERED.findall(above.selection().toPlainText())
        following = NUMERALS.index(found[-1]) + 1 if found else 0
        if cursor.block().text().strip():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertBlock()
        if following < len(NUMERALS):
            cursor.insertText(f"{NUMERALS[following]}是")
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def select_next_gap(self) -> bool:
        """Select the first 〔请补充…〕, so that typing replaces it. False when there is none."""
        text = self.toPlainText()
        gaps = gaps_in(text)
        if not gaps:
            return False
        cursor = self.textCursor()
        start = text.index(gaps[0])
        cursor.setPosition(_units(text[:start]))
        cursor.setPosition(_units(text[: start + len(gaps[0])]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        return True

    def _follow_cursor(self) -> None:
        """Keep the line being written in sight: the box itself never scrolls, the page does."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        page = area.widget() if area else None
        if area is None or page is None or QApplication.focusWidget() is not self:
            return
        line: QRect = self.cursorRect()
        place = self.viewport().mapTo(page, QPoint(line.center()))
        area.ensureVisible(place.x(), place.y(), 0, theme.px(48))


class _GapPainter(QSyntaxHighlighter):
    """Gives 〔请补充…〕 the ground of a hint."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        look = QTextCharFormat()
        look.setBackground(theme.color("warn_ground"))
        look.setForeground(theme.color("warn"))
        start = 0
        for gap in gaps_in(text):
            start = text.index(gap, start)
            self.setFormat(_units(text[:start]), _units(gap), look)
            start += len(gap)


def _units(text: str) -> int:
    """How Qt counts a text: characters outside the basic plane are two."""
    return len(text) + sum(character > "\uffff" for character in text)
