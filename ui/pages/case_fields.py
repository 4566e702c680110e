"""Where the fields of a case stand in the editor: going to one by name, and knowing which one has the keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.pages.case_checks import PHOTOS
from ui.pages.case_links import CaseLinks
from ui.pages.case_panes import LINKS, TEXT, CasePanes
from ui.pages.case_photos import CasePhotos
from ui.pages.case_text import CaseText


class CaseFields:
    """The fields of all panes by name."""

    def __init__(self, panes: CasePanes, links: CaseLinks, text: CaseText, photos: CasePhotos) -> None:
        self._panes, self._links, self._text, self._photos = panes, links, text, photos

    def focus(self, name: str) -> None:
        """Put the keyboard into a field, its pane in front, in sight together with its message."""
        if name in self._text.fields():
            self._panes.show_pane(TEXT)
            self._text.fields()[name].setFocus(Qt.FocusReason.OtherFocusReason)
            self._text.reveal(name)
        elif name == PHOTOS:
            self._panes.show_pane(TEXT)
            self._photos.take_keyboard()
            self._text.ensureWidgetVisible(self._photos)
        elif name in self._links.fields():
            self._panes.show_pane(LINKS)
            self._links.reveal(name)
            self._links.fields()[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def name_of(self, widget: QWidget | None) -> str:
        """The field that a widget belongs to, empty for none."""
        if widget is None or not self._panes.isAncestorOf(widget):
            return ""
        if self._links.effects.isAncestorOf(widget):
            return "effects"
        if self._photos.isAncestorOf(widget):
            return PHOTOS
        found = {**self._text.fields(), **self._links.fields()}.items()
        return next((name for name, box in found if box is widget or box.isAncestorOf(widget)), "")
