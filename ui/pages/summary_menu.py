"""Menus about figures: every one that can be put into the text, and the records behind one that stands there."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from models.errors import UserError
from models.ledger import Ledger
from models.summary_figures import IN_ALL, OF_RECORDS, Figure, Figures
from ui.context import Place
from ui.pages.report_figures import Figure as Printed
from ui.pages.report_sources import SourceRecord, read_sources
from ui.widgets.base import plain_menu_text

ALWAYS = (IN_ALL, OF_RECORDS)  # offered although everything in them is nought
MANY = 30  # records offered behind a figure


def figure_menu(figures: Figures, choose: Callable[[str], object], parent: QWidget) -> QMenu:
    """A menu to open where it is needed; it calls `choose` with the name of a figure."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    for group, members in groups_of(figures).items():
        inner = menu.addMenu(plain_menu_text(group))
        for figure in members:
            action = inner.addAction(plain_menu_text(f"{figure.label}　{figure.text} {figure.unit}".rstrip()))
            action.triggered.connect(lambda _on=False, name=figure.name: choose(name))
    return menu


def groups_of(figures: Figures) -> dict[str, list[Figure]]:
    """The figures that are offered, by group, in their order; groups about nothing are left out."""
    found: dict[str, list[Figure]] = {}
    for figure in figures.values():
        if figure.group:
            found.setdefault(figure.group, []).append(figure)
    return {
        group: members
        for group, members in found.items()
        if group in ALWAYS or any(member.text != "0" for member in members)
    }


def has_records(ledger: Ledger, figure: Figure) -> bool:
    """Whether there is a record behind a figure that can be opened."""
    return any(each.place for each in records_behind(ledger, figure, 1))


def records_menu(ledger: Ledger, figure: Figure, choose: Callable[[Place], object], parent: QWidget) -> QMenu:
    """The records behind a figure, of whatever kind; it calls `choose` with the place of one."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    for record in records_behind(ledger, figure, MANY):
        action = menu.addAction(plain_menu_text("　".join(part for part in (record.title, record.day) if part)))
        action.setEnabled(record.place is not None)
        if record.place is not None:
            action.triggered.connect(lambda _on=False, place=record.place: choose(place))
    rest = len(set(figure.sources)) - MANY
    if rest > 0:
        menu.addAction(f"另有 {rest} 条，在报表里点这个数可以看全").setEnabled(False)
    return menu


def records_behind(ledger: Ledger, figure: Figure, most: int) -> list[SourceRecord]:
    """The first records behind a figure, as the panel of a form lists them."""
    sources = tuple(dict.fromkeys(figure.sources))[:most]
    try:
        return read_sources(ledger, Printed(sources))
    except UserError:
        return []  # the strip of the window says by now that the ledger cannot be read
