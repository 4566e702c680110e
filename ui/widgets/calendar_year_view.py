"""Twelve months at a glance: the year's plan and how many activities took place, painted in one widget."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import fonts, icons, theme
from ui.widgets.base import announce, keyboard_on, paint_frame
from ui.widgets.month_grid_keys import PAGES

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine
LINE, HEAD, GAP = 24, 38, 12  # pixels at 100 %
NARROWEST = 200  # of a month, pixels at 100 %
MONTHS = 12
TONES = {
    "done": ("check", "ok"),
    "pending": ("calendar", "info"),
    "overdue": ("time", "warn"),
    "cancelled": ("close", "neutral"),
}


@dataclass(frozen=True, slots=True)
class PlanFace:
    """A line of the plan: `state` is a key of TONES, `words` what that state is called."""

    uid: str
    title: str
    state: str
    words: str
    meeting: bool = False


@dataclass(frozen=True, slots=True)
class MonthFace:
    """A month: its plan, and how many activities are planned and done."""

    month: int
    plan: tuple[PlanFace, ...] = ()
    planned: int = 0
    done: int = 0

    @property
    def counts(self) -> str:
        """The activities in words."""
        parts = (f"计划 {self.planned} 项" if self.planned else "", f"完成 {self.done} 项" if self.done else "")
        return "，".join(part for part in parts if part) or "还没有活动"


class YearView(QWidget):
    """Months from left to right, as many columns as fit. Arrow keys choose a month, Enter opens it."""

    month_chosen = Signal(int)
    month_opened = Signal(int)
    turned = Signal(int)  # PgUp and PgDn: another year
    today_wanted = Signal()  # T

    def __init__(self, month: int, this_month: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month, self._this_month = month, this_month
        self._faces: Sequence[MonthFace] = [MonthFace(number) for number in range(1, MONTHS + 1)]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.updateGeometry)

    def show_year(self, faces: Sequence[MonthFace], this_month: int) -> None:
        """Show twelve months; `this_month` is 0 in a year that is not the present one."""
        self._faces, self._this_month = faces, this_month
        fonts.ensure_glyphs("".join(item.title for face in faces for item in face.plan))
        self._say()
        self.update()

    def month(self) -> int:
        """The chosen month, 1–12."""
        return self._month

    def set_month(self, month: int) -> None:
        """Choose a month; `month_chosen` follows."""
        month = max(1, min(MONTHS, month))
        if month != self._month:
            self._month = month
            self.month_chosen.emit(month)
            self._say()
            self.update()

    def spoken(self) -> str:
        """What a screen reader says of the chosen month."""
        face = self._faces[self._month - 1]
        plan = "、".join(f"{item.title}（{item.words}）" for item in face.plan) or "没有计划"
        return f"{face.month}月，{plan}；{face.counts}"

    def sizeHint(self) -> QSize:
        return QSize(theme.px(4 * NARROWEST), theme.px(560))

    def minimumSizeHint(self) -> QSize:
        lines = -(-MONTHS // self._columns())
        return QSize(theme.px(NARROWEST), lines * theme.px(HEAD + 4 * LINE + GAP))

    def cell(self, month: int) -> QRect:
        """Where a month is painted."""
        columns = self._columns()
        lines = -(-MONTHS // columns)
        line, place = divmod(month - 1, columns)
        gap = theme.px(GAP)
        wide, tall = self.width() + gap, self.height() + gap
        left, right = wide * place // columns, wide * (place + 1) // columns - gap
        top, bottom = tall * line // lines, tall * (line + 1) // lines - gap
        return QRect(left, top, right - left, bottom - top)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns, key = self._columns(), Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
            Qt.Key.Key_Home: -MONTHS,
            Qt.Key.Key_End: MONTHS,
        }
        if key in steps:
            wanted = self._month + steps[key]
            if 1 <= wanted <= MONTHS or key in (Qt.Key.Key_Home, Qt.Key.Key_End):
                self.set_month(wanted)
        elif key in ENTER:
            self.month_opened.emit(self._month)
        elif key in PAGES:
            self.turned.emit(PAGES[key])
        elif key == Qt.Key.Key_T and not event.modifiers():
            self.today_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        month = self._month_at(event.position().toPoint())
        if month:
            self.set_month(month)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        month = self._month_at(event.position().toPoint())
        if month:
            self.month_opened.emit(month)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """A page that scrolls to what has the keyboard asks where in it: at the chosen month."""
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            return self.cell(self._month)
        return super().inputMethodQuery(query)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for face in self._faces:
            self._paint_month(painter, self.cell(face.month), face)

    def _paint_month(self, painter: QPainter, cell: QRect, face: MonthFace) -> None:
        chosen = face.month == self._month
        paint_frame(painter, cell, "line", 1, 6, "surface")
        inner = cell.adjusted(theme.px(12), theme.px(4), -theme.px(12), -theme.px(6))
        head = QRect(inner.x(), inner.y(), inner.width(), theme.px(HEAD - 6))
        title = theme.font(16, bold=True)
        painter.setFont(title)
        present = face.month == self._this_month
        painter.setPen(theme.color("accent_text" if present else "text"))
        words = f"{face.month}月" + ("　本月" if present else "")
        painter.drawText(head, MIDDLE, words)
        painter.setFont(theme.font(13))
        painter.setPen(theme.color("hint"))
        foot = QRect(inner.x(), inner.bottom() - theme.px(LINE), inner.width(), theme.px(LINE))
        counts = f"活动：{face.counts}" if face.planned or face.done else face.counts
        shown = QFontMetrics(theme.font(13)).elidedText(counts, Qt.TextElideMode.ElideRight, foot.width())
        painter.drawText(foot, MIDDLE, shown)
        self._paint_plan(painter, inner.adjusted(0, head.height(), 0, -foot.height()), face)
        if chosen:
            paint_frame(painter, cell, "focus", 2 if keyboard_on(self) else 1, 6)

    def _paint_plan(self, painter: QPainter, area: QRect, face: MonthFace) -> None:
        tall = theme.px(LINE)
        room = max(1, area.height() // tall)
        shown = face.plan if len(face.plan) <= room else face.plan[: room - 1]
        font = theme.font(14)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        line = QRect(area.x(), area.y(), area.width(), tall)
        for item in shown:
            name, ink = TONES[item.state]
            icons.paint_icon(painter, QRect(line.x(), line.y(), theme.px(14), tall), name, ink)
            text = line.adjusted(theme.px(20), 0, 0, 0)
            painter.setPen(theme.color("text" if item.state != "cancelled" else "neutral"))
            words = f"研究部署：{item.title}" if item.meeting else item.title
            painter.drawText(text, MIDDLE, metrics.elidedText(words, Qt.TextElideMode.ElideRight, text.width()))
            line.translate(0, tall)
        if len(shown) < len(face.plan):
            painter.setPen(theme.color("focus"))
            painter.drawText(line.adjusted(theme.px(20), 0, 0, 0), MIDDLE, f"还有 {len(face.plan) - len(shown)} 项")
        if not face.plan:
            painter.setPen(theme.color("hint"))
            painter.drawText(line, MIDDLE, "没有计划")

    def _columns(self) -> int:
        fits = max(1, (self.width() + theme.px(GAP)) // theme.px(NARROWEST + GAP))
        return max(each for each in (1, 2, 3, 4) if each <= fits)

    def _month_at(self, point: QPoint) -> int:
        return next((face.month for face in self._faces if self.cell(face.month).contains(point)), 0)

    def _say(self) -> None:
        announce(self, self.spoken())
