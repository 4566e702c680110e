"""The box of each field: it shows the value of the form's state and reports what is typed. Nothing is decided here."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from models.activity_query import ActivityQuery
from models.activity_repository import page
from models.fields import FieldSpec, Kind, activity_field
from models.ledger import Ledger
from models.notice import Notice
from ui import theme
from ui.pages.activity_form_rules import options_of
from ui.pages.activity_form_state import FormState
from ui.pages.activity_form_values import Unread, read, written
from ui.widgets.choices import ChoiceBox, RadioGroup, Tick, TickGroup
from ui.widgets.date_edit import DateEdit
from ui.widgets.edits import CounterLineEdit, Edit
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column
from ui.widgets.number_edit import MoneyEdit, NumberEdit
from ui.widgets.text_edit import CounterTextEdit

WIDE_FROM = 50  # characters a text may have before its box takes the whole line
RECENT = 60  # records looked through for places used lately
OPTIONAL_CHOICES = ("item", "cost_source", "need_source")


class Editor(QObject):
    """One box. `typed` carries (name, value, whether it was typed key by key)."""

    typed = Signal(str, object, bool)

    def __init__(self, name: str, widget: QWidget) -> None:
        super().__init__(widget)
        self.name, self.widget = name, widget
        self.spec: FieldSpec = activity_field(name)
        self._showing = False
        if not widget.accessibleName():
            widget.setAccessibleName(f"{self.spec.label}，必填" if self.spec.required else self.spec.label)

    def show_value(self, value: Any) -> None:
        """Bring the box to a value without reporting it as typed."""
        self._showing = True
        try:
            self._show(value)
        finally:
            self._showing = False

    def refresh(self, state: FormState) -> None:
        """Other answers changed: look whether what is offered has."""

    def focus_target(self) -> QWidget:
        """Where the keyboard goes when this field is meant."""
        return self.widget.focusProxy() or self.widget

    def owns(self, widget: QWidget | None) -> bool:
        """Whether the keyboard being on `widget` means being in this field."""
        return widget is not None and (widget is self.widget or self.widget.isAncestorOf(widget))

    def _show(self, value: Any) -> None:
        raise NotImplementedError

    def _report(self, value: Any, typing: bool = False) -> None:
        if not self._showing:
            self.typed.emit(self.name, value, typing)


class LineEditor(Editor):
    """A line of text, or text that is read as a date, a time or a number."""

    def __init__(self, name: str, box: QLineEdit, today: Callable[[], Any]) -> None:
        super().__init__(name, box)
        self._box, self._today = box, today
        box.textChanged.connect(lambda text: self._report(read(name, text, today()), typing=True))

    def _show(self, value: Any) -> None:
        """Text that already means this value is left as it is: the clerk may be in the middle of it."""
        text = self._box.text()
        if isinstance(value, Unread):
            wanted = value.text
        elif text and self._box.hasFocus() and read(self.name, text, self._today()) == value:
            return
        elif isinstance(self._box, DateEdit):
            self._box.set_value(value)
            return
        else:
            wanted = written(self.name, value)
        if wanted != text:
            self._box.setText(wanted)


class TextEditor(Editor):
    """Several lines of text."""

    def __init__(self, name: str, box: CounterTextEdit) -> None:
        super().__init__(name, box)
        self._box = box
        box.textChanged.connect(lambda: self._report(box.text(), typing=True))

    def _show(self, value: str) -> None:
        self._box.set_value(value)


class ChoiceEditor(Editor):
    """One of several codes; `options` are asked for anew when other answers change."""

    def __init__(self, name: str, group: RadioGroup | ChoiceBox, notice: Notice) -> None:
        super().__init__(name, group)
        self._group, self._notice = group, notice
        self._options: list[tuple[str, str]] = []
        group.value_changed.connect(lambda code: self._report(code or ""))

    def refresh(self, state: FormState) -> None:
        if not isinstance(self._group, ChoiceBox):
            return
        options = options_of(self.name, state.values, self._notice)
        if options != self._options:
            self._options = options
            self._showing = True
            self._group.set_value(
                None
            )  # a choice that is not offered any more is not to be carried over as a bare code
            self._group.set_options(options)
            self._showing = False
        self.show_value(state.value(self.name))

    def _show(self, value: str) -> None:
        offered = isinstance(self._group, RadioGroup) or any(code == value for code, _words in self._options)
        self._group.set_value(value if value and offered else None)


class MultiEditor(Editor):
    """Any number of codes."""

    def __init__(self, name: str, group: "TickGroup | ThemeTicks") -> None:
        super().__init__(name, group)
        self._group = group
        group.value_changed.connect(lambda codes: self._report(tuple(codes)))

    def refresh(self, state: FormState) -> None:
        if isinstance(self._group, ThemeTicks):
            self._group.offer(state.value("focus"))

    def _show(self, value: Iterable[str]) -> None:
        self._group.set_value(value)


class FlagEditor(Editor):
    """Yes or not."""

    def __init__(self, name: str, tick: Tick) -> None:
        super().__init__(name, tick)
        self._tick = tick
        tick.toggled.connect(self._take)

    def _take(self, on: bool) -> None:
        self._report(on)

    def _show(self, value: bool) -> None:
        self._tick.setChecked(value)


class RoomyTicks(TickGroup):
    """Ticks whose focus frame keeps clear of the frame that an error draws around them."""

    def set_state(self, state: str) -> None:
        super().set_state(state)
        layout, room = self.layout(), theme.px(3) if state else 0
        if layout is not None:
            sides = layout.contentsMargins()
            layout.setContentsMargins(sides.left(), room, sides.right(), room)


class ThemeTicks(QWidget):
    """The sub-themes of the chosen focuses, under the name of each focus."""

    value_changed = Signal(list)

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._owner = {theme.code: focus.code for focus in notice.focuses for theme in focus.themes}
        self._labels: dict[str, TextLabel] = {}
        self._groups: dict[str, TickGroup] = {}
        self._foreign: list[str] = []  # codes of another notice: kept, though there is no tick for them
        box = column(spacing=2, parent=self)
        for focus in notice.focuses:
            label, group = (
                TextLabel(focus.label, "hint"),
                TickGroup([(theme.code, theme.brief) for theme in focus.themes]),
            )
            group.setAccessibleName(focus.label)
            group.value_changed.connect(lambda _codes: self.value_changed.emit(self.value()))
            self._labels[focus.code], self._groups[focus.code] = label, group
            box.addWidget(label)
            box.addWidget(group)

    def offer(self, focuses: Iterable[str]) -> None:
        """Show the themes of these focuses only."""
        chosen = set(focuses)
        for code, group in self._groups.items():
            self._labels[code].setVisible(code in chosen)
            group.setVisible(code in chosen)
        first = next((group.focusProxy() for code, group in self._groups.items() if code in chosen), None)
        if first is not None:
            self.setFocusProxy(first)

    def value(self) -> list[str]:
        return [code for group in self._groups.values() for code in group.value()] + self._foreign

    def set_value(self, codes: Iterable[str]) -> None:
        wanted = list(codes)
        self._foreign = [code for code in wanted if code not in self._owner]
        for focus, group in self._groups.items():
            group.set_value([code for code in wanted if self._owner.get(code) == focus])


def make_editor(name: str, state: FormState, notice: Notice, ledger: Ledger) -> Editor:
    """The box that suits the kind of the field."""
    spec = activity_field(name)
    if spec.kind is Kind.MULTI:
        if name == "focus_sub":
            return MultiEditor(name, ThemeTicks(notice))
        return MultiEditor(name, RoomyTicks(options_of(name, state.values, notice), columns=_columns(name)))
    if spec.kind is Kind.FLAG:
        return FlagEditor(name, Tick(spec.label))
    if spec.kind is Kind.CHOICE:
        group = (
            ChoiceBox(optional=True, placeholder="不填") if name in OPTIONAL_CHOICES else _radios(name, state, notice)
        )
        return ChoiceEditor(name, group, notice)
    if spec.kind is Kind.LONG_TEXT:
        return TextEditor(name, CounterTextEdit(spec.limit))
    editor = LineEditor(name, _line(spec, state), lambda: state.today)
    if name == "place":
        _suggest_places(editor, ledger)
    return editor


def _line(spec: FieldSpec, state: FormState) -> QLineEdit:
    if spec.kind is Kind.DATE:
        return DateEdit(
            lambda text: _day(spec.name, text, state),
            spec.hint if spec.name == "end" else "",
            today=lambda: state.today,
        )
    if spec.kind is Kind.INTEGER:
        return NumberEdit(maximum=spec.limit, minimum=spec.minimum)
    if spec.kind is Kind.MONEY:
        return MoneyEdit("", maximum=spec.limit)
    if spec.kind is Kind.TIME:
        return Edit(6, spec.hint)
    return CounterLineEdit(spec.limit, 0 if spec.limit >= WIDE_FROM else 16, spec.hint)


def _day(name: str, text: str, state: FormState) -> Any:
    value = read(name, text, state.today)
    return None if isinstance(value, Unread) else value


def _radios(name: str, state: FormState, notice: Notice) -> RadioGroup:
    optional = name == "mode"
    return RadioGroup(options_of(name, state.values, notice), columns=3 if name == "form" else 0, optional=optional)


def _columns(name: str) -> int:
    return 1 if name == "linked_campaigns" else 0  # its options are half a line long


def _suggest_places(editor: Editor, ledger: Ledger) -> None:
    """Places used lately, completed from any part of their name."""
    box = editor.widget
    assert isinstance(box, QLineEdit)
    used = dict.fromkeys(
        line.activity.place for line in page(ledger, ActivityQuery(), 0, RECENT) if line.activity.place
    )
    completer = QCompleter(list(used), box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    box.setCompleter(completer)
