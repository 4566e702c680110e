"""The bar above the editor: where one is, how far the case has come, and what can be done with it as a whole."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from models.case import CASE_STAGE_LABELS
from ui.pages.cases_table import CHIPS
from ui.widgets.buttons import FULL, ICON_ONLY, button, icon_button
from ui.widgets.chips import Chip
from ui.widgets.frames import Bar
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import row


class CaseHeader(Bar):
    """`menu_wanted` carries the menu that is about to open; the page fills it."""

    back = Signal()
    undo = Signal()
    redo = Signal()
    prompt = Signal()
    menu_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("header", parent)
        self.back_button = icon_button("arrow-left", "返回案例列表", shortcut_text="Esc")
        self.title = TextLabel("", "title")
        self.chip = Chip("draft")
        self.number = TextLabel("", "hint")
        self.prompt_button = button("复制给 AI 的提示词", "file-copy", "flat")
        self.undo_button = button("撤销", "arrow-go-back", "flat")
        self.redo_button = button("重做", "arrow-go-forward", "flat")
        self.menu_button = icon_button("more", "更多操作")
        for source, signal in (
            (self.back_button, self.back),
            (self.undo_button, self.undo),
            (self.redo_button, self.redo),
            (self.prompt_button, self.prompt),
        ):
            source.clicked.connect(signal)
        self.menu_button.clicked.connect(self._open_menu)
        row(
            self.back_button, self.title, 4, self.chip, self.number, None,
            self.prompt_button, self.undo_button, self.redo_button, self.menu_button,
            margins=(24, 0, 20, 0), spacing=8, parent=self,
        )  # fmt: skip

    def show_record(self, title: str, number: str) -> None:
        """新建案例 or 编辑案例, and the case's number if it has one."""
        self.title.setText(title)
        self.number.setText(number)

    def show_stage(self, stage: str) -> None:
        kind, icon = CHIPS[stage]
        self.chip.set_state(kind, CASE_STAGE_LABELS[stage], icon)

    def show_steps(self, can_undo: bool, can_redo: bool) -> None:
        self.undo_button.setEnabled(can_undo)
        self.redo_button.setEnabled(can_redo)

    def fit(self, *, wide: bool, narrow: bool) -> None:
        """Drop the number and the words of the buttons where there is no room for them."""
        self.number.setVisible(not narrow)
        self.prompt_button.set_brevity(FULL if wide else ICON_ONLY)
        for each in (self.undo_button, self.redo_button):
            each.set_brevity(ICON_ONLY if narrow else FULL)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        self.menu_wanted.emit(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height())))
