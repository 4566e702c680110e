"""The window the pictures are taken of, and the few moves that many scenes share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget
from screenshot_sample import find

from models.periods import quarter
from ui.app import Desktop
from ui.context import Place
from ui.main_window import MainWindow

PERIOD = quarter(2025, 3)


@dataclass(frozen=True, slots=True)
class Stage:
    """The running program, its window, and the way to wait for it."""

    desktop: Desktop
    window: MainWindow
    settle: Callable[[], None]

    def page(self, name: str) -> Any:
        """A page of the window, of whatever class."""
        return self.window.page(name)

    def go(self, page: str, **where: str) -> QWidget:
        """Show a place."""
        self.window.show_place(Place(page, **where))
        self.settle()
        return self.window

    def uid(self, title: str) -> str:
        """The uid of a sample activity."""
        return find(self.window.context.ledger, title).uid


def with_day(stage: Stage) -> QWidget:
    """The calendar with the cards of the day, which come a little later so that held-down keys run smoothly."""
    stage.page("calendar").side.finish()
    stage.settle()
    return stage.window


def listed(stage: Stage) -> Any:
    """The list of the third quarter, whatever was in front of it."""
    stage.go("activities")
    stage.window.context.set_period(PERIOD)
    page = stage.page("activities")
    page.show_list()
    page.filters.search.setText("")
    page.filters.show_period(PERIOD)
    page.reload()
    stage.settle()
    return page


def drawn(stage: Stage, view: Any) -> QWidget:
    """Wait for a printed page: it is drawn by threads of QtPdf's own, which cannot be waited for."""
    for _ in range(500):
        stage.settle()
        view.viewport().grab()
        if not view.isVisible() or (view.pages.sizes() and view.pages.is_current(0)):
            return stage.window
    raise RuntimeError("the preview was never drawn")


def at(stage: Stage, title: str) -> QWidget:
    page = stage.page("activities")
    page.grid.show_query(page.grid.rows.query, keep=stage.uid(title))
    page._show_detail()
    stage.settle()
    return stage.window
