"""Forms: labels left of their fields (above them in a narrow window), messages directly under their field."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QWidget

from ui.widgets.base import application
from ui.widgets.field_row import FieldLabel, FieldRow, Inline
from ui.widgets.layouts import column

__all__ = ["FieldForm", "FieldLabel", "FieldRow", "Inline"]


class FieldForm(QWidget):
    """Rows under each other. Labels share one column, Enter goes to the next field.

    `row_entered` and `row_left` carry the FieldRow whose field the keyboard focus came to or left for good.
    """

    row_entered = Signal(object)
    row_left = Signal(object)

    def __init__(self, parent: QWidget | None = None, spacing: int = 10) -> None:
        super().__init__(parent)
        self._rows: dict[str, FieldRow] = {}
        self._compact = False
        self._here: FieldRow | None = None
        self._column = column(spacing=spacing, parent=self)
        application().focusChanged.connect(self._follow_focus)

    def add(self, name: str, label: str, field: QWidget, *, required: bool = False, hint: str = "") -> FieldRow:
        """Append a row; `name` must be new."""
        if name in self._rows:
            raise ValueError(name)
        added = FieldRow(name, label, field, required=required, hint=hint, parent=self)
        self._rows[name] = added
        added.set_compact(self._compact)
        self._column.addWidget(added)
        self._line_up()
        return added

    def add_rule(self) -> QFrame:
        """Append a thin line between groups of fields."""
        rule = QFrame(self)
        rule.setProperty("rule", "soft")
        self._column.addWidget(rule)
        return rule

    def add_widget(self, widget: QWidget) -> None:
        """Append something that is no field."""
        self._column.addWidget(widget)

    def row(self, name: str) -> FieldRow:
        return self._rows[name]

    def rows(self) -> list[FieldRow]:
        """All rows in reading order."""
        return list(self._rows.values())

    def current_row(self) -> FieldRow | None:
        """The row whose field has the keyboard focus."""
        return self._here

    def problem_rows(self, kind: str = "") -> list[FieldRow]:
        """Rows that show a message (of one kind), in reading order."""
        return [each for each in self.rows() if each.problem()[0] and kind in ("", each.problem()[0])]

    def focus_next_problem(self) -> bool:
        """Go to the next row with a message after the current one, and round to the first. False if there is none."""
        after = list(self._after(self._here))
        for each in after:
            if each.problem()[0]:
                each.focus_field()
                return True
        return False

    def set_compact(self, compact: bool) -> None:
        """Labels above the fields (narrow window) or left of them."""
        if compact != self._compact:
            self._compact = compact
            for each in self.rows():
                each.set_compact(compact)
            self._line_up()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = QApplication.focusWidget()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and not isinstance(focused, QTextEdit):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange) and hasattr(self, "_rows"):
            for each in self.rows():
                each.rescale()
            self._line_up()

    def _after(self, here: FieldRow | None) -> Iterator[FieldRow]:
        rows = self.rows()
        start = rows.index(here) + 1 if here in rows else 0
        yield from rows[start:]
        yield from rows[:start]

    def _line_up(self) -> None:
        """Make all labels as wide as the longest."""
        for each in self.rows():
            each.label.setMinimumWidth(0)
        widest = 0 if self._compact else max((each.label.sizeHint().width() for each in self.rows()), default=0)
        for each in self.rows():
            each.label.setMinimumWidth(widest)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or (not new.window().isActiveWindow() and QApplication.activePopupWidget()):
            return  # another window or a popup: the field is not left for good
        here = next((each for each in self.rows() if each.isAncestorOf(new)), None)
        if here is self._here:
            return
        left, self._here = self._here, here
        if left is not None:
            self.row_left.emit(left)
        if here is not None:
            here.bring_into_view()
            self.row_entered.emit(here)
