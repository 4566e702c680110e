"""Which signal of the calendar's parts leads to what."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from ui import theme
from ui.pages.calendar_header import LIST

if TYPE_CHECKING:
    from ui.pages.calendar import CalendarPage


def connect(page: "CalendarPage") -> None:
    """Connect everything, once."""
    context, act = page.context, page.acts
    context.changed.connect(page.follow_change)
    theme.changed.connect(page.fit)
    page.header.stepped.connect(page.step)
    page.header.today_wanted.connect(lambda: page.go_to(page.today()))
    page.header.view_wanted.connect(page.show_view)
    page.header.new_wanted.connect(lambda: act.new_on(page.day()))
    page.header.print_wanted.connect(page.offer_printing)
    page.header.menu_chosen.connect(page.choose_from_menu)
    page.header.day_wanted.connect(page.toggle_side)
    grid = page.grid
    grid.day_changed.connect(page.go_to)
    grid.day_opened.connect(act.new_on)
    grid.day_wanted.connect(page.open_side)
    grid.event_opened.connect(act.open)
    grid.event_moved.connect(page.move_event)
    grid.event_deleted.connect(act.delete)
    grid.event_dated.connect(page.ask_day)
    grid.menu_wanted.connect(page.show_menu)
    grid.turned.connect(page.step)
    rows = page.list
    rows.opened.connect(act.open)
    rows.deleted.connect(act.delete)
    rows.dated.connect(page.ask_day)
    rows.menu_wanted.connect(page.show_menu)
    rows.day_changed.connect(page.follow_list)
    rows.today_wanted.connect(lambda: page.go_to(page.today()))
    side = page.side
    side.opened.connect(act.open)
    side.new_wanted.connect(act.new_on)
    side.move_wanted.connect(page.ask_day)
    side.cancel_wanted.connect(act.cancel)
    side.resume_wanted.connect(act.resume)
    side.delete_wanted.connect(act.delete)
    side.repeat_wanted.connect(act.repeat)
    side.register_wanted.connect(page.register)
    side.completed.connect(act.complete)
    side.list_wanted.connect(lambda _day: page.show_view(LIST))
    side.day_wanted.connect(page.open_side)
    side.closed.connect(page.close_side)
    within = Qt.ShortcutContext.WidgetWithChildrenShortcut
    for keys, act_by_key in (
        ("Ctrl+Home", lambda: page.go_to(page.today())),
        ("Ctrl+PgUp", lambda: page.step(-1)),
        ("Ctrl+PgDown", lambda: page.step(1)),
    ):
        QShortcut(QKeySequence(keys), page, context=within).activated.connect(act_by_key)
