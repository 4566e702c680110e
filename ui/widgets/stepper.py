"""Where one is in a wizard: a line across the page, a list at its left, or just “3 / 6 逻辑检查”."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from ui import icons, theme
from ui.widgets.base import keyboard_on, paint_frame
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column, row

CIRCLE = 26
DONE, CURRENT, NEXT = "done", "current", "next"
SPOKEN = {DONE: "已完成", CURRENT: "当前步骤", NEXT: "未开始"}


class Step(QAbstractButton):
    """Circle with number or tick, name, and in a list a hint under it. Done steps can be clicked."""

    def __init__(self, number: int, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number, self.name, self.hint = number, name, hint
        self.setSizePolicy(
            QSizePolicy.Policy.Fixed if not hint else QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed
        )
        self.set_state(NEXT)

    def set_state(self, state: str) -> None:
        self.state = state
        self.setEnabled(state == DONE)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if state == DONE else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if state == DONE else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(f"第 {self.number} 步 {self.name}，{SPOKEN[state]}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        name = QFontMetrics(theme.font(theme.BODY, bold=True)).horizontalAdvance(self.name)
        hint = QFontMetrics(theme.font(13)).horizontalAdvance(self.hint)
        height = theme.height(34) + (QFontMetrics(theme.font(13)).height() if self.hint else 0)
        return QSize(theme.px(CIRCLE + 8) + max(name, hint) + 12, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(CIRCLE)
        self._paint_circle(painter, QRect(4, (self.height() - side) // 2, side, side))
        bold = self.state == CURRENT
        left = 4 + side + theme.px(8)
        words = QRect(left, 0, self.width() - left, self.height())
        painter.setFont(theme.font(theme.BODY, bold))
        painter.setPen(theme.color("text" if bold else "text2"))
        if self.hint:
            middle = self.height() // 2
            upper, lower = QRect(left, 0, words.width(), middle), QRect(left, middle, words.width(), middle)
            painter.drawText(upper, int(Qt.AlignmentFlag.AlignBottom), self.name)
            painter.setFont(theme.font(13))
            painter.setPen(theme.color("hint"))
            painter.drawText(lower, int(Qt.AlignmentFlag.AlignTop), self.hint)
        else:
            painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.name)
        if keyboard_on(self):
            paint_frame(painter, self.rect(), "focus")

    def _paint_circle(self, painter: QPainter, circle: QRect) -> None:
        ink = {DONE: "ok", CURRENT: "focus", NEXT: "edge"}[self.state]
        painter.setPen(QPen(theme.color(ink), 1))
        painter.setBrush(theme.color("focus" if self.state == CURRENT else "surface"))
        painter.drawEllipse(circle.toRectF().adjusted(0.5, 0.5, -0.5, -0.5))
        if self.state == DONE:
            inset = theme.px(5)
            icons.paint_icon(painter, circle.adjusted(inset, inset, -inset, -inset), "check", "ok")
        else:
            painter.setFont(theme.font(14, self.state == CURRENT))
            painter.setPen(theme.color("on_focus" if self.state == CURRENT else "hint"))
            painter.drawText(circle, int(Qt.AlignmentFlag.AlignCenter), str(self.number))


class Stepper(QFrame):
    """The steps of a wizard. `step_clicked` carries the index of a done step that was chosen."""

    step_clicked = Signal(int)

    def __init__(
        self, names: Sequence[str], hints: Sequence[str] = (), *, vertical: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._names, self._vertical, self._current = list(names), vertical, 0
        texts = [*hints, *("" for _ in range(len(names) - len(hints)))]
        self._steps = [Step(index + 1, name, texts[index], self) for index, name in enumerate(names)]
        self._lines = [] if vertical else [_line(self) for _ in names[1:]]
        self._short = TextLabel("", "strong", parent=self)
        self._short.hide()
        if vertical:
            column(self._short, *self._steps, spacing=12, parent=self)
        else:
            self._lay_across()
        for index, step in enumerate(self._steps):
            step.clicked.connect(lambda _checked=False, index=index: self.step_clicked.emit(index))
        self.set_current(0)

    def set_current(self, index: int) -> None:
        """Show step `index` (from 0) as the one being worked on; the ones before it are done."""
        self._current = index
        for number, step in enumerate(self._steps):
            step.set_state(DONE if number < index else CURRENT if number == index else NEXT)
        self._short.setText(f"{index + 1} / {len(self._steps)}　{self._names[index]}")

    def current(self) -> int:
        return self._current

    def set_compact(self, compact: bool) -> None:
        """One line of words instead of all steps."""
        self._short.setVisible(compact)
        for part in (*self._steps, *self._lines):
            part.setVisible(not compact)

    def _lay_across(self) -> None:
        across = row(self._short, spacing=8, margins=(20, 0), parent=self)
        for index, step in enumerate(self._steps):
            if index:
                across.addWidget(self._lines[index - 1], 1)
            across.addWidget(step)


def _line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("rule", "line")
    line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return line
