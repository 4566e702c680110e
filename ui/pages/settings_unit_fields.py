"""The boxes in which the unit card is typed: the same in the first run and on the 设置 page."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from models.fields import UNIT_FIELDS, FieldSpec, Kind, unit_field
from models.notice import Notice
from models.notice_reader import EMAIL
from models.unit import Unit
from ui.widgets.choices import ChoiceBox, RadioGroup
from ui.widgets.edits import CounterLineEdit, Edit
from ui.widgets.number_edit import NumberEdit

RADIO_LIMIT = 6  # groups of so few choices stand open
CHARS = {"contact": 8, "phone": 12, "code": 15, "chain": 15, "chair": 8, "email": 18, "area": 10}
NOTES = {
    "code": "在《基层工会调查表》封面 901 项，没有可不填。",
    "workers": "用来提醒人次是否多输了一个 0。",
    "email": "写进邮件草稿的发件人，可不填。",
}

Values = dict[str, str]  # field → what is typed, as text; choices as codes


class UnitFields(QObject):
    """One box for each field of the card. Nothing typed is refused; `problems` says what cannot be taken as it is."""

    changed = Signal(str)  # name of the field

    def __init__(self, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self._notice = notice
        self.boxes: dict[str, QWidget] = {}
        for spec in UNIT_FIELDS:
            box = self._make(spec, parent)
            box.setAccessibleName(f"{spec.label}，必填" if spec.required else spec.label)
            self.boxes[spec.name] = box

    def unit(self, base: Unit) -> Unit:
        """`base` with what is typed; a number that cannot be read counts as not filled in."""
        return replace(base, **{name: self._value(name) for name in self.boxes})

    def fill(self, unit: Unit) -> None:
        """Show a card."""
        self.restore({name: "" if (value := getattr(unit, name)) is None else str(value) for name in self.boxes})

    def typed(self) -> Values:
        """Everything as it stands in the boxes, unreadable numbers too."""
        return {name: self._text(name) for name in self.boxes}

    def restore(self, values: Values) -> None:
        """Put back what `typed` gave; fields it does not name stay as they are."""
        for name, text in values.items():
            box = self.boxes.get(name)
            if isinstance(box, ChoiceBox | RadioGroup):
                box.set_value(text or None)
            elif isinstance(box, Edit):
                box.setText(text)

    def problems(self) -> dict[str, str]:
        """What cannot be stored as it is typed: field → sentence. Empty fields are no problem here."""
        return {name: sentence for name in self.boxes if (sentence := self._problem(name))}

    def _make(self, spec: FieldSpec, parent: QWidget) -> QWidget:
        if spec.kind is Kind.CHOICE:
            return self._make_choice(spec, parent)
        if spec.kind is Kind.INTEGER:
            number = NumberEdit(spec.unit, spec.limit, 5, parent=parent)
            number.textChanged.connect(lambda _text: self.changed.emit(spec.name))
            return number
        example = "" if spec.hint.endswith("。") else spec.hint
        if spec.name in CHARS:
            edit = Edit(CHARS[spec.name], example, parent)
        else:
            edit = CounterLineEdit(spec.limit, placeholder=example, parent=parent)
        if spec.name == "chain" and (chains := self._notice.options("chain")):
            completer = QCompleter([each.label for each in chains], edit)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            edit.setCompleter(completer)
        edit.textChanged.connect(lambda _text: self.changed.emit(spec.name))
        return edit

    def _make_choice(self, spec: FieldSpec, parent: QWidget) -> QWidget:
        options = [(each.code, each.label) for each in self._notice.options(spec.name)]
        if len(options) <= RADIO_LIMIT:
            group = RadioGroup(options, optional=not spec.required, parent=parent)
            group.value_changed.connect(lambda _code: self.changed.emit(spec.name))
            return group
        box = ChoiceBox(options, optional=not spec.required, chars=CHARS.get(spec.name, 0), parent=parent)
        box.value_changed.connect(lambda _code: self.changed.emit(spec.name))
        return box

    def _text(self, name: str) -> str:
        box = self.boxes[name]
        if isinstance(box, ChoiceBox | RadioGroup):
            return box.value() or ""
        return box.text() if isinstance(box, Edit) else ""

    def _value(self, name: str) -> str | int | None:
        box = self.boxes[name]
        return box.value() if isinstance(box, NumberEdit) else self._text(name).strip()

    def _problem(self, name: str) -> str:
        box, spec = self.boxes[name], unit_field(name)
        if isinstance(box, NumberEdit):
            return box.problem()
        text = self._text(name).strip()
        if spec.kind is Kind.TEXT and len(text) > spec.limit:
            return f"最多 {spec.limit} 个字，现在有 {len(text)} 个。请缩短。"
        if name == "email" and text and not EMAIL.fullmatch(text):
            return "邮箱写得不对，应像 gonghui@126.com 这样。"
        return ""


def hint_of(name: str) -> str:
    """The line under a field, empty if it needs none."""
    hint = unit_field(name).hint
    return NOTES.get(name, hint if hint.endswith("。") else "")
