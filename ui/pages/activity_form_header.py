"""The bar above the form: where one is, in which state the record is, and what can be done with it as a whole."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from models.activity import STAGE_LABELS, Stage
from models.fields import ACTIVITY_FIELDS
from ui.widgets.buttons import FULL, ICON_ONLY, button, icon_button
from ui.widgets.chips import Chip
from ui.widgets.frames import Bar
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.layouts import row

CHIPS = {
    Stage.PLANNED: "plan",
    Stage.DRAFT: "draft",
    Stage.DONE: "done",
    Stage.FINAL: "final",
    Stage.CANCELLED: "cancelled",
}
REQUIRED = sum(spec.required for spec in ACTIVITY_FIELDS)


class FormHeader(Bar):
    """`menu_wanted` carries the menu that is about to open; the page fills it."""

    back = Signal()
    undo = Signal()
    redo = Signal()
    clauses = Signal()
    menu_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("header", parent)
        self.back_button = icon_button("arrow-left", "返回活动列表", shortcut_text="Esc")
        self.title = TextLabel("", "title")
        self.chip = Chip("draft")
        self._number = TextLabel("", "hint")
        self._star = TextLabel("*", "small", "error")
        self._star.setAccessibleName("星号")
        self._legend = ElidedLabel(f"的 {REQUIRED} 项必填，其余都可不填", "hint")
        self.undo_button = button("撤销", "arrow-go-back", "flat")
        self.redo_button = button("重做", "arrow-go-forward", "flat")
        self.clause_button = icon_button("book-open", "条文对照", shortcut_text="F1")
        self.menu_button = icon_button("more", "更多操作")
        for source, signal in (
            (self.back_button, self.back),
            (self.undo_button, self.undo),
            (self.redo_button, self.redo),
            (self.clause_button, self.clauses),
        ):
            source.clicked.connect(signal)
        self.menu_button.clicked.connect(self._open_menu)
        legend = row(self._number, self._star, self._legend, spacing=3)
        row(
            self.back_button, self.title, 4, self.chip, legend, None,
            self.undo_button, self.redo_button, self.clause_button, self.menu_button,
            margins=(24, 0, 20, 0), spacing=8, parent=self,
        )  # fmt: skip

    def show_record(self, title: str, number: str) -> None:
        """新建活动 or 编辑活动, and the record's number if it has one."""
        self.title.setText(title)
        self._number.setText(f"{number} ・ 带" if number else "带")

    def show_stage(self, stage: str) -> None:
        self.chip.set_state(CHIPS[stage], STAGE_LABELS[stage])

    def show_steps(self, can_undo: bool, can_redo: bool) -> None:
        self.undo_button.setEnabled(can_undo)
        self.redo_button.setEnabled(can_redo)

    def fit(self, *, wide: bool, narrow: bool) -> None:
        """Drop the legend and the words of the buttons where there is no room for them."""
        for label in (self._number, self._star, self._legend):
            label.setVisible(not narrow)
        for each in (self.undo_button, self.redo_button):
            each.set_brevity(ICON_ONLY if narrow else FULL)
        self.clause_button.setVisible(not wide)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        self.menu_wanted.emit(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height())))
