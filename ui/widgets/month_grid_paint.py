"""Painting a calendar grid from its layout: weekday line, cells, events, and what is being dragged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from ui import theme
from ui.widgets.base import paint_frame
from ui.widgets.calendar_faces import BADGES, WEEK, DayFace, EventFace, event_height, paint_event, short_day
from ui.widgets.month_grid_layout import HEAD, GridLayout

MIDDLE = int(Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine
CENTRE = int(Qt.AlignmentFlag.AlignCenter) | Qt.TextFlag.TextSingleLine
RIGHT = MIDDLE | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Drag:
    """An event on its way: from which day, over which day, and where the pointer is."""

    face: EventFace
    origin: date
    target: date | None
    point: QPoint


@dataclass(frozen=True, slots=True)
class GridState:
    """What is marked: the current day, the event that has the keyboard (index, −1 for none), what was cut."""

    day: date
    today: date
    month: int  # 0: every day belongs to what is shown
    chip: int
    keyboard: bool
    moving: str = ""  # uid of the event that was cut
    drag: Drag | None = None
    lines: int = 1


def paint_grid(painter: QPainter, layout: GridLayout, faces: Mapping[date, DayFace], state: GridState) -> None:
    """Paint everything."""
    painter.fillRect(QRect(QPoint(), layout.size), theme.color("surface"))
    _paint_head(painter, layout)
    for index in range(7 * layout.weeks):
        day = layout.first + timedelta(days=index)
        _paint_cell(painter, layout, faces.get(day) or DayFace(day), state)
    _paint_lines(painter, layout)
    for place in layout.events:
        leaving = state.drag is not None and (state.drag.face.uid, state.drag.origin) == (place.face.uid, place.day)
        ghost = leaving or bool(state.moving and place.face.uid == state.moving)
        marked = state.keyboard and (place.day, place.index) == (state.day, state.chip)
        paint_event(painter, place.rect, place.face, lines=state.lines, ghost=ghost, marked=marked)
    _paint_more(painter, layout, state)
    _paint_marks(painter, layout, state)
    if state.drag:
        _paint_drag(painter, layout, state.drag)


def _paint_head(painter: QPainter, layout: GridLayout) -> None:
    tall = theme.height(HEAD)
    painter.setFont(theme.font(14, bold=True))
    painter.setPen(theme.color("text2"))
    for column, name in enumerate(WEEK):
        left, right = layout.size.width() * column // 7, layout.size.width() * (column + 1) // 7
        painter.drawText(QRect(left, 0, right - left, tall), CENTRE, f"周{name}")


def _paint_lines(painter: QPainter, layout: GridLayout) -> None:
    painter.setPen(QPen(theme.color("line"), 1))
    wide, tall, head = layout.size.width(), layout.size.height(), theme.height(HEAD)
    for line in range(layout.weeks):
        top = head + (tall - head) * line // layout.weeks
        painter.drawLine(0, top, wide, top)
    for column in range(1, 7):
        painter.drawLine(wide * column // 7, head, wide * column // 7, tall)
    painter.drawRect(0, 0, wide - 1, tall - 1)


def _paint_cell(painter: QPainter, layout: GridLayout, face: DayFace, state: GridState) -> None:
    cell, day = layout.cell(face.day), face.day
    outside = bool(state.month) and day.month != state.month
    target = state.drag is not None and state.drag.target == day and state.drag.origin != day
    if target or outside or face.rest:
        painter.fillRect(cell, theme.color("info_ground" if target else "raised"))
    line = QRect(cell.x() + theme.px(6), cell.y() + theme.px(4), cell.width() - theme.px(12), theme.px(24))
    used = _paint_number(painter, line, day, outside, state)
    if face.badge and line.width() - used >= theme.px(22):
        used += _paint_badge(painter, QRect(line.x() + used + theme.px(8), line.y(), theme.px(19), line.height()), face)
    if face.corner:
        _paint_corner(painter, line.adjusted(used + theme.px(8), 0, 0, 0), face)


def _paint_number(painter: QPainter, line: QRect, day: date, outside: bool, state: GridState) -> int:
    """The number of the day at the left; returns the width it takes."""
    is_today = day == state.today
    font = theme.font(15, bold=is_today)
    words = f"{day.month}月{day.day}日" if outside and day.day == 1 else str(day.day)
    painter.setFont(font)
    if not is_today:
        painter.setPen(theme.color("hint" if outside else "text"))
        painter.drawText(line, MIDDLE, words)
        return max(QFontMetrics(font).horizontalAdvance(words), theme.px(14))
    side = min(line.height(), theme.px(24))
    circle = QRect(line.x() - theme.px(2), line.y() + (line.height() - side) // 2, side, side)
    paint_frame(painter, circle, "accent", 1, side / 2, "accent")
    painter.setPen(theme.color("on_accent"))
    painter.drawText(circle, CENTRE, words)
    small = theme.font(13, bold=True)
    wide = QFontMetrics(small).horizontalAdvance("今天")
    taken = circle.right() + theme.px(6) - line.x()
    if taken + wide > line.width():
        return taken
    painter.setFont(small)
    painter.setPen(theme.color("accent_text"))
    painter.drawText(line.adjusted(taken, 0, 0, 0), MIDDLE, "今天")
    return taken + wide


def _paint_badge(painter: QPainter, area: QRect, face: DayFace) -> int:
    word, ink, ground = BADGES[face.badge]
    side = area.width()
    box = QRect(area.x(), area.y() + (area.height() - side) // 2, side, side)
    paint_frame(painter, box, ground, 1, 3, ground)
    painter.setFont(theme.font(13))
    painter.setPen(theme.color(ink))
    painter.drawText(box, CENTRE, word)
    return side + theme.px(8)


def _paint_corner(painter: QPainter, area: QRect, face: DayFace) -> None:
    """Lunar day or festival at the right. A lunar day goes when there is no room, a festival is shortened."""
    metrics = QFontMetrics(theme.font(13))
    words = face.corner
    if metrics.horizontalAdvance(words) > area.width():
        if not face.special or area.width() < 3 * theme.px(13):
            return
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.setFont(theme.font(13))
    painter.setPen(theme.color("ok" if face.special else "hint"))
    painter.drawText(area, RIGHT, words)


def _paint_more(painter: QPainter, layout: GridLayout, state: GridState) -> None:
    painter.setFont(theme.font(13))
    for place in layout.more:
        painter.setPen(theme.color("focus"))
        whole = layout.narrow or not any(each.day == place.day for each in layout.events)
        words = f"{place.count} 项" if whole else f"还有 {place.count} 项"
        painter.drawText(place.rect.adjusted(theme.px(6), 0, 0, 0), MIDDLE, words)


def _paint_marks(painter: QPainter, layout: GridLayout, state: GridState) -> None:
    """The frame of the current day, and the dashed line inside the day that something is dragged to."""
    if layout.holds(state.day):
        width = 2 if state.keyboard and state.chip < 0 else 1
        paint_frame(painter, layout.cell(state.day).adjusted(0, 0, 1, 1), "focus", width, 0)
    drag = state.drag
    if drag and drag.target and drag.target != drag.origin:
        painter.setPen(QPen(theme.color("focus"), 1, Qt.PenStyle.DashLine))
        painter.drawRect(layout.cell(drag.target).adjusted(3, 3, -3, -3))


def _paint_drag(painter: QPainter, layout: GridLayout, drag: Drag) -> None:
    """The event under the pointer, and below it what would happen if it were let go now."""
    wide, tall = layout.size.width() // 7 + theme.px(24), event_height()
    chip = QRect(drag.point.x() - theme.px(12), drag.point.y() - tall // 2, wide, tall)
    if drag.target is None or drag.target == drag.origin:
        words = "放回原处　Esc 取消" if drag.target else "放在日期上　Esc 取消"
    else:
        words = f"改到 {short_day(drag.target)}　Esc 取消"
    font = theme.font(13)
    note = QRect(0, 0, QFontMetrics(font).horizontalAdvance(words) + theme.px(16), tall + theme.px(4))
    whole = QRect(chip.x(), chip.y(), max(wide, note.width()), tall + note.height() + theme.px(4))
    whole.moveLeft(max(1, min(whole.x(), layout.size.width() - whole.width() - 1)))
    whole.moveTop(max(1, min(whole.y(), layout.size.height() - whole.height() - 1)))
    chip.moveTopLeft(whole.topLeft())
    note.moveTopLeft(QPoint(whole.x(), chip.bottom() + theme.px(4)))
    paint_event(painter, chip, drag.face)
    paint_frame(painter, chip, "focus", 2, 3)
    paint_frame(painter, note, "toast_ground", 1, 4, "toast_ground")
    painter.setFont(font)
    painter.setPen(theme.color("toast"))
    painter.drawText(note, CENTRE, words)
