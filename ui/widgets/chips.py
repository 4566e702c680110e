"""State chips: icon + word on a tint with a thin line. The same painter serves tables, calendar and dialogs."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, icons, theme
from ui.widgets.base import paint_frame

HEIGHT, SIDE, ICON, GAP, TEXT = 22, 9, 14, 4, 13  # pixels at 100 % text


@dataclass(frozen=True, slots=True)
class ChipKind:
    """Word and icon a kind has by default, and the tokens it is painted with."""

    word: str
    icon: str
    ink: str
    ground: str
    line: str


KINDS = {
    "plan": ChipKind("计划", "calendar", "info", "surface", "info"),
    "done": ChipKind("已完成", "check", "ok", "surface", "ok"),
    "draft": ChipKind("草稿", "pencil", "warn", "warn_ground", "warn_line"),
    "final": ChipKind("定稿", "checkbox-circle", "ok", "ok_ground", "ok_line"),
    "submitted": ChipKind("已报送", "lock", "text2", "raised", "neutral_line"),
    "returned": ChipKind("退回", "arrow-go-back", "error", "error_ground", "error_line"),
    "cancelled": ChipKind("取消", "close", "neutral", "neutral_ground", "neutral_line"),
    "error": ChipKind("", "error-warning-fill", "error", "error_ground", "error_line"),
    "warn": ChipKind("", "time", "warn", "warn_ground", "warn_line"),
    "ok": ChipKind("", "check", "ok", "ok_ground", "ok_line"),
    "info": ChipKind("", "information", "info", "info_ground", "info_line"),
    "neutral": ChipKind("", "", "neutral", "neutral_ground", "neutral_line"),
}


def chip_width(text: str, icon: str | None, kind: str) -> int:
    """Width a chip takes. Empty `text` is the kind's word; `icon` None is the kind's icon, "" is none."""
    style = KINDS[kind]
    words = QFontMetrics(theme.font(TEXT)).horizontalAdvance(text or style.word)
    picture = theme.px(ICON + GAP) if _icon_of(icon, style) else 0
    return words + picture + 2 * theme.px(SIDE)


def chip_height() -> int:
    return theme.height(HEIGHT)


def paint_chip(painter: QPainter, rect: QRect, text: str, icon: str | None, kind: str) -> QRect:
    """Paint a chip at the left of `rect`, vertically centred and cut to its width; returns where it was painted.

    Empty `text` is the kind's word; `icon` None is the kind's icon, "" is none.
    """
    style = KINDS[kind]
    name, words = _icon_of(icon, style), text or style.word
    high = min(chip_height(), rect.height())
    chip = QRect(
        rect.x(), rect.y() + (rect.height() - high) // 2, min(chip_width(text, icon, kind), rect.width()), high
    )
    paint_frame(painter, chip, style.line, 1, chip.height() / 2 - 0.5, style.ground)
    inner = chip.adjusted(theme.px(SIDE), 0, -theme.px(SIDE) + 2, 0)
    if name:
        icons.paint_icon(painter, QRect(inner.x(), inner.y(), theme.px(ICON), inner.height()), name, style.ink)
        inner.setLeft(inner.left() + theme.px(ICON + GAP))
    font = theme.font(TEXT)
    painter.save()
    painter.setFont(font)
    painter.setPen(theme.color(style.ink))
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine, shown)
    painter.restore()
    return chip


def _icon_of(icon: str | None, style: ChipKind) -> str:
    return style.icon if icon is None else icon


class Chip(QWidget):
    """A chip that stands in a header or form."""

    def __init__(self, kind: str, text: str = "", icon: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(kind, text, icon)

    def set_state(self, kind: str, text: str = "", icon: str | None = None) -> None:
        """Show another state."""
        fonts.ensure_glyphs(text)
        self._kind, self._text, self._icon = kind, text, icon
        self.setAccessibleName(text or KINDS[kind].word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._text, self._icon, self._kind), chip_height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self.rect(), self._text, self._icon, self._kind)
