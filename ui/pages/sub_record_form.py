"""The boxes of one 作品/报道 or 先进典型; label above box, Enter saves, Esc leaves."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.dates import parse_date
from models.fields import FieldSpec, Kind
from models.notice import Notice
from models.publicity_recording import SubRecordKind
from ui.widgets.base import announce
from ui.widgets.buttons import button
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.date_edit import DateEdit
from ui.widgets.edits import CounterLineEdit, Edit
from ui.widgets.frames import Ground
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, column, row
from ui.widgets.number_edit import NumberEdit

LONG_FROM = 50  # characters from which a text takes a line of its own


class SubRecordForm(Ground):
    """`saved` carries the record as typed, `left` asks to put the form away, `typed` follows every change."""

    saved = Signal(object)
    left = Signal()
    typed = Signal()

    def __init__(self, kind: SubRecordKind[Any], record: Any, notice: Notice, today: date) -> None:
        super().__init__("inset")
        self._kind, self._record, self._notice = kind, record, notice
        self.setAccessibleName(f"修改{kind.noun}" if record.uid else f"添加{kind.noun}")
        self.boxes: dict[str, Edit | ChoiceBox] = {}
        self._cells: dict[str, QWidget] = {}
        self._today = today
        self._problem = WrapLabel("", "small", "error")
        self._problem.hide()
        flow = FlowLayout(spacing=16, line_spacing=8)
        whole = column(spacing=8, margins=(16, 12), parent=self)
        named = next(spec for spec in kind.specs if spec.name == kind.name_field)
        whole.addWidget(self._cell(named))
        whole.addLayout(flow)
        for spec in kind.specs:
            if spec is named:
                continue
            (whole if _is_long(spec) else flow).addWidget(self._cell(spec))
        self.save_button = button("保存", "check", small=True)
        leave = button("不保存", small=True)
        self.save_button.clicked.connect(self.commit)
        leave.clicked.connect(self.left)
        whole.addWidget(self._problem)
        whole.addLayout(row(self.save_button, leave, None))
        self._show_others()

    def values(self) -> dict[str, Any]:
        """What is typed, field by field; a number or day that cannot be read counts as not filled in."""
        return {
            name: (box.value() if not isinstance(box, ChoiceBox) else box.value() or "")
            for name, box in self.boxes.items()
        }

    def texts(self) -> dict[str, str]:
        """What stands in the boxes, as a draft keeps it."""
        return {
            name: (box.value() or "") if isinstance(box, ChoiceBox) else box.text() for name, box in self.boxes.items()
        }

    def restore(self, texts: Mapping[str, Any]) -> None:
        """Put back what `texts` gave."""
        for name, text in texts.items():
            box = self.boxes.get(name)
            if isinstance(box, ChoiceBox):
                box.set_value(str(text) or None)
            elif box is not None:
                box.setText(str(text))

    def record(self) -> Any:
        """The record with what is typed."""
        return replace(self._record, **self.values())

    def is_changed(self) -> bool:
        """Whether there is anything to save."""
        return self.record() != self._record or any(
            not isinstance(box, ChoiceBox) and box.problem() for box in self.boxes.values()
        )

    def commit(self) -> bool:
        """Save, or say in one sentence what cannot be read; False then."""
        for spec in self._kind.specs:
            box = self.boxes[spec.name]
            if isinstance(box, DateEdit):
                box.tidy()
            problem = "" if isinstance(box, ChoiceBox) else box.problem()
            if problem and not isinstance(box, CounterLineEdit):
                self._problem.setText(f"{spec.label}：{problem}")
                self._problem.show()
                announce(self._problem, self._problem.text())
                box.setFocus()
                return False
        self.saved.emit(self.record())
        return True

    def focus_first(self) -> None:
        """Put the keyboard into the box the record is recognised by."""
        self.boxes[self._kind.name_field].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            self.commit()
        else:
            super().keyPressEvent(event)

    def _cell(self, spec: FieldSpec) -> QWidget:
        box = self._box(spec)
        box.setAccessibleName(f"{spec.label}，必填" if spec.required else spec.label)
        self.boxes[spec.name] = box
        cell = QWidget()
        unit = [TextLabel(spec.unit, "hint")] if spec.unit else []
        line = row(box, *unit, spacing=4)
        if not _is_long(spec):
            cell.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        label = TextLabel(spec.label + (" *" if spec.required else ""), "note")
        column(label, line, spacing=2, parent=cell)
        self._cells[spec.name] = cell
        return cell

    def _box(self, spec: FieldSpec) -> Edit | ChoiceBox:
        value = getattr(self._record, spec.name)
        made: Edit | ChoiceBox
        if spec.kind is Kind.CHOICE:
            made = ChoiceBox(self._kind.options(self._notice, spec.name), optional=not spec.required)
            made.set_value(value or None)
            made.value_changed.connect(lambda _value: self._show_others())
        elif spec.kind is Kind.DATE:
            made = DateEdit(lambda text: parse_date(text, self._today), "如 9-3", today=lambda: self._today)
            made.set_value(value)
        elif spec.kind is Kind.INTEGER:
            made = NumberEdit("", spec.limit, minimum=spec.minimum)
            made.set_value(value)
        else:
            hint = spec.hint
            made = CounterLineEdit(spec.limit, placeholder=hint) if _is_long(spec) else Edit(10, hint)
            made.set_value(value)
        if isinstance(made, ChoiceBox):
            made.value_changed.connect(lambda _value: self.typed.emit())
        else:
            made.textChanged.connect(lambda _text: self.typed.emit())
        return made

    def _show_others(self) -> None:
        """The text that explains 其他 is asked for when it was chosen."""
        for spec in self._kind.specs:
            if spec.other_of and spec.other_of in self.boxes and spec.name in self._cells:
                chosen = self.boxes[spec.other_of].value()
                self._cells[spec.name].setVisible(chosen in self._kind.other_codes(self._notice, spec.other_of))


def _is_long(spec: FieldSpec) -> bool:
    """Whether a text takes a line of its own."""
    return spec.kind is Kind.TEXT and spec.limit >= LONG_FROM
