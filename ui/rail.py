"""The left rail: the mark, one entry per page, 设置 at the bottom."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from ui import icons, theme
from ui.widgets.base import keyboard_on, paint_frame
from ui.widgets.frames import Bar

WIDTH, ENTRY = 128, 44
EDGE, GAP = 10, 8  # air at the sides of the mark and its name, and between them; they do not grow with the text
NAME, MARK = "宣教台账", "宣"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page of the rail. `at_bottom` entries stand apart at the lower end."""

    page: str
    label: str
    icon: str
    at_bottom: bool = False


class Rail(Bar):
    """Emits `chosen` with the page's name; the window calls `show_current` when another page came to the front."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__("rail", parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        layout.addWidget(_Mark())
        layout.addSpacing(8)
        self._buttons: dict[str, _EntryButton] = {}
        group = QButtonGroup(self)
        for entry in (
            *(each for each in entries if not each.at_bottom),
            None,
            *(each for each in entries if each.at_bottom),
        ):
            if entry is None:
                layout.addStretch()
                continue
            button = _EntryButton(entry)
            button.clicked.connect(lambda _checked, page=entry.page: self.chosen.emit(page))
            group.addButton(button)
            self._buttons[entry.page] = button
            layout.addWidget(button)
        theme.changed.connect(self._resize)
        self._resize()

    def show_current(self, page: str) -> None:
        """Mark the entry of the page in front; a page without an entry leaves the mark where it was."""
        if page in self._buttons:
            self._buttons[page].setChecked(True)

    def _resize(self) -> None:
        self.setFixedWidth(max(WIDTH, _mark_side() + _name_width() + 2 * EDGE + GAP))


def _name_width() -> int:
    return QFontMetrics(theme.font(theme.BODY, bold=True)).horizontalAdvance(NAME)


def _mark_side() -> int:
    return max(24, theme.px(20))


class _Mark(QWidget):
    """The program's mark and name."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(NAME)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, theme.height(34) + 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = _mark_side()
        left = (self.width() - side - GAP - _name_width()) // 2
        box = QRect(left, (self.height() - side) // 2, side, side)
        paint_frame(painter, box, "accent", 1, 4, "accent")
        painter.setPen(theme.color("on_accent"))
        painter.setFont(theme.font(13, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, MARK)
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font(theme.BODY, bold=True))
        words = QRect(box.right() + 1 + GAP, 0, self.width() - box.right(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, NAME)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))


class _EntryButton(QAbstractButton):
    """An entry: the current one is a white tab with a bar and the filled icon in the accent colour."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self._entry = entry
        self.setText(entry.label)
        self.setAccessibleName(entry.label)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, max(ENTRY, theme.height(36) + 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        current = self.isChecked()
        if current:
            painter.fillRect(self.rect(), theme.color("surface"))
            painter.fillRect(QRect(0, 0, 3, self.height()), theme.color("accent"))
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.color("hover"))
        tone = "accent_text" if current else "text2"
        side = theme.px(20)
        place = QRect(20, (self.height() - side) // 2, side, side)
        icons.paint_icon(painter, place, f"{self._entry.icon}-fill" if current else self._entry.icon, tone)
        painter.setPen(theme.color(tone if current else "text"))
        painter.setFont(theme.font(theme.BODY, bold=current))
        words = self.rect().adjusted(place.right() + 13, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._entry.label)
        if keyboard_on(self):
            paint_frame(painter, self.rect().adjusted(2, 2, -2, -2), "focus")
