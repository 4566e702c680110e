"""The forms that can be made, one under another."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from models.report import Report
from ui import theme
from ui.widgets.base import keyboard_on, paint_frame
from ui.widgets.frames import Bar
from ui.widgets.layouts import column

WIDTH = 208
LAYOUTS = {"landscape": "横版", "portrait": "竖版"}


class FormEntry(QAbstractButton):
    """A form's number, its name, and under it how it is printed and how long it is."""

    def __init__(self, code: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code, self.name, self.hint = code, name, ""
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{code} {name}")

    def set_hint(self, hint: str) -> None:
        self.hint = hint
        self.setAccessibleDescription(hint)
        self.update()

    def sizeHint(self) -> QSize:
        lines = QFontMetrics(theme.font(theme.BODY)).height() + QFontMetrics(theme.font(13)).height()
        return QSize(theme.px(WIDTH), lines + theme.px(12))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.isChecked():
            painter.fillRect(self.rect(), theme.color("selection"))
            painter.fillRect(0, 0, 3, self.height(), theme.color("focus"))
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.color("hover"))
        bold = theme.font(theme.BODY, bold=True)
        number = QFontMetrics(bold).horizontalAdvance("表10")
        left = theme.px(16)
        painter.setFont(bold)
        painter.setPen(theme.color("text"))
        painter.drawText(QRect(left, 0, number, self.height()), int(Qt.AlignmentFlag.AlignVCenter), self.code)
        words = self.rect().adjusted(left + number + theme.px(12), 0, -theme.px(8), 0)
        font, small = theme.font(theme.BODY, self.isChecked()), theme.font(13)
        top = (self.height() - QFontMetrics(font).height() - QFontMetrics(small).height()) // 2
        self._paint_line(painter, words, top, self.name, (theme.BODY, self.isChecked(), "text"))
        below = "text2" if self.isChecked() else "hint"
        self._paint_line(painter, words, top + QFontMetrics(font).height(), self.hint, (13, False, below))
        if keyboard_on(self):
            paint_frame(painter, self.rect(), "focus")

    def _paint_line(self, painter: QPainter, area: QRect, top: int, text: str, style: tuple[int, bool, str]) -> None:
        size, bold, ink = style
        font = theme.font(size, bold)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme.color(ink))
        line = QRect(area.left(), top, area.width(), metrics.height())
        painter.drawText(line, 0, metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width()))


class FormList(Bar):
    """Exactly one form is chosen; Up and Down move the choice."""

    chosen = Signal(str)  # code

    def __init__(self, forms: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__("list", parent)
        self._entries = {code: FormEntry(code, name, self) for code, name in forms}
        self._group = QButtonGroup(self)
        for entry in self._entries.values():
            self._group.addButton(entry)
            entry.clicked.connect(lambda _on=False, code=entry.code: self.chosen.emit(code))
        self.setLayout(column(*self._entries.values(), None, margins=(0, 8), spacing=0))
        next(iter(self._entries.values())).setChecked(True)
        theme.changed.connect(self._resize)
        self._resize()

    def choose(self, code: str) -> None:
        """Mark a form as the chosen one."""
        self._entries[code].setChecked(True)

    def describe(self, report: Report) -> None:
        """Tell how a form came out."""
        rows = sum(len(table.rows) for table in report.tables)
        entry = self._entries[report.code]
        entry.name = report.file_stem
        entry.set_hint(f"{LAYOUTS[report.orientation]} · {rows} 条")

    def _resize(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))
