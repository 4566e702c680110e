"""Small parts of the left pane: a linked activity, and a tick whose label wraps."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QPushButton, QSizePolicy, QWidget

from models.activity import Activity
from models.dates import format_short
from ui import theme
from ui.widgets.base import plain_menu_text, plain_tip
from ui.widgets.buttons import Button, icon_button
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column, row

INDENT = 3  # room for the focus frame


class LinkedActivity(QFrame):
    """One linked activity: its name opens it, ✕ takes the link away."""

    opened = Signal(str)
    removed = Signal(str)

    def __init__(self, activity: Activity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        people = (activity.people_offline or 0) + (activity.people_online or 0)
        day = format_short(activity.start) if activity.start else "未填日期"
        self.name = _OpenLabel(activity.title or "未填名称")
        self.name.setAccessibleName(f"打开活动：{activity.title}")
        self.name.clicked.connect(lambda: self.opened.emit(activity.uid))
        self.close_button = icon_button("close", f"不再关联：{activity.title}", small=True)
        self.close_button.clicked.connect(lambda: self.removed.emit(activity.uid))
        facts = TextLabel(f"{day} ・ {people} 人次" if people else day, "hint")
        facts.setContentsMargins(INDENT, 0, 0, 0)
        words = column(self.name, facts, spacing=0)
        line = row(spacing=4, parent=self)
        line.addLayout(words, 1)
        line.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignVCenter)


class _OpenLabel(Button):
    """A name that opens its record, at the left and cut to the width there is."""

    def __init__(self, text: str) -> None:
        super().__init__(text, kind="link")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        QPushButton.paintEvent(self, event)
        painter, font = QPainter(self), theme.font(14)
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        area = self.rect().adjusted(INDENT, 0, -INDENT, 0)
        painter.drawText(
            area,
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | Qt.TextFlag.TextSingleLine,
            QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width()),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(plain_tip(self.text()) if self.sizeHint().width() > self.width() else "")


class WrapTick(QCheckBox):
    """A tick whose label takes as many lines as it needs (Qt's own is cut off)."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._wrap()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._wrap()

    def _wrap(self) -> None:
        metrics, room = self.fontMetrics(), self.width() - theme.px(18) - 20
        lines = [""]
        for character in self._label:
            if lines[-1] and metrics.horizontalAdvance(lines[-1] + character) > room and character not in "、，。":
                lines.append("")
            lines[-1] += character
        words = plain_menu_text("\n".join(lines))
        if words != self.text():
            self.setText(words)
            self.updateGeometry()
