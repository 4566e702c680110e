"""What can be done with the open case as a whole, behind ⋯."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from models import case_recording
from ui.pages.cases_fate import fate_entries
from ui.widgets.base import plain_menu_text

if TYPE_CHECKING:
    from ui.pages.case_editor import CaseEditor


def fill_menu(menu: QMenu, editor: "CaseEditor") -> None:
    """Put the entries into a menu that is about to open."""
    base, stored = editor.state.base, editor.state.stored
    entries: list[tuple[str, Callable[[], object], bool]] = [("复制为新案例\tCtrl+D", editor.copy_this, True)]
    if base.finalised:
        back = f"{case_recording.quoted(base)}已改回草稿"
        entries.append(("改回草稿", lambda: editor.session.save(finalise=False, done=back), True))
        entries += fate_entries(editor.context, base, editor)
    entries += [("放弃这些改动", editor.give_up, editor.state.dirty), ("移到回收站", editor.delete, stored)]
    for words, act, enabled in entries:
        action = menu.addAction(plain_menu_text(words))
        action.setEnabled(enabled)
        action.triggered.connect(lambda _on=False, act=act: act())
