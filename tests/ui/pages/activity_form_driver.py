"""Driving the activity form as a clerk does: by keys, by clicks, and by an input method."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from models import activity_repository, drafts
from models.activity import Activity
from models.ledger import Ledger
from tests.factories import NOW, a_ledger
from tests.ui.driver import a_context, settle, type_chinese
from ui import theme
from ui.context import Context
from ui.pages.activity_form import ActivityFormPage
from ui.pages.activity_form_editors import Editor
from ui.widgets.form import FieldRow

CTRL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Clock:
    """The time on the wall, moved by hand."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: int) -> None:
        self.now += timedelta(**by)


@dataclass
class Desk:
    """The form on a ledger, and what it announced."""

    qtbot: object
    ledger: Ledger
    context: Context
    page: ActivityFormPage
    clock: Clock

    def __post_init__(self) -> None:
        self.closed: list[bool] = []
        self.saved: list[str] = []
        self.well: list[tuple[str, bool]] = []
        self.wrong: list[str] = []
        self.page.closed.connect(lambda: self.closed.append(True))
        self.page.saved.connect(self.saved.append)
        self.context.went_well.connect(lambda text, undoable: self.well.append((text, undoable)))
        self.context.went_wrong.connect(self.wrong.append)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the keyboard is."""
        self.qtbot.keyClick(focused(), key, modifiers)  # type: ignore[attr-defined]

    def keys(self, text: str) -> None:
        """ASCII text where the keyboard is."""
        self.qtbot.keyClicks(focused(), text)  # type: ignore[attr-defined]

    def chinese(self, text: str) -> None:
        """Chinese text where the keyboard is."""
        type_chinese(focused(), text)

    def click(self, widget: QWidget) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]

    def editor(self, name: str) -> Editor:
        """The box of a field, its group opened if need be."""
        return self.page._section_with(name).editor(name)

    def row(self, name: str) -> FieldRow:
        return self.page._section_with(name).row_with(name)

    def go(self, name: str) -> None:
        """Put the keyboard into a field."""
        self.page.focus_field(name)
        assert self.focus_name() == name

    def focus_name(self) -> str:
        """The field that has the keyboard, empty for none."""
        sections = (self.page.required, *self.page.groups.sections())
        return next((each.name for section in sections for each in section.editors() if each.owns(focused())), "")

    def tick(self, name: str, code: str) -> None:
        """Tick one choice of a field with Space."""
        self.click_widget(self.editor(name).widget.tick(code))  # type: ignore[attr-defined]

    def click_widget(self, widget: QWidget) -> None:
        widget.setFocus()
        self.press(Qt.Key.Key_Space)

    def message(self, name: str) -> str:
        """What stands under a field."""
        return self.row(name).problem()[1]

    def link(self, name: str, words: str) -> None:
        """Click a link in the message under a field."""
        strip = self.row(name).strip()
        assert strip is not None
        next(link for link in strip.links() if link.text() == words).click()

    def all(self) -> list[Activity]:
        """Every record of the ledger."""
        from models.activity_query import ActivityQuery

        return [row.activity for row in activity_repository.page(self.ledger, ActivityQuery(), 0, 100)]

    def answers(self) -> dict[tuple[str, str], str]:
        """The 核实说明 in the ledger: (record, rule) → text."""
        from models.explanation_repository import list_explanations

        return {key: text for key, (_fingerprint, text) in list_explanations(self.ledger).items()}

    def draft_keys(self) -> list[str]:
        return [draft.key for draft in drafts.list_drafts(self.ledger)]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def a_desk(qtbot, folder: Path, *activities: Activity, size: tuple[int, int] = (1238, 640), scale: float = 1.0) -> Desk:
    """The form, shown, on a new ledger with the given activities."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, theme.LIGHT, scale)
    ledger = a_ledger(folder, *activities)
    return open_desk(qtbot, ledger, size=size)


def open_desk(qtbot, ledger: Ledger, clock: Clock | None = None, size: tuple[int, int] = (1238, 640)) -> Desk:
    """The form on a ledger that is there already, as after a new start of the program."""
    clock = clock or Clock()
    context = a_context(ledger, clock)
    page = ActivityFormPage(context)
    qtbot.addWidget(page, before_close_func=lambda _page: close_ledger(page, ledger))
    page.resize(*size)
    page.show()
    page.activateWindow()
    qtbot.waitExposed(page)
    settle()
    return Desk(qtbot, ledger, context, page, clock)


def close_ledger(page: ActivityFormPage, ledger: Ledger) -> None:
    page.session.leave()  # the test is over; what it left in the form is not to be kept
    page.keeper.start("", page.keeper.state)
    ledger.close()


def fill_required(desk: Desk) -> None:
    """The five answers of a new record, by keyboard alone, beginning in the empty form."""
    desk.chinese("听老师傅讲安全")
    desk.press(Qt.Key.Key_Return)
    focused().selectAll()  # type: ignore[attr-defined]
    desk.keys("10-9")
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Return)
    desk.keys("96")
