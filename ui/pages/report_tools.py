"""The line above the page: its name, what can be chosen about it, where one is, how large it is shown."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QWidget

from ui import theme
from ui.widgets.buttons import FULL, ICON_ONLY, button, icon_button
from ui.widgets.choices import Tick
from ui.widgets.frames import Bar
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.layouts import row

PHOTOS = "附照片"
EDIT = "编辑总结"


class ToolLine(Bar):
    """Says nothing by itself; the page connects its parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("tools", parent)
        self.heading = ElidedLabel(role="strong")
        self.photos = Tick(PHOTOS)
        self.edit_button = button(EDIT, "edit", small=True)
        self.thumbnails = icon_button("layout-column", "页面缩略图", small=True)
        self.thumbnails.setCheckable(True)
        self.find_button = icon_button("search", "在预览中查找", shortcut_text="Ctrl+F", small=True)
        self.page_back = icon_button("arrow-left-s", "上一页", shortcut_text="PageUp", small=True)
        self.page_label = TextLabel(role="second")
        self.page_on = icon_button("arrow-right-s", "下一页", shortcut_text="PageDown", small=True)
        self.smaller = icon_button("zoom-out", "缩小", shortcut_text="Ctrl+-", small=True)
        self.zoom = button("适合整页", kind="flat", small=True)
        self.zoom.setToolTip("适合整页　Ctrl+0")
        self.larger = icon_button("zoom-in", "放大", shortcut_text="Ctrl++", small=True)
        self._rules = [_rule(), _rule()]
        line = row(margins=(16, 0), spacing=4, parent=self)
        line.addWidget(self.heading, 1)
        for part in (self.photos, self.edit_button, self.thumbnails, self.find_button, self._rules[0]):
            line.addWidget(part)
        for part in (self.page_back, self.page_label, self.page_on, self._rules[1]):
            line.addWidget(part)
        for part in (self.smaller, self.zoom, self.larger):
            line.addWidget(part)
        self.photos.hide()
        self.edit_button.hide()
        self._set_height()

    def show_options(self, *, photos: bool, edit: bool) -> None:
        """Offer what this form has to choose."""
        self.photos.setVisible(photos)
        self.edit_button.setVisible(edit)

    def show_page(self, page: int, pages: int) -> None:
        """Tell which page is in sight."""
        self.page_label.setText(f"第 {page} / {pages} 页")

    def fit(self, room: float) -> None:
        """Give what there is to what matters most; `room` is the width ÷ text scale."""
        for part in (self.smaller, self.larger):  # the keys and the wheel do the same
            part.setVisible(room >= 520)
        for rule in self._rules:
            rule.setVisible(room >= 620)
        self.edit_button.set_brevity(FULL if room >= 560 else ICON_ONLY)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._set_height()

    def _set_height(self) -> None:
        self.setFixedHeight(theme.height(28) + 12)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("rule", "upright")
    return rule
