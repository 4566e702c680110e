"""The keyboard in parts that are built anew: Tab in reading order, and the focus where it was."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from ui.widgets.base import put_next_in_tab_order, tab_stops


@dataclass(frozen=True, slots=True)
class Held:
    """Which control has the keyboard: its name, that of the entry it stands in, and its place among all."""

    name: str
    entry: str
    place: int


def tab_through(before: QWidget, layout: QLayout, part: QWidget) -> None:
    """Let Tab go from `before` through what is in the layout; made late, it would come last in the window."""
    put_next_in_tab_order(before, _stops(layout, part))


def keyboard_in(layout: QLayout, part: QWidget) -> Held | None:
    """Where in the layout the keyboard is, asked before it is built anew; None when it is elsewhere."""
    focused = part.window().focusWidget()
    if focused is None or not part.isAncestorOf(focused):
        return None
    stops = _stops(layout, part)
    if focused not in stops:
        return None
    return Held(focused.accessibleName(), _entry_name(layout, focused), stops.index(focused))


def give_back(held: Held | None, layout: QLayout, part: QWidget, otherwise: QWidget) -> None:
    """The keyboard to the control of the same name, else into the same entry, the same place, or to `otherwise`."""
    if held is None:
        return
    stops = [stop for stop in _stops(layout, part) if stop.isEnabled()]
    named = [stop for stop in stops if held.name and stop.accessibleName() == held.name]
    beside = [stop for stop in stops if held.entry and _entry_name(layout, stop) == held.entry]
    there = stops[min(held.place, len(stops) - 1) :] if stops else []
    for target in (*named, *beside, *there, otherwise):
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        return


def _stops(layout: QLayout, part: QWidget) -> list[QWidget]:
    """What Tab reaches among the widgets of the layout inside `part`, in the order they were made."""
    entries = set(_entries(layout))
    return [stop for stop in tab_stops(part) if entries & _line_up(stop, part)] if entries else []


def _line_up(stop: QWidget, part: QWidget) -> set[QWidget]:
    """The widget and what it stands in, up to `part`."""
    line: set[QWidget] = set()
    step: QWidget | None = stop
    while step is not None and step is not part:
        line.add(step)
        step = step.parentWidget()
    return line


def _entries(layout: QLayout) -> list[QWidget]:
    return [widget for index in range(layout.count()) if (item := layout.itemAt(index)) and (widget := item.widget())]


def _entry_name(layout: QLayout, stop: QWidget) -> str:
    return next((each.accessibleName() for each in _entries(layout) if each.isAncestorOf(stop)), "")
