"""The box of one part of a summary: words as in any box, and figures that are taken, copied and deleted whole."""

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from models.case import gaps_in
from models.summary_text import Piece, pieces_of, shown, text_of
from ui import theme
from ui.pages.case_text_box import PartEdit
from ui.pages.summary_chips import MARK, ChipPainter, Value, chip_format, name_of

OWN_TYPE = "application/x-ledger-summary"  # on the clipboard beside the plain text: figures stay figures in here
STOP = "。"
_AS_TYPED = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\u00a0": " "})  # as QTextEdit.toPlainText has it


class FigureEdit(PartEdit):
    """Plain text with figures. `edited` follows every change, `figure_chosen` the cursor: a name, empty for none."""

    edited = Signal(str)
    figure_chosen = Signal(str)

    def __init__(self, lines: int, placeholder: str, value: Value, parent: QWidget | None = None) -> None:
        super().__init__(lines, placeholder, parent)
        self._filling = False
        self._text: str | None = None  # what `value` found last, None once something was changed
        self._reading: str | None = None
        self._chips = ChipPainter(self.document(), value)
        self.textChanged.connect(self._tell)
        self.cursorPositionChanged.connect(self._follow_figure)
        self.selectionChanged.connect(self._follow_figure)
        theme.changed.connect(self.show_values)

    # what is written

    def value(self) -> str:
        """The text with its figures as {name}."""
        if self._text is None:
            self._text = text_of(self._pieces(0, self.document().characterCount() - 1))
        return self._text

    def set_value(self, value: str | None) -> None:
        """Replace everything; not a step of the box's own undo."""
        if (value or "") == self.value():
            return
        self._filling = True
        self.document().setUndoRedoEnabled(False)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        self._write(cursor, value or "")
        cursor.endEditBlock()
        self._fit()
        self._filling = False

    def show_text(self, text: str) -> None:
        """Put another text into the box, with the cursor behind what is different."""
        old = self.value()
        if text == old:
            return
        pairs = zip(reversed(pieces_in_characters(text)), reversed(pieces_in_characters(old)), strict=False)
        tail = 0
        for new_one, old_one in pairs:
            if new_one != old_one:
                break
            tail += len(new_one.text.encode("utf-16-le")) // 2 or 1
        self.set_value(text)
        cursor = self.textCursor()
        cursor.setPosition(max(0, self.document().characterCount() - 1 - tail))
        self.setTextCursor(cursor)

    def reading(self) -> str:
        """The text as it reads now."""
        if self._reading is None:
            self._reading = shown(self.value(), self._chips.value)
        return self._reading

    def show_values(self) -> None:
        """The figures have other values now, or another look."""
        self._reading = None
        document = self.document()
        document.markContentsDirty(0, document.characterCount())
        self.viewport().update()

    # figures

    def insert_figure(self, name: str) -> None:
        """Put a figure where the cursor is, in place of what is selected."""
        cursor = self.textCursor()
        cursor.insertText(MARK, chip_format(name))
        cursor.setCharFormat(QTextCharFormat())
        self.setTextCursor(cursor)

    def current_figure(self) -> str:
        """The figure that is selected or directly beside the cursor; empty for none."""
        return self._figure_at(self._current_place())

    def go_to_figure_at(self, point: QPoint) -> bool:
        """Put the cursor behind the figure at this point of the box. False when there is none."""
        near = self.cursorForPosition(point).position()
        place = next((each for each in (near - 1, near) if self._figure_at(each) and self._covers(each, point)), -1)
        if place >= 0:
            cursor = self.textCursor()
            cursor.setPosition(place + 1)
            self.setTextCursor(cursor)
        return place >= 0

    def follow_cursor(self) -> None:
        """Bring the line with the cursor into sight."""
        self._follow_cursor()

    # places that are still to be written

    def gap_places(self) -> list[tuple[int, int]]:
        """Where something is still to be written: (position, length), marks and lost figures, in reading order."""
        text, start = self.toPlainText(), 0
        found: list[tuple[int, int]] = []
        for gap in gaps_in(text):
            start = text.index(gap, start)
            found.append((_units(text[:start]), _units(gap)))
            start += len(gap)
        for at, character in enumerate(text):
            if character == MARK:
                place = _units(text[:at])
                if self._chips.value(self._figure_at(place)) is None:
                    found.append((place, 1))
        return sorted(found)

    def select_gap_after(self, position: int) -> bool:
        """Select the first place to be written at or behind this position. False when there is none."""
        place = next((each for each in self.gap_places() if each[0] >= position), None)
        if place:
            self._select(*place)
        return place is not None

    # Qt

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._follow_figure()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_current(-1)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        if event.commitString().endswith(STOP):
            self._drop_second_stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.text() == STOP:
            self._drop_second_stop()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.go_to_figure_at(event.position().toPoint())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Other programs get the values, this one the figures."""
        cursor = self.textCursor()
        text = text_of(self._pieces(cursor.selectionStart(), cursor.selectionEnd()))
        data = super().createMimeDataFromSelection()  # one made here would outlive Python on the clipboard
        data.text()  # it fills itself when first asked
        for kind in data.formats():
            data.removeFormat(kind)
        data.setText(shown(text, self._chips.value))
        data.setData(OWN_TYPE, text.encode())
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasFormat(OWN_TYPE) or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasFormat(OWN_TYPE):
            text = bytes(source.data(OWN_TYPE).data()).decode(errors="replace")
        else:
            text = text_of([Piece(source.text())])
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        self._write(cursor, text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        if text.endswith(STOP):
            self._drop_second_stop()
        self.ensureCursorVisible()

    # inside

    def _drop_second_stop(self) -> None:
        """Whoever writes a sentence over a mark ends it; the full stop that stood behind the mark is one too many."""
        cursor = self.textCursor()
        document, place = self.document(), cursor.position()
        if document.characterAt(place - 1) == STOP == document.characterAt(place):
            cursor.deleteChar()

    def _current_place(self) -> int:
        """Where the figure is that is selected or directly beside the cursor, before it first; -1 for none."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        places = (start - 1, start) if start == end else (start,) if end - start == 1 else ()
        return next((place for place in places if self._figure_at(place)), -1)

    def _follow_figure(self) -> None:
        """The cursor has moved: show the figure it is at, and tell of it."""
        if self.hasFocus():
            place = self._current_place()
            self._show_current(place)
            self.figure_chosen.emit(self._figure_at(place))

    def _show_current(self, place: int) -> None:
        if self._chips.current != place:
            self._chips.current = place
            self.viewport().update()

    def _tell(self) -> None:
        self._text = self._reading = None
        if not self._filling:
            self.edited.emit(self.value())

    def _write(self, cursor: QTextCursor, text: str) -> None:
        for piece in pieces_of(text):
            if piece.figure:
                cursor.insertText(MARK, chip_format(piece.figure))
            else:
                cursor.insertText(_plain(piece.text), QTextCharFormat())

    def _pieces(self, start: int, end: int) -> list[Piece]:
        """What stands from one position to another."""
        found: list[Piece] = []
        block = self.document().findBlock(start)
        while block.isValid() and block.position() <= end:
            if block.position() > start:
                found.append(Piece("\n"))
            found += _pieces_of_block(block, start, end)
            block = block.next()
        return found

    def _figure_at(self, position: int) -> str:
        """The figure at this position of the document, empty for none."""
        document = self.document()
        if not 0 <= position < document.characterCount() or document.characterAt(position) != MARK:
            return ""
        cursor = QTextCursor(document)
        cursor.setPosition(position + 1)
        return name_of(cursor.charFormat())

    def _covers(self, position: int, point: QPoint) -> bool:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        left = self.cursorRect(cursor)
        cursor.setPosition(position + 1)
        right = self.cursorRect(cursor)
        same_line = right.top() == left.top()
        return (
            left.top() <= point.y() <= left.bottom()
            and left.x() <= point.x()
            and (not same_line or point.x() <= right.x())
        )

    def _select(self, position: int, length: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()


def pieces_in_characters(text: str) -> list[Piece]:
    """The text one character or figure at a time."""
    found: list[Piece] = []
    for piece in pieces_of(text):
        found += [piece] if piece.figure else [Piece(character) for character in piece.text]
    return found


def _pieces_of_block(block: QTextBlock, start: int, end: int) -> list[Piece]:
    found: list[Piece] = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        text = fragment.text().encode("utf-16-le")
        first = max(0, start - fragment.position())
        last = max(0, end - fragment.position())
        words = text[2 * first : 2 * last].decode("utf-16-le", errors="replace")
        name = name_of(fragment.charFormat())
        for part in words if name else [words]:
            if name and part == MARK:
                found.append(Piece(figure=name))
            elif plain := _plain(part.translate(_AS_TYPED)):
                found.append(Piece(plain))
        iterator += 1
    return found


def _plain(text: str) -> str:
    """Words without the character that only a figure may be."""
    return text.replace(MARK, "")


def _units(text: str) -> int:
    """How Qt counts a text: characters outside the basic plane are two."""
    return len(text) + sum(character > "\uffff" for character in text)
