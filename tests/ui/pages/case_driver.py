"""Driving the 案例 page as a clerk does: on the real window, by keys, by clicks, and by an input method."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from models import activity_repository, drafts
from models.activity import Activity
from models.activity_query import ActivityQuery
from models.case import Case
from models.case_recording import record_case
from models.case_repository import CASES
from models.ledger import Ledger
from tests.factories import a_clerk, an_activity
from tests.ui.driver import a_window, settle, type_chinese
from ui.context import Place
from ui.main_window import MainWindow
from ui.pages.case_editor import CaseEditor
from ui.pages.cases import CasesPage

CTRL = Qt.KeyboardModifier.ControlModifier
PROBLEM = (
    "企业实行四班三运转，一线职工分散在6个车间、24个班组，集中上课难、听不进、记不住，"
    "问卷显示42%的职工一年没有参加过面对面宣讲。"
)
PRACTICE = (
    "一是把课堂搬到班前会。每天班前会留出10分钟，由班组长、劳模、青年宣讲员轮流讲一个小故事，每班一题、一月一主题。"
    "二是让职工当主讲人。选拔宣讲骨干18名，试讲互评后上岗，编印班组微课，班组长照着就能讲。"
)
INSIGHT = (
    "小切口才能讲清大道理，职工愿意听身边人讲身边事。形式要短、时间要准、内容要实，"
    "别的单位照着做，先培养好宣讲骨干，再定好每月的主题。"
)


def a_case(**values) -> Case:
    """A case that may be 定稿, in which only the given fields are of interest."""
    usual: dict[str, Any] = {
        "title": "班前十分钟微思政课",
        "domain": "D01",
        "problem": PROBLEM,
        "practice": PRACTICE,
        "insight": INSIGHT,
        "author": "赵芳",
    }
    return Case(**(usual | values))


def summer(title: str, day: int, **values) -> Activity:
    """An activity of July 2025."""
    return an_activity(title=title, start=date(2025, 7, day), **values)


@dataclass
class Desk:
    """The 案例 page in front, and what was announced."""

    qtbot: object
    window: MainWindow
    page: CasesPage

    def __post_init__(self) -> None:
        self.well: list[str] = []
        self.wrong: list[str] = []
        self.window.context.went_well.connect(lambda text, _undoable: self.well.append(text))
        self.window.context.went_wrong.connect(self.wrong.append)

    @property
    def ledger(self) -> Ledger:
        return self.window.context.ledger

    @property
    def editor(self) -> CaseEditor:
        return self.page.editor()

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

    def write(self, name: str, text: str) -> None:
        """Put the keyboard into a field and type there."""
        self.editor.focus_field(name)
        self.chinese(text)

    def cases(self) -> list[Case]:
        return CASES.list_all(self.ledger)

    def listed(self) -> list[str]:
        """The names in the list, from top to bottom."""
        rows = self.page.list.table.rows
        return [case.title for line in range(rows.rowCount()) if (case := rows.case(line))]

    def uid_of(self, title: str) -> str:
        """The uid of an activity."""
        rows = activity_repository.page(self.ledger, ActivityQuery(), 0, 100)
        return next(row.activity.uid for row in rows if row.activity.title == title)

    def draft_keys(self) -> list[str]:
        return [draft.key for draft in drafts.list_drafts(self.ledger)]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def a_desk(
    qtbot, folder: Path, *cases: Case, activities: tuple[Activity, ...] = (), size: tuple[int, int] = (1366, 768)
) -> Desk:
    """The real window on a new ledger, with the 案例 page in front."""
    window = a_window(qtbot, folder, *activities, size=size)
    for case in cases:
        record_case(window.context.ledger, case, a_clerk())
    window.activateWindow()
    window.show_place(Place("cases"))
    settle()
    page = window.page("cases")
    assert isinstance(page, CasesPage)
    return Desk(qtbot, window, page)
