"""The real window on 报送记录, for tests of what was submitted."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QLabel, QWidget

from models.activity_repository import list_in_period
from models.ledger import Ledger
from models.recording import record
from models.submission import Submission
from models.submission_repository import get_submission
from tests.factories import NOW, a_clerk
from tests.models.submitted import THIRD, explain_everything
from tests.ui.driver import a_context, settle
from ui import theme
from ui.context import Place
from ui.main_window import MainWindow
from ui.pages.submissions import SubmissionsPage
from ui.pages.submissions_rows import Column
from ui.widgets.buttons import Button
from ui.widgets.strips import MessageStrip

EARLIER, LATER = NOW - timedelta(days=3), NOW - timedelta(hours=2)


def close(widget: QWidget, ledger: Ledger) -> None:
    """The window first: what it does in the background still needs the ledger."""
    widget.close()
    settle()
    ledger.close()


def change_one(ledger: Ledger, number: int) -> None:
    own = list_in_period(ledger, THIRD)[0]
    record(ledger, own.with_values(people_offline=number), a_clerk(LATER))
    explain_everything(ledger)


def a_page(qtbot, qapp, ledger: Ledger, uid: str = "", size: tuple[int, int] = (1366, 768)) -> SubmissionsPage:
    theme.apply(qapp, theme.LIGHT, 1.0)
    window = MainWindow(a_context(ledger), "home")
    qtbot.addWidget(window, before_close_func=lambda closing: close(closing, ledger))
    window.resize(*size)
    window.show()
    qtbot.waitExposed(window)
    window.show_place(Place("submissions", uid=uid))
    settle()
    page = window.page("submissions")
    assert isinstance(page, SubmissionsPage)
    return page


def window_of(page: QWidget) -> MainWindow:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def listed(page: SubmissionsPage) -> list[str]:
    rows = page.table.rows
    return [str(rows.index(line, Column.NUMBER).data()) for line in range(rows.rowCount())]


def state(page: SubmissionsPage, submission: Submission) -> str:
    found = get_submission(page.context.ledger, submission.uid)
    assert found is not None
    return found.state


def link_of(page: QWidget, words: str) -> Button:
    strips = [strip for strip in page.findChildren(MessageStrip) if strip.isVisible()]
    return next(button for strip in strips for button in strip.links() if button.text() == words)


def button_of(page: QWidget, name: str) -> Button:
    return next(each for each in page.findChildren(Button) if each.isVisible() and each.accessibleName() == name)
