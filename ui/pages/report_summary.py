"""表9's text, edited in place of the preview."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.periods import Period

if TYPE_CHECKING:
    from ui.pages.reports import ReportsPage
    from ui.pages.summary import SummaryEditor


class SummaryPlace(QObject):
    """Makes the editor when it is wanted and puts it away again; `left` follows."""

    left = Signal()

    def __init__(self, page: "ReportsPage") -> None:
        super().__init__(page)
        self._page = page
        self.editor: SummaryEditor | None = None
        self.came_back = False  # from the editor, and the page it belongs to is not in sight yet

    def open(self, field: str = "") -> None:
        """Open the summary of the period, with the keyboard in a part of it."""
        from ui.pages.summary import SummaryEditor

        page = self._page
        if self.editor is None:
            page.work.cancel()
            page.messages_of.hide_progress()
            page.side.close()
            editor = self.editor = SummaryEditor(page.context, page.period.period())
            editor.closed.connect(self.leave)
            page.body.addWidget(editor)
            page.body.setCurrentWidget(editor)
            page.show_parts()
        if field:
            self.editor.focus_field(field)

    @property
    def period(self) -> Period | None:
        """The period whose summary is open."""
        return self.editor.period if self.editor else None

    def keep_unsaved(self) -> bool:
        """Have what is typed kept, because the window closes; False when that failed."""
        return self.editor is None or self.editor.keep_unsaved()

    def leave(self) -> bool:
        """Put the editor away; what is typed is kept. False, and said why, when that failed: then it stays in front."""
        editor, page = self.editor, self._page
        if editor is None:
            return True
        if not editor.put_away():
            return False
        inside = editor.isAncestorOf(page.window().focusWidget() or page)
        self.editor = None
        self.left.emit()
        if inside:  # else Qt would look for another place for it, and find the rail
            page.take_keyboard()
            self.came_back = not page.tools.edit_button.isVisible()
        page.body.removeWidget(editor)
        editor.hide()
        editor.deleteLater()
        return True
