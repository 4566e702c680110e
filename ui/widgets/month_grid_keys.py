"""The keys that lead from a day to another one."""

from datetime import date, timedelta

from PySide6.QtCore import Qt

from ui.widgets.calendar_popup import month_later

CONTROL = Qt.KeyboardModifier.ControlModifier
PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


def day_by_key(
    key: Qt.Key, modifiers: Qt.KeyboardModifier, day: date, today: date, *, by_week: bool = False
) -> date | None:
    """The day a key leads to, None for other keys. A page is a month, or with `by_week` a week."""
    plain = not modifiers & ~Qt.KeyboardModifier.KeypadModifier
    if (modifiers == CONTROL and key == Qt.Key.Key_Home) or (plain and key == Qt.Key.Key_T):
        return today
    if not plain:
        return None
    if key in ARROWS:
        return day + timedelta(days=ARROWS[key])
    if key in PAGES:
        return day + timedelta(days=7 * PAGES[key]) if by_week else month_later(day, PAGES[key])
    if key == Qt.Key.Key_Home:
        return day - timedelta(days=day.weekday())
    return day + timedelta(days=6 - day.weekday()) if key == Qt.Key.Key_End else None
