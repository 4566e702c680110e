"""What a calendar shows of a day and of an event, as plain values, and how an event is painted."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from ui import icons, theme

OFF, WORK = "off", "work"
BADGES = {OFF: ("休", "ok", "ok_ground"), WORK: ("班", "neutral", "neutral_ground")}
CHIP, TEXT, ICON, BAR, SIDE = 22, 13, 14, 3, 6  # pixels at 100 % text
WEEK = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class DayFace:
    """A day: `badge` off, work or empty; `corner` lunar day or festival (`special`); `words` all of it in a line."""

    day: date
    badge: str = ""
    corner: str = ""
    special: bool = False
    rest: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class EventFace:
    """An event on a day. `kind` is a key of STYLES; `uid` is empty for what is no record, such as a deadline."""

    uid: str
    title: str
    kind: str = "plan"
    time: str = ""
    note: str = ""

    @property
    def words(self) -> str:
        """The event as a screen reader and the tool tip say it."""
        parts = (self.time, self.note, STYLES[self.kind].word)
        return f"{self.title}（{'，'.join(part for part in parts if part)}）"


@dataclass(frozen=True, slots=True)
class EventStyle:
    """Word, icon and tokens of a kind of event; one with `strike` has its title crossed out."""

    word: str
    icon: str
    ink: str
    ground: str
    line: str
    text: str = "text"
    strike: bool = False


STYLES = {
    "plan": EventStyle("计划", "", "info", "surface", "info"),
    "done": EventStyle("已完成", "check", "ok", "surface", "ok"),
    "final": EventStyle("定稿", "checkbox-circle", "ok", "ok_ground", "ok"),
    "draft": EventStyle("草稿", "pencil", "warn", "warn_ground", "warn"),
    "overdue": EventStyle("已过期", "time", "warn", "warn_ground", "warn"),
    "deadline": EventStyle("截止", "flag", "warn", "warn_ground", "warn"),
    "cancelled": EventStyle("取消", "close", "neutral", "neutral_ground", "neutral_line", "neutral", True),
}


def event_height(lines: int = 1) -> int:
    """Height of an event's chip with one line, or two (title, then time and place)."""
    one = theme.height(CHIP)
    return one if lines == 1 else one + QFontMetrics(theme.font(TEXT)).height()


def paint_event(
    painter: QPainter, rect: QRect, face: EventFace, *, lines: int = 1, ghost: bool = False, marked: bool = False
) -> None:
    """Paint an event into `rect`. A `ghost` is dashed and pale, `marked` has the keyboard."""
    style = STYLES[face.kind]
    painter.save()
    if ghost:
        painter.setOpacity(0.55)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(style.line), 1, Qt.PenStyle.DashLine if ghost else Qt.PenStyle.SolidLine))
    painter.setBrush(theme.color(style.ground))
    frame = rect.toRectF().adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(frame, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(QRect(rect.x(), rect.y() + 1, theme.px(BAR), rect.height() - 2), theme.color(style.ink))
    if marked:
        painter.setPen(QPen(theme.color("focus"), 2))
        painter.setBrush(QColor(Qt.GlobalColor.transparent))
        painter.drawRect(rect.adjusted(1, 1, -1, -1))
    _paint_words(painter, rect, face, style, lines, "drag-move" if ghost else style.icon)
    painter.restore()


def _paint_words(painter: QPainter, rect: QRect, face: EventFace, style: EventStyle, lines: int, icon: str) -> None:
    inner = rect.adjusted(theme.px(BAR + SIDE - 1), 0, -theme.px(3), 0)
    first = QRect(inner.x(), inner.y(), inner.width(), theme.height(CHIP))
    if icon:
        side = theme.px(ICON)
        icons.paint_icon(painter, QRect(first.x(), first.y(), side, first.height()), icon, style.ink)
        first.setLeft(first.left() + side + theme.px(4))
    font = theme.font(TEXT)
    metrics = QFontMetrics(font)
    flags = int(Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine
    if lines > 1:
        below = QRect(inner.x(), first.bottom() - theme.px(2), inner.width(), metrics.height())
        painter.setFont(font)
        painter.setPen(theme.color("text2"))
        when = " · ".join(part for part in (face.time, face.note) if part)
        painter.drawText(below, flags, metrics.elidedText(when, Qt.TextElideMode.ElideRight, below.width()))
    font.setStrikeOut(style.strike)
    painter.setFont(font)
    painter.setPen(theme.color(style.text))
    painter.drawText(first, flags, metrics.elidedText(face.title, Qt.TextElideMode.ElideRight, first.width()))


def short_day(day: date) -> str:
    """10月17日 周五"""
    return f"{day.month}月{day.day}日 周{WEEK[day.weekday()]}"


def long_day(day: date) -> str:
    """2025年10月17日 星期五"""
    return f"{day.year}年{day.month}月{day.day}日 星期{WEEK[day.weekday()]}"
