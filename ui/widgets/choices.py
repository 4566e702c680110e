"""Choosing with everything in sight: several (ticks) or one (radios, which become a combo box in little space).

A code that is not among the options, from a record made under another notice, is kept and shown under its own code:
nothing that was recorded is dropped by looking at it.
"""

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from ui import fonts, theme
from ui.widgets.base import plain_menu_text, plain_tip, put_next_in_tab_order, restyle
from ui.widgets.buttons import link
from ui.widgets.choice_box import ChoiceBox, Options
from ui.widgets.layouts import FlowLayout


class Tick(QCheckBox):
    """A check box whose label ends in …… when there is no room for it."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label
        _name(self, label)

    def sizeHint(self) -> QSize:
        return _hint(self, self.label, super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        _elide(self, self.label)


class Radio(QRadioButton):
    """A radio button whose label ends in …… when there is no room for it."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label
        _name(self, label)

    def sizeHint(self) -> QSize:
        return _hint(self, self.label, super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(60), self.sizeHint().height())

    def indent(self) -> int:
        """How far from its left edge the words begin."""
        return theme.px(18) + 8 + 4

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        _elide(self, self.label)


def _name(button: QAbstractButton, label: str) -> None:
    fonts.ensure_glyphs(label)
    button.setAccessibleName(label)
    button.setText(plain_menu_text(label))
    button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


def _around(_button: QAbstractButton) -> int:
    """Width of everything but the label: indicator, gap, padding, border."""
    return theme.px(18) + 8 + 4 + 4


def _hint(button: QAbstractButton, label: str, styled: QSize) -> QSize:
    return QSize(_around(button) + button.fontMetrics().horizontalAdvance(label) + 2, styled.height())


def _elide(button: QAbstractButton, label: str) -> None:
    shown = button.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, button.width() - _around(button))
    if button.text() != plain_menu_text(shown):
        button.setText(plain_menu_text(shown))
    button.setToolTip(plain_tip(label) if shown != label else "")


class _Group(QFrame):
    """The frame around ticks or radios; it shows a border only when something is wrong."""

    def __init__(self, columns: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.fills_row = columns > 0  # columns spread out; a plain flow is as wide as its words
        self.setProperty("group", "choices")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._flow = FlowLayout(self, spacing=16, line_spacing=2, columns=columns)
        self.set_state("")

    def set_state(self, state: str) -> None:
        """ "error", "warn" or "" for neither."""
        side = theme.px(8) if state else 0
        self._flow.setContentsMargins(side, ends := 1 if state == "warn" else 0 if state else 2, side, ends)
        restyle(self, state=state)

    def problem(self) -> str:
        """Whatever is ticked here can be taken."""
        return ""


class TickGroup(_Group):
    """Any number of choices. `columns` > 0 lines them up under each other where there is room."""

    value_changed = Signal(object)  # list of codes

    def __init__(self, options: Options, columns: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(columns, parent)
        self._ticks: dict[str, Tick] = {}
        for code, label in options:
            self._add(code, label)
        if self._ticks:
            self.setFocusProxy(next(iter(self._ticks.values())))

    def value(self) -> list[str]:
        """Codes of what is ticked, in the order of the options."""
        return [code for code, tick in self._ticks.items() if tick.isChecked()]

    def set_value(self, codes: Iterable[str]) -> None:
        """Tick exactly these; emits value_changed once if that changes anything."""
        wanted, before = list(codes), self.value()
        for code in wanted:
            if code not in self._ticks:
                self._add(code, code)
        for code, tick in self._ticks.items():
            blocker = QSignalBlocker(tick)
            tick.setChecked(code in wanted)
            blocker.unblock()
        if self.value() != before:
            self.value_changed.emit(self.value())

    def tick(self, code: str) -> Tick:
        """The check box of one option, to dim it or put a tip on it."""
        return self._ticks[code]

    def _add(self, code: str, label: str) -> None:
        tick = Tick(label, self)
        tick.toggled.connect(lambda _: self.value_changed.emit(self.value()))
        self._ticks[code] = tick
        self._flow.addWidget(tick)


class RadioGroup(_Group):
    """One of a few choices, all in sight; a combo box instead while `set_compact(True)`.

    `optional` adds a way back to “nothing chosen”.
    """

    value_changed = Signal(object)  # code or None

    def __init__(
        self,
        options: Options,
        columns: int = 0,
        *,
        optional: bool = False,
        compact_from: int = 4,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(columns, parent)
        self._options, self._optional, self._compact_from = list(options), optional, compact_from
        self._value: str | None = None
        self._radios: dict[str, Radio] = {}
        self._box: ChoiceBox | None = None
        self._buttons = QButtonGroup(self)
        for code, label in self._options:
            self._add_radio(code, label)
        self._none = link("不选", parent=self)
        self._none.clicked.connect(lambda: self._choose(None))
        self._flow.addWidget(self._none)
        self._show_none()
        self._aim_focus()

    def value(self) -> str | None:
        return self._value

    def set_value(self, code: str | None) -> None:
        if code is not None and code not in self._radios:
            self._options.append((code, code))
            self._add_radio(code, code)
            self._flow.addWidget(self._none)
        self._choose(code)

    def set_compact(self, compact: bool) -> None:
        """Become a combo box, or radios again. Fewer choices than `compact_from` stay radios."""
        compact = compact and len(self._options) >= self._compact_from
        if compact and self._box is None:
            self._box = ChoiceBox(self._options, optional=self._optional, parent=self)
            self._box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._box.set_value(self._value)
            self._box.setAccessibleName(self.accessibleName())
            self._box.value_changed.connect(self._choose)
            self._flow.addWidget(self._box)
            self._box.show()  # now, as it may be given the focus now
            put_next_in_tab_order(self._none, [self._box])
        elif not compact and self._box is not None:
            self._flow.removeWidget(self._box)
            self._box.deleteLater()
            self._box = None
        for radio in self._radios.values():
            radio.setVisible(not compact)
        self._show_none()
        self._aim_focus()

    def is_compact(self) -> bool:
        return self._box is not None

    def set_state(self, state: str) -> None:
        box = getattr(self, "_box", None)
        super().set_state("" if box else state)
        if box:
            box.set_state(state)

    def _add_radio(self, code: str, label: str) -> None:
        radio = Radio(label, self)
        radio.setVisible(self._box is None)
        radio.toggled.connect(lambda on, code=code: self._choose(code) if on else None)
        self._radios[code] = radio
        self._buttons.addButton(radio)
        self._flow.addWidget(radio)

    def _choose(self, code: str | None) -> None:
        """Bring radios, combo box and value to the same choice, and say so once."""
        changed, self._value = code != self._value, code
        self._buttons.setExclusive(False)
        for each, radio in self._radios.items():
            blocker = QSignalBlocker(radio)
            radio.setChecked(each == code)
            blocker.unblock()
        self._buttons.setExclusive(True)
        if self._box is not None:
            self._box.set_value(code)
        self._show_none()
        if changed:
            self._aim_focus()
            self.value_changed.emit(code)

    def _show_none(self) -> None:
        self._none.setVisible(self._optional and self._value is not None and self._box is None)

    def _aim_focus(self) -> None:
        chosen = self._radios.get(self._value or "") or next(iter(self._radios.values()), None)
        target = self._box or chosen
        if target is not None:
            self.setFocusProxy(target)
