"""One field with its label, its hint and the message directly under it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from ui import theme
from ui.widgets.base import put_next_in_tab_order, restyle
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, column, row
from ui.widgets.strips import Links, MessageStrip

LABEL_GAP = 12


class FieldLabel(TextLabel):
    """A field's name, with a red star if it must be filled: before the name, or after it if that is above the field."""

    def __init__(self, text: str, required: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent=parent)
        self._required, self._star_after = required, False
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if required:
            self.setAccessibleName(f"{text}，必填")

    def put_star_after(self, after: bool) -> None:
        self._star_after = after
        self.setAlignment(
            (Qt.AlignmentFlag.AlignLeft if after else Qt.AlignmentFlag.AlignRight) | Qt.AlignmentFlag.AlignVCenter
        )
        self.update()

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(self._star_width(), 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        words = self.fontMetrics().horizontalAdvance(self.text())
        star = self._star_width()
        left = 0 if self._star_after else self.width() - words - star
        name = QRect(left if self._star_after else left + star, 0, words + 1, self.height())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self._required:
            painter.setPen(theme.color("error"))
            area = QRect(words if self._star_after else left, 0, star, self.height())
            side = Qt.AlignmentFlag.AlignRight if self._star_after else Qt.AlignmentFlag.AlignLeft
            painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), "*")

    def _star_width(self) -> int:
        return self.fontMetrics().horizontalAdvance("* ") if self._required else 0


class Inline(QWidget):
    """Several small fields in one row with their own words, as [words, box, unit]. Wraps between such groups."""

    def __init__(self, *groups: list[QWidget], spacing: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        flow = FlowLayout(self, spacing=spacing, line_spacing=8)
        self._fields: list[QWidget] = []
        for group in groups:
            holder = QWidget(self)
            holder.setSizePolicy(group[-1].sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Fixed)
            row(*group, spacing=8, parent=holder)
            flow.addWidget(holder)
            self._fields += [widget for widget in group if not isinstance(widget, QLabel)]
        if self._fields:
            self.setFocusProxy(self._fields[0])

    def fields(self) -> list[QWidget]:
        """The widgets that are not labels."""
        return list(self._fields)


class FieldRow(QWidget):
    """One field with its label, a hint and a message line. `name` is the caller's key for it."""

    def __init__(
        self,
        name: str,
        label: str,
        field: QWidget,
        *,
        required: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name, self.field, self.required = name, field, required
        self.label = FieldLabel(label, required, self)
        self.label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(f"{label}，必填" if required else label)
        self._marked: QWidget = field
        self._problem = ("", "")
        self._strip: MessageStrip | None = None
        self._hint: TextLabel | None = None
        self._below = column(spacing=4)
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
        self.set_hint(hint)
        self.set_compact(False)

    def set_hint(self, text: str) -> None:
        """A line under the field that says how to fill it."""
        if text and self._hint is None:
            self._hint = WrapLabel("", "hint", parent=self)
            self._below.addWidget(self._hint)
        if self._hint is not None:
            self._hint.setText(text)
            self._hint.setVisible(bool(text))
            self.field.setAccessibleDescription(text)

    def set_problem(self, kind: str, text: str = "", links: Links = (), *, field: QWidget | None = None) -> None:
        """Show a message under the field: kind "error", "warn", or "" for none. `field`: which of several boxes."""
        target = field or self.field
        if self._marked is not target:
            _mark(self._marked, "")
        self._marked, self._problem = target, (kind, text)
        _mark(target, kind)
        if self._strip is not None:
            self._below.removeWidget(self._strip)
            self._strip.deleteLater()
            self._strip = None
        if kind:
            self._strip = MessageStrip(kind, text, links, bare=kind == "error", parent=self)
            self._below.insertWidget(0, self._strip)
            self._strip.show()
            put_next_in_tab_order(self.field, self._strip.links())

    def problem(self) -> tuple[str, str]:
        """Kind and text of the message shown now; two empty strings without one."""
        return self._problem

    def strip(self) -> MessageStrip | None:
        """The message strip under the field, if there is one."""
        return self._strip

    def set_compact(self, compact: bool) -> None:
        """Put the label above the field, or back to its left."""
        grid, field = self._grid, self.field
        for item in (self.label, field, self._below):
            grid.removeItem(item) if item is self._below else grid.removeWidget(item)  # type: ignore[arg-type]
        self.label.put_star_after(compact)
        spreads = bool(field.sizePolicy().expandingDirections() & Qt.Orientation.Horizontal)
        wide = spreads or compact or getattr(field, "fills_row", False)
        side = Qt.AlignmentFlag(0) if wide else Qt.AlignmentFlag.AlignLeft
        if compact:
            grid.addWidget(self.label, 0, 0, 1, 2)
            grid.addWidget(field, 1, 0, 1, 2, side)
            grid.addLayout(self._below, 2, 0, 1, 2)
        else:
            grid.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, 0, 1, side)
            grid.addLayout(self._below, 1, 1)
        if hasattr(field, "set_compact"):
            field.set_compact(compact)  # pyright: ignore[reportAttributeAccessIssue]
        self._compact = compact
        self.rescale()

    def rescale(self) -> None:
        """Take sizes from the text scale."""
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(LABEL_GAP))
        self._grid.setVerticalSpacing(4)
        self.label.setFixedHeight(theme.height(22 if self._compact else 34) + (2 if self._compact else 0))

    def focus_field(self) -> None:
        """Put the keyboard focus on the field that has the message, in sight together with it."""
        self._marked.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bring_into_view()

    def bring_into_view(self) -> None:
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(self, 0, theme.px(16))


def _mark(field: QWidget, kind: str) -> None:
    if hasattr(field, "set_state"):
        field.set_state(kind)  # pyright: ignore[reportAttributeAccessIssue]
    else:
        restyle(field, state=kind)
