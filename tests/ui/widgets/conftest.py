"""Widgets are shown for real, in the light theme at 100 %, on the screen that nobody sees."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui import theme

Show = Callable[..., QWidget]


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, theme.LIGHT, 1.0)
    yield
    theme.apply(qapp, theme.LIGHT, 1.0)


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Put widgets under each other into a window, show it, and return the window."""
    windows: list[QWidget] = []  # qtbot closes them but does not keep them

    def show_them(*widgets: QWidget, width: int = 700) -> QWidget:
        window = QWidget()
        layout = QVBoxLayout(window)
        for widget in widgets:
            layout.addWidget(widget, int(isinstance(widget, QAbstractScrollArea)))
        if not any(isinstance(widget, QAbstractScrollArea) for widget in widgets):
            layout.addStretch(1)
        window.resize(width, 500)
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitExposed(window)
        QApplication.processEvents()
        return window

    return show_them
