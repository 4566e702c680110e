"""The forms that can be made, one under another, in sections."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui import theme
from ui.pages.report_amounts import Amount
from ui.pages.report_forms import BLANK, FORMS, Form
from ui.widgets.base import keyboard_on, paint_frame
from ui.widgets.buttons import link
from ui.widgets.frames import Bar
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column, row
from ui.widgets.scrolling import bring_into_sight

WIDTH = 216
WIDEST_CODE = "表10"


class FormEntry(QAbstractButton):
    """A form's number, its name, and under it how it is printed and how long it is; pale while there is nothing."""

    def __init__(self, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form, self.hint, self.pale = form, form.layout, False
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        section = "空白" if form.section == BLANK else ""
        self.setAccessibleName(f"{section}{form.code} {form.name}")

    def show_amount(self, amount: Amount) -> None:
        """Tell what there is for the form in the period."""
        self.hint, self.pale = amount.hint(self.form), not amount.has
        self.setAccessibleDescription(self.hint)
        self.update()

    def sizeHint(self) -> QSize:
        lines = QFontMetrics(theme.font(theme.BODY)).height() + QFontMetrics(theme.font(13)).height()
        return QSize(theme.px(WIDTH) - 2, lines + theme.px(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        bring_into_sight(self)

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
        number = QFontMetrics(bold).horizontalAdvance(WIDEST_CODE)
        left = theme.px(12)
        below = "text2" if self.isChecked() else "hint"
        ink = below if self.pale else "text"
        painter.setFont(bold)
        painter.setPen(theme.color(ink))
        painter.drawText(QRect(left, 0, number, self.height()), int(Qt.AlignmentFlag.AlignVCenter), self.form.code)
        words = self.rect().adjusted(left + number + theme.px(8), 0, -theme.px(4), 0)
        font, small = theme.font(theme.BODY, self.isChecked()), theme.font(13)
        top = (self.height() - QFontMetrics(font).height() - QFontMetrics(small).height()) // 2
        self._paint_line(painter, words, top, self.form.name, (theme.BODY, self.isChecked(), ink))
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

    chosen = Signal(str)  # key
    clauses_wanted = Signal()

    def __init__(self, forms: Mapping[str, Form], parent: QWidget | None = None) -> None:
        super().__init__("list", parent)
        self._inside = QWidget()
        self._inside.setProperty("clear", True)
        self._entries = {key: FormEntry(form, self._inside) for key, form in forms.items()}
        self._group = QButtonGroup(self)
        for key, entry in self._entries.items():
            self._group.addButton(entry)
            entry.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
        self.clauses_link = link("条文对照（仅自己看）", "book-open")
        self.clauses_link.clicked.connect(self.clauses_wanted)
        self._inside.setLayout(self._lines(forms))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._inside)
        column(self._scroll, spacing=0, parent=self)
        next(iter(self._entries.values())).setChecked(True)
        theme.changed.connect(self._resize)
        self._resize()

    def choose(self, key: str) -> None:
        """Mark a form as the chosen one."""
        self._entries[key].setChecked(True)
        bring_into_sight(self._entries[key])

    def entry(self, key: str) -> FormEntry:
        """The line of a form."""
        return self._entries[key]

    def show_amounts(self, amounts: Mapping[str, Amount]) -> None:
        """Tell what there is for each form."""
        for key, amount in amounts.items():
            self._entries[key].show_amount(amount)

    def _lines(self, forms: Mapping[str, Form]) -> QVBoxLayout:
        lines = column(margins=(0, 8), spacing=0)
        section = FORMS
        for key, form in forms.items():
            if form.section != section:
                section = form.section
                head = row(TextLabel(section, "tiny"), margins=(12, 8, 8, 4))
                lines.addWidget(_rule())
                lines.addLayout(head)
            lines.addWidget(self._entries[key])
        lines.addSpacing(theme.px(8))
        lines.addWidget(_rule())
        lines.addLayout(row(self.clauses_link, None, margins=(6, 6)))
        lines.addStretch(1)
        return lines

    def _resize(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("rule", "soft")
    return rule
