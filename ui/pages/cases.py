"""案例: the list of cases, the editor in front of it while one is open, and the list of activities to choose from."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from models import activity_repository, case_recording
from models.activity import Activity
from models.case import Case
from ui.context import Context, Place
from ui.pages.case_editor import CaseEditor
from ui.pages.case_pick import HATCH, LINK, CasePicker
from ui.pages.cases_list import CasesList

HATCH_ACTION = "hatch:"


class CasesPage(QStackedWidget):
    """Leaving the page leaves list and editor as they are.

    Places it knows: a uid with or without field; action "new"; "hatch" to choose activities; "hatch:<uid> <uid>…" to
    write a draft from these.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._stale = True
        self._return_to = ""
        self._editor: CaseEditor | None = None
        self._picker: CasePicker | None = None
        self._picks_for_hatching = True
        self.list = CasesList(context)
        self.addWidget(self.list)
        self.list.new.connect(self.new_case)
        self.list.hatch.connect(self.choose_activities)
        self.list.opened.connect(self.open_case)
        self.list.copied.connect(self.copy_case)
        self.list.resumed.connect(self._resume)
        context.changed.connect(self.reload)
        context.drafts_changed.connect(self.reload)

    def show_place(self, place: Place, came_from: str = "") -> None:
        """Open a case at a field, start a new one, or just come back to the list.

        Who was sent to a case from another page returns there when it is closed.
        """
        if place.uid or place.action.startswith(HATCH_ACTION):
            self._return_to = came_from if came_from != "cases" else ""
        if place.action == "new":
            self.new_case()
        elif place.action == "hatch":
            self.choose_activities()
        elif place.action.startswith(HATCH_ACTION):
            self.hatch(place.action.removeprefix(HATCH_ACTION).split())
        elif place.uid:
            self.open_case(place.uid, place.field)
        elif self.currentIndex() == 0 and not self.isAncestorOf(self.window().focusWidget() or self):
            self.list.take_keyboard()

    def new_case(self) -> None:
        """Open the editor for a new case (or go on with the one that was begun and never saved)."""
        self._return_to = ""
        self.setCurrentWidget(self.editor())
        self.editor().new()

    def open_case(self, uid: str, field: str = "") -> None:
        """Open the editor for a case, with the keyboard in `field`."""
        self.setCurrentWidget(self.editor())
        self.editor().edit(uid, field)

    def copy_case(self, uid: str) -> None:
        """Open the editor for a new case that starts from this one."""
        self.setCurrentWidget(self.editor())
        self.editor().copy(uid)

    def choose_activities(self) -> None:
        """案例孵化: choose the activities first."""
        self._picks_for_hatching = True
        self.setCurrentWidget(self.picker())
        self.picker().begin(HATCH)

    def hatch(self, uids: list[str]) -> None:
        """Write a draft from these activities and open it. What is wrong with them is said above the list."""
        from models import case_hatching

        ledger, clerk, unit = self.context.ledger, self.context.clerk(), self.context.unit()

        def make() -> Case:
            activities: list[Activity] = [
                found for uid in uids if (found := activity_repository.get_activity(ledger, uid))
            ]
            base = case_recording.new_case(ledger, clerk)
            return case_hatching.hatch(base, activities, self.context.notice, unit)

        before = self.currentIndex()
        self.setCurrentWidget(self.editor())
        if not self.editor().start_from(make) and not self.editor().session.active:
            self.setCurrentIndex(before)

    def editor(self) -> CaseEditor:
        """The editor, built when it is first needed."""
        if self._editor is None:
            made = self._editor = CaseEditor(self.context)
            made.closed.connect(self._close_editor)
            made.saved.connect(self._after_saving)
            made.choose_wanted.connect(self._choose_links)
            self.addWidget(made)
        return self._editor

    def picker(self) -> CasePicker:
        """The list of activities to choose from, built when it is first needed."""
        if self._picker is None:
            made = self._picker = CasePicker(self.context)
            made.picked.connect(self._take_picked)
            made.closed.connect(self._close_picker)
            self.addWidget(made)
        return self._picker

    def keep_unsaved(self) -> bool:
        """Write what is being typed to the drafts, because the window is about to close. False when that failed."""
        return self._editor is None or self._editor.keep_unsaved()

    def reload(self) -> None:
        """Read the list anew, staying on the same case."""
        if self.isVisible() and self.currentIndex() == 0:
            self._stale = False
            self.list.reload()
        else:
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale and self.currentIndex() == 0:
            self.reload()
            self.list.take_keyboard()

    def _choose_links(self) -> None:
        self._picks_for_hatching = False
        self.editor().keep_unsaved()
        self.setCurrentWidget(self.picker())
        self.picker().begin(LINK, self.editor().state.value("activities"))

    def _take_picked(self, uids: tuple[str, ...]) -> None:
        if self._picks_for_hatching:
            self.hatch(list(uids))
        else:
            self.setCurrentWidget(self.editor())
            self.editor().link(uids)

    def _close_picker(self) -> None:
        if self._picks_for_hatching:
            self._show_list()
        else:
            self.setCurrentWidget(self.editor())
            self.editor().focus_field("activities")

    def _close_editor(self) -> None:
        uid = self.editor().state.base.uid if self.editor().state.stored else ""
        self._show_list(uid)

    def _after_saving(self, uid: str) -> None:
        self._show_list(uid)

    def _show_list(self, uid: str = "") -> None:
        """Back to the list, on the case; or to the page from which the case was opened."""
        self.setCurrentIndex(0)
        self._stale = False
        self.list.reload(uid)
        page, self._return_to = self._return_to, ""
        if page:
            self.context.go_to.emit(Place(page))
        else:
            self.list.take_keyboard()

    def _resume(self, key: str) -> None:
        self.setCurrentWidget(self.editor())
        self.editor().restore_draft(key)
