"""Optional groups, one line each: what is in it can be read without opening it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui import fonts, icons, theme
from ui.widgets.base import keyboard_on, paint_frame, put_next_in_tab_order, tab_stops
from ui.widgets.layouts import column

SIDE, ARROW, GAP = 8, 18, 8


class FoldHeader(QAbstractButton):
    """The line of a group: arrow, bold name, what is in it or 未填, tick if filled."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.summary, self.filled = title, "", False
        self.title_width = 0  # of the widest title beside it, so that the summaries line up
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.toggled.connect(self._describe)

    def set_summary(self, summary: str, filled: bool) -> None:
        fonts.ensure_glyphs(summary)
        self.summary, self.filled = summary, filled
        self._describe()
        self.update()

    def own_title_width(self) -> int:
        return QFontMetrics(theme.font(theme.BODY, bold=True)).horizontalAdvance(self.title)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.height(32))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.color("hover"))
        side, arrow = theme.px(SIDE), theme.px(ARROW)
        icon = "arrow-down-s" if self.isChecked() else "arrow-right-s"
        icons.paint_icon(painter, QRect(side, 0, arrow, self.height()), icon, "text2")
        left = side + arrow + theme.px(GAP)
        middle = int(Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine
        painter.setFont(theme.font(theme.BODY, bold=True))
        painter.setPen(theme.color("text"))
        painter.drawText(QRect(left, 0, self.width(), self.height()), middle, self.title)
        left += max(self.title_width, self.own_title_width()) + theme.px(24)
        right = self.width() - side - arrow - theme.px(GAP)
        font = theme.font()
        painter.setFont(font)
        painter.setPen(theme.color("text" if self.filled else "hint"))
        shown = QFontMetrics(font).elidedText(self.shown_summary(), Qt.TextElideMode.ElideRight, max(0, right - left))
        painter.drawText(QRect(left, 0, right - left, self.height()), middle, shown)
        if self.filled:
            icons.paint_icon(painter, QRect(self.width() - side - arrow, 0, arrow, self.height()), "check", "ok")
        if keyboard_on(self):
            paint_frame(painter, self.rect(), "focus")

    def shown_summary(self) -> str:
        return self.summary or "未填"

    def _describe(self) -> None:
        self.setAccessibleName(f"{self.title}，{self.shown_summary()}，{'已展开' if self.isChecked() else '已收起'}")


class FoldGroup(QFrame):
    """One group that opens and closes. `build` makes its content the first time it is opened."""

    opened = Signal()
    closed = Signal()

    def __init__(
        self,
        title: str,
        build: Callable[[], QWidget],
        summary: str = "",
        *,
        filled: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._build = build
        self._content: QWidget | None = None
        self.header = FoldHeader(title, self)
        self.header.set_summary(summary, filled)
        self.header.toggled.connect(self._toggle)
        self._column: QVBoxLayout = column(self.header, spacing=0, parent=self)

    def set_summary(self, summary: str, filled: bool) -> None:
        """What the line says is inside; empty is 未填. `filled` shows the tick."""
        self.header.set_summary(summary, filled)

    def is_open(self) -> bool:
        return self.header.isChecked()

    def set_open(self, is_open: bool) -> None:
        self.header.setChecked(is_open)

    def content(self) -> QWidget:
        """What is inside, made now if it was never opened."""
        if self._content is None:
            self._content = self._build()
            stops = tab_stops(self._content)
            holder = QWidget(self)
            column(self._content, margins=(16, 8, 16, 16), parent=holder)
            holder.setVisible(self.is_open())
            self._column.addWidget(holder)
            put_next_in_tab_order(self.header, stops)
        return self._content

    def was_built(self) -> bool:
        return self._content is not None

    def _toggle(self, is_open: bool) -> None:
        holder = self.content().parentWidget()
        assert holder is not None
        holder.setVisible(is_open)
        (self.opened if is_open else self.closed).emit()


class Accordion(QFrame):
    """Groups under each other on one card; opening one closes the others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self._groups: dict[str, FoldGroup] = {}
        self._all_open = False
        self._column = column(margins=1, spacing=0, parent=self)

    def add(
        self, name: str, title: str, build: Callable[[], QWidget], summary: str = "", *, filled: bool = False
    ) -> FoldGroup:
        """Append a group; `name` is the caller's key for it."""
        if self._groups:
            rule = QFrame(self)
            rule.setProperty("rule", "soft")
            self._column.addWidget(rule)
        group = FoldGroup(title, build, summary, filled=filled, parent=self)
        self._groups[name] = group
        group.opened.connect(lambda: self._close_others(group))
        self._column.addWidget(group)
        self._line_up()
        return group

    def group(self, name: str) -> FoldGroup:
        return self._groups[name]

    def groups(self) -> list[FoldGroup]:
        return list(self._groups.values())

    def set_all_open(self, is_open: bool) -> None:
        """全部展开 or 全部收起."""
        self._all_open = is_open
        for group in self.groups():
            group.set_open(is_open)
        self._all_open = False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_groups"):
            self._line_up()

    def _close_others(self, opened: FoldGroup) -> None:
        if not self._all_open:
            for group in self.groups():
                if group is not opened:
                    group.set_open(False)

    def _line_up(self) -> None:
        widest = max((group.header.own_title_width() for group in self.groups()), default=0)
        for group in self.groups():
            group.header.title_width = widest
            group.header.update()
