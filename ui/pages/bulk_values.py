"""One box for a value of any field, as 批量修改 asks for it."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.cell_values import read_cell
from models.dates import parse_date
from models.field_texts import choices_of, empty_of
from models.fields import Kind, activity_field
from ui.context import Context
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.choices import RadioGroup, TickGroup
from ui.widgets.date_edit import DateEdit
from ui.widgets.edits import CounterLineEdit, Edit
from ui.widgets.layouts import column
from ui.widgets.number_edit import MoneyEdit, NumberEdit
from ui.widgets.text_edit import CounterTextEdit

YES, NO = "yes", "no"


class ValueBox(QWidget):
    """The right box for a field. `value()` is what the record would hold; `problem()` says why it cannot be taken."""

    changed = Signal()

    def __init__(self, name: str, context: Context) -> None:
        super().__init__()
        self.name, self._context = name, context
        self._spec = activity_field(name)
        self.box = self._make()
        self.box.setAccessibleName(self._spec.label)
        self.box.value_changed.connect(lambda _value: self.changed.emit())
        self.setFocusProxy(self.box)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column(self.box, parent=self)

    def value(self) -> Any:
        """The value as the record holds it; the empty one while nothing, or nothing readable, is typed."""
        value = self.box.value()
        match self._spec.kind:
            case Kind.MULTI:
                return tuple(value)
            case Kind.FLAG:
                return value == YES
            case Kind.TIME:
                return self._read_time().value
            case Kind.TEXT:
                return " ".join(str(value).split())
            case _:
                return empty_of(self.name) if value is None else value

    def problem(self) -> str:
        """A sentence, empty when the value can be taken."""
        if self._spec.kind is Kind.TIME:
            return self._read_time().problem
        return self.box.problem() if hasattr(self.box, "problem") else ""

    def _read_time(self) -> Any:
        return read_cell(self.name, str(self.box.value()), self._context.notice, self._today())

    def _today(self) -> Any:
        return self._context.clock().date()

    def _make(self) -> Any:
        spec, today = self._spec, self._today
        match spec.kind:
            case Kind.DATE:
                box: QWidget = DateEdit(lambda text: parse_date(text, today()), today=today)
            case Kind.INTEGER:
                box = NumberEdit(spec.unit.split("，")[0], spec.limit or 9_999_999, minimum=spec.minimum)
            case Kind.MONEY:
                box = MoneyEdit()
            case Kind.TIME:
                box = Edit(6, spec.hint)
            case Kind.CHOICE:
                box = ChoiceBox(choices_of(self.name, self._context.notice), optional=True, chars=18)
            case Kind.MULTI:
                box = TickGroup(choices_of(self.name, self._context.notice))
            case Kind.FLAG:
                box = RadioGroup([(YES, "是"), (NO, "否")])
                box.set_value(YES)
            case Kind.LONG_TEXT:
                box = CounterTextEdit(spec.limit, min_lines=2, max_lines=4)
            case Kind.TEXT:
                box = CounterLineEdit(spec.limit)
        return box
