"""The 报送 page as a person uses it: pressing, waiting until it has settled, reading what is there."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from models import photos
from models.activity import Activity
from models.case_recording import record_case
from models.ledger import Ledger
from models.submission import Submission
from models.submission_repository import LoggedSubmission, list_submissions
from tests.factories import a_case, a_clerk, an_activity
from tests.models.photo_samples import encoded, noise
from tests.models.submitted import add_captioned_photo, explain_everything
from tests.ui.driver import a_context, a_window, settle, type_chinese
from ui.context import Place
from ui.main_window import MainWindow
from ui.pages.submit import SubmitPage


class Desk:
    """One window with the page in front of it; counts what was clicked."""

    def __init__(self, qtbot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        self.clicks = 0

    @property
    def page(self) -> SubmitPage:
        page = self.window.page("submit")
        assert isinstance(page, SubmitPage)
        return page

    @property
    def step(self) -> int:
        assert self.page.wish is not None
        return self.page.wish.step

    def click(self, button: QPushButton) -> None:
        """With the mouse, as far as the button can be pressed at all."""
        assert button.isVisible() and button.isEnabled(), button.text()
        self.clicks += 1
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.wait()

    def next(self) -> None:
        self.click(self.page.next_button)

    def wait(self) -> None:
        """Until the page has followed the ledger and nothing is under way."""
        settle()
        for _ in range(6):
            if self.page.follow.isActive():
                self.page.follow.stop()
                self.page.refresh()
            settle()
        assert not self.page.work.busy

    def open(self, **place: str) -> None:
        self.window.show_place(Place("submit", **place))
        self.wait()

    def answer(self, text: str, number: int = 0) -> None:
        """Write a line under a hint, as an input method does, and press Enter."""
        lines = [item.reason for item in self.page.checks.items() if item.reason is not None]
        lines[number].setFocus()
        type_chinese(lines[number], text)
        self.qtbot.keyClick(lines[number], Qt.Key.Key_Return)
        self.wait()

    def texts(self) -> str:
        """All words on the page that can be seen."""
        return "\n".join(label.text() for label in self.page.findChildren(QLabel) if label.isVisible())

    def logged(self) -> list[LoggedSubmission]:
        return list_submissions(self.window.context.ledger)

    def newest(self) -> Submission:
        return self.logged()[0].submission

    def leave(self) -> None:
        """The program is closed and opened again on the same ledger."""
        assert self.window.keep_everything_typed()
        folder = self.window.context.ledger.folder
        self.window.close()
        settle()
        ledger = Ledger.open(folder, exclusive=False)
        self.window = MainWindow(a_context(ledger), "home")
        self.qtbot.addWidget(self.window, before_close_func=lambda window: (window.close(), settle(), ledger.close()))
        self.window.resize(1366, 768)
        self.window.show()
        self.qtbot.waitExposed(self.window)
        settle()


def a_desk(qtbot, folder: Path, *activities: Activity, first: str = "home") -> Desk:
    """A window on a ledger of its own with `activities`, one complete activity if none are given."""
    return Desk(qtbot, a_window(qtbot, folder / "台账", *(activities or (an_activity(),)), first=first))


def to_step(desk: Desk, step: int) -> None:
    """Begin, and go on as far as `step`."""
    desk.open(action="new")
    while desk.step < step:
        desk.next()
    assert desk.step == step


def add_case_with_photos(desk: Desk, count: int, size: tuple[int, int] = (900, 700)) -> None:
    """A case goes along, with photos that no program makes any smaller."""
    ledger = desk.window.context.ledger
    case = a_case(period_start=date(2025, 7, 1), period_end=date(2025, 9, 1), secret_checked=True)
    case = record_case(ledger, case, a_clerk(), finalise=True)
    for number in range(count):
        picture = encoded(noise(*size), quality=90)
        add_captioned_photo(ledger, case.uid, photos.Pasted(f"现场{number}.jpg", lambda picture=picture: picture))
    explain_everything(ledger)
    desk.window.context.changed.emit()
