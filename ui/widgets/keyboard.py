"""The keyboard in parts that are built anew: Tab in reading order, and the focus where it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

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


def tab_as_laid_out(part: QWidget) -> None:
    """Let Tab go through `part` in the order of its layouts, whenever its widgets were made or moved.

    For a part with many widgets that come and go: call it from `focusNextPrevChild`, before going on.
    """
    stops = (each for each in _laid_out(part) if each.focusPolicy() & Qt.FocusPolicy.TabFocus)
    for before, after in pairwise(each for each in stops if part.isAncestorOf(each)):
        QWidget.setTabOrder(before, after)


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


def _laid_out(part: QWidget) -> Iterator[QWidget]:
    """Everything inside `part` as its layouts have it. What a widget without one holds is in the order it was made."""
    layout, scrolled = part.layout(), part.widget() if isinstance(part, QScrollArea) else None
    if scrolled is not None:
        yield scrolled
        yield from _laid_out(scrolled)
    elif layout is None:
        yield from part.findChildren(QWidget)
    else:
        for each in _deep_entries(layout):
            yield each
            yield from _laid_out(each)


def _deep_entries(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of a layout and of the layouts in it."""
    for index in range(layout.count()):
        item = layout.itemAt(index)
        widget, inner = (item.widget(), item.layout()) if item else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _deep_entries(inner)
